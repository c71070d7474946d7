"""How an outlet compares with all others, as rows and a chart: what `press` counts, put as a page shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import msgspec

from dragoman.analysis.incidents import Incident
from dragoman.web import links
from dragoman.web.charts import Chart, spec
from dragoman.web.desk import ArticleCard, Desk
from dragoman.web.parts import Ref
from dragoman.web.press_table import Against, Share, Tone

STANDING_WORDS: Final = {
    "party": "a party to the event",
    "state media": "state media of a party",
    "press": "the press in its own words",
    "third party": "a third party",
}


class ShareRow(msgspec.Struct, frozen=True, kw_only=True):
    """A value's share here and elsewhere, in hundredths; `apart` when the difference is more than chance."""

    value: str
    own: int
    others: int
    own_share: float
    others_share: float
    difference: float
    apart: bool


class ToneRow(msgspec.Struct, frozen=True, kw_only=True):
    """The mean score here and elsewhere, with intervals of 95 %; `apart` when the two do not meet."""

    name: Ref
    own: int
    own_mean: float | None
    own_interval: tuple[float, float] | None
    others: int
    others_mean: float | None
    others_interval: tuple[float, float] | None
    apart: bool


def output_chart(articles: Sequence[ArticleCard], incidents: Sequence[Incident]) -> Chart | None:
    """Articles and incidents by month of publication; by year where there are many months."""
    written = Counter(card.published[:7] for card in articles if card.published)
    told = Counter(each.first_reported[:7] for each in incidents if each.first_reported)
    months = sorted({*written, *told})
    if len(months) < 2:
        return None
    by_year = len(months) > 72
    if by_year:
        written, told = _by_year(written), _by_year(told)
    periods = sorted({*written, *told})
    rows = [
        {"when": f"{period}-01" if not by_year else f"{period}-01-01", "what": what, "number": counted[period]}
        for what, counted in (("articles", written), ("incidents first told", told))
        for period in periods
    ]
    unit, unit_words = ("year", "year") if by_year else ("yearmonth", "month")
    made = spec(
        height=150,
        data={"values": rows},
        mark={"type": "bar"},
        encoding={
            "x": {
                "field": "when",
                "type": "temporal",
                "timeUnit": f"utc{unit}",
                "title": None,
                "axis": {"grid": False},
            },
            "xOffset": {"field": "what"},
            "y": {"field": "number", "type": "quantitative", "title": None, "axis": {"tickMinStep": 1}},
            "color": {
                "field": "what",
                "type": "nominal",
                "scale": {"domain": ["articles", "incidents first told"], "range": ["var(--q1)", "var(--q2)"]},
                "legend": {"orient": "top", "title": None},
            },
            "tooltip": [{"field": "what", "title": "what"}, {"field": "number", "title": "number"}],
        },
    )
    return Chart(
        id="output",
        spec=made,
        words=f"Articles and incidents by {unit_words} of publication, {periods[0]} to {periods[-1]}.",
        columns=("published", "articles", "incidents first told"),
        rows=tuple((period, str(written[period]), str(told[period])) for period in periods),
    )


def _by_year(counted: Counter[str]) -> Counter[str]:
    made: Counter[str] = Counter()
    for month, number in counted.items():
        made[month[:4]] += number
    return made


def tone_rows(desk: Desk, compared: Against) -> tuple[ToneRow, ...]:
    """All ties together, then those that the outlet tells most of."""
    rows = []
    for pair, own, others in compared.tones:
        name = Ref(name="All these ties")
        if pair is not None:
            name = Ref(name=" – ".join(desk.subject(code).name for code in pair), href=links.dyad(*pair))
        rows.append(_tone(name, own, others))
    return tuple(rows)


def _tone(name: Ref, own: Tone, others: Tone) -> ToneRow:
    mine, theirs = _interval(own), _interval(others)
    return ToneRow(
        name=name,
        own=own.number,
        own_mean=own.mean,
        own_interval=mine,
        others=others.number,
        others_mean=others.mean,
        others_interval=theirs,
        apart=mine is not None and theirs is not None and (mine[1] < theirs[0] or theirs[1] < mine[0]),
    )


def _interval(found: Tone) -> tuple[float, float] | None:
    return (found.low, found.high) if found.low is not None and found.high is not None else None


def share_rows(found: Sequence[Share], words: Mapping[str, str] = MappingProxyType({})) -> tuple[ShareRow, ...]:
    """The shares of something, here and elsewhere; `words` say what a value means."""
    return tuple(_share(share, words.get(share.value, share.value)) for share in found)


def _share(share: Share, value: str) -> ShareRow:
    return ShareRow(
        value=value,
        own=share.own,
        others=share.others,
        own_share=round(100 * share.own / share.own_of, 1) if share.own_of else 0.0,
        others_share=round(100 * share.others / share.others_of, 1) if share.others_of else 0.0,
        difference=round(100 * share.difference, 1),
        apart=share.apart,
    )
