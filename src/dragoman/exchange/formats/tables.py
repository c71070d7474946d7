"""What the tab-separated formats share: cells in with line and column in every complaint, rows out with clean cells.

Apart from the formats because all of them have no quotes, one line a row, and words for what is missing.
"""

from __future__ import annotations

import bz2
import datetime
import gzip
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO, Final, cast

from dragoman.errors import InputError
from dragoman.exchange.formats.other import OtherEvent
from dragoman.model import Party

TOGETHER: Final = "; "
SHOWN: Final = 10
"""Faulty lines that are told one by one."""
DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?")
BLANKS: Final = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+")
ZIPPED: Final = b"PK\x03\x04"


@dataclass(slots=True)
class Written:
    """How many rows a format wrote, and what it could not hold, by reason."""

    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Taken:
    """What was read of a file: events, what was read as unknown and why, and lines that were left out as faulty.

    `skip_faulty` leaves them out; otherwise the first one ends the reading. `between` are the sides of the tie that a
    file is about, for rows that name none.
    """

    skip_faulty: bool = False
    between: tuple[tuple[Party, ...], tuple[Party, ...]] | None = None
    events: int = 0
    unknown: Counter[str] = field(default_factory=Counter)
    faulty: int = 0
    faults: list[InputError] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Cells:
    """One line of a table by column names; what is empty or a word for missing is not in `values`."""

    source: str
    line: int
    values: Mapping[str, str]

    def fault(self, column: str, what: str) -> InputError:
        """The complaint about a cell."""
        return InputError(what, source=self.source, line=self.line, field=column)

    def text(self, column: str) -> str | None:
        """What stands in a cell."""
        return self.values.get(column)

    def needed(self, column: str) -> str:
        """What stands in a cell that may not be empty."""
        found = self.values.get(column)
        if found is None:
            raise self.fault(column, "is empty.")
        return found

    def several(self, column: str) -> tuple[str, ...]:
        """The values of a cell that may hold several, joined by ';'."""
        return tuple(part.strip() for part in self.values.get(column, "").split(";") if part.strip())

    def number(self, column: str, low: float, high: float) -> float | None:
        """A number from `low` to `high`."""
        found = self.values.get(column)
        if found is None:
            return None
        try:
            value = float(found)
        except ValueError:
            raise self.fault(column, f"'{found[:40]}' is no number.") from None
        if not low <= value <= high:
            raise self.fault(column, f"{found[:40]} is not from {low:g} to {high:g}.")
        return value

    def integer(self, column: str, low: int, high: int) -> int | None:
        """A whole number from `low` to `high`."""
        value = self.number(column, low, high)
        if value is not None and value != int(value):
            raise self.fault(column, f"{value:g} is no whole number.")
        return None if value is None else int(value)

    def day(self, column: str) -> str | None:
        """An ISO day, its time cut off."""
        found = self.values.get(column)
        return None if found is None else self.checked_day(column, found)

    def checked_day(self, column: str, found: str) -> str:
        """The ISO day in a text."""
        matched = DAY.fullmatch(found)
        try:
            return datetime.date.fromisoformat(matched[1] if matched else "").isoformat()
        except ValueError:
            raise self.fault(column, f"'{found[:40]}' is no day like 2024-06-03.") from None


def several(values: Iterable[str | None], missing: str = "") -> str:
    """Values in one cell, each once; a ';' in one of them becomes a comma, since it would end the value there."""
    found = dict.fromkeys(cleaned(value).replace(";", ",") for value in values if value)
    return TOGETHER.join(value for value in found if value) or missing


def line_of(cells: Iterable[object], missing: str = "") -> bytes:
    """One row: tabs and line ends in a cell become blanks, since these formats have no quotes."""
    texts = (missing if cell is None else cleaned(str(cell)) or missing for cell in cells)
    return "\t".join(texts).encode("utf-8", "replace") + b"\n"


def cleaned(text: str) -> str:
    """A text without tabs, line ends and other control characters."""
    return BLANKS.sub(" ", text).strip()


@contextmanager
def unpacked(path: Path) -> Iterator[BinaryIO]:
    """A file for reading bytes, unpacked when it is .gz, .bz2, or a .zip with one file in it.

    Raises `InputError` where it cannot be read.
    """
    try:
        with ExitStack() as opened:
            yield cast(BinaryIO, _stream(path, opened))
    except (OSError, EOFError, zipfile.BadZipFile) as error:
        raise InputError(f"cannot be read ({error}); give another file.", source=str(path)) from error


def lines_of(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file with their numbers, blank ones left out; UTF-8, and Latin-1 in a line that is not."""
    with unpacked(path) as stream:
        for number, raw in enumerate(stream, start=1):
            raw = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
            try:
                text = raw.decode("utf-8")
            except UnicodeDecodeError:
                text = raw.decode("latin-1")
            text = text.rstrip("\r\n")
            if text.strip():
                yield number, text


def events_of(
    rows: Iterable[Cells | InputError], made: Callable[[Cells], OtherEvent], taken: Taken
) -> Iterator[OtherEvent]:
    """The events that `made` finds in the rows, one by one; raises `InputError` at the first faulty one, or counts."""
    for row in rows:
        try:
            if isinstance(row, InputError):
                raise row
            event = made(row)
        except InputError as error:
            if not taken.skip_faulty:
                raise
            taken.faulty += 1
            if len(taken.faults) < SHOWN:
                taken.faults.append(error)
            continue
        taken.events += 1
        yield event


def titled_rows(
    path: Path, columns: Sequence[str], also: Mapping[str, str], none: Sequence[str]
) -> Iterator[Cells | InputError]:
    """The rows of a file whose first line names the columns; `also` are other names, `none` words for missing.

    Columns of other names are kept under these. A line may end in empty cells more than there are columns; where the
    first line names more columns than lines have, and lines have as many cells as `columns`, the usual order holds.
    Raises `InputError` where a column is missing.
    """
    lines = lines_of(path)
    number, first = next(lines, (0, ""))
    names = [also.get(name.strip(), name.strip()) for name in first.split("\t")]
    missing = [name for name in columns if name not in names]
    if missing:
        raise InputError(f"has no column '{missing[0]}'.", source=str(path), line=number or None)
    while names and not names[-1]:
        names.pop()
    for number, text in lines:
        cells = text.split("\t")
        extra = cells[len(names) :]
        if len(cells) >= len(names) and not any(cell.strip() for cell in extra):
            yield _cells(path, number, names, cells, none)
        elif len(cells) == len(columns):
            yield _cells(path, number, columns, cells, none)
        else:
            yield _miscounted(path, number, len(cells), f"{len(names)}")


def plain_rows(
    path: Path, forms: Mapping[int, Sequence[str]], none: Sequence[str] = ()
) -> Iterator[Cells | InputError]:
    """The rows of a file without a first line of names; `forms` are the columns by their number."""
    for number, text in lines_of(path):
        cells = text.split("\t")
        if len(cells) in forms:
            yield _cells(path, number, forms[len(cells)], cells, none)
        else:
            yield _miscounted(path, number, len(cells), " or ".join(map(str, sorted(forms))))


def _stream(path: Path, opened: ExitStack) -> IO[bytes]:
    if path.suffix == ".gz":
        return cast(IO[bytes], opened.enter_context(gzip.open(path, "rb")))
    if path.suffix == ".bz2":
        return cast(IO[bytes], opened.enter_context(bz2.open(path, "rb")))
    stream = opened.enter_context(path.open("rb"))
    begins = stream.read(len(ZIPPED))
    stream.seek(0)
    if begins != ZIPPED:
        return stream
    packed = opened.enter_context(zipfile.ZipFile(stream))
    names = [name for name in packed.namelist() if not name.endswith("/")]
    if len(names) != 1:
        raise InputError(f"holds {len(names)} files; unpack it and give one of them.", source=str(path))
    return opened.enter_context(packed.open(names[0]))


def _cells(path: Path, number: int, names: Sequence[str], cells: Sequence[str], none: Sequence[str]) -> Cells:
    pairs = ((name, cell.strip()) for name, cell in zip(names, cells, strict=False) if name)
    return Cells(str(path), number, {name: cell for name, cell in pairs if cell and cell not in none})


def _miscounted(path: Path, number: int, found: int, wanted: str) -> InputError:
    return InputError(f"has {found} cells; {wanted} are needed.", source=str(path), line=number)
