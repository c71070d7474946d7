"""The relation model as a torch module: a BERT encoder with marks and three small heads.

Its inputs are the arrays of `dragoman.coding.learned.packing.Packed`, so that what is trained is what is asked later.
The encoder's weights come from the registry package named in training/requirements.txt (all-MiniLM-L6-v2, Apache 2.0:
6 layers, 384 wide; Wang et al., 2020, arXiv:2002.10957).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
PIECES, PLACES = 30522, 512
MARKS = 64  # the first word pieces, among them the marks, have vectors of their own that are trained
DROPOUT = 0.1


class Layer(nn.Module):
    """One encoder layer: attention and feed-forward, each with its residual and norm after it."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.attended_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.outer_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """The layer's output; `bias` is added to the scores of attention."""
        batch, length, _ = x.shape
        q, k, v = (
            part(x).view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        weights = torch.softmax(q @ k.transpose(2, 3) / (WIDTH // HEADS) ** 0.5 + bias, dim=-1)
        mixed = (self.dropout(weights) @ v).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.attended_norm(x + self.dropout(self.attended(mixed)))
        return self.outer_norm(x + self.dropout(self.outer(F.gelu(self.inner(x)))))


class Network(nn.Module):
    """Scores (logits) of types, statuses and modes for every question of a batch."""

    def __init__(self, types: int, statuses: int, modes: int) -> None:
        super().__init__()
        self.words = nn.Embedding(PIECES, WIDTH, padding_idx=0)
        self.marks = nn.Embedding(MARKS, WIDTH)
        self.places = nn.Embedding(PLACES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.join = nn.Linear(6 * WIDTH, WIDTH)
        self.types = nn.Linear(WIDTH, types)
        self.statuses = nn.Linear(WIDTH, statuses)
        self.modes = nn.Linear(WIDTH, modes)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, ids: Tensor, places: Tensor, sees: Tensor, asked: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of types, statuses and modes, a row a question."""
        x = self.dropout(self.norm(self.words(ids) + self.marks(ids.clamp(max=MARKS - 1)) + self.places(places)))
        bias = (~sees).to(x.dtype).unsqueeze(1) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        marks = x[asked[:, :1], asked[:, 1:]]
        joined = F.gelu(self.join(self.dropout(marks.flatten(1))))
        joined = self.dropout(joined)
        return self.types(joined), self.statuses(joined), self.modes(joined)

    def load_encoder(self, weights: dict[str, Tensor]) -> None:
        """Take the encoder's weights from the tensors of a BERT checkpoint; the heads stay as they are."""
        own = self.state_dict()
        for name, value in weights.items():
            target = _own_name(name)
            if target is not None:
                own[target] = value
        # All first parts of a text are of one kind to BERT; its vector is added to each piece's.
        own["words.weight"] = own["words.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        own["marks.weight"] = torch.zeros(MARKS, WIDTH)
        self.go_on(own)

    def go_on(self, weights: dict[str, Tensor]) -> None:
        """Take all weights, to be trained further; word vectors stay as they are."""
        self.load_state_dict(weights)
        self.words.weight.requires_grad_(False)


NAMES = {
    "embeddings.word_embeddings.weight": "words.weight",
    "embeddings.position_embeddings.weight": "places.weight",
    "embeddings.LayerNorm.weight": "norm.weight",
    "embeddings.LayerNorm.bias": "norm.bias",
}
PARTS = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "attended",
    "attention.output.LayerNorm": "attended_norm",
    "intermediate.dense": "inner",
    "output.dense": "outer",
    "output.LayerNorm": "outer_norm",
}


def _own_name(name: str) -> str | None:
    if name in NAMES:
        return NAMES[name]
    if not name.startswith("encoder.layer."):
        return None  # the pooler and the kinds of text, which this network has not
    _, _, number, rest = name.split(".", 3)
    part, _, kind = rest.rpartition(".")
    return f"layers.{number}.{PARTS[part]}.{kind}"
