"""What the clause of a trigger gives: its two sides by syntax, how plainly it tells the act, and its words.

Both coders read it, the one that goes by the lexicon alone (`candidates`) and the one that asks the relation model
(`learned.candidates`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from spacy.tokens import Token

from dragoman.coding.draft import Candidate, Sentence
from dragoman.coding.relation import Typed
from dragoman.coding.sides import Sides, is_misread_past
from dragoman.knowledge.nominals import load_nominals
from dragoman.model import EventType, Mention

# Acts in words whose other side may stand anywhere in what is said ('vows to bolster Russian ties').
IN_WORDS: frozenset[EventType] = frozenset({"AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE"})
# Acts that a bare noun does not lay to whoever stands near it ('his support in the conflict over Ukraine').
DEEDS_OF_VIOLENCE: frozenset[EventType] = frozenset({"ASSAULT", "COERCE"})
# How plainly a clause tells an act, by its place in the sentence: what stands in the main clause or in reported speech
# was done; what stands in a purpose, a participle or a noun's phrase is often background. Chosen by
# the shares found right on the labelled dispatches and the development articles (docs/evaluation.md).
PLAINNESS = {
    "ROOT": 1.0, "ccomp": 1.0, "conj": 0.9, "relcl": 0.8, "advcl": 0.7, "acl": 0.6, "xcomp": 0.6, "pcomp": 0.6,
    "pobj": 0.75, "appos": 0.75, "dobj": 0.5, "nsubj": 0.5, "nsubjpass": 0.75,
}  # fmt: skip
PURPOSE = 0.6


class Found(NamedTuple):
    """Actors and recipients of a trigger.

    `far`: one of them was found only further off in the clause; `one_way`: all actors do it to the same recipient, also
    where the act is else mutual ("messages came from A, B and C").
    """

    actors: list[Mention]
    recipients: list[Mention]
    far: bool = False
    one_way: bool = False


def find_sides(sides: Sides, typed: Typed) -> Found:
    """Actors and recipients of a trigger by the syntax of its clause."""
    governor = typed.governor
    blaming = {governor.i, typed.trigger.i, *(t.i for t in typed.reach)} if typed.type == "ACCUSE" else None
    far = False
    if governor.pos_ in ("NOUN", "PROPN"):
        actors, recipients = sides.of_noun(governor, fought_in=typed.type == "ASSAULT", blaming=blaming)
        if not actors or not recipients:
            verb = _verb_above(governor)
            if verb is not None and not actors and (senders := sides.senders(verb)):
                return Found(senders, [m for m in recipients if m not in senders], one_way=True)
            if verb is not None and typed.type not in DEEDS_OF_VIOLENCE:
                subjects = [m for t in sides.subject_tokens(verb) if t.i != governor.i for m in sides.within(t)]
                given = verb.lemma_.lower() in load_nominals().receiving and governor.dep_ in ("dobj", "conj")
                if given and not recipients and not sides.is_passive(verb):
                    recipients = [m for m in subjects if m not in actors]
                elif not actors and not sides.is_passive(verb):
                    actors, far = [m for m in subjects if m not in recipients], True
                if not recipients and governor.dep_ in ("nsubj", "nsubjpass", "dobj"):
                    recipients = [m for m in sides.objects(verb) if m not in actors]
                    far = True
        return Found(actors, recipients, far)
    subjects = [m for t in sides.subject_tokens(governor) for m in sides.within(t)]
    passive = sides.is_passive(governor)
    armed = typed.type in ("ASSAULT", "MOBILIZE")
    objects = sides.objects(governor, armed=armed, blaming=blaming)
    if passive and not objects:
        objects = sides.agents(governor)
    of_actors: list[Mention] = []
    for token in typed.reach:
        if token.i == governor.i:
            continue
        if token.pos_ in ("VERB", "AUX"):
            objects += [m for m in sides.objects(token, armed=armed, blaming=blaming) if m not in objects]
        else:
            nominal_actors, nominal_recipients = sides.of_noun(
                token, fought_in=typed.type == "ASSAULT", blaming=blaming
            )
            if not (armed and token.lemma_.lower() in load_nominals().instruments):
                of_actors += [m for m in nominal_actors if m not in of_actors]
            objects += [m for m in nominal_recipients if m not in objects]
    if passive:
        actors, recipients = sides.agents(governor), subjects or objects
        if not actors:
            actors = [m for m in of_actors if m not in recipients]
        if typed.symmetric and not actors:
            actors, recipients = recipients, [m for m in objects if m not in recipients]
    else:
        actors, recipients = subjects, [m for m in objects if m not in subjects]
        if not actors:
            actors = [m for m in of_actors if m not in recipients]
        elif not recipients:
            recipients = [m for m in of_actors if m not in actors]
    given = governor.lemma_.lower() in load_nominals().receiving and typed.trigger.i != governor.i
    if typed.inverse or (given and not typed.symmetric and not passive):
        actors, recipients = recipients, actors
    if not recipients and typed.type == "CONSULT" and len({side_of(m) for m in actors}) == 1:
        # Whoever goes to a place meets those who live there: 'arrived in Pyongyang', 'left for Moscow'.
        recipients = [m for t in {governor, *typed.reach} for m in sides.destinations(t) if m not in actors]
    if not recipients and typed.type in IN_WORDS:
        own = {side_of(m) for m in actors}
        recipients = [m for m in sides.clause(governor, blaming=blaming) if side_of(m) not in own]
        far = bool(recipients)
    return Found(actors, recipients, far)


def plainness(typed: Typed) -> float:
    """How plainly a clause tells its act, 0 to 1, by the uppermost of its words ('decided' in 'decided to expel')."""
    words = {t.i for t in typed.reach} | {typed.governor.i}
    governor = typed.governor
    while governor.head.i in words and governor.head.i != governor.i:
        governor = governor.head
    plain = 1.0 if is_misread_past(governor) else PLAINNESS.get(governor.dep_, 0.75)
    purpose = governor.dep_ in ("advcl", "relcl", "acl", "xcomp") and any(
        c.dep_ == "aux" and c.lower_ == "to" for c in governor.children
    )
    return plain * PURPOSE if purpose else plain


def _verb_above(noun: Token) -> Token | None:
    """The verb on which a nominal trigger hangs as an object or a prepositional phrase."""
    step = noun
    for _ in range(4):
        if step.dep_ not in ("dobj", "pobj", "prep", "nsubj", "nsubjpass", "attr", "conj") or step.head.i == step.i:
            return None
        step = step.head
        if step.pos_ in ("VERB", "AUX"):
            return step
    return None


def apart(actors: list[Mention], recipients: list[Mention], *, symmetric: bool) -> tuple[list[Mention], list[Mention]]:
    """The sides without states that stand on both; two sides named as one are parted where the act is mutual.

    One state appears once a side: the first mention with the most known of it (a person before the state's name).
    """
    actors, recipients = best_of_each(actors), best_of_each(recipients)
    ours = {side_of(m) for m in actors}
    recipients = [m for m in recipients if side_of(m) not in ours]
    if symmetric and not recipients and len(actors) > 1:
        return actors[:1], actors[1:]
    if symmetric and not actors and len(recipients) > 1:
        return recipients[:1], recipients[1:]
    return actors, recipients


def side_of(mention: Mention) -> str:
    """What makes two mentions one side: an armed group, else the state, else the body or person.

    A group is never its home state's side: the two may fight each other.
    """
    if mention.actor_id is not None and mention.actor_id.startswith("group:"):
        return mention.actor_id
    return mention.country or mention.actor_id or mention.actor or mention.text


def best_of_each(mentions: list[Mention]) -> list[Mention]:
    """One mention a side, the one that says most of it."""
    kept: dict[str, Mention] = {}
    for m in mentions:
        before = kept.get(side_of(m))
        if before is None or ((before.actor_id or "").startswith("state:") and m.office):
            kept[side_of(m)] = m
    return list(kept.values())


def evidence(sentence: Sentence, typed: Typed) -> tuple[int, int]:
    """Offsets of the clause that states the event: the governor's own clause with its subject."""
    tokens = list(_clause(typed.governor)) + list(_clause(typed.trigger))
    if typed.governor.pos_ in ("VERB", "AUX"):
        tokens += [t for c in typed.governor.children if c.dep_ in SUBJECTS for t in c.subtree]
        if not any(c.dep_ in SUBJECTS for c in typed.governor.children) and typed.governor.dep_ in ("xcomp", "conj"):
            tokens += [typed.governor.head]
    inside = [t for t in tokens if sentence.tokens.start <= t.i < sentence.tokens.end]
    first, last = min(t.i for t in inside), max(t.i for t in inside)
    doc = sentence.tokens.doc
    while last > first and (doc[last].is_space or (doc[last].is_punct and doc[last].text not in CLOSING)):
        last -= 1
    while first < last and (doc[first].is_space or (doc[first].is_punct and doc[first].text not in OPENING)):
        first += 1
    # A quotation that ends with the clause is quoted whole.
    after = doc[last + 1].text if last + 1 < len(doc) else ""
    if after in CLOSING and doc[first : last + 1].text.count("“") > doc[first : last + 1].text.count("”"):
        last += 1
    return sentence.offset(doc[first]), sentence.offset(doc[last]) + len(doc[last])


SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
OPENING = frozenset({"“", '"', "("})
CLOSING = frozenset({"”", '"', ")"})


def _clause(top: Token) -> Iterable[Token]:
    """The tokens of a clause without those that hang on it as clauses of their own."""
    yield top
    for child in top.children:
        own_clause = child.dep_ in ("conj", "parataxis", "advcl", "relcl", "cc", "punct")
        if own_clause and (child.pos_ in ("VERB", "AUX", "CCONJ", "PUNCT")):
            continue
        if child.dep_ == "ccomp" and child.i < top.i:
            continue
        yield from _clause(child)


def collapse(found: Iterable[Candidate]) -> list[Candidate]:
    """One candidate for one happening: same type and sides with overlapping clauses; the surest stays."""
    kept: list[Candidate] = []
    for candidate in sorted(found, key=lambda c: (-c.confidence, c.start)):
        if not any(_same(candidate, other) for other in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda c: (c.start, c.trigger.i))


def _same(a: Candidate, b: Candidate) -> bool:
    if a.type != b.type or a.end <= b.start or b.end <= a.start:
        return False
    sides_a, sides_b = {side_of(m) for m in a.actors + a.recipients}, {side_of(m) for m in b.actors + b.recipients}
    return sides_a == sides_b or sides_a < sides_b or sides_b < sides_a
