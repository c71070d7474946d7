"""How coded articles are scored against labelled ones: events by clause and sides, claims by words.

An event is found when its clause overlaps the labelled clause (or another mention of it) and the two sides agree: one
party right on each side that the label names, in either order where both act. It is right when its type is also one
that the label accepts. One coded event answers one label. Precision counts coded events with two different sides.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from dragoman.coding.names import default_names
from dragoman.model import CodedArticle, Mention, Party
from evaluation.gold import GoldArticle, GoldAttribution, GoldEvent

WORD = re.compile(r"\w+")
Span = tuple[int, int]
Side = Party | Mention


def score(gold: Iterable[GoldArticle], coded: Mapping[str, CodedArticle]) -> dict[str, float]:
    """All figures as shares from 0 to 1. Raises `KeyError` when a labelled article was not coded."""
    n: Counter[str] = Counter()
    for article in gold:
        n += score_events(article, coded[article.id])
        n += score_claims(article, coded[article.id])
    return {
        "event precision": _share(n["precise"], n["two-sided"]),
        "event recall": _share(n["right"], n["events"]),
        "event F1": _f1(_share(n["precise"], n["two-sided"]), _share(n["right"], n["events"])),
        "sides found": _share(n["found"], n["events"]),
        "type given found": _share(n["right"], n["found"]),
        "status": _share(n["status right"], n["found"]),
        "date": _share(n["date right"], n["dated"]),
        "said by": _share(n["said right"], n["said"]),
        "claim F1": _f1(_share(n["claims right"], n["claims coded"]), _share(n["claims right"], n["claims"])),
    }


def score_events(gold: GoldArticle, coded: CodedArticle) -> Counter[str]:
    """Counts of one article's events: labelled, found, right, and what of the found is right."""
    n: Counter[str] = Counter()
    pairs = sorted(
        (-(event.type in label.types), -event.confidence, g, p)
        for g, label in enumerate(gold.events)
        for p, event in enumerate(coded.events)
        if in_clause(gold.text, label, event.evidence.start, event.evidence.end)
        and sides_agree(label, event.actors, event.recipients)
    )
    answer: dict[int, int] = {}
    for _, _, g, p in pairs:
        if g not in answer and p not in answer.values():
            answer[g] = p
    restated = {p for _, _, _, p in pairs} - set(answer.values())
    for g, label in enumerate(gold.events):
        n["events"] += 1
        if g not in answer:
            continue
        event = coded.events[answer[g]]
        n["found"] += 1
        n["right"] += event.type in label.types
        n["status right"] += event.status == label.status
        if label.date is not None:
            n["dated"] += 1
            same = event.date is not None and (event.date.start, event.date.end) == (label.date.start, label.date.end)
            n["date right"] += same
        if label.said_by is not None:
            n["said"] += 1
            key = [w for w in WORD.findall(label.said_by.lower()) if w not in ("the", "of", "s")]
            n["said right"] += any(w in " ".join(event.chain).lower() for w in key)
    right = {p for g, p in answer.items() if coded.events[p].type in gold.events[g].types}
    for p, event in enumerate(coded.events):
        ours, theirs = _codes(event.actors), _codes(event.recipients)
        if p not in restated and ours and theirs and (ours != theirs or len(ours | theirs) > 1):
            n["two-sided"] += 1
            n["precise"] += p in right
    return n


def score_claims(gold: GoldArticle, coded: CodedArticle) -> Counter[str]:
    """A claim is right when at least half of the words of both contents are shared, and the sources share a word."""
    n: Counter[str] = Counter({"claims": len(gold.attributions), "claims coded": len(coded.claims)})
    if not gold.attributions:
        return Counter()
    free = list(range(len(coded.claims)))
    for label in gold.attributions:
        for p in free:
            if _same_claim(gold.text, label, coded, p):
                free.remove(p)
                n["claims right"] += 1
                break
    return n


def _same_claim(text: str, label: GoldAttribution, coded: CodedArticle, place: int) -> bool:
    claim = coded.claims[place]
    at = text.index(label.content)
    wanted = _words(text, [(at, at + len(label.content))])
    found = _words(text, [(s.start, s.end) for s in claim.content])
    if not wanted or len(wanted & found) < len(wanted | found) / 2:
        return False
    speaker = set(WORD.findall((claim.speaker.text if claim.speaker else "").lower()))
    return bool(speaker & set(WORD.findall(label.source.lower())))


def _words(text: str, spans: Iterable[Span]) -> set[int]:
    return {m.start() + start for start, end in spans for m in WORD.finditer(text[start:end])}


def in_clause(text: str, label: GoldEvent, start: int, end: int) -> bool:
    """Whether a stretch of the text touches the clause of a label, or another mention of it."""
    spans = [(text.index(words), text.index(words) + len(words)) for words in (label.evidence, *label.also)]
    return any(min(end, last) > max(start, first) for first, last in spans)


def sides_agree(label: GoldEvent, actors: Iterable[Side], recipients: Iterable[Side]) -> bool:
    """Whether one party is right on each side that the label names, in either order where both act."""
    source, target = {_code(c) for c in label.source}, {_code(c) for c in label.target}
    ours, theirs = _codes(actors), _codes(recipients)
    if label.symmetric:
        ours = theirs = ours | theirs
    return (not source or bool(source & ours)) and (not target or bool(target & theirs))


def _codes(sides: Iterable[Side]) -> set[str]:
    parties = list(sides)
    names = {p.country for p in parties if p.country} | {p.actor or p.text for p in parties}
    return {_code(name) for name in names}


@functools.cache
def _code(name: str) -> str:
    """A side's country code, or the full name of the body or group that a label calls by its short one."""
    known = [a for a in default_names().find(name) if a.kind in ("body", "group") and a.text == name]
    return (known[0].actor or name if len(known) == 1 else name).lower()


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
