"""What persons decided about incidents, laid over the reports as they are coded now: what is one and what is not.

Decisions name reports by article and words, not by ids, so that they hold when articles are coded again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dragoman.analysis.incidents.group import Group
from dragoman.analysis.incidents.told import Told
from dragoman.record.decisions import Decision, ReportRef


@dataclass(slots=True)
class Pins:
    """Labels of reports by key: those of one label are one incident, those of a pair in `apart` are two."""

    labels: dict[str, int] = field(default_factory=dict)
    apart: frozenset[frozenset[int]] = frozenset()
    notes: dict[str, str] = field(default_factory=dict)

    def because(self, key: str) -> str | None:
        """Why a person put a report where it is."""
        return self.notes.get(key)


def pinned(decisions: Sequence[Decision], told: Iterable[Told]) -> Pins:
    """Go through the decisions in the order in which they were made; a later one overrides an earlier one.

    References that no report answers any more are passed over.
    """
    pins = Pins()
    if not decisions:
        return pins
    by_article: dict[str, list[Told]] = {}
    for each in told:
        by_article.setdefault(each.report.article.id, []).append(each)
    apart: set[frozenset[int]] = set()
    for number, decision in enumerate(decisions):
        named = _keys(decision.reports, by_article)
        if decision.kind == "merge":
            _merge(named, number, pins, apart)
        else:
            _split(named, _keys(decision.rest, by_article), number, pins, apart)
        word = "put together" if decision.kind == "merge" else "set apart"
        note = f"{word} by a person" + (f": {decision.because}" if decision.because else "")
        pins.notes.update(dict.fromkeys(named, note))
    pins.apart = frozenset(apart)
    return pins


def united(groups: Sequence[Group], pins: Pins) -> list[list[Group]]:
    """Groups by incident: each alone, but those that share a label together, unless that joined what is to be apart."""
    rows: list[list[Group]] = []
    row_of: dict[int, int] = {}
    for group in groups:
        row = [group]
        for label in sorted(group.pins):
            at = row_of.get(label)
            if at is not None and rows[at] and rows[at] is not row and _may_meet(rows[at], row, pins):
                row = [*rows[at], *row]
                rows[at] = []
        rows.append(row)
        for member in row:
            row_of.update(dict.fromkeys(member.pins, len(rows) - 1))
    return [sorted(row, key=lambda g: g.number) for row in rows if row]


def _may_meet(one: Iterable[Group], other: Iterable[Group], pins: Pins) -> bool:
    labels = {label for group in other for label in group.pins}
    return not any(frozenset((a, b)) in pins.apart for group in one for a in group.pins for b in labels)


def _merge(named: Sequence[str], number: int, pins: Pins, apart: set[frozenset[int]]) -> None:
    label = 2 * number
    old = {pins.labels[key] for key in named if key in pins.labels}
    for key, had in list(pins.labels.items()):
        if had in old:
            pins.labels[key] = label
    pins.labels.update(dict.fromkeys(named, label))
    for pair in list(apart):
        if pair & old:
            apart.remove(pair)
            new = frozenset(label if each in old else each for each in pair)
            if len(new) == 2:
                apart.add(new)


def _split(named: Sequence[str], rest: Sequence[str], number: int, pins: Pins, apart: set[frozenset[int]]) -> None:
    moved, staying = 2 * number, 2 * number + 1
    before = {pins.labels[key] for key in named if key in pins.labels}
    pins.labels.update(dict.fromkeys(named, moved))
    for pair in list(apart):  # what the reports were apart from before, they stay apart from
        apart.update(frozenset((moved, other)) for other in pair - before if pair & before)
    labels = {pins.labels.setdefault(key, staying) for key in rest}
    apart.update(frozenset((moved, label)) for label in labels if label != moved)


def _keys(refs: Iterable[ReportRef], by_article: dict[str, list[Told]]) -> list[str]:
    """The keys of the reports that references mean: by the words, then by the place, of the same article."""
    found = []
    for ref in refs:
        near = [(score, each.key) for each in by_article.get(ref.article, ()) if (score := _likeness(ref, each)) > 0]
        if near:
            found.append(max(near, key=lambda pair: (pair[0], pair[1]))[1])
    return list(dict.fromkeys(found))


def _likeness(ref: ReportRef, told: Told) -> float:
    """How much of the referenced words a report's clause covers, in its article; its type and key tell equals apart."""
    span = told.event.evidence
    shared = min(ref.end, span.end) - max(ref.start, span.start)
    if shared <= 0:
        return 0.0
    both = max(ref.end, span.end) - min(ref.start, span.start)
    return shared / both + (0.2 if told.event.type == ref.type else 0.0) + (0.5 if told.key == ref.key else 0.0)
