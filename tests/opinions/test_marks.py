"""Where an event stands in its article, read once more."""

from __future__ import annotations

from pathlib import Path

import msgspec

from dragoman.coding.coder import Coder
from dragoman.model import Article
from dragoman.opinions.marks import Marks, Reader
from dragoman.record import Record

TEXT = (
    "It rained in the north. Japan condemned North Korea on Monday. The sea was calm. "
    "Nobody was there.\n\nRussia praised China, but urged China to wait."
)


def marked(folder: Path, type: str) -> Marks:
    record = Record.create(folder)
    record.append([Coder(fast=True).code(Article(id="a1", text=TEXT, published="2024-08-02"))])
    (found,) = record.reported(types=(type,))
    return Reader(record).marks(found)


def test_marks_find_word_sides_sentence_and_neighbours(tmp_path: Path) -> None:
    found = marked(tmp_path / "record", "ACCUSE")
    assert found.trigger is not None
    assert found.trigger.text == "condemned"
    assert found.sentence.text == "Japan condemned North Korea on Monday."
    assert found.passage.text == TEXT[: TEXT.index(" Nobody")]
    assert [span.text for span in (*found.actors, *found.recipients)] == ["Japan", "North Korea"]
    for span in (found.passage, found.sentence, found.trigger, *found.actors, *found.recipients):
        assert TEXT[span.start : span.end] == span.text


def test_marks_tell_two_events_of_a_sentence_apart(tmp_path: Path) -> None:
    words = [marked(tmp_path / name, name).trigger for name in ("SUPPORT", "REQUEST")]
    assert [word.text if word else None for word in words] == ["praised", "urged"]


def test_marks_have_no_word_where_the_coder_does_not_find_the_event(tmp_path: Path) -> None:
    coded = Coder(fast=True).code(Article(id="a1", text=TEXT, published="2024-08-02"))
    other = tuple(msgspec.structs.replace(each, type="AID") for each in coded.events)
    record = Record.create(tmp_path / "record")
    record.append([msgspec.structs.replace(coded, events=other)])
    found = Reader(record).marks(record.reported()[0])
    assert found.trigger is None
    assert found.sentence.text.endswith(".")
    assert found.actors
