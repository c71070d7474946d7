"""What somebody wants to be told of, and which incidents are that: conditions and incidents in, matches out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.analysis.dyads import between
from dragoman.analysis.incidents import Incident
from dragoman.analysis.parties import plain
from dragoman.analysis.series import series
from dragoman.analysis.turning import Turn, turning_points
from dragoman.model import Party

EVER: Final = -1.0
RECENT: Final = 7 * 86400.0
LATEST_TURN: Final = 400  # days


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Conditions that an incident must all meet.

    `between` are two that stand on opposite sides; `party` and `person` stand on any. `first_since` are the seconds
    before it in which there was none that meets the others (`EVER`: never in the record). With `turning_point` the
    message is of a turn in the tie of `between`, and not of single incidents.
    """

    name: str
    between: tuple[str, str] | None = None
    party: str | None = None
    person: str | None = None
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    min_confidence: float | None = None
    first_since: float | None = None
    turning_point: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSettings:
    """Where messages go (addresses as Apprise has them) and when.

    `digest` gathers them into one message a day at `digest_at`; within `quiet` (from, to) none is sent. Both are times
    of day at this machine. What was first reported over `recent` seconds ago is no news. `workbench` is its address.
    """

    to: tuple[str, ...] = ()
    workbench: str | None = None
    digest: bool = False
    digest_at: datetime.time = datetime.time(8)
    quiet: tuple[datetime.time, datetime.time] | None = None
    recent: float = RECENT


def matches(watch: Watch, found: Iterable[Incident]) -> list[Incident]:
    """The incidents that meet the conditions of a watch, in order of time; `first_since` is looked at as well."""
    fitting = sorted((each for each in found if _fits(watch, each)), key=lambda each: each.order)
    if watch.first_since is None:
        return fitting
    return [each for place, each in enumerate(fitting) if _is_first(each, fitting[:place], watch.first_since)]


def is_recent(incident: Incident, today: datetime.date, recent: float) -> bool:
    """Whether it was first reported within `recent` seconds before the end of today; unknown days are recent."""
    if incident.first_reported is None:
        return True
    age = today - datetime.date.fromisoformat(incident.first_reported)
    return age.total_seconds() <= recent


def _fits(watch: Watch, each: Incident) -> bool:
    sides = (*each.actors, *each.recipients)
    if watch.between is not None:
        one, other = watch.between
        if not (
            (_stands(each.actors, one) and _stands(each.recipients, other))
            or (_stands(each.actors, other) and _stands(each.recipients, one))
        ):
            return False
    if any(name is not None and not _stands(sides, name) for name in (watch.party, watch.person)):
        return False
    if (watch.types and each.type not in watch.types) or (watch.statuses and each.status not in watch.statuses):
        return False
    least = watch.min_confidence
    if least is not None and max(report.event.confidence for report in each.reports) < least:
        return False
    return not watch.keywords or any(_has(each, word) for word in watch.keywords)


def _stands(side: Sequence[Party], name: str) -> bool:
    wanted = plain(name)
    return any(
        (p.actor is not None and plain(p.actor) == wanted)
        or (p.country is not None and p.country.lower() == name.lower())
        or p.actor_id == name
        for p in side
    )


def _has(each: Incident, word: str) -> bool:
    """Whether a report has the word or phrase in its sentence or title, as whole words."""
    wanted = f" {_words(word)} "
    return any(
        wanted in f" {_words(text)} "
        for report in each.reports
        for text in (report.event.evidence.text, report.article.title or "")
    )


def _words(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in plain(text)).split())


def _is_first(each: Incident, before: Sequence[Incident], seconds: float) -> bool:
    """Whether none of those before it lies within the time; of two on one day only one is the first."""
    if seconds == EVER:
        return not before
    day = _day(each)
    return day is None or not any(
        (other := _day(earlier)) is not None and (day - other).total_seconds() <= seconds for earlier in before
    )


def _day(each: Incident) -> datetime.date | None:
    text = each.date.start if each.date is not None else each.first_reported
    return datetime.date.fromisoformat(text) if text else None


def turns(watch: Watch, found: Iterable[Incident], today: datetime.date) -> list[tuple[Turn, tuple[str, ...]]]:
    """The latest turning point of the tie of `between`, unless it lies over a year back, with its keys.

    It takes some incidents after a turn to see it, so it cannot be as recent as single news; and one that shifts by a
    period when more becomes known is still the same, so its keys are its quarter and those beside it, and its way.
    """
    assert watch.between is not None
    one, other = watch.between
    made = series(between(found, lambda p: _stands((p,), one), lambda p: _stands((p,), other)))
    points = turning_points(made) if made is not None else ()
    if not points or (today - points[-1].start).days > LATEST_TURN:
        return []
    last = points[-1]
    quarter = last.start.year * 4 + (last.start.month - 1) // 3
    way = "up" if last.rises else "down"
    return [(last, tuple(f"turn {each // 4}-{each % 4 + 1} {way}" for each in (quarter, quarter - 1, quarter + 1)))]
