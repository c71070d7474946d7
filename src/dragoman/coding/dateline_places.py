"""The place of the dateline: what 'here' means, and where one receives guests when the text does not say where.

A last resort, taken for a state's own meetings at home that the first sentence of the news tells; its text then ends in
`BY_DATELINE`, so that nobody takes it for what the article says. Apart from `places`, which reads words of place.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.coding.draft import Candidate, Draft, Sentence
from dragoman.knowledge.gazetteer import Located, locate
from dragoman.knowledge.places import load_place_words
from dragoman.model import BY_DATELINE, Place

CARRYING = frozenset({"dobj", "obj", "pobj", "nsubj", "nsubjpass", "attr", "prep"})
HERE = "here"


def dateline_place(draft: Draft, candidate: Candidate) -> Place | None:
    """Where the dateline puts a candidate whose own words name no place, or None."""
    dateline = draft.article.dateline
    found = _on_map(dateline.place) if dateline and dateline.place else None
    if dateline is None or dateline.place is None or found is None or found.kind != "city":
        return None
    if _quoted(draft, candidate):
        return None
    left = candidate.trigger.lemma_ in load_place_words().parting  # "left here to attend talks", which are elsewhere
    if not left and any(token.lower_ == HERE for token in _near(candidate)):
        return _place(HERE, found)
    if candidate.sentence is _first(draft) and _at_home(candidate, found):
        return _place(dateline.place + BY_DATELINE, found)
    return None


def _on_map(city: str) -> Located | None:
    """A city as datelines write it: "SEOUL"."""
    return locate(city) or locate(city.title())


def _place(text: str, found: Located) -> Place:
    return Place(text=text, name=found.name, country=found.country, lat=found.lat, lon=found.lon)


def _near(candidate: Candidate) -> Iterator[Token]:
    """Words beside a trigger, the verb that carries it, and its objects: "visited the embassy here"."""
    trigger = candidate.trigger
    heads = [trigger, trigger.head] if trigger.dep_ in CARRYING else [trigger]
    for head in heads:
        for child in head.children:
            yield child
            if child.dep_ in CARRYING:
                yield from child.children


def _quoted(draft: Draft, candidate: Candidate) -> bool:
    """Whether somebody else says it, wherever he is: his 'here' is not the writer's."""
    at = candidate.sentence.offset(candidate.trigger)
    quoted = (claim for claim in draft.claims if claim.kind != "indirect")
    return any(piece.start <= at < piece.end for claim in quoted for piece in claim.content)


def _first(draft: Draft) -> Sentence | None:
    return next((s for s in draft.sentences if s.furniture is None), None)


def _at_home(candidate: Candidate, city: Located) -> bool:
    """Whether a state of the city meets guests: face to face, as a fact, and not on its way somewhere."""
    words = load_place_words()
    hosts = {m.country for m in candidate.actors}
    guests = {m.country for m in candidate.recipients} - {None, city.country}
    if candidate.type != "CONSULT" or candidate.status != "actual" or city.country not in hosts or not guests:
        return False
    if candidate.trigger.lemma_ in (words.motion - {"welcome"}) | words.leaving | words.motion_nouns:
        return False
    return not any(t.lemma_.lower() in words.remote for t in candidate.sentence.tokens)
