"""Labelled pairs of sides from a JSON Lines or CSV file, strictly: each complaint names file, line and field.

A row is a text with what is asked of it and the answer: `text`, `actor`, `recipient`, `trigger`, `type`. Labelled
articles, as reviews are exported, are for `reviewed` to read.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from dragoman.coding.learned.packing import Chars
from dragoman.errors import InputError, UsageError
from dragoman.json_lines import read_lines
from dragoman.studies.codebook import Codebook

FIELDS: Final = ("text", "actor", "recipient", "trigger", "type", "article", "id", "plover", "note")
_OFFSETS: Final = re.compile(r"(\d+)-(\d+)|\[(\d+), ?(\d+)\]")
_GUARDED: Final = re.compile(r"\A'(?=[=+\-@\t\r])")
"""The apostrophe with which `exchange.export.cell` keeps a spreadsheet from running a text."""
Written = tuple[int, int] | str | None


class LabelRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of a file of labels.

    A span is `[start, end]` in characters, end exclusive, or its words where they stand in the text once, or null for
    a side or trigger that the text does not name. `type` is null where nobody has labelled the row yet. Rows of one
    `article` are kept together in cross-validation; `id`, `plover` and `note` are the user's.
    """

    text: str
    actor: Written = None
    recipient: Written = None
    trigger: Written = None
    type: str | None = None
    article: str | None = None
    id: str | None = None
    plover: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """What two sides of a text do to each other at a trigger; rows of one `group` speak of the same text."""

    text: str
    actor: Chars | None
    recipient: Chars | None
    trigger: Chars | None
    type: str
    group: str


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a file, how many of its rows have none yet, and what was left out and why."""

    rows: tuple[Label, ...]
    open: int = 0
    left_out: dict[str, int] | None = None


def read_labels(path: Path, codebook: Codebook, *, whole: bool = False) -> Labels:
    """The labels of a file: JSON Lines, CSV with the same columns, or labelled articles as reviews are exported.

    Of labelled articles `whole` says that they tell every event, so that what is not labelled is NONE. Raises
    `UsageError` for a file that cannot be opened or has no label, `InputError` with file, line and field.
    """
    if path.suffix.lower() != ".csv" and _has_articles(path):
        from dragoman.studies.reviewed import labels_of_articles

        labels = labels_of_articles(path, codebook, whole=whole)
    else:
        rows = list(_from_csv(path) if path.suffix.lower() == ".csv" else read_lines(path, LabelRow))
        made = [_label(row, codebook, path, number) for number, row in rows]
        labels = Labels(tuple(each for each in made if each is not None), sum(each is None for each in made))
    _check_once(labels.rows, path)
    if not labels.rows:
        raise UsageError(f"{path} has no label: in none of its {labels.open} rows is 'type' filled in.")
    return labels


def digests_of(labels: Iterable[Label]) -> frozenset[str]:
    """What tells whether labels speak of the same texts or articles, and not what these say.

    Digests of 16 hexadecimal digits; large and small letters, and how much space stands between words, are all one.
    """
    told = {" ".join(words.split()).casefold() for label in labels for words in (label.text, label.group)}
    return frozenset(hashlib.sha256(each.encode()).hexdigest()[:16] for each in told)


def read_open(path: Path, row: LabelRow, number: int) -> tuple[Chars | None, Chars | None, Chars | None]:
    """Actor, recipient and trigger of a row as characters of its text; raises `InputError`."""
    actor, recipient, trigger = (
        _chars(value, row.text, path, number, field)
        for field, value in (("actor", row.actor), ("recipient", row.recipient), ("trigger", row.trigger))
    )
    if actor is None and recipient is None:
        raise InputError("neither side is given; name at least one.", source=str(path), line=number, field="actor")
    if actor is not None and recipient is not None and min(actor[1], recipient[1]) > max(actor[0], recipient[0]):
        raise InputError("the two sides overlap.", source=str(path), line=number, field="recipient")
    return actor, recipient, trigger


def _label(row: LabelRow, codebook: Codebook, path: Path, number: int) -> Label | None:
    actor, recipient, trigger = read_open(path, row, number)
    if row.type is None:
        return None
    if row.type not in codebook.labels:
        known = ", ".join(codebook.labels)
        what = f"the study '{codebook.name}' has no type '{row.type}'; there are: {known}."
        raise InputError(what, source=str(path), line=number, field="type")
    return Label(row.text, actor, recipient, trigger, row.type, row.article or row.text)


def _chars(value: Written, text: str, path: Path, number: int, field: str) -> Chars | None:
    if value is None:
        return None
    if isinstance(value, str):
        times = text.count(value) if value else 0
        if times != 1:
            what = f"'{value}' stands in the text {times} times, and must once; give [start, end] instead."
            raise InputError(what, source=str(path), line=number, field=field)
        return text.index(value), text.index(value) + len(value)
    start, end = value
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        what = f"[{start}, {end}] holds no word of the text, which has {len(text)} characters."
        raise InputError(what, source=str(path), line=number, field=field)
    return start, end


def _check_once(rows: tuple[Label, ...], path: Path) -> None:
    """Raise `InputError` where one question is answered in two ways."""
    seen: dict[tuple[str, Chars | None, Chars | None, Chars | None], str] = {}
    for row in rows:
        before = seen.setdefault((row.text, row.actor, row.recipient, row.trigger), row.type)
        if before != row.type:
            what = f"the same sides and trigger are labelled {before} and {row.type} in '{row.text[:60]}'."
            raise InputError(what, source=str(path), field="type")


def _has_articles(path: Path) -> bool:
    for _, first in read_lines(path, dict[str, msgspec.Raw]):
        return "events" in first
    return False


def _from_csv(path: Path) -> Iterator[tuple[int, LabelRow]]:
    """The rows of a sheet; a span is words, '[12, 19]' or '12-19'. An empty cell is null."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            sheet = csv.DictReader(lines, strict=True)
            unknown = [name for name in sheet.fieldnames or () if name not in FIELDS]
            if unknown or "text" not in (sheet.fieldnames or ()):
                what = f"column '{unknown[0]}' is none of {', '.join(FIELDS)}." if unknown else "has no column 'text'."
                raise InputError(what, source=str(path), line=1, field=unknown[0] if unknown else "text")
            for cells in sheet:
                number = sheet.line_num
                if None in cells:
                    raise InputError("has more cells than the header line.", source=str(path), line=number)
                given = {name: _GUARDED.sub("", value, count=1) for name, value in cells.items() if value}
                if "text" not in given:
                    raise InputError("is empty.", source=str(path), line=number, field="text")
                spans = {name: _span(given[name]) for name in ("actor", "recipient", "trigger") if name in given}
                yield number, LabelRow(**{**given, **spans})  # type: ignore[arg-type]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path} cannot be read as CSV ({error}); save it as CSV in UTF-8.") from error


def _span(value: str) -> Written:
    offsets = _OFFSETS.fullmatch(value)
    if offsets is None:
        return value
    start, end = (number for number in offsets.groups() if number is not None)
    return int(start), int(end)
