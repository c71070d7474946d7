"""Where it took place: the place that a candidate's own words give, told apart from the actors.

Looks for 'in', 'at', 'near' under the trigger and the verb that carries it, for the goal of going ("visit to Hanoi"),
and for a city before the noun ("the Hanoi summit"). What cannot be found on a map keeps its text.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from dragoman.coding.dates.attach import SPOKEN
from dragoman.coding.dates.expressions import find
from dragoman.coding.draft import Candidate, Draft, Sentence
from dragoman.knowledge.calendar import load_calendar
from dragoman.knowledge.gazetteer import Located, locate, longest_venue
from dragoman.knowledge.places import load_place_words
from dragoman.knowledge.status import load_status
from dragoman.model import Place

VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN"})
AT = frozenset(
    {"in", "at", "near", "outside", "inside", "across", "aboard", "along", "around", "off", "over", "within"}
)
GOALS = frozenset({"to", "into", "for", "through", "via"})
CARRYING = frozenset({"dobj", "obj", "nsubj", "nsubjpass", "attr"})
INNER = frozenset({"compound", "amod", "nmod", "poss", "nummod", "case", "det", "punct", "quantmod"})
# What an act in words is about; a place below these is not where it was said.
CONTENT = frozenset({"about", "against", "concerning", "for", "on", "over", "regarding"})
DEPTH = 3


class PlaceStep:
    """The step that writes `place` of every candidate whose own words give one; reads its parties."""

    def __call__(self, draft: Draft) -> None:
        """Set each candidate's place, or leave it None."""
        times: dict[int, set[int]] = {}
        for candidate in draft.candidates:
            sentence = candidate.sentence
            if sentence.index not in times:
                times[sentence.index] = time_tokens(sentence)
            candidate.place = place_of(candidate, times[sentence.index])


def place_of(candidate: Candidate, times: set[int] | None = None) -> Place | None:
    """The place of one candidate: the first that its words give, with one found on the map before one that is not.

    `times` are the places in the parse of words of time, which also stand behind 'in' and 'at'.
    """
    times = time_tokens(candidate.sentence) if times is None else times
    prefer = {m.country for m in (*candidate.actors, *candidate.recipients) if m.country}
    unresolved: Place | None = None
    for noun in _around(candidate):
        if times.intersection(range(_phrase(noun).start, noun.i + 1)):
            continue
        place = _resolve(noun, prefer)
        if place is not None and (place.name or place.country):
            return place
        unresolved = unresolved or place
    return unresolved


def time_tokens(sentence: Sentence) -> set[int]:
    """Indices of the tokens of time expressions."""
    spans = [sentence.token_span(sentence.start + f.start, sentence.start + f.end) for f in find(sentence.tokens.text)]
    return {t.i for span in spans if span is not None for t in span}


def _around(candidate: Candidate) -> Iterator[Token]:
    """Head nouns of phrases that may say where, the surest first."""
    trigger, content = candidate.trigger, candidate.type in SPOKEN
    yield from _named_with(candidate)
    yield from _under(trigger, trigger, content, DEPTH)
    carrier = _carrier(trigger)
    if carrier is not None:
        yield from _under(carrier, trigger, content, DEPTH)
    for verb in (trigger, carrier):
        if verb is None or verb.pos_ not in VERBAL:
            continue
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
    for child in trigger.children:
        if child.dep_ in ("dobj", "obj") and child.pos_ == "PROPN":
            found = locate(_phrase(child).text)
            if found and (trigger.lemma_ in words.motion or (candidate.type == "ASSAULT" and found.kind != "state")):
                yield child
        elif candidate.type == "ASSAULT" and child.dep_ == "prep" and child.lower_ in ("on", "against"):
            for noun in child.children:
                found = locate(_phrase(noun).text) if noun.dep_ == "pobj" else None
                if found is not None and found.kind != "state":
                    yield noun


def _before(noun: Token) -> Iterator[Token]:
    """A city before the noun of an event."""
    if noun.pos_ != "NOUN" and noun.lower_ not in load_calendar().occasions:
        return
    for child in noun.children:
        named = child.dep_ in ("compound", "nmod", "amod", "poss") and child.pos_ == "PROPN"
        if named and child.ent_type_ not in ("PERSON", "ORG"):
            found = locate(_phrase(child).text)
            if found is not None and found.kind != "state" and found.country is not None:
                yield child


def _under(head: Token, trigger: Token, content: bool, depth: int) -> Iterator[Token]:
    """Objects of prepositions of place below a word, nearest first; through nouns, not into other clauses.

    `content` says that the trigger is an act in words: what its objects hold ("concern over violence in the city")
    took place elsewhere.
    """
    words = load_place_words()
    going = head.lemma_ in words.motion or head.lemma_ in words.motion_nouns
    for child in head.children:
        if child.lower_ in AT or (going and child.lower_ in GOALS):
            yield from _objects(child)
    if depth == 0:
        return
    for each in _inner(head, trigger, content):
        if each.i != trigger.i:
            yield from _before(each)
            yield from _under(each, trigger, content, depth - 1)


def _objects(preposition: Token) -> list[Token]:
    """What a preposition governs, also through a second one: "in at", "out of"."""
    found = [o for o in preposition.children if o.dep_ in ("pobj", "pcomp")]
    return found + [o for p in preposition.children if p.dep_ == "prep" for o in p.children if o.dep_ == "pobj"]


def _inner(head: Token, trigger: Token, content: bool) -> Iterator[Token]:
    """Words below a word in which its place may stand: "met him in Hanoi", "attended a forum held in Hanoi"."""
    light = load_status().words.light_verbs
    for child in head.children:
        if child.dep_ in ("prep", "agent") or child.pos_ == "ADP":
            if child.lower_ not in CONTENT or not content:
                yield from _objects(child)
        elif child.dep_ in ("dobj", "obj", "attr", "nsubjpass", "conj") and child.pos_ in NOMINAL:
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


def _resolve(noun: Token, prefer: set[str]) -> Place | None:
    """A phrase on the map: by its own name, the name it stands with ("the resort of Sochi"), or a venue within it."""
    phrase = _phrase(noun)
    text = _as_written(phrase, noun)
    lemma, words = noun.lemma_.lower(), load_place_words()
    if lemma in words.missions:
        return None
    found = locate(text) or _by_name(noun, phrase, prefer) or longest_venue(text)
    if found is not None:
        return Place(text=text, name=found.name, country=found.country, lat=found.lat, lon=found.lon)
    if noun.tag_ == "NN" and lemma in words.place_nouns and _particular(noun):
        return Place(text=text)
    return None


def _by_name(noun: Token, phrase: Span, prefer: set[str]) -> Located | None:
    is_place = noun.lemma_.lower() in load_place_words().place_nouns
    options: list[str] = []
    if is_place:
        options += [
            _name_around(o) for p in noun.children if p.lower_ in ("of", "in") for o in p.children if o.pos_ == "PROPN"
        ]
    options.append(phrase.text)
    if noun.pos_ == "PROPN":
        options.append(_name_around(noun))
    for child in noun.children:
        if child.pos_ == "PROPN" and (
            child.dep_ == "appos" or (is_place and child.dep_ in ("compound", "nmod", "poss"))
        ):
            options.append(_name_around(child))
    return next((found for o in options if (found := locate(o, prefer)) is not None), None)


def _phrase(noun: Token) -> Span:
    """The noun with what belongs to its name, without its article."""
    left = noun.i
    for child in sorted(noun.lefts, key=lambda c: -c.i):
        if child.dep_ not in INNER or child.i < left - len(list(child.subtree)):
            break
        left = min(left, min(t.i for t in child.subtree))
    while left < noun.i and noun.doc[left].pos_ in ("DET", "PUNCT"):
        left += 1
    return noun.doc[left : noun.i + 1]


def _as_written(phrase: Span, noun: Token) -> str:
    """The phrase with the 'of' or 'in' that completes it: 'headquarters of the party', 'resort of Sochi'."""
    end = noun.i + 1
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ == "of":
            for name in child.children:
                if name.dep_ == "pobj":
                    end = max(end, name.i + 1)
    return str(noun.doc[phrase.start : end].text)


def _name_around(token: Token) -> str:
    """Neighbouring words of one proper name: 'Ho Chi Minh City' from 'City'."""
    doc, start, end = token.doc, token.i, token.i + 1
    while start > 0 and doc[start - 1].pos_ == "PROPN" and doc[start - 1].head.i in range(start, end):
        start -= 1
    return str(doc[start:end].text)


def _particular(noun: Token) -> bool:
    """Whether a common noun of place is made particular: by a name, an owner or 'of'."""
    return any(
        c.dep_ in ("compound", "poss", "nmod", "amod") or (c.dep_ == "prep" and c.lower_ == "of") for c in noun.children
    )
