"""Where it took place: the place that a candidate's own words give, told apart from the actors.

Looks for 'in', 'at', 'near' under the trigger and the verb that carries it, for the goal of going ("visit to Hanoi"),
and for a city before the noun ("the Hanoi summit"). What cannot be found on a map keeps its text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Token

from dragoman.coding.dateline_places import dateline_place
from dragoman.coding.dates.attach import SPOKEN
from dragoman.coding.dates.expressions import find
from dragoman.coding.draft import Candidate, Draft, Sentence
from dragoman.coding.place_names import phrase_of, resolve_place
from dragoman.knowledge.calendar import load_calendar
from dragoman.knowledge.gazetteer import locate
from dragoman.knowledge.places import load_place_words
from dragoman.knowledge.status import load_status
from dragoman.model import EventType, Place

VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN"})
# Acts aimed at a place that their object or target names: "bombed Homs", "closed the port of Aden".
AIMED: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
# Deeds of those whom the subject places: "police in Harare arrested"; what is said is said elsewhere.
DONE: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "PROTEST"})
# Acts whose object is elsewhere than they: "sanctioned officials in Minsk".
DISTANT: frozenset[EventType] = SPOKEN | {"SANCTION"}
AT = frozenset(
    {"in", "at", "near", "outside", "inside", "across", "aboard", "along", "around", "off", "over", "within"}
)
GOALS = frozenset({"to", "into", "for", "through", "via", "toward", "towards"})
CARRYING = frozenset({"dobj", "obj", "nsubj", "nsubjpass", "attr"})
# What an act in words is about; a place below these is not where it was said.
CONTENT = frozenset({"about", "against", "concerning", "for", "on", "over", "regarding"})
DEPTH = 3


class PlaceStep:
    """The step that writes `place` of every candidate whose own words, or else the dateline, give one."""

    def __call__(self, draft: Draft) -> None:
        """Set each candidate's place, or leave it None."""
        times: dict[int, set[int]] = {}
        states: dict[int, set[str]] = {}
        for candidate in draft.candidates:
            sentence = candidate.sentence
            if sentence.index not in times:
                times[sentence.index] = time_tokens(sentence)
                states[sentence.index] = {
                    m.country for m in draft.mentions if m.country and sentence.start <= m.start < sentence.end
                }
            place = place_of(candidate, times[sentence.index], states[sentence.index])
            candidate.place = place or dateline_place(draft, candidate)


def place_of(
    candidate: Candidate, times: set[int] | None = None, states: Collection[str] = frozenset()
) -> Place | None:
    """The place of one candidate: the first that its words give, with one found on the map before one that is not.

    `times` are the places in the parse of words of time, which also stand behind 'in' and 'at'; `states` those that
    the sentence names, which decide between towns of one name where the sides do not.
    """
    times = time_tokens(candidate.sentence) if times is None else times
    prefer = {m.country for m in (*candidate.actors, *candidate.recipients) if m.country} or set(states)
    unresolved: Place | None = None
    state: Place | None = None
    for noun in _around(candidate):
        if times.intersection(range(phrase_of(noun).start, noun.i + 1)):
            continue
        place = resolve_place(noun, prefer)
        if place is None or (state is not None and place.country != state.country):
            continue
        if place.name and place.lat is None:
            if unresolved is not None:
                return Place(text=unresolved.text, country=place.country)  # "the town of Bunagana, in Congo"
            state = place  # a town in it says more
        elif place.country or place.name:
            return place
        else:
            unresolved = unresolved or place
    return state or unresolved


def time_tokens(sentence: Sentence) -> set[int]:
    """Indices of the tokens of time expressions."""
    spans = [sentence.token_span(sentence.start + f.start, sentence.start + f.end) for f in find(sentence.tokens.text)]
    return {t.i for span in spans if span is not None for t in span}


def _around(candidate: Candidate) -> Iterator[Token]:
    """Head nouns of phrases that may say where, the surest first."""
    trigger, content = candidate.trigger, candidate.type in DISTANT
    yield from _named_with(candidate)
    yield from _under(trigger, trigger, content, DEPTH)
    carrier = _carrier(trigger)
    if carrier is not None:
        yield from _under(carrier, trigger, content, DEPTH)
    yield from _around_verb(candidate, trigger, carrier)
    if candidate.type in DONE and trigger.pos_ in VERBAL:
        for subject in (c for c in trigger.children if c.dep_ in ("nsubj", "nsubjpass") and c.pos_ in NOMINAL):
            for preposition in (c for c in subject.children if c.lower_ in ("in", "at", "near")):
                yield from _objects(preposition)


def _around_verb(candidate: Candidate, trigger: Token, carrier: Token | None) -> Iterator[Token]:
    """What stands with other clauses of the sentence: "Speaking in Accra, he praised", "Bled, where they agreed"."""
    content = candidate.type in DISTANT
    for verb in (trigger, carrier):
        if verb is None or verb.pos_ not in VERBAL:
            continue
        for child in verb.children:
            if child.dep_ == "advcl" and child.tag_ == "VBG" and child.i < verb.i and not _introduced(child):
                yield from _under(child, trigger, content=False, depth=1)
        if verb.head.lemma_ == "be" and verb.dep_ in ("ccomp", "advcl", "relcl") and _is_it(verb.head):
            yield from _under(verb.head, trigger, content, 0)  # "it was in Yalta that they met"
        if any(c.lower_ in ("where", "when") for c in verb.children) and verb.dep_ in ("relcl", "acl", "advcl"):
            yield from [verb.head] if verb.head.pos_ in NOMINAL else []
            yield from _under(verb.head, trigger, content, DEPTH)
        for other in verb.conjuncts if verb is trigger else ():
            if other.pos_ in VERBAL and not _own_clause(max(verb, other, key=lambda t: t.i)):
                yield from _under(other, trigger, content, DEPTH)


def _named_with(candidate: Candidate) -> Iterator[Token]:
    """'the Hanoi summit', 'visits Hanoi', and a city that is attacked."""
    trigger, words = candidate.trigger, load_place_words()
    yield from _before(trigger)
    aimed = candidate.type in AIMED or candidate.type == "AID"
    for child in trigger.children:
        if child.dep_ in ("dobj", "obj", "nsubjpass") and child.pos_ in NOMINAL:
            found = locate(phrase_of(child).text) if child.pos_ == "PROPN" else None
            gone = trigger.lemma_ in words.motion and (found is not None or _is_site(child))
            if gone or (aimed and (found.kind != "state" if found else _is_site(child))):
                yield child
        elif child.dep_ in ("nsubj", "nsubjpass") and trigger.lemma_ == "host":
            yield child
            yield from (o for p in child.children if p.lower_ in ("in", "at") for o in _objects(p))
        elif aimed and child.dep_ == "prep" and child.lower_ in ("on", "against", "of"):
            if child.lower_ == "of" and (trigger.pos_ not in NOMINAL or candidate.type != "ASSAULT"):
                continue
            for noun in child.children:
                found = locate(phrase_of(noun).text) if noun.dep_ == "pobj" else None
                if found is not None and found.kind != "state":
                    yield noun


def _is_site(noun: Token) -> bool:
    """'the town of Bunagana', 'the airport of Maiduguri': a common noun of place with a name behind it."""
    if noun.lemma_.lower() not in load_place_words().place_nouns:
        return noun.pos_ == "PROPN" and noun.ent_type_ in ("GPE", "LOC", "FAC")
    named = (o for p in noun.children if p.lower_ in ("of", "in", "to") for o in p.children)
    return any(o.pos_ == "PROPN" for o in named) or any(c.pos_ == "PROPN" for c in noun.children)


def _before(noun: Token) -> Iterator[Token]:
    """A city before the noun of an event."""
    if noun.pos_ != "NOUN" and noun.lower_ not in load_calendar().occasions:
        return
    for child in noun.children:
        named = child.dep_ in ("compound", "nmod", "amod", "poss") and child.pos_ == "PROPN"
        body = child.ent_type_ == "ORG" and noun.lemma_.lower() not in load_calendar().occasions
        if named and child.ent_type_ != "PERSON" and not body:
            found = locate(phrase_of(child).text)
            if found is not None and found.kind != "state" and found.country is not None:
                yield child


def _under(head: Token, trigger: Token, content: bool, depth: int) -> Iterator[Token]:
    """Objects of prepositions of place below a word, nearest first; through nouns, not into other clauses.

    `content` says that the trigger is an act in words: what its objects hold ("concern over violence in the city")
    took place elsewhere.
    """
    words = load_place_words()
    going = head.lemma_ in words.motion or head.lemma_ in words.motion_nouns
    begun = _content_begins(head) if content and head is trigger else None
    for child in head.children:
        if any(c.lower_ == "not" and c.i == child.i - 1 for c in child.children) or (begun and child.i > begun):
            continue  # "not in Cairo but in Khartoum"; what is said is about elsewhere
        if child.lower_ in AT or (going and child.lower_ in GOALS) or _leads_from(trigger, head, child):
            yield from _objects(child)
        elif child.lower_ == "on":
            yield from (o for o in _objects(child) if _is_venue(o))
    if depth == 0:
        return
    for each in _inner(head, trigger, content):
        if each.i != trigger.i:
            yield from _before(each)
            yield from _under(each, trigger, content, depth - 1)


def _content_begins(verb: Token) -> int | None:
    """Where what is said begins: "accused Morocco of arresting him in Laayoune"."""
    marks = [
        c.i
        for c in verb.children
        if c.i > verb.i and (c.dep_ in ("ccomp", "xcomp") or (c.dep_ == "prep" and c.lower_ in ("of", *CONTENT)))
    ]
    return min(marks, default=None)


def _leads_from(trigger: Token, head: Token, preposition: Token) -> bool:
    """'withdrew from Kidal', 'fired a missile from Sinpo': acts that take place where they set out from."""
    leaving = load_place_words().leaving
    return preposition.lower_ == "from" and (head.lemma_ in leaving or trigger.lemma_ in leaving)


def _is_venue(noun: Token) -> bool:
    """'on Red Square', 'on the island of Lesbos'."""
    found = locate(phrase_of(noun).text)
    return (found is not None and found.kind == "venue") or noun.lemma_.lower() in (
        "island",
        "border",
        "bridge",
        "square",
    )


def _introduced(clause: Token) -> bool:
    return any(c.dep_ in ("mark", "prep", "nsubj") and c.i < clause.i for c in clause.children)


def _is_it(verb: Token) -> bool:
    return any(c.lower_ == "it" and c.dep_ in ("nsubj", "expl") for c in verb.children)


def _objects(preposition: Token) -> list[Token]:
    """What a preposition governs, also through a second one: "in at", "out of"."""
    found = [o for o in preposition.children if o.dep_ in ("pobj", "pcomp")]
    return found + [o for p in preposition.children if p.dep_ == "prep" for o in p.children if o.dep_ == "pobj"]


def _inner(head: Token, trigger: Token, content: bool) -> Iterator[Token]:
    """Words below a word in which its place may stand: "met him in Hanoi", "attended a forum held in Hanoi"."""
    light = load_status().words.light_verbs
    begun = _content_begins(head) if content and head is trigger else None
    for child in head.children:
        if begun and child.i >= begun:
            continue
        if child.dep_ in ("prep", "agent") or child.pos_ == "ADP":
            if child.lower_ not in CONTENT or not content:
                yield from _objects(child)
        elif child.dep_ in ("dobj", "obj", "attr", "nsubjpass", "conj") and child.pos_ in (*NOMINAL, "NUM"):
            if not content or head.lemma_ in light:
                yield child
        elif _came_about(child, head) or (child.dep_ == "relcl" and child.lemma_ in light and head is trigger):
            yield child
        elif child.dep_ == "xcomp":
            # "promised to help at a meeting in Sochi": the occasion is that of the promise.
            yield from (o for p in child.children if p.lower_ == "at" for o in p.children if o.dep_ == "pobj")


def _came_about(child: Token, head: Token) -> bool:
    """A noun's participle: "a forum held"."""
    return child.dep_ == "acl" and child.tag_ == "VBN" and head.pos_ in NOMINAL


def _carrier(trigger: Token) -> Token | None:
    """The verb whose place is the trigger's: "held talks in Geneva"."""
    head = trigger.head
    if trigger.pos_ in NOMINAL and trigger.dep_ in CARRYING and head.pos_ in VERBAL:
        return head if not any(c.dep_ == "ccomp" for c in head.children) else None
    if trigger.pos_ in VERBAL and trigger.dep_ in ("advcl", "xcomp") and head.pos_ in VERBAL:
        # "arrived in Moscow to meet him", "began talking in Geneva"
        return head if head.lemma_ in load_place_words().motion or trigger.dep_ == "xcomp" else None
    return None


def _own_clause(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
