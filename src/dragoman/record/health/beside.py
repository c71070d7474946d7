"""Whether what lies beside the tables can be read: decisions of persons, actors, caches, state of other commands.

Line by line, so that one bad line is told by its number; a last line that was cut short is harmless, since whoever
wrote it was never told that it was written.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from dragoman.errors import DragomanError
from dragoman.knowledge.own import IMPORTED_FILE, OWN_FILE, OwnPerson, read_imported, read_own
from dragoman.record.decisions import FILE as DECISIONS
from dragoman.record.decisions import Decision
from dragoman.record.health.findings import Cut, Finding, Remove, megabytes, size_of
from dragoman.record.reviews import FILE as REVIEWS
from dragoman.record.reviews import Review
from dragoman.record.schema import TABLES
from dragoman.record.store import CACHE, MARK

TORN: Final = ".torn"
"""What is added to the name of a file for the torn lines that were taken out of it."""
HOUR: Final = 3600
LINES: Final[dict[str, type]] = {REVIEWS: Review, DECISIONS: Decision, IMPORTED_FILE: OwnPerson}
"""What a line is in the files of lines that the record itself has; in any other it is some JSON."""


def look_beside(root: Path, now: float | None = None) -> list[Finding]:
    """What is wrong or left over among the files and folders beside the tables of a record."""
    found: list[Finding] = []
    for path in sorted(root.iterdir()):
        if path.name in TABLES or path.name == MARK:
            continue
        if path.name == CACHE:
            found += _look_at_cache(path, time.time() if now is None else now)
        elif path.name.startswith(f"{MARK}."):
            found.append(_removable(path, "a draft that was left by a record made in part"))
        elif path.is_file():
            found += _look_at_file(path)
    return found


def _line_of(name: str) -> type:
    from dragoman.opinions.kept import FILE as OPINIONS  # which needs the record itself
    from dragoman.opinions.kept import Opinion

    return Opinion if name == OPINIONS else LINES.get(name, object)


def torn_end(content: bytes) -> int | None:
    """Where a last line begins that was cut short; None where the file ends as it should."""
    start = content.rfind(b"\n") + 1
    line = content[start:]
    return start if line.strip() and not _is_json(line) else None


def _look_at_file(path: Path) -> Iterator[Finding]:
    if path.suffix == ".jsonl":
        yield from _look_at_lines(path)
    checks: dict[str, Callable[[Path], object]] = {OWN_FILE: read_own, IMPORTED_FILE: read_imported}
    loose: dict[str, Callable[[Path], object]] = {
        ".json": lambda each: msgspec.json.decode(each.read_bytes()),
        ".toml": lambda each: tomllib.loads(each.read_text(encoding="utf-8")),
        ".yaml": lambda each: yaml.safe_load(each.read_bytes()),
    }
    check = checks.get(path.name) or loose.get(path.suffix)
    if check is None:
        return
    try:
        check(path)
    except (DragomanError, OSError, ValueError, msgspec.DecodeError, yaml.YAMLError) as error:
        yield _unreadable(path.name, f"it cannot be read ({str(error).strip().splitlines()[0]})")


def _look_at_lines(path: Path) -> Iterator[Finding]:
    try:
        content = path.read_bytes()
    except OSError as error:
        yield _unreadable(path.name, f"it cannot be read ({error.strerror})")
        return
    torn = torn_end(content)
    decoder: msgspec.json.Decoder[object] = msgspec.json.Decoder(_line_of(path.name))
    for number, line in enumerate(content[:torn].split(b"\n"), start=1):
        if line.strip():
            try:
                decoder.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                yield _unreadable(f"{path.name}, line {number}", str(error).rstrip("."))
    if torn is not None:
        what = f"the last line was cut short after {len(content) - torn:,} bytes, and is passed over"
        remedy = f"'dragoman doctor --repair' puts it into {path.name}{TORN}."
        yield Finding(weight="harmless", where=path.name, what=what, remedy=remedy, repair=Cut(path=path))


def _look_at_cache(folder: Path, now: float) -> Iterator[Finding]:
    """Caches are made again when they are wanted: what is foreign, torn or a left draft may go, the rest stays."""
    for path in sorted(folder.iterdir()):
        if path.name == "search" and path.is_dir():
            drafts = [each for each in path.glob("draft-*") if _old(each, now)]
            yield from (_removable(each, "a draft of an index that was never finished") for each in drafts)
        elif not path.name.startswith("incidents-"):
            yield _removable(path, "nothing that this Dragoman keeps there")
        elif path.suffix != ".parquet":
            if _old(path, now):
                yield _removable(path, "a draft that was never finished")
        elif not _is_parquet(path):
            yield _removable(path, "a cache that is torn; it is made again")


def _is_parquet(path: Path) -> bool:
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            for _ in file.iter_batches(batch_size=10_000):
                pass
    except (pa.ArrowException, OSError, ValueError):
        return False
    return True


def _is_json(line: bytes) -> bool:
    try:
        msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    return True


def _old(path: Path, now: float) -> bool:
    try:
        return now - path.stat().st_mtime > HOUR
    except OSError:
        return False


def _removable(path: Path, what: str) -> Finding:
    where = f"{path.parent.name}/{path.name}" if path.parent.name == CACHE else path.name
    return Finding(
        weight="harmless",
        where=where,
        what=f"{what} ({megabytes(size_of((path,)))})",
        remedy="'dragoman doctor --repair' removes it.",
        repair=Remove(paths=(path,)),
    )


def _unreadable(where: str, what: str) -> Finding:
    remedy = "Mend it by hand or put the file back from a copy; what it says does not count until then."
    return Finding(weight="wrong", where=where, what=what, remedy=remedy)
