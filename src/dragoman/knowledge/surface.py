"""Surface forms: entries of actor knowledge become the strings that a text may name them by.

Separate because the automaton that finds mentions needs strings, and the rules for spelling variants are the same for
all kinds of entries.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dragoman.errors import KnowledgeError
from dragoman.knowledge.entries import Body, FormKind, Group, Named, Organ, Outlet, Sector, State, SurfaceForm
from dragoman.model import How


def spellings(text: str, *, bare: bool = True) -> tuple[str, ...]:
    """The ways in which one name is typed: straight and curly apostrophe, with and (if `bare`) without diacritics."""
    found = [text]
    if bare and not text.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        found += [plain] if plain != text else []
    found += [form.replace("'", "’") for form in found if "'" in form]
    if text.startswith("the "):
        found += ["T" + form[1:] for form in found]
    return tuple(found)


class Identity(NamedTuple):
    """What all forms of one entry share."""

    kind: FormKind
    actor_id: str
    country: str | None
    sector: Sector | None


def identity(entry: Named) -> Identity:
    """The stable id of an entry's actor with its country and sector; raises `TypeError` for another kind of entry."""
    match entry:
        case State():
            return Identity("state", f"state:{entry.code}", entry.code, "GOV")
        case Body():
            return Identity("body", f"body:{entry.id}", None, entry.sector)
        case Organ():
            return Identity("organ", f"organ:{entry.country.lower()}-{entry.id}", entry.country, entry.sector)
        case Group():
            return Identity("group", f"group:{entry.id}", entry.country, entry.sector)
        case Outlet():
            return Identity("outlet", f"outlet:{entry.id}", entry.country, "JRN")
    raise TypeError(f"{type(entry).__name__} is not an entry that names an actor.")


def state_forms(state: State) -> Iterator[SurfaceForm]:
    """All strings for a state. A state acts as its government; its adjective has no sector; its people are CVL."""
    who = identity(state)
    adjective, people = who._replace(kind="adjective", sector=None), who._replace(kind="demonym", sector="CVL")
    yield from _forms(state, who, (state.name, *state.names), "name")
    yield from _forms(state, who, state.former, "name", former=True)
    yield from _forms(state, adjective, state.adjectives, "demonym")
    yield from _forms(state, adjective, state.former_adjectives, "demonym", former=True)
    yield from _forms(state, people, state.demonyms, "demonym")
    yield from _forms(state, who._replace(kind="capital"), state.capitals, "metonym")
    for place in state.metonyms:
        yield from _forms(state, who._replace(kind="metonym", sector=place.sector), (place.name,), "metonym")
    yield from _contextual(state, who)


def named_forms(entry: Named) -> Iterator[SurfaceForm]:
    """All strings for a body, organ, group or outlet."""
    who = identity(entry)
    short = (entry.short,) if isinstance(entry, Body) and entry.short else ()
    yield from _forms(entry, who, (entry.name, *short, *entry.names), "name")
    yield from _contextual(entry, who)


def surface_forms(states: Iterable[State], named: Iterable[Named]) -> tuple[SurfaceForm, ...]:
    """All forms of all entries, each string at most once for an actor; the first reading is kept."""
    kept: dict[tuple[str, str], SurfaceForm] = {}
    for form in (*(f for s in states for f in state_forms(s)), *(f for e in named for f in named_forms(e))):
        kept.setdefault((form.text, form.actor_id), form)
    return tuple(kept.values())


def check_conflicts(forms: Iterable[SurfaceForm]) -> None:
    """Raise `KnowledgeError` when a string stands for two actors and more than one of them takes it as certain."""
    certain: dict[str, SurfaceForm] = {}
    for form in forms:
        if form.contextual or form.ambiguous:
            continue
        other = certain.setdefault(form.text, form)
        if other is not form:
            raise KnowledgeError(
                f"'{form.text}' stands for both {other.actor_id} ({other.actor}) and {form.actor_id} ({form.actor}); "
                "mark it as ambiguous or contextual in all of these entries but one."
            )


def _forms(
    entry: Named, who: Identity, texts: Iterable[str], how: How, *, contextual: bool = False, former: bool = False
) -> Iterator[SurfaceForm]:
    for text in texts:
        ambiguous = text in entry.ambiguous
        # "Libération" is a newspaper, "Liberation" a word: what is ambiguous keeps its accents.
        for spelling in spellings(text, bare=not ambiguous):
            yield SurfaceForm(
                text=spelling,
                actor=entry.name,
                actor_id=who.actor_id,
                country=who.country,
                sector=who.sector,
                how=how,
                kind=who.kind,
                contextual=contextual,
                ambiguous=ambiguous,
                former=former,
            )


def _contextual(entry: Named, who: Identity) -> Iterator[SurfaceForm]:
    for text in entry.contextual:
        yield from _forms(entry, who, (text,), "description" if text.startswith("the ") else "name", contextual=True)
