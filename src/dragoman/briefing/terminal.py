"""A brief on the terminal: plain lines that read well at 80 columns and in a pipe; colour repeats what words say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from dragoman.analysis.series import Point, Series
from dragoman.briefing.brief import Brief, MeetingRow
from dragoman.briefing.lines import Line
from dragoman.briefing.phrases import HEADINGS, NOT_TOLD, TOLD, elsewhere_words, empty_words, series_note, window_words

WIDEST: Final = 110
INDENT: Final = 12
BAR: Final = 16
LEAST_BAR: Final = 5
COUNTS: Final = 27
"""Columns of the chart's row that are neither the period nor a bar."""
MOST_LINES: Final = 60
"""Lines of one section on a terminal; the latest are shown, and how many are left out is said."""


def print_brief(brief: Brief, console: Console | None = None) -> None:
    """Print the brief to the console, by default to standard output."""
    console = console or Console(highlight=False)
    console = console if console.width <= WIDEST else Console(file=console.file, width=WIDEST, highlight=False)
    _print_head(console, brief)
    if not brief.reports:
        return
    if brief.series is not None:
        _heading(console, "chart")
        _print_series(console, brief.series)
    _print_meetings(console, brief.meetings)
    _print_counterparts(console, brief)
    _print_lines(console, "happened", brief.happened)
    _print_lines(console, "undated", brief.undated)
    if brief.undated_elsewhere:
        console.print(Text(elsewhere_words(brief.undated_elsewhere), style="dim"))
    for number, group in enumerate(brief.said):
        if number == 0:
            _heading(console, "said")
        console.print(Text(group.heading, style="bold"))
        _print_cut(console, [s.line for s in group.sayings], [s.speaker for s in group.sayings])
    for name in ("planned", "around", "promised", "threatened", "possible", "alleged"):
        _print_lines(console, name, getattr(brief, name))
    _print_contested(console, brief)
    _print_sources(console, brief)
    _heading(console, "method")
    for line in brief.method:
        _print_item(console, line)
    console.print()
    console.print(Text("'dragoman show EVENT --record DIR' shows the sentence behind any [event]."))


def _print_head(console: Console, brief: Brief) -> None:
    console.print(Text(brief.title.upper(), style="bold"))
    console.print(Text(window_words(brief.window), style="dim"))
    console.print()
    console.print(Text(" ".join(brief.gist) if brief.gist else empty_words(brief)))


def _heading(console: Console, name: str) -> None:
    console.print()
    console.print(Text(HEADINGS[name], style="bold"))
    console.print(Text("─" * min(len(HEADINGS[name]), console.width), style="dim"))


def _print_series(console: Console, series: Series) -> None:
    """One row a period that has happenings: conflict to the left, cooperation to the right."""
    most = max(max(p.cooperation, p.conflict) for p in series.points)
    width = max(len(p.label) for p in series.points)
    bar = max(LEAST_BAR, min(BAR, (console.width - width - COUNTS) // 2))
    head = f"{'':{width}}  {'conflict':>{bar}} | {'cooperation':<{bar}}  counts, mean score"
    console.print(Text(head, style="dim"), no_wrap=True)
    skipped = False
    for point in series.points:
        if not sum(point.by_quad):
            skipped = True
            continue
        if skipped:
            console.print(Text(f"{'⋮':{width}}", style="dim"))
            skipped = False
        console.print(_bar_row(point, most, width, bar), no_wrap=True, overflow="ellipsis")
    console.print(Text(series_note(series), style="dim"))


def _bar_row(point: Point, most: int, width: int, bar: int) -> Text:
    left, right = (round(bar * n / most) or bool(n) for n in (point.conflict, point.cooperation))
    row = Text(f"{point.label:{width}}  ")
    row.append(f"{'▒' * left:>{bar}}", style="red")
    row.append(" | ")
    row.append(f"{'█' * right:<{bar}}", style="blue")
    row.append(f"  {point.conflict:>2} against {point.cooperation:>2}, {point.mean:+.1f}")
    return row


def _print_meetings(console: Console, rows: Sequence[MeetingRow]) -> None:
    if not rows:
        return
    _heading(console, "meetings")
    for row in rows:
        times = ", ".join(f"{t.date}{f', {t.place}' if t.place else ''} [{t.id}]" for t in row.times)
        _print_item(console, f"{row.pair}: {len(row.times)}" + " " + f"({times})")


def _print_counterparts(console: Console, brief: Brief) -> None:
    if not brief.counterparts:
        return
    _heading(console, "counterparts")
    for row in brief.counterparts:
        met = f", {row.meetings} of them meetings" if row.meetings else ""
        tail = f"{row.cooperation} cooperation, {row.conflict} conflict, last {row.last} [{row.id}]"
        _print_item(console, f"{row.name}: {row.happenings}{met};" + " " + tail)


def _print_lines(console: Console, name: str, lines: Sequence[Line]) -> None:
    if lines:
        _heading(console, name)
        _print_cut(console, lines)


def _print_cut(console: Console, lines: Sequence[Line], speakers: Sequence[str] | None = None) -> None:
    cut = max(len(lines) - MOST_LINES, 0)
    if cut:
        told = f"({cut} earlier ones are left out here; narrow with --since and --until, or write --html or --md.)"
        console.print(Text(told, style="dim"))
    for number, line in list(enumerate(lines))[cut:]:
        _print_line(console, line, speakers[number] if speakers else None)


def _print_line(console: Console, line: Line, speaker: str | None = None) -> None:
    """The date in a margin of its own; beside it what, the clauses, and who says so with the event's id at the end."""
    fits = len(line.date) + 2 <= INDENT
    console.print(Text(f"{line.date:{INDENT}}" if fits else line.date, style="bold"), end="" if fits else "\n")
    body = _body(line, speaker)
    for number, text in enumerate(body.wrap(console, console.width - INDENT)):
        text.rstrip()
        console.print(text if number == 0 and fits else Text(" " * INDENT) + text)


def _body(line: Line, speaker: str | None) -> Text:
    body = Text()
    marks = "".join(f" [{mark}]" for mark in line.marks)
    body.append(line.what, style="bold")
    body.append(f" ({line.code}){marks}\n")
    for words in line.clauses:
        body.append(f"“{words}”\n")
    said = f"{speaker}; " if speaker and not line.names(speaker) else ""
    note = f"; {line.note}, see [{line.see}]" if line.note else ""
    support = f"; {line.support}" if len(line.ids) > 1 else ""
    body.append(f"{said}{line.according}{support}{note} [{line.id}]", style="dim")
    return body


def _print_contested(console: Console, brief: Brief) -> None:
    if not brief.contested:
        return
    _heading(console, "contested")
    for pair in brief.contested:
        console.print(Text("Denied", style="bold"))
        _print_line(console, pair.denied)
        console.print(Text(TOLD if pair.told else NOT_TOLD, style="bold"))
        for line in pair.told:
            _print_line(console, line)


def _print_sources(console: Console, brief: Brief) -> None:
    _heading(console, "sources")
    for source in brief.sources:
        kind = f" ({source.kind})" if source.kind else ""
        articles = f"{source.articles} article{'' if source.articles == 1 else 's'}"
        reports = f"{source.reports} report{'' if source.reports == 1 else 's'}"
        _print_item(console, f"{source.publisher}{kind}:" + " " + f"{articles}, {reports}")


def _print_item(console: Console, words: str) -> None:
    """One item of a list, that wraps under itself."""
    for number, text in enumerate(Text(words).wrap(console, console.width - 2)):
        text.rstrip()
        console.print(Text("– " if number == 0 else "  ") + text)
