"""What a person decides of an incident: put it together with another, set reports apart, or undo either.

The decisions are those of `dragoman incidents merge` and `split`, in the same file of the record. With it the way to
the incident of an event, for forms after which a report may stand in another incident than before, or in none.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from dragoman.analysis.incidents import Incident, references
from dragoman.record.decisions import Decision, add_decision
from dragoman.web import links
from dragoman.web.desk import Desk
from dragoman.web.errors import NotFoundError, RefusedError
from dragoman.web.keeper import Keeper
from dragoman.web.pages.base import Asked, action, page
from dragoman.web.regrouping import undo
from dragoman.web.report_card import rows_of_copies
from dragoman.web.reviewing import own_event

router = APIRouter()
DECIDED = "#decided"


class MergeAsked(Asked, frozen=True, kw_only=True):
    """The incident that this one is the same as: `other` chosen from a list, or `pasted`, an id or a page's address."""

    incident_id: str
    other: str | None = None
    pasted: str | None = None
    because: str | None = None


class SplitAsked(Asked, frozen=True, kw_only=True):
    """The reports that are an incident of their own, by the ids of their events."""

    incident_id: str
    report: tuple[str, ...] = ()
    because: str | None = None


class UndoAsked(Asked, frozen=True, kw_only=True):
    """The decision to undo, by its key."""

    incident_id: str
    decision: str


class OfEventAsked(Asked, frozen=True, kw_only=True):
    """The event whose incident is to be shown."""

    event_id: str


def of_event(desk: Desk, asked: OfEventAsked) -> Response:
    """To the incident of an event; to its article where it is in none, because a person rejected it."""
    try:
        target = f"{links.incident(desk.event(asked.event_id)[1].id)}#{links.segment(f'report-{asked.event_id}')}"
    except NotFoundError:
        target = links.article(own_event(desk, asked.event_id)[0], asked.event_id)
    return RedirectResponse(target, status_code=303)


def merge(keeper: Keeper, asked: MergeAsked, who: str) -> str:
    """Make one incident of two."""
    with keeper.writing() as folder:
        desk = keeper.desk()
        first = desk.incident(asked.incident_id)
        given = asked.pasted or asked.other
        if given is None:
            raise RefusedError("Choose the incident that is the same, or give its id.")
        second = desk.incident(_id_in(given))
        if first.id == second.id:
            raise RefusedError("This is the same incident already; nothing is to be put together.")
        reports = (*references(first), *references(second))
        add_decision(folder, Decision(kind="merge", reports=reports, because=_because(asked.because, who)))
    return _address(keeper.desk(), first.event.id)


def split(keeper: Keeper, asked: SplitAsked, who: str) -> str:
    """Make an incident of its own of some reports; copies of a report go with it."""
    with keeper.writing() as folder:
        found = keeper.desk().incident(asked.incident_id)
        moved, rest = _parted(found, set(asked.report))
        decision = Decision(
            kind="split",
            reports=references(found, only=moved),
            rest=references(found, only=rest),
            because=_because(asked.because, who),
        )
        add_decision(folder, decision)
    return _address(keeper.desk(), next(r.event.id for r in found.reports if r.event.id in moved))


def take_back(keeper: Keeper, asked: UndoAsked, who: str) -> str:
    """Undo a decision: the incidents are as they would be without it."""
    with keeper.writing() as folder:
        found = keeper.desk().incident(asked.incident_id)
        undo(folder, asked.decision)
    return _address(keeper.desk(), found.event.id).removesuffix(DECIDED)


def _parted(found: Incident, chosen: set[str]) -> tuple[set[str], set[str]]:
    ids = {report.event.id for report in found.reports}
    if not chosen:
        raise RefusedError("Choose the reports that are another incident, by the boxes at their heads.")
    if not chosen <= ids:
        raise RefusedError("Some of these reports are not of this incident any more. Load the page again.")
    for row in rows_of_copies(found.reports):
        row_ids = {report.event.id for report in row}
        chosen |= row_ids if chosen & row_ids else set()
    if chosen == ids:
        raise RefusedError("These are all the reports of this incident. Leave at least one that stays.")
    return chosen, ids - chosen


def _id_in(given: str) -> str:
    """The id in what was pasted: an id, or the address of an incident's page."""
    path = urlsplit(given.strip()).path
    return links.unquoted(links.unquoted(path.rstrip("/").rpartition("/")[2])).removesuffix(".json")


def _because(reason: str | None, who: str) -> str:
    """The reason with who gave it: decisions have no field for that."""
    return f"{reason} ({who})" if reason else who


def _address(desk: Desk, event_id: str) -> str:
    try:
        return links.incident(desk.event(event_id)[1].id) + DECIDED
    except NotFoundError:
        return links.OVERVIEW


page(router, "/incident-of/{event_id}", "incident.html", of_event)
action(router, "/incident/{incident_id}/merge", merge)
action(router, "/incident/{incident_id}/split", split)
action(router, "/incident/{incident_id}/undo", take_back)
