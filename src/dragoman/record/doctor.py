"""The doctor: looks at everything in a record, says what is wrong, and mends what can be mended without a risk.

The looking is in `health`, a file a kind of thing; here is the order, and the few repairs. No repair touches the rows
of a table: what is lost there comes back from a copy or by coding again.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import msgspec

from dragoman.errors import RecordError, UsageError
from dragoman.record.health.beside import TORN, look_beside, torn_end
from dragoman.record.health.findings import Cut, Finding, Mark, Remove
from dragoman.record.health.rows import Rows
from dragoman.record.health.tables import LOG, TableHealth, look_at_table
from dragoman.record.locking import alone
from dragoman.record.schema import SCHEMA_VERSION, TABLES
from dragoman.record.store import MARK, write_mark


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """How a record is: its version, how many rows each table has, and what was found."""

    record: str
    version: int
    counts: dict[str, int]
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong; what is harmless does not count."""
        return not any(finding.weight == "wrong" for finding in self.findings)


def examine(record: Path, *, now: float | None = None) -> Health:
    """Look at the whole record in a folder; reads every row and changes nothing.

    `now` (seconds since 1970) decides which leftovers are old enough to be removed. Raises `UsageError` where there is
    no record.
    """
    findings = _mark(record)
    # Articles first: the parts of whatever article is seen here were committed before it.
    tables = {name: look_at_table(record, name, now) for name in TABLES}
    for table in tables.values():
        findings += table.findings
    rows = Rows(tables)
    try:
        findings += rows.look()
        counts = rows.counts()
    finally:
        rows.close()
    findings += _unseen(tables)
    findings += look_beside(record, now)
    ordered = sorted(findings, key=lambda finding: finding.weight != "wrong")
    version = tables["articles"].version
    return Health(record=str(record), version=version, counts=counts, findings=tuple(ordered))


def repair(health: Health) -> list[str]:
    """Do every repair that was found; says in words what was done. Raises `RecordError` where a file cannot be changed.

    Torn last lines are moved into a file beside, unneeded files removed; a lost mark is written anew.
    """
    done = []
    for finding in health.findings:
        try:
            match finding.repair:
                case Cut(path=path):
                    done.append(_cut(path))
                case Remove(paths=paths):
                    done.append(_remove(finding.where, paths))
                case Mark():
                    write_mark(Path(health.record))
                    done.append(f"{MARK}: written anew.")
                case None:
                    pass
        except OSError as error:
            raise RecordError(
                f"{finding.where} cannot be mended ({error.strerror}). See that the folder may be written."
            ) from error
    return done


def _mark(record: Path) -> list[Finding]:
    if not record.is_dir():
        raise UsageError(f"There is no record in {record}. 'dragoman code PATH --record {record}' makes one.")
    mark, complete = record / MARK, all((record / name / LOG).is_dir() for name in TABLES)
    try:
        told = msgspec.json.decode(mark.read_bytes(), type=dict[str, object])
    except FileNotFoundError:
        if not any((record / name / LOG).is_dir() for name in TABLES):
            raise UsageError(
                f"{record} is not a record: it has no {MARK}. Give the folder that '--record' named when coding."
            ) from None
        return [_without_mark("is missing", complete)]
    except (msgspec.DecodeError, UnicodeDecodeError, OSError) as error:
        return [_without_mark(f"cannot be read ({error})", complete)]
    version = told.get("schema_version")
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise RecordError(
            f"The record in {record} was made by a newer Dragoman (schema {version}; this one reads up to "
            f"{SCHEMA_VERSION}). Install the newer Dragoman to look at it."
        )
    return []


def _without_mark(what: str, complete: bool) -> Finding:
    remedy = "'dragoman doctor --repair' writes it anew." if complete else "Put the file back from a copy."
    return Finding(
        weight="wrong",
        where=MARK,
        what=f"the file that makes the folder a record {what}",
        remedy=remedy,
        repair=Mark() if complete else None,
    )


def _unseen(tables: dict[str, TableHealth]) -> list[Finding]:
    """Say what could not be looked at since files are damaged, so that nobody takes silence for health."""
    if all(table.paths is not None for table in tables.values()):
        return []
    broken = ", ".join(name for name, table in tables.items() if table.paths is None)
    what = f"the rows could not be compared with each other, since files are damaged in: {broken}"
    return [Finding(weight="wrong", where="all tables", what=what)]


def _cut(path: Path) -> str:
    """Move a torn last line into the file beside; looked at again under a lock, since somebody may have written."""
    with path.open("r+b") as file, alone(file.fileno()):
        content = file.read()
        start = torn_end(content)
        if start is None:
            return f"{path.name}: its last line is whole by now."
        beside = path.with_name(path.name + TORN)
        with beside.open("ab") as kept:
            kept.write(content[start:] + b"\n")
            kept.flush()
            os.fsync(kept.fileno())
        file.truncate(start)
        os.fsync(file.fileno())
    return f"{path.name}: the torn last line is now in {beside.name}."


def _remove(where: str, paths: tuple[Path, ...]) -> str:
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return f"{where}: {len(paths):,} removed."
