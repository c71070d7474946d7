"""The chart of a brief as an Altair chart: the same specification, with tooltips that say what is behind a mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from dragoman.analysis.occurrence import Occurrence
from dragoman.analysis.series import Point, Series
from dragoman.analysis.turning import Turn
from dragoman.briefing.chart import FONT, QUADS, chart_spec
from dragoman.briefing.wording import date_words, event_words, one_line, shortened
from dragoman.errors import UsageError
from dragoman.record.frames import needed

if TYPE_CHECKING:
    from altair import VConcatChart

BACKGROUND: Final = "#ffffff"
"""The ink is dark: on the ground of a dark theme it could not be read."""
TOLD: Final = 3
LENGTH: Final = 110


def chart(series: Series | None, turns: Sequence[Turn], title: str) -> VConcatChart:
    """The index with its band and turning points, below it incidents of cooperation and conflict as bars.

    Raises `UsageError` where there is no series, and when Altair is not installed.
    """
    altair = needed("altair")
    if series is None:
        raise UsageError(f"There is nothing to plot of {one_line(title)}: nothing that took place has a usable date.")
    spec = chart_spec(series, turns, BACKGROUND, FONT)
    index, counts = spec["vconcat"]
    _tell_periods(index, series)
    _tell_turns(index, turns)
    _tell_bars(counts, series)
    made: VConcatChart = altair.VConcatChart.from_dict(
        {**spec, "title": {"text": _plain(title), "anchor": "start", "fontSize": 14}}
    )
    return made


def _tell_periods(index: dict[str, Any], series: Series) -> None:
    """Dots tell the period's figures and its first incidents."""
    by_label = {point.label: point for point in series.points}
    for row in index["data"]["values"]:
        row["told"] = _told(by_label[row["period"]].found)
    tooltip = [
        _field("period", "period"),
        _field("index", "index", "+.1f"),
        _field("low", "95 % from", "+.1f"),
        _field("high", "to", "+.1f"),
        _field("incidents", "incidents", kind="quantitative"),
        _field("told", "among them"),
    ]
    # Not the band: an area is one mark, and would tell of its first period wherever it is pointed at.
    dots = next(layer for layer in index["layer"] if layer["mark"]["type"] == "circle")
    dots["encoding"]["tooltip"] = tooltip


def _tell_turns(index: dict[str, Any], turns: Sequence[Turn]) -> None:
    """The line of a turning point tells what made it."""
    made_by = {turn.label: _told(turn.made_by) for turn in turns}
    for layer in index["layer"]:
        for row in layer.get("data", {}).get("values", ()):
            row["told"] = made_by[row["period"]]
            layer["encoding"]["tooltip"] = [_field("words", "turning point"), _field("told", "made by")]


def _tell_bars(counts: dict[str, Any], series: Series) -> None:
    """A bar tells how many incidents of its kind there were, which are drawn downwards for conflict, and which."""
    found = {
        (point.label, name): _of(point, quad) for point in series.points for quad, name in enumerate(QUADS, start=1)
    }
    for row in counts["data"]["values"]:
        row["number"] = abs(row["count"])
        row["told"] = _told(found[row["period"], row["quad"]])
    bars = next(layer for layer in counts["layer"] if layer["mark"]["type"] == "bar")
    bars["encoding"]["tooltip"] = [
        _field("period", "period"),
        _field("quad", "kind"),
        _field("number", "incidents", kind="quantitative"),
        _field("told", "among them"),
    ]


def _of(point: Point, quad: int) -> list[Occurrence]:
    return [each for each in point.found if each.quad == quad]


def _told(found: Iterable[Occurrence]) -> str:
    """The first few in words, and how many more there are."""
    listed = list(found)
    words = [f"{date_words(each.date)} {shortened(event_words(each), LENGTH)}" for each in listed[:TOLD]]
    more = [f"and {len(listed) - TOLD} more"] if len(listed) > TOLD else []
    return _plain("; ".join([*words, *more]))


def _plain(text: str) -> str:
    """Text of articles on one line, with nothing that could end the script in which Altair's HTML carries the chart."""
    return one_line(text).translate({ord("<"): "‹", ord(">"): "›"})


def _field(name: str, title: str, format: str | None = None, kind: str | None = None) -> dict[str, Any]:
    shown = {"field": name, "title": title, "type": kind or ("quantitative" if format else "nominal")}
    return shown if format is None else {**shown, "format": format}
