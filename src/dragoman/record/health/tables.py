"""Whether the files of one table are all there and can be read: its log, its columns, its Parquet files, its leftovers.

Apart from `rows`, which looks at what the rows say and needs files that can be read.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import DeltaTable, Schema
from deltalake.exceptions import DeltaError

from dragoman.record.health.findings import AGAIN, Finding, Remove, megabytes, size_of
from dragoman.record.schema import SIDES, TABLES

KEEP_HOURS: Final = 24
"""How long files that no reader needs any more are left, for readers and writers that are still at work."""
LOG: Final = "_delta_log"
_COMMIT: Final = re.compile(r"(\d{20})\.json")
_CHECKPOINT: Final = re.compile(r"(\d{20})\.checkpoint(?:\.\d+\.\d+)?\.parquet")
_DRAFT: Final = re.compile(r".*#\d+|_commit_.*\.tmp|\d{20}\.checkpoint.*\.tmp")
"""Names under which delta-rs writes a file before it gets its own."""


class _Named(NamedTuple):
    path: str
    size: int
    rows: int | None


@dataclass
class TableHealth:
    """One table: what was found, the files that hold its rows, and what made each of its versions as far as is known.

    `paths` is None where the rows cannot be trusted to be all there.
    """

    name: str
    version: int = -1
    paths: tuple[str, ...] | None = None
    columns: tuple[str, ...] = ()
    made_by: dict[int, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def wrong(self, where: str, what: str, remedy: str = AGAIN) -> None:
        """Note something that is wrong."""
        self.findings.append(Finding(weight="wrong", where=where, what=what, remedy=remedy))


def look_at_table(root: Path, name: str, now: float | None = None) -> TableHealth:
    """Look at the files of a table; `now` (seconds since 1970) decides which leftovers are old enough to go."""
    found = TableHealth(name)
    folder = root / name
    if not (folder / LOG).is_dir():
        found.wrong(name, "the table is missing")
        return found
    _look_at_log(folder, found)
    try:
        table = DeltaTable(folder)
        named = list(_named(table))
    except (DeltaError, OSError, pa.ArrowException, ValueError) as error:
        found.wrong(name, f"the table cannot be opened ({_first_line(error)})")
        return found
    found.version = table.version()
    _look_at_columns(table, found)
    broken = {each.path: what for each in named if (what := _broken(folder, each, found.columns)) is not None}
    for path, what in broken.items():
        found.wrong(f"{name}/{path}", what)
    if not broken:
        found.paths = tuple(str((folder / each.path).absolute()) for each in named)
    _look_at_leftovers(folder, table, found, time.time() if now is None else now)
    return found


def _look_at_log(folder: Path, found: TableHealth) -> None:
    """Every commit since the last checkpoint must be there and readable; older ones may have been cleaned away."""
    where = f"{found.name}/{LOG}"
    names = sorted(file.name for file in (folder / LOG).iterdir())
    commits = {int(match[1]): folder / LOG / name for name in names if (match := _COMMIT.fullmatch(name))}
    checkpoints = [int(match[1]) for name in names if (match := _CHECKPOINT.fullmatch(name))]
    for version, path in commits.items():
        try:
            found.made_by[version] = _operation(path)
        except (msgspec.DecodeError, UnicodeDecodeError, OSError) as error:
            found.wrong(f"{where}/{path.name}", f"a commit cannot be read ({_first_line(error)})")
    start = max(checkpoints, default=-1)
    missing = sorted(set(range(start + 1, max(commits, default=start) + 1)) - set(commits))
    if missing or not (commits or checkpoints):
        told = ", ".join(map(str, missing[:5])) or "all"
        found.wrong(where, f"commits are missing: {told}")


def _operation(path: Path) -> str:
    """What a commit was for; each of its lines must be JSON."""
    operation = "unknown"
    lines = path.read_bytes().splitlines()
    if not lines:
        raise msgspec.DecodeError("it is empty")
    for line in lines:
        action = msgspec.json.decode(line, type=dict[str, object])
        info = action.get("commitInfo")
        if isinstance(info, dict):
            operation = str(info.get("operation", operation))
    return operation


def _named(table: DeltaTable) -> Iterator[_Named]:
    actions = pa.table(table.get_add_actions())
    rows = actions["num_records"].to_pylist() if "num_records" in actions.column_names else [None] * len(actions)
    for path, size, count in zip(actions["path"].to_pylist(), actions["size_bytes"].to_pylist(), rows, strict=True):
        yield _Named(path, size, count)


def _look_at_columns(table: DeltaTable, found: TableHealth) -> None:
    wanted = {each.name: each.type for each in Schema.from_arrow(TABLES[found.name]).fields}
    given = {each.name: each.type for each in table.schema().fields}
    found.columns = tuple(given)
    for name in sorted(wanted.keys() - given.keys() - {SIDES}):
        found.wrong(found.name, f"the column '{name}' is missing")
    for name in sorted(wanted.keys() & given.keys()):
        if wanted[name] != given[name]:
            found.wrong(found.name, f"the column '{name}' is of another kind than this Dragoman's")
    strange = sorted(given.keys() - wanted.keys())
    if strange:
        what = f"columns that this Dragoman does not know: {', '.join(strange)}"
        found.findings.append(Finding(weight="harmless", where=found.name, what=what, count=len(strange)))


def _broken(folder: Path, named: _Named, columns: tuple[str, ...]) -> str | None:
    """What is wrong with a file that a table names; every page of it is read."""
    path = folder / named.path
    try:
        size = path.stat().st_size
    except OSError:
        return "the file is missing"
    if size != named.size:
        return f"the file has {size:,} bytes and not {named.size:,}"
    try:
        with pq.ParquetFile(path) as file:
            rows = sum(batch.num_rows for batch in file.iter_batches(batch_size=10_000))
            lacking = sorted(set(columns) - set(file.schema_arrow.names))
    except (pa.ArrowException, OSError, ValueError) as error:
        return f"the file cannot be read ({_first_line(error)})"
    if named.rows is not None and rows != named.rows:
        return f"the file has {rows:,} rows and not {named.rows:,}"
    return f"the file lacks the column '{lacking[0]}'" if lacking else None


def unneeded(folder: Path, table: DeltaTable, now: float, keep_hours: float = KEEP_HOURS) -> tuple[Path, ...]:
    """Files of a table that no reader needs: of states that were compacted away, or of appends that were cut short.

    Only those that have been unneeded for `keep_hours`; of a draft that is taken to be since it was last written to.
    """
    known = table.vacuum(
        retention_hours=max(1, int(keep_hours)), dry_run=True, enforce_retention_duration=False, full=True
    )
    old = [folder / path for path in known]
    for draft in [*folder.glob("*"), *(folder / LOG).glob("*")]:
        if _DRAFT.fullmatch(draft.name) and draft.is_file():
            old.append(draft)
    return tuple(sorted({path for path in old if _age(path, now) > keep_hours * 3600 and path.parent.name}))


def _age(path: Path, now: float) -> float:
    try:
        return now - path.stat().st_mtime
    except OSError:
        return -1.0


def _look_at_leftovers(folder: Path, table: DeltaTable, found: TableHealth, now: float) -> None:
    current = {folder / path for path in pa.table(table.get_add_actions())["path"].to_pylist()}
    drafts = [file for file in (folder / LOG).iterdir() if _DRAFT.fullmatch(file.name)]
    left = {file for file in folder.iterdir() if file.is_file() and file not in current} | set(drafts)
    old = unneeded(folder, table, now)
    young = tuple(sorted(left - set(old)))
    if old:
        what = f"files that no reader needs any more ({megabytes(size_of(old))})"
        remedy = "'dragoman doctor --repair' or 'dragoman compact' removes them."
        found.findings.append(
            Finding(
                weight="harmless",
                where=found.name,
                what=what,
                count=len(old),
                remedy=remedy,
                repair=Remove(paths=old),
            )
        )
    if young:
        what = f"files of earlier states or of appends at work or cut short ({megabytes(size_of(young))})"
        remedy = f"They can be removed {KEEP_HOURS} hours after they were last needed."
        found.findings.append(Finding(weight="harmless", where=found.name, what=what, count=len(young), remedy=remedy))


def _first_line(error: BaseException) -> str:
    text = str(error).strip()
    return text.splitlines()[0].rstrip(".") if text else type(error).__name__
