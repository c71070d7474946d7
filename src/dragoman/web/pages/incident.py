"""The incident page: what happened by the best of its reports, how it stands, and its reports side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

import msgspec
from fastapi import APIRouter

from dragoman.analysis.incidents import Incident, Origin, Step
from dragoman.briefing.telling import LEGEND
from dragoman.briefing.wording import date_words, event_words, one_line, shortened
from dragoman.exchange.formats.parts import event_of
from dragoman.knowledge.actors import load_actors
from dragoman.model import ReportedEvent
from dragoman.web import links
from dragoman.web.asking import PageNumber, PerPage
from dragoman.web.chaining import SHOWN, Link, chain_tree, chain_words
from dragoman.web.desk import Desk
from dragoman.web.pages.base import Asked, page
from dragoman.web.parts import IncidentRow, Mark, Pager, Ref, incident_row, paged
from dragoman.web.regrouping import Candidate, Decided, Neighbour, candidates, decided, neighbours
from dragoman.web.report_card import ReportCard, basis_words, report_card, rows_of_copies
from dragoman.web.reviewing import Choice, choice
from dragoman.web.second import second_opinions

router = APIRouter()
SIZE: Final = 12
"""Reports on a page."""
NAMES: Final = 12
"""Names that stand in one list."""
OFF: Final = ("cancelled", "put off")
Days = Literal[3, 14, 60, 365]


class IncidentAsked(Asked, frozen=True, kw_only=True):
    """Which incident, which page of its reports, and among which others one to be put together with it is sought."""

    incident_id: str
    page: PageNumber = 1
    per: PerPage | None = None
    days: Days = 14
    like: Literal["type"] | None = None


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """A best value and why it is taken for that."""

    name: str
    value: str
    why: str


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """A step of its course: what was told on a day, by whom, in which reports."""

    day: str | None
    standing: Mark
    by: tuple[str, ...]
    reports: tuple[Ref, ...]


class OriginRow(msgspec.Struct, frozen=True, kw_only=True):
    """One independent word, and the reports that rest on it."""

    words: str
    reports: tuple[Ref, ...]


class IncidentPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of an incident shows; `reports` are those of this page of the list, `choices`
    what persons decided of each, by its label.
    """

    headline: str
    where: str | None
    row: IncidentRow
    facts: tuple[Fact, ...]
    course: tuple[Turn, ...]
    confirmed_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    origins: tuple[OriginRow, ...]
    reported: str
    chains: tuple[Link, ...]
    chain_words: tuple[str, ...]
    chains_left_out: int
    legend: tuple[tuple[str, str], ...]
    reports: tuple[ReportCard, ...]
    choices: dict[str, Choice]
    pager: Pager
    neighbours: tuple[Neighbour, ...]
    decided: tuple[Decided, ...]
    candidates: tuple[Candidate, ...]
    path: str


def incident(desk: Desk, asked: IncidentAsked) -> IncidentPage:
    """One incident with its reports."""
    found = desk.incident(asked.incident_id)
    rows = desk.memo(("rows of copies", found.id), lambda: rows_of_copies(found.reports))
    path, query = links.incident(found.id), asked.query(without=("incident_id",))
    shown, pager = paged(rows, asked.page, lambda number: links.changed(path, query, page=number), asked.per or SIZE)
    labels = _labels(rows, pager, path, asked.per)
    why = {joined.event: joined.why for joined in found.joined}
    chains = chain_tree((report for row in rows for report in row), labels)
    row = incident_row(found)
    return IncidentPage(
        headline=_headline(found),
        where=row.place if row.place and row.place not in row.what else None,
        row=row,
        facts=_facts(found),
        course=tuple(_turn(step, labels) for step in found.course),
        confirmed_by=_named(found.confirmed_by),
        denied_by=_named(found.denied_by),
        origins=tuple(
            OriginRow(words=_origin_words(each), reports=_labelled(each.reports, labels)) for each in found.origins
        ),
        reported=_reported(found),
        chains=chains,
        chain_words=chain_words(chains),
        chains_left_out=max(0, len(found.reports) - SHOWN),
        legend=_legend(found),
        reports=tuple(_card(desk, each, labels, why) for each in shown),
        choices={labels[each[0].event.id].name: choice(desk, each[0].event.id) for each in shown},
        pager=pager,
        neighbours=neighbours(desk, found),
        decided=decided(desk, found),
        candidates=candidates(desk, found, asked.days, same_type=asked.like == "type"),
        path=path,
    )


def _headline(found: Incident) -> str:
    """Who did what to whom; of what is off, what it would have been."""
    told = event_of(found)
    return event_words(msgspec.structs.replace(told, status="planned") if found.standing in OFF else told)


def _labels(rows: Sequence[Sequence[ReportedEvent]], pager: Pager, path: str, per: int | None) -> Mapping[str, Ref]:
    """By event id what its card is called, R1 and on, and where on this or another page of the list it stands."""
    found = {}
    for number, row in enumerate(rows, start=1):
        at = (number - 1) // pager.per + 1
        page_of = "" if at == pager.page else links.with_query(path, per=per, page=at if at > 1 else None)
        for report in row:
            found[report.event.id] = Ref(name=f"R{number}", href=f"{page_of}#r{number}")
    return found


def _card(desk: Desk, row: Sequence[ReportedEvent], labels: Mapping[str, Ref], why: Mapping[str, str]) -> ReportCard:
    event, article = row[0].event, row[0].article
    return report_card(row, labels[event.id].name, why[event.id], second_opinions(desk, article.id, event))


def _facts(found: Incident) -> tuple[Fact, ...]:
    kind = f"{found.type}, {found.mode}" if found.mode else found.type
    place = found.place
    basis = f"{basis_words(found.date)}; " if found.date is not None and found.date.basis != "stated" else ""
    return (
        Fact(
            name="Type",
            value=f"{kind} (quad {found.quad}, PLOVER score {found.intensity:+g})",
            why=one_line(found.type_why),
        ),
        Fact(
            name="Date",
            value=date_words(found.date) if found.date is not None else "not told",
            why=one_line(basis + found.date_why if found.date_why not in basis else found.date_why),
        ),
        Fact(
            name="Place",
            value=shortened(one_line(place.name or place.text), 120) if place is not None else "not told",
            why=one_line(found.place_why),
        ),
    )


def _turn(step: Step, labels: Mapping[str, Ref]) -> Turn:
    standing = Mark(kind="standing", text=step.standing, value=step.standing.replace(" ", "-"))
    return Turn(day=step.day, standing=standing, by=_named(step.by), reports=_labelled(step.reports, labels))


def _labelled(events: Iterable[str], labels: Mapping[str, Ref]) -> tuple[Ref, ...]:
    found = dict.fromkeys(labels[event] for event in events)
    return tuple(sorted(found, key=lambda label: int(label.name.removeprefix("R"))))


def _named(names: Sequence[str]) -> tuple[str, ...]:
    told = tuple(shortened(one_line(name), 90) for name in names[:NAMES])
    more = len(names) - len(told)
    return (*told, f"{more} more") if more else told


def _origin_words(origin: Origin) -> str:
    """'Russia (a side of it, with its officials and state media)'; 'Moscow Courier'."""
    state = load_actors().by_code.get(origin.name)
    name = state.name if state is not None else shortened(one_line(origin.name), 160)
    words = {
        "side": f"{name} (a side of it, with its officials and state media)",
        "state": f"{name} (no side of it)",
        "unnamed": f"people without a name, by {name}",
    }
    return words.get(origin.kind, name)


def _reported(found: Incident) -> str:
    days = [day for day in (found.first_reported, found.last_reported) if day]
    return " to ".join(dict.fromkeys(days)) or "days of publication not known"


def _legend(found: Incident) -> tuple[tuple[str, str], ...]:
    named = dict(LEGEND)
    if found.symmetric:
        named |= {"A": "one side", "R": "other side"}
    return tuple(named.items())


page(router, "/incident/{incident_id}", "incident.html", incident)
