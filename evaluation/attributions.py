"""How attributions are found: who said what, whether each speaker got the right name, and direct quotations.

Takes labelled articles in the form of our dispatches or with spans (see `attributions_gold`) and codes them, or reads
coded articles. Whose label has no `speaker` is left out of the figure for names.

Run by hand: python -m evaluation.attributions LABELLED.jsonl [CODED.jsonl] [--misses]
"""

from __future__ import annotations

import argparse
import functools
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from dragoman import Coder
from dragoman.analysis.parties import plain
from dragoman.knowledge.actors import load_actors
from dragoman.model import Article, Claim, CodedArticle
from evaluation.attributions_gold import convert, read_rows

WORD = re.compile(r"\w+")
QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
SMALL = frozenset({"a", "an", "and", "for", "of", "on", "s", "the"})
HALF = 0.5
FIELDS = ("id", "text", "title", "publisher", "published")
Words = frozenset[int]


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution: the places of the words of its content, source and cue, and the names of who said it."""

    content: Words
    source: Words
    cue: Words
    names: tuple[str, ...]
    text: str = ""


def main() -> int:
    """Print the figures for one file of labels."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labelled", type=Path)
    parser.add_argument("coded", type=Path, nargs="?")
    parser.add_argument("--misses", action="store_true", help="print what was missed or misnamed")
    options = parser.parse_args()
    rows = read_rows(options.labelled)
    coded = coded_for(rows, options.coded)
    n = total(rows, coded, sys.stdout.write if options.misses else None)
    for name, value in shares(n).items():
        print(f"{name:34} {value:.3f}")
    print(f"of {n['labels']} labels, {n['found']} found, {n['named']} with a name, {n['quotes']} direct quotations")
    return 0


def coded_for(rows: list[dict[str, Any]], path: Path | None) -> dict[str, CodedArticle]:
    """The coded articles of labelled ones, read from a file or made."""
    if path is not None:
        coded = map(CodedArticle.from_json, path.read_bytes().splitlines())
        return {c.article.id: c for c in coded}
    read = (msgspec.convert({f: row.get(f) for f in FIELDS}, Article) for row in rows)
    return {c.article.id: c for c in Coder().code_many(read)}


def total(rows: list[dict[str, Any]], coded: dict[str, CodedArticle], tell: Any = None) -> Counter[str]:
    """The counts of all labelled articles."""
    n: Counter[str] = Counter()
    for row in rows:
        n += score(row, coded[row["id"]], tell)
    return n


def shares(n: Counter[str]) -> dict[str, float]:
    """The counts of `score` as shares from 0 to 1."""
    return {
        "claim F1": _f1(n["full"], n["labels"], n["claims"]),
        "speakers named right, of all": n["right"] / max(1, n["nameable"]),
        "speakers named right, of found": n["right"] / max(1, n["named"]),
        "direct quotations, recall": n["quotes right"] / max(1, n["quotes"]),
        "direct quotations, precision": n["quotes right"] / max(1, n["quotes found"]),
        "direct quotations, F1": _f1(n["quotes right"], n["quotes"], n["quotes found"]),
    }


def score(row: dict[str, Any], coded: CodedArticle, tell: Any = None) -> Counter[str]:
    """Counts of one article.

    A claim answers a label when the words of both contents have at least half in common, the best first, or when it has
    the same cue and at least half of the label's words; it is right in full by the first and when the sources share a
    word too. A name is right when it is the label's, or has or is its last word.
    """
    text = row["text"]
    labels = [_labelled(text, a, r) for a, r in zip(convert(row)["attributions"], row["attributions"], strict=True)]
    found = [_coded(text, claim) for claim in coded.claims]
    pairs = sorted(
        (
            -(_overlap(g.content, p.content) >= HALF),
            -bool(g.source & p.source),
            -bool(g.cue & p.cue),
            -_overlap(g.content, p.content),
            i,
            j,
        )
        for i, g in enumerate(labels)
        for j, p in enumerate(found)
        if _answers(g, p)
    )
    answer: dict[int, int] = {}
    for *_, i, j in pairs:
        if i not in answer and j not in answer.values():
            answer[i] = j
    n = Counter({"labels": len(labels), "claims": len(found), "found": len(answer)})
    for i, label in enumerate(labels):
        n["nameable"] += bool(label.names)
        if i not in answer:
            _tell(tell, f"MISSED {label.names}: {row['attributions'][i]['content'][:90]}")
            continue
        said = found[answer[i]]
        same_source = bool(label.source & said.source) or not (label.source or said.source)
        n["full"] += same_source and _overlap(label.content, said.content) >= HALF
        if label.names:
            n["named"] += 1
            right = any(same_name(label.names[0], name) for name in said.names) or _stands_in(label, said)
            n["right"] += right
            if not right:
                _tell(tell, f"NAMED {said.names} for {label.names}: {row['attributions'][i]['content'][:90]}")
    return n + _quotations(text, labels, found, tell)


def _answers(label: Said, claim: Said) -> bool:
    """By their contents; a label that gives only the beginning of what is said is answered by the same cue."""
    if _overlap(label.content, claim.content) >= HALF:
        return True
    return bool(label.cue & claim.cue) and len(label.content & claim.content) >= HALF * len(label.content)


def same_name(wanted: str, given: str) -> bool:
    """Whether two names are of the same: equal, one a part of the other, or with the same last word for a name."""
    a, b = _parts(wanted), _parts(given)
    if not a or not b:
        return False
    if a <= b or b <= a or (wanted.split()[-1] == given.split()[-1] and given.split()[-1] not in _common()):
        return True
    return _filed().get(plain(wanted), wanted) == given


def _stands_in(label: Said, said: Said) -> bool:
    """Whether the name of the label stands in the speaker's own words: 'the foreign minister' need not be resolved."""
    return bool(parts := _parts(label.names[0])) and parts <= _parts(said.text)


def _parts(name: str) -> set[str]:
    """The words of a name that tell; the adjective of a state is taken for the state."""
    words = {w.removesuffix("s") for w in WORD.findall(plain(name)) if w not in SMALL}
    for parts, code in _states():
        if parts <= words:
            words = words - parts | {code}
    return words


@functools.cache
def _states() -> list[tuple[frozenset[str], str]]:
    """The words of all names and adjectives of states, longest first, with the state's code."""
    forms = [(form, s.code) for s in load_actors().states for form in (s.name, *s.names, *s.adjectives, *s.capitals)]
    words = [
        (frozenset(w.removesuffix("s") for w in WORD.findall(plain(f)) if w not in SMALL), code) for f, code in forms
    ]
    return sorted(words, key=lambda item: (-len(item[0]), item[1], sorted(item[0])))


@functools.cache
def _filed() -> dict[str, str]:
    """The names that bodies, organs, groups and outlets are filed under, by all their names."""
    return {plain(form.text): form.actor for form in load_actors().forms if not form.contextual}


@functools.cache
def _common() -> frozenset[str]:
    knowledge = load_actors()
    organs = {noun.split()[-1].title() for noun in knowledge.patterns}
    return frozenset(organs | {*knowledge.agents, *knowledge.titles, *(w.title() for w in knowledge.agents)})


def _labelled(text: str, spans: dict[str, Any], label: dict[str, Any]) -> Said:
    speaker = label.get("speaker")
    content, source, cue = (_words(text, spans[name]) for name in ("content", "source", "cue"))
    return Said(content, source, cue, (speaker,) if speaker else ())


def _coded(text: str, claim: Claim) -> Said:
    names = (claim.speaker.actor, claim.chain[0] if claim.chain else None) if claim.speaker else ()
    content = [[s.start, s.end] for s in claim.content]
    source = [[claim.speaker.start, claim.speaker.end]] if claim.speaker else []
    cue = [[claim.cue.start, claim.cue.end]] if claim.cue else []
    return Said(
        _words(text, content),
        _words(text, source),
        _words(text, cue),
        tuple(filter(None, names)),
        claim.speaker.text if claim.speaker else "",
    )


def _quotations(text: str, labels: list[Said], found: list[Said], tell: Any) -> Counter[str]:
    """Quotations of five words and more that a content takes up as a whole, with the words of who speaks."""
    wanted, given = dict(_quoted(text, labels)), dict(_quoted(text, found))
    right = {q for q in wanted if q in given and (wanted[q] & given[q] or not (wanted[q] or given[q]))}
    for q in sorted(wanted.keys() - right, key=min):
        _tell(tell, f"QUOTE {'speaker' if q in given else 'missed'}: {text[min(q) : min(q) + 90]}")
    for q in sorted(given.keys() - wanted.keys(), key=min):
        _tell(tell, f"QUOTE not labelled: {text[min(q) : min(q) + 90]}")
    return Counter({"quotes": len(wanted), "quotes found": len(given), "quotes right": len(right)})


def _quoted(text: str, said: list[Said]) -> Iterator[tuple[Words, Words]]:
    """The words of each quotation that contents hold, with those of its sources, the outermost content's first."""
    for match in QUOTED.finditer(text):
        words = _words(text, [list(match.span(1))])
        holding = [s for s in said if len(words) > 4 and len(words & s.content) >= HALF * len(words)]
        if holding:
            yield words, frozenset().union(*(s.source for s in holding))


def _words(text: str, spans: list[list[int]]) -> Words:
    return frozenset(m.start() for m in WORD.finditer(text) if any(m.start() < e and s < m.end() for s, e in spans))


def _overlap(a: Words, b: Words) -> float:
    return len(a & b) / len(a | b) if a and b else 0.0


def _f1(right: int, wanted: int, given: int) -> float:
    return 2 * right / (wanted + given) if wanted + given else 0.0


def _tell(tell: Any, line: str) -> None:
    if tell is not None:
        tell(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
