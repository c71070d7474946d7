"""Whom a brief is on: what a user writes ('PRK', 'North Korean', 'lavrov', 'UN') becomes a state, person or body."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dragoman.analysis.parties import plain
from dragoman.errors import UsageError
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.holders import load_holders
from dragoman.knowledge.state_names import load_state_names
from dragoman.model import Party

STATE_FORMS: Final = frozenset({"state", "adjective", "demonym", "capital", "metonym"})
SUGGESTED: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A state (`code` is its ISO 3166-1 alpha-3 code, all its persons and organs included) or one named actor."""

    name: str
    code: str | None = None

    @property
    def key(self) -> str:
        """What the record's filters take for it."""
        return self.code or self.name

    def holds(self, party: Party) -> bool:
        """Whether the party is this actor, or is or belongs to this state."""
        if self.code is not None:
            return party.country == self.code
        return party.actor is not None and plain(party.actor) == plain(self.name)


def find_subject(text: str, in_record: Iterable[str] = ()) -> Subject:
    """The state, person or body that a user means; `in_record` are the names of the actors in the record, gone through
    only where no state is meant.

    A state goes by its code or any of its names, adjectives, peoples, capitals, and by its name in another language; a
    person or body by its name as the record has it, by another name of a known body, or by words of its name that only
    one actor in the record has.
    Raises `UsageError` with near names for anything else, and with the candidates where several have these words.
    """
    wanted = plain(text).removeprefix("the ")
    if not wanted:
        raise UsageError("A name is empty. Give a state by code or name, or a person or body.")
    state = _state(wanted)
    if state is not None:
        return state
    names = sorted(set(in_record))
    for name in names:
        if plain(name) == wanted:
            return Subject(name=name)
    person = load_holders().person_called(text)
    if person is not None:
        return Subject(name=person.name)
    for form in load_actors().forms:
        if form.kind not in STATE_FORMS and plain(form.text).removeprefix("the ") == wanted:
            return Subject(name=form.actor)
    abroad = load_state_names().states_called(text)
    if len(abroad) == 1:
        return Subject(name=load_actors().state(abroad[0]).name, code=abroad[0])
    having = [name for name in names if set(wanted.split()) <= set(plain(name).split())]
    if len(having) > 1:
        raise UsageError(f"'{text}' may be {_listed(having[:8])}. Give the whole name.")
    if not having:
        raise UsageError(_unknown(text, wanted, names))
    return Subject(name=having[0])


def find_organ(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The state and the wordings of its organ that a user names: 'Foreign Ministry of Russia'; else None."""
    knowledge = load_actors()
    wanted = plain(text).removeprefix("the ")
    for noun in sorted(knowledge.patterns, key=len, reverse=True):
        before, found, after = f" {wanted} ".partition(f" {plain(noun)} ")
        rest = f"{before} {after}".strip().removeprefix("of ").removeprefix("the ").removesuffix("'s")
        state = _state(rest) if found and rest else None
        if state is not None and state.code is not None:
            pattern = knowledge.patterns[noun]
            return state.code, tuple(sorted({plain(w) for w in (pattern.name, *pattern.nouns)}))
    return None


def _state(wanted: str) -> Subject | None:
    knowledge = load_actors()
    found = knowledge.by_code.get(wanted.upper())
    if found is None:
        codes = {
            form.country
            for form in knowledge.forms
            if form.kind in STATE_FORMS and not form.contextual and plain(form.text).removeprefix("the ") == wanted
        }
        code = codes.pop() if len(codes) == 1 else None
        found = knowledge.by_code.get(code or "")
    return None if found is None else Subject(name=found.name, code=found.code)


def _unknown(text: str, wanted: str, names: list[str]) -> str:
    known = {plain(name): name for name in (*(s.name for s in load_actors().states), *names)}
    parts = {word: name for folded, name in known.items() for word in folded.split() if len(word) > 3}
    near = difflib.get_close_matches(wanted, sorted({*known, *parts}), n=SUGGESTED, cutoff=0.72)
    meant = list(dict.fromkeys(known.get(n) or parts[n] for n in near))
    hint = f"Did you mean {_listed(meant)}?" if meant else "'dragoman events' lists who is in the record."
    return f"Nobody in the record is called '{text}', and no state is. {hint}"


def _listed(names: list[str]) -> str:
    quoted = [f"'{name}'" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
