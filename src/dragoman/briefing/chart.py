"""The chart of a brief: a series and its turns in, a deterministic SVG with a text alternative out.

Drawn by Vega-Lite, offline: the index with its band and the turning points labelled, below it how many took place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any, Final

import vl_convert

from dragoman.analysis.series import Series
from dragoman.analysis.turning import Turn
from dragoman.briefing.gist import signed
from dragoman.briefing.phrases import chart_words
from dragoman.briefing.wording import one_line

VEGA_LITE: Final = "6.4"
QUADS: Final = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
COLOURS: Final = ("#7fb2dd", "#1f5f9e", "#f0b27a", "#b3440f")
INK: Final = "#3d4654"
FAINT: Final = "#d8dde5"
LINE: Final = "#1f5f9e"
BAND: Final = "#c9dcef"
TURN: Final = "#8a3a0c"
WIDTH: Final = 720
INDEX_HEIGHT: Final = 132
COUNT_HEIGHT: Final = 80
LABELS: Final = 12
STEPS: Final = 3
"""Lines above and below zero among the counts."""
SHOWN_TURNS: Final = 4
"""Turning points that have a label: the steepest; all of them have a line."""
NEAR: Final = 0.35
"""Share of the width within which two labels would touch."""
ROW: Final = 13
"""Pixels between the labels of turning points that follow each other."""
FONT: Final = "Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"


def chart_svg(
    series: Series, turns: Sequence[Turn], title: str, *, background: str = "transparent", font: str = FONT
) -> str:
    """One SVG: the index with its band and turning points, and below it incidents by quad."""
    svg: str = vl_convert.vegalite_to_svg(chart_spec(series, turns, background, font), vl_version=VEGA_LITE)
    return _with_words(_with_steady_ids(svg), title, series, turns)


def chart_spec(series: Series, turns: Sequence[Turn], background: str, font: str) -> dict[str, Any]:
    """The chart as a Vega-Lite specification with its data in it."""
    labels = [point.label for point in series.points]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": background,
        "config": _config(font),
        "spacing": 10,
        "vconcat": [_index(series, turns, labels), _counts(series, labels)],
        "resolve": {"scale": {"x": "shared"}},
    }


def _index(series: Series, turns: Sequence[Turn], labels: list[str]) -> dict[str, Any]:
    points = [
        {"period": p.label, "low": p.index.low, "high": p.index.high, "index": p.index.mean, "incidents": len(p.found)}
        for p in series.points
    ]
    y = {
        "type": "quantitative",
        "title": "index, with 95 % band",
        "scale": {"domain": [-10, 10]},
        "axis": {"values": [-10, -5, 0, 5, 10], "labelExpr": "datum.value > 0 ? '+' + datum.value : datum.value"},
    }
    dots = {"type": "circle", "color": LINE, "opacity": 1}
    size = {"field": "incidents", "type": "quantitative", "scale": {"range": [24, 150], "zero": False}, "legend": None}
    return {
        "width": WIDTH,
        "height": INDEX_HEIGHT,
        "data": {"values": points},
        "layer": [
            {
                "mark": {"type": "area", "color": BAND, "opacity": 1},
                "encoding": {"x": _x(labels, axis=None), "y": {"field": "low", **y}, "y2": {"field": "high"}},
            },
            {"mark": {"type": "rule", "color": INK, "strokeDash": [3, 3]}, "encoding": {"y": {"datum": 0, **y}}},
            {
                "mark": {"type": "line", "color": LINE, "strokeWidth": 1.5},
                "encoding": {"x": _x(labels, axis=None), "y": {"field": "index", **y}},
            },
            {
                "transform": [{"filter": "datum.incidents > 0"}],
                "mark": dots,
                "encoding": {"x": _x(labels, axis=None), "y": {"field": "index", **y}, "size": size},
            },
            *_turns(turns, labels),
        ],
    }


def _turns(turns: Sequence[Turn], labels: list[str]) -> list[dict[str, Any]]:
    """A line for each turning point, and above the plot a label for the steepest; near ones stand above another."""
    steepest = sorted(turns, key=lambda turn: -abs(turn.after - turn.before))[:SHOWN_TURNS]
    layers: list[dict[str, Any]] = []
    row, last = 0, -len(labels)
    for turn in turns:
        place = labels.index(turn.label)
        right = place > len(labels) / 2
        at = [{"period": turn.label, "words": f"{turn.label}: {signed(turn.before)} to {signed(turn.after)}"}]
        x = _x(labels, axis=None)
        rule = {"type": "rule", "color": TURN, "strokeWidth": 1.2, "strokeDash": [5, 3]}
        layers.append({"data": {"values": at}, "mark": rule, "encoding": {"x": x}})
        if turn in steepest:
            row, last = (row + 1 if place - last < len(labels) * NEAR else 0), place
            mark = {"type": "text", "align": "right" if right else "left", "dx": 8 if right else -8}
            layers.append(
                {
                    "data": {"values": at},
                    "mark": {**mark, "color": TURN, "fontSize": 11, "fontWeight": "bold"},
                    "encoding": {"x": x, "y": {"value": -8 - ROW * row}, "text": {"field": "words"}},
                }
            )
    return layers


def _counts(series: Series, labels: list[str]) -> dict[str, Any]:
    bars = [
        {"period": point.label, "quad": name, "order": order, "count": count if quad < 2 else -count}
        for point in series.points
        # Words lie next to the line and deeds beyond them, above and below it.
        for quad, name, order, count in zip(range(4), QUADS, (0, 1, 0, 1), point.by_quad, strict=True)
        if count
    ]
    most = max((max(p.cooperation, p.conflict) for p in series.points), default=1)
    step = -(-most // STEPS)
    ticks = [step * number for number in range(-STEPS, STEPS + 1)]
    # Both layers have the axis: where one has none, its ticks are drawn.
    axis = {"labelExpr": "abs(datum.value)", "values": ticks}
    return {
        "width": WIDTH,
        "height": COUNT_HEIGHT,
        "data": {"values": bars},
        "layer": [
            {
                "mark": {"type": "bar", "width": {"band": 0.72}},
                "encoding": {
                    "x": _x(labels),
                    "y": {
                        "field": "count",
                        "type": "quantitative",
                        "title": "incidents",
                        "axis": axis,
                    },
                    "order": {"field": "order", "type": "quantitative"},
                    "color": {
                        "field": "quad",
                        "type": "nominal",
                        "scale": {"domain": list(QUADS), "range": list(COLOURS)},
                        "legend": {"orient": "bottom", "title": None, "columns": 4, "symbolType": "square"},
                    },
                },
            },
            {"mark": {"type": "rule", "color": INK}, "encoding": {"y": {"datum": 0, "axis": axis}}},
        ],
    }


def _x(labels: list[str], axis: Any = "labelled") -> dict[str, Any]:
    if axis is not None:
        every = max(1, -(-len(labels) // LABELS))
        axis = {"labelAngle": 0, "values": labels[::every], "title": None, "labelOverlap": True}
    return {"field": "period", "type": "ordinal", "scale": {"domain": labels}, "axis": axis}


def _config(font: str) -> dict[str, Any]:
    return {
        "font": font,
        "view": {"stroke": None},
        "axis": {
            "labelColor": INK,
            "titleColor": INK,
            "gridColor": FAINT,
            "domainColor": FAINT,
            "tickColor": FAINT,
            "labelFontSize": 11,
            "titleFontSize": 11,
            "titleFontWeight": "normal",
        },
        "legend": {"labelColor": INK, "labelFontSize": 11},
    }


def _with_steady_ids(svg: str) -> str:
    """Ids that Vega counts on through a process are counted from one, so that the same chart is the same bytes."""
    found = list(dict.fromkeys(re.findall(r'\bid="([^"]+)"', svg)))
    for number, name in enumerate(found, 1):
        svg = re.sub(rf'(?<=["#]){re.escape(name)}(?=["\)])', f"chart-part-{number}", svg)
    return svg


def _with_words(svg: str, title: str, series: Series, turns: Sequence[Turn]) -> str:
    """The SVG as one image with a title and a description for those who do not see it."""
    head = f"The tie over time: {one_line(title)}"
    words = (
        f'<title id="chart-title">{escape(head)}</title>'
        f'<desc id="chart-desc">{escape(chart_words(one_line(title), series, tuple(turns)))}</desc>'
    )
    # Inside an image parts have no role of their own.
    svg = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg)
    return re.sub(
        r"<svg ([^>]*)>",
        rf'<svg \1 role="img" aria-labelledby="chart-title chart-desc">{_literal(words)}',
        svg,
        count=1,
    )


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\")
