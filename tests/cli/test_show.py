"""`dragoman show`: one event where it stands, with all that is known of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.model import Article, CodedArticle, CoderInfo, Event, Party, ReportedEvent, Span, Status
from dragoman.record import Record
from tests.cli.conftest import Command

HOSTILE = "It rained.\r\nJapan \x1b[31mattacked\x1b[0m [bold]Nepal[/bold] \u202eat sea.\r\nIt stopped."


def event_of(record: Record, type: str) -> ReportedEvent:
    return next(iter(record.events(types=(type,))))


def test_show_event_in_its_paragraph_with_sides_and_source(dragoman: Command, record: Record) -> None:
    found = event_of(record, "ASSAULT")
    done = dragoman("show", found.event.id, "--record", record.path)
    words = " ".join(done.out.replace("│", " ").split())
    assert done.code == 0
    for told in (
        "Ukraine attacked Russia on Thursday, the Kremlin said.",
        "ASSAULT",
        "'Ukraine': Ukraine, UKR, GOV",
        "'Russia': Russia, RUS, GOV",
        "2024-08-01",
        "'Thursday' (stated)",
        "the Kremlin … said (indirect)",
    ):
        assert told in words
    assert "harbour" not in words


def test_show_takes_the_beginning_of_an_id(dragoman: Command, record: Record) -> None:
    found = event_of(record, "ASSAULT")
    assert found.event.id in dragoman("show", found.event.id[:8], "--record", record.path).out


@pytest.mark.parametrize(
    ("clause", "status", "told"),
    [
        ("Japan cancelled its visit to Nepal.", "denied", "denied (cancelled)"),
        ("Japan postponed its visit to Nepal.", "planned", "planned (put off)"),
        ("Japan did not visit Nepal.", "denied", "denied"),
    ],
)
def test_show_what_became_of_a_plan(dragoman: Command, tmp_path: Path, clause: str, status: Status, told: str) -> None:
    event = Event(
        id="e1", type="CONSULT", mode="visit", quad=1, intensity=1.0, status=status,
        actors=(Party(text="Japan", country="JPN"),), recipients=(Party(text="Nepal", country="NPL"),),
        evidence=Span(start=0, end=len(clause), text=clause), sentence=0, confidence=0.9,
    )  # fmt: skip
    coded = CodedArticle(
        article=Article(id="a1", text=clause), events=(event,), coder=CoderInfo(version="0", model="hand")
    )
    Record.create(tmp_path / "rec").append([coded])
    shown = " ".join(dragoman("show", "e1", "--record", tmp_path / "rec").out.replace("│", " ").split())
    assert f"Status {told} Date" in shown


@pytest.mark.parametrize(("event", "told"), [("nosuch", "no event 'nosuch'"), ("e", "Several events begin with 'e'")])
def test_show_event_that_is_not_one(dragoman: Command, record: Record, event: str, told: str) -> None:
    done = dragoman("show", event, "--record", record.path)
    assert (done.code, done.out) == (2, "")
    assert told in done.told


def test_show_text_does_not_steer_the_terminal(dragoman: Command, tmp_path: Path) -> None:
    start, end = HOSTILE.index("Japan"), HOSTILE.index("at sea")
    event = Event(
        id="e1",
        type="ASSAULT",
        quad=4,
        intensity=-9.0,
        actors=(Party(text="Japan", actor="Jap\x1b[2Jan"),),
        recipients=(Party(text="[bold]Nepal[/bold]"),),
        evidence=Span(start=start, end=end, text=HOSTILE[start:end]),
        sentence=1,
        confidence=0.5,
    )
    article = Article(id="a1", text=HOSTILE, title="Storm \x1b]0;owned\x07", publisher="[red]Paper")
    coded = CodedArticle(article=article, events=(event,), coder=CoderInfo(version="1", model="hand"))
    Record.create(tmp_path / "record").append([coded])
    done = dragoman("show", "e1", "--record", tmp_path / "record")
    assert done.code == 0
    assert not set(done.out) & {"\x1b", "\x07", "\r", "\u202e"}
    assert "[bold]Nepal[/bold]" in done.out
    assert "[red]Paper" in done.out
    assert "It stopped" not in done.out
