"""Tools that say what the record is and who words name: what an assistant asks first."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Final, get_args

from pydantic import Field

from dragoman.analysis.incidents import Standing
from dragoman.analysis.parties import plain
from dragoman.analysis.sourcing import state_media_of
from dragoman.assistant import citing
from dragoman.assistant.answers import About, ActorAnswer, Counted, Profile, TypeMeaning
from dragoman.assistant.shelf import Shelf
from dragoman.briefing.subject import Subject
from dragoman.briefing.wording import one_line
from dragoman.errors import UsageError
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.ontology import load_ontology
from dragoman.knowledge.profile import Held, profiles
from dragoman.record.accuracy import accuracy
from dragoman.record.filters import STATUSES
from dragoman.web.desk import Desk
from dragoman.web.errors import NotFoundError, RefusedError

MOST: Final = 15
"""Publishers and parties that are listed."""
NEAR: Final = 8
OFFICES: Final = 6


class Who:
    """The tools on one record."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def about(self) -> About:
        """What the record holds: articles, days, publishers, states, which coder made it, what its types mean, and the
        limits to state in an answer. Ask it first.
        """
        desk = self._shelf.desk()
        counts = desk.memo("counts", desk.record.counts)
        states = load_actors().by_code
        parties = sorted(desk.countries.items(), key=lambda item: (-len(item[1]), item[0]))[:MOST]
        return About(
            record=self._shelf.path.name,
            version=desk.record.version,
            articles=desk.span.articles,
            first_day=desk.span.first,
            last_day=desk.span.last,
            events=desk.report_count(),
            incidents=len(desk.incidents),
            claims=counts.claims,
            failures=counts.failures,
            publishers=_publishers(desk),
            parties=tuple(
                Counted(name=states[code].name if code in states else code, kind=code, number=len(found))
                for code, found in parties
            ),
            coders=desk.memo("coders", lambda: _coders(desk)),
            types=tuple(
                TypeMeaning(name=name, means=entry.means, score=entry.score)
                for name, entry in load_ontology().types.items()
            ),
            statuses=STATUSES,
            standings=get_args(Standing),
            checked=_checked(desk),
            limits=_limits(desk),
        )

    def actor(
        self,
        words: Annotated[
            str,
            Field(
                description="Words that name somebody: 'Moscow', 'the Chinese foreign minister', 'Lavrov'.",
                min_length=1,
                max_length=300,
            ),
        ],
        on: Annotated[
            str | None, Field(description="The day of the text (2024-08-02): offices change hands.", max_length=10)
        ] = None,
        context: Annotated[
            str | None, Field(description="The sentence in which the words stand, if any.", max_length=2000)
        ] = None,
    ) -> ActorAnswer:
        """Say who some words name (a state, person or body), what to give to the other tools, and which offices were
        held when. Words that nobody is known by give the names in the record that have them.
        """
        if not words.strip():
            raise RefusedError("'words' is empty. Give words that name somebody, as 'Moscow'.")
        desk = self._shelf.desk()
        found = self._shelf.resolver().resolve(words, on=on, context=context)
        known = found.actor if found.actor_id is not None else None
        subject = _subject(desk, known, words)
        incidents = desk.of(subject) if subject is not None else ()
        near = () if known is not None else _near(desk, words)
        notes = () if subject is not None or known is not None else (_unknown(words, near),)
        return ActorAnswer(
            asked=one_line(words),
            use=subject.key if subject is not None else known,
            name=known or (subject.name if subject is not None else None),
            country=found.country or (subject.code if subject is not None else None),
            office=found.office if known is not None else None,
            how=found.how if known is not None else None,
            profiles=self._profiles(known or words),
            incidents=len(incidents),
            last=citing.incident_item(self._shelf, incidents[-1]) if incidents else None,
            near=near,
            notes=(*self._shelf.notes(), *notes),
        )

    def _profiles(self, name: str) -> tuple[Profile, ...]:
        try:
            found = profiles(name, self._shelf.known())
        except UsageError:
            return ()
        return tuple(
            Profile(
                id=each.actor_id,
                kind=each.kind,
                name=each.name,
                also=each.names[:NEAR],
                country=each.country,
                offices=tuple(map(_held, each.offices[-OFFICES:])),
            )
            for each in found[:3]
        )


def _subject(desk: Desk, known: str | None, words: str) -> Subject | None:
    for name in (known, words):
        if name is not None:
            try:
                return desk.subject(name)
            except NotFoundError:
                continue
    return None


def _near(desk: Desk, words: str) -> tuple[str, ...]:
    wanted = [word for word in plain(words).removesuffix("'s").replace("'s ", " ").split() if len(word) > 2]
    found = [(sum(word in plain(name).split() for word in wanted), name) for name in desk.names]
    told = desk.lookup.by_name
    best = sorted((-number, -len(told.get(plain(name), ())), name) for number, name in found if number)
    return citing.names(name for *_, name in best[:NEAR])


def _unknown(words: str, near: tuple[str, ...]) -> str:
    hint = "One of 'near' may be meant; ask who it is." if near else "Try a name, an office with its state, or a code."
    return f"Nobody known is called '{one_line(words)[:80]}'. {hint}"


def _held(office: Held) -> str:
    acting = ", acting" if office.acting else ""
    end = f"to {office.end or 'unknown'}" if office.seen is None else f"in office on {office.seen}"
    return f"{office.office}{acting}: from {office.start or 'unknown'}, {end}"


def _publishers(desk: Desk) -> tuple[Counted, ...]:
    counted = Counter(card.publisher for card in desk.articles.values() if card.publisher)
    made = []
    for name, number in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:MOST]:
        home = state_media_of(name)
        kind = f"state media of {load_actors().state(home).name}" if home is not None else None
        made.append(Counted(name=citing.names((name,))[0], number=number, kind=kind))
    return tuple(made)


def _coders(desk: Desk) -> tuple[str, ...]:
    rows = desk.record.sql(
        "SELECT coder_version AS version, coder_model AS model, count(*) AS n FROM articles GROUP BY ALL ORDER BY ALL"
    ).to_pylist()
    return tuple(f"version {row['version']}, model {row['model']} ({row['n']} articles)" for row in rows)


def _checked(desk: Desk) -> str | None:
    rows = accuracy(desk.memo("verdicts", lambda: tuple(desk.record.reviewed().verdicts.values())))
    if not rows:
        return None
    whole = rows[-1]
    return (
        f"Persons decided about {whole.decided} events: {whole.accepted} were right in everything, {whole.details} in"
        f" type and sides, {whole.other} of another type or between others, {whole.rejected} no such event."
    )


def _limits(desk: Desk) -> tuple[str, ...]:
    return (
        f"The record tells what {desk.span.words} tell, and nothing else. No report in it is no evidence that nothing"
        " happened, and numbers follow what the press writes about.",
        "A program coded it, with errors. 'confidence' is the chance that a coding is right; the quoted words decide.",
        "Only events with status 'actual' and incidents with standing 'took place' are told as done. What is planned,"
        " hypothetical, denied or contested must be told so, with who says it.",
        "An event is what somebody says: name the first in 'said_by' and, where it is state media or a party, say so.",
        "'independent' counts words that are not copies of each other; it does not make them true.",
        "Dates with basis 'published' or 'dateline' are the article's, not stated for the event.",
        "Only articles in English are coded.",
    )
