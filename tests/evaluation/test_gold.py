"""The labelled dispatches and the reader that checks them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from evaluation.gate import GOLD, articles_of
from evaluation.gold import read_gold

from dragoman.errors import InputError

TEXT = "Japan condemned North Korea, Li said."
EVENT: dict[str, Any] = {
    "types": ["ACCUSE"],
    "source": ["JPN"],
    "target": ["PRK"],
    "symmetric": False,
    "status": "actual",
    "date": None,
    "place": None,
    "said_by": "Li",
    "evidence": "Japan condemned North Korea",
}
SAID = {"source": "Li", "cue": "said", "content": "Japan condemned North Korea", "speaker": "Li", "kind": "indirect"}


def write(folder: Path, *rows: object) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def row(event: dict[str, Any] | None = None, said: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """A labelled article with changes to its event or attribution."""
    events, attributions = [EVENT | (event or {})], [SAID | (said or {})]
    return {"id": "a1", "text": TEXT, "events": events, "attributions": attributions} | changes


def test_gold_reads_labelled_articles(tmp_path: Path) -> None:
    first, second = read_gold(write(tmp_path, row(), row(id="a2", title="Tokyo speaks", attributions=[])))
    assert (first.id, first.events[0].types, first.attributions[0].speaker) == ("a1", ("ACCUSE",), "Li")
    assert (second.title, second.attributions) == ("Tokyo speaks", ())


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (row(event={"evidence": "Japan praised North Korea"}), "field 'evidence'.*does not stand in the text"),
        (row(event={"also": ["Tokyo spoke"]}), "field 'evidence'"),
        (row(said={"cue": "says"}), "field 'cue'"),
        (row(said={"content": "nothing"}), "field 'content'"),
        (row(event={"types": ["WAR"]}), "WAR"),
        (row(event={"status": "maybe"}), "maybe"),
        (row(event={"colour": "red"}), "colour"),
        (row(said={"kind": "loud"}), "loud"),
        ({"id": "a1", "text": TEXT}, "events"),
        ([], "object"),
    ],
)
def test_gold_label_that_is_wrong_is_told_with_its_line(tmp_path: Path, bad: object, told: str) -> None:
    with pytest.raises(InputError, match=told) as error:
        read_gold(write(tmp_path, row(), bad))
    assert error.value.line == 2


def test_gold_of_the_dispatches_is_sound_and_fits_their_texts() -> None:
    gold = read_gold(GOLD)
    assert len(gold) >= 30
    assert len({article.id for article in gold}) == len(gold)
    assert [article.id for article in articles_of(gold)] == [article.id for article in gold]
    assert all(event.types and (event.source or event.target) for article in gold for event in article.events)
    for article in gold:
        for event in article.events:
            assert event.date is None or event.date.start <= event.date.end


def test_gold_dispatch_whose_text_has_changed_is_told() -> None:
    changed = [msgspec.structs.replace(read_gold(GOLD)[0], text="Something else.")]
    with pytest.raises(SystemExit, match="label it again"):
        articles_of(changed)
