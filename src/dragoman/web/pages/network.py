"""The network: states (and, if asked, international bodies) of a window as a signed graph, its blocs and balance."""

from __future__ import annotations

import bisect
import dataclasses
import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import msgspec
from fastapi import APIRouter

from dragoman.analysis.blocs import LEAST, Network, Tie, network
from dragoman.analysis.incidents import Incident
from dragoman.analysis.occurrence import day_of
from dragoman.model import Party
from dragoman.record.filters import checked
from dragoman.web import links
from dragoman.web.asking import Least, PageNumber, PerPage
from dragoman.web.balance import Balance, Before, actor_name, actor_ref, balance_of, before_of, standing_of
from dragoman.web.charts import signed
from dragoman.web.desk import Desk
from dragoman.web.graph import SMALL, WIDE, Actor, Drawing, Line, drawing
from dragoman.web.pages.base import Asked, NavItem, page
from dragoman.web.parts import Pager, Ref, paged

nav = NavItem(label="Network", href=links.network(), order=30)
router = APIRouter()
ROWS: Final = 40
MEMBERS: Final = 40
"""Members of a bloc that are named."""
BACK: Final = (90, 365)
YEARS: Final = 8
BODY: Final = "body:"
Show = Literal["all", "signed", "strained"]


class NetworkAsked(Asked, frozen=True, kw_only=True):
    """The window, how many incidents a tie must have to be shown, whether bodies stand beside states, which ties."""

    since: str | None = None
    until: str | None = None
    min: Least = LEAST
    bodies: bool = False
    show: Show = "all"
    page: PageNumber = 1
    per: PerPage | None = None


class TieRow(msgspec.Struct, frozen=True, kw_only=True):
    """A tie of the table: how it counts, its mean score with the interval of 80 %, and that of the window before."""

    one: Ref
    other: Ref
    href: str
    incidents: int
    sign: int
    standing: str
    mean: float
    low: float
    high: float
    before: float | None
    turned: bool
    strained: bool


class BlocRow(msgspec.Struct, frozen=True, kw_only=True):
    """A bloc: its number on the drawing and its members, those with most incidents first."""

    number: int
    members: tuple[Ref, ...]
    more: int


class NetworkView(msgspec.Struct, frozen=True, kw_only=True):
    """The network as its page shows it."""

    since: str | None
    until: str | None
    words: str
    windows: tuple[Ref, ...]
    actors: int
    incidents: int
    ties: int
    wide: Drawing
    small: Drawing
    blocs: tuple[BlocRow, ...]
    balance: Balance
    before: Before | None
    shows: tuple[Ref, ...]
    rows: tuple[TieRow, ...]
    pager: Pager


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A network of a window and what is drawn of it."""

    net: Network
    actors: tuple[Actor, ...]
    lines: tuple[Line, ...]
    wide: Drawing
    small: Drawing
    incidents: int


def network_of(desk: Desk, asked: NetworkAsked) -> NetworkView:
    """Who stands with whom, and how well that fits into blocs; raises `UsageError` for what is no day."""
    window = checked(since=asked.since, until=asked.until)
    read = _read(desk, window.since, window.until, asked)
    before = _window_before(desk, window.since, window.until)
    past = _net(desk, *before, bodies=asked.bodies) if before is not None else None
    query = asked.query()
    ties = _shown(read, asked.show)
    shown, pager = paged(
        ties, asked.page, lambda number: links.changed("/network", query, page=number), asked.per or ROWS
    )
    return NetworkView(
        since=window.since,
        until=window.until,
        words=_window_words(window.since, window.until),
        windows=_windows(desk, query, window.since, window.until),
        actors=len(read.actors),
        incidents=read.incidents,
        ties=len(read.lines),
        wide=read.wide,
        small=read.small,
        blocs=_blocs(read),
        balance=balance_of(read.net),
        before=before_of(past, read.net, before, query) if past is not None and before is not None else None,
        shows=_shows(read, query),
        rows=tuple(_row(line, past) for line in shown),
        pager=pager,
    )


def warm(desk: Desk) -> None:
    """Have the network of all time and of the chosen windows ready."""
    start = network_of(desk, NetworkAsked())
    for each in start.windows[1:3]:
        since = (each.note or "").split(" ")[0]
        network_of(desk, NetworkAsked(since=since))


def _net(desk: Desk, since: str | None, until: str | None, *, bodies: bool) -> Network:
    def make() -> Network:
        return network(_within(desk, since, until, bodies), since=since, until=until)

    return desk.memo(("network", since, until, bodies), make)


def _within(desk: Desk, since: str | None, until: str | None, bodies: bool) -> Sequence[Incident]:
    """The incidents that may lie in the window: the desk has them in order of their first day."""
    starts = desk.memo("network starts", lambda: [each.order[0] for each in desk.incidents])
    first = bisect.bisect_left(starts, since) if since is not None else 0
    last = bisect.bisect_right(starts, until) if until is not None else len(starts)
    found = desk.incidents[first:last]
    return [_with_bodies(each) for each in found] if bodies else found


def _with_bodies(each: Incident) -> Incident:
    """The incident with bodies as if they were states, under their names."""
    if not any(_is_body(party) for party in (*each.actors, *each.recipients)):
        return each
    return dataclasses.replace(each, actors=_as_states(each.actors), recipients=_as_states(each.recipients))


def _as_states(parties: Sequence[Party]) -> tuple[Party, ...]:
    return tuple(msgspec.structs.replace(p, country=p.actor) if _is_body(p) else p for p in parties)


def _is_body(party: Party) -> bool:
    return party.country is None and party.actor is not None and (party.actor_id or "").startswith(BODY)


def _read(desk: Desk, since: str | None, until: str | None, asked: NetworkAsked) -> _Read:
    def make() -> _Read:
        net = _net(desk, since, until, bodies=asked.bodies)
        ties = sorted(
            (tie for tie in net.ties if len(tie.found) >= asked.min), key=lambda t: (-len(t.found), t.one, t.other)
        )
        strained = {(tie.one, tie.other) for tie in net.strained}
        actors = _actors(ties, net)
        lines = tuple(_line(tie, (tie.one, tie.other) in strained, since, until) for tie in ties)
        return _Read(
            net=net,
            actors=actors,
            lines=lines,
            wide=drawing(actors, lines, WIDE),
            small=drawing(actors, lines, SMALL),
            incidents=len({each.id for tie in ties for each in tie.found}),
        )

    return desk.memo(("network read", since, until, asked.bodies, asked.min), make)


def _actors(ties: Sequence[Tie], net: Network) -> tuple[Actor, ...]:
    """Who stands in the ties, with most incidents first."""
    found: dict[str, set[str]] = {}
    for tie in ties:
        for key in (tie.one, tie.other):
            found.setdefault(key, set()).update(each.id for each in tie.found)
    number = {key: place for place, bloc in enumerate(net.blocs, start=1) for key in bloc}
    made = []
    for key in sorted(found, key=lambda k: (-len(found[k]), k)):
        bloc, count = number.get(key), len(found[key])
        place = f"bloc {bloc}" if bloc is not None else "in no bloc"
        noun = "incident" if count == 1 else "incidents"
        made.append(
            Actor(
                key=key,
                name=actor_name(key),
                href=links.actor(key),
                incidents=count,
                bloc=bloc,
                words=f"{actor_name(key)}: {count:,} {noun}, {place}",
            )
        )
    return tuple(made)


def _line(tie: Tie, strained: bool, since: str | None, until: str | None) -> Line:
    count = len(tie.found)
    noun = "incident" if count == 1 else "incidents"
    strain = ", against the blocs" if strained else ""
    return Line(
        tie=tie,
        href=_dyad(tie, since, until),
        strained=strained,
        words=f"{actor_name(tie.one)} and {actor_name(tie.other)}: {standing_of(tie)}, "
        f"mean score {signed(tie.index.mean)}, {count:,} {noun}{strain}",
    )


def _dyad(tie: Tie, since: str | None, until: str | None) -> str:
    return links.dyad(tie.one, tie.other, since=since, until=until, standing=("took place", "contested"))


def _shown(read: _Read, show: Show) -> list[Line]:
    return [
        line
        for line in read.lines
        if show == "all" or (show == "signed" and line.tie.sign) or (show == "strained" and line.strained)
    ]


def _shows(read: _Read, query: Mapping[str, links.Value]) -> tuple[Ref, ...]:
    chosen = query.get("show", "all")
    words: dict[Show, str] = {"all": "all ties", "signed": "with a sign", "strained": "against the blocs"}
    return tuple(
        Ref(
            name=f"{name} ({len(_shown(read, show)):,})",
            href=links.changed("/network", query, show=None if show == "all" else show),
            note="chosen" if show == chosen else None,
        )
        for show, name in words.items()
    )


def _row(line: Line, past: Network | None) -> TieRow:
    tie = line.tie
    old = _tie_in(past, tie) if past is not None else None
    return TieRow(
        one=actor_ref(tie.one),
        other=actor_ref(tie.other),
        href=line.href,
        incidents=len(tie.found),
        sign=tie.sign,
        standing=standing_of(tie),
        mean=tie.index.mean,
        low=tie.index.low,
        high=tie.index.high,
        before=old.index.mean if old is not None else None,
        turned=old is not None and old.sign * tie.sign < 0,
        strained=line.strained,
    )


def _tie_in(net: Network, tie: Tie) -> Tie | None:
    """The same tie in another network, whose ties are in order of their codes."""
    at = bisect.bisect_left(net.ties, (tie.one, tie.other), key=lambda each: (each.one, each.other))
    found = net.ties[at] if at < len(net.ties) else None
    return found if found is not None and (found.one, found.other) == (tie.one, tie.other) else None


def _blocs(read: _Read) -> tuple[BlocRow, ...]:
    order = {actor.key: number for number, actor in enumerate(read.actors)}
    rows = []
    for number, bloc in enumerate(read.net.blocs, start=1):
        ranked = sorted(bloc, key=lambda key: (order.get(key, len(order)), key))
        refs = tuple(map(actor_ref, ranked[:MEMBERS]))
        rows.append(BlocRow(number=number, members=refs, more=len(ranked) - len(refs)))
    return tuple(rows)


def _window_before(desk: Desk, since: str | None, until: str | None) -> tuple[str, str] | None:
    """As many days just before; none where the window has no beginning."""
    last = until or desk.last_day
    if since is None or last is None or last < since:
        return None
    first = day_of(since)
    days = (day_of(last) - first).days + 1
    start = first - datetime.timedelta(days=days) if first.toordinal() > days else datetime.date.min
    return start.isoformat(), (first - datetime.timedelta(days=1)).isoformat()


def _window_words(since: str | None, until: str | None) -> str:
    if since is None and until is None:
        return "all time"
    return f"{since or 'the beginning'} to {until or 'the end'}"


def _windows(desk: Desk, query: Mapping[str, links.Value], since: str | None, until: str | None) -> tuple[Ref, ...]:
    """Windows to choose from: all time, the last days of the record, its last years."""
    to: Callable[..., str] = lambda **changes: links.changed("/network", query, **changes)  # noqa: E731
    choices: list[tuple[str, str | None, str | None]] = [("all time", None, None)]
    last = desk.last_day
    if last is not None:
        for days in BACK:
            first = (day_of(last) - datetime.timedelta(days=days - 1)).isoformat()
            choices.append((f"last {days} days", first, None))
        years = range(int((desk.span.first or last)[:4]), int(last[:4]) + 1)
        choices += [(str(year), f"{year}-01-01", f"{year}-12-31") for year in list(years)[-YEARS:][::-1]]
    return tuple(
        Ref(
            name=name,
            href=to(since=first, until=end),
            note=f"{first or ''} {'chosen' if (first, end) == (since, until) else ''}".strip(),
        )
        for name, first, end in choices
    )


page(router, "/network", "network.html", network_of)
