"""What persons decided about events, as pages show it: how it stands, and what the form to correct it begins with.

Decisions are read from their file as it is now, not as it was when the desk was made, so that a page shows a decision
at once however long a large record takes to be read again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import msgspec

from dragoman.briefing.wording import date_words, event_words, one_line, seen
from dragoman.model import Event, Party
from dragoman.record.laying import stamp
from dragoman.record.reviewed import Reviewed
from dragoman.record.reviews import Verdict, read_reviews, verdicts
from dragoman.web import links
from dragoman.web.desk import Desk
from dragoman.web.errors import NotFoundError

State = Literal["accepted", "rejected", "edited", "added"]
BETWEEN: Final = "; "


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """An event that a person may decide about: its values as they stand, who decided what, and what was changed."""

    id: str
    article: str
    href: str
    start: int
    end: int
    words: str
    what: str
    type: str
    mode: str | None
    quad: int
    status: str
    actors: str
    recipients: str
    symmetric: bool
    date_start: str | None
    date_end: str | None
    place: str | None
    confidence: float
    state: State | None = None
    by: str | None = None
    at: str | None = None
    because: str | None = None
    changed: tuple[str, ...] = ()


def reviewed(desk: Desk) -> Reviewed:
    """The decisions as they were laid over the coding when this desk was made."""
    return desk.memo("reviewed", desk.record.reviewed)


def decided(desk: Desk) -> Mapping[str, Verdict]:
    """What stands now, by the id that an event had when it was decided about."""
    folder = desk.record.path
    return desk.memo(
        ("reviews", stamp(folder)), lambda: {verdict.event.id: verdict for verdict in verdicts(read_reviews(folder))}
    )


def verdict_of(desk: Desk, event_id: str) -> Verdict | None:
    """What stands now of an event by its id in the current coding; None where nobody has decided, or it was undone."""
    now = decided(desk)
    if event_id in now:
        return now[event_id]
    before = reviewed(desk).verdicts.get(event_id)
    return None if before is None else now.get(before.event.id)


def standing(desk: Desk) -> Mapping[str, Verdict]:
    """What stands now, by the ids of the current coding; without what lost its event."""

    def made() -> dict[str, Verdict]:
        now, then = decided(desk), reviewed(desk).verdicts
        known = {key: now[verdict.event.id] for key, verdict in then.items() if verdict.event.id in now}
        of_then = {verdict.event.id for verdict in (*then.values(), *reviewed(desk).lost)}
        new = {key: now[key] for key in now.keys() - of_then if now[key].added or has_event(desk, key)}
        return known | new

    return desk.memo(("standing", stamp(desk.record.path)), made)


def own_event(desk: Desk, event_id: str) -> tuple[str, Event]:
    """The article and the event as the coder has it, or as a person added it; raises `NotFoundError`."""
    placed = reviewed(desk).coded.get(event_id)
    if placed is not None:
        return placed.article, placed.event
    verdict = verdict_of(desk, event_id)
    if verdict is not None:
        return verdict.article, verdict.event
    report, _ = desk.event(event_id)
    return report.article.id, report.event


def choice(desk: Desk, event_id: str) -> Choice:
    """An event with what was decided about it, also one that was rejected or added; raises `NotFoundError`."""
    article, own = own_event(desk, event_id)
    verdict = verdict_of(desk, event_id)
    left = None if verdict is None else verdict.result(own)
    event = own if left is None else left
    return Choice(
        id=event_id,
        article=article,
        href=links.article(article, event_id),
        start=event.evidence.start,
        end=event.evidence.end,
        words=seen(one_line(event.evidence.text)),
        what=event_words(event),
        type=event.type,
        mode=event.mode,
        quad=event.quad,
        status=event.status,
        actors=side_text(event.actors),
        recipients=side_text(event.recipients),
        symmetric=event.symmetric,
        date_start=None if event.date is None else event.date.start,
        date_end=None if event.date is None else event.date.end,
        place=None if event.place is None else one_line(event.place.name or event.place.text),
        confidence=own.confidence,
        state=None if verdict is None else verdict.state,
        by=None if verdict is None else one_line(verdict.last.who),
        at=None if verdict is None else verdict.last.when[:10],
        because=None if verdict is None or verdict.last.because is None else one_line(verdict.last.because),
        changed=() if verdict is None or left is None else changes_in_words(verdict, own, left),
    )


def choices(desk: Desk, article_id: str) -> tuple[Choice, ...]:
    """All events of an article in order of its text, with those that a person rejected or added."""
    ids = {report.event.id for report in desk.reports_in(article_id)}
    ids |= {key for key, placed in reviewed(desk).coded.items() if placed.article == article_id}
    shown = [_choice_or_none(desk, key) for key in ids]
    added = {v.event.id for v in decided(desk).values() if v.article == article_id and v.added} - ids
    shown += [_choice_or_none(desk, key) for key in added]
    return tuple(sorted((c for c in shown if c is not None), key=lambda c: (c.start, c.end, c.id)))


def _choice_or_none(desk: Desk, event_id: str) -> Choice | None:
    """None for an event that a person added and took back while this desk was in use."""
    try:
        return choice(desk, event_id)
    except NotFoundError:
        return None


def has_event(desk: Desk, event_id: str) -> bool:
    """Whether the record has, or the coder had, an event of this id in its current coding."""
    if event_id in reviewed(desk).coded:
        return True
    try:
        desk.event(event_id)
    except NotFoundError:
        return False
    return True


def side_text(parties: tuple[Party, ...]) -> str:
    """A side as the form has it: names one after the other."""
    return BETWEEN.join(dict.fromkeys(map(name_of, parties)))


def name_of(party: Party) -> str:
    """A party as the form has it: its name, else its words in the text; no name holds what stands between two."""
    return one_line(party.actor or party.text).replace(";", ",")


def changes_in_words(verdict: Verdict, own: Event, left: Event) -> tuple[str, ...]:
    """What an edit put in place of what: 'type: ACCUSE, was SUPPORT'."""
    if verdict.last.changes is None:
        return ()
    told = []
    for name in verdict.last.changes.fields:
        before, after = _value_words(own, name), _value_words(left, name)
        told.append(f"{name}: {after}, was {before}")
    return tuple(told)


def _value_words(event: Event, name: str) -> str:
    if name == "date":
        return date_words(event.date)
    if name == "place":
        return one_line(event.place.name or event.place.text) if event.place is not None else "no place"
    if name in ("actors", "recipients"):
        return side_text(getattr(event, name)) or "nobody"
    if name == "symmetric":
        return "both act" if event.symmetric else "one acts on the other"
    return str(getattr(event, name) or f"no {name}")
