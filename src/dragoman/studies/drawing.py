"""Draws what is to be labelled out of a record: pairs of sides at triggers, with the type left open.

Half of them stand at the study's cues, where its types are to be found; the others anywhere, for what is none of them.
The same seed draws the same rows from the same record.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from spacy.language import Language

from dragoman.coding.language import parse
from dragoman.errors import UsageError
from dragoman.exchange.export import cell
from dragoman.json_lines import write_lines
from dragoman.record.query import Look
from dragoman.record.store import Store
from dragoman.studies.applying import BATCH, read_codings
from dragoman.studies.asking import Asked, Asker
from dragoman.studies.codebook import Codebook
from dragoman.studies.labels import FIELDS, LabelRow, Written

MOST: Final = 4
"""Rows of one article, so that a long one does not fill the sheet."""


def draw_rows(record: Path, codebook: Codebook, nlp: Language, number: int, seed: int) -> list[LabelRow]:
    """Rows to be labelled, at most `number`; raises `UsageError` or `RecordError` for a record that cannot be read."""
    asker, store = Asker(codebook), Store(record)
    with Look(store, None, ("articles",)) as look:
        codings = [row["coding_id"] for row in look.rows("SELECT coding_id, article_id FROM articles")]
    codings.sort(key=lambda coding: _lot(seed, coding))
    cued: list[LabelRow] = []
    others: list[LabelRow] = []
    half = (number + 1) // 2
    for start in range(0, len(codings), BATCH):
        for _, coded in read_codings(store, record, codings[start : start + BATCH]):
            (draft,) = parse([coded.article], nlp)
            draft.mentions, draft.claims = list(coded.mentions), list(coded.claims)
            firsts = [group[0] for group in asker.asked(draft) if group[0].pair.actors and group[0].pair.recipients]
            firsts.sort(key=lambda asked: _lot(seed, coded.article.id, asked.start, asked.question))
            cued += [_row(asked, coded.article.id) for asked in firsts if asked.cued][: MOST // 2]
            others += [_row(asked, coded.article.id) for asked in firsts if not asked.cued][: MOST // 2]
        if len(cued) >= half and len(others) >= number - half:
            break
    chosen = cued[: max(half, number - len(others))]
    return _numbered([*chosen, *others[: number - len(chosen)]], seed)


def write_rows(rows: Iterable[LabelRow], path: Path) -> int:
    """Write rows as JSON Lines, or as CSV where the file's name ends so; raises `UsageError`."""
    if path.suffix.lower() != ".csv":
        return write_lines(path, rows)
    written = list(rows)
    try:
        with path.open("w", encoding="utf-8", newline="") as out:
            sheet = csv.DictWriter(out, FIELDS, lineterminator="\n")
            sheet.writeheader()
            sheet.writerows({name: _in_sheet(getattr(row, name)) for name in FIELDS} for row in written)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}). Give another file.") from error
    return len(written)


def _numbered(rows: list[LabelRow], seed: int) -> list[LabelRow]:
    """The rows mixed, so that nobody labels all of one kind first."""
    return sorted(rows, key=lambda row: _lot(seed, row.text, row.trigger, row.actor))


def _row(asked: Asked, article: str) -> LabelRow:
    text, question = asked.text, asked.question
    return LabelRow(
        text=text,
        actor=_written(text, question.actor),
        recipient=_written(text, question.recipient),
        trigger=_written(text, question.trigger),
        article=article,
    )


def _written(text: str, span: tuple[int, int] | None) -> Written:
    """The words where they stand once in the text, else their offsets."""
    if span is None:
        return None
    words = text[span[0] : span[1]]
    return words if text.count(words) == 1 else span


def _in_sheet(value: object) -> object:
    """A value as a spreadsheet leaves it alone: offsets that it takes for no day, text that it does not run."""
    return f"[{value[0]}, {value[1]}]" if isinstance(value, tuple) else cell(value)


def _lot(seed: int, *what: object) -> bytes:
    return hashlib.sha256(repr((seed, *what)).encode("utf-8", "surrogatepass")).digest()
