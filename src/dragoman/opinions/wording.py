"""The words with which a model is asked, from `wording.yaml`: loaded once, checked, and put together to a codebook.

Apart from the question about an event, since they are the same for every event.
"""

from __future__ import annotations

import functools
from importlib import resources
from typing import get_args

import msgspec
import yaml

from dragoman.errors import KnowledgeError
from dragoman.knowledge.ontology import load_ontology
from dragoman.model import Status


class Wording(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole of `wording.yaml`."""

    version: int
    task: str
    types: str
    rules_title: str
    rules: tuple[str, ...]
    statuses_title: str
    statuses: dict[str, str]
    answer: str
    nobody: str
    again: str
    refusals: tuple[str, ...]

    def refuses(self, content: str) -> bool:
        """Whether an answer begins as refusals do."""
        return content.strip().lower().startswith(self.refusals)


@functools.cache
def load_wording() -> Wording:
    """The wording that comes with Dragoman; raises `KnowledgeError` where it is not as it must be."""
    try:
        text = resources.files("dragoman.opinions").joinpath("wording.yaml").read_text(encoding="utf-8")
        wording = msgspec.convert(yaml.safe_load(text), Wording)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise KnowledgeError(f"wording.yaml cannot be read: {error}") from error
    if tuple(wording.statuses) != get_args(Status):
        raise KnowledgeError(f"wording.yaml: 'statuses' must be {', '.join(get_args(Status))}, in this order.")
    return wording


@functools.cache
def codebook() -> str:
    """The system message: the task, the types with their modes, how to read, the statuses, the form of an answer."""
    wording = load_wording()
    types = []
    for name, entry in load_ontology().types.items():
        modes = f" Modes: {', '.join(entry.modes)}." if entry.modes else ""
        types.append(f"{name}: {entry.means}{modes}")
    parts = (
        wording.task,
        "\n".join([wording.types, *types]),
        "\n".join([wording.rules_title, *(f"- {rule}" for rule in wording.rules)]),
        "\n".join([wording.statuses_title, *(f"{name}: {means}" for name, means in wording.statuses.items())]),
        wording.answer,
    )
    return "\n\n".join(parts)
