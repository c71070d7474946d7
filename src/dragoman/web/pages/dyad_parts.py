"""The whole lists behind the page of a tie: all its meetings, calls and letters, and all its pledges."""

from __future__ import annotations

from typing import Final

import msgspec
from fastapi import APIRouter

from dragoman.analysis.meetings_log import KINDS, trips
from dragoman.analysis.pledges import STATES, State, open_at
from dragoman.analysis.pledges_answers import PledgeKind
from dragoman.briefing.wording import one_line
from dragoman.web import links
from dragoman.web.asking import PageNumber, PerPage
from dragoman.web.desk import Desk
from dragoman.web.pages.base import page
from dragoman.web.parts import PAGE, Pager, Ref, Tab, paged, refs
from dragoman.web.tie import Tie, TieAsked, chosen, contacts_of, firsts_of, pledges_of, tie_of
from dragoman.web.tie_rows import CONTACTS, PLEDGES, ContactRow, PledgeRow, contact_row, latest_first, pledge_row

router = APIRouter()
_PATH: Final = ("one", "other")


class MeetingsAsked(TieAsked, frozen=True, kw_only=True):
    """Which contacts of a tie, and which page of them."""

    page: PageNumber = 1
    per: PerPage | None = None


class PledgesAsked(TieAsked, frozen=True, kw_only=True):
    """Which pledges of a tie, and which page of them."""

    kind: PledgeKind | None = None
    state: State | None = None
    page: PageNumber = 1
    per: PerPage | None = None


class TripRow(msgspec.Struct, frozen=True, kw_only=True):
    """Visits that belong together: who went, when it began, to whom, and its visits."""

    first: str | None
    host: str
    guests: tuple[Ref, ...]
    visits: tuple[str, ...]


class Meetings(msgspec.Struct, frozen=True, kw_only=True):
    """All contacts of a tie in the window, the latest first."""

    title: str
    tie: Ref
    sides: tuple[str, str]
    tabs: tuple[Tab, ...]
    rows: tuple[ContactRow, ...]
    pager: Pager
    trips: tuple[TripRow, ...]
    span: str


class Pledges(msgspec.Struct, frozen=True, kw_only=True):
    """All pledges of a tie in the window: what is overdue and open first."""

    title: str
    tie: Ref
    tabs: tuple[Tab, ...]
    rows: tuple[PledgeRow, ...]
    pager: Pager
    day: str | None


def meetings(desk: Desk, asked: MeetingsAsked) -> Meetings:
    """The contacts of a tie."""
    tie = tie_of(desk, asked.one, asked.other)
    path, query = f"{links.dyad(*tie.key)}/meetings", asked.query(without=_PATH)
    everything = chosen(desk, tie, msgspec.structs.replace(asked, contact=None)).ids
    met = [each for each in contacts_of(desk, tie) if each.what.id in everything]
    tabs = [_tab("all", len(met), links.changed(path, query, contact=None), asked.contact is None)]
    for kind in KINDS:
        number = sum(each.kind == kind for each in met)
        tabs.append(_tab(CONTACTS[kind], number, links.changed(path, query, contact=kind), asked.contact == kind))
    wanted = latest_first(each for each in met if asked.contact in (None, each.kind))
    shown, pager = paged(wanted, asked.page, lambda number: links.changed(path, query, page=number), asked.per or PAGE)
    first = firsts_of(desk, tie)
    return Meetings(
        title=f"{one_line(tie.title)}: meetings, calls and letters",
        tie=_back(tie, asked),
        sides=(one_line(tie.one.name), one_line(tie.other.name)),
        tabs=tuple(tabs),
        rows=tuple(contact_row(tie, each, first.get(each.what.id)) for each in shown),
        pager=pager,
        trips=tuple(
            TripRow(
                first=trip.first,
                host=one_line((tie.one if trip.host == "one" else tie.other).name),
                guests=refs(trip.guests),
                visits=tuple(links.incident(visit.what.id) for visit in trip.visits),
            )
            for trip in reversed(trips(met)[-50:])
        ),
        span=desk.span.words,
    )


def pledges(desk: Desk, asked: PledgesAsked) -> Pledges:
    """The pledges of a tie."""
    tie = tie_of(desk, asked.one, asked.other)
    path, query = f"{links.dyad(*tie.key)}/pledges", asked.query(without=_PATH)
    ids = chosen(desk, tie, asked).ids
    made = [each for each in pledges_of(desk, tie) if each.what.id in ids and asked.kind in (None, each.kind)]
    tabs = [_tab("all", len(made), links.changed(path, query, state=None), asked.state is None)]
    for state in PLEDGES:
        number = sum(each.state == state for each in made)
        tabs.append(_tab(state, number, links.changed(path, query, state=state), asked.state == state))
    first = open_at(made)
    rest = sorted((p for p in made if p.state not in ("open", "overdue")), key=lambda p: STATES.index(p.state))
    wanted = [each for each in (*first, *rest) if asked.state in (None, each.state)]
    shown, pager = paged(wanted, asked.page, lambda number: links.changed(path, query, page=number), asked.per or PAGE)
    return Pledges(
        title=f"{one_line(tie.title)}: pledges",
        tie=_back(tie, asked),
        tabs=tuple(tabs),
        rows=tuple(map(pledge_row, shown)),
        pager=pager,
        day=desk.last_day,
    )


def _tab(words: str, number: int, href: str, is_chosen: bool) -> Tab:
    return Tab(words=words, number=number, href=href, chosen=is_chosen)


def _back(tie: Tie, asked: TieAsked) -> Ref:
    """The page of the tie, asked the same."""
    href = links.changed(links.dyad(*tie.key), asked.query(without=(*_PATH, "kind", "state", "contact")))
    return Ref(name=one_line(tie.title), href=href)


page(router, "/dyad/{one}/{other}/meetings", "dyad_meetings.html", meetings)
page(router, "/dyad/{one}/{other}/pledges", "dyad_pledges.html", pledges)
