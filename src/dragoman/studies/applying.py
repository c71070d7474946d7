"""Applies a trained study to a record: every article that it has not been through yet, in batches, as it now stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa

from dragoman.knowledge.own import read_merges
from dragoman.model import Article, Claim, CodedArticle, CoderInfo, Event, Mention
from dragoman.record.query import Look
from dragoman.record.store import Store
from dragoman.record.structs import as_json, by_coding, values
from dragoman.studies.coding import StudyCoder
from dragoman.studies.events import StudyEvent
from dragoman.studies.layer import Layer, mark_of

BATCH: Final = 32
"""Articles that are coded between two appends: what an interruption can lose."""
CHOSEN: Final = "SEMI JOIN wanted USING (coding_id)"


class Applied(NamedTuple):
    """How far an application is: articles done of those to do, events found, and of these such as PLOVER has not."""

    articles: int
    of: int
    events: int
    new: int


def apply_study(coder: StudyCoder, record: Path) -> Iterator[Applied]:
    """Code the record's articles with a study, telling after each batch how far it is; first of all what is to do.

    Articles that this very study has been through are left out, so that it can be run again as the record grows.
    Raises `UsageError` where there is no record, `RecordError` where it cannot be read or written.
    """
    store = Store(record)
    layer = Layer.make(record, mark_of(coder.study, coder.least))
    done = layer.coded()
    with Look(store, None, ("articles",)) as look:
        current = look.rows("SELECT coding_id FROM articles ORDER BY article_id")
    todo = [row["coding_id"] for row in current if row["coding_id"] not in done]
    applied = Applied(0, len(todo), 0, 0)
    yield applied
    for start in range(0, len(todo), BATCH):
        batch = read_codings(store, record, todo[start : start + BATCH])
        rows: list[tuple[str, str, list[StudyEvent]]] = [
            (coding, coded.article.id, coder.code(coded)) for coding, coded in batch
        ]
        layer.append(rows)
        found = [event for _, _, events in rows for event in events]
        new = sum(event.plover_event is None for event in found)
        applied = Applied(applied.articles + len(rows), len(todo), applied.events + len(found), applied.new + new)
        yield applied


def read_codings(store: Store, record: Path, ids: Sequence[str]) -> list[tuple[str, CodedArticle]]:
    """Codings of a record by their ids, in that order, with actors as they are merged now."""
    with Look(store, None, ("articles", "mentions", "claims", "events"), read_merges(record)) as look:
        look.give("wanted", pa.table({"coding_id": pa.array(ids, pa.string())}))
        rows = look.table(
            f"SELECT coding_id, {as_json(Article, 'article_id')} AS article, "
            "to_json({'version': coder_version, 'model': coder_model})::VARCHAR AS coder "
            "FROM articles SEMI JOIN wanted USING (coding_id)"
        )
        codings = rows["coding_id"].to_pylist()
        articles = dict(zip(codings, values(rows["article"], Article), strict=True))
        coders = dict(zip(codings, values(rows["coder"], CoderInfo), strict=True))
        mentions = by_coding(look, "mentions", Mention, "mention_id", CHOSEN)
        claims = by_coding(look, "claims", Claim, "claim_id", CHOSEN)
        events = by_coding(look, "events", Event, "event_id", CHOSEN)
    return [
        (
            coding,
            CodedArticle(
                article=articles[coding],
                mentions=tuple(mentions.get(coding, ())),
                claims=tuple(claims.get(coding, ())),
                events=tuple(events.get(coding, ())),
                coder=coders[coding],
            ),
        )
        for coding in ids
        if coding in articles
    ]
