"""How far two readers agree on labelled sentences: `python -m training.agreement FIRST.jsonl SECOND.jsonl`.

Sentences are matched by their text. Reported are: F1 of events (same two sides, either first reader as the reference),
the share of shared events with the same type and the same status, and Cohen's kappa over all ordered pairs of parties
with their type or NONE (Cohen, 1960).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import permutations
from pathlib import Path

from training.sentences import Labelled, LabelledSentence, read_sentences

Pair = tuple[str | None, str | None]


def main() -> None:
    """Print the agreement of two files."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("first", type=Path)
    options.add_argument("second", type=Path)
    chosen = options.parse_args()
    print(json.dumps(agreement(read_sentences([chosen.first]), read_sentences([chosen.second])), indent=1))


def agreement(first: Iterable[LabelledSentence], second: Iterable[LabelledSentence]) -> dict[str, float]:
    """The measures, over the sentences that both have."""
    by_text = {s.text: s for s in second}
    both = [(one, by_text[one.text]) for one in first if one.text in by_text]
    events = [(one.events, other.events) for one, other in both]
    shared = [pair for one, other in events for pair in matched(one, other)]
    total = sum(len(one) + len(other) for one, other in events)
    labels = [labels for one, other in both for labels in labels_of_pairs(one, other)]
    return {
        "sentences": len(both),
        "events, first reader": sum(len(one) for one, _ in events),
        "events, second reader": sum(len(other) for _, other in events),
        "F1 of events by their sides": _rounded(2 * len(shared), total),
        "same type, of shared events": _rounded(sum(a.type == b.type for a, b in shared), len(shared)),
        "same status, of shared events": _rounded(sum(a.status == b.status for a, b in shared), len(shared)),
        "kappa over ordered pairs": round(kappa(labels), 3),
    }


def matched(one: Sequence[Labelled], other: Sequence[Labelled]) -> list[tuple[Labelled, Labelled]]:
    """Events of two readers with the same sides, each used once; those of one type first, then those that overlap."""
    pairs = [(a, b) for a in one for b in other if _sides(a) & _sides(b)]
    pairs.sort(key=lambda p: (p[0].type != p[1].type, not _overlap(p[0].trigger, p[1].trigger), p[0].trigger))
    taken: list[tuple[Labelled, Labelled]] = []
    for a, b in pairs:
        if not any(a is x or b is y for x, y in taken):
            taken.append((a, b))
    return taken


def labels_of_pairs(one: LabelledSentence, other: LabelledSentence) -> list[tuple[str, str]]:
    """For each ordered pair of parties, the types that the two readers give it ("NONE", or all of them joined)."""
    return [(_types(one, pair), _types(other, pair)) for pair in permutations([p.id for p in one.parties], 2)]


def kappa(labels: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa of two readers' labels; 1 where all are the same."""
    seen = sum(a == b for a, b in labels) / len(labels)
    first, second = Counter(a for a, _ in labels), Counter(b for _, b in labels)
    chance = sum(first[k] * second[k] for k in first) / len(labels) ** 2
    return 1.0 if chance == 1 else (seen - chance) / (1 - chance)


def _types(sentence: LabelledSentence, pair: Pair) -> str:
    found = sorted({e.type for e in sentence.events if pair in _sides(e)})
    return "+".join(found) or "NONE"


def _sides(event: Labelled) -> set[Pair]:
    pairs: set[Pair] = {(a, r) for a in event.actors or (None,) for r in event.recipients or (None,)}
    return pairs | {(r, a) for a, r in pairs} if event.symmetric else pairs


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return min(a[1], b[1]) > max(a[0], b[0])


def _rounded(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


if __name__ == "__main__":
    main()
