from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.analysis.incidents import Incident
from dragoman.exchange.formats.icalendar import escaped, folded, icalendar
from dragoman.web.desk import Desk


def plan(desk: Desk) -> Incident:
    """Aid that is announced for 10 to 15 June 2024."""
    return next(each for each in desk.incidents if each.standing == "announced" and each.date is not None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("one, two; three", "one\\, two\\; three"),
        ("back\\slash", "back\\\\slash"),
        ("two\r\nlines: END:VEVENT", "two lines: END:VEVENT"),
        ("\u202eright to left\x07", "right to left"),
    ],
)
def test_icalendar_escapes_text(text: str, value: str) -> None:
    assert escaped(text) == value


@given(st.text(max_size=300))
def test_icalendar_folds_lose_nothing_and_are_short(text: str) -> None:
    line = escaped(text)
    parts = list(folded(line))
    assert all(len(part.encode()) <= 75 for part in parts)
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line
    assert all(part.startswith(" ") for part in parts[1:])


def test_icalendar_entry_of_a_plan(desk: Desk) -> None:
    text = icalendar("Planned", [plan(desk)], {})
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART;VALUE=DATE:20240610" in lines
    assert "DTEND;VALUE=DATE:20240616" in lines
    assert "STATUS:TENTATIVE" in lines
    assert "DTSTAMP:20240605T000000Z" in lines
    assert f"UID:{plan(desk).id}@dragoman" in lines


def test_icalendar_what_is_put_off_is_cancelled_on_its_day(desk: Desk) -> None:
    off = dataclasses.replace(plan(desk), standing="put off")
    assert "STATUS:CANCELLED" in icalendar("Planned", [off], {})


def test_icalendar_is_the_same_again(desk: Desk) -> None:
    assert icalendar("Planned", [plan(desk)], {}) == icalendar("Planned", [plan(desk)], {})


def test_icalendar_hostile_title_adds_no_line() -> None:
    assert icalendar("x\r\nBEGIN:VALARM", [], {}).count("\r\n") == icalendar("x", [], {}).count("\r\n")
