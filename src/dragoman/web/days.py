"""The days of a choice of incidents: what stands on a day, what on several, what on none; and what each counts as.

Apart from the calendar's page and file, which both read it.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from dragoman.analysis.incidents import Incident
from dragoman.analysis.pledges import Pledge
from dragoman.web.desk import Desk
from dragoman.web.due import recent_pledges

Kind = Literal["quad-1", "quad-2", "quad-3", "quad-4", "planned", "due", "overdue", "other"]
KINDS: Final[tuple[Kind, ...]] = (
    "quad-1", "quad-2", "quad-3", "quad-4", "planned", "due", "overdue", "other",
)  # fmt: skip
WORDS: Final[Mapping[Kind, str]] = {
    "quad-1": "verbal cooperation",
    "quad-2": "material cooperation",
    "quad-3": "verbal conflict",
    "quad-4": "material conflict",
    "planned": "planned",
    "due": "due",
    "overdue": "overdue",
    "other": "possible, denied or called off",
}
HAPPENED: Final = ("took place", "goes on", "contested")
AHEAD: Final = ("announced", "put off")


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Incidents by day: `single` stand on one day, `spans` on several, `undated` on that of their first report; each in
    order of that day, with the days themselves beside them.
    """

    single: Sequence[Incident]
    single_days: Sequence[str]
    spans: Sequence[Incident]
    undated: Sequence[Incident]
    undated_days: Sequence[str]

    def on_days(self, first: str, last: str) -> Sequence[Incident]:
        """Those that stand on one day of these, both included."""
        start = bisect.bisect_left(self.single_days, first)
        return self.single[start : bisect.bisect_right(self.single_days, last)]

    def over_days(self, first: str, last: str) -> Sequence[Incident]:
        """Those that stand on several days, some of these among them."""
        return [each for each in self.spans if each.date and each.date.start <= last and each.date.end >= first]

    def told_on(self, first: str, last: str) -> Sequence[Incident]:
        """Those without a date that were first told on one of these days."""
        start = bisect.bisect_left(self.undated_days, first)
        return self.undated[start : bisect.bisect_right(self.undated_days, last)]


def days_of(found: Iterable[Incident]) -> Days:
    """Incidents in order of time sorted by how their day is known."""
    single: list[Incident] = []
    spans: list[Incident] = []
    undated: list[Incident] = []
    for each in found:
        if each.date is None:
            undated.append(each)
        elif each.date.start == each.date.end:
            single.append(each)
        else:
            spans.append(each)
    return Days(
        single=single,
        single_days=[each.order[0] for each in single],
        spans=spans,
        undated=undated,
        undated_days=[each.order[0] for each in undated],
    )


def waiting(desk: Desk) -> Mapping[str, Pledge]:
    """By incident, the pledges of the last year or so that have a time and are open or overdue."""

    def make() -> Mapping[str, Pledge]:
        states = ("open", "overdue")
        return {p.what.id: p for p in recent_pledges(desk) if p.due is not None and p.state in states}

    return desk.memo("calendar pledges", make)


def kind_of(each: Incident, pledges: Mapping[str, Pledge]) -> Kind:
    """As what an incident counts: its quad where it happened; else planned, due, overdue or other."""
    pledge = pledges.get(each.id)
    if pledge is not None and pledge.state == "overdue":
        return "overdue"
    if pledge is not None and pledge.kind != "schedule":
        return "due"
    if each.standing in HAPPENED:
        return KINDS[each.quad - 1]
    return "planned" if each.standing in AHEAD else "other"


def is_ahead(each: Incident, pledges: Mapping[str, Pledge]) -> bool:
    """Whether it is planned, or promised, threatened or demanded for a time."""
    return each.date is not None and kind_of(each, pledges) in ("planned", "due", "overdue")
