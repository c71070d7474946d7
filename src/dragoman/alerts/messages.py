"""What a message says: an incident or a turning point in, a title and a few lines of plain text out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from dragoman.alerts.watches import AlertSettings, Watch
from dragoman.analysis.incidents import Incident
from dragoman.analysis.turning import Turn
from dragoman.briefing.cards import safe_url
from dragoman.briefing.wording import according_to, clause, date_words, event_words, one_line, shortened
from dragoman.model import ReportedEvent

TITLE: Final = 180  # characters
SENTENCE: Final = 400
_RISKY: Final = re.compile(r"[/%~\\]")  # written as the workbench reads it
DIGEST: Final = 30  # messages that one digest has in full


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message; `keys` are what it is about, so that it is sent once: the ids of an incident, or a turn."""

    watch: str
    keys: tuple[str, ...]
    title: str
    body: str


def incident_message(watch: Watch, incident: Incident, settings: AlertSettings) -> Message:
    """The message on one incident: what happened, in which sentence, according to whom, where to read on."""
    when = f" ({date_words(incident.date)})" if incident.date is not None else ""
    others = len(incident.reports) - 1
    more = f"\nTold by {others} more report{'' if others == 1 else 's'}." if others else ""
    link = _link(settings, "incident", incident.id)
    return Message(
        watch=watch.name,
        keys=incident.keys,
        title=shortened(one_line(f"{watch.name}: {event_words(incident)}{when}"), TITLE),
        body=f"{_quoted(incident.lead)}{more}{link}",
    )


def turn_message(watch: Watch, turn: Turn, keys: tuple[str, ...], settings: AlertSettings) -> Message:
    """The message on a turning point of a tie, with the first of the incidents that made it."""
    assert watch.between is not None
    way = "towards cooperation" if turn.rises else "towards conflict"
    lines = [
        f"From {turn.label} on the mean score is {turn.after:+.1f}, before it was {turn.before:+.1f} "
        f"({turn.count_after} incidents after, {turn.count_before} before)."
    ]
    lines += [_quoted(each.reports[0]) for each in turn.made_by[:1]]
    return Message(
        watch=watch.name,
        keys=keys,
        title=shortened(one_line(f"{watch.name}: {' and '.join(watch.between)} turn {way}"), TITLE),
        body="\n".join(lines) + _link(settings, "dyad", *watch.between),
    )


def digest(messages: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Title and body of one message made of several titles and bodies."""
    if len(messages) == 1:
        return messages[0]
    parts = [f"{number}. {title}\n{body}" for number, (title, body) in enumerate(messages[:DIGEST], 1)]
    parts += [f"... and: {title}" for title, _ in messages[DIGEST:]]
    return f"Dragoman: {len(messages)} alerts", "\n\n".join(parts)


def _quoted(report: ReportedEvent) -> str:
    """The sentence, whose words it is, and the address of the article."""
    url = safe_url(report.article.url)
    return f"“{clause(report.event, SENTENCE)}”\nAccording to: {according_to(report)}" + (f"\n{url}" if url else "")


def _link(settings: AlertSettings, *parts: str) -> str:
    """The address of a page of the workbench, which is not imported for it: it may not be installed here."""
    if settings.workbench is None:
        return ""
    written = (_RISKY.sub(lambda found: f"~{ord(found.group()):02X}", part) for part in parts)
    return "\n" + "/".join([settings.workbench, *(quote(part, safe="") for part in written)])
