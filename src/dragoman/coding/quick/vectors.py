"""spaCy's word vectors in context with less work: what hangs on a word alone is worked out once a word.

It stands in for the `tok2vec` layers of spaCy's small pipelines (hashed embeddings, then windows of words) and answers
as they do, but for the last digits of a float. The multiplications go through numpy, whose BLAS is three times as fast
as the one that spaCy brings. A pipeline built otherwise (vectors of its own, a transformer) is left as it is.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, Ragged

from dragoman.coding.quick.threads import one_thread

Floats = npt.NDArray[np.float32]

MOST_WORDS = 40_000  # remembered at a time; 400 bytes each
ROWS = 1_000  # words worked on together: what a processor keeps near at hand
SMALLEST = np.float32(1e-8)  # added to variances, as thinc does
EMBEDDED = "extract_features>>list2ragged>>with_array("
ENCODED = "residual(expand_window>>maxout>>layernorm>>dropout)"


class Layer(NamedTuple):
    """A maxout over windows, normalised: `weights` (window, pieces times width), one piece after another."""

    weights: Floats
    bias: Floats
    gain: Floats
    shift: Floats
    pieces: int


def quicken(nlp: Language) -> None:
    """Put these vectors in the place of a pipeline's own, wherever its layers are those that this module knows."""
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        if not isinstance(model, Model):
            continue
        if is_known(model):
            pipe.model = quick(model)  # type: ignore[attr-defined]
            continue
        for node in [n for n in model.walk() if is_known(n)]:
            model.replace_node(node, quick(node))


def is_known(model: Model[Any, Any]) -> bool:
    """Whether a layer is hashed embeddings of words and windows of three, no more and no less."""
    if len(model.layers) != 2:
        return False
    embed, encode = model.layers
    layers = encode.layers[0].layers if encode.name.startswith("with_array(") and encode.layers else []
    return (
        embed.name.startswith(EMBEDDED)
        and embed.name.endswith(">>with_array(maxout>>layernorm>>dropout)>>ragged2list")
        and len(embed.layers) == 5
        and bool(layers)
        and all(layer.name == ENCODED and _window(layer) == 1 for layer in layers)
        and encode.attrs["pad"] == len(layers)
    )


def _window(layer: Model[Any, Any]) -> int:
    return int(next(n.attrs["window_size"] for n in layer.walk() if n.name == "expand_window"))


def quick(model: Model[Any, Any]) -> Model[Any, Any]:
    """A layer that answers as `model` does, for prediction only."""
    vectors = Vectors(model)

    def forward(_: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[list[Floats], Any]:
        if is_train:
            raise NotImplementedError("The quickened pipeline cannot be trained; load it with spaCy.")
        with one_thread():
            return vectors.of(docs), None

    return Model("quick_tok2vec", forward, dims={"nO": vectors.width})


class Vectors:
    """The vectors of the words of documents, each as it stands among its neighbours."""

    def __init__(self, model: Model[Any, Any]) -> None:
        extract, _, hashed, mixed, _ = model.layers[0].layers
        self.columns = list(extract.attrs["columns"])
        self.hashed, self.mixed = hashed, mixed
        self.layers = [_layer(layer) for layer in model.layers[1].layers[0].layers]
        self.width = len(self.layers[0].gain)
        self.pad = len(self.layers)
        self._row_of: dict[bytes, int] = {}
        self._known: Floats = np.zeros((1024, self.width), dtype=np.float32)

    def of(self, docs: Sequence[Doc]) -> list[Floats]:
        """One array (words, width) a document."""
        lengths = [len(doc) for doc in docs]
        words = self._embedded(docs)
        # As spaCy does, so many rows of nothing stand between documents that none sees the next.
        starts = [self.pad + at + i * self.pad for i, at in enumerate(itertools.accumulate([0, *lengths[:-1]]))]
        rows = sum(lengths) + self.pad * (len(docs) + 1)
        x = np.zeros((rows, self.width), dtype=np.float32)
        at = 0
        for start, length in zip(starts, lengths, strict=True):
            x[start : start + length] = words[at : at + length]
            at += length
        found = np.empty_like(x)
        for first, last in _chunks(starts, rows, self.pad):
            found[first:last] = self._encoded(x[first:last])
        return [found[start : start + length] for start, length in zip(starts, lengths, strict=True)]

    def _embedded(self, docs: Sequence[Doc]) -> Floats:
        """The vectors of the words by themselves, those of all documents one after another."""
        features = np.concatenate([doc.to_array(self.columns).reshape(len(doc), len(self.columns)) for doc in docs])
        keys = features.view(f"V{features.itemsize * features.shape[1]}").ravel().tolist()
        new = {key: i for i, key in enumerate(keys) if key not in self._row_of}
        if len(self._row_of) + len(new) > MOST_WORDS:
            self._row_of = {}
            new = {key: i for i, key in enumerate(keys)}
        if new:
            self._learn(list(new), features[list(new.values())])
        return self._known[[self._row_of[key] for key in keys]]

    def _learn(self, keys: list[bytes], features: npt.NDArray[np.uint64]) -> None:
        first = len(self._row_of)
        self._row_of.update(zip(keys, range(first, first + len(keys)), strict=True))
        while len(self._known) < len(self._row_of):
            self._known = np.concatenate([self._known, np.zeros_like(self._known)])
        lengths = np.array([len(features)], dtype=np.int32)
        words: Any = Ragged(features, lengths)  # type: ignore[arg-type]
        self._known[first : first + len(keys)] = self.mixed.predict(self.hashed.predict(words)).dataXd

    def _encoded(self, x: Floats) -> Floats:
        """The vectors among their neighbours; rows before and after are nothing."""
        rows, width = x.shape
        around = np.zeros((rows + 2, width), dtype=np.float32)
        around[1:-1] = x
        windows = np.lib.stride_tricks.as_strided(around, (rows, 3 * width), (4 * width, 4), writeable=False)
        for layer in self.layers:
            made = np.ascontiguousarray(windows) @ layer.weights
            made += layer.bias
            best = made[:, :width]
            for piece in range(1, layer.pieces):
                best = np.maximum(best, made[:, piece * width : (piece + 1) * width])
            best -= best.mean(axis=1, keepdims=True)
            spread = np.einsum("ij,ij->i", best, best) / np.float32(width) + SMALLEST
            best *= (1 / np.sqrt(spread))[:, None]
            best *= layer.gain
            best += layer.shift
            around[1:-1] += best
        return around[1:-1]


def _layer(residual: Model[Any, Any]) -> Layer:
    maxout = next(n for n in residual.walk() if n.name == "maxout")
    norm = next(n for n in residual.walk() if n.name == "layernorm")
    weights, bias = np.asarray(maxout.get_param("W")), np.asarray(maxout.get_param("b"))
    width, pieces, window = weights.shape
    return Layer(
        weights=np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(window, pieces * width)),
        bias=np.ascontiguousarray(bias.reshape(width, pieces).T.reshape(-1)),
        gain=np.asarray(norm.get_param("G")),
        shift=np.asarray(norm.get_param("b")),
        pieces=pieces,
    )


def _chunks(starts: Sequence[int], rows: int, pad: int) -> list[tuple[int, int]]:
    """Stretches of about `ROWS` rows, cut between documents, each with the rows of nothing on both its sides."""
    cuts = [0]
    for at in starts[1:]:
        if at - pad - cuts[-1] >= ROWS:
            cuts.append(at - pad)
    return list(zip(cuts, [*(c + pad for c in cuts[1:]), rows], strict=True))
