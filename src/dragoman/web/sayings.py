"""Who said what about whom: the claims of a desk by speaker and by whom they name, for actors and outlets.

Apart from the pages because both indexes are made once for a desk, and take a moment on a large record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from dragoman.analysis.incidents import Incident
from dragoman.analysis.parties import plain
from dragoman.briefing.subject import Subject
from dragoman.briefing.voices import content_words, speaker_words
from dragoman.briefing.wording import event_words, one_line, shortened
from dragoman.exchange.formats.parts import event_of
from dragoman.knowledge.actors import load_actors
from dragoman.record import ReportedClaim
from dragoman.web import links
from dragoman.web.desk import Desk
from dragoman.web.parts import Mark, Ref

Place = tuple[str, str]
"""A claim by the ids of its article and its own."""
_NAMED: Final = """
SELECT c.article_id, c.claim_id, m.actor, m.country, m.sector, min(m.start) AS stands
FROM claims AS c, unnest(c.content) AS piece(part), mentions AS m
WHERE m.coding_id = c.coding_id AND m.start >= piece.part.start AND m."end" <= piece.part."end"
    AND m.actor IS NOT NULL
GROUP BY ALL ORDER BY c.article_id, c.claim_id, stands, m.actor, m.country
"""
_NEWS: Final = "JRN"
_NAMES: Final = 6
_TOLD: Final = 3


class Named(msgspec.Struct, frozen=True):
    """Somebody whom a claim names."""

    name: str
    country: str | None


class SayingRow(msgspec.Struct, frozen=True, kw_only=True):
    """One claim: who says what about whom, through whom; `marks` say what is contested of it and link there."""

    id: str
    href: str
    published: str | None
    speaker: Ref
    words: str
    cue: str | None
    about: tuple[Ref, ...]
    chain: tuple[Ref, ...]
    article: Ref
    told: tuple[Ref, ...]
    told_more: int
    marks: tuple[Mark, ...]


def said_by(desk: Desk, subject: Subject) -> Sequence[ReportedClaim]:
    """What somebody says; of a state what its people and organs say, while its news outlets report. By publication."""
    by_name, by_country = _speakers(desk)
    return by_country.get(subject.code, ()) if subject.code is not None else by_name.get(plain(subject.name), ())


def said_of(desk: Desk, subject: Subject) -> Sequence[ReportedClaim]:
    """What others say that names somebody, or a state or its people; in order of publication."""

    def find() -> Sequence[ReportedClaim]:
        by_name, by_country = _about(desk)
        places = by_country.get(subject.code, ()) if subject.code is not None else by_name.get(plain(subject.name), ())
        own = {place_of(told) for told in said_by(desk, subject)}
        claims = _by_place(desk)
        return tuple(claims[place] for place in places if place in claims and place not in own)

    return desk.memo(("said of", subject.key), find)


def about_whom(desk: Desk, told: ReportedClaim) -> Sequence[Named]:
    """Whom a claim names, in the order of its words."""
    return _named(desk).get(place_of(told), ())


def saying_row(desk: Desk, told: ReportedClaim) -> SayingRow:
    """A claim as a row."""
    article, claim = told.article, told.claim
    incidents = _told_in(desk, told)
    return SayingRow(
        id=f"{article.id}/{claim.id}",
        href=links.article(article.id, claim.id),
        published=article.published,
        speaker=_speaker(told),
        words=content_words(claim),
        cue=shortened(one_line(claim.cue.text), 40) if claim.cue is not None and claim.cue.text.strip(" :") else None,
        about=tuple(map(_ref, about_whom(desk, told)[:_NAMES])),
        chain=tuple(_link(name, article.publisher) for name in claim.chain[1:]),
        article=Ref(name=shortened(one_line(article.title or "(no title)"), 120), href=links.article(article.id)),
        told=tuple(map(_incident, incidents[:_TOLD])),
        told_more=max(0, len(incidents) - _TOLD),
        marks=_marks(incidents),
    )


def speakers_named(desk: Desk) -> Mapping[str, str]:
    """The names of all who speak, by their names as compared."""

    def index() -> dict[str, str]:
        names = (told.claim.speaker.actor for told in desk.claims() if told.claim.speaker is not None)
        return {plain(name): name for name in names if name is not None}

    return desk.memo(("speakers",), index)


def warm_sayings(desk: Desk) -> None:
    """Make both indexes before anybody asks."""
    _speakers(desk)
    speakers_named(desk)
    _about(desk)


def within(found: Iterable[ReportedClaim], since: str | None, until: str | None) -> list[ReportedClaim]:
    """What was published in a time, both days included."""
    return [
        told
        for told in found
        if (since is None or (told.article.published or "") >= since)
        and (until is None or (told.article.published is not None and told.article.published <= until))
    ]


def place_of(told: ReportedClaim) -> Place:
    """Where a claim stands."""
    return told.article.id, told.claim.id


def _speakers(desk: Desk) -> tuple[Mapping[str, Sequence[ReportedClaim]], Mapping[str, Sequence[ReportedClaim]]]:
    def index() -> tuple[dict[str, list[ReportedClaim]], dict[str, list[ReportedClaim]]]:
        names: dict[str, list[ReportedClaim]] = {}
        countries: dict[str, list[ReportedClaim]] = {}
        for told in desk.claims():
            speaker = told.claim.speaker
            if speaker is None:
                continue
            if speaker.actor is not None:
                names.setdefault(plain(speaker.actor), []).append(told)
            if speaker.country is not None and not any(m.sector == _NEWS for m in told.speakers):
                countries.setdefault(speaker.country, []).append(told)
        return names, countries

    return desk.memo(("claims by",), index)


def _about(desk: Desk) -> tuple[Mapping[str, Sequence[Place]], Mapping[str, Sequence[Place]]]:
    def index() -> tuple[dict[str, list[Place]], dict[str, list[Place]]]:
        names: dict[str, list[Place]] = {}
        countries: dict[str, list[Place]] = {}
        found = _named(desk)
        for told in desk.claims():
            whom = found.get(place_of(told), ())
            for name in dict.fromkeys(plain(each.name) for each in whom):
                names.setdefault(name, []).append(place_of(told))
            for code in dict.fromkeys(each.country for each in whom if each.country):
                countries.setdefault(code, []).append(place_of(told))
        return names, countries

    return desk.memo(("claims about",), index)


def _named(desk: Desk) -> Mapping[Place, Sequence[Named]]:
    def read() -> dict[Place, list[Named]]:
        rows = desk.record.sql(_NAMED)
        found: dict[Place, list[Named]] = {}
        columns = (rows[name].to_pylist() for name in ("article_id", "claim_id", "actor", "country"))
        for article, claim, actor, country in zip(*columns, strict=True):
            whom = found.setdefault((article, claim), [])
            if all(each.name != actor for each in whom):
                whom.append(Named(actor, country))
        return found

    return desk.memo(("named in claims",), read)


def _by_place(desk: Desk) -> Mapping[Place, ReportedClaim]:
    return desk.memo(("claims by place",), lambda: {place_of(told): told for told in desk.claims()})


def _told_in(desk: Desk, told: ReportedClaim) -> list[Incident]:
    """The incidents that a claim tells of."""
    article, claim = place_of(told)
    found = (desk.event(r.event.id)[1] for r in desk.reports_in(article) if r.event.claim == claim)
    return list({each.id: each for each in found}.values())


def _incident(each: Incident) -> Ref:
    """An incident by its words; `note` is how it stands."""
    return Ref(name=shortened(event_words(event_of(each)), 90), href=links.incident(each.id), note=each.standing)


def _marks(incidents: Sequence[Incident]) -> tuple[Mark, ...]:
    marks = []
    if any(each.standing == "contested" for each in incidents):
        marks.append(Mark(kind="warn", text="contested", title="Others tell what is said here otherwise"))
    if any(each.standing == "denied" for each in incidents):
        marks.append(Mark(kind="standing", text="denied", value="denied"))
    return tuple(marks)


def _speaker(told: ReportedClaim) -> Ref:
    speaker = told.claim.speaker
    words = speaker_words(told)
    if speaker is None or speaker.actor is None:
        return Ref(name=words)
    return Ref(name=words, href=links.actor(_key(speaker.actor, speaker.country)))


def _ref(named: Named) -> Ref:
    return Ref(name=shortened(one_line(named.name), 90), href=links.actor(_key(named.name, named.country)))


def _key(name: str, country: str | None) -> str:
    """What an address is made of: a state's code where the state itself is meant, else the name."""
    state = load_actors().by_code.get(country or "")
    return state.code if state is not None and state.name == name else name


def _link(name: str, publisher: str | None) -> Ref:
    return Ref(name=shortened(one_line(name), 90), href=links.outlet(name) if name == publisher else None)
