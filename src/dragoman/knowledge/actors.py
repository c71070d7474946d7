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
from dragoman.knowledge.surface import check_conflicts, identity, surface_forms

ORGAN_SECTIONS = ("patterns", "states")
TITLE_SECTIONS = ("titles", "ranks", "honorifics", "former", "qualifiers")


@dataclass(frozen=True, slots=True)
class ActorKnowledge:
    """Everything that is known of actors without a date.

    `agents` gives the sector of a common noun in lower case, singular or plural; `patterns` that of an organ's noun
    ("foreign ministry") with its canonical wording; `titles` has an entry for every wording of a title: lower case for
    words, as written for abbreviations ("FM"). `ranks` are titles before a name that give a sector ("Gen." MIL),
    `honorifics` those that give none, longest first; `former` marks a former holder (sector ELI); `qualifiers` may
    stand before a title without changing it ("acting", "deputy"). `blockers` are strings such as "New Mexico" that
    contain an actor's name and stand for none; `ambiguous` forms may also be something else ("Jordan").
    `by_code` finds a state, `by_id` any actor by its stable id
    ("state:PRK", "body:un", "organ:rus-fsb", "group:hamas", "outlet:kcna").
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
    blockers: tuple[str, ...]
    forms: tuple[SurfaceForm, ...]
    by_code: Mapping[str, State]
    ambiguous: frozenset[str]
    by_id: Mapping[str, Named]

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

    files = {"states": states, "bodies": bodies, "organs": organs, "groups": groups, "outlets": outlets}
    for file, entries in files.items():
        _check_entries(folder / f"{file}.yaml", entries, codes)
    blockers = read_sections(folder / "blockers.yaml")
    named = (*bodies, *organs, *groups, *outlets)
    forms = surface_forms(states, named)
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
        blockers=tuple(
            sorted(w for name, ws in blockers.items() for w in _read_words(folder / "blockers.yaml", name, ws))
        ),
        forms=forms,
        by_code=codes,
        ambiguous=frozenset(form.text for form in forms if form.ambiguous),
        by_id=MappingProxyType({identity(e).actor_id: e for e in (*states, *named)}),
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
    by_sector = make_entry(path, "sections", read_sections(path), dict[Sector, dict[str, str]])
    agents = tuple(
        Agent(singular=singular, plural=plural, sector=sector)
        for sector, nouns in by_sector.items()
        for singular, plural in nouns.items()
    )
    _check_once(path, ((noun, a.singular) for a in agents for noun in {a.singular, a.plural}), "noun")
    return agents


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
    by_sector = make_entry(path, "section 'ranks'", section, dict[Sector, tuple[str, ...]])
    _check_once(path, ((word, sector) for sector, words in by_sector.items() for word in words), "rank")
    return MappingProxyType({word: sector for sector, words in by_sector.items() for word in words})


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


def _check_entries(path: Path, entries: tuple[Named, ...], codes: Mapping[str, State]) -> None:
    """No id or canonical name twice, no form twice in an entry, no note on a form, code or parent that is not there."""
    check_unique(path, entries, lambda e: identity(e).actor_id, "id")
    check_unique(path, entries, lambda e: e.name, "name")
    ids = {entry.id for entry in entries if isinstance(entry, Body)}
    for entry in entries:
        forms = _written(entry)
        _check_once(path, ((form, entry.name) for form in forms), "form")
        for form in entry.ambiguous:
            check_known(path, entry.name, form, forms, "form in 'ambiguous'")
        if isinstance(entry, Body) and entry.parent is not None:
            check_known(path, entry.name, entry.parent, ids, "parent")
        for code in entry.members if isinstance(entry, Body) else (identity(entry).country,):
            if code is not None:
                check_known(path, entry.name, code, codes, "state code")


def _written(entry: Named) -> tuple[str, ...]:
    """The forms of an entry as its file gives them."""
    forms = (entry.name, *entry.names, *entry.contextual)
    if isinstance(entry, State):
        forms += (*entry.former, *entry.adjectives, *entry.former_adjectives, *entry.demonyms)
        # A city state's capital may be called like the state.
        forms += tuple(c for c in entry.capitals if c != entry.name) + tuple(place.name for place in entry.metonyms)
    if isinstance(entry, Body) and entry.short not in (None, entry.name):
        forms += (entry.short,)
    return forms
