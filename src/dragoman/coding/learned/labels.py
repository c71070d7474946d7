"""What the relation model answers with, in the order of its outputs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import get_args

from dragoman.knowledge.ontology import TYPES, load_ontology
from dragoman.model import Status

__all__ = ["ALL_MODES", "MODES", "NONE", "STATUSES", "TYPES"]

NONE = len(TYPES)  # the output after the sixteen types: the two sides do nothing to each other there
STATUSES: tuple[Status, ...] = get_args(Status)
# For each type, None (no mode fits) and its modes; empty for a type without modes.
MODES: Mapping[str, tuple[str | None, ...]] = MappingProxyType(
    {t: (None, *load_ontology().type(t).modes) if load_ontology().type(t).modes else () for t in TYPES}
)
# The outputs for modes, type after type.
ALL_MODES: tuple[tuple[str, str | None], ...] = tuple((t, m) for t in TYPES for m in MODES[t])
