"""A brief as Markdown, with its chart as an SVG beside it; article text is escaped so that it stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

from dragoman.briefing.brief import Brief, MeetingRow
from dragoman.briefing.chart import chart_svg
from dragoman.briefing.files import write_text
from dragoman.briefing.lines import Card, Line
from dragoman.briefing.phrases import (
    HEADINGS,
    NOT_TOLD,
    TOLD,
    chart_words,
    elsewhere_words,
    empty_words,
    series_note,
    window_words,
)
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
    write_text(chart, chart_svg(brief.series, brief.title, background=WHITE))
    return [path, chart]


def _blocks(brief: Brief, chart: str | None) -> Iterable[str]:
    yield f"# {_plain(brief.title)}"
    yield _plain(window_words(brief.window))
    yield _plain(" ".join(brief.gist) if brief.gist else empty_words(brief))
    if brief.series is not None and chart is not None:
        yield f"## {HEADINGS['chart']}"
        yield f"![{_plain(chart_words(brief.title, brief.series))}]({chart})"
        yield f"*{_plain(series_note(brief.series))}*"
    if brief.meetings:
        yield f"## {HEADINGS['meetings']}"
        yield _meetings(brief.meetings)
    if brief.counterparts:
        yield f"## {HEADINGS['counterparts']}"
        yield _counterparts(brief)
    yield from _section("happened", brief.happened)
    yield from _section("undated", brief.undated)
    if brief.undated_elsewhere:
        yield _plain(elsewhere_words(brief.undated_elsewhere))
    if brief.said:
        yield f"## {HEADINGS['said']}"
    for group in brief.said:
        yield f"### {_plain(group.heading)}"
        yield "\n".join(_line(s.line, s.speaker) for s in group.sayings)
    yield from _section("planned", brief.planned)
    yield from _section("around", brief.around)
    yield from _section("promised", brief.promised)
    yield from _section("threatened", brief.threatened)
    yield from _section("possible", brief.possible)
    yield from _section("alleged", brief.alleged)
    yield from _contested(brief)
    if brief.sources:
        yield f"## {HEADINGS['sources']}"
        yield _sources(brief)
        yield f"## {HEADINGS['method']}"
        yield "\n".join(f"- {_plain(line)}" for line in brief.method)
        yield f"## {HEADINGS['reports']}"
    for card in brief.reports:
        yield _card(card)


def _section(name: str, lines: Sequence[Line]) -> Iterable[str]:
    if lines:
        yield f"## {HEADINGS[name]}"
        yield "\n".join(map(_line, lines))


def _line(line: Line, speaker: str | None = None) -> str:
    said = f"{_plain(speaker)}: " if speaker and not line.names(speaker) else ""
    marks = "".join(f" **[{mark}]**" for mark in line.marks)
    quoted = "".join(f" “{_plain(words)}”" for words in line.clauses)
    support = f"; {line.support}" if len(line.ids) > 1 else ""
    note = f"; {line.note}, see {_ref(line.see)}" if line.note and line.see else ""
    head = f"- **{_plain(line.date)}** {said}**{_plain(line.what)}** ({_plain(line.code)}){marks}"
    return f"{head}{quoted} {_plain(line.according)}{support}{note} {_ref(line.id)}"


def _meetings(rows: Sequence[MeetingRow]) -> str:
    cells = (
        (
            _plain(row.pair),
            str(len(row.times)),
            "; ".join(f"{_plain(t.date)}{f', {_plain(t.place)}' if t.place else ''} {_ref(t.id)}" for t in row.times),
        )
        for row in rows
    )
    return _table(("Who", "Times", "When and where"), cells)


def _counterparts(brief: Brief) -> str:
    cells = (
        (
            _plain(c.name),
            *map(str, (c.happenings, c.meetings, c.cooperation, c.conflict)),
            f"{_plain(c.last)} {_ref(c.id)}",
        )
        for c in brief.counterparts
    )
    return _table(("Who", "Happenings", "Meetings", "Cooperation", "Conflict", "Last"), cells)


def _contested(brief: Brief) -> Iterable[str]:
    if brief.contested:
        yield f"## {HEADINGS['contested']}"
    for pair in brief.contested:
        yield f"Denied:\n\n{_line(pair.denied)}"
        told = "\n".join(map(_line, pair.told))
        yield f"{TOLD}:\n\n{told}" if told else NOT_TOLD


def _sources(brief: Brief) -> str:
    cells = (
        (_plain(f"{s.publisher} ({s.kind})" if s.kind else s.publisher), str(s.articles), str(s.reports))
        for s in brief.sources
    )
    return _table(("Publisher", "Articles", "Reports"), cells)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (head, ["---"] * len(head), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _card(card: Card) -> str:
    """A heading that is the id, which is what links lead to, and below it the sentence and where it is from."""
    marked = f"**{_plain(card.clause.strip())}**" if card.clause.strip() else ""
    between = " " if card.before.endswith(" ") or card.clause.startswith(" ") else ""
    quoted = f"{_plain(card.before.strip())}{between}{marked}{_plain(card.after)}"
    address = f", <{card.url}>" if card.url else f", {_plain(card.url_text)}" if card.url_text else ""
    place = f"; place: {card.place}" if card.place else ""
    reprint = f", first published by {card.reprint_of}" if card.reprint_of else ""
    facts = f"{card.what} ({card.code}, {card.status}); date: {card.date}{place}; {card.according}."
    source = f"“{card.title}”, {card.publisher}, {card.published}{reprint}"
    return f"### {card.id}\n\n> {quoted.strip()}\n\n{_plain(facts)} {_plain(source)}{address}"


def _ref(short: str | None) -> str:
    return f"[{short}](#{quote(short)})" if short else ""


def _plain(text: str) -> str:
    """Text as text: no mark-up, no link, no HTML, no line that begins a list or heading."""
    escaped = SPECIAL.sub(r"\\\1", " ".join(text.split())).replace("&", "&amp;").replace("<", "&lt;")
    return AT_START.sub(_first_escaped, escaped.replace(">", "&gt;"))


def _first_escaped(found: re.Match[str]) -> str:
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"
