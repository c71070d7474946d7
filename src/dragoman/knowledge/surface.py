"""Surface forms: entries of actor knowledge become the strings that a text may name them by.

Separate because the automaton that finds mentions needs strings, and the rules for spelling variants are the same for
all kinds of entries.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from dragoman.errors import KnowledgeError
from dragoman.knowledge.entries import Body, FormKind, Group, Named, Organ, Outlet, Sector, State, SurfaceForm
from dragoman.model import How


def spellings(text: str) -> tuple[str, ...]:
    """The ways in which one name is typed: straight and curly apostrophe, with and without diacritics."""
    found = [text]
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    if not text.isascii() and plain != text:
        found.append(plain)
    found += [form.replace("'", "’") for form in found if "'" in form]
    if text.startswith("the "):
        found += ["T" + form[1:] for form in found]
    return tuple(found)


def state_forms(state: State) -> Iterator[SurfaceForm]:
    """All strings for a state. A state acts as its government; its adjective has no sector; its people are CVL."""
    groups: list[tuple[Sequence[str], FormKind, How, Sector | None, bool]] = [
        ((state.name, *state.names), "state", "name", "GOV", False),
        (state.former, "state", "name", "GOV", True),
        (state.adjectives, "adjective", "demonym", None, False),
        (state.former_adjectives, "adjective", "demonym", None, True),
        (state.demonyms, "demonym", "demonym", "CVL", False),
        (state.capitals, "capital", "metonym", "GOV", False),
    ]
    groups += [((place.name,), "metonym", "metonym", place.sector, False) for place in state.metonyms]
    for texts, kind, how, sector, former in groups:
        yield from _forms(state, f"state:{state.code}", state.code, texts, kind, how, sector, former=former)
    yield from _contextual(state, f"state:{state.code}", state.code, "state", "GOV")


def named_forms(entry: Body | Organ | Group | Outlet) -> Iterator[SurfaceForm]:
    """All strings for a body, organ, group or outlet."""
    kind, actor_id, country, sector = _identity(entry)
    short = (entry.short,) if isinstance(entry, Body) and entry.short else ()
    yield from _forms(entry, actor_id, country, (entry.name, *short, *entry.names), kind, "name", sector)
    yield from _contextual(entry, actor_id, country, kind, sector)


def surface_forms(states: Iterable[State], named: Iterable[Body | Organ | Group | Outlet]) -> tuple[SurfaceForm, ...]:
    """All forms of all entries, each string at most once for an actor; the first and most specific reading is kept."""
    kept: dict[tuple[str, str], SurfaceForm] = {}
    for state in states:
        for form in state_forms(state):
            kept.setdefault((form.text, form.actor_id), form)
    for entry in named:
        for form in named_forms(entry):
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
    entry: Named,
    actor_id: str,
    country: str | None,
    texts: Iterable[str],
    kind: FormKind,
    how: How,
    sector: Sector | None,
    *,
    contextual: bool = False,
    former: bool = False,
) -> Iterator[SurfaceForm]:
    for text in texts:
        for spelling in spellings(text):
            yield SurfaceForm(
                text=spelling,
                actor=entry.name,
                actor_id=actor_id,
                country=country,
                sector=sector,
                how=how,
                kind=kind,
                contextual=contextual,
                ambiguous=text in entry.ambiguous,
                former=former,
            )


def _contextual(
    entry: Named, actor_id: str, country: str | None, kind: FormKind, sector: Sector | None
) -> Iterator[SurfaceForm]:
    for text in entry.contextual:
        how: How = "description" if text.startswith("the ") else "name"
        yield from _forms(entry, actor_id, country, (text,), kind, how, sector, contextual=True)


def _identity(entry: Body | Organ | Group | Outlet) -> tuple[FormKind, str, str | None, Sector]:
    match entry:
        case Body():
            return "body", f"body:{entry.id}", None, entry.sector
        case Organ():
            return "organ", f"organ:{entry.country.lower()}-{entry.id}", entry.country, entry.sector
        case Group():
            return "group", f"group:{entry.id}", entry.country, entry.sector
        case Outlet():
            return "outlet", f"outlet:{entry.id}", entry.country, "JRN"
