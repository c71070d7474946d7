"""Claims out of Dragoman: CSV with one readable row a claim, JSON Lines with everything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO, Final

import msgspec

from dragoman.analysis.sourcing import expert_words, is_anonymous
from dragoman.exchange.export import cell
from dragoman.record.claims import ReportedClaim

CLAIM_COLUMNS: Final = (
    "claim_id", "speaker", "actor", "office", "country", "anonymous", "expert", "cue", "kind", "content", "said_by",
    "article_id", "title", "publisher", "published", "url",
)  # fmt: skip


def write_claims_jsonl(claims: Iterable[ReportedClaim], stream: BinaryIO) -> None:
    """One `ReportedClaim` a line."""
    for claim in claims:
        stream.write(msgspec.json.encode(claim) + b"\n")


def write_claims_csv(claims: Iterable[ReportedClaim], stream: BinaryIO) -> None:
    """One row a claim with the columns of `CLAIM_COLUMNS`; the pieces of a content are joined by ' … '."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    try:
        sheet = csv.DictWriter(text, CLAIM_COLUMNS, lineterminator="\n")
        sheet.writeheader()
        for claim in claims:
            sheet.writerow({name: cell(value) for name, value in _flat(claim).items()})
    finally:
        text.detach()  # flushes, and leaves the stream open to its owner


def office_of(told: ReportedClaim) -> str | None:
    """The office of who speaks, as far as the article or the knowledge tells."""
    speaker = told.claim.speaker
    if speaker is None:
        return None
    own = [m for m in told.speakers if m.actor == speaker.actor]
    return next((m.office for m in own if m.office), None)


def _flat(told: ReportedClaim) -> dict[str, object]:
    claim, article, speaker = told.claim, told.article, told.claim.speaker
    return {
        "claim_id": f"{article.id}/{claim.id}",
        "speaker": speaker and speaker.text,
        "actor": speaker and speaker.actor,
        "office": office_of(told),
        "country": speaker and speaker.country,
        "anonymous": None if speaker is None else "true" if is_anonymous(speaker) else "false",
        "expert": expert_words(claim, article),
        "cue": claim.cue and claim.cue.text,
        "kind": claim.kind,
        "content": " … ".join(span.text for span in claim.content),
        "said_by": " > ".join(claim.chain),
        "article_id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published,
        "url": article.url,
    }
