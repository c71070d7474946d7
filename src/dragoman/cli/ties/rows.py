"""Ties as JSON and as words for a terminal: each number leads to the ids of its incidents."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from dragoman.analysis.occurrence import Occurrence
    from dragoman.analysis.series_index import Estimate
    from dragoman.model import Party


def print_json(found: Any) -> None:
    """One JSON object on one line."""
    typer.echo(json.dumps(found, ensure_ascii=False))


def ids(found: Iterable[Occurrence]) -> list[str]:
    """The ids of the incidents."""
    return [each.id for each in found]


def index_row(index: Estimate) -> dict[str, float]:
    """A mean with its interval."""
    return {"mean": index.mean, "low": index.low, "high": index.high}


def date_row(each: Occurrence) -> dict[str, str] | None:
    """A date as its first and last day."""
    return {"start": each.date.start, "end": each.date.end} if each.date is not None else None


def party_row(party: Party) -> dict[str, str | None]:
    """Who a party is."""
    return {"name": party.actor or party.text, "country": party.country, "office": party.office}


def line(each: Occurrence, *, words: bool = False) -> str:
    """'2023-09-13  Kim Jong Un and Vladimir Putin met [1a2b3c4d]', with the words of the clause if wanted."""
    from dragoman.briefing.wording import clause, date_words, event_words, shortened

    told = f"{date_words(each.date)}  {shortened(event_words(each), 100)}"
    if words:
        told += f": “{clause(each.reports[0].event, 110)}”"
    return f"{told} [{each.id}]"


def signed(score: float, digits: int = 1) -> str:
    """A score with its sign; zero has none."""
    told = f"{score:+.{digits}f}"
    return told[1:] if float(told) == 0 else told


def table(*columns: str, wide: str | None = None) -> Table:
    """A table without rules, its columns kept on one line but for the `wide` one."""
    from rich.table import Table

    made = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for name in columns:
        if name == wide:
            made.add_column(name, overflow="fold", ratio=1)
        else:
            made.add_column(name, no_wrap=True)
    return made
