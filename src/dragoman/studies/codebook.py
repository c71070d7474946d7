"""A study's own types as its `study.yaml` describes them, checked: names, definitions, quads, cues and examples."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, Literal

import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge.files import make_entry, read_sections
from dragoman.knowledge.ontology import HIGHEST, LOWEST
from dragoman.model import EventType

NONE: Final = "NONE"
"""What a pair of sides does to each other when it is nothing that the study is about."""
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_TYPE: Final = re.compile(r"[A-Z][A-Z0-9_-]{0,63}")
_CUE: Final = re.compile(r"\S+(?: \S+)*")


class StudyType(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One type of a study.

    `cues` are words in their dictionary form that evoke it; of several, the first is where it stands and the others
    hang together with that ("impose sanction"). `score` runs from -10 (conflict) to +10 (cooperation), `alone` is the
    side that may stand without the other, and reviewed events of the `plover` types count as labels of this type.
    """

    definition: str
    quad: Literal[1, 2, 3, 4]
    cues: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    score: float | None = None
    symmetric: bool = False
    alone: Literal["actor", "recipient"] | None = None
    plover: tuple[EventType, ...] = ()


class Codebook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A study: its name, what it is about, its types, and PLOVER's types that are never any of them (`none`).

    `topic` are words, in their dictionary form, of what the study is about: a sentence without one tells less of it.
    """

    name: str
    about: str | None = None
    types: dict[str, StudyType]
    topic: tuple[str, ...] = ()
    none: tuple[EventType, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """What a label may say: the types in their order, and NONE."""
        return (*self.types, NONE)

    def by_plover(self) -> dict[str, str]:
        """The study's type, or NONE, by the type of PLOVER that counts as it."""
        named: dict[str, str] = {plover: name for name, each in self.types.items() for plover in each.plover}
        named.update(dict.fromkeys(self.none, NONE))
        return named


def read_codebook(path: Path) -> Codebook:
    """The types of a study from its YAML file; raises `KnowledgeError` naming the file and what is wrong in it."""
    if not path.is_file():
        raise KnowledgeError(f"{path} is no file. Give the YAML file that describes the study's types.")
    content = read_sections(path)
    types = content.get("types")
    if not isinstance(types, dict) or not types:
        raise KnowledgeError(
            f"{path.name}, types: there are none. Give at least one type with a definition and a quad."
        )
    entries = {kind: make_entry(path, f"type {kind}", entry, StudyType) for kind, entry in types.items()}
    codebook = make_entry(path, "study", {**content, "types": {}}, Codebook)
    codebook = msgspec.structs.replace(codebook, types=entries)
    _check(codebook, path.name)
    return codebook


def _check(codebook: Codebook, name: str) -> None:
    if not _NAME.fullmatch(codebook.name):
        raise KnowledgeError(
            f"{name}, name: '{codebook.name}' must be of small letters, digits and hyphens; folders are named after it."
        )
    for kind, entry in codebook.types.items():
        where = f"{name}, type {kind}"
        if kind == NONE:
            raise KnowledgeError(f"{where}: NONE is what is no event of the study; give the type another name.")
        if not _TYPE.fullmatch(kind):
            raise KnowledgeError(f"{where}: names of types are of capital letters, digits, '_' and '-'.")
        if entry.score is not None and not LOWEST <= entry.score <= HIGHEST:
            raise KnowledgeError(f"{where}: the score is {entry.score:g}; scores run from -10 to 10.")
        for cue in entry.cues:
            if cue != cue.lower() or not _CUE.fullmatch(cue):
                raise KnowledgeError(f"{where}: write the cue '{cue}' in small letters with single spaces.")
        if len(set(entry.cues)) < len(entry.cues):
            raise KnowledgeError(f"{where}: a cue is listed twice.")
    for word in codebook.topic:
        if word != word.lower() or " " in word:
            raise KnowledgeError(f"{name}, topic: write '{word}' as one word in small letters.")
    _check_plover(codebook, name)


def _check_plover(codebook: Codebook, name: str) -> None:
    seen: dict[str, str] = {}
    listed = [(kind, plover) for kind, entry in codebook.types.items() for plover in entry.plover]
    for kind, plover in [*listed, *((NONE, plover) for plover in codebook.none)]:
        if plover in seen:
            raise KnowledgeError(f"{name}: {plover} counts as {seen[plover]} and as {kind}; it can be only one.")
        seen[plover] = kind
