"""The chart of a tie: its index with the interval, turning points and the window; below it what happened by quad."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Sequence
from typing import Any, Final

from dragoman.analysis.occurrence import day_of
from dragoman.analysis.series import DAYS, Series
from dragoman.analysis.turning import Turn
from dragoman.briefing.wording import one_line
from dragoman.knowledge.ontology import HIGHEST, LOWEST
from dragoman.web.charts import Chart, layers, signed, spec
from dragoman.web.parts import QUADS

HEIGHT: Final = 190
BARS: Final = 90
YEARS: Final = 40
"""Months beyond which the axis counts years."""
LABELLED: Final = 6
"""Turning points that are labelled; in a longer list those that explain most."""
_DEEDS: Final = ("var(--q1)", "var(--q2)", "var(--q3)", "var(--q4)")


_SCORE: Final[dict[str, Any]] = {
    "type": "quantitative",
    "scale": {"domain": [LOWEST, HIGHEST]},
    "title": "index",
    "axis": {
        "values": [-10, -5, 0, 5, 10],
        "labelExpr": "datum.value > 0 ? '+' + datum.value : datum.value",
        "minExtent": 34,
    },
}
_HAPPENINGS: Final[dict[str, Any]] = {
    "type": "quantitative",
    "title": "incidents",
    "axis": {"labelExpr": "abs(datum.value)", "tickCount": 4, "tickMinStep": 1, "format": "d", "minExtent": 34},
}


def tie_chart(
    title: str,
    made: Series,
    turns: Sequence[Turn],
    window: tuple[str | None, str | None],
    versus: tuple[str, Series] | None = None,
) -> Chart:
    """The chart of a series, with that of another tie as a second line where one is given."""
    return Chart(
        id="tie",
        spec=spec(vconcat=[_index(title, made, turns, window, versus), _bars(made)], spacing=8),
        words=_words(title, made, turns),
        columns=("from", "incidents", "index", "95 % interval", *QUADS),
        rows=tuple(
            (
                point.label,
                str(len(point.found)),
                signed(point.index.mean),
                f"{signed(point.index.low)} to {signed(point.index.high)}",
                *map(str, point.by_quad),
            )
            for point in made.points
        ),
    )


def _index(
    title: str, made: Series, turns: Sequence[Turn], window: tuple[str | None, str | None], versus: Any
) -> dict[str, Any]:
    """The index with its interval, from the back: the window, zero, the band, the lines, the turning points."""
    rows = _points(title, made)
    drawn = [_reach(made)]
    if any(window):
        drawn.append(_shade(made, *window))
    drawn.append(
        {
            "data": {"values": [{"zero": 0}]},
            "mark": {"type": "rule", "color": "var(--soft)"},
            "encoding": {"y": {**_SCORE, "field": "zero"}},
        }
    )
    drawn.append(
        {
            "data": {"values": rows},
            "params": [{"name": "brush", "select": {"type": "interval", "encodings": ["x"]}}],
            "mark": {"type": "area", "color": "var(--q2)", "opacity": 0.2, "interpolate": "monotone"},
            "encoding": {"x": _x(), "y": {**_SCORE, "field": "low"}, "y2": {"field": "high"}},
        }
    )
    line = {"type": "line", "interpolate": "monotone"}
    drawn.append(_means(rows, {**line, "color": "var(--q2)", "strokeWidth": 2}))
    told = [row for row in rows if row["incidents"]]
    drawn.append(_means(told, {"type": "circle", "color": "var(--q2)", "size": 28, "opacity": 1}))
    if versus is not None:
        drawn.append(_means(_points(*versus), {**line, "color": "var(--q4)", "strokeDash": [5, 3]}))
    return {"height": HEIGHT, **layers(drawn + _turns(turns))}


def _shade(made: Series, since: str | None, until: str | None) -> dict[str, Any]:
    """The window, as far as it lies in the chart."""
    first, last = _time(made.points[0].start), _time(_end(made.points[-1].start, made))
    shade = {
        "from": max(first, _time(day_of(since))) if since else first,
        "to": min(last, _time(day_of(until))) if until else last,
    }
    return {
        "data": {"values": [shade] if shade["from"] < shade["to"] else []},
        "mark": {"type": "rect", "color": "var(--highlight)", "opacity": 0.55},
        "encoding": {"x": _x(field="from"), "x2": {"field": "to"}},
    }


def _means(rows: Sequence[dict[str, Any]], mark: dict[str, Any]) -> dict[str, Any]:
    encoding = {"x": _x(), "y": {**_SCORE, "field": "mean"}, "tooltip": _tooltip()}
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}


def _turns(turns: Sequence[Turn]) -> list[dict[str, Any]]:
    """A line for each turning point; the strongest are labelled."""
    if not turns:
        return []
    most = sorted(turns, key=lambda turn: -turn.gain)[:LABELLED]
    rows = [
        {
            "mid": _time(turn.start),
            "label": f"{'▲' if turn.rises else '▼'} {turn.label}" if turn in most else "",
            "what": f"from {signed(turn.before)} to {signed(turn.after)}",
        }
        for turn in turns
    ]
    where = {
        "x": _x(),
        "tooltip": [{"field": "label", "title": "turned"}, {"field": "what", "title": "mean score"}],
    }
    return [
        {
            "data": {"values": rows},
            "mark": {"type": "rule", "color": "var(--ink)", "strokeDash": [3, 3]},
            "encoding": where,
        },
        {
            "data": {"values": rows},
            "mark": {
                "type": "text",
                "align": "left",
                "baseline": "top",
                "dx": 4,
                "color": "var(--ink)",
                "fontWeight": "bold",
                "fontSize": 12,
            },
            "encoding": {**where, "y": {"value": 2}, "text": {"field": "label"}},
        },
    ]


def _bars(made: Series) -> dict[str, Any]:
    """What happened by quad, cooperation up and conflict down; words lie next to the line and deeds beyond them."""
    rows = []
    for point in made.points:
        verbal, material, against, force = point.by_quad
        heights = ((0, verbal), (verbal, verbal + material), (0, -against), (-against, -against - force))
        for quad, (low, high) in enumerate(heights):
            if low != high:
                rows.append(
                    {
                        "from": _time(point.start),
                        "to": _time(_end(point.start, made)),
                        "low": low,
                        "high": high,
                        "quad": QUADS[quad],
                        "incidents": abs(high - low),
                        "label": point.label,
                    }
                )
    return {
        "height": BARS,
        "data": {"values": rows},
        "mark": {"type": "rect", "stroke": "var(--paper)", "strokeWidth": 0.5},
        "encoding": {
            "x": _x(_years(made), "from"),
            "x2": {"field": "to"},
            "y": {**_HAPPENINGS, "field": "low"},
            "y2": {"field": "high"},
            "color": {
                "field": "quad",
                "type": "nominal",
                "scale": {"domain": list(QUADS), "range": list(_DEEDS)},
                "legend": {"orient": "bottom", "title": None, "columns": 2, "symbolType": "square"},
            },
            "tooltip": [
                {"field": "label", "title": "from"},
                {"field": "quad", "title": "what"},
                {"field": "incidents", "title": "incidents"},
            ],
        },
    }


def _points(title: str, made: Series) -> list[dict[str, Any]]:
    """A point stands in the middle of its period."""
    rows = []
    for point in made.points:
        end = _end(point.start, made)
        rows.append(
            {
                "tie": one_line(title),
                "mid": (_time(point.start) + _time(end)) // 2,
                "label": point.label,
                "mean": point.index.mean,
                "low": point.index.low,
                "high": point.index.high,
                "interval": f"{signed(point.index.low)} to {signed(point.index.high)}",
                "incidents": len(point.found),
            }
        )
    return rows


def _x(axis: Any = None, field: str = "mid") -> dict[str, Any]:
    """Time in UTC."""
    return {"field": field, "type": "temporal", "scale": {"type": "utc", "nice": False}, "axis": axis}


def _reach(made: Series) -> dict[str, Any]:
    """An unseen layer from the first period to the end of the last, so that both parts of the chart have one axis.

    A domain written into the scale is taken to differ from itself where there is a brush.
    """
    ends = [{"mid": _time(made.points[0].start)}, {"mid": _time(_end(made.points[-1].start, made))}]
    return {"data": {"values": ends}, "mark": {"type": "rule", "opacity": 0}, "encoding": {"x": _x()}}


def _years(made: Series) -> dict[str, Any]:
    """Years on a long axis, months on a short one."""
    months = (made.points[-1].start - made.points[0].start).days / 30
    shown = {"format": "%Y", "tickCount": "year"} if months > YEARS else {"format": "%b %Y", "tickCount": 6}
    return {"title": None, "labelOverlap": True, "grid": False, **shown}


def _time(day: datetime.date) -> int:
    """A day as Vega counts time: milliseconds since 1970, in UTC."""
    return (day - datetime.date(1970, 1, 1)).days * 86_400_000


def _tooltip() -> list[dict[str, str]]:
    return [
        {"field": "tie", "title": "tie"},
        {"field": "label", "title": "from"},
        {"field": "mean", "title": "index", "format": "+.1f"},
        {"field": "interval", "title": "95 % interval"},
        {"field": "incidents", "title": "incidents"},
    ]


def _end(start: datetime.date, made: Series) -> datetime.date:
    """The first day after a period."""
    match made.period:
        case "month" | "quarter":
            months = start.month + (1 if made.period == "month" else 3)
            return start.replace(year=start.year + (months - 1) // 12, month=(months - 1) % 12 + 1)
        case "year":
            return start + datetime.timedelta(days=366 if calendar.isleap(start.year) else 365)
        case _:
            return start + datetime.timedelta(days=DAYS[made.period])


def _words(title: str, made: Series, turns: Sequence[Turn]) -> str:
    """What the chart shows, for those who do not see it."""
    last = made.points[-1]
    told = (
        f"Index of cooperation and conflict by {made.period}, {made.points[0].label} to {last.label}, "
        "with its 95 % interval; "
        f"in {last.label} {signed(last.index.mean)} ({signed(last.index.low)} to {signed(last.index.high)})."
    )
    if not turns:
        return f"{told} No turning point."
    listed = "; ".join(f"{turn.label} from {signed(turn.before)} to {signed(turn.after)}" for turn in turns[-LABELLED:])
    return f"{told} Turning points: {listed}."
