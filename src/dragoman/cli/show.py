"""`dragoman show`: one event in its sentence and paragraph, with its sides and the chain of who said it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import AsOfOption, RecordOption

if TYPE_CHECKING:
    from rich.text import Text

    from dragoman.model import Event, Party, ReportedEvent


def show(
    event: Annotated[str, typer.Argument(metavar="EVENT", help="An event's id or its beginning.", show_default=False)],
    record: RecordOption,
    as_of: AsOfOption = None,
) -> None:
    """Show one event where it stands in the article, and according to whom."""
    from rich.console import Console
    from rich.panel import Panel
    from rich.table import Table
    from rich.text import Text

    from dragoman.briefing.wording import according_to, date_words, one_line, sides
    from dragoman.record import Record

    found = Record(record, as_of=as_of).event(event)
    told, article = found.event, found.article
    console = Console()
    console.print(Panel(_paragraph(found), title=Text(f"{told.type}: {sides(told)}"), title_align="left"))
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    rows = [("Event", told.id), ("Type", _type(told)), ("Status", told.status), ("Date", date_words(told.date))]
    if told.date is not None:
        words = f"'{told.date.expression}' " if told.date.expression else ""
        rows.append(("Date from", f"{words}({told.date.basis})"))
    if told.place is not None:
        rows.append(("Place", _place(told)))
    rows += [("Actor" if not told.symmetric else "One side", _party(p)) for p in told.actors]
    rows += [("Recipient" if not told.symmetric else "Other side", _party(p)) for p in told.recipients]
    rows += [("According to", according_to(found))]
    if found.claim is not None and found.claim.cue is not None:
        speaker = found.claim.speaker.text if found.claim.speaker else "nobody named"
        rows.append(("In the words", f"{speaker} … {found.claim.cue.text} ({found.claim.kind})"))
    rows += [
        ("Contexts", ", ".join(told.contexts) or "none"),
        ("Confidence", f"{told.confidence:.2f}"),
        ("Article", article.title or article.id),
        ("Publisher", f"{article.publisher or 'not known'}, {article.published or 'day not known'}"),
    ]
    if article.reprint_of:
        rows.append(("First published", article.reprint_of))
    if article.url:
        rows.append(("Address", article.url))
    for name, value in rows:
        table.add_row(name, Text(one_line(value)))
    console.print(table)


def _paragraph(found: ReportedEvent) -> Text:
    """The paragraph with the clause underlined and the sides in bold."""
    import re

    from rich.text import Text

    from dragoman.briefing.wording import seen

    text, span = found.article.text, found.event.evidence
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    clause = Text(seen(span.text), style="underline")
    for party in (*found.event.actors, *found.event.recipients):
        named = re.search(rf"(?<!\w){re.escape(seen(party.text))}(?!\w)", clause.plain)
        if named is not None:
            clause.stylize("bold", *named.span())
    after = text[span.end : end if end >= 0 else len(text)]
    return Text.assemble(seen(text[start : span.start]), clause, seen(after))


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
