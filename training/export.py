"""Turns trained weights into the files that Dragoman carries: int8 ONNX, tokenizer, and the card.

`python -m training.export --weights FOLDER [FOLDER ...] --encoder FOLDER --to FOLDER`. Several folders of weights that
began from the same encoder are averaged weight by weight (Wortsman et al., 2022, arXiv:2203.05482).
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from dragoman.coding.learned.labels import ALL_MODES, STATUSES, TYPES
from dragoman.coding.learned.model import CARD, VOCABULARY, WEIGHTS
from dragoman.coding.learned.packing import Passage, Question, pack
from training.network import Network
from training.train import encoder, plain_tokenizer, tensors

NAMES = ("ids", "places", "sees", "asked")


def main() -> None:
    """Average, export, quantise, and write the three files; the confidence of events is for `training.judge` to fit."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--weights", type=Path, nargs="+", required=True)
    options.add_argument("--encoder", type=Path, default=encoder())
    options.add_argument("--to", type=Path, required=True)
    options.add_argument("--name", default="relations-1")
    chosen = options.parse_args()
    network = averaged(chosen.weights)
    tokenizer = plain_tokenizer(chosen.encoder / "tokenizer.json")
    chosen.to.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(chosen.to / VOCABULARY), pretty=False)
    passages = [
        Passage("Kim met Putin in Russia.", (Question((0, 3), (8, 13), (4, 7)), Question((0, 3), None, (4, 7), 1))),
        Passage("Tokyo protested.", (Question((0, 5), None, (6, 15)),)),
    ]
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        export(network, tensors(pack(passages, tokenizer)), plain)
        quantize_dynamic(plain, chosen.to / WEIGHTS, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    made = [json.loads((folder / "training.json").read_text("utf-8")) for folder in chosen.weights]
    card = {
        "name": chosen.name, "types": [*TYPES, "NONE"], "statuses": STATUSES, "modes": ALL_MODES, "temperature": 1.0,
        "made": {"runs": made},
    }  # fmt: skip
    (chosen.to / CARD).write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    print(f"{chosen.to / WEIGHTS}: {(chosen.to / WEIGHTS).stat().st_size / 1e6:.1f} MB")


def averaged(folders: list[Path]) -> Network:
    """The network whose weights are the mean of those in the folders."""
    states = [torch.load(folder / "relations.pt") for folder in folders]
    network = Network(len(TYPES) + 1, len(STATUSES), len(ALL_MODES))
    network.load_state_dict({name: sum(s[name] for s in states) / len(states) for name in states[0]})
    return network.eval()


def export(network: Network, example: tuple[torch.Tensor, ...], path: Path) -> None:
    """Write the network as ONNX with free batch, length and number of questions."""
    free = {
        "ids": {0: "passages", 1: "pieces"}, "places": {0: "passages", 1: "pieces"},
        "sees": {0: "passages", 1: "pieces", 2: "pieces"}, "asked": {0: "questions"},
        "types": {0: "questions"}, "statuses": {0: "questions"}, "modes": {0: "questions"},
    }  # fmt: skip
    torch.onnx.export(
        network, example, str(path), input_names=list(NAMES), output_names=["types", "statuses", "modes"],
        dynamic_axes=free, opset_version=17, dynamo=False,
    )  # fmt: skip


if __name__ == "__main__":
    main()
