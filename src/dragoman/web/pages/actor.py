"""The page of a person, state, body or other actor: who that is, with whom it has to do, whom it met, what it said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, Literal, get_args

import msgspec
from fastapi import APIRouter

from dragoman.analysis.incidents import Incident, choose
from dragoman.analysis.meetings_log import KINDS, Encounter
from dragoman.analysis.meetings_log import Kind as Contact
from dragoman.analysis.parties import plain
from dragoman.briefing.subject import Subject
from dragoman.briefing.wording import one_line, shortened
from dragoman.knowledge.known import load_known
from dragoman.model import EventType
from dragoman.record import ReportedClaim
from dragoman.record.filters import TYPES, checked
from dragoman.web import links
from dragoman.web.asking import PageNumber, PerPage
from dragoman.web.company import CounterpartRow, MemberRow, MetRow, company, counterparts, happened, members, met_row
from dragoman.web.desk import Desk
from dragoman.web.errors import NotFoundError
from dragoman.web.pages.base import Asked, page
from dragoman.web.parts import QUADS, Figure, IncidentRow, Pager, Ref, Tab, incident_row, paged
from dragoman.web.sayings import (
    Named,
    SayingRow,
    about_whom,
    said_by,
    said_of,
    saying_row,
    speakers_named,
    warm_sayings,
    within,
)
from dragoman.web.tie import Quad
from dragoman.web.who import Who, who

router = APIRouter()
Part = Literal["overview", "incidents", "counterparts", "meetings", "said", "about", "people"]
FEW: Final = 6
ROWS: Final = 25
WARMED: Final = 12
"""States whose pages are made ready."""
_WORDS: Final[dict[Part, str]] = {
    "overview": "Overview",
    "incidents": "Incidents",
    "counterparts": "Counterparts",
    "meetings": "Meetings",
    "said": "Said",
    "about": "Said of it",
    "people": "People and organs",
}
_CONTACTS: Final = {
    "visit": ("visit", "visits"),
    "meeting": ("meeting elsewhere", "meetings elsewhere"),
    "call": ("call", "calls"),
    "message": ("letter", "letters"),
}


class ActorAsked(Asked, frozen=True, kw_only=True):
    """Which part of the page, and of what time and types; `of` is whom claims are to name, `contact` the kind of it."""

    key: str
    part: Part = "overview"
    since: str | None = None
    until: str | None = None
    type: tuple[EventType, ...] = ()
    quad: tuple[Quad, ...] = ()
    contact: Contact | None = None
    of: str | None = None
    contested: bool = False
    page: PageNumber = 1
    per: PerPage | None = None


class ActorView(msgspec.Struct, frozen=True, kw_only=True):
    """An actor as its page shows it: of each list the first few, or of the chosen part a whole page."""

    name: str
    code: str | None
    path: str
    part: Part
    who: Who
    brief: str | None
    search: str
    outlet: str | None
    tabs: tuple[Tab, ...]
    filters: tuple[Ref, ...]
    figures: tuple[Figure, ...]
    incidents: tuple[IncidentRow, ...]
    counterparts: tuple[CounterpartRow, ...]
    contact_counts: tuple[Figure, ...]
    meetings: tuple[MetRow, ...]
    said: tuple[SayingRow, ...]
    said_about: tuple[Figure, ...]
    about: tuple[SayingRow, ...]
    people: tuple[MemberRow, ...]
    pager: Pager | None
    types: tuple[str, ...]


class _Lists(msgspec.Struct, frozen=True, kw_only=True):
    """All that the filters let through, the latest first."""

    incidents: Sequence[Incident]
    counterparts: Sequence[CounterpartRow]
    meetings: Sequence[Encounter]
    said: Sequence[ReportedClaim]
    about: Sequence[ReportedClaim]
    people: Sequence[MemberRow]


def actor(desk: Desk, asked: ActorAsked) -> ActorView:
    """Who somebody is, what is told of them, whom they met, what they say.

    Raises `NotFoundError` with near names for a stranger.
    """
    subject = subject_of(desk, asked.key)
    path = links.actor(subject.key)
    query = asked.query(without=("key",))

    def to(**changes: links.Value) -> str:
        return links.changed(path, query, **changes)

    lists = _lists(desk, subject, asked)
    few = {name: tuple(getattr(lists, name)[:FEW]) for name in lists.__struct_fields__}
    pager = None
    if asked.part != "overview":
        shown, pager = paged(getattr(lists, asked.part), asked.page, lambda n: to(page=n), asked.per or ROWS)
        few = {name: tuple(shown) if name == asked.part else () for name in few}
    known = who(desk, subject)
    return ActorView(
        name=one_line(subject.name),
        code=subject.code,
        path=path,
        part=asked.part,
        who=known,
        brief=links.brief(subject.key) if desk.of(subject) else None,
        search=links.search(party=(subject.key,)),
        outlet=links.outlet(subject.name) if known.kind in ("outlet", "state media") else None,
        tabs=_tabs(lists, subject, asked, to),
        filters=_filters(asked, to),
        figures=_figures(lists.incidents, to),
        incidents=tuple(map(incident_row, few["incidents"])),
        counterparts=few["counterparts"],
        contact_counts=_contact_counts(desk, subject, asked, to) if few["meetings"] else (),
        meetings=tuple(map(met_row, few["meetings"])),
        said=tuple(saying_row(desk, told) for told in few["said"]),
        said_about=_said_about(desk, subject, asked, to) if few["said"] or asked.part == "said" else (),
        about=tuple(saying_row(desk, told) for told in few["about"]),
        people=few["people"],
        pager=pager,
        types=TYPES,
    )


def warm(desk: Desk) -> None:
    """Make what all these pages need before anybody asks, and the company of those of whom most is told."""
    load_known()
    warm_sayings(desk)
    most = sorted(desk.countries, key=lambda code: (-len(desk.countries[code]), code))[:WARMED]
    for code in most:
        actor(desk, ActorAsked(key=code))


def subject_of(desk: Desk, key: str) -> Subject:
    """Whom an address means: somebody of the events or of the actor files, else somebody who only speaks."""
    try:
        return desk.subject(key)
    except NotFoundError:
        name = speakers_named(desk).get(plain(key))
        if name is None:
            raise
        return Subject(name=name)


def _lists(desk: Desk, subject: Subject, asked: ActorAsked) -> _Lists:
    """What is asked for, kept for the next page of it; raises `UsageError` for what is no day."""
    days = checked(since=asked.since, until=asked.until)
    key = (subject.key, days.since, days.until, asked.type, asked.quad, asked.contact, asked.of, asked.contested)

    def make() -> _Lists:
        found = choose(desk.of(subject), since=days.since, until=days.until, types=asked.type)
        if asked.quad:
            found = [each for each in found if each.quad in asked.quad]
        ours = company(desk, subject)
        ids = {each.id for each in found}
        met = [each for each in ours.met if each.what.id in ids]
        took_place = happened(found)
        said = within(said_by(desk, subject), days.since, days.until)
        if asked.of is not None:
            whom = desk.subject(asked.of)
            said = [told for told in said if any(_is(whom, each) for each in about_whom(desk, told))]
        about = within(said_of(desk, subject), days.since, days.until)
        if asked.contested:
            said = [told for told in said if saying_row(desk, told).marks]
            about = [told for told in about if saying_row(desk, told).marks]
        return _Lists(
            incidents=found[::-1],
            counterparts=counterparts(took_place, ours, met),
            meetings=[each for each in met if asked.contact in (None, each.kind)],
            said=said[::-1],
            about=about[::-1],
            people=members(found, ours) if subject.code is not None else (),
        )

    return desk.memo(("actor", *key), make)


def _is(subject: Subject, named: Named) -> bool:
    if subject.code is not None:
        return named.country == subject.code
    return plain(named.name) == plain(subject.name)


def _tabs(lists: _Lists, subject: Subject, asked: ActorAsked, to: Callable[..., str]) -> tuple[Tab, ...]:
    tabs = []
    for part in get_args(Part):
        number = None if part == "overview" else len(getattr(lists, part))
        if number == 0 and part != asked.part:
            continue
        words = "Said of " + one_line(subject.name) if part == "about" else _WORDS[part]
        href = to(part=None if part == "overview" else part)
        tabs.append(Tab(words=words, number=number, href=href, chosen=part == asked.part))
    return tuple(tabs)


def _filters(asked: ActorAsked, to: Callable[..., str]) -> tuple[Ref, ...]:
    """Each filter that is set, leading to the page without it."""
    found = [Ref(name=f"type: {each}", href=to(type=tuple(t for t in asked.type if t != each))) for each in asked.type]
    for quad in asked.quad:
        rest = tuple(str(q) for q in asked.quad if q != quad)
        found.append(Ref(name=QUADS[quad - 1], href=to(quad=rest)))
    words = {"since": "from", "until": "to", "contact": "contact:", "of": "about"}
    for name, told in words.items():
        value = getattr(asked, name)
        if value is not None:
            found.append(Ref(name=f"{told} {shortened(one_line(value), 60)}", href=to(**{name: None})))
    if asked.contested:
        found.append(Ref(name="only what is contested or denied", href=to(contested=None)))
    return tuple(found)


def _figures(found: Sequence[Incident], to: Callable[..., str]) -> tuple[Figure, ...]:
    quads = Counter(each.quad for each in found)
    made = [Figure(number=len(found), words="incidents", href=to(part="incidents"))]
    for quad in (1, 2, 3, 4):
        made.append(Figure(number=quads[quad], words=QUADS[quad - 1], href=to(part="incidents", quad=(str(quad),))))
    return tuple(made)


def _contact_counts(desk: Desk, subject: Subject, asked: ActorAsked, to: Callable[..., str]) -> tuple[Figure, ...]:
    every = _lists(desk, subject, msgspec.structs.replace(asked, contact=None)).meetings
    counted = Counter(each.kind for each in every)
    return tuple(
        Figure(number=counted[kind], words=_CONTACTS[kind][counted[kind] != 1], href=to(part="meetings", contact=kind))
        for kind in KINDS
        if counted[kind]
    )


def _said_about(desk: Desk, subject: Subject, asked: ActorAsked, to: Callable[..., str]) -> tuple[Figure, ...]:
    """Whom its claims name most."""
    every = _lists(desk, subject, msgspec.structs.replace(asked, of=None)).said

    def count() -> Sequence[tuple[str, int]]:
        counted: Counter[str] = Counter()
        for told in every:
            counted.update({each.name for each in about_whom(desk, told) if not _is(subject, each)})
        return sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:8]

    days = (asked.since, asked.until, asked.contested)
    ranked = desk.memo(("said about", subject.key, *days), count)
    return tuple(
        Figure(number=number, words=shortened(one_line(name), 60), href=to(part="said", of=name))
        for name, number in ranked
    )


page(router, "/actor/{key}", "actor.html", actor)
