"""What the relation model is asked about a trigger: pairs of sides that its clause, sentence or the text before name.

It takes mentions and triggers, and gives pairs; what comes of the answers is for `learned.candidates` to decide.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from dragoman.coding.candidates import ACTOR_ALONE, MUTUAL, RECIPIENT_ALONE, UNSAID
from dragoman.coding.clauses import apart, find_sides, plainness, side_of
from dragoman.coding.draft import Candidate, Draft, Sentence
from dragoman.coding.learned.labels import TYPES
from dragoman.coding.learned.packing import Chars, Passage, Question
from dragoman.coding.relation import RelationTyper, Typed
from dragoman.coding.sides import Sides
from dragoman.knowledge.nominals import load_nominals
from dragoman.model import Mention

OPEN_CLASSES = frozenset({"VERB", "NOUN", "PROPN", "AUX", "ADJ"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "their", "both", "such"})
BACK = frozenset({"nsubj", "nsubjpass"})
# A side is looked for before the sentence only for triggers that stand plainly there, both sides only where the lexicon
# trusts them: that is where most of the time goes.
TRUSTED, PLAIN = 0.8, 0.7
OTHERS = 2  # further pairs of a sentence that are asked about at a trigger
RECENT = 3  # sentences back to which an unsaid side is looked for
LISTED = 5  # actors or recipients that make a list
EARLIER = 1  # how many sides named there are asked about where the clause gives one

Where = Literal["clause", "sentence", "before", "voice"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Sides that a trigger may join, and where they were found; one of the two may be empty."""

    actors: list[Mention]
    recipients: list[Mention]
    where: Where


@dataclass(frozen=True, slots=True)
class Proposal:
    """A trigger with what its own clause gives for sides.

    `known`: whether the lexicon knows the trigger; `parties`: how many its sentence names; `told`: the event that the
    lexicon's own step makes of the trigger, if any; `voiced`: whoever speaks there, with whom the trigger is about
    (`learned.speakers`).
    """

    sentence: Sentence
    typed: Typed
    known: bool
    actors: list[Mention]
    recipients: list[Mention]
    parties: int
    told: Candidate | None
    voiced: Pair | None = None

    @property
    def complete(self) -> bool:
        """Whether the clause itself gives both sides."""
        return bool(self.actors and self.recipients)


def proposals(
    sentence: Sentence, sides: Sides, typer: RelationTyper, told: Mapping[int, Candidate]
) -> Iterator[Proposal]:
    """The triggers of a sentence: words that the lexicon knows, and other verbs whose clause gives both sides.

    `told`: the sentence's events by the lexicon alone, by the token of their trigger.
    """
    seen: set[int] = set()
    parties = len(sides.parties())
    for token in sentence.tokens:
        typed = typer.trigger(token) if token.pos_ in OPEN_CLASSES else None
        known = typed is not None
        if typed is None and token.pos_ == "VERB" and token.dep_ != "prep" and parties > 1:
            typed = unlisted(token)
        if typed is None or typed.trigger.i in seen:
            continue
        seen.add(typed.trigger.i)
        if typed.governor.pos_ == "NOUN" and typed.governor.lemma_.lower() in load_nominals().stative:
            continue
        actors, recipients, _, one_way = find_sides(sides, typed)
        both = bool(actors and recipients)
        mutual = not one_way and (typed.symmetric or typed.type in MUTUAL)
        actors, recipients = apart(actors, recipients, symmetric=mutual)
        if both and not (actors and recipients) and typed.type not in UNSAID:
            continue  # one state's own affair: "Russia attacked Russian troops"
        if known or (actors and recipients):
            yield Proposal(sentence, typed, known, actors, recipients, parties, told.get(typed.trigger.i))


def unlisted(verb: Token) -> Typed:
    """A verb that the lexicon does not know, as a trigger whose type the model is to say."""
    return Typed("CONSULT", None, False, verb, verb, verb.lemma_.lower(), 0.0, (verb,))


def pairs_within(proposal: Proposal, parties: Sequence[Mention], places: Sequence[Mention] = ()) -> list[Pair]:
    """The pair of the clause, and for known triggers the likeliest others that the sentence's parties make.

    Where its parties make none, one is made with what the sentence names as a place: 'protested in Paris'.
    """
    pairs = [Pair(proposal.actors, proposal.recipients, "clause")] if proposal.complete else []
    told = proposal.told
    if told is not None and not proposal.complete and told.actors and told.recipients:
        here = all(
            proposal.sentence.start <= side[0].start < proposal.sentence.end for side in (told.actors, told.recipients)
        )
        pairs.append(Pair(told.actors, told.recipients, "sentence" if here else "before"))
    if proposal.voiced is not None:
        pairs.append(proposal.voiced)
    if not proposal.known:
        return pairs
    others = list(_others(proposal, parties))
    if not pairs and not others:
        others = _at_places(proposal, places)
    return pairs + [Pair([a], [r], "sentence") for a, r in others]


def _at_places(proposal: Proposal, places: Sequence[Mention]) -> list[tuple[Mention, Mention]]:
    """The clause's one side with what its sentence names as a place, where it names nobody else."""
    # Cities are left out: many are namesakes of a capital, and what is done in one is seldom done to its state.
    there = {side_of(m): m for m in reversed(places) if m.country and m.how != "metonym"}
    mine, acting = (proposal.actors, True) if proposal.actors else (proposal.recipients, False)
    if not mine or side_of(mine[0]) in there or len(there) != 1:
        return []
    place = next(iter(there.values()))
    return [(mine[0], place) if acting else (place, mine[0])]


def pairs_before(
    proposal: Proposal, draft: Draft, sides: Mapping[int, Sides], often: Mapping[str, int] | None = None
) -> list[Pair]:
    """Pairs with sides named in the sentences before, and the clause's one side alone.

    `often`: how often each side is a party in the article; counted where it is not given.
    """
    actors, recipients = proposal.actors, proposal.recipients
    doubtful = bool(actors or recipients) and plainness(proposal.typed) >= PLAIN
    if proposal.complete or not (doubtful or _plain_enough(proposal.typed)):
        return []
    named = _named_before(proposal, draft, sides, how_often(sides) if often is None else often)
    before = named[:EARLIER]
    if actors:
        alone = [Pair(actors, [], "clause")] if proposal.typed.type in ACTOR_ALONE else []
        return [*(Pair(_others_than(m, actors), [m], "before") for m in before), *alone]
    if recipients:
        alone = [Pair([], recipients, "clause")] if proposal.typed.type in RECIPIENT_ALONE else []
        return [*(Pair([m], _others_than(m, recipients), "before") for m in before), *alone]
    if not _points_back(proposal.typed.trigger):
        return []
    return [Pair([a], [r], "before") for a, r in itertools.permutations(named[:2], 2)]


def _plain_enough(typed: Typed) -> bool:
    """Whether a trigger tells its act plainly enough to look for its sides further off."""
    subject = typed.trigger.dep_ in BACK
    return typed.score >= TRUSTED and (subject or plainness(typed) >= PLAIN)


def _points_back(trigger: Token) -> bool:
    """Whether a trigger whose clause names no side speaks of something that the text has told of: "the talks"."""
    return trigger.pos_ == "VERB" or trigger.dep_ in BACK or any(c.lower_ in DEFINITE for c in trigger.children)


def passage(draft: Draft, asked: Sequence[tuple[Proposal, Pair]]) -> Passage:
    """The questions about proposals of one sentence as a passage: the sentence, with those before that are needed."""
    sentence = asked[0][0].sentence
    earliest = draft.sentences[max(0, sentence.index - RECENT)].start
    # A speaker may stand far before, or nowhere: then that span is left out.
    mentions = [m for _, pair in asked for m in (*pair.actors[:1], *pair.recipients[:1]) if m.start >= earliest]
    first = draft.sentence_at(min([m.start for m in mentions if m.text], default=sentence.start))
    start = min(sentence.start, first.start if first is not None else sentence.start)

    def chars(side: list[Mention]) -> Chars | None:
        shown = bool(side) and bool(side[0].text) and start <= side[0].start < sentence.end
        return (side[0].start - start, side[0].end - start) if shown else None

    def question(proposal: Proposal, pair: Pair) -> Question:
        at = sentence.offset(proposal.typed.trigger) - start
        hinted = proposal.known or proposal.voiced is not None
        hint = TYPES.index(proposal.typed.type) if hinted else None
        return Question(chars(pair.actors), chars(pair.recipients), (at, at + len(proposal.typed.trigger)), hint)

    return Passage(draft.article.text[start : sentence.end], tuple(question(*a) for a in asked))


def _others(proposal: Proposal, parties: Sequence[Mention]) -> Iterable[tuple[Mention, Mention]]:
    """Ordered pairs of parties, those that agree with the clause's sides and stand near the trigger first."""
    at = proposal.sentence.offset(proposal.typed.trigger)
    ours, theirs = {side_of(m) for m in proposal.actors}, {side_of(m) for m in proposal.recipients}

    named = [(m, side_of(m)) for m in parties]

    def cost(pair: tuple[tuple[Mention, str], tuple[Mention, str]]) -> tuple[int, int, int, int]:
        (a, acting), (r, acted_on) = pair
        unfit = (bool(ours) and acting not in ours) + (bool(theirs) and acted_on not in theirs)
        unfit += (acting in theirs) + (acted_on in ours) + (a.start > at)
        return unfit, abs(a.start - at) + abs(r.start - at), a.start, r.start

    kept: dict[tuple[str, str], tuple[Mention, Mention]] = {}
    for (a, acting), (r, acted_on) in sorted(itertools.permutations(named, 2), key=cost):
        if acting != acted_on and not (acting in ours and acted_on in theirs):
            kept.setdefault((acting, acted_on), (a, r))
    return itertools.islice(kept.values(), OTHERS)


def _others_than(one: Mention, side: list[Mention]) -> list[Mention]:
    return [m for m in side if side_of(m) != side_of(one)]


def how_often(sides: Mapping[int, Sides]) -> Counter[str]:
    """How often each side is a party in an article."""
    return Counter(side_of(m) for each in sides.values() for m in each.parties())


def _named_before(
    proposal: Proposal, draft: Draft, sides: Mapping[int, Sides], often: Mapping[str, int]
) -> list[Mention]:
    """The sides named in the sentences before, without those of the proposal's own clause.

    Those come first that the article names most: whom a story is about is who is left unsaid in it.
    """
    # In a long list somebody is often taken for one of the article's own state.
    own = {side_of(m) for side in (proposal.actors, proposal.recipients) if len(side) < LISTED for m in side}
    found: dict[str, Mention] = {}
    index = proposal.sentence.index
    for sentence in reversed(draft.sentences[max(0, index - RECENT) : index]):
        for mention in reversed(sides[sentence.index].parties()):
            if side_of(mention) not in own and mention.sector != "JRN":
                found.setdefault(side_of(mention), mention)
    return sorted(found.values(), key=lambda m: -often[side_of(m)])
