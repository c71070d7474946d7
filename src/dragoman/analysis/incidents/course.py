"""How an incident stands now and how it got there: announced, took place, denied, cancelled, by whose word and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from dragoman.analysis.incidents.words import says
from dragoman.analysis.sourcing import source_of
from dragoman.model import ReportedEvent, Status

Standing = Literal["took place", "goes on", "announced", "possible", "put off", "cancelled", "denied", "contested"]

OF_STATUS: Final[dict[Status, Standing]] = {
    "actual": "took place",
    "habitual": "goes on",
    "planned": "announced",
    "hypothetical": "possible",
    "denied": "denied",
}
TO_STATUS: Final[dict[Standing, Status]] = {
    "took place": "actual",
    "contested": "actual",
    "goes on": "habitual",
    "announced": "planned",
    "put off": "planned",
    "possible": "hypothetical",
    "cancelled": "denied",
    "denied": "denied",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What was told on a day: how it stood, by whose word (each once), in which reports (event ids)."""

    day: str | None
    standing: Standing
    by: tuple[str, ...]
    reports: tuple[str, ...]


def course(reports: Iterable[ReportedEvent]) -> tuple[Step, ...]:
    """The steps in order of publication; what is told again on later days, with nothing else in between, is one."""
    ordered = sorted(reports, key=lambda r: (r.article.published or "9999", r.article.id, r.event.sentence, r.event.id))
    planned = any(r.event.status == "planned" for r in ordered)
    steps: list[tuple[str | None, Standing, list[str], list[str]]] = []
    by_day: dict[tuple[str | None, Standing], tuple[list[str], list[str]]] = {}
    for report in ordered:
        standing = standing_of(report, planned=planned)
        if steps and steps[-1][1] == standing:
            names, ids = steps[-1][2:]
        elif (report.article.published, standing) in by_day:
            names, ids = by_day[report.article.published, standing]
        else:
            names, ids = [], []
            steps.append((report.article.published, standing, names, ids))
        by_day[report.article.published, standing] = names, ids
        names.append(word_of(report))
        ids.append(report.event.id)
    return tuple(
        Step(day=day, standing=standing, by=tuple(dict.fromkeys(names)), reports=tuple(ids))
        for day, standing, names, ids in steps
    )


def standing_now(steps: Sequence[Step]) -> Standing:
    """How an incident stands by all its steps.

    What somebody tells as a fact took place, and is contested where another denies it. A plan that is off is cancelled,
    one that is denied is denied, unless it is announced anew on a later day.
    """
    told = {step.standing for step in steps}
    if told & {"took place", "goes on"}:
        if "denied" in told:
            return "contested"
        return "took place" if "took place" in told else "goes on"
    for off in ("cancelled", "denied"):
        if off in told:
            last = max(n for n, step in enumerate(steps) if step.standing == off)
            anew = [step for step in steps[last + 1 :] if step.standing in ("announced", "put off")]
            if not any((step.day or "") > (steps[last].day or "") for step in anew):
                return off
    return next(s for s in ("put off", "announced", "possible", "denied", "cancelled") if s in told)


def standing_of(report: ReportedEvent, *, planned: bool) -> Standing:
    """How one report says that it stands; `planned` when it was announced, so that it can be put off or called off."""
    status, clause = report.event.status, report.event.evidence.text
    if status == "denied" and says("cancelled", clause):
        return "cancelled"
    if status in ("planned", "denied") and planned and says("moved", clause):
        return "put off"
    return OF_STATUS[status]


def word_of(report: ReportedEvent) -> str:
    """On whose word a report rests: who is quoted, else the outlet."""
    source = source_of(report)
    return source.name or report.article.publisher or report.article.id
