"""From the record's folder to what persons' decisions come to: reads the articles decided about, and lays them over.

Apart from `reviewed`, which is pure, and from `Record`, which shows what this gives.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pyarrow as pa

from dragoman.model import Claim, Event, Mention
from dragoman.record.query import Look, Moment
from dragoman.record.reviewed import Coding, Reviewed, overlay
from dragoman.record.reviews import FILE, Review, read_reviews, verdicts
from dragoman.record.structs import by_coding

TABLES: Final = ("articles", "mentions", "claims", "events")
CHOSEN: Final = "SEMI JOIN reviewed_articles USING (article_id)"


def stamp(record: Path) -> tuple[int, int] | None:
    """What changes with every decision added to a record; None where nobody has decided anything."""
    try:
        found = (record / FILE).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def digest(record: Path) -> str | None:
    """The same for the same decisions; None where nobody has decided anything."""
    try:
        return hashlib.sha256((record / FILE).read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


def laid(record: Path, look: Look, moment: Moment = None) -> Reviewed:
    """The decisions of a record over the codings that a look at it (without reviews) sees.

    As of a time, only decisions made by then count; as of a version, those made before the next one. Raises
    `RecordError` for decisions that cannot be read.
    """
    decided = verdicts(_until(read_reviews(record), _end(look, moment)))
    return overlay(decided, _codings(look, {verdict.article for verdict in decided}))


def _end(look: Look, moment: Moment) -> datetime | None:
    if not isinstance(moment, int):
        return moment
    after = look.rows(
        "SELECT min(recorded_at) AS at FROM stored_articles WHERE version > $version", {"version": moment}
    )
    found: datetime | None = after[0]["at"]
    return found


def _until(reviews: Iterable[Review], end: datetime | None) -> Iterable[Review]:
    return reviews if end is None else (r for r in reviews if _time(r.when) <= end)


def _time(when: str) -> datetime:
    found = datetime.fromisoformat(when)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found


def _codings(look: Look, articles: set[str]) -> dict[str, Coding]:
    """The current codings of these articles, those of them that the record has."""
    if not articles:
        return {}
    look.give("reviewed_articles", pa.table({"article_id": pa.array(sorted(articles), pa.string())}))
    rows = look.rows(
        "SELECT article_id, coding_id, text, publisher FROM articles SEMI JOIN reviewed_articles USING (article_id)"
    )
    events = by_coding(look, "events", Event, "event_id", CHOSEN)
    claims = by_coding(look, "claims", Claim, "claim_id", CHOSEN)
    mentions = by_coding(look, "mentions", Mention, "mention_id", CHOSEN)
    return {
        row["article_id"]: Coding(
            id=row["coding_id"],
            text=row["text"],
            publisher=row["publisher"],
            events=tuple(events.get(row["coding_id"], ())),
            claims=tuple(claims.get(row["coding_id"], ())),
            mentions=tuple(mentions.get(row["coding_id"], ())),
        )
        for row in rows
    }
