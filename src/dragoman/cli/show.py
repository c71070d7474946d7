"""`dragoman show`: one event or claim in its paragraph, who it is about and the chain of who said it; an incident."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import AsOfOption, RecordOption

if TYPE_CHECKING:
    from rich.text import Text

    from dragoman.model import Article, Claim, CodedArticle, Event, Party, ReportedEvent
    from dragoman.record import Record

Rows = list[tuple[str, str]]
INCIDENT = r"i[0-9a-f]{4,11}"


def show(
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="An event's or incident's id or its beginning; a claim as ARTICLE/c3.",
            show_default=False,
        ),
    ],
    record: RecordOption,
    as_of: AsOfOption = None,
) -> None:
    """Show an event or claim where it stands in the article, and according to whom; an incident and why it is one."""
    from dragoman.record import Record

    opened = Record(record, as_of=as_of)
    if "/" in id:
        _show_claim(*opened.claim(id))
    elif re.fullmatch(INCIDENT, id.strip()):
        _show_incident(opened, id)
    else:
        found = opened.event(id)
        _show_event(found, _opinions(opened, found) if as_of is None else [])


def _show_incident(record: Record, wanted: str) -> None:
    from dragoman.analysis.incidents import find_incident, incidents_of
    from dragoman.briefing.wording import seen, sides
    from dragoman.cli.incidents.wording import incident_rows

    incident = find_incident(incidents_of(record), wanted)
    told, article = incident.event, incident.lead.article
    names = [seen(party.text) for party in (*told.actors, *told.recipients)]
    span = (told.evidence.start, told.evidence.end)
    _print(f"{incident.type}: {sides(told)}", _paragraph(article, [span], names), incident_rows(incident))


def _show_event(found: ReportedEvent, opinions: Rows) -> None:
    from dragoman.briefing.wording import date_words, seen, sides

    told, article = found.event, found.article
    rows = [("Event", told.id), ("Type", _type(told)), ("Status", _status(found)), ("Date", date_words(told.date))]
    if told.date is not None:
        words = f"'{told.date.expression}' " if told.date.expression else ""
        rows.append(("Date from", f"{words}({told.date.basis})"))
    if told.place is not None:
        rows.append(("Place", _place(told)))
    rows += [("Actor" if not told.symmetric else "One side", _party(p)) for p in told.actors]
    rows += [("Recipient" if not told.symmetric else "Other side", _party(p)) for p in told.recipients]
    rows += _sources(found)
    rows += [("Contexts", ", ".join(told.contexts) or "none"), ("Confidence", f"{told.confidence:.2f}")]
    rows += opinions
    names = [seen(party.text) for party in (*told.actors, *told.recipients)]
    span = (told.evidence.start, told.evidence.end)
    _print(f"{told.type}: {sides(told)}", _paragraph(article, [span], names), rows + _origin(article))


def _opinions(record: Record, found: ReportedEvent) -> Rows:
    """What models said of the event when they were asked; of now, whatever the record is read as of."""
    from dragoman.opinions.standing import opinions_of
    from dragoman.opinions.words import opinion_words, reason_words

    rows: Rows = []
    for opinion in opinions_of(record, [found]).get(found.event.id, ()):
        rows.append(("Second coder", opinion_words(opinion, found.event)))
        reason = reason_words(opinion)
        rows += [("", f"“{reason}”")] if reason else []
    return rows


def _show_claim(claim: Claim, coded: CodedArticle) -> None:
    from dragoman.briefing.voices import chain_steps, claim_id, speaker_words
    from dragoman.briefing.wording import seen, sides
    from dragoman.coding.claims.chain import ClaimIndex
    from dragoman.record.claims import reported_claim

    article, told = coded.article, reported_claim(claim, coded)
    rows = [("Claim", f"{article.id}/{claim.id}"), ("Said by", speaker_words(told))]
    if claim.speaker is not None:
        rows.append(("In the words", _cue(claim)))
    rows.append(("Kind", claim.kind))
    rows += _numbered("Chain", chain_steps(claim.chain, article))
    where = ClaimIndex(coded.claims)
    for other in coded.claims:
        if other is not claim and where.nests(other, claim):
            rows.append(("Within", f"{speaker_words(reported_claim(other, coded))} [{claim_id(told, other)}]"))
        elif other is not claim and where.nests(claim, other):
            rows.append(("Holds", f"{speaker_words(reported_claim(other, coded))} [{claim_id(told, other)}]"))
    within = [event for event in coded.events if event.claim == claim.id]
    rows += [("Tells of", f"{event.type}, {sides(event)}, {event.status} [{event.id[:8]}]") for event in within]
    names = [seen(claim.speaker.text)] if claim.speaker is not None else []
    spans = [(span.start, span.end) for span in claim.content]
    _print(f"{claim.kind} claim", _paragraph(article, spans, names), rows + _origin(article))


def _print(title: str, paragraph: Text, rows: Iterable[tuple[str, str]]) -> None:
    from rich.console import Console
    from rich.panel import Panel
    from rich.table import Table
    from rich.text import Text

    from dragoman.briefing.wording import one_line

    console = Console()
    console.print(Panel(paragraph, title=Text(one_line(title)), title_align="left"))
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in rows:
        table.add_row(name, Text(one_line(value)))
    console.print(table)


def _sources(found: ReportedEvent) -> Rows:
    """According to whom: the chain link by link, how the first one stands to the event, and the words that say so."""
    from dragoman.briefing.voices import chain_steps, source_words
    from dragoman.briefing.wording import according_to

    rows = _numbered("According to", chain_steps(found.event.chain, found.article) or [according_to(found)])
    rows.append(("That is", source_words(found)))
    if found.claim is not None and found.claim.cue is not None:
        rows.append(("In the words", f"{_cue(found.claim)} ({found.claim.kind})"))
    return rows


def _numbered(name: str, steps: list[str]) -> Rows:
    if len(steps) == 1:
        return [(name, steps[0])]
    return [(name if n == 1 else "", f"{n}. {step}") for n, step in enumerate(steps, 1)]


def _cue(claim: Claim) -> str:
    speaker = claim.speaker.text if claim.speaker else "nobody named"
    return f"{speaker} … {claim.cue.text}" if claim.cue is not None else speaker


def _origin(article: Article) -> Rows:
    rows = [
        ("Article", article.title or article.id),
        ("Publisher", f"{article.publisher or 'not known'}, {article.published or 'day not known'}"),
    ]
    if article.reprint_of:
        rows.append(("First published", article.reprint_of))
    if article.url:
        rows.append(("Address", article.url))
    return rows


def _paragraph(article: Article, spans: list[tuple[int, int]], names: list[str]) -> Text:
    """The paragraphs that the spans stand in, with these underlined and the names in bold."""
    import re

    from rich.text import Text

    from dragoman.briefing.wording import seen

    text = article.text
    at = start = text.rfind("\n", 0, min(a for a, _ in spans)) + 1
    last = max(b for _, b in spans)
    end = text.find("\n", last)
    told = Text()
    for a, b in spans:
        told.append(seen(text[at:a]))
        told.append(seen(text[a:b]), style="underline")
        at = b
    told.append(seen(text[at : end if end >= start else len(text)]))
    for name in names:
        named = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", told.plain)
        if named is not None:
            told.stylize("bold", *named.span())
    return told


def _status(found: ReportedEvent) -> str:
    """The status, with what became of a plan where the clause says so: 'denied (cancelled)', 'planned (put off)'."""
    from dragoman.analysis.incidents.course import standing_of

    standing = standing_of(found, planned=True)
    return f"{found.event.status} ({standing})" if standing in ("cancelled", "put off") else found.event.status


def _type(event: Event) -> str:
    mode = f", {event.mode}" if event.mode else ""
    return f"{event.type}{mode} (quad {event.quad}, intensity {event.intensity:+g})"


def _place(event: Event) -> str:
    place = event.place
    assert place is not None
    where = ", ".join(x for x in (place.name, place.country) if x)
    spot = f" ({place.lat:.2f}, {place.lon:.2f})" if place.lat is not None and place.lon is not None else ""
    return f"'{place.text}'" + (f": {where}{spot}" if where else ", not resolved")


def _party(party: Party) -> str:
    known = [party.office, party.country, party.sector]
    name = party.actor or "not resolved"
    return f"'{party.text}': {name}" + "".join(f", {k}" for k in known if k)
