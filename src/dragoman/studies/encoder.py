"""The relation model as a reader of pairs: for each question the vector that its answers are made from, and the types.

The shipped file gives out answers only. A file in ONNX is a protocol buffer, and one that is written twice is the sum
of both, so that naming one more output behind the file's bytes, in memory, is all that is needed.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Final

import numpy as np

from dragoman.coding.learned.labels import TYPES
from dragoman.coding.learned.model import VOCABULARY, WEIGHTS, Floats, RelationModel, alike, as_chances, open_session
from dragoman.coding.learned.packing import LONGEST, PIECES, Passage, pack, pieces
from dragoman.errors import KnowledgeError

VECTOR: Final = "/Mul_3_output_0"
"""The tensor between the marks of a question and its answers, as `training/export.py` names it."""
WIDTH: Final = 384
_GRAPH, _OUTPUT, _NAME = 7, 12, 1  # fields of ModelProto, GraphProto and ValueInfoProto in onnx.proto


class Encoder:
    """The relation model with the vector of each pair given out as well.

    `name` and `digest` say which model it is: what was learned from the vectors of one means nothing with another.
    """

    def __init__(self, folder: Path) -> None:
        model = RelationModel(folder)
        weights = (folder / WEIGHTS).read_bytes()
        self.name = model.card.name
        self.digest = hashlib.sha256(weights + (folder / VOCABULARY).read_bytes()).hexdigest()
        self.tokenizer, self.temperature = model.tokenizer, model.card.temperature
        try:
            self.session = open_session(weights + _more_output(VECTOR))
        except Exception as error:  # onnxruntime raises errors of its own
            raise KnowledgeError(f"The relation model in {folder} has no inner vector '{VECTOR}': {error}") from error

    def encode(self, passages: Sequence[Passage]) -> list[tuple[Floats, Floats]]:
        """For each passage the vectors (questions, WIDTH) and the chances of the types and NONE (questions, 17)."""
        found: list[tuple[Floats, Floats]] = [_nothing() for _ in passages]
        lengths = [min(LONGEST, pieces(p.text, self.tokenizer)) + PIECES * len(p.questions) for p in passages]
        for chunk in alike(lengths):
            asked = [i for i in chunk if passages[i].questions]
            if not asked:
                continue
            packed = pack([passages[i] for i in asked], self.tokenizer)
            types, vectors = self.session.run(["types", VECTOR], packed._asdict())
            chances, at = as_chances(types / self.temperature), 0
            for i in asked:
                n = len(passages[i].questions)
                found[i] = vectors[at : at + n], chances[at : at + n]
                at += n
        return found


@functools.cache
def load_encoder() -> Encoder:
    """The encoder that comes with Dragoman, loaded once a process. Raises `KnowledgeError`."""
    return Encoder(Path(str(resources.files("dragoman.coding.learned"))) / "weights")


def _nothing() -> tuple[Floats, Floats]:
    return np.zeros((0, WIDTH), np.float32), np.zeros((0, len(TYPES) + 1), np.float32)


def _more_output(name: str) -> bytes:
    """A ModelProto that holds nothing but the name of one more output of the graph."""
    return _field(_GRAPH, _field(_OUTPUT, _field(_NAME, name.encode())))


def _field(number: int, content: bytes) -> bytes:
    """A field of bytes as protocol buffers write it: number and kind, length, content."""
    return bytes([number << 3 | 2]) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    written = bytearray()
    while value > 127:
        written.append(value & 127 | 128)
        value >>= 7
    return bytes([*written, value])
