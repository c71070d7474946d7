"""The series of a tie as an analyst gets it: its periods as a table, its turning points, its chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from dragoman.analysis.series import Period, Point, Series
from dragoman.analysis.turning import Turn, turning_points
from dragoman.notebook.rows import Rows

if TYPE_CHECKING:
    from altair import VConcatChart

_NAMES: Final = pa.list_(pa.string())
COLUMNS: Final = pa.schema(
    [
        ("start", pa.date32()),
        ("label", pa.string()),
        ("incidents", pa.int64()),
        ("verbal_cooperation", pa.int64()),
        ("material_cooperation", pa.int64()),
        ("verbal_conflict", pa.int64()),
        ("material_conflict", pa.int64()),
        ("mean", pa.float64()),
        ("index", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("turn", pa.bool_()),
        ("incident_ids", _NAMES),
    ]
)
"""One row a period, empty ones too: its first day, how many incidents began in it, their mean PLOVER score (none for an
empty period), the index with its 95 % interval, and whether it begins a new level."""


class TieSeries(Rows[Point]):
    """The periods of a tie in order, without a gap; `series` has how many incidents could not be placed.

    There are none, and `series` is None, where nothing that took place has a usable date.
    """

    def __init__(self, series: Series | None, title: str) -> None:
        super().__init__(series.points if series is not None else ())
        self.series = series
        self.title = title
        self.turns: tuple[Turn, ...] = turning_points(series) if series is not None else ()

    @property
    def period(self) -> Period | None:
        """'month' or another."""
        return self.series.period if self.series is not None else None

    def arrow(self) -> pa.Table:
        """One row a period with the columns of `COLUMNS`."""
        turned = {turn.start for turn in self.turns}
        return pa.Table.from_pylist([_row(point, point.start in turned) for point in self], schema=COLUMNS)

    def plot(self) -> VConcatChart:
        """The chart of the brief with tooltips, by Altair; `UsageError` without Altair, or where there is no series."""
        from dragoman.notebook.plot import chart

        return chart(self.series, self.turns, self.title)

    def _repr_html_(self) -> str:
        from dragoman.notebook.html import series_html

        return series_html(self.series, self.turns, self.title)


def _row(point: Point, turns: bool) -> dict[str, Any]:
    words, deeds, against, blows = point.by_quad
    return {
        "start": point.start,
        "label": point.label,
        "incidents": len(point.found),
        "verbal_cooperation": words,
        "material_cooperation": deeds,
        "verbal_conflict": against,
        "material_conflict": blows,
        "mean": point.mean,
        "index": point.index.mean,
        "low": point.index.low,
        "high": point.index.high,
        "turn": turns,
        "incident_ids": [each.id for each in point.found],
    }
