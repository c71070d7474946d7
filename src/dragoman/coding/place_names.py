"""Which place a phrase means: its own name, one it stands with ("the resort of Sochi"), the region named beside it.

Apart from `places`, which finds the phrase that says where an event took place.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Mapping

from spacy.tokens import Span, Token

from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.gazetteer import Located, capital_of, locate, locate_town, locate_within, longest_venue
from dragoman.knowledge.places import load_place_words
from dragoman.model import Place

INNER = frozenset({"compound", "amod", "nmod", "poss", "nummod", "case", "det", "punct", "quantmod"})
BEFORE = frozenset({"compound", "nmod", "amod"})
WITHIN = frozenset({"in", "of", "to"})
PLACES = frozenset({"GPE", "LOC", "FAC"})


def resolve_place(noun: Token, prefer: Collection[str] = ()) -> Place | None:
    """The place that a noun's phrase means, or None when it means none.

    A phrase that is a place without being on the map keeps its words, and the state where the text names that.
    """
    phrase, words = phrase_of(noun), load_place_words()
    text, lemma = as_written(phrase, noun), noun.lemma_.lower()
    if lemma in words.missions:
        return None
    region = _region(noun)
    found = _capital(noun) if lemma == "capital" else None
    found = found or _on_map(noun, phrase, text, region, prefer)
    if found is None and noun.pos_ == "PROPN" and noun.ent_type_ == "GPE" and region is None:
        found = locate_town(phrase.text)
    if found is not None:
        return Place(text=text, name=found.name, country=found.country, lat=found.lat, lon=found.lon)
    is_place = noun.tag_ == "NN" and lemma in words.place_nouns and _particular(noun)
    if is_place or (noun.pos_ == "PROPN" and noun.ent_type_ in PLACES):
        return Place(text=text, country=region.country if region else None)
    return None


def phrase_of(noun: Token) -> Span:
    """The noun with what belongs to its name, without its article."""
    left = noun.i
    for child in sorted(noun.lefts, key=lambda c: -c.i):
        if child.dep_ not in INNER or child.i < left - len(list(child.subtree)):
            break
        left = min(left, min(t.i for t in child.subtree))
    while left < noun.i and noun.doc[left].pos_ in ("DET", "PUNCT"):
        left += 1
    return noun.doc[left : noun.i + 1]


def as_written(phrase: Span, noun: Token) -> str:
    """The phrase with the 'of' or 'in' that completes it: 'headquarters of the party', 'resort of Sochi'."""
    end = noun.i + 1
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ == "of":
            for name in child.children:
                if name.dep_ == "pobj":
                    end = max(end, name.i + 1)
    return str(noun.doc[phrase.start : end].text)


def _on_map(noun: Token, phrase: Span, text: str, region: Located | None, prefer: Collection[str]) -> Located | None:
    names = [text, *_names(noun, phrase)]
    if region is not None:
        inside = (locate_within(name, region) for name in names if name != region.name)
        if (found := next((f for f in inside if f is not None), None)) is not None:
            return found
    elsewhere = region is not None and region.country is not None
    for name in names:
        found = locate(name, prefer) if name not in adjectives() else None
        # "Paris, Texas" is not the larger Paris; "Sinai, in Egypt" may well be a place of no single state.
        if found is not None and not (
            elsewhere and region and found.kind == "city" and found.country != region.country
        ):
            return found
    return longest_venue(text)


def _names(noun: Token, phrase: Span) -> Iterator[str]:
    """The names in a phrase that may be the place's, the surest first."""
    is_place = noun.lemma_.lower() in load_place_words().place_nouns
    wider: list[str] = []
    if is_place:
        for preposition in noun.children:
            if preposition.lower_ in WITHIN:
                for child in preposition.children:
                    if child.pos_ == "PROPN":
                        name = _name_around(child)
                        found = locate(name)
                        if found is not None and found.kind == "state":
                            wider.append(name)  # "the Sagaing region of Myanmar" is less than Myanmar
                        else:
                            yield name
    yield phrase.text
    if noun.pos_ == "PROPN":
        yield _name_around(noun)
    for child in sorted(noun.children, key=lambda c: c.dep_ == "poss"):
        if child.pos_ == "PROPN" and (
            child.dep_ == "appos" or (is_place and child.dep_ in ("compound", "nmod", "poss"))
        ):
            yield _name_around(child)
        elif is_place and child.dep_ in BEFORE and child.text[:1].isupper():
            yield child.text
    yield from wider


def _region(noun: Token) -> Located | None:
    """The state or US state that the text names beside a place: "Paris, Texas", "Sake, in Congo", "the Thai town"."""
    for child in noun.children:
        if child.dep_ in BEFORE and child.text in adjectives():
            return _state(adjectives()[child.text])
        if child.dep_ in ("appos", "conj", "npadvmod") and (found := _wide(child)):
            return found
        if child.lower_ in WITHIN and child.dep_ == "prep":
            for name in child.children:
                if name.dep_ == "pobj" and (found := _wide(name) or _region_of_part(name) or _region(name)):
                    return found
    return _after(noun)


def _after(noun: Token) -> Located | None:
    """A state behind the place, where the parse hangs it on the verb: "near Zaruma, in the south of Ecuador"."""
    end = max((t.i for t in noun.subtree if t.i >= noun.i), default=noun.i)
    at = noun.i + 1
    doc = noun.doc
    while at < noun.sent.end and ((doc[at].is_punct and doc[at].text == ",") or doc[at].lower_ in ("in", "of", "the")):
        at += 1
    if at == noun.i + 1 or at > end + 5 or at >= noun.sent.end:
        return None
    for token in doc[at : min(at + 4, noun.sent.end)]:
        if token.pos_ == "VERB" or token.is_punct:
            return None
        if token.pos_ == "PROPN" and token.dep_ in ("pobj", "appos", "npadvmod", "conj"):
            return _wide(token)
    return None


def _region_of_part(noun: Token) -> Located | None:
    """'the south of Ecuador'."""
    of = (p for p in noun.children if p.lower_ == "of")
    return next((found for p in of for o in p.children if (found := _wide(o)) is not None), None)


def _wide(token: Token) -> Located | None:
    """The state, US state or region with a state that a name means; no city."""
    if token.pos_ != "PROPN":
        return None
    found = locate(_name_around(token)) or locate(phrase_of(token).text)
    return found if found is not None and found.kind != "city" and found.country is not None else None


def _capital(noun: Token) -> Located | None:
    """'the Qatari capital', 'the capital of Bhutan', "Kenya's capital"."""
    for child in noun.children:
        if child.dep_ == "appos" and child.pos_ == "PROPN":
            return None  # named beside it
    region = _region(noun)
    if region is None:
        owners = (locate(_name_around(c)) for c in noun.children if c.dep_ == "poss")
        region = next((o for o in owners if o is not None and o.kind == "state"), None)
    return capital_of(region.country) if region is not None and region.country is not None else None


@functools.cache
def adjectives() -> Mapping[str, str]:
    """The state that an adjective names: 'Thai' as THA."""
    return {word: state.code for state in load_actors().states for word in state.adjectives}


def _state(code: str) -> Located:
    return Located(code, "state", code, None, None)


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
