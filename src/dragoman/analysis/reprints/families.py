"""Articles in, families of copies out: the original with all its copies, across outlets and days.

Every copy is kept; analyses that count voices count a family once. A newsroom that tells the same facts in its own
words is no copy.
"""

from __future__ import annotations

import datetime
import functools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np

from dragoman.analysis.parties import plain
from dragoman.analysis.reprints.minhash import candidates, signatures
from dragoman.analysis.reprints.words import Body, Numbers, Phrases, body_of
from dragoman.knowledge.actors import load_actors
from dragoman.model import Article

Kind = Literal["exact", "furniture", "edited", "cut"]
"""A copy word for word; one in other furniture; one with words changed; one that leaves out a quarter or more."""

OF_SHORTER: Final = 0.6
"""Share of the shorter text's phrases that must stand in the longer one."""
OF_LONGER: Final = 0.3
"""Share of the longer one's: an article that quotes a short statement in full is no copy of it."""
SAME_NAMES: Final = 0.85
"""Share of the names and figures of one text that must stand in the other: forms filled in anew are no copies."""
OTHER_NAMES: Final = 0.6
"""The same the other way round, where one is cut or has captions and calls to subscribe added."""
ENOUGH: Final = 20
"""Words below which only texts of the same words are copies."""
CUT: Final = 0.75
OWN_DAYS: Final = 1
"""Days within which an outlet's edited copy of itself is one: later it fills in its forms for something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One copy; `shared` is the share of its phrases that stand in the original."""

    article: str
    kind: Kind
    shared: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """An original and its copies, all by article id. `origin` is the outlet that wrote it, as far as that is told."""

    original: str
    origin: str | None
    copies: tuple[Copy, ...]

    @property
    def articles(self) -> tuple[str, ...]:
        """All ids, the original's first."""
        return (self.original, *(copy.article for copy in self.copies))


@dataclass(frozen=True, slots=True)
class Reprints:
    """The families found among some articles; an article without copies is in none."""

    families: tuple[Family, ...] = ()
    _by_article: Mapping[str, Family] = field(default_factory=dict, repr=False)

    def family_of(self, article_id: str) -> Family | None:
        """The family that an article belongs to."""
        return self._by_article.get(article_id)

    def origin_of(self, article: Article) -> str | None:
        """The outlet that an article comes from in the end: its family's, else the one it names, else its publisher."""
        family = self.family_of(article.id)
        return (family.origin if family else None) or named_origin(article) or outlet_name(article.publisher)


def find_reprints(articles: Iterable[Article]) -> Reprints:
    """Group the copies among articles; the result does not depend on their order.

    1. Articles of the same words, furniture left out, are one.
    2. Signatures find the pairs that may be copies (`minhash`).
    3. Each pair is looked at: enough phrases of the shorter text in the longer one and the other way round, and the
       same names and figures.
    4. What hangs together is a family. Its origin is the outlet that its articles name most (by credit, dateline or
       'first published by'), its original the earliest article of that outlet, else the earliest of all.
    """
    ordered = sorted({a.id: a for a in articles}.values(), key=_when)
    bodies = [body_of(article) for article in ordered]
    same: dict[bytes, list[int]] = {}
    for number, body in enumerate(bodies):
        if body.words:
            same.setdefault(body.digest, []).append(number)
    leaders = [numbers[0] for numbers in same.values()]
    groups = _Groups(len(ordered))
    for numbers in same.values():
        for number in numbers[1:]:
            groups.unite(numbers[0], number)
    numbers_of = Numbers()
    long = [n for n in leaders if len(bodies[n].words) >= ENOUGH]
    found = signatures(numbers_of.phrases(bodies[n].words) for n in long)
    phrases: dict[int, Phrases] = {}
    for a, b in candidates(found):
        one, other = long[a], long[b]
        for number in (one, other):
            if number not in phrases:
                phrases[number] = numbers_of.phrases(bodies[number].words)
        if (
            groups.root(one) != groups.root(other)
            and _may_be_copies(ordered[one], ordered[other])
            and _are_copies(bodies[one], phrases[one], bodies[other], phrases[other])
        ):
            groups.unite(one, other)
    families = tuple(
        _family([ordered[n] for n in numbers], [bodies[n] for n in numbers], numbers_of)
        for numbers in groups.all()
        if len(numbers) > 1
    )
    return Reprints(families, {article: family for family in families for article in family.articles})


def named_origin(article: Article) -> str | None:
    """The outlet that an article says it comes from: 'first published by', else the agency of its dateline.

    Where that is a shorter name of its publisher, it is the publisher.
    """
    named = article.reprint_of or (article.dateline.agency if article.dateline else None)
    own = named and article.publisher and _is_called(article.publisher, outlet_name(named) or named)
    return outlet_name(article.publisher if own else named)


def outlet_name(name: str | None) -> str | None:
    """The name by which the actor files have an outlet ('KCNA' is the Korean Central News Agency); others unchanged."""
    return None if name is None else _outlet_names().get(plain(name), name)


@functools.cache
def _outlet_names() -> dict[str, str]:
    return {plain(name): o.name for o in load_actors().outlets for name in (*reversed(o.names), o.name)}


def _when(article: Article) -> tuple[str, str]:
    return article.published or "9999", article.id


def _may_be_copies(one: Article, other: Article) -> bool:
    if one.publisher is None or plain(one.publisher) != plain(other.publisher or ""):
        return True
    if one.published is None or other.published is None:
        return False
    return abs(_day(one.published) - _day(other.published)) <= OWN_DAYS


def _are_copies(a: Body, of_a: Phrases, b: Body, of_b: Phrases) -> bool:
    shared = len(np.intersect1d(of_a, of_b, assume_unique=True))
    shorter, longer = sorted((len(of_a), len(of_b)))
    if shared < OF_SHORTER * shorter or shared < OF_LONGER * longer:
        return False
    known = sorted((_known(a, b), _known(b, a)))
    return known[1] >= SAME_NAMES and known[0] >= OTHER_NAMES


def _known(one: Body, other: Body) -> float:
    """The share of a text's names and figures that stand in another."""
    words = set(other.words)
    return sum(name in words for name in one.names) / len(one.names) if one.names else 1.0


def _family(articles: Sequence[Article], bodies: Sequence[Body], numbers: Numbers) -> Family:
    named = Counter(name for name in map(named_origin, articles) if name)
    origin = min(named, key=lambda name: (-named[name], name)) if named else None
    own = [n for n, a in enumerate(articles) if origin and a.publisher and _is_called(a.publisher, origin)]
    first = own[0] if own else 0
    phrases = numbers.phrases(bodies[first].words)
    copies = (
        _copy(article, body, articles[first], bodies[first], phrases, numbers)
        for article, body in zip(articles, bodies, strict=True)
        if article is not articles[first]
    )
    return Family(
        original=articles[first].id,
        origin=outlet_name(articles[first].publisher) if own or origin is None else origin,
        copies=tuple(copies),
    )


def _is_called(publisher: str, origin: str) -> bool:
    """Whether a credit means this outlet; credits are often shortened ('Courier' for the Moscow Courier)."""
    return set(plain(origin).split()) <= set(plain(outlet_name(publisher) or publisher).split())


def _copy(article: Article, body: Body, original: Article, its: Body, phrases: Phrases, numbers: Numbers) -> Copy:
    own = numbers.phrases(body.words)
    shared = len(np.intersect1d(own, phrases, assume_unique=True)) / len(own)
    kind: Kind = "edited"
    if body.words == its.words:
        kind = "exact" if article.text.split() == original.text.split() else "furniture"
    elif len(own) < CUT * len(phrases):
        kind = "cut"
    return Copy(article=article.id, kind=kind, shared=round(shared, 3))


def _day(text: str) -> int:
    return datetime.date.fromisoformat(text).toordinal()


class _Groups:
    """Numbers that belong together, by union and find; the root of a group is its smallest number."""

    def __init__(self, count: int) -> None:
        self._up = list(range(count))

    def root(self, number: int) -> int:
        while self._up[number] != number:
            self._up[number] = self._up[self._up[number]]
            number = self._up[number]
        return number

    def unite(self, one: int, other: int) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        self._up[high] = low

    def all(self) -> list[list[int]]:
        found: dict[int, list[int]] = {}
        for number in range(len(self._up)):
            found.setdefault(self.root(number), []).append(number)
        return list(found.values())
