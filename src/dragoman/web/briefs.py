"""Briefs out of a desk: small ones at once, large ones behind the reader, each put together once for a desk.

Apart from the page because a brief on a state of a large record takes seconds, and a page must not.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from dragoman.analysis.incidents import Incident
from dragoman.briefing import Brief, brief_of
from dragoman.briefing.brief import Window
from dragoman.briefing.subject import Subject
from dragoman.record.filters import checked
from dragoman.web.desk import Desk
from dragoman.web.errors import RefusedError

SMALL: Final = 150
"""Incidents of which a brief is put together at once."""
WAIT: Final = 0.12
"""Seconds that a reader of a larger one waits before the page says that it is in the making."""
KEPT: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What brief is asked for: one or two subjects, the days of the window and the least confidence."""

    subjects: tuple[Subject, ...]
    since: str | None
    until: str | None
    least: float | None


@dataclass(slots=True)
class _Bench:
    """The briefs of a desk, and those in the making."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    made: OrderedDict[Order, Brief] = field(default_factory=OrderedDict)
    making: dict[Order, threading.Thread] = field(default_factory=dict)


def order_of(
    desk: Desk, a: str | None, b: str | None, since: str | None, until: str | None, least: float | None
) -> Order | None:
    """What is asked for, None where nobody is named.

    Raises `NotFoundError` for strangers, `RefusedError` for one with itself, `UsageError` for what is no day.
    """
    subjects = tuple(desk.subject(name) for name in (a, b) if name is not None)
    if not subjects:
        return None
    if len(subjects) == 2 and subjects[0] == subjects[1]:
        raise RefusedError(f"Both parties are {subjects[0].name}. Give two different ones, or one alone.")
    asked = checked(since=since, until=until, min_confidence=least)
    return Order(subjects=subjects, since=asked.since, until=asked.until, least=least)


def told_of(desk: Desk, order: Order) -> Sequence[Incident]:
    """The incidents that a brief is made of, in order of time; those of its window are chosen by the brief itself."""
    one = order.subjects[0]
    found = desk.between(one, order.subjects[1]) if len(order.subjects) == 2 else desk.of(one)
    if order.least is None:
        return found
    return [each for each in found if max(r.event.confidence for r in each.reports) >= order.least]


def brief_now(desk: Desk, order: Order) -> Brief:
    """The brief, however long it takes."""
    bench = _bench(desk)
    with bench.lock:
        maker = bench.making.get(order)
    if maker is not None:
        maker.join()
    return _kept(bench, order) or _make(desk, bench, order)


def brief_soon(desk: Desk, order: Order) -> Brief | None:
    """The brief, or None while a large one is in the making; ask again."""
    bench = _bench(desk)
    found = _kept(bench, order)
    if found is not None:
        return found
    if len(told_of(desk, order)) <= SMALL:
        return _make(desk, bench, order)
    with bench.lock:
        maker = bench.making.get(order)
        if maker is None or not maker.is_alive():
            maker = threading.Thread(target=_make, args=(desk, bench, order), name="dragoman-brief", daemon=True)
            bench.making[order] = maker
            maker.start()
    maker.join(WAIT)
    return _kept(bench, order)


def _bench(desk: Desk) -> _Bench:
    return desk.memo("briefs", _Bench)


def _kept(bench: _Bench, order: Order) -> Brief | None:
    with bench.lock:
        if order in bench.made:
            bench.made.move_to_end(order)
        return bench.made.get(order)


def _make(desk: Desk, bench: _Bench, order: Order) -> Brief:
    try:
        made = brief_of(told_of(desk, order), order.subjects, window=_window(desk, order))
        with bench.lock:
            bench.made[order] = made
            while len(bench.made) > KEPT:
                bench.made.popitem(last=False)
        return made
    finally:
        with bench.lock:
            bench.making.pop(order, None)


def _window(desk: Desk, order: Order) -> Window:
    dated = desk.memo("articles by day", lambda: _by_day(desk))
    return Window(
        since=order.since,
        until=order.until,
        min_confidence=order.least,
        record_articles=desk.span.articles,
        record_first=desk.span.first,
        record_last=desk.span.last,
        articles=dated,
    )


def _by_day(desk: Desk) -> tuple[tuple[str, int], ...]:
    counted = Counter(card.published for card in desk.articles.values() if card.published)
    return tuple(sorted(counted.items()))
