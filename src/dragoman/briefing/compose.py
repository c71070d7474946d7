"""A brief put together: a record or its incidents in, a `Brief` out.

`make_brief` reads a record; `brief_of` is pure: it reads what the incidents tell (`_read`), then words it (`_worded`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dragoman.analysis.contested import Contested, contested
from dragoman.analysis.expectation import Unusual, unusual
from dragoman.analysis.incidents import Incident, choose
from dragoman.analysis.meetings_firsts import firsts
from dragoman.analysis.meetings_log import Encounter, encounters
from dragoman.analysis.occurrence import Belongs, day_of
from dragoman.analysis.pledges import Pledge, open_at, pledges
from dragoman.analysis.reprints import Reprints, find_reprints
from dragoman.analysis.series import Series, series
from dragoman.analysis.turning import Turn, turning_points
from dragoman.briefing import gist
from dragoman.briefing.brief import Brief, Window, find_subjects
from dragoman.briefing.cards import incident_card
from dragoman.briefing.contacts import contact_groups
from dragoman.briefing.counterparts import counterparts_of
from dragoman.briefing.entries import Entry, ShortIds, entry_of, short_ids
from dragoman.briefing.figures import Figures, Sentence, sentence
from dragoman.briefing.sections import (
    PledgeRow,
    disputes_of,
    is_copy,
    method_of,
    pledge_rows,
    quoted_in,
    sources_of,
    unusual_lines,
)
from dragoman.briefing.subject import Subject
from dragoman.briefing.tied import incidents_with
from dragoman.briefing.weight import choose_key
from dragoman.errors import UsageError
from dragoman.knowledge.actors import load_actors
from dragoman.record.filters import checked
from dragoman.record.record import Record

TOOK_PLACE: Final = ("actual", "habitual")
KEY: Final = 8
"""Incidents that the main part tells in full."""
RECENT: Final = 90
"""Days up to the last article that are looked at for what is unusual, when no window is asked for."""


def make_brief(
    record: Record,
    who: Sequence[str],
    *,
    since: str | None = None,
    until: str | None = None,
    min_confidence: float | None = None,
) -> Brief:
    """The brief on two parties, or on one, from a record.

    `who` are states (by code or any name), persons or bodies; `since` and `until` a day, month or year and
    `min_confidence` a number from 0 to 1, as the record's filters take them. Raises `UsageError` for a party that
    nobody knows (naming near ones), for none or more than two.
    """
    if not 1 <= len(who) <= 2:
        raise UsageError(f"A brief is on two parties or one; {len(who)} were given.")
    subjects = find_subjects(record, who)
    asked = checked(since=since, until=until, min_confidence=min_confidence)
    found = incidents_with(record, subjects, min_confidence=min_confidence)
    days = record.sql("SELECT published::VARCHAR AS day, count(*) AS n FROM articles GROUP BY day").to_pylist()
    dated = tuple(sorted((row["day"], row["n"]) for row in days if row["day"] is not None))
    window = Window(
        since=asked.since,
        until=asked.until,
        min_confidence=min_confidence,
        record_articles=sum(row["n"] for row in days),
        record_first=dated[0][0] if dated else None,
        record_last=dated[-1][0] if dated else None,
        articles=dated,
    )
    return brief_of(found, subjects, window=window)


def brief_of(found: Iterable[Incident], subjects: Sequence[Subject], *, window: Window | None = None) -> Brief:
    """The brief on one or two subjects from the incidents with them; pure.

    All of them are given, not those of the window alone: what is new, unusual or still open shows only against what
    was before. What is counted and told is of the window.
    """
    read = _read(found, subjects, window or Window())
    figures = Figures()
    made = _worded(read, figures)
    if not read.inside:
        return made
    wanted = _wanted(made, read, figures)
    cards = tuple(
        incident_card(each, read.entries[each.id], read.ids, read.reprints) for each in read.told if each.id in wanted
    )
    return replace(made, figures=tuple(figures.made), cards=cards)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Odd:
    """What is unusual, and the window that was looked at."""

    found: tuple[Unusual, ...]
    since: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What the incidents tell: `told` are all, `inside` those of the window, `met` its contacts out of `all_met`."""

    subjects: tuple[Subject, ...]
    window: Window
    told: tuple[Incident, ...]
    inside: tuple[Incident, ...]
    ids: ShortIds
    entries: dict[str, Entry]
    reprints: Reprints
    disputed: tuple[Contested, ...]
    series: Series | None
    turns: tuple[Turn, ...]
    all_met: tuple[Encounter, ...]
    met: tuple[Encounter, ...]
    day: str | None
    pledges: tuple[Pledge, ...]
    odd: _Odd

    @property
    def took_place(self) -> list[Incident]:
        """What is told as a fact."""
        return [each for each in self.inside if each.status in TOOK_PLACE]


def _read(found: Iterable[Incident], subjects: Sequence[Subject], window: Window) -> _Read:
    told = tuple(sorted(found, key=lambda each: each.order))
    inside = tuple(choose(told, since=window.since, until=window.until))
    reports = [report for each in told for report in each.reports]
    published = [r.article.published for r in reports if r.article.published]
    sides = _sides(subjects)
    disputed = tuple(pair for pair in contested(inside) if pair.told)
    doubted = {each.id for pair in disputed for each in pair.told}
    ids = short_ids(reports)
    drawn = series(inside, min(published, default=None), max(published, default=None))
    drawn = drawn if drawn is not None and len(drawn.points) > 1 else None
    met = tuple(encounters(told, *sides))
    shown = {each.id for each in inside}
    day = window.until or window.record_last or max(published, default=None)
    return _Read(
        subjects=tuple(subjects),
        window=window,
        told=told,
        inside=inside,
        ids=ids,
        entries={each.id: entry_of(each, ids, disputed=each.id in doubted) for each in told},
        reprints=find_reprints({r.article.id: r.article for r in reports}.values()),
        disputed=disputed,
        series=drawn,
        turns=turning_points(drawn) if drawn is not None else (),
        all_met=met,
        met=tuple(each for each in met if each.what.id in shown),
        day=day,
        pledges=tuple(pledges(told, as_of=day)) if day is not None else (),
        odd=_unusual(told, sides, window, day),
    )


def _worded(read: _Read, figures: Figures) -> Brief:
    """The brief without its appendix, whose figures are put down on the way."""
    marked = {each.id for turn in read.turns for each in turn.made_by}
    marked |= {each.id for pair in read.disputed for each in pair.told}
    key = choose_key(read.inside, KEY, marked=marked)
    told_in_full = {each.id for each in key}
    sentences = _gist(read, figures) if read.inside else ()
    first = {f.what.id: f for f in reversed(firsts(read.all_met))}
    rows = pledge_rows(read.pledges, read.entries)
    return Brief(
        title=gist.title_of(read.subjects),
        subjects=read.subjects,
        window=read.window,
        gist=sentences,
        series=read.series,
        turns=read.turns,
        key=tuple(read.entries[each.id] for each in key),
        others=tuple(read.entries[each.id] for each in read.inside if each.id not in told_in_full),
        contacts=contact_groups(read.met, _states(read.subjects), read.entries, first, figures),
        counterparts=counterparts_of(read.took_place, read.subjects[0], figures) if len(read.subjects) == 1 else (),
        pledges=rows if read.inside else (),
        pledges_more=_more_pledges(read.pledges, rows, figures),
        pledges_day=read.day,
        disputes=disputes_of(read.disputed, read.entries, read.ids),
        unusual=unusual_lines(read.odd.found, _called(read.subjects), figures, read.odd.since, read.odd.until),
        sources=sources_of(read.inside, read.reprints),
        quoted=quoted_in(read.inside, figures),
        method=method_of(read.inside) if read.inside else (),
        figures=(),
        cards=(),
    )


def _gist(read: _Read, figures: Figures) -> tuple[Sentence, ...]:
    copies = len({r.article.id for each in read.inside for r in each.reports if is_copy(r, read.reprints)})
    took_place = read.took_place
    told = (
        gist.extent(read.inside, copies, figures),
        gist.level(took_place, read.series, read.turns, figures) if took_place else None,
        gist.contacts(read.met, figures, _seats(read.subjects)),
        gist.pledged(read.pledges, read.day, figures),
        gist.sourcing(read.inside, read.disputed, figures),
        gist.oddities(read.odd.found, figures, read.odd.since),
    )
    return tuple(each for each in told if each is not None)


def _sides(subjects: Sequence[Subject]) -> tuple[Belongs, Belongs]:
    one = subjects[0].holds
    if len(subjects) == 2:
        return one, subjects[1].holds
    return one, lambda party: not one(party)


def _unusual(told: Sequence[Incident], sides: tuple[Belongs, Belongs], window: Window, day: str | None) -> _Odd:
    """The window asked for, or the last months, against the time before; by articles where the record's are known."""
    if day is None:
        return _Odd(found=(), since="", until="")
    since = window.since or (day_of(day) - datetime.timedelta(days=RECENT - 1)).isoformat()
    before = sum(number for published, number in window.articles if published < since)
    inside = sum(number for published, number in window.articles if since <= published <= day)
    found = unusual(
        told,
        *sides,
        since=since,
        until=day,
        past_since=window.record_first,
        exposure=(before, inside) if window.articles else None,
    )
    return _Odd(found=tuple(found), since=since, until=day)


def _seats(subjects: Sequence[Subject]) -> tuple[str, str] | None:
    """The capitals of two states; None where a side is none."""
    if len(subjects) < 2 or any(subject.code is None for subject in subjects):
        return None
    one, other = (load_actors().by_code.get(subject.code or "") for subject in subjects)
    return (
        one.capital if one is not None and one.capital else subjects[0].name,
        other.capital if other is not None and other.capital else subjects[1].name,
    )


def _states(subjects: Sequence[Subject]) -> tuple[str | None, str | None]:
    names = [subject.name if subject.code is not None else None for subject in subjects]
    return names[0], names[1] if len(names) > 1 else None


def _called(subjects: Sequence[Subject]) -> tuple[str, str]:
    names = [gist.title_of((subject,)) for subject in subjects]
    return names[0], names[1] if len(names) > 1 else "others"


def _more_pledges(listed: Sequence[Pledge], rows: Sequence[PledgeRow], figures: Figures) -> Sentence:
    told = {row.entry.id for row in rows}
    rest = [pledge.what for pledge in open_at(listed) if pledge.what.id not in told]
    return sentence(figures.count("Pledges: open, without a row", rest), " more open.") if rest else ()


def _wanted(made: Brief, read: _Read, figures: Figures) -> set[str]:
    """The ids of the incidents that have a card: those of the window, and others that something leads to."""
    wanted = {each.id for each in read.inside} | {id for figure in figures.made for id in figure.ids}
    return wanted | {row.entry.id for row in made.pledges}
