"""The events that a condition lets through: as an Arrow, pandas or Polars table, or one by one with article and claim.

Kept apart from `Record` because a selection is lazy: it looks at the record each time that it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import msgspec
import pyarrow as pa

from dragoman.errors import RecordError
from dragoman.model import Article, Claim, CoderInfo, Event, ReportedEvent
from dragoman.record.frames import Frames
from dragoman.record.query import Look
from dragoman.record.schema import EVENT_COLUMNS
from dragoman.record.structs import as_json, values

Place = tuple[str, int]
"""Where an event stands in the record: the coding that it was found in, and its number among the events of that."""

T = TypeVar("T", bound=msgspec.Struct)

_ORDER = "ORDER BY coalesce(event_start, published) NULLS LAST, article_id, position"
_EVENTS = f"SELECT coding_id, position, claim, {as_json(Event, 'event_id')} AS event FROM found {_ORDER}"
_TABLE = f"""
SELECT {", ".join(f'"{name}"' for name in EVENT_COLUMNS.names)} FROM found
JOIN (SELECT coding_id, title, url, coder_version, coder_model FROM stored_articles) USING (coding_id) {_ORDER}"""
_ARTICLES = f"""
SELECT coding_id, {as_json(Article, "article_id")} AS article,
    to_json({{'version': coder_version, 'model': coder_model}})::VARCHAR AS coder
FROM stored_articles SEMI JOIN found USING (coding_id)"""
_CLAIMS = f"""
SELECT coding_id, claim_id, {as_json(Claim, "claim_id")} AS claim FROM stored_claims AS c
SEMI JOIN found AS f ON c.coding_id = f.coding_id AND c.claim_id = f.claim"""


class EventSelection(Frames):
    """Events chosen by a SQL condition on the view `current_events`, in order of time, then of article, then in it."""

    def __init__(
        self, look: Callable[..., Look], where: str, values: Mapping[str, object], among: pa.Table | None = None
    ) -> None:
        """`among` are rows that the condition calls `wanted`."""
        self._look = look
        self._where = where
        self._values = dict(values)
        self._among = among

    def __iter__(self) -> Iterator[ReportedEvent]:
        for event, _coder in self.with_coders():
            yield event

    def with_coders(self) -> Iterator[tuple[ReportedEvent, CoderInfo]]:
        """Each event with its article and claim, and the coder that found it."""
        for event, coder, _place in self._told():
            yield event, coder

    def with_places(self) -> Iterator[tuple[ReportedEvent, Place]]:
        """Each event with its article and claim, and the place by which `Record.at` finds it again."""
        for event, _coder, place in self._told():
            yield event, place

    def _told(self, limit: int | None = None) -> Iterator[tuple[ReportedEvent, CoderInfo, Place]]:
        with self._look("articles", "claims", "events") as look:
            if self._among is not None:
                look.give("wanted", self._among)
            self._find(look, limit)
            found, article_rows, claim_rows = (look.table(query) for query in (_EVENTS, _ARTICLES, _CLAIMS))
        try:
            coders = dict(_by_coding(article_rows, "coder", CoderInfo))
            articles = dict(_by_coding(article_rows, "article", Article))
            names = claim_rows["claim_id"].to_pylist()
            of_claims = _by_coding(claim_rows, "claim", Claim)
            claims = {(coding, name): claim for name, (coding, claim) in zip(names, of_claims, strict=True)}
            places = zip(found["position"].to_pylist(), found["claim"].to_pylist(), strict=True)
            for (position, name), (coding, event) in zip(places, _by_coding(found, "event", Event), strict=True):
                told = ReportedEvent(event=event, article=articles[coding], claim=claims.get((coding, name)))
                yield told, coders[coding], (coding, position)
        except msgspec.ValidationError as error:
            raise RecordError(
                f"The record holds a row that no coder writes ({error}). Code its article again."
            ) from error

    def arrow(self) -> pa.Table:
        """One row an event with the columns of `schema.EVENT_COLUMNS`."""
        with self._look("events") as look:
            self._find(look)
            return look.table(_TABLE).cast(EVENT_COLUMNS)

    def count(self) -> int:
        """How many events there are."""
        with self._look("events") as look:
            if self._among is not None:
                look.give("wanted", self._among)
            counted = look.rows(f"SELECT count(*) AS n FROM current_events WHERE {self._where}", self._values)
            return int(counted[0]["n"])

    def first(self, count: int) -> list[ReportedEvent]:
        """The first events, without reading the others."""
        return [event for event, _coder, _place in self._told(count)]

    def _repr_html_(self) -> str:
        from dragoman.notebook.html import events_html

        return events_html(self)

    def _find(self, look: Look, limit: int | None = None) -> None:
        # In a step of its own: with what is made of the rows in one, the condition is looked at late.
        cut = "" if limit is None else f"{_ORDER} LIMIT {int(limit)}"
        look.run(f"CREATE TEMP TABLE found AS FROM current_events WHERE {self._where} {cut}", self._values)


def _by_coding(rows: pa.Table, column: str, kind: type[T]) -> Iterator[tuple[str, T]]:
    return zip(rows["coding_id"].to_pylist(), values(rows[column], kind), strict=True)
