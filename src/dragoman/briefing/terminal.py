"""A brief on the terminal: plain lines that read well at 80 columns and in a pipe; colour repeats what words say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from dragoman.analysis.series import Point, Series
from dragoman.briefing.brief import Brief
from dragoman.briefing.entries import Entry, counted
from dragoman.briefing.figures import text_of
from dragoman.briefing.gist import signed
from dragoman.briefing.phrases import (
    HEADINGS,
    UNKNOWN_KIND,
    empty_words,
    turn_words,
    window_words,
)
from dragoman.briefing.sections import Said

WIDEST: Final = 110
INDENT: Final = 17
BAR: Final = 12
LEAST_BAR: Final = 4
COUNTS: Final = 48
"""Columns of the chart's row that are neither the period nor a bar."""
MOST_LINES: Final = 40
"""Rows of the chart on a terminal; the latest are shown."""


def print_brief(brief: Brief, console: Console | None = None) -> None:
    """Print the brief to the console, by default to standard output."""
    console = console or Console(highlight=False)
    console = console if console.width <= WIDEST else Console(file=console.file, width=WIDEST, highlight=False)
    _print_head(console, brief)
    if not brief.gist:
        return
    if brief.series is not None:
        _print_series(console, brief, brief.series)
    _print_key(console, brief)
    _print_contacts(console, brief)
    _print_counterparts(console, brief)
    _print_pledges(console, brief)
    _print_disputes(console, brief)
    if brief.unusual:
        _heading(console, "unusual")
        for told in brief.unusual:
            _print_item(console, text_of(told))
    _print_sources(console, brief)
    _heading(console, "method")
    for line in brief.method:
        _print_item(console, line)
    console.print()
    console.print(Text("'dragoman show ID --record DIR' shows the sentences behind an [incident] or [event]."))


def _print_head(console: Console, brief: Brief) -> None:
    console.print(Text(brief.title.upper(), style="bold"))
    console.print(Text(window_words(brief.window), style="dim"))
    console.print()
    if not brief.gist:
        console.print(Text(empty_words(brief)))
    for told in brief.gist:
        _print_item(console, text_of(told))


def _heading(console: Console, name: str) -> None:
    console.print()
    console.print(Text(HEADINGS[name], style="bold"))
    console.print(Text("─" * min(len(HEADINGS[name]), console.width), style="dim"))


def _print_series(console: Console, brief: Brief, series: Series) -> None:
    """One row a period that has incidents: conflict to the left, cooperation to the right, and the index."""
    _heading(console, "chart")
    most = max(max(p.cooperation, p.conflict) for p in series.points)
    width = max(len(p.label) for p in series.points)
    bar = max(LEAST_BAR, min(BAR, (console.width - width - COUNTS) // 2))
    head = f"{'':{width}}  {'conflict':>{bar}} | {'cooperation':<{bar}}  counts, index with 95 %"
    console.print(Text(head, style="dim"), no_wrap=True, overflow="ellipsis")
    turned = {turn.label for turn in brief.turns}
    skipped = False
    for point in series.points[-MOST_LINES:]:
        if not point.found:
            skipped = True
            continue
        if skipped:
            console.print(Text("⋮", style="dim"))
            skipped = False
        console.print(_bar_row(point, most, width, bar, point.label in turned), no_wrap=True, overflow="ellipsis")
    left_out = series.undated + series.coarse + series.outside
    if left_out:
        _print_item(console, f"{counted(left_out, 'incident')} without a day, or far from the record's, left out.")
    for turn in brief.turns:
        _print_item(console, f"{turn_words(turn)} [{', '.join(each.id for each in turn.made_by)}]")


def _bar_row(point: Point, most: int, width: int, bar: int, turns: bool) -> Text:
    left, right = (round(bar * n / most) or bool(n) for n in (point.conflict, point.cooperation))
    row = Text(f"{point.label:{width}}  ")
    row.append(f"{'▒' * left:>{bar}}", style="red")
    row.append(" | ")
    row.append(f"{'█' * right:<{bar}}", style="blue")
    index = f"{signed(point.index.mean)} ({signed(point.index.low)} to {signed(point.index.high)})"
    row.append(f"  {point.conflict:>2} to {point.cooperation:>2}, {index}{', turns' if turns else ''}")
    return row


def _print_key(console: Console, brief: Brief) -> None:
    _heading(console, "key")
    for entry in brief.key:
        _print_entry(console, entry)
    if brief.others:
        more = f"{counted(len(brief.others), 'more incident')}: 'dragoman incidents' lists them, or write --html."
        console.print(Text(more, style="dim"))


def _print_entry(console: Console, entry: Entry) -> None:
    """The date in a margin of its own; beside it what, the clause, and on whose word with the id at the end."""
    body = Text()
    marks = "".join(f" [{mark}]" for mark in (entry.standing, *entry.marks))
    body.append(entry.line, style="bold")
    body.append(f" ({entry.code}){marks}\n")
    body.append(f"“{entry.quote}”\n")
    body.append(f"{entry.according}; {entry.rests} [{entry.id}]", style="dim")
    _print_dated(console, entry.when, body)


def _print_dated(console: Console, date: str, body: Text) -> None:
    fits = len(date) + 2 <= INDENT
    console.print(Text(f"{date:{INDENT}}" if fits else date, style="bold"), end="" if fits else "\n")
    for number, text in enumerate(body.wrap(console, max(console.width - INDENT, 8))):
        text.rstrip()
        console.print(text if number == 0 and fits else Text(" " * INDENT) + text)


def _print_contacts(console: Console, brief: Brief) -> None:
    if brief.contacts:
        _heading(console, "contacts")
    for group in brief.contacts:
        console.print(Text(group.heading, style="bold"))
        for row in group.rows:
            parts = (row.place, row.entry.rests, *row.entry.marks, row.note)
            words = "; ".join((row.who, *filter(None, parts)))
            _print_dated(console, row.date, Text(f"{words} [{row.entry.id}]"))
        if group.rest:
            console.print(Text(text_of(group.rest), style="dim"))


def _print_counterparts(console: Console, brief: Brief) -> None:
    if not brief.counterparts:
        return
    _heading(console, "counterparts")
    for row in brief.counterparts:
        met = f", {text_of(row.meetings)} of them meetings" if text_of(row.meetings) != "0" else ""
        tail = f"{text_of(row.cooperation)} cooperation, {text_of(row.conflict)} conflict, last {row.last}"
        _print_item(console, f"{row.name}: {text_of(row.incidents)}{met}; {tail} [{row.last_id}]")


def _print_pledges(console: Console, brief: Brief) -> None:
    if not brief.pledges:
        return
    _heading(console, "pledges")
    for row in brief.pledges:
        due = f", due {row.due}" if row.due else ""
        words = f"{row.state}{due}: {row.kind} by {row.who}: “{row.words}” [{row.entry.id}]"
        _print_dated(console, row.made, Text(words))
    if brief.pledges_more:
        console.print(Text(text_of(brief.pledges_more), style="dim"))


def _print_disputes(console: Console, brief: Brief) -> None:
    if not brief.disputes:
        return
    _heading(console, "disputes")
    for dispute in brief.disputes:
        console.print(Text(dispute.what, style="bold"))
        _print_said(console, "Told", dispute.told)
        _print_said(console, "Denied", dispute.denied)


def _print_said(console: Console, name: str, said: Sequence[Said]) -> None:
    words = "\n".join(f"“{one.words}” {one.according} [{one.event}]" for one in said)
    _print_dated(console, name, Text(words))


def _print_sources(console: Console, brief: Brief) -> None:
    _heading(console, "sources")
    for source in brief.sources:
        kind = f" ({source.kind})" if source.kind else ""
        copied = f" ({source.copies} copied)" if source.copies else ""
        articles = f"{counted(source.articles, 'article')}{copied}"
        _print_item(console, f"{source.name}{kind}: {articles}, {counted(source.reports, 'report')}")
    if not all(source.kind for source in brief.sources):
        console.print(Text(UNKNOWN_KIND, style="dim"))
    if brief.quoted:
        quoted = "; ".join(f"{q.name} ({q.kind}) {text_of(q.incidents)}" for q in brief.quoted)
        _print_item(console, f"Most quoted: {quoted}")


def _print_item(console: Console, words: str) -> None:
    """One item of a list, that wraps under itself."""
    for number, text in enumerate(Text(words).wrap(console, console.width - 2)):
        text.rstrip()
        console.print(Text("– " if number == 0 else "  ") + text)
