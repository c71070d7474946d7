"""What a brief is: everything that is to be printed on two parties or one, and whom it is on.

What it says is decided in `compose` and the modules named for its sections; the printers (terminal, Markdown, HTML,
PDF) only lay it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.analysis.series import Series
from dragoman.analysis.turning import Turn
from dragoman.briefing.cards import IncidentCard
from dragoman.briefing.contacts import ContactGroup
from dragoman.briefing.counterparts import Counterpart
from dragoman.briefing.entries import Entry
from dragoman.briefing.figures import Figure, Sentence
from dragoman.briefing.sections import Dispute, PledgeRow, Quoted, Source
from dragoman.briefing.subject import Subject, find_subject
from dragoman.errors import UsageError
from dragoman.record.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What was asked for, and what the whole record spans: ISO days or None.

    `articles` are the days of publication of all dated articles of the record with their numbers.
    """

    since: str | None = None
    until: str | None = None
    min_confidence: float | None = None
    record_articles: int | None = None
    record_first: str | None = None
    record_last: str | None = None
    articles: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """All that a brief says, in the order in which it is printed; what is empty is not printed.

    `key` are the incidents told in full, `others` the rest in order of time. `figures` are what the numbers count and
    `cards` every incident with its sentences, both of the appendix.
    """

    title: str
    subjects: tuple[Subject, ...]
    window: Window
    gist: tuple[Sentence, ...]
    series: Series | None
    turns: tuple[Turn, ...]
    key: tuple[Entry, ...]
    others: tuple[Entry, ...]
    contacts: tuple[ContactGroup, ...]
    counterparts: tuple[Counterpart, ...]
    pledges: tuple[PledgeRow, ...]
    pledges_more: Sentence
    pledges_day: str | None
    disputes: tuple[Dispute, ...]
    unusual: tuple[Sentence, ...]
    sources: tuple[Source, ...]
    quoted: tuple[Quoted, ...]
    method: tuple[str, ...]
    figures: tuple[Figure, ...]
    cards: tuple[IncidentCard, ...]

    @property
    def entries(self) -> dict[str, Entry]:
        """The line of every incident by its id."""
        return {card.entry.id: card.entry for card in self.cards}


def find_subjects(record: Record, who: Sequence[str]) -> tuple[Subject, ...]:
    """The parties that a user names, by code or any name; `UsageError` where nobody is meant or one twice."""
    subjects = tuple(find_subject(name, _Names(record)) for name in who)
    if len(subjects) == 2 and subjects[0] == subjects[1]:
        raise UsageError(f"Both parties are {subjects[0].name}. Give two different ones, or one alone.")
    return subjects


class _Names:
    """The names of the actors in a record, read when they are gone through: that takes a second in a large one."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def __iter__(self) -> Iterator[str]:
        names = self._record.sql(
            "SELECT DISTINCT p.actor AS actor FROM"
            " (SELECT unnest(list_concat(actors, recipients)) AS p FROM events) WHERE p.actor IS NOT NULL"
        )
        return iter(names.column("actor").to_pylist())
