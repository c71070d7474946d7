"""Reports in, groups of reports of one happening out: the blocks that keep it linear, and the order of the work.

The reports that say most come first and found groups; each later one joins the group that it fits best, if there is one
best, or founds its own. A report is compared only with groups of the same sides and a time that can be its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from dragoman.analysis.incidents.compare import Fit, fit
from dragoman.analysis.incidents.group import Group
from dragoman.analysis.incidents.told import Told
from dragoman.analysis.incidents.when import CALL_OFF, NEWS, PLAN, TALE
from dragoman.analysis.incidents.words import says

LONGEST: Final = 62
"""Days of the longest date that is spread over its days; what is told of 'last year' meets only its like."""
MANY: Final = 4
"""Parties of a side by which a group is found; lists of signatories are longer."""
ORDER: Final = {"actual": 0, "habitual": 1, "planned": 2, "denied": 3, "hypothetical": 4}

Key = tuple[object, ...]
Explain = Callable[[Told, Group, Fit], str]


def groups_of(
    told: Iterable[Told],
    *,
    copies: Sequence[Sequence[Told]] = (),
    pins: dict[str, int] | None = None,
    apart: frozenset[frozenset[int]] = frozenset(),
    explain: Explain,
) -> list[Group]:
    """Put reports together; every report is in one group.

    `copies` are reports that are the same words in copies of one article: the first stands for all. `pins` labels
    reports (by key) that persons have decided about, `apart` pairs of labels that must not meet in a group.
    """
    pins = pins or {}
    index = _Index()
    found: list[Group] = []
    behind = {each.key: row[1:] for row in copies for each in row[:1]}
    following = {each.key for rest in behind.values() for each in rest}
    for each in sorted((t for t in told if t.key not in following), key=_rank):
        labels = {pins[t.key] for t in (each, *behind.get(each.key, ())) if t.key in pins}
        best = _best(each, [g for g in index.near(each) if not _barred(labels, g.pins, apart)])
        if best is None:
            group = Group(each, len(found))
            found.append(group)
            index.put(group)
        else:
            group = best[0]
            group.add(each, explain(each, group, best[1]))
            index.put_article(each, group)
        group.pins |= labels
        for copy in behind.get(each.key, ()):
            group.add(copy, f"the same words in a copy of {each.report.article.id}")
    return found


def _barred(labels: set[int], others: set[int], apart: frozenset[frozenset[int]]) -> bool:
    return bool(apart) and any(frozenset((one, other)) in apart for one in labels for other in others)


def _best(told: Told, near: Iterable[Group]) -> tuple[Group, Fit] | None:
    """The group that fits best; None when none does or two do equally well."""
    fits = [(found, group) for group in near if (found := fit(told, group)) is not None]
    if not fits:
        return None
    top = max(found for found, _ in fits)
    best = [group for found, group in fits if found == top]
    return (best[0], top) if len(best) == 1 else None


def _rank(told: Told) -> tuple[object, ...]:
    """What took place first, then plans, denials and possibilities; in each what says most and is surest."""
    event, article = told.event, told.report.article
    length = told.days[1] - told.days[0] if told.days is not None else 10**6
    named = sum(len(people.names) for people in told.people.values())
    undated = told.days is None and event.status != "hypothetical"
    return (
        undated, ORDER[event.status], length, not told.stated, -named, not told.second, -event.confidence,
        article.published or "9999", article.id, event.sentence, event.evidence.start, told.key,
    )  # fmt: skip


class _Index:
    """Where groups are looked up: by kind of act and pair of parties (or one alone), then by day."""

    def __init__(self) -> None:
        self._at: dict[Key, dict[object, list[Group]]] = {}

    def put(self, group: Group) -> None:
        """Make a group known under its pairs and days."""
        told = group.lead
        times = list(_times(told))
        for pair in (*_pairs(told), *_halves(told)):
            at = self._at.setdefault((told.block, *pair), {})
            for time in times:
                at.setdefault(time, []).append(group)
        self.put_article(told, group)

    def put_article(self, told: Told, group: Group) -> None:
        """Make a group known to the other reports of an article."""
        article = ("article", told.report.article.id)
        for pair in _pairs(told):
            self._at.setdefault((told.block, *pair), {}).setdefault(article, []).append(group)

    def near(self, told: Told) -> list[Group]:
        """The groups that a report may belong to, each once, in the order in which they were founded."""
        partial = not told.first or not told.second or told.event.type == "MOBILIZE"
        times = list(_lookups(told))
        found: dict[int, Group] = {}
        for pair in (*_pairs(told), *(_halves(told) if partial else _open(told))):
            at = self._at.get((told.block, *pair))
            if at:
                for time in times:
                    for group in at.get(time, ()):
                        found[group.number] = group
        return [found[number] for number in sorted(found)]


def _pairs(told: Told) -> Iterator[Key]:
    for one in sorted(told.first)[:MANY]:
        for other in sorted(told.second)[:MANY]:
            yield ("pair", *sorted((one, other)))


def _halves(told: Told) -> Iterator[Key]:
    """One side alone; a side that is left out has a mark, so that full reports can look for such."""
    if told.block == "contact":
        return
    partial = not told.first or not told.second or told.event.type == "MOBILIZE"
    for name, side in (("by", told.first), ("to", told.second)):
        for one in sorted(side)[:MANY]:
            yield (name, one)
            if partial:
                yield (name, one, "alone")


def _open(told: Told) -> Iterator[Key]:
    """The groups that leave out a side which this report names."""
    if told.block != "contact":
        yield from (("by", one, "alone") for one in sorted(told.first)[:MANY])
        yield from (("to", one, "alone") for one in sorted(told.second)[:MANY])


def _times(told: Told) -> Iterator[object]:
    """The days under which a group is kept; one without a date by the fortnight of its publication."""
    if told.days is not None:
        first, last = told.days
        yield from range(first, last + 1) if last - first <= LONGEST else [("span", first, last)]
    elif told.published is not None:
        yield ("undated", told.published // TALE)


def _lookups(told: Told) -> Iterator[object]:
    """The days under which groups are kept that a report may belong to."""
    status, published = told.event.status, told.published
    if told.days is not None:
        first, last = told.days
        if last - first > LONGEST:
            yield ("span", first, last)
            return
        moved = status in ("planned", "denied") and says("moved", told.event.evidence.text)
        wide = CALL_OFF if moved else 1
        yield from range(first - wide, last + wide + 1)
        yield from (("undated", number) for number in range((first - PLAN) // TALE, (last + NEWS) // TALE + 1))
        return
    yield ("article", told.report.article.id)
    if published is None:
        return
    yield from (("undated", number) for number in range((published - TALE) // TALE, (published + TALE) // TALE + 1))
    back, ahead = (NEWS + 1, 0) if status in ("actual", "habitual") else (TALE, CALL_OFF)
    yield from range(published - back, published + ahead + 1)
