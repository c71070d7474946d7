"""A brief as Markdown, with its chart as an SVG beside it; article text is escaped so that it stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

from dragoman.briefing.brief import Brief
from dragoman.briefing.cards import Card, IncidentCard
from dragoman.briefing.chart import chart_svg
from dragoman.briefing.entries import Entry
from dragoman.briefing.figures import Figure, Sentence
from dragoman.briefing.files import write_text
from dragoman.briefing.phrases import (
    HEADINGS,
    UNKNOWN_KIND,
    chart_words,
    empty_words,
    key_words,
    series_note,
    turn_words,
    window_words,
)
from dragoman.briefing.sections import Said
from dragoman.errors import UsageError

SPECIAL: Final = re.compile(r"([\\`*_\[\]|~$])")
"""What means something to a Markdown reader inside a line; HTML is made harmless apart."""
AT_START: Final = re.compile(r"^(?:[#+=:-]|\d+(?=[.)]))")
"""What begins a heading, list or table at the start of a line."""
WHITE: Final = "#ffffff"


def to_markdown(brief: Brief, *, chart: str | None = None) -> str:
    """The brief as Markdown; `chart` is the address of its chart, left out when None."""
    return "\n\n".join(block for block in _blocks(brief, chart) if block) + "\n"


def write_markdown(brief: Brief, path: Path) -> list[Path]:
    """Write the brief and, when it has one, its chart beside it; returns what was written.

    Raises `UsageError` when a file cannot be written, or when the brief would have the name of its chart.
    """
    if brief.series is None:
        write_text(path, to_markdown(brief))
        return [path]
    chart = path.with_suffix(".svg")
    if chart == path:
        raise UsageError(f"{path} is the name that the chart is to have. Give the Markdown a name that ends in '.md'.")
    write_text(path, to_markdown(brief, chart=quote(chart.name)))
    write_text(chart, chart_svg(brief.series, brief.turns, brief.title, background=WHITE))
    return [path, chart]


def _blocks(brief: Brief, chart: str | None) -> Iterable[str]:
    yield f"# {_plain(brief.title)}"
    yield _plain(window_words(brief.window))
    if not brief.gist:
        yield _plain(empty_words(brief))
        return
    yield "\n".join(f"- {_sentence(told)}" for told in brief.gist)
    yield from _chart(brief, chart)
    yield _heading("key")
    yield "\n".join(map(_entry, brief.key))
    yield f"{_plain(key_words(brief))} [See them](#{_anchor('others')})." if brief.others else ""
    yield from _contacts(brief)
    if brief.counterparts:
        yield _heading("counterparts")
        yield _counterparts(brief)
    yield from _pledges(brief)
    yield from _disputes(brief)
    if brief.unusual:
        yield _heading("unusual")
        yield "\n".join(f"- {_sentence(told)}" for told in brief.unusual)
    yield from _sources(brief)
    yield _heading("method")
    yield "\n".join(f"- {_plain(line)}" for line in brief.method)
    yield from _appendix(brief)


def _chart(brief: Brief, chart: str | None) -> Iterable[str]:
    if brief.series is None:
        return
    yield _heading("chart")
    if chart is not None:
        yield f"![{_plain(chart_words(brief.title, brief.series, brief.turns))}]({chart})"
    yield f"*{_plain(series_note(brief.series))}*"
    entries = brief.entries
    yield "\n".join(
        f"- {_plain(turn_words(turn))}. Made by: "
        + "; ".join(f"{_plain(entries[each.id].line)} {_ref(each.id)}" for each in turn.made_by)
        for turn in brief.turns
    )


def _entry(entry: Entry) -> str:
    marks = "".join(f" **[{mark}]**" for mark in (entry.standing, *entry.marks))
    quoted = f"“{_plain(entry.quote)}” {_plain(entry.according)}; {_plain(entry.rests)} {_ref(entry.id)}"
    return f"- **{_plain(entry.when)}** **{_plain(entry.line)}** ({_plain(entry.code)}){marks} {quoted}"


def _contacts(brief: Brief) -> Iterable[str]:
    if brief.contacts:
        yield _heading("contacts")
    for group in brief.contacts:
        yield f"**{_plain(group.heading)}**"
        if group.rows:
            rows = (
                (
                    _plain(r.date),
                    _plain(r.who),
                    _plain(r.place),
                    str(r.entry.words),
                    _plain("; ".join(filter(None, (*r.entry.marks, r.note)))),
                    _ref(r.entry.id),
                )
                for r in group.rows
            )
            yield _table(("When", "Who", "Where", "Sources", "Note", "Incident"), rows)
        yield _sentence(group.rest)


def _counterparts(brief: Brief) -> str:
    rows = (
        (
            _plain(row.name),
            *map(_sentence, (row.incidents, row.meetings, row.cooperation, row.conflict)),
            f"{_plain(row.last)} {_ref(row.last_id)}",
        )
        for row in brief.counterparts
    )
    return _table(("Who", "Incidents", "Meetings", "Cooperation", "Conflict", "Last"), rows)


def _pledges(brief: Brief) -> Iterable[str]:
    if not brief.pledges:
        return
    yield _heading("pledges")
    rows = (
        (
            f"{_plain(p.state)}{f', due {_plain(p.due)}' if p.due else ''}",
            _plain(p.made),
            f"{_plain(p.kind)} by {_plain(p.who)}: “{_plain(p.words)}”",
            _ref(p.entry.id),
        )
        for p in brief.pledges
    )
    yield _table(("State", "Made", "What, and by whom", "Incident"), rows)
    yield _sentence(brief.pledges_more)


def _disputes(brief: Brief) -> Iterable[str]:
    if not brief.disputes:
        return
    yield _heading("disputes")
    rows = ((_plain(d.what), _said(d.told), _said(d.denied)) for d in brief.disputes)
    yield _table(("What", "Told", "Denied"), rows)


def _said(said: Sequence[Said]) -> str:
    return "; ".join(f"“{_plain(s.words)}” {_plain(s.according)} {_ref(s.event)}" for s in said)


def _sources(brief: Brief) -> Iterable[str]:
    yield _heading("sources")
    rows = (
        (_plain(s.name), _plain(s.kind), f"{s.articles}{f' ({s.copies} copied)' if s.copies else ''}", str(s.reports))
        for s in brief.sources
    )
    yield _table(("Publisher", "Kind", "Articles", "Reports"), rows)
    if not all(s.kind for s in brief.sources):
        yield UNKNOWN_KIND
    if brief.quoted:
        quoted = ((_plain(q.name), _plain(q.kind), _sentence(q.incidents)) for q in brief.quoted)
        yield _table(("Quoted", "Stands to it as", "Incidents"), quoted)


def _appendix(brief: Brief) -> Iterable[str]:
    if brief.others:
        yield _heading("others")
        rows = (
            (_plain(e.when), _plain(e.line), _plain(e.code), _plain("; ".join((e.standing, *e.marks))), _ref(e.id))
            for e in brief.others
        )
        yield _table(("When", "What", "Type", "Standing", "Incident"), rows)
    yield _heading("figures")
    for figure in brief.figures:
        yield _figure(figure)
    yield _heading("incidents")
    for card in brief.cards:
        yield from _incident(card)


def _figure(figure: Figure) -> str:
    return f"### {figure.anchor}\n\n{_plain(figure.label)} ({len(figure.ids)}): {' '.join(map(_ref, figure.ids))}"


def _incident(card: IncidentCard) -> Iterable[str]:
    """A heading that is the id, which is what links lead to, and below it what is known and the sentences."""
    entry = card.entry
    yield f"### {entry.id}"
    yield f"**{_plain(entry.date)}: {_plain(entry.line)}** ({_plain(entry.code)}, {_plain(entry.standing)})"
    yield "\n".join(f"- {_plain(fact)}" for fact in card.facts)
    for report in card.reports:
        yield _card(report)


def _card(card: Card) -> str:
    marked = f"**{_plain(card.clause.strip())}**" if card.clause.strip() else ""
    between = " " if card.before.endswith(" ") or card.clause.startswith(" ") else ""
    quoted = f"{_plain(card.before.strip())}{between}{marked}{_plain(card.after)}"
    address = f", <{card.url}>" if card.url else f", {_plain(card.url_text)}" if card.url_text else ""
    facts = f"{card.what}, {card.status}; date: {card.date}; according to {card.according}; "
    facts += f"confidence {card.confidence:.2f}."
    again = "".join(f" The same words in {_plain(a.where)} ({_plain(a.id)})." for a in card.again)
    source = f"“{card.title}”, {card.where}"
    return f"#### {card.id}\n\n> {quoted.strip()}\n\n{_plain(facts)} {_plain(source)}{address}.{again}"


def _heading(name: str) -> str:
    return f"## {HEADINGS[name]}"


def _anchor(name: str) -> str:
    """What a Markdown reader makes of a heading."""
    return re.sub(r"[^a-z0-9 -]", "", HEADINGS[name].lower()).replace(" ", "-")


def _sentence(told: Sentence) -> str:
    # Spaces at the ends of pieces are what keeps a number from the words beside it.
    return "".join(
        f"[{_plain(p.text)}](#{quote(_anchor(p.to) if p.to in HEADINGS else p.to)})" if p.to else _inner(p.text)
        for p in told
    )


def _inner(text: str) -> str:
    lead = " " if text[:1] == " " else ""
    tail = " " if text[-1:] == " " and text.strip() else ""
    return f"{lead}{_plain(text)}{tail}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (head, ["---"] * len(head), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _ref(anchor: str) -> str:
    return f"[{anchor}](#{quote(anchor)})"


def _plain(text: str) -> str:
    """Text as text: no mark-up, no link, no HTML, no line that begins a list or heading."""
    escaped = SPECIAL.sub(r"\\\1", " ".join(text.split())).replace("&", "&amp;").replace("<", "&lt;")
    return AT_START.sub(_first_escaped, escaped.replace(">", "&gt;"))


def _first_escaped(found: re.Match[str]) -> str:
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"
