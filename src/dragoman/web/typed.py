"""What a person typed into the form of an event, turned into values: parties, days and places, checked.

Apart from the page because it knows nothing of pages: it takes texts, and refuses what it cannot place.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from dragoman.analysis.parties import plain
from dragoman.briefing.wording import one_line
from dragoman.errors import UsageError
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.gazetteer import locate
from dragoman.knowledge.ontology import load_ontology
from dragoman.model import CodedArticle, Event, EventDate, EventType, Granularity, Mention, Party, Place, Status
from dragoman.record.reviews import Changes, changed
from dragoman.web.desk import Desk
from dragoman.web.errors import NotFoundError, RefusedError
from dragoman.web.pages.base import Asked
from dragoman.web.reviewing import name_of

LONGEST: Final = 300
_NEW: Final = re.compile(r"(?P<name>.+?)\s*(?:/\s*(?P<code>[A-Za-z]{3})|\((?P<in>[A-Za-z]{3})\))")
_WEEK, _MONTH = 7, 31


class Typed(Asked, frozen=True, kw_only=True):
    """The fields of the form. `fields` names those that the form shows, so that an empty one says 'not known'."""

    fields: tuple[str, ...] = ()
    type: EventType | None = None
    mode: str | None = None
    actors: str | None = None
    recipients: str | None = None
    symmetric: bool = False
    status: Status | None = None
    date_start: str | None = None
    date_end: str | None = None
    place: str | None = None


def changes_of(desk: Desk, article: CodedArticle, own: Event, shown: Event, typed: Typed) -> Changes:
    """What the form changes of an event as coded; `shown` are the values that the form began with.

    Raises `RefusedError` that names the field for what cannot be.
    """
    given = set(typed.fields) | {name for name in ("actors", "recipients", "place") if getattr(typed, name)}
    values: dict[str, object] = {}
    if typed.type is not None:
        values["type"] = typed.type
    kind = typed.type or own.type
    if "mode" in given or typed.mode is not None:
        # A mode left over from the type before is not one that anybody chose for the new one.
        kept = kind == shown.type or typed.mode != shown.mode
        values["mode"] = _mode(kind, typed.mode) if kept else None
    known = (*own.actors, *own.recipients, *shown.actors, *shown.recipients)
    for side in ("actors", "recipients"):
        if side in given:
            values[side] = parties(desk, article, getattr(typed, side) or "", known)
    if "symmetric" in given or typed.symmetric:
        values["symmetric"] = typed.symmetric
    if typed.status is not None:
        values["status"] = typed.status
    if {"date", "date_start"} & given or typed.date_start is not None:
        values["date"] = days(typed.date_start, typed.date_end, (own.date, shown.date))
    if "place" in given:
        values["place"] = place(typed.place, (own.place, shown.place), own)
    told = {name: value for name, value in values.items() if value != getattr(own, name)}
    changes = Changes(**told)  # type: ignore[arg-type]
    _checked(own, changes)
    return changes


def parties(desk: Desk, article: CodedArticle, text: str, known: Sequence[Party] = ()) -> tuple[Party, ...]:
    """A side out of names with ';' between them: of `known` parties, of who is named in the article, of states, of
    actors in the record, or a new name with its state, 'Name/KOR'. Raises `RefusedError` for a name of nobody.
    """
    if len(text) > LONGEST:
        raise RefusedError(f"A side is longer than {LONGEST} characters. Name the parties, with ';' between them.")
    names = [name for part in re.split(r"[;\n]", text) if (name := part.strip())]
    found = [_party(desk, article, name, known) for name in names]
    return tuple(dict.fromkeys(found))


def days(start: str | None, end: str | None, known: Iterable[EventDate | None] = ()) -> EventDate | None:
    """The days typed, with what is known of a date of the same days; None for none. Raises `RefusedError`."""
    if start is None:
        if end is not None:
            raise RefusedError("The last day is given without the first. Give both, or the first alone for one day.")
        return None
    first, last = _day(start), _day(end or start)
    if last < first:
        raise RefusedError(f"The last day, {last}, is before the first, {first}.")
    for date in known:
        if date is not None and (date.start, date.end) == (first.isoformat(), last.isoformat()):
            return date
    return EventDate(
        start=first.isoformat(), end=last.isoformat(), granularity=_granularity(first, last), basis="stated"
    )


def place(text: str | None, known: Iterable[Place | None], event: Event) -> Place | None:
    """The place typed: a known one of that name, else one on the map, best in a state of the event; None for none."""
    if text is None:
        return None
    if len(text) > LONGEST:
        raise RefusedError(f"The place is longer than {LONGEST} characters. Give its name.")
    for each in known:
        if each is not None and text in (each.name, each.text, one_line(each.name or each.text)):
            return each
    located = locate(text, sorted({p.country for p in (*event.actors, *event.recipients) if p.country}))
    if located is None:
        return Place(text=text)
    return Place(text=text, name=located.name, country=located.country, lat=located.lat, lon=located.lon)


def _party(desk: Desk, article: CodedArticle, name: str, known: Sequence[Party]) -> Party:
    wanted = plain(name)
    for party in known:
        if wanted in (plain(name_of(party)), plain(party.text)) or (party.actor and wanted == plain(party.actor)):
            return party
    for mention in article.mentions:
        if (mention.actor and plain(mention.actor) == wanted) or plain(mention.text) == wanted:
            return _at(mention)
    new = _NEW.fullmatch(name)
    if new is not None:
        code = (new["code"] or new["in"]).upper()
        if code not in load_actors().by_code:
            raise RefusedError(f"'{code}' is no state's code, in '{name}'. Write codes of ISO 3166-1 like KOR.")
        return Party(text=new["name"], actor=new["name"], country=code)
    return _in_record(desk, name)


def _in_record(desk: Desk, name: str) -> Party:
    """A state, or somebody whom events in the record name."""
    try:
        subject = desk.subject(name)
    except NotFoundError as error:
        raise RefusedError(
            f"{error} To name somebody who is new to the record, write the state behind the name: '{name}/KOR'."
        ) from error
    if subject.code is not None:
        state = load_actors().state(subject.code)
        return Party(text=name, actor=state.name, actor_id=f"state:{state.code}", country=state.code, sector="GOV")
    for incident in desk.of(subject):
        for party in (*incident.actors, *incident.recipients):
            if subject.holds(party):
                return msgspec.structs.replace(party, mention=None, text=name)
    return Party(text=name, actor=subject.name)


def _at(mention: Mention) -> Party:
    return Party(
        mention=mention.id,
        text=mention.text,
        actor=mention.actor,
        actor_id=mention.actor_id,
        country=mention.country,
        sector=mention.sector,
        office=mention.office,
    )


def _mode(kind: EventType, mode: str | None) -> str | None:
    modes = load_ontology().type(kind).modes
    if mode is not None and mode not in modes:
        raise RefusedError(f"'mode' is '{mode}'. {kind} can have: {', '.join(modes) or 'none'}.")
    return mode


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise RefusedError(f"'{text}' is not a day like 2024-08-02.") from None


def _granularity(first: datetime.date, last: datetime.date) -> Granularity:
    length = (last - first).days + 1
    if length == 1:
        return "day"
    return "week" if length <= _WEEK else "month" if length <= _MONTH else "year"


def _checked(own: Event, changes: Changes) -> None:
    try:
        changed(own, changes)
    except UsageError as error:
        raise RefusedError(str(error)) from error
