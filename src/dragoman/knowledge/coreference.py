"""The words that stand for somebody named before, from `coreference.yaml`."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib import resources

import msgspec
import yaml

from dragoman.errors import KnowledgeError
from dragoman.knowledge.files import typed_yaml


class Description(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns that may stand for an actor of one of the kinds, if its name has the word `named`."""

    nouns: frozenset[str]
    kinds: frozenset[str]
    named: str | None = None


class _Pronouns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    person: frozenset[str]
    thing: frozenset[str]
    plural: frozenset[str]
    first: frozenset[str]


class _Pairs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    patterns: list[str]
    nouns: list[str]
    states: frozenset[str]
    fixed: dict[str, list[str]]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pronouns: _Pronouns
    pairs: _Pairs
    states: frozenset[str]
    organs: frozenset[str]
    societies: frozenset[str]
    across: dict[str, list[str]]
    own_adjectives: dict[str, list[str]]
    descriptions: list[Description]


@dataclass(frozen=True, slots=True)
class Coreference:
    """Pronouns by number, the pattern of phrases for two or three sides, and nouns for states and bodies."""

    singular_person: frozenset[str]
    singular_thing: frozenset[str]
    plural: frozenset[str]
    first_person: frozenset[str]
    pronouns: frozenset[str]
    pairs: re.Pattern[str]
    pair_states: frozenset[str]
    fixed_pairs: dict[str, list[str]]
    states: frozenset[str]
    organs: frozenset[str]
    societies: frozenset[str]
    across: dict[str, list[str]]
    own_adjectives: dict[str, list[str]]
    standing: frozenset[str]
    descriptions: tuple[Description, ...]


@functools.cache
def load_coreference() -> Coreference:
    """Read the file once; raises `KnowledgeError` naming what in it is wrong."""
    text = resources.files("dragoman.knowledge").joinpath("coreference.yaml").read_text("utf-8")
    try:
        file = msgspec.convert(typed_yaml(text), _File)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise KnowledgeError(f"coreference.yaml: {error}") from error
    nouns = "(?:" + "|".join(sorted(file.pairs.nouns, key=lambda n: (-len(n), n))) + ")"
    patterns = "|".join(p.replace("{noun}", nouns) for p in file.pairs.patterns)
    return Coreference(
        singular_person=file.pronouns.person,
        singular_thing=file.pronouns.thing,
        plural=file.pronouns.plural,
        first_person=file.pronouns.first,
        pronouns=file.pronouns.person | file.pronouns.thing | file.pronouns.plural,
        pairs=re.compile(rf"\b(?:{patterns})\b", re.IGNORECASE),
        pair_states=file.pairs.states,
        fixed_pairs=file.pairs.fixed,
        states=file.states,
        organs=file.organs,
        societies=file.societies,
        across=file.across,
        own_adjectives=file.own_adjectives,
        standing=file.states.union(*(d.nouns for d in file.descriptions)),
        descriptions=tuple(file.descriptions),
    )
