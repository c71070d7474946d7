"""A trained study: a folder with its types, the weights that were learned, and a card that says how and how well.

The folder can be handed on. It holds no code; opening it reads YAML, JSON and arrays.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

import msgspec

from dragoman.errors import InputError, UsageError
from dragoman.knowledge.ontology import TYPES
from dragoman.studies.codebook import NONE, Codebook, read_codebook
from dragoman.studies.encoder import WIDTH, Encoder
from dragoman.studies.head import Head, load_head, save_head
from dragoman.studies.validation import Validation
from dragoman.version import __version__

TYPES_FILE, WEIGHTS_FILE, CARD_FILE = "study.yaml", "weights.npz", "card.json"
_FORMAT: Final = "dragoman-study-1"


class Card(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a study was made with and how well it does: `labels` by type, `thin` those too few to be learned.

    `encoder` is the digest of the relation model whose vectors it was learned on, `weights` that of the weights,
    `texts` are those of the labelled texts and articles.
    """

    format: str
    name: str
    dragoman: str
    encoder_name: str
    encoder: str
    weights: str
    types: tuple[str, ...]
    labels: dict[str, int]
    thin: tuple[str, ...]
    validation: Validation
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """A study that can code: its types, its head, what is known of how well it does, and digests of what it saw."""

    codebook: Codebook
    head: Head
    validation: Validation
    counts: Mapping[str, int]
    thin: tuple[str, ...]
    texts: frozenset[str]
    encoder: str
    encoder_name: str

    @property
    def name(self) -> str:
        """The study's name."""
        return self.codebook.name

    @property
    def types(self) -> tuple[str, ...]:
        """The types that were learned, in the codebook's order."""
        return tuple(kind for kind in self.codebook.types if kind in self.head.types)

    @property
    def digest(self) -> str:
        """What makes this study's codings, in 16 hexadecimal digits: types, weights, and the model beneath."""
        held = hashlib.sha256(msgspec.json.encode(self.codebook))
        for array in (self.head.mean, self.head.scale, self.head.weights, self.head.constant):
            held.update(array.tobytes())
        held.update(f"{self.encoder}{self.head.types}".encode())
        return held.hexdigest()[:16]

    def check(self, encoder: Encoder) -> None:
        """Raise `UsageError` unless the study was trained on the vectors of this model."""
        if self.encoder != encoder.digest:
            raise UsageError(
                f"The study '{self.name}' was trained on the relation model {self.encoder_name} "
                f"({self.encoder[:8]}); this Dragoman has {encoder.name} ({encoder.digest[:8]}). Train the study anew "
                "from its labels with 'dragoman study train'."
            )


def feature_count(codebook: Codebook) -> int:
    """How many numbers describe a pair: the vector, PLOVER's types with NONE, two for each type's cues, the topic."""
    return WIDTH + len(TYPES) + 1 + 2 * len(codebook.types) + 1


def save_study(study: Study, types: Path, folder: Path) -> None:
    """Write a study to a folder that is new, or holds a study that it takes the place of.

    `types` is the YAML file that it was read from, copied as it is. Raises `UsageError` for a folder of other things.
    """
    check_folder(folder)
    part = folder.with_name(f"{folder.name}.{uuid4().hex[:8]}.part")
    try:
        part.mkdir(parents=True)
        shutil.copyfile(types, part / TYPES_FILE)
        save_head(study.head, part / WEIGHTS_FILE)
        (part / CARD_FILE).write_bytes(_card(study, _sha(part / WEIGHTS_FILE)))
        folder.mkdir(exist_ok=True)
        for name in (TYPES_FILE, WEIGHTS_FILE, CARD_FILE):  # the card last: it vouches for the weights
            (part / name).replace(folder / name)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written ({error.strerror}). Give another folder.") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def check_folder(folder: Path) -> None:
    """Raise `UsageError` for a folder of other things than a study, before any time goes into one."""
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / CARD_FILE).is_file())):
        raise UsageError(f"{folder} holds other things and no study. Give a folder that is new or empty.")


def load_study(folder: Path) -> Study:
    """A trained study from its folder.

    Raises `UsageError` where there is none, `InputError` or `KnowledgeError` for files that do not fit together.
    """
    card_file = folder / CARD_FILE
    if not card_file.is_file():
        raise UsageError(f"{folder} is no trained study: it has no {CARD_FILE}. 'dragoman study train' makes one.")
    try:
        card = msgspec.json.decode(card_file.read_bytes(), type=Card)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError(f"{error}; train the study anew.", source=str(card_file)) from error
    if card.format != _FORMAT:
        raise InputError(f"this is '{card.format}', not '{_FORMAT}'.", source=str(card_file), field="format")
    codebook = read_codebook(folder / TYPES_FILE)
    weights = folder / WEIGHTS_FILE
    if not weights.is_file() or _sha(weights) != card.weights:
        raise InputError(
            "the weights are not those that the card speaks of; train the study anew.", source=str(weights)
        )
    if set(card.types) - set(codebook.labels) or NONE not in card.types or card.name != codebook.name:
        what = f"the types are no longer those that were learned ({', '.join(card.types)}); train the study anew."
        raise InputError(what, source=str(folder / TYPES_FILE), field="types")
    return Study(
        codebook=codebook,
        head=load_head(weights, card.types, feature_count(codebook)),
        validation=card.validation,
        counts=card.labels,
        thin=card.thin,
        texts=frozenset(card.texts),
        encoder=card.encoder,
        encoder_name=card.encoder_name,
    )


def _card(study: Study, weights: str) -> bytes:
    card = Card(
        format=_FORMAT,
        name=study.name,
        dragoman=__version__,
        encoder_name=study.encoder_name,
        encoder=study.encoder,
        weights=weights,
        types=study.head.types,
        labels=dict(study.counts),
        thin=study.thin,
        validation=study.validation,
        texts=tuple(sorted(study.texts)),
    )
    return msgspec.json.format(msgspec.json.encode(card), indent=1) + b"\n"


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
