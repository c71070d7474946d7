"""GDELT's 16 columns of mentions: a row for each report of each row that `gdelt` writes, without a line of names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, Final

from dragoman.analysis.incidents import Incident
from dragoman.exchange.formats.gdelt import compact, global_id
from dragoman.exchange.formats.parts import fits, pairs
from dragoman.exchange.formats.tables import Written, line_of
from dragoman.model import ReportedEvent

COLUMNS: Final = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
WEB: Final = 1
CITATION: Final = 2
"""GDELT's types of a mention: found on the web, by its address; known by a citation alone, here the article's id."""
NOT_KNOWN: Final = -1
"""What GDELT writes for an offset that it does not know."""


def write_gdelt_mentions(found: Iterable[Incident], stream: BinaryIO) -> Written:
    """What was reported of the incidents that `write_gdelt` writes; the others are left out."""
    written = Written()
    for incident in found:
        if not fits(incident, written):
            continue
        for place in range(len(pairs(incident.actors, incident.recipients))):
            for report in incident.reports:
                row = _row(incident, place, report)
                stream.write(line_of(row.get(column) for column in COLUMNS))
                written.rows += 1
    return written


def _row(incident: Incident, place: int, report: ReportedEvent) -> dict[str, object]:
    assert incident.date is not None
    event, article = report.event, report.article
    return {
        "GLOBALEVENTID": global_id(incident.id, place),
        "EventTimeDate": f"{compact(incident.date.start)}000000",
        "MentionTimeDate": f"{compact(article.published)}000000" if article.published is not None else None,
        "MentionType": WEB if article.url is not None else CITATION,
        "MentionSourceName": article.publisher,
        "MentionIdentifier": article.url or article.id,
        "SentenceID": event.sentence + 1,
        "Actor1CharOffset": NOT_KNOWN,
        "Actor2CharOffset": NOT_KNOWN,
        "ActionCharOffset": event.evidence.start,
        "InRawText": 1,
        "Confidence": round(event.confidence * 100),
        "MentionDocLen": len(article.text),
    }
