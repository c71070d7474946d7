"""Reports, incidents and ties as HTML for a notebook: nothing but elements with styles of their own, all text escaped.

Colours are laid thinly over whatever the ground is and text keeps the notebook's own, so that both light and dark
themes can be read. There are no scripts, no style sheets and nothing from elsewhere.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Final

from dragoman.analysis.series import Series
from dragoman.analysis.turning import Turn
from dragoman.briefing.cards import safe_url
from dragoman.briefing.chart import chart_svg
from dragoman.briefing.telling import LEGEND, Letter
from dragoman.briefing.voices import chain_steps, source_words
from dragoman.briefing.wording import date_words, event_words, one_line, party_words, shortened, type_words
from dragoman.model import Event, EventDate, ReportedEvent
from dragoman.notebook.marked import REACH, Run, marked

if TYPE_CHECKING:
    from dragoman.analysis.incidents import Incident
    from dragoman.notebook.dyad import Dyad
    from dragoman.notebook.incidents import Incidents
    from dragoman.notebook.meetings import Meetings
    from dragoman.record import EventSelection

SHOWN: Final = 10
"""How many of a list are shown."""
REPORTS: Final = 5
"""How many reports of one incident are shown."""
TITLE: Final = 160
NARROW: Final = 60
"""Characters around a clause in lists."""
QUADS: Final = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
_SHADES: Final = ("127,178,221", "31,95,158", "240,178,122", "179,68,12")
_LINE: Final = "1px solid rgba(128,128,128,.4)"
_BOX: Final = f"border:{_LINE};border-radius:4px;padding:.5em .8em;margin:.4em 0;line-height:1.45;max-width:60em"
_LINK: Final = "color:inherit;text-decoration:underline"
_SMALL: Final = "font-size:.88em;opacity:.85"
_MARKS: Final[dict[Letter, str]] = {
    "C": "background:rgba(255,193,7,.22)",
    "A": "border-bottom:2px solid #2f7fc4",
    "R": "border-bottom:2px solid #c8651b",
    "D": "border-bottom:2px dotted #7a8a99",
    "P": "border-bottom:2px dashed #7a8a99",
    "S": "border-bottom:3px double #8f5fbf",
}
__all__ = ["dyad_html", "event_html", "events_html", "incident_html", "incidents_html", "meetings_html", "series_html"]


def event_html(report: ReportedEvent) -> str:
    """One report: what, the passage with its clause and sides marked, who said it, when and on what basis, where."""
    event = report.event
    head = f"<strong>{_text(event_words(event))}</strong> {_kind(event.quad, type_words(event), event.status)}"
    facts = [("Date", _date(event.date)), ("Told by", _chain(report)), ("Rests on", _text(source_words(report)))]
    if event.place is not None:
        facts.insert(1, ("Place", _text(event.place.name or event.place.text)))
    facts += [("Source", _source(report)), ("Confidence", f"{event.confidence:.0%}"), ("Id", _text(event.id))]
    return f'<div style="{_BOX}">{head}{_passage(report)}{_facts(facts)}{_legend()}</div>'


def events_html(events: EventSelection) -> str:
    """The first events of a selection, and how many more there are."""
    total, shown = events.count(), events.first(SHOWN)
    rows = [(_date(r.event.date), _what(r.event, r), _chain(r), _source(r), f"{r.event.confidence:.0%}") for r in shown]
    columns = ("When", "What", "Told by", "Source", "Confidence")
    return _list("event", total, columns, rows, "iterate over the selection, or take pandas()")


def incident_html(incident: Incident) -> str:
    """One incident: what, how it stands, when and why, on whose words, and its first reports."""
    head = (
        f"<strong>{_text(event_words(incident))}</strong> "
        f"{_kind(incident.quad, type_words(incident), incident.standing)}"
    )
    facts = [("Date", f"{_text(date_words(incident.date))} ({_text(incident.date_why)})")]
    if incident.place is not None:
        facts.append(("Place", _text(incident.place.name or incident.place.text)))
    facts.append(("Rests on", _text(", ".join(origin.name for origin in incident.origins))))
    if len(incident.course) > 1:
        steps = (f"{step.day or '(no day)'} {step.standing}" for step in incident.course)
        facts.append(("Course", _text("; ".join(steps))))
    copies = f", {incident.copies} of them in copies of others" if incident.copies else ""
    facts += [("Reports", f"{len(incident.reports)}{copies}"), ("Id", _text(incident.id))]
    reports = "".join(
        f'<div style="border-top:{_LINE};margin-top:.5em;padding-top:.4em">{_passage(r)}'
        f'<div style="{_SMALL}">{_chain(r)} · {_source(r)}</div></div>'
        for r in incident.reports[:REPORTS]
    )
    more = _more(len(incident.reports) - REPORTS, "report", "incident.reports has them")
    return f'<div style="{_BOX}">{head}{_facts(facts)}{reports}{more}{_legend()}</div>'


def incidents_html(found: Incidents) -> str:
    """The first incidents of several, and how many more there are."""
    columns = ("When", "What", "How it stands", "Sources", "Told by")
    return _list("incident", len(found), columns, map(_incident_row, found[:SHOWN]), "pandas() has them all")


def meetings_html(found: Meetings) -> str:
    """The first contacts of two sides, and how many more there are."""
    rows = []
    names = {"one": found.one.name, "other": found.other.name}
    for each in found[:SHOWN]:
        where = each.what.place.name or each.what.place.text if each.what.place is not None else ""
        sides = [_text(", ".join(map(party_words, side))) for side in (each.one, each.other)]
        to = names[each.host] if each.host else ""
        rows.append((_text(date_words(each.what.date)), each.kind, *sides, _text(where), _text(to)))
    columns = ("When", "Kind", found.one.name, found.other.name, "Where", "Visited")
    return _list("contact", len(found), columns, rows, "pandas() has them all", marks=False)


def series_html(series: Series | None, turns: Sequence[Turn], title: str) -> str:
    """The chart of a series as one image that needs nothing else."""
    if series is None:
        return f'<div style="{_BOX}">{_text(title)}: nothing that took place has a usable date.</div>'
    svg = base64.b64encode(chart_svg(series, turns, title, background="#ffffff").encode()).decode()
    return (
        f'<img src="data:image/svg+xml;base64,{svg}" alt="{_text(f"The tie over time: {title}")}" '
        'style="max-width:100%;background:#ffffff;padding:6px">'
    )


def dyad_html(dyad: Dyad) -> str:
    """A tie: its chart and its latest incidents."""
    found, told = dyad.incidents(), dyad.series()
    span = dyad.span()
    number = f"{len(found)} incident{'' if len(found) == 1 else 's'}"
    head = f"<strong>{_text(dyad.title)}</strong><div style='{_SMALL}'>{number} in {_text(span.words)}</div>"
    latest = _list(
        "incident",
        len(found),
        ("When", "What", "How it stands", "Sources", "Told by"),
        map(_incident_row, found[-SHOWN:]),
        ".incidents() has them all",
        which="the latest",
    )
    return f'<div style="{_BOX}">{head}{series_html(told.series, told.turns, dyad.title)}</div>{latest}'


def _incident_row(incident: Incident) -> tuple[str, ...]:
    lead = incident.lead
    return (
        _text(date_words(incident.date)),
        _what(incident, lead),
        _text(incident.standing),
        str(len(incident.origins)),
        f"{_chain(lead)} {_source(lead)}",
    )


def _what(what: Event | Incident, report: ReportedEvent) -> str:
    kind = _kind(what.quad, type_words(what))
    return f"<strong>{_text(event_words(what))}</strong> {kind}{_passage(report, NARROW)}"


def _list(
    what: str,
    total: int,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    where: str,
    *,
    which: str = "the first",
    marks: bool = True,
) -> str:
    """A table of cells that are HTML already, under the number of all of them."""
    plural = "" if total == 1 else "s"
    if not total:
        return f'<div style="{_BOX}">No {what}s.</div>'
    cell = f"text-align:left;vertical-align:top;padding:.35em .6em;border-bottom:{_LINE};white-space:normal"
    head = "".join(f'<th scope="col" style="{cell}">{_text(name)}</th>' for name in columns)
    cells = ("".join(f'<td style="{cell}">{value}</td>' for value in row) for row in rows)
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    note = f", {which} {SHOWN} shown" if total > SHOWN else ""
    table = (
        f'<table style="border-collapse:collapse;background:transparent"><thead><tr>{head}</tr></thead><tbody>{body}'
    )
    return (
        f'<div style="{_SMALL}">{total} {what}{plural}{note}</div>{table}</tbody></table>'
        f"{_more(total - SHOWN, what, where)}{_legend() if marks else ''}"
    )


def _more(number: int, what: str, where: str) -> str:
    if number <= 0:
        return ""
    return f'<div style="{_SMALL}">and {number} more {what}{"" if number == 1 else "s"}: {_text(where)}</div>'


def _passage(report: ReportedEvent, reach: int = REACH) -> str:
    return f'<div style="margin:.3em 0">{"".join(map(_run, marked(report, reach)))}</div>'


def _run(run: Run) -> str:
    words = _text(run.text, keep=True)
    letters = [letter for letter in LEGEND if letter in run.on]
    if not letters:
        return words
    sides = [letter for letter in letters if letter != "C"]
    style = ";".join(_MARKS[letter] for letter in letters if letter in ("C", *sides[:1]))
    title = ", ".join(LEGEND[letter] for letter in letters)
    tag = "".join(f"<sup style='font-size:.7em;opacity:.8'>{letter}</sup>" for letter in sides)
    return f'<mark style="color:inherit;background:transparent;{style}" title="{title}">{words}{tag}</mark>'


def _kind(quad: int, *words: str) -> str:
    box = f"border-left:.8em solid rgb({_SHADES[quad - 1]});padding-left:.4em;margin-left:.4em"
    return f'<span style="{_SMALL};{box}" title="{QUADS[quad - 1]}">{_text(", ".join(words))}</span>'


def _date(date: EventDate | None) -> str:
    if date is None:
        return "no date"
    basis = {"stated": "stated", "dateline": "the dateline’s day", "published": "the day of publication"}[date.basis]
    if date.basis == "stated" and date.expression:
        basis = f"from “{shortened(one_line(date.expression), 80)}”"
    return f'{_text(date_words(date))} <span style="{_SMALL}">({_text(basis)})</span>'


def _chain(report: ReportedEvent) -> str:
    """Who said it first, to who published it."""
    article = report.article
    chain = report.event.chain or ((article.publisher,) if article.publisher else ())
    steps = [_text(shortened(step, TITLE)) for step in chain_steps(chain, article)]
    return " › ".join(steps) or "publisher not known"


def _source(report: ReportedEvent) -> str:
    """The article's title, publisher and day; a link only where its address is one of the web."""
    article, url = report.article, safe_url(report.article.url)
    title = _text(shortened(article.title or "(no title)", TITLE))
    if url is not None:
        title = (
            f'<a href="{escape(url, quote=True)}" rel="noopener noreferrer" target="_blank" style="{_LINK}">{title}</a>'
        )
    where = ", ".join(_text(part) for part in (article.publisher, article.published) if part)
    return f"{title}{f', {where}' if where else ''}"


def _facts(facts: Iterable[tuple[str, str]]) -> str:
    told = "".join(
        f'<div><span style="display:inline-block;min-width:6.5em;opacity:.75">{name}</span>{value}</div>'
        for name, value in facts
        if value
    )
    return f'<div style="font-size:.93em">{told}</div>'


def _legend() -> str:
    words = ", ".join(f"{letter} {words}" for letter, words in LEGEND.items() if letter != "C")
    return f'<div style="font-size:.8em;opacity:.75;margin-top:.3em">Shaded: the {LEGEND["C"]}. {words}.</div>'


def _text(text: str, *, keep: bool = False) -> str:
    """Text from an article as text: without what cannot be seen, on one line, escaped."""
    return escape(text if keep else one_line(text), quote=True)
