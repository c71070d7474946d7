"""The events that a condition lets through: as an Arrow, pandas or Polars table, or one by one with article and claim.

Kept apart from `Record` because a selection is lazy: it looks at the record each time that it is used.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

from dragoman.errors import RecordError, UsageError
from dragoman.model import CoderInfo, ReportedEvent
from dragoman.record.query import Look
from dragoman.record.schema import EVENT_COLUMNS, to_article, to_claim, to_coder, to_event

if TYPE_CHECKING:
    import pandas
    import polars

_FOUND = """
CREATE TEMP TABLE found AS SELECT * FROM events WHERE {where}
ORDER BY coalesce(event_start, published) NULLS LAST, article_id, position
"""
_ARTICLES = "SELECT * FROM articles SEMI JOIN found USING (coding_id)"
_CLAIMS = """
SELECT c.* FROM stored_claims AS c
SEMI JOIN found AS f ON c.coding_id = f.coding_id AND c.claim_id = f.claim"""

_ROWS_AT_ONCE = 2000


class EventSelection:
    """Events chosen by a SQL condition on the view `events`, in order of time, article and place in the article."""

    def __init__(self, look: Callable[..., Look], where: str, values: Mapping[str, object]) -> None:
        self._look = look
        self._where = where
        self._values = dict(values)

    def __iter__(self) -> Iterator[ReportedEvent]:
        for event, _coder in self.with_coders():
            yield event

    def with_coders(self) -> Iterator[tuple[ReportedEvent, CoderInfo]]:
        """Each event with its article and claim, and the coder that found it."""
        with self._look("articles", "claims", "events") as look:
            look.run(_FOUND.format(where=self._where), self._values)
            found = look.table("SELECT * FROM found")
            article_rows = look.rows(_ARTICLES)
            claim_rows = look.rows(_CLAIMS)
        try:
            coders = {row["coding_id"]: to_coder(row) for row in article_rows}
            articles = {row["coding_id"]: to_article(row) for row in article_rows}
            claims = {(row["coding_id"], row["claim_id"]): to_claim(row) for row in claim_rows}
            for row in chain.from_iterable(
                batch.to_pylist() for batch in found.to_batches(max_chunksize=_ROWS_AT_ONCE)
            ):
                coding = row["coding_id"]
                claim = claims.get((coding, row["claim"]))
                yield ReportedEvent(event=to_event(row), article=articles[coding], claim=claim), coders[coding]
        except msgspec.ValidationError as error:
            raise RecordError(
                f"The record holds a row that no coder writes ({error}). Code its article again."
            ) from error

    def arrow(self) -> pa.Table:
        """One row an event with the columns of `schema.EVENT_COLUMNS`."""
        with self._look("events") as look:
            look.run(_FOUND.format(where=self._where), self._values)
            return look.table("SELECT * FROM found").cast(EVENT_COLUMNS)

    def pandas(self) -> pandas.DataFrame:
        """The table of `arrow` as a pandas data frame; raises `UsageError` when pandas is not installed."""
        _need("pandas")
        return self.arrow().to_pandas()

    def polars(self) -> polars.DataFrame:
        """The table of `arrow` as a Polars data frame; raises `UsageError` when Polars is not installed."""
        return _need("polars").from_arrow(self.arrow())


def _need(package: str) -> Any:
    try:
        return importlib.import_module(package)
    except ImportError as error:
        raise UsageError(
            f"'{package}' is not installed. Install Dragoman with 'dragoman[notebooks]', or use arrow()."
        ) from error
