"""How the reporting of one outlet compares with all others on the same ties: quick counts over columns.

An outlet is counted by incident: what it reports ten times is one. Others are all other outlets of the record, on the
pairs of states of which the outlet itself tells something.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dragoman.analysis.incidents import Incident
from dragoman.analysis.sourcing import STANDINGS, source_of
from dragoman.record.filters import TYPES
from dragoman.web.desk import Desk
from dragoman.web.press import Press, outlet_key

Pair = tuple[str, str]
Numbers = NDArray[np.int64]
Scores = NDArray[np.float64]
Mask = NDArray[np.bool_]
SURE: Final = 1.96
"""Standard errors on each side of a mean or a share that hold it with a chance of 95 in 100."""
ENOUGH: Final = 10
"""Incidents on either side below which shares are not said to differ."""
TIES: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """The mean PLOVER score of incidents with the interval that holds it with a chance of 95 in 100; None for none."""

    number: int
    mean: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How often something is among an outlet's incidents and among those of others; `apart` says that the difference is
    more than chance (its interval of 95 % does not hold 0).
    """

    value: str
    own: int
    own_of: int
    others: int
    others_of: int

    @property
    def difference(self) -> float:
        """The outlet's share less that of the others."""
        return _part(self.own, self.own_of) - _part(self.others, self.others_of)

    @property
    def apart(self) -> bool:
        """Whether the two shares differ by more than chance; never said of few incidents."""
        if min(self.own_of, self.others_of) < ENOUGH:
            return False
        a, b = _part(self.own, self.own_of), _part(self.others, self.others_of)
        error = math.sqrt(a * (1 - a) / self.own_of + b * (1 - b) / self.others_of)
        return abs(a - b) > SURE * error


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """An outlet's incidents against those that others tell on the same ties, each once on either side; as numbers of
    incidents of the desk, in order of time. `ties` are those of which the outlet tells most.
    """

    own: Numbers
    others: Numbers
    alone: Numbers
    missed: Numbers
    at_its_time: int
    tones: tuple[tuple[Pair | None, Tone, Tone], ...]
    quads: tuple[Share, ...]
    types: tuple[Share, ...]
    standings: tuple[Share, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """All incidents of a desk in columns, for counting quickly. `pair_*`, `outlet_*` and `report_*` have a row for each
    pair of states, outlet and report of an incident; days are numbers like 20240619, 0 for none.
    """

    quad: Numbers
    type: Numbers
    score: Scores
    start: Numbers
    end: Numbers
    told: Numbers
    pairs: tuple[Pair, ...]
    pair_incident: Numbers
    pair: Numbers
    keys: tuple[str, ...]
    outlet_incident: Numbers
    outlet: Numbers
    outlets: Numbers
    report_incident: Numbers
    report_outlet: Numbers
    report_standing: Numbers


def against(
    desk: Desk, outlet: Press, since: str | None = None, until: str | None = None, types: Collection[str] = ()
) -> Against:
    """What an outlet tells of ties between states, what others tell of the same ties, and where the two differ.

    Days are ISO. Missed is only what others told while the outlet was in the record.
    """
    table = _table(desk)
    let = np.ones(len(table.quad), dtype=bool)
    if since is not None:
        let &= table.end >= _day(since)
    if until is not None:
        let &= (table.start > 0) & (table.start <= _day(until))
    if types:
        let &= np.isin(table.type, [TYPES.index(each) for each in types])
    number = table.keys.index(outlet.key) if outlet.key in table.keys else -1
    told = _marked(len(let), table.outlet_incident[table.outlet == number])
    ours = np.unique(table.pair[told[table.pair_incident]])
    on_ties = _marked(len(let), table.pair_incident[np.isin(table.pair, ours)]) & let
    own, others = on_ties & told, on_ties & (table.outlets - told > 0)
    days = sorted(_day(card.published) for card in outlet.articles if card.published)
    its_time = (table.told >= days[0]) & (table.told <= days[-1]) if days else np.zeros(len(let), dtype=bool)
    rows = on_ties[table.report_incident]
    by_it = table.report_outlet == number
    return Against(
        own=np.flatnonzero(own),
        others=np.flatnonzero(others),
        alone=np.flatnonzero(own & ~others),
        missed=np.flatnonzero(others & ~told & its_time),
        at_its_time=int(np.count_nonzero(others & its_time)),
        tones=_tones(table, own, others),
        quads=_shares(range(1, 5), table.quad[own], table.quad[others], str),
        types=_shares(range(len(TYPES)), table.type[own], table.type[others], lambda n: TYPES[n]),
        standings=_shares(
            range(len(STANDINGS)),
            table.report_standing[rows & by_it],
            table.report_standing[rows & ~by_it],
            lambda n: STANDINGS[n],
            ranked=False,
        ),
    )


def prepare(desk: Desk) -> None:
    """Make what comparisons need before anybody asks."""
    _table(desk)


def tone(scores: Scores) -> Tone:
    """The mean of scores; the interval is that of the mean of so many values that scatter so much, none below three."""
    if not len(scores):
        return Tone(number=0, mean=None, low=None, high=None)
    mean = float(scores.mean())
    if len(scores) < 3:
        return Tone(number=len(scores), mean=mean, low=None, high=None)
    reach = SURE * float(scores.std(ddof=1)) / math.sqrt(len(scores))
    return Tone(number=len(scores), mean=mean, low=mean - reach, high=mean + reach)


def _tones(table: _Table, own: Mask, others: Mask) -> tuple[tuple[Pair | None, Tone, Tone], ...]:
    """Of all the ties together, then of those that the outlet tells most of."""
    rows: list[tuple[Pair | None, Tone, Tone]] = [(None, tone(table.score[own]), tone(table.score[others]))]
    counted = np.bincount(table.pair[own[table.pair_incident]], minlength=len(table.pairs))
    for number in np.argsort(-counted, kind="stable")[:TIES]:
        if counted[number]:
            these = _marked(len(own), table.pair_incident[table.pair == number])
            rows.append((table.pairs[number], tone(table.score[own & these]), tone(table.score[others & these])))
    return tuple(rows)


def _shares(
    values: Iterable[int], own: Numbers, others: Numbers, words: Callable[[int], str], *, ranked: bool = True
) -> tuple[Share, ...]:
    """How values are shared out on both sides; the outlet's commonest first."""
    made = [
        Share(
            value=words(value),
            own=int(np.count_nonzero(own == value)),
            own_of=len(own),
            others=int(np.count_nonzero(others == value)),
            others_of=len(others),
        )
        for value in values
    ]
    if ranked:
        made = sorted((s for s in made if s.own or s.others), key=lambda s: (-s.own, -s.others, s.value))
    return tuple(made)


def _table(desk: Desk) -> _Table:
    return desk.memo(("press table",), lambda: _made_table(desk.incidents))


def _made_table(incidents: Sequence[Incident]) -> _Table:
    pairs: dict[Pair, int] = {}
    keys: dict[str, int] = {}
    names: dict[str, str] = {}
    of_pairs: list[tuple[int, int]] = []
    of_outlets: list[tuple[int, int]] = []
    of_reports: list[tuple[int, int, int]] = []
    outlets_of = []
    for number, each in enumerate(incidents):
        of_pairs += [(number, pairs.setdefault(pair, len(pairs))) for pair in sorted(pairs_of(each))]
        here: dict[int, None] = {}
        for report in each.reports:
            publisher = report.article.publisher
            if publisher is not None:
                if publisher not in names:
                    names[publisher] = outlet_key(publisher)
                outlet = keys.setdefault(names[publisher], len(keys))
                here[outlet] = None
                of_reports.append((number, outlet, STANDINGS.index(source_of(report).standing)))
        of_outlets += [(number, outlet) for outlet in here]
        outlets_of.append(len(here))
    days = [(each.date.start, each.date.end) if each.date else (each.first_reported,) * 2 for each in incidents]
    pair_rows, outlet_rows, report_rows = (
        np.array(rows, dtype=np.int64).reshape(-1, width)
        for rows, width in ((of_pairs, 2), (of_outlets, 2), (of_reports, 3))
    )
    return _Table(
        quad=_column(each.quad for each in incidents),
        type=_column(TYPES.index(each.type) for each in incidents),
        score=np.array([each.intensity for each in incidents], dtype=np.float64),
        start=_column(_day(start) for start, _ in days),
        end=_column(_day(end) for _, end in days),
        told=_column(_day(each.first_reported) for each in incidents),
        pairs=tuple(pairs),
        pair_incident=pair_rows[:, 0],
        pair=pair_rows[:, 1],
        keys=tuple(keys),
        outlet_incident=outlet_rows[:, 0],
        outlet=outlet_rows[:, 1],
        outlets=np.array(outlets_of, dtype=np.int64),
        report_incident=report_rows[:, 0],
        report_outlet=report_rows[:, 1],
        report_standing=report_rows[:, 2],
    )


def pairs_of(incident: Incident) -> set[Pair]:
    """The pairs of states on opposite sides, codes in order."""
    ours = {p.country for p in incident.actors if p.country}
    theirs = {p.country for p in incident.recipients if p.country}
    return {(min(a, b), max(a, b)) for a in ours for b in theirs if a != b}


def _column(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, dtype=np.int64)


def _marked(size: int, places: Numbers) -> Mask:
    made = np.zeros(size, dtype=bool)
    made[places] = True
    return made


def _day(day: str | None) -> int:
    return int(day.replace("-", "")) if day else 0


def _part(number: int, of: int) -> float:
    return number / of if of else 0.0
