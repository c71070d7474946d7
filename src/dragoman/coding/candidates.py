"""Possible events: each trigger of a sentence with its two sides, verbal and nominal.

Takes the mentions, gives `draft.candidates` with type, mode and sides; status, date and place are other steps.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from dragoman.coding.clauses import apart, best_of_each, collapse, evidence, find_sides, plainness, side_of
from dragoman.coding.draft import Candidate, Draft, Sentence
from dragoman.coding.relation import RelationTyper, Typed
from dragoman.coding.sides import Sides
from dragoman.knowledge.nominals import load_nominals
from dragoman.model import EventType, Mention

OPEN_CLASSES = frozenset({"VERB", "NOUN", "PROPN", "AUX", "ADJ"})
# Acts that the codebook lets stand with one side only, and which side that is.
ACTOR_ALONE: frozenset[EventType] = frozenset({"MOBILIZE", "ASSAULT"})
RECIPIENT_ALONE: frozenset[EventType] = frozenset({"SANCTION"})
# Acts that two sides named together do to each other ('Seoul and Tokyo agreed').
MUTUAL: frozenset[EventType] = frozenset({"AGREE", "CONSULT", "COOPERATE"})
# Acts whose other side is often left unsaid where the text has just named it ('Seoul refused').
UNSAID: frozenset[EventType] = frozenset(
    {"AGREE", "CONSULT", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION"}
)
REACTIONS: frozenset[EventType] = frozenset({"SUPPORT", "ACCUSE", "REJECT", "REQUEST"})
SURE = 0.7  # how plain a trigger must be for that
LEAST = 0.3  # below this, more candidates are wrong than right (labelled dispatches)
# How much less sure an event is whose side was found further off than its own arguments.
FAR_SIDE = 0.75
ONE_SIDE = 0.6
FROM_CONTEXT = 0.7
RECENT = 4  # events back to which a clause's unsaid other side is looked for


class Candidates:
    """The step that writes `draft.candidates`."""

    def __init__(self, typer: RelationTyper) -> None:
        self.typer = typer

    def __call__(self, draft: Draft) -> None:
        """Look at every verb and noun of the sentences that name a party."""
        draft.candidates = list(self.found((s, Sides(draft, s)) for s in draft.sentences))

    def found(self, sentences: Iterable[tuple[Sentence, Sides]]) -> Iterator[Candidate]:
        """The candidates of an article's sentences, whose sides are given, in order."""
        context = Context()
        for sentence, sides in sentences:
            if not sides:
                continue
            found = [c for typed in self._triggers(sentence) for c in self._candidate(sentence, sides, typed, context)]
            kept = collapse(found)
            context.note(kept)
            yield from kept

    def _triggers(self, sentence: Sentence) -> Iterable[Typed]:
        """Each event that the sentence's words evoke, once."""
        seen: set[int] = set()
        for token in sentence.tokens:
            typed = self.typer.trigger(token) if token.pos_ in OPEN_CLASSES else None
            if typed is not None and typed.trigger.i not in seen:
                seen.add(typed.trigger.i)
                yield typed

    def _candidate(self, sentence: Sentence, sides: Sides, typed: Typed, context: Context) -> Iterable[Candidate]:
        if typed.governor.pos_ == "NOUN" and typed.governor.lemma_.lower() in load_nominals().stative:
            return
        actors, recipients, far, one_way = find_sides(sides, typed)
        domestic = bool(actors and recipients)
        mutual = not one_way and (typed.symmetric or (typed.type in MUTUAL and not (actors and recipients)))
        actors, recipients = apart(actors, recipients, symmetric=mutual)
        if domestic and not (actors and recipients) and typed.type not in UNSAID:
            # One state's own affair: 'Russia attacked Russian troops'.
            return
        confidence = typed.score * plainness(typed) * (FAR_SIDE if far else 1.0)
        if actors and not recipients and typed.score >= SURE:
            recipients = context.other_side(sides, actors, typed)
            confidence *= FROM_CONTEXT if recipients else 1.0
        if not (actors and recipients):
            if not self._may_stand_alone(typed, actors, recipients):
                return
            confidence *= ONE_SIDE
        if confidence < LEAST:
            return
        start, end = evidence(sentence, typed)
        yield Candidate(
            sentence=sentence,
            trigger=typed.trigger,
            start=start,
            end=end,
            actors=actors,
            recipients=recipients,
            type=typed.type,
            mode=typed.mode,
            symmetric=mutual and bool(recipients),
            confidence=confidence,
        )

    def _may_stand_alone(self, typed: Typed, actors: list[Mention], recipients: list[Mention]) -> bool:
        return (bool(actors) and typed.type in ACTOR_ALONE) or (bool(recipients) and typed.type in RECIPIENT_ALONE)


class Context:
    """Whom an article has shown dealing with whom so far: there a clause's unsaid other side is looked up."""

    def __init__(self) -> None:
        self.dyads: list[tuple[list[Mention], list[Mention]]] = []

    def note(self, candidates: list[Candidate]) -> None:
        """Take note of the sides of a sentence's events."""
        self.dyads += [(c.actors, c.recipients) for c in candidates if c.actors and c.recipients]

    def other_side(self, sides: Sides, actors: list[Mention], typed: Typed) -> list[Mention]:
        """Whom an act is aimed at whose clause does not say so; empty where the text leaves it open.

        1. the one other party that the sentence names; 2. for acts in words, the one that the actor dealt with last,
        or both sides of what the actor reacts to.
        """
        ours = {side_of(m) for m in actors}
        here = {side_of(m): m for m in sides.parties() if side_of(m) not in ours and m.sector != "JRN"}
        verbal = typed.governor.pos_ == "VERB"
        if len(here) == 1 and verbal:
            return list(here.values())
        if typed.type not in UNSAID or not verbal:
            return []
        dealt = self._dealt_with(ours, here.keys()) if len(ours) == 1 else []
        if not dealt and typed.type in REACTIONS and self.dyads and not here and len(ours) == 1:
            # "Beijing applauded the meeting": whoever was not there speaks to both who were.
            return [m for m in best_of_each([*self.dyads[-1][0], *self.dyads[-1][1]]) if side_of(m) not in ours]
        return dealt

    def _dealt_with(self, ours: set[str], here: Collection[str]) -> list[Mention]:
        for one, other in reversed(self.dyads[-RECENT:]):
            for mine, theirs in ((one, other), (other, one)):
                if ours & {side_of(m) for m in mine} and (not here or set(here) & {side_of(m) for m in theirs}):
                    return theirs
        return []
