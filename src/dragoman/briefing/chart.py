"""The chart of a brief: a series in, a deterministic SVG with a text alternative out; drawn by Vega-Lite, offline."""

from __future__ import annotations

import re
from html import escape
from typing import Any, Final

import vl_convert

from dragoman.analysis.series import Series
from dragoman.briefing.phrases import PERIOD_WORDS, chart_words
from dragoman.briefing.wording import one_line

VEGA_LITE: Final = "6.4"
QUADS: Final = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
COLOURS: Final = ("#7fb2dd", "#1f5f9e", "#f0b27a", "#b3440f")
INK: Final = "#3d4654"
FAINT: Final = "#d8dde5"
LINE: Final = "#5b6675"
WIDTH: Final = 720
HEIGHT: Final = 190
SCORE_HEIGHT: Final = 84
LABELS: Final = 12
FONT: Final = "Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"


def chart_svg(series: Series, title: str, *, background: str = "transparent") -> str:
    """One SVG: happenings by quad, cooperation up and conflict down, and below them the mean PLOVER score."""
    svg: str = vl_convert.vegalite_to_svg(chart_spec(series, background), vl_version=VEGA_LITE)
    return _with_words(_with_steady_ids(svg), title, series)


def chart_spec(series: Series, background: str) -> dict[str, Any]:
    """The chart as a Vega-Lite specification with its data in it."""
    labels = [point.label for point in series.points]
    bars = [
        {"period": point.label, "quad": name, "order": order, "count": count if quad < 2 else -count}
        for point in series.points
        # Words lie next to the line and deeds beyond them, above and below it.
        for quad, name, order, count in zip(range(4), QUADS, (0, 1, 0, 1), point.by_quad, strict=True)
        if count
    ]
    scores = [{"period": point.label, "mean": point.mean, "happenings": sum(point.by_quad)} for point in series.points]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": background,
        "config": _config(),
        "spacing": 14,
        "vconcat": [_bars(bars, labels, series), _scores(scores, labels)],
        "resolve": {"scale": {"x": "shared"}},
    }


def _bars(bars: list[dict[str, Any]], labels: list[str], series: Series) -> dict[str, Any]:
    most = max((max(p.cooperation, p.conflict) for p in series.points), default=1)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "data": {"values": bars},
        "layer": [
            {
                "mark": {"type": "bar", "width": {"band": 0.72}},
                "encoding": {
                    "x": _x(labels, axis=None),
                    "y": {
                        "field": "count",
                        "type": "quantitative",
                        "title": f"happenings {PERIOD_WORDS[series.period]}",
                        "axis": {"labelExpr": "abs(datum.value)", "tickMinStep": 1, "tickCount": min(most + 1, 6)},
                    },
                    "order": {"field": "order", "type": "quantitative"},
                    "color": {
                        "field": "quad",
                        "type": "nominal",
                        "scale": {"domain": list(QUADS), "range": list(COLOURS)},
                        "legend": {"orient": "top", "title": None, "columns": 4, "symbolType": "square"},
                    },
                },
            },
            {"mark": {"type": "rule", "color": INK}, "encoding": {"y": {"datum": 0}}},
        ],
    }


def _scores(scores: list[dict[str, Any]], labels: list[str]) -> dict[str, Any]:
    y = {
        "field": "mean",
        "type": "quantitative",
        "title": "mean score",
        "scale": {"domain": [-10, 10]},
        "axis": {"values": [-10, 0, 10], "labelExpr": "datum.value == 0 ? '0' : format(datum.value, '+d')"},
    }
    return {
        "width": WIDTH,
        "height": SCORE_HEIGHT,
        "data": {"values": scores},
        "layer": [
            {"mark": {"type": "rule", "color": INK, "strokeDash": [3, 3]}, "encoding": {"y": {"datum": 0}}},
            {
                "mark": {"type": "line", "color": LINE, "invalid": "break-paths-show-path-domains"},
                "encoding": {"x": _x(labels), "y": y},
            },
            {
                "mark": {"type": "circle", "color": LINE, "opacity": 1},
                "encoding": {
                    "x": _x(labels),
                    "y": y,
                    "size": {
                        "field": "happenings",
                        "type": "quantitative",
                        "scale": {"range": [22, 150], "zero": False},
                        "legend": None,
                    },
                },
            },
        ],
    }


def _x(labels: list[str], axis: Any = "labelled") -> dict[str, Any]:
    if axis is not None:
        every = max(1, -(-len(labels) // LABELS))
        axis = {"labelAngle": 0, "values": labels[::every], "title": None, "labelOverlap": True}
    return {"field": "period", "type": "ordinal", "scale": {"domain": labels}, "axis": axis}


def _config() -> dict[str, Any]:
    return {
        "font": FONT,
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


def _with_words(svg: str, title: str, series: Series) -> str:
    """The SVG as one image with a title and a description for those who do not see it."""
    head = f"Cooperation and conflict over time: {one_line(title)}"
    words = (
        f'<title id="chart-title">{escape(head)}</title>'
        f'<desc id="chart-desc">{escape(chart_words(one_line(title), series))}</desc>'
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
