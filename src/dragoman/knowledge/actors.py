"""Actor knowledge other than office holders: the files about states, bodies, organs, groups, outlets, agents and
titles become one checked, immutable `ActorKnowledge`.

Holders of offices have a loader of their own, since they hang on dates.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from dragoman.errors import KnowledgeError
from dragoman.knowledge.entries import (
    Agent,
    Body,
    Group,
    Named,
    Organ,
    OrganPattern,
    Outlet,
    Sector,
    State,
    SurfaceForm,
    Title,
)
from dragoman.knowledge.files import (
    KNOWLEDGE,
    check_known,
    check_unique,
    make_entries,
    make_entry,
    read_entries,
    read_sections,
)
from dragoman.knowledge.surface import check_conflicts, surface_forms

SECTORS: tuple[str, ...] = get_args(Sector)
ORGAN_SECTIONS = ("patterns", "states")
TITLE_SECTIONS = ("titles", "ranks", "honorifics", "former", "qualifiers")


@dataclass(frozen=True, slots=True)
class ActorKnowledge:
    """Everything that is known of actors without a date.

    `agents` gives the sector of a common noun in lower case, singular or plural; `patterns` that of an organ's noun
    ("foreign ministry") with its canonical wording; `titles` has an entry for every wording of a title: lower case for
    words, as written for abbreviations ("FM"). `ranks` are titles before a name that give a sector ("Gen." MIL),
    `honorifics` those that give none, longest first; `former` marks a former holder (sector ELI); `qualifiers` may
    stand before a title without changing it ("acting", "deputy").
    """

    states: tuple[State, ...]
    bodies: tuple[Body, ...]
    organs: tuple[Organ, ...]
    groups: tuple[Group, ...]
    outlets: tuple[Outlet, ...]
    agents: Mapping[str, Sector]
    agent_plurals: frozenset[str]
    patterns: Mapping[str, OrganPattern]
    titles: Mapping[str, Title]
    title_plurals: Mapping[str, Title]
    ranks: Mapping[str, Sector]
    honorifics: tuple[str, ...]
    former: tuple[str, ...]
    qualifiers: tuple[str, ...]
    forms: tuple[SurfaceForm, ...]
    by_code: Mapping[str, State]

    def state(self, code: str) -> State:
        """The state with an ISO 3166-1 alpha-3 code; raises `KeyError` for a code that is none."""
        return self.by_code[code]

    def surface_forms(self) -> Iterator[SurfaceForm]:
        """Every string that names a state, body, organ, group or outlet, in the order of the files."""
        return iter(self.forms)


@functools.cache
def load_actors(folder: Path = KNOWLEDGE) -> ActorKnowledge:
    """Read and check the actor files of a folder, once a process.

    Raises `KnowledgeError` naming file and entry for unknown or missing keys, unknown codes and sectors, names given
    twice, notes on forms that are not there, and strings that two actors claim.
    """
    states = read_entries(folder / "states.yaml", State)
    check_unique(folder / "states.yaml", states, lambda s: s.code, "code")
    codes = MappingProxyType({state.code: state for state in states})

    bodies = read_entries(folder / "bodies.yaml", Body)
    organs, patterns = _read_organs(folder / "organs.yaml", codes)
    groups = read_entries(folder / "groups.yaml", Group)
    outlets = read_entries(folder / "outlets.yaml", Outlet)
    agents = _read_agents(folder / "agents.yaml")
    titles = read_sections(folder / "titles.yaml")
    title_list = _read_titles(folder / "titles.yaml", titles, codes)

    _check_ids(folder, bodies, organs, groups, outlets)
    _check_codes(folder, bodies, groups, outlets, codes)
    for file, entries in (("states", states), ("bodies", bodies), ("organs", organs), ("groups", groups)):
        _check_names(folder / f"{file}.yaml", entries)
    _check_names(folder / "outlets.yaml", outlets)
    forms = surface_forms(states, (*bodies, *organs, *groups, *outlets))
    check_conflicts(forms)

    return ActorKnowledge(
        states=states,
        bodies=bodies,
        organs=organs,
        groups=groups,
        outlets=outlets,
        agents=MappingProxyType({noun: a.sector for a in agents for noun in (a.singular, a.plural)}),
        agent_plurals=frozenset(a.plural for a in agents),
        patterns=MappingProxyType({noun: pattern for pattern in patterns for noun in pattern.nouns}),
        titles=MappingProxyType({w: t for t in title_list for w in (t.title, *t.names, *t.abbreviations)}),
        title_plurals=MappingProxyType({w: t for t in title_list for w in t.plurals}),
        ranks=_read_ranks(folder / "titles.yaml", titles["ranks"]),
        honorifics=_read_words(folder / "titles.yaml", "honorifics", titles["honorifics"]),
        former=_read_words(folder / "titles.yaml", "former", titles["former"]),
        qualifiers=_read_words(folder / "titles.yaml", "qualifiers", titles["qualifiers"]),
        forms=forms,
        by_code=codes,
    )


def _read_organs(path: Path, codes: Mapping[str, State]) -> tuple[tuple[Organ, ...], tuple[OrganPattern, ...]]:
    sections = read_sections(path)
    _check_sections(path, sections, ORGAN_SECTIONS)
    patterns = make_entries(path, sections["patterns"], OrganPattern)
    _check_once(path, ((noun, pattern.name) for pattern in patterns for noun in pattern.nouns), "noun")
    if not isinstance(sections["states"], dict):
        raise KnowledgeError(f"{path.name}, section 'states': must be a mapping of state codes to lists of organs.")
    organs: list[Organ] = []
    for code, entries in sections["states"].items():
        check_known(path, code, code, codes, "state code")
        organs += make_entries(path, entries, Organ, country=code)
    return tuple(organs), patterns


def _read_agents(path: Path) -> tuple[Agent, ...]:
    agents: list[Agent] = []
    for sector, nouns in read_sections(path).items():
        check_known(path, sector, sector, SECTORS, "sector")
        if not isinstance(nouns, dict):
            raise KnowledgeError(f"{path.name}, section '{sector}': must be a mapping of singulars to plurals.")
        for singular, plural in nouns.items():
            content = {"singular": singular, "plural": plural, "sector": sector}
            agents.append(make_entry(path, f"entry '{singular}'", content, Agent))
    _check_once(path, ((noun, a.singular) for a in agents for noun in {a.singular, a.plural}), "noun")
    return tuple(agents)


def _read_titles(path: Path, sections: Mapping[str, object], codes: Mapping[str, State]) -> tuple[Title, ...]:
    _check_sections(path, sections, TITLE_SECTIONS)
    titles = make_entries(path, sections["titles"], Title)
    _check_once(path, ((w, t.title) for t in titles for w in (t.title, *t.names, *t.abbreviations)), "title")
    _check_once(path, ((word, t.title) for t in titles for word in t.plurals), "plural")
    for title in titles:
        for code in title.countries:
            check_known(path, title.title, code, codes, "state code")
    return titles


def _read_ranks(path: Path, section: object) -> Mapping[str, Sector]:
    if not isinstance(section, dict):
        raise KnowledgeError(f"{path.name}, section 'ranks': must be a mapping of sectors to lists of ranks.")
    ranks: dict[str, Sector] = {}
    for sector, words in section.items():
        check_known(path, sector, sector, SECTORS, "sector")
        ranks.update(dict.fromkeys(_read_words(path, "ranks", words), sector))
    return MappingProxyType(ranks)


def _read_words(path: Path, section: str, words: object) -> tuple[str, ...]:
    """A list of words, longest first, so that the first that fits is the one to take."""
    read = make_entry(path, f"section '{section}'", words, tuple[str, ...])
    _check_once(path, ((word, word) for word in read), f"word of section '{section}'")
    return tuple(sorted(read, key=lambda word: (-len(word), word)))


def _check_sections(path: Path, sections: Mapping[str, object], wanted: Iterable[str]) -> None:
    for name in wanted:
        if name not in sections:
            raise KnowledgeError(f"{path.name}: section '{name}' is missing; add it.")
    for name in sections:
        check_known(path, name, name, wanted, "section")


def _check_once(path: Path, words: Iterable[tuple[str, str]], what: str) -> None:
    """Raise `KnowledgeError` when a word comes twice; `words` are pairs of a word and the entry it stands in."""
    seen: dict[str, str] = {}
    for word, entry in words:
        if word in seen:
            raise KnowledgeError(f"{path.name}, entry '{entry}': {what} '{word}' also stands in entry '{seen[word]}'.")
        seen[word] = entry


def _check_ids(
    folder: Path, bodies: tuple[Body, ...], organs: tuple[Organ, ...], groups: tuple[Group, ...], outlets: tuple[Outlet, ...]
) -> None:
    check_unique(folder / "bodies.yaml", bodies, lambda b: b.id, "id")
    check_unique(folder / "organs.yaml", organs, lambda o: (o.country, o.id), "id")
    check_unique(folder / "groups.yaml", groups, lambda g: g.id, "id")
    check_unique(folder / "outlets.yaml", outlets, lambda o: o.id, "id")


def _check_codes(
    folder: Path,
    bodies: tuple[Body, ...],
    groups: tuple[Group, ...],
    outlets: tuple[Outlet, ...],
    codes: Mapping[str, State],
) -> None:
    ids = {body.id for body in bodies}
    for body in bodies:
        if body.parent is not None:
            check_known(folder / "bodies.yaml", body.name, body.parent, ids, "parent")
        for code in body.members:
            check_known(folder / "bodies.yaml", body.name, code, codes, "state code")
    for group in groups:
        if group.country is not None:
            check_known(folder / "groups.yaml", group.name, group.country, codes, "state code")
    for outlet in outlets:
        check_known(folder / "outlets.yaml", outlet.name, outlet.country, codes, "state code")


def _check_names(path: Path, entries: tuple[Named, ...]) -> None:
    """No canonical name twice, no form twice in an entry, no note on a form that the entry does not have."""
    check_unique(path, entries, lambda e: e.name, "name")
    for entry in entries:
        forms = _written(entry)
        _check_once(path, ((form, entry.name) for form in forms), "form")
        for form in entry.ambiguous:
            check_known(path, entry.name, form, forms, "form in 'ambiguous'")


def _written(entry: Named) -> tuple[str, ...]:
    """The forms of an entry as its file gives them."""
    forms = (entry.name, *entry.names, *entry.contextual)
    if isinstance(entry, State):
        forms += (*entry.former, *entry.adjectives, *entry.former_adjectives, *entry.demonyms)
        # A city state's capital may be called like the state.
        forms += tuple(c for c in entry.capitals if c != entry.name) + tuple(place.name for place in entry.metonyms)
    if isinstance(entry, Body) and entry.short is not None:
        forms += (entry.short,)
    return forms
