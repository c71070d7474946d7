"""The record's tables in one place: their columns, and how a coded article becomes rows and comes back unchanged.

Column names are those of the coded article's JSON, but for `id`, which is named after its table (`event_id`). Days are
dates in the tables and ISO strings in the model. Kept apart from the folder on disk so that other parts (exports,
indexes) can use the same columns.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, TypeVar

import msgspec
import pyarrow as pa

from dragoman.model import Article, Claim, CodedArticle, CoderInfo, Event, Mention, Problem, ReportedEvent

SCHEMA_VERSION: Final = 1
"""Goes up with every change that an older Dragoman could not read."""

SIDES: Final = "sides"
"""The column of `events` with who stands on its sides in one text, for finding them quickly (`sides`)."""

Row = dict[str, Any]
T = TypeVar("T", bound=msgspec.Struct)

_SPAN = [("start", pa.int64()), ("end", pa.int64()), ("text", pa.string())]
_ACTOR = [(name, pa.string()) for name in ("actor", "actor_id", "country", "sector", "office")]
_PARTY = pa.struct([("mention", pa.string()), ("text", pa.string()), *_ACTOR])
_NAMES = pa.list_(pa.string())
_PLACE = [
    ("text", pa.string()),
    ("name", pa.string()),
    ("country", pa.string()),
    ("lat", pa.float64()),
    ("lon", pa.float64()),
]

ARTICLE: Final = [
    ("title", pa.string()),
    ("publisher", pa.string()),
    ("published", pa.date32()),
    ("url", pa.string()),
    ("language", pa.string()),
    ("dateline", pa.struct([("place", pa.string()), ("date", pa.date32()), ("agency", pa.string())])),
    ("reprint_of", pa.string()),
    ("text", pa.string()),
    ("furniture", pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64()), ("kind", pa.string())]))),
]
MENTION: Final = [*_SPAN, *_ACTOR, ("how", pa.string())]
CLAIM: Final = [
    ("speaker", pa.struct([*_SPAN, ("actor", pa.string()), ("country", pa.string())])),
    ("cue", pa.struct(_SPAN)),
    ("content", pa.list_(pa.struct(_SPAN))),
    ("kind", pa.string()),
    ("chain", _NAMES),
]
EVENT: Final = [
    ("type", pa.string()),
    ("mode", pa.string()),
    ("contexts", _NAMES),
    ("quad", pa.int8()),
    ("intensity", pa.float64()),
    ("actors", pa.list_(_PARTY)),
    ("recipients", pa.list_(_PARTY)),
    ("symmetric", pa.bool_()),
    ("status", pa.string()),
    (
        "date",
        pa.struct(
            [
                ("start", pa.date32()),
                ("end", pa.date32()),
                ("granularity", pa.string()),
                ("expression", pa.string()),
                ("basis", pa.string()),
            ]
        ),
    ),
    ("place", pa.struct(_PLACE)),
    ("claim", pa.string()),
    ("chain", _NAMES),
    ("evidence", pa.struct(_SPAN)),
    ("sentence", pa.int64()),
    ("confidence", pa.float64()),
]
_PROBLEM = [
    ("kind", pa.string()),
    ("stage", pa.string()),
    ("source", pa.string()),
    ("line", pa.int64()),
    ("field", pa.string()),
    ("article_id", pa.string()),
    ("reason", pa.string()),
    ("content", pa.string()),
]
# When a row came into the record: the append it belongs to, the record version it made, its place in the append.
_ENTRY = [
    ("batch", pa.string()),
    ("version", pa.int64()),
    ("recorded_at", pa.timestamp("us", tz="UTC")),
    ("position", pa.int64()),
]
# What ties a mention, claim or event to its article's row, and its place among its kind in the article.
_PART = [("coding_id", pa.string()), ("article_id", pa.string()), ("position", pa.int64())]

TABLES: Final[Mapping[str, pa.Schema]] = {
    "articles": pa.schema(
        [
            ("coding_id", pa.string()),
            *_ENTRY,
            ("input_hash", pa.string()),
            ("output_hash", pa.string()),
            ("coder_version", pa.string()),
            ("coder_model", pa.string()),
            ("article_id", pa.string()),
            *ARTICLE,
        ]
    ),
    "mentions": pa.schema([*_PART, ("mention_id", pa.string()), *MENTION]),
    "claims": pa.schema([*_PART, ("claim_id", pa.string()), *CLAIM]),
    "events": pa.schema([*_PART, ("event_id", pa.string()), *EVENT, (SIDES, pa.string())]),
    "failures": pa.schema([("problem_id", pa.string()), *_ENTRY, *_PROBLEM]),
}

EVENT_COLUMNS: Final = pa.schema(
    [
        ("event_id", pa.string()),
        ("article_id", pa.string()),
        ("event_start", pa.date32()),
        ("event_end", pa.date32()),
        *EVENT,
        ("title", pa.string()),
        ("publisher", pa.string()),
        ("published", pa.date32()),
        ("url", pa.string()),
        ("coder_version", pa.string()),
        ("coder_model", pa.string()),
        ("version", pa.int64()),
        ("coding_id", pa.string()),
        ("position", pa.int64()),
    ]
)
"""What a reader sees of an event: the stored columns with flat days and what the article's row says of its origin."""

REPORTED: Final = pa.schema(
    [
        ("event", pa.struct([("id", pa.string()), *EVENT])),
        ("article", pa.struct([("id", pa.string()), *ARTICLE])),
        ("claim", pa.struct([("id", pa.string()), *CLAIM])),
        ("coder_version", pa.string()),
    ]
)
"""An event with its article and claim in one row, shaped like its JSON."""


def input_hash(article: Article, coder: CoderInfo) -> str:
    """What was coded by what: equal only for the same article, word for word, and the same coder and model."""
    return _hash((article, coder))


def output_hash(coded: CodedArticle) -> str:
    """The whole coded article in 32 hexadecimal digits."""
    return _hash(coded)


def coded_rows(coded: CodedArticle, coding_id: str) -> dict[str, list[Row]]:
    """The rows of one coded article by table; the article's row still lacks the columns of its append.

    Raises `ValueError` for a day that is not ISO, and for text that UTF-8 cannot hold (lone surrogates).
    """
    article, coder = coded.article, coded.coder
    head = {
        "coding_id": coding_id,
        "input_hash": input_hash(article, coder),
        "output_hash": output_hash(coded),
        "coder_version": coder.version,
        "coder_model": coder.model,
    }
    return {
        "articles": [{**head, **_named(article_value(article), "article_id")}],
        "mentions": _parts(coding_id, article.id, "mention_id", map(msgspec.to_builtins, coded.mentions)),
        "claims": _parts(coding_id, article.id, "claim_id", map(msgspec.to_builtins, coded.claims)),
        "events": _parts(coding_id, article.id, "event_id", map(event_value, coded.events)),
    }


def problem_row(problem: Problem) -> Row:
    """The row of one problem; characters that UTF-8 cannot hold (from odd file names) are written as escapes."""
    values = {
        name: value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value
        for name, value in msgspec.to_builtins(problem).items()
    }
    return {"problem_id": _hash(values), **values}


def article_value(article: Article) -> Row:
    """The article with its days as dates; raises `ValueError` when one is not ISO."""
    row: Row = msgspec.to_builtins(article)
    row["published"] = _to_day(article.published, "published")
    if article.dateline is not None:
        row["dateline"]["date"] = _to_day(article.dateline.date, "dateline.date")
    return row


def event_value(event: Event) -> Row:
    """The event with its days as dates; raises `ValueError` when one is not ISO."""
    row: Row = msgspec.to_builtins(event)
    if event.date is not None:
        row["date"]["start"] = _to_day(event.date.start, "date.start")
        row["date"]["end"] = _to_day(event.date.end, "date.end")
    return row


def to_article(row: Row, id_column: str = "article_id") -> Article:
    """The article of a row of `articles`."""
    row = _days_as_iso(row, "published")
    if row["dateline"] is not None:
        row["dateline"] = _days_as_iso(row["dateline"], "date")
    return _struct(row, Article, id_column)


def to_mention(row: Row) -> Mention:
    """The mention of a row of `mentions`."""
    return _struct(row, Mention, "mention_id")


def to_claim(row: Row) -> Claim:
    """The claim of a row of `claims`."""
    return _struct(row, Claim, "claim_id")


def to_event(row: Row, id_column: str = "event_id") -> Event:
    """The event of a row of `events`."""
    if row["date"] is not None:
        row = {**row, "date": _days_as_iso(row["date"], "start", "end")}
    return _struct(row, Event, id_column)


def reported_value(reported: ReportedEvent) -> Row:
    """The columns of `REPORTED` but for the coder's; raises `ValueError` for a day that is not ISO."""
    return {
        "event": event_value(reported.event),
        "article": article_value(reported.article),
        "claim": msgspec.to_builtins(reported.claim),
    }


def to_reported(row: Row) -> ReportedEvent:
    """The event with article and claim of a row of `REPORTED`."""
    return ReportedEvent(
        event=to_event(row["event"], "id"),
        article=to_article(row["article"], "id"),
        claim=None if row["claim"] is None else _struct(row["claim"], Claim, "id"),
    )


def to_problem(row: Row) -> Problem:
    """The problem of a row of `failures`."""
    return _struct(row, Problem, "problem_id")


def to_coder(row: Row) -> CoderInfo:
    """The coder that a row of `articles` names."""
    return CoderInfo(version=row["coder_version"], model=row["coder_model"])


def _hash(value: object) -> str:
    return hashlib.sha256(msgspec.json.encode(value)).hexdigest()[:32]


def _named(row: Row, id_column: str) -> Row:
    return {id_column: row.pop("id"), **row}


def _parts(coding_id: str, article_id: str, id_column: str, rows: Iterable[Row]) -> list[Row]:
    return [
        {"coding_id": coding_id, "article_id": article_id, "position": position, **_named(row, id_column)}
        for position, row in enumerate(rows)
    ]


def _to_day(value: str | None, field: str) -> date | None:
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:  # fromisoformat also takes 20240802, which would not come back as given
        raise ValueError(f"{field} is '{value}', and not a day like 2024-08-02")
    return day


def _struct(row: Row, kind: type[T], id_column: str) -> T:
    return msgspec.convert({name: row[id_column if name == "id" else name] for name in kind.__struct_fields__}, kind)


def _days_as_iso(row: Row, *names: str) -> Row:
    return {**row, **{name: row[name].isoformat() for name in names if row[name] is not None}}
