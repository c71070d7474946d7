"""What forms do to events: accept, reject, edit, undo, and add what was missed. Any page may show them.

Apart from the page of the queue because the pages of articles and incidents send the same forms.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final, Literal
from urllib.parse import quote, unquote

import msgspec
from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from dragoman.briefing.wording import one_line
from dragoman.knowledge.ontology import load_ontology
from dragoman.model import CodedArticle, Event, EventType, Span
from dragoman.record.reviewed import Coding, added_id, placed_in
from dragoman.record.reviews import SURE, Kind, Review, add_review
from dragoman.web import links
from dragoman.web.desk import Desk
from dragoman.web.errors import RefusedError
from dragoman.web.keeper import Keeper
from dragoman.web.pages.base import Asked, action
from dragoman.web.reviewing import own_event, verdict_of
from dragoman.web.settings import Settings
from dragoman.web.typed import LONGEST, Typed, changes_of, days, parties, place

COOKIE: Final = "dragoman-reviewer"
NOBODY: Final[str] = str(Settings.__dataclass_fields__["reviewer"].default)
"""The name under which decisions are kept when nobody has given one."""
_YEAR: Final = 365 * 24 * 3600
_LONGEST_NAME: Final = 80
_LONGEST_CLAUSE: Final = 2000


def named(request: Request) -> None:
    """Let the cookie say who decides, where neither a password nor '--as' does."""
    if request.scope.get("dragoman.user") == NOBODY and not request.app.state.settings.password:
        name = one_line(unquote(request.cookies.get(COOKIE, ""))).strip()[:_LONGEST_NAME]
        request.scope["dragoman.user"] = name or NOBODY


router = APIRouter(dependencies=[Depends(named)])


class DecideAsked(Asked, frozen=True, kw_only=True):
    """A button: the event, why, and where to go on."""

    event_id: str
    because: str | None = None
    next: str | None = None


class EditAsked(Typed, frozen=True, kw_only=True):
    """The form to correct an event."""

    event_id: str
    because: str | None = None
    next: str | None = None


class AddAsked(Typed, frozen=True, kw_only=True):
    """The form to add an event: where its clause is, or the words of it if they stand in the text once."""

    article_id: str
    start: int | None = None
    end: int | None = None
    words: str | None = None
    because: str | None = None
    next: str | None = None


def decide(kind: Literal["accept", "reject", "undo"], keeper: Keeper, asked: DecideAsked, who: str) -> str:
    """Keep a decision, unless it stands already; gives the address to go on at."""
    desk = keeper.desk()
    article, own = own_event(desk, asked.event_id)
    verdict = verdict_of(desk, asked.event_id)
    if kind == "undo":
        if verdict is None:
            raise RefusedError("Nothing was decided about this event, so nothing can be undone.")
        own = verdict.last.event  # which may be of an older coding, with another id
    if kind == "undo" or verdict is None or verdict.last.kind != kind:
        _keep(keeper, kind, article, own, asked.because, who)
    return own_address(asked.next) or links.article(article, asked.event_id)


def accept(keeper: Keeper, asked: DecideAsked, who: str) -> str:
    """The event is right as it was coded."""
    return decide("accept", keeper, asked, who)


def reject(keeper: Keeper, asked: DecideAsked, who: str) -> str:
    """There is no such event."""
    return decide("reject", keeper, asked, who)


def undo(keeper: Keeper, asked: DecideAsked, who: str) -> str:
    """Take the last decision back."""
    return decide("undo", keeper, asked, who)


def edit(keeper: Keeper, asked: EditAsked, who: str) -> str:
    """The event is right with other values; values as they were coded make it accepted."""
    desk = keeper.desk()
    article, own = own_event(desk, asked.event_id)
    verdict = verdict_of(desk, asked.event_id)
    shown = own if verdict is None else verdict.result(own) or own
    changes = changes_of(desk, desk.coded(article), own, shown, asked)
    if changes.fields:
        _keep(keeper, "edit", article, own, asked.because, who, changes=changes)
    elif verdict is None or verdict.last.kind != "accept":
        _keep(keeper, "accept", article, own, asked.because, who)
    return own_address(asked.next) or links.article(article, asked.event_id)


def add(keeper: Keeper, asked: AddAsked, who: str) -> str:
    """An event that the coder missed."""
    desk = keeper.desk()
    article = desk.coded(asked.article_id)
    event = _event(desk, article, asked)
    verdict = verdict_of(desk, event.id)
    if verdict is None or verdict.state == "rejected":
        _keep(keeper, "add", asked.article_id, event, asked.because, who)
    return own_address(asked.next) or links.article(asked.article_id, event.id)


async def take_name(request: Request) -> Response:
    """Keep who decides in a cookie that no other site can make a browser send."""
    form = await request.form()
    name, target = form.get("who"), form.get("next")
    told = one_line(name).strip()[:_LONGEST_NAME] if isinstance(name, str) else ""
    if not told:
        raise RefusedError("The name is empty. Give the name under which your decisions are to be kept.")
    after = own_address(target if isinstance(target, str) else None) or links.review()
    answer = RedirectResponse(after, status_code=303)
    answer.set_cookie(COOKIE, quote(told), max_age=_YEAR, httponly=True, samesite="strict")
    return answer


def own_address(target: str | None) -> str | None:
    """An address of this workbench out of a form; raises `RefusedError` for any other."""
    if target is None:
        return None
    if not target.startswith("/") or target.startswith("//") or "\\" in target or not target.isprintable():
        raise RefusedError("'next' is no page of this workbench. It begins with a single '/'.")
    return target


def _keep(
    keeper: Keeper, kind: Kind, article: str, event: Event, because: str | None, who: str, **more: object
) -> None:
    # Not within `keeper.writing`, which waits for a new desk: pages read decisions from their file, and a person who
    # goes through many must not wait for the incidents of a large record to be formed anew after each.
    when = datetime.now(UTC).isoformat(timespec="seconds")
    reason = None if because is None else because[:_LONGEST_CLAUSE]
    review = Review(kind=kind, who=one_line(who), when=when, article=article, event=event, because=reason, **more)  # type: ignore[arg-type]
    add_review(keeper.path, review)


def _event(desk: Desk, article: CodedArticle, asked: AddAsked) -> Event:
    if asked.type is None:
        raise RefusedError("The type is missing. Choose what was done.")
    actors = parties(desk, article, asked.actors or "")
    recipients = parties(desk, article, asked.recipients or "")
    if not actors and not recipients:
        raise RefusedError("Both sides are empty. Say at least who did it, or to whom it was done.")
    ontology = load_ontology()
    kind: EventType = asked.type
    if asked.mode is not None and asked.mode not in ontology.type(kind).modes:
        raise RefusedError(
            f"'mode' is '{asked.mode}'. {kind} can have: {', '.join(ontology.type(kind).modes) or 'none'}."
        )
    event = Event(
        id="",
        type=kind,
        mode=asked.mode,
        quad=ontology.type(kind).quad,
        intensity=ontology.intensity(kind, asked.mode),
        actors=actors,
        recipients=recipients,
        symmetric=asked.symmetric,
        status=asked.status or "actual",
        date=days(asked.date_start, asked.date_end),
        evidence=_clause(article.article.text, asked),
        sentence=0,
        confidence=SURE,
    )
    event = msgspec.structs.replace(event, place=place(asked.place, (), event), id=added_id(article.article.id, event))
    coding = Coding(
        id="",
        text=article.article.text,
        publisher=article.article.publisher,
        events=article.events,
        claims=article.claims,
        mentions=article.mentions,
    )
    return placed_in(coding, event) or event


def _clause(text: str, asked: AddAsked) -> Span:
    """The words of the event: at the offsets given, without blanks around them, or found in the text."""
    if asked.start is not None and asked.end is not None:
        start, end = asked.start, asked.end
        if not 0 <= start < end <= len(text):
            raise RefusedError(
                f"The words from {start} to {end} are not in the text, which has {len(text)} characters."
            )
    elif asked.words is not None:
        words = asked.words.strip()
        found = [at for at in range(len(text)) if text.startswith(words, at)] if words in text else []
        if len(found) != 1:
            where = "several times" if found else "not"
            raise RefusedError(f"'{one_line(words)[:LONGEST]}' stands in the text {where}. Copy more of the sentence.")
        start, end = found[0], found[0] + len(words)
    else:
        raise RefusedError("The words are missing. Copy those that tell of the event.")
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip())
    if not 0 < end - start <= _LONGEST_CLAUSE:
        raise RefusedError(f"The words must be 1 to {_LONGEST_CLAUSE} characters. Choose one clause.")
    return Span(start=start, end=end, text=text[start:end])


for _kind, _act in {"accept": accept, "reject": reject, "undo": undo}.items():
    action(router, f"/event/{{event_id}}/{_kind}", _act)
action(router, "/event/{event_id}/edit", edit)
action(router, "/article/{article_id}/add", add)
router.add_api_route("/review/name", take_name, methods=["POST"], include_in_schema=False)
