"""What a study found in a record, by the same conditions as the record's events: as a table, or one by one.

A look at the record is opened with the study's rows in the place of the events, so that everything that is said of
events (what is current, merged actors, filters) is said of them as well. What persons decided about a PLOVER event
holds for the study's event in the same words: rejected it is not shown, corrected it has the corrected sides, status,
date and place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypedDict, Unpack

import msgspec
import pyarrow as pa

from dragoman.errors import RecordError, UsageError
from dragoman.knowledge.own import Merge, read_merges
from dragoman.model import Article, Claim, CoderInfo, Event, ReportedEvent
from dragoman.record import Record
from dragoman.record.filters import checked
from dragoman.record.moment import parse_moment
from dragoman.record.query import Look, Moment
from dragoman.record.review_rows import Overriding
from dragoman.record.reviews import Changes
from dragoman.record.schema import EVENT_COLUMNS, SIDES, Row, event_value
from dragoman.record.store import Store
from dragoman.record.structs import as_json, values
from dragoman.studies.events import StudyEvent
from dragoman.studies.layer import FOUND, SCHEMA, Layer

COLUMNS: Final = pa.schema(
    [*EVENT_COLUMNS, ("plover_event", pa.string()), ("plover_type", pa.string()), ("study", pa.string())]
)
"""What a reader sees of a study's event: the record's columns, PLOVER's event of the same words, and the study."""
_ROWS: Final = pa.schema([("coding_id", pa.string()), ("article_id", pa.string()), *FOUND, (SIDES, pa.string())])
_PLACES: Final = pa.schema([("coding_id", pa.string()), ("position", pa.int64())])
_CORRECTED: Final = frozenset({"actors", "recipients", "symmetric", "status", "date", "place"})
_ORDER: Final = "ORDER BY coalesce(event_start, published) NULLS LAST, article_id, position"
_TABLE: Final = f"""
SELECT {", ".join(f'"{name}"' for name in COLUMNS.names if name != "study")}, $study AS study FROM found
JOIN (SELECT coding_id, title, url, coder_version, coder_model FROM stored_articles) USING (coding_id) {_ORDER}"""
_EVENTS: Final = f"""
SELECT coding_id, claim, {as_json(StudyEvent, "event_id")} AS event FROM found {_ORDER}"""
_ARTICLES: Final = f"""
SELECT coding_id, {as_json(Article, "article_id")} AS article,
    to_json({{'version': coder_version, 'model': coder_model}})::VARCHAR AS coder
FROM stored_articles SEMI JOIN found USING (coding_id)"""
_CLAIMS: Final = f"""
SELECT coding_id, claim_id, {as_json(Claim, "claim_id")} AS claim FROM stored_claims AS c
SEMI JOIN found AS f ON c.coding_id = f.coding_id AND c.claim_id = f.claim"""


class StudyFilters(TypedDict, total=False):
    """Conditions on a study's events; all but `types` are those of `EventFilters`, and `types` are the study's."""

    between: tuple[str, str] | None
    party: str | None
    since: str | None
    until: str | None
    types: Sequence[str]
    statuses: Sequence[str]
    source: str | None
    min_confidence: float | None


class StudySelection:
    """A study's events that meet all conditions, in order of time, then of article, then in it."""

    def __init__(self, look: Callable[..., Look], name: str, where: str, given: Mapping[str, object]) -> None:
        self._look, self._name, self._where, self._values = look, name, where, dict(given)

    def __iter__(self) -> Iterator[ReportedEvent]:
        for event, _coder in self.with_coders():
            yield event

    def with_coders(self) -> Iterator[tuple[ReportedEvent, CoderInfo]]:
        """Each event (a `StudyEvent`) with its article and claim, and the coder that found its sides."""
        with self._look(("articles", "claims", "events")) as look:
            self._find(look)
            found, article_rows, claim_rows = (look.table(query) for query in (_EVENTS, _ARTICLES, _CLAIMS))
        try:
            codings = article_rows["coding_id"].to_pylist()
            articles = dict(zip(codings, values(article_rows["article"], Article), strict=True))
            coders = dict(zip(codings, values(article_rows["coder"], CoderInfo), strict=True))
            keys = zip(claim_rows["coding_id"].to_pylist(), claim_rows["claim_id"].to_pylist(), strict=True)
            claims = dict(zip(keys, values(claim_rows["claim"], Claim), strict=True))
            rows = zip(found["coding_id"].to_pylist(), found["claim"].to_pylist(), strict=True)
            for (coding, claim), event in zip(rows, values(found["event"], StudyEvent), strict=True):
                told = ReportedEvent(event=event, article=articles[coding], claim=claims.get((coding, claim)))
                yield told, coders[coding]
        except msgspec.ValidationError as error:
            raise RecordError(f"The layer of '{self._name}' holds a row that no study writes ({error}).") from error

    def arrow(self) -> pa.Table:
        """One row an event with the columns of `COLUMNS`."""
        with self._look(("articles", "events")) as look:
            self._find(look)
            return look.table(_TABLE, {"study": self._name}).cast(COLUMNS)

    def _find(self, look: Look) -> None:
        look.run(f"CREATE TEMP TABLE found AS FROM current_events WHERE {self._where}", self._values)


def study_events(
    record: str | Path,
    name: str,
    *,
    as_of: int | str | datetime | None = None,
    reviewed: bool = True,
    **filters: Unpack[StudyFilters],
) -> StudySelection:
    """What the study `name` found in a record; raises `UsageError` for what cannot be asked."""
    record = Path(record)
    layer = Layer(record, name)
    types = _known(filters.pop("types", ()), layer)
    where, given = checked(**filters).where()
    if types:
        where, given = f"{where} AND list_contains($types, type)", {**given, "types": types}
    opened = Record(record, as_of=as_of, reviewed=reviewed)  # says what is wrong with the record or the moment
    moment, merges = parse_moment(as_of), read_merges(record)

    def look(tables: Collection[str]) -> Look:
        overriding = _overriding(opened, layer, moment) if reviewed else None
        return StudyLook(layer, Store(opened.path), moment, tables, merges, overriding)

    return StudySelection(look, name, where, given)


class StudyLook(Look):
    """A look at the record in which the events are a study's."""

    def __init__(
        self,
        layer: Layer,
        store: Store,
        moment: Moment = None,
        tables: Collection[str] = ("articles", "events"),
        merges: Mapping[str, Merge] = MappingProxyType({}),
        overriding: Overriding | None = None,
    ) -> None:
        self._layer = layer
        super().__init__(store, moment, tables, merges, overriding)

    def _see(self, name: str, view: str) -> None:
        if name != "events":
            super()._see(name, view)
            return
        files = self._layer.files()
        self._paths.update(files)
        listed = "[" + ", ".join("'" + path.replace("'", "''") + "'" for path in files) + "]"
        if files:
            # An article that two coded at once stands there twice, with the same events.
            self.run(
                f"CREATE TEMP TABLE study_codings AS SELECT coding_id, article_id, any_value(events) AS events "
                f"FROM read_parquet({listed}, hive_partitioning = false) WHERE study = $study GROUP BY ALL",
                {"study": self._layer.told.applied},
            )
        else:
            self.give("study_codings", SCHEMA.empty_table())
        self.run(
            f"CREATE TEMP VIEW {view} AS SELECT coding_id, article_id, e.*, NULL::VARCHAR AS {SIDES} FROM "
            "(SELECT coding_id, article_id, unnest(events) AS e FROM study_codings)"
        )


def _known(given: Sequence[str], layer: Layer) -> list[str]:
    known = {kind.casefold(): kind for kind in layer.told.types}
    unknown = [kind for kind in given if kind.casefold() not in known]
    if unknown:
        listed = ", ".join(layer.told.types)
        raise UsageError(f"The study '{layer.told.name}' has no type '{unknown[0]}'. There are: {listed}.")
    return [known[kind.casefold()] for kind in given]


def _overriding(record: Record, layer: Layer, moment: Moment) -> Overriding | None:
    """The study's rows that persons' decisions about PLOVER's events change, and where those stood."""
    decided = {key: v for key, v in record.reviewed().verdicts.items() if v.state in ("rejected", "edited")}
    if not decided:
        return None
    left = {placed.event.id: placed.event for placed in record.reviewed().rows}
    with StudyLook(layer, Store(record.path), moment) as look:
        look.give("decided", pa.table({"plover_event": pa.array(sorted(decided), pa.string())}))
        names = ", ".join(f'"{name}"' for name in _ROWS.names)
        found: list[Row] = look.rows(f"SELECT {names} FROM current_events SEMI JOIN decided USING (plover_event)")
    rows = [
        _corrected(row, left[key], decided[key].last.changes) for row in found if (key := row["plover_event"]) in left
    ]
    hidden = [{name: row[name] for name in _PLACES.names} for row in found]
    return Overriding(pa.Table.from_pylist(rows, schema=_ROWS), pa.Table.from_pylist(hidden, schema=_PLACES))


def _corrected(row: Row, event: Event, changes: Changes | None) -> Row:
    """A study's row with what a person changed of the event; the study's own type stays."""
    told = event_value(event)
    changed = () if changes is None else changes.fields
    return {**row, **{name: told[name] for name in changed if name in _CORRECTED}, "plover_type": event.type}
