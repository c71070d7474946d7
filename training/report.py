"""What is in the labelled sentences: balance, sentences that are nearly the same, and words that give a type away.

`python -m training.report [FILES]` prints the report; it ends with 1 where two sentences are the same.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from training.sentences import LabelledSentence, read_sentences

HERE = Path(__file__).parent
ALIKE = 0.7  # share of word triples in common from which two sentences are nearly the same (Broder, 1997)
GIVES_AWAY = 0.9  # share of a word's triggers of one type from which the word gives it away
OFTEN = 12
WORD = re.compile(r"[\w'’-]+")


def main() -> int:
    """Print the report of the files given, by default of all sentences."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("files", type=Path, nargs="*", default=sorted((HERE / "relations").glob("*.jsonl")))
    sentences = list(read_sentences(options.parse_args().files))
    print(f"{len(sentences)} sentences, {sum(len(s.events) for s in sentences)} events, "
          f"{sum(not s.events for s in sentences)} sentences without any")  # fmt: skip
    for title, counts in balance(sentences):
        print(f"\n{title}\n  " + "  ".join(f"{key} {n}" for key, n in counts.most_common()))
    same = alike(sentences)
    print(f"\nNearly the same: {len(same)} pairs")
    for one, other, share in same[:20]:
        print(f"  {share:.2f}  {one.id}: {one.text}\n        {other.id}: {other.text}")
    print("\nWords that give a type away (of the triggers with the word, the share of one type)")
    for word, kind, share, count in shortcuts(sentences):
        print(f"  {word}: {kind} {share:.2f} of {count}")
    return 1 if any(share == 1.0 for _, _, share in same) else 0


def balance(sentences: Iterable[LabelledSentence]) -> list[tuple[str, Counter[str]]]:
    """Counts by type, status, mode, words a sentence, events a sentence, and country of a side."""
    kinds: dict[str, Counter[str]] = {
        k: Counter() for k in ("types", "statuses", "modes", "lengths", "events", "countries")
    }
    for s in sentences:
        words = len(WORD.findall(s.text))
        kinds["lengths"]["up to 14 words" if words < 15 else "15 to 30" if words < 31 else "over 30"] += 1
        kinds["events"][str(len(s.events))] += 1
        kinds["countries"].update(p.country for p in s.parties if p.country)
        for event in s.events:
            kinds["types"][event.type] += 1
            kinds["statuses"][event.status] += 1
            if event.mode:
                kinds["modes"][f"{event.type}/{event.mode}"] += 1
    return list(kinds.items())


def alike(sentences: Sequence[LabelledSentence]) -> list[tuple[LabelledSentence, LabelledSentence, float]]:
    """Pairs of sentences that share most of their word triples, most alike first."""
    triples = [_triples(s.text) for s in sentences]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    common: Counter[tuple[int, int]] = Counter()
    for i, own in enumerate(triples):
        for triple in own:
            common.update((j, i) for j in holders[triple])
            holders[triple].append(i)
    shares = ((i, j, n / len(triples[i] | triples[j])) for (i, j), n in common.items())
    found = [(sentences[i], sentences[j], share) for i, j, share in shares if share >= ALIKE]
    return sorted(found, key=lambda f: (-f[2], f[0].id, f[1].id))


def shortcuts(sentences: Iterable[LabelledSentence]) -> list[tuple[str, str, float, int]]:
    """Words of triggers that nearly always stand for one type: word, type, share, how many triggers have it."""
    by_word: dict[str, Counter[str]] = defaultdict(Counter)
    for s in sentences:
        for event in s.events:
            for word in set(WORD.findall(s.text[slice(*event.trigger)].lower())):
                by_word[word][event.type] += 1
    found = []
    for word, counts in by_word.items():
        (kind, n), total = counts.most_common(1)[0], sum(counts.values())
        if total >= OFTEN and n / total >= GIVES_AWAY:
            found.append((word, kind, n / total, total))
    return sorted(found, key=lambda f: (-f[3], f[0]))


def _triples(text: str) -> set[tuple[str, ...]]:
    words = WORD.findall(text.lower())
    return {tuple(words[i : i + 3]) for i in range(max(1, len(words) - 2))}


if __name__ == "__main__":
    sys.exit(main())
