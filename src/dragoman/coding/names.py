"""One pass of an automaton over a text: where states, bodies, organs, outlets and known persons are named.

It knows nothing of grammar; what a name stands for in its sentence is the business of `mentions` and `identity`.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import ahocorasick

from dragoman.knowledge.entries import SurfaceForm
from dragoman.knowledge.holders import Person
from dragoman.knowledge.known import Known, Layer, load_known
from dragoman.knowledge.state_names import load_state_names

AtomKind = Literal[
    "state", "capital", "metonym", "adjective", "demonym", "body", "organ", "group", "outlet", "person", "blocker"
]
APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "׳": "'", "\u00a0": " ", "‐": "-", "‑": "-"})
# A newspaper form ('North') names a state only with its article.
CONTEXTUAL_ARTICLE = re.compile(r"\b[Tt]he\s+$")


class Script(NamedTuple):
    """A range of characters, both ends included."""

    first: str
    last: str

    def holds(self, character: str) -> bool:
        """Whether a character is of the script."""
        return self.first <= character <= self.last


HAN, KATAKANA, HANGUL = Script("\u3400", "\u9fff"), Script("\u30a0", "\u30ff"), Script("\uac00", "\ud7a3")


@dataclass(frozen=True, slots=True)
class Atom:
    """A name as it stands in a text: characters `start` to `end`, and whom the knowledge says it names."""

    start: int
    end: int
    text: str
    kind: AtomKind
    actor: str
    actor_id: str
    country: str | None
    sector: str | None
    contextual: bool


class Names:
    """The names of all actors that are known, ready to be found in texts."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self._automaton = _automaton(known)

    def find(self, text: str, about: Collection[str] = (), across: Collection[str] = ()) -> list[Atom]:
        """All names in the text, longest first where they overlap, in order. Offsets are into `text`.

        `about` are the countries that the article names: forms that mean an actor only in an article about its state
        ('the North', 'the Senate') are found for these, else for those that lie `across` from them. A longer name that
        hides one ('New Mexico') hides it.
        """
        plain = text.translate(APOSTROPHES)
        found: list[Atom] = []
        for last, (form, whoms) in self._automaton.iter(plain):
            start = last + 1 - len(form)
            whom = _meant(whoms, about, across)
            if (
                whom is not None
                and _stands_alone(plain, start, last + 1, glue=whom.kind == "person")
                and (
                    not whom.contextual
                    or form.lower().startswith("the ")
                    or CONTEXTUAL_ARTICLE.search(plain[:start][-5:])
                )
            ):
                found.append(_atom(text, start, last + 1, whom))
        found.sort(key=lambda a: (a.start - a.end, a.start))
        taken: list[Atom] = []
        for atom in found:
            if all(atom.end <= other.start or atom.start >= other.end for other in taken):
                taken.append(atom)
        return sorted((a for a in taken if a.kind != "blocker"), key=lambda a: a.start)

    def person_spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Stretches that are a known person's full name, also where the next word is glued on to it."""
        plain = text.translate(APOSTROPHES)
        for last, (form, whoms) in self._automaton.iter(plain):
            if whoms[0].kind == "person" and _stands_alone(plain, last + 1 - len(form), last + 1, glue=True):
                yield last + 1 - len(form), last + 1


@functools.cache
def default_names() -> Names:
    """The names that Dragoman brings, made ready once a process."""
    return Names(load_known())


def find_names(text: str, about: Collection[str] = ()) -> list[Atom]:
    """`Names.find` with the names that Dragoman brings."""
    return default_names().find(text, about)


def glued_edges(text: str) -> set[int]:
    """Offsets at which a known person's name runs into the word before or after it ('Jong Un|received')."""
    edges = set(itertools.chain.from_iterable(default_names().person_spans(text)))
    return {e for e in edges if 0 < e < len(text) and text[e - 1].isalnum() and text[e].isalnum()}


def spellings(name: str) -> set[str]:
    """The ways a person's name is spelt: with and without hyphens and diacritics, and in capitals.

    Korean and Chinese given names are hyphenated or not: 'Kim Jong Un' gives 'Kim Jong-un' and 'Kim Jong-Un'.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    forms = {name, plain}
    for form in (name, plain):
        words = form.replace("-", " ").split()
        if len(words) == 3:
            family, first, second = words
            forms |= {
                f"{family} {first} {second.capitalize()}",
                f"{family} {first}-{second.capitalize()}",
                f"{family} {first}-{second.lower()}",
                f"{family} {first}{second.lower()}" if len(first) <= 5 and "-" in form else form,
            }
    return forms | {form.upper() for form in forms}


@dataclass(frozen=True, slots=True)
class _Whom:
    kind: AtomKind
    actor: str
    actor_id: str
    country: str | None
    sector: str | None
    contextual: bool
    ambiguous: bool = False


_BLOCKER = _Whom("blocker", "", "", None, None, False)


_Entries = dict[str, dict[str, _Whom]]  # by string, then by id of the actor


def _automaton(known: Known) -> ahocorasick.Automaton:
    entries: _Entries = {}
    own = {person for layer in known.layers for person in layer.persons}
    for form in known.actors.surface_forms():
        entries.setdefault(form.text.translate(APOSTROPHES), {}).setdefault(form.actor_id, _of_form(form))
    for text in known.actors.blockers:
        entries.setdefault(text.translate(APOSTROPHES), {})["blocker"] = _BLOCKER
    for name in load_state_names().in_other_scripts():
        state = known.actors.state(name.code)
        whom = _Whom("state", state.name, f"state:{state.code}", state.code, "GOV", False)
        entries.setdefault(name.name.translate(APOSTROPHES), {}).setdefault(whom.actor_id, whom)
    for person in known.holders.persons.values():
        if person.id not in own:
            _add_person(entries, person, _of_person(person))
    for layer in known.layers:
        _lay(entries, layer, known)
    automaton = ahocorasick.Automaton()
    for text, whoms in entries.items():
        automaton.add_word(text, (text, list(whoms.values())))
    automaton.make_automaton()
    return automaton


def _add_person(entries: _Entries, person: Person, whom: _Whom) -> None:
    for name in (person.name, *person.aliases):
        if " " in name or "-" in name:
            for spelling in spellings(name):
                entries.setdefault(spelling, {}).setdefault(person.id, whom)


def _lay(entries: _Entries, layer: Layer, known: Known) -> None:
    """A user's actors take their names from all others, but for other persons of that name."""
    for form in layer.forms:
        entries[form.text.translate(APOSTROPHES)] = {form.actor_id: _of_form(form)}
    for person_id in layer.persons:
        person = known.holders.persons[person_id]
        whom = _of_person(person)
        if not known.holders.tenures_of(person_id) and person.sector != "UNK":
            whom = replace(whom, sector=person.sector)
        for name in (person.name, *person.aliases):
            for spelling in spellings(name):
                others = {k: w for k, w in entries.get(spelling, {}).items() if w.kind == "person"}
                entries[spelling] = {**others, person_id: whom}


def _meant(whoms: list[_Whom], about: Collection[str], across: Collection[str]) -> _Whom | None:
    """Whom a form names: the one certain actor, else the one whose state the article is about, or lies across from it.

    A lone state whose name is also something else ('Georgia', 'Jordan') is taken; a person is told by the parser.
    """
    certain = [w for w in whoms if not (w.contextual or w.ambiguous)]
    if len(certain) == 1:
        return certain[0]
    here = [w for w in certain or whoms if w.country in about]
    here = here or [w for w in certain or whoms if w.country in across]
    if len(here) == 1:
        return here[0]
    lone = not here and len(whoms) == 1 and whoms[0].ambiguous
    return whoms[0] if lone and whoms[0].kind in ("state", "adjective") else None


def _of_form(form: SurfaceForm) -> _Whom:
    return _Whom(form.kind, form.actor, form.actor_id, form.country, form.sector, form.contextual, form.ambiguous)


def _of_person(person: Person) -> _Whom:
    return _Whom("person", person.name, f"person:{person.id}", person.country, None, False)


def _atom(text: str, start: int, end: int, whom: _Whom) -> Atom:
    return Atom(
        start, end, text[start:end], whom.kind, whom.actor, whom.actor_id, whom.country, whom.sector, whom.contextual
    )


def _stands_alone(text: str, start: int, end: int, *, glue: bool) -> bool:
    """Whether no word goes on at either edge; a glued person's name may run into small letters of the next word."""
    before = text[start - 1] if start else " "
    after = text[end : end + 2]
    if _goes_on(text[start], before) and not (glue and before.islower()):
        return False
    if not after or HANGUL.holds(text[end - 1]) or not _goes_on(text[end - 1], after[0]):
        return True
    return glue and len(after) == 2 and after.isalpha() and after.islower() and text[end - 1].islower()


def _goes_on(edge: str, beyond: str) -> bool:
    """Whether the character beyond the edge of a name is of one word with it.

    Chinese characters part no words. Japanese syllables and Korean letters go on with their like (what follows a Korean
    name is a particle: '한국은'), all others with any letter, digit or vowel sign.
    """
    if HAN.holds(edge):
        return False
    for script in (KATAKANA, HANGUL):
        if script.holds(edge):
            return script.holds(beyond)
    return beyond.isalnum() or (not beyond.isascii() and unicodedata.category(beyond) in ("Mn", "Mc"))
