"""The relation model at work: passages with questions in, chances of types, statuses and modes out.

The model is one ONNX file with its tokenizer and `relations.json`, all made by `training/` (training/README.md). It
runs on one thread: Dragoman uses more processes, not more threads.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from dragoman.coding.learned.labels import ALL_MODES, MODES, NONE, STATUSES, TYPES
from dragoman.coding.learned.packing import LONGEST, PIECES, Passage, pack, pieces
from dragoman.errors import KnowledgeError
from dragoman.model import EventType, Status

WEIGHTS, VOCABULARY, CARD = "relations.onnx", "tokenizer.json", "relations.json"
# Passages read together are alike in length: what is padded costs as much as what is read, another run as much as
# `PADDED` pieces.
BATCH, PADDED = 8, 16

Floats = npt.NDArray[np.float32]


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a model is and how its scores are to be read.

    `temperature` divides the scores of types (Guo et al., 2017, arXiv:1706.04599); `made` tells how it was trained.
    """

    name: str
    types: tuple[str, ...]
    statuses: tuple[str, ...]
    modes: tuple[tuple[str, str | None], ...]
    temperature: float
    made: dict[str, object]


class Answer(NamedTuple):
    """What the model says of one question: chances of the sixteen types and, last, NONE; of statuses; of modes."""

    types: Floats
    statuses: Floats
    modes: Floats

    @property
    def type(self) -> EventType:
        """The likeliest type, if the sides do anything at all."""
        return TYPES[int(self.types[:NONE].argmax())]

    @property
    def chance(self) -> float:
        """The chance of that type."""
        return float(self.types[:NONE].max())

    @property
    def something(self) -> float:
        """The chance that the two sides do anything to each other there."""
        return 1.0 - float(self.types[NONE])

    @property
    def status(self) -> Status:
        """The likeliest status."""
        return STATUSES[int(self.statuses.argmax())]

    def mode(self, kind: EventType) -> str | None:
        """The likeliest mode of a type, None where none fits or the type has no modes."""
        first = next((i for i, (t, _) in enumerate(ALL_MODES) if t == kind), None)
        if first is None:
            return None
        return MODES[kind][int(self.modes[first : first + len(MODES[kind])].argmax())]


class RelationModel:
    """The trained model, loaded from a folder with its three files.

    Raises `KnowledgeError` where a file is missing, or answers with other labels than this version of Dragoman's.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self.card = msgspec.json.decode((folder / CARD).read_bytes(), type=Card)
            self.tokenizer = Tokenizer.from_file(str(folder / VOCABULARY))
            self.session = open_session(str(folder / WEIGHTS))
        except Exception as error:  # the three libraries raise errors of their own
            raise KnowledgeError(f"The relation model in {folder} cannot be loaded: {error}") from error
        if (self.card.types, self.card.statuses, self.card.modes) != ((*TYPES, "NONE"), STATUSES, ALL_MODES):
            raise KnowledgeError(f"The relation model in {folder} has other labels than the ontology; train it anew.")

    def answer(self, passages: Iterable[Passage]) -> Iterator[list[Answer]]:
        """The answers to each passage's questions, passages in order."""
        waiting = list(passages)
        lengths = [self._length(p) for p in waiting]
        answers: list[list[Answer]] = [[] for _ in waiting]
        for chunk in alike(lengths):
            for i, found in zip(chunk, self._read([waiting[i] for i in chunk]), strict=True):
                answers[i] = found
        return iter(answers)

    def _length(self, passage: Passage) -> int:
        """About how many pieces a passage has with its questions, as far as they are read."""
        if not passage.questions:
            return 0
        return min(LONGEST, pieces(passage.text, self.tokenizer)) + PIECES * len(passage.questions)

    def _read(self, passages: Sequence[Passage]) -> Iterator[list[Answer]]:
        if not any(p.questions for p in passages):
            yield from ([] for _ in passages)
            return
        packed = pack(passages, self.tokenizer)
        types, statuses, modes = self.session.run(None, packed._asdict())
        types, statuses = as_chances(types / self.card.temperature), as_chances(statuses)
        at = 0
        for passage in passages:
            n = len(passage.questions)
            yield [Answer(types[i], statuses[i], modes[i]) for i in range(at, at + n)]
            at += n


def open_session(weights: str | bytes) -> onnxruntime.InferenceSession:
    """An ONNX file, by its path or its content, ready to run on one thread; raises what onnxruntime raises."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(weights, options, ["CPUExecutionProvider"])


def alike(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices of what is read together, shortest first."""
    chunk: list[int] = []
    for i in sorted(range(len(lengths)), key=lambda i: (lengths[i], i)):
        if len(chunk) == BATCH or sum(lengths[i] - lengths[j] for j in chunk) > PADDED:
            yield chunk
            chunk = []
        chunk.append(i)
    if chunk:
        yield chunk


def as_chances(scores: Floats) -> Floats:
    """Each row's scores as chances that add up to one."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: Floats = raised / raised.sum(axis=1, keepdims=True)
    return chances


@functools.cache
def load_model() -> RelationModel:
    """The model that comes with Dragoman, loaded once a process. Raises `KnowledgeError`."""
    return RelationModel(Path(str(resources.files("dragoman.coding.learned"))) / "weights")
