"""The event ontology: its sixteen types with quad, score and modes, the contexts, and the sectors of an actor.

It stands apart from the predicate lexicon because everything that shows an event needs it, and only coding needs verbs.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

import msgspec
import yaml

from dragoman.errors import KnowledgeError, UsageError
from dragoman.knowledge.files import typed_yaml
from dragoman.model import EventType

TYPES: tuple[EventType, ...] = get_args(EventType)
LOWEST, HIGHEST = -10.0, 10.0


class TypeEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One event type: `score` runs from -10 (conflict) to +10 (cooperation); a mode scored None takes the type's."""

    quad: int
    score: float
    means: str
    cameo: tuple[str, ...]
    modes: dict[str, float | None] = {}


class Ontology(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole ontology as `ontology.yaml` gives it."""

    quads: dict[int, str]
    types: dict[str, TypeEntry]
    contexts: tuple[str, ...]
    sectors: dict[str, str]

    def type(self, name: str) -> TypeEntry:
        """The entry of an event type; raises `UsageError` for a name that is not one of the sixteen."""
        try:
            return self.types[name]
        except KeyError:
            known = ", ".join(self.types)
            raise UsageError(f"Unknown event type '{name}'; the types are {known}.") from None

    def intensity(self, name: str, mode: str | None = None) -> float:
        """PLOVER's score of a type, or of its mode where that has one of its own, from -10 to +10.

        Raises `UsageError` for an unknown type or a mode that the type does not have.
        """
        entry = self.type(name)
        if mode is None:
            return entry.score
        if mode not in entry.modes:
            known = ", ".join(entry.modes) or "none"
            raise UsageError(f"{name} has no mode '{mode}'; its modes are: {known}.")
        score = entry.modes[mode]
        return entry.score if score is None else score

    def of_quad(self, quad: int) -> tuple[str, ...]:
        """The types of a quad, in the order of the ontology."""
        return tuple(name for name, entry in self.types.items() if entry.quad == quad)

    @property
    def quad_of(self) -> Mapping[str, int]:
        """Quad by type."""
        return MappingProxyType({name: entry.quad for name, entry in self.types.items()})


@functools.cache
def load_ontology(path: Path | None = None) -> Ontology:
    """The ontology from `path`, by default the one that comes with Dragoman; read and checked once a process.

    Raises `KnowledgeError` where the file is not as it must be.
    """
    source = path or resources.files("dragoman.knowledge").joinpath("ontology.yaml")
    name = path.name if path else "ontology.yaml"
    try:
        content: Any = typed_yaml(source.read_text(encoding="utf-8"))
        ontology = msgspec.convert(content, Ontology)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise KnowledgeError(f"{name} cannot be read as an ontology: {error}") from error
    _check(ontology, name)
    return ontology


def intensity(type_name: str, mode: str | None = None) -> float:
    """The score of a type or mode in the ontology that comes with Dragoman, from -10 to +10."""
    return load_ontology().intensity(type_name, mode)


def _check(ontology: Ontology, name: str) -> None:
    if tuple(ontology.types) != TYPES:
        raise KnowledgeError(f"{name}: the types must be these, in this order: {', '.join(TYPES)}.")
    for type_name, entry in ontology.types.items():
        if entry.quad not in ontology.quads:
            raise KnowledgeError(f"{name}: type {type_name} has quad {entry.quad}, which is not under 'quads'.")
        for score in (entry.score, *(s for s in entry.modes.values() if s is not None)):
            if not LOWEST <= score <= HIGHEST:
                raise KnowledgeError(f"{name}: type {type_name} has the score {score}; scores run from -10 to 10.")
    if len(set(ontology.contexts)) != len(ontology.contexts):
        raise KnowledgeError(f"{name}: a context is listed twice.")
