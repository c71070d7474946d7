"""Words by which a speaker judges, warns or instructs others, from `stances.yaml`, with the act they amount to."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge.files import KNOWLEDGE, read_yaml
from dragoman.model import EventType


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    blame: list[str]
    threat: list[str]
    demand: list[str]


@functools.cache
def load_stances() -> Mapping[str, EventType]:
    """The act that each word amounts to, by lemma; raises `KnowledgeError` naming what in the file is wrong."""
    try:
        file = msgspec.convert(read_yaml(KNOWLEDGE / "stances.yaml"), _File)
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"stances.yaml: {error}") from error
    found: dict[str, EventType] = {}
    listed: tuple[tuple[EventType, list[str]], ...] = (
        ("ACCUSE", file.blame), ("THREATEN", file.threat), ("REQUEST", file.demand),
    )  # fmt: skip
    for kind, lines in listed:
        for word in (word.strip() for line in lines for word in line.split(",")):
            if word in found:
                raise KnowledgeError(f"stances.yaml: {word!r} stands there twice.")
            found[word] = kind
    return found
