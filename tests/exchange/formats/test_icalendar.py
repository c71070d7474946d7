"""What is planned, as a calendar file; how entries look is tested with the workbench's calendar."""

from __future__ import annotations

import io

from dragoman.exchange.formats.icalendar import write_icalendar
from tests.exchange.formats.world import found


def test_icalendar_round_trip_of_what_is_planned() -> None:
    out = io.BytesIO()
    written = write_icalendar(found(), out, "North Korea, Russia")
    assert (written.rows, dict(written.left_out)) == (1, {"not planned": 3})
    text = out.getvalue().decode()
    unfolded = text.replace("\r\n ", "").split("\r\n")
    values = dict(line.split(":", 1) for line in unfolded if ":" in line)
    [plan] = [each for each in found() if each.status == "planned"]
    assert values["UID"] == f"{plan.id}@dragoman"
    assert (values["DTSTART;VALUE=DATE"], values["DTEND;VALUE=DATE"]) == ("20240901", "20240902")
    assert values["X-WR-CALNAME"] == "North Korea\\, Russia"
    assert values["DESCRIPTION"].startswith("“will visit\\, and\\; sign”\\n")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_icalendar_of_nothing_is_sound() -> None:
    out = io.BytesIO()
    assert write_icalendar([], out, "t").rows == 0
    assert out.getvalue().startswith(b"BEGIN:VCALENDAR\r\n")
    assert out.getvalue().endswith(b"END:VCALENDAR\r\n")
