from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from dragoman.model import CodedArticle, ReportedEvent
from dragoman.record import Record
from tests.briefing.builders import report, unlike
from tests.record.builders import CODER


def as_coded(told: ReportedEvent) -> CodedArticle:
    """The article of a report with that event alone."""
    claims = () if told.claim is None else (told.claim,)
    return CodedArticle(article=told.article, events=(told.event,), claims=claims, coder=CODER)


def filled(path: Path, *reports: ReportedEvent) -> Record:
    """A record of some reports, each in an article of its own words."""
    record = Record.create(path)
    record.append([as_coded(unlike(each)) for each in reports])
    return record


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """Two meetings, a call, aid that is contested, and an attack between others."""
    meeting = report("m1", "Kim Jong Un/PRK", "Vladimir Putin/RUS", mode="visit", date="2024-03-01", place="Pyongyang")
    place = msgspec.structs.replace(meeting.event.place, country="PRK")  # type: ignore[type-var]
    meeting = msgspec.structs.replace(meeting, event=msgspec.structs.replace(meeting.event, place=place))
    return filled(
        tmp_path / "record",
        meeting,
        report("m2", "PRK", "RUS", date="2024-05-06", evidence="The ministers met", published="2024-05-07"),
        report("t1", "PRK", "RUS", mode="phone", date="2024-06-01", evidence="They spoke by telephone"),
        report("a1", "RUS", "PRK", type="AID", date="2024-06-03", evidence="Moscow sent grain", said_by="TASS"),
        report("x1", "JPN", "CHN", type="ASSAULT", date="2024-06-04", evidence="Shots were fired"),
    )
