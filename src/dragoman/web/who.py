"""Who somebody is: kind, names, offices over time and members, out of the actor files with a user's own over them.

Apart from the page because what is known does not come out of articles; what is not known is not shown.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec

from dragoman.briefing.subject import Subject
from dragoman.briefing.wording import one_line, shortened
from dragoman.errors import DragomanError
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.entries import Body
from dragoman.knowledge.holders import Tenure, fold_name
from dragoman.knowledge.known import Known, known_with
from dragoman.knowledge.own import own_file
from dragoman.knowledge.profile import Held, Profile, profiles
from dragoman.web import links
from dragoman.web.desk import Desk
from dragoman.web.parts import Ref

WIDTH: Final = 1000.0
_YEARS: Final = 8
"""How many years at most are written below a timeline."""


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """A tenure on the timeline, in thousandths of its width: `x` and `width` as far as it may have lasted, `sure_x` and
    `sure_width` as far as it did for sure. `open` when its end is not in sight.
    """

    x: float
    width: float
    sure_x: float
    sure_width: float
    open: bool


class OfficeRow(msgspec.Struct, frozen=True, kw_only=True):
    """An office with its dates in words; `sure` says how far they can be off."""

    office: str
    start: str
    end: str
    acting: bool
    sure: str
    now: bool
    bar: Bar | None


class Tick(msgspec.Struct, frozen=True):
    """A year on the timeline."""

    x: float
    label: str


class Who(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of somebody; `kind` is 'not in the actor files' for those whom only articles name."""

    kind: str
    names: tuple[str, ...]
    country: Ref | None
    facts: tuple[tuple[str, str], ...]
    offices: tuple[OfficeRow, ...]
    ticks: tuple[Tick, ...]
    last_day: float | None
    members: tuple[Ref, ...]
    known: bool


def who(desk: Desk, subject: Subject) -> Who:
    """What is known of a subject."""
    return desk.memo(("who", subject.key), lambda: _who(desk, subject))


def _who(desk: Desk, subject: Subject) -> Who:
    known = known_with(own_file(desk.record.path))
    profile = _profile(subject, known)
    if profile is None:
        return Who(
            kind="not in the actor files", names=(), country=None, facts=(), offices=(), ticks=(), last_day=None,
            members=(), known=False,
        )  # fmt: skip
    today = date.fromisoformat(desk.last_day) if desk.last_day else None
    tenures = known.holders.tenures_of(profile.actor_id.removeprefix("person:")) if profile.kind == "person" else ()
    first, last = _reach(tenures, today)
    entry = known.actors.by_id.get(profile.actor_id)
    members = entry.members if isinstance(entry, Body) else ()
    state = load_actors().by_code.get(profile.country or "")
    return Who(
        kind="state media" if ("state media", "yes") in profile.facts else profile.kind,
        names=tuple(shortened(one_line(name), 90) for name in profile.names),
        country=Ref(name=state.name, href=links.actor(state.code)) if state and subject.code is None else None,
        facts=tuple((word, one_line(value)) for word, value in profile.facts if word != "members"),
        offices=tuple(
            _office(held, tenure, first, last, today)
            for held, tenure in zip(profile.offices, tenures, strict=profile.kind == "person")
        ),
        ticks=_ticks(first, last),
        last_day=_x(today, first, last) if today is not None and first is not None else None,
        members=tuple(Ref(name=load_actors().state(code).name, href=links.actor(code)) for code in members),
        known=True,
    )


def _profile(subject: Subject, known: Known) -> Profile | None:
    """The only actor of exactly that name; a family name that several have says nothing."""
    try:
        found = profiles(f"state:{subject.code}" if subject.code else subject.name, known)
    except (DragomanError, ValueError):
        return None
    wanted = fold_name(subject.name)
    named = [p for p in found if wanted in {fold_name(n) for n in (p.name, *p.names)}] or list(found)
    return named[0] if len(named) == 1 or subject.code is not None else None


def _office(held: Held, tenure: Tenure, first: date | None, last: date | None, today: date | None) -> OfficeRow:
    day = today or date.max
    return OfficeRow(
        office=one_line(held.office),
        start=held.start or "not known",
        end=_end(held, tenure),
        acting=held.acting,
        sure="dates known" if held.sure == "high" else "each date give or take a month",
        now=tenure.possibly(day),
        bar=_bar(tenure, first, last) if first is not None and last is not None else None,
    )


def _end(held: Held, tenure: Tenure) -> str:
    if tenure.open:
        return f"in office when last looked up, {held.seen}" if held.seen and held.seen[:1].isdigit() else "in office"
    return held.end or "not known"


def _reach(tenures: tuple[Tenure, ...], today: date | None) -> tuple[date | None, date | None]:
    """The first and the last day of the timeline: those that are known, and the record's last."""
    days = [d for t in tenures for d in (t.start_min, t.start_max, t.end_min, t.end_max)]
    known = [d for d in days if d not in (date.min, date.max)] + ([today] if today is not None else [])
    if not tenures or len(known) < 2:
        return None, None
    return date(min(known).year, 1, 1), date(max(known).year, 12, 31)


def _bar(tenure: Tenure, first: date, last: date) -> Bar:
    x, end = _x(max(tenure.start_min, first), first, last), _x(min(tenure.end_max, last), first, last)
    sure_from, sure_to = tenure.start_max, tenure.end_min
    sure = sure_from <= sure_to and sure_from != date.max and sure_to != date.min
    sure_x = _x(max(sure_from, first), first, last) if sure else x
    sure_end = _x(min(sure_to, last), first, last) if sure else x
    return Bar(
        x=x,
        width=round(max(end - x, 4.0), 1),
        sure_x=sure_x,
        sure_width=round(max(sure_end - sure_x, 0.0), 1),
        open=tenure.open,
    )


def _x(day: date | None, first: date | None, last: date | None) -> float:
    if day is None or first is None or last is None or first == last:
        return 0.0
    share = (min(max(day, first), last) - first).days / (last - first).days
    return round(share * WIDTH, 1)


def _ticks(first: date | None, last: date | None) -> tuple[Tick, ...]:
    if first is None or last is None:
        return ()
    years = last.year - first.year + 1
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100) if years / s <= _YEARS or s == 100)
    marked = (year for year in range(first.year, last.year + 1) if year % step == 0 or years <= _YEARS)
    return tuple(Tick(_x(date(year, 1, 1), first, last), str(year)) for year in marked)
