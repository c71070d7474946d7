"""A brief: everything that is to be printed on two parties or one, put together from their event reports.

`make_brief` reads a record; `brief_of` is pure. What a brief says is decided here and in `lines` and `gist`; the
printers (terminal, Markdown, HTML) only lay it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dragoman.analysis.happenings import Happening, happenings, same_time
from dragoman.analysis.meetings import Meetings, is_meeting, meetings
from dragoman.analysis.parties import is_person, opposite
from dragoman.analysis.series import Series, series
from dragoman.analysis.sourcing import Contested, contested, is_alleged, state_media_of
from dragoman.briefing.gist import gist_of, method_of, title_of
from dragoman.briefing.lines import Card, Line, ShortIds, card_of, line_of, short_ids
from dragoman.briefing.said import Holds, Said, said_by
from dragoman.briefing.subject import Subject, find_subject
from dragoman.briefing.wording import date_words, one_line, party_words
from dragoman.errors import UsageError
from dragoman.knowledge.actors import load_actors
from dragoman.model import Party, ReportedEvent
from dragoman.record.filters import EventFilters
from dragoman.record.record import Record

TOOK_PLACE: Final = ("actual", "habitual")


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What was asked for, what was found in it, and what the whole record spans: ISO days or None."""

    since: str | None = None
    until: str | None = None
    min_confidence: float | None = None
    first_event: str | None = None
    last_event: str | None = None
    record_articles: int | None = None
    record_first: str | None = None
    record_last: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """One date in a row of meetings: when, where, and the short id of the event."""

    date: str
    place: str | None
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow:
    """One pair and its meetings."""

    pair: str
    of_persons: bool
    times: tuple[Times, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterpart:
    """With whom a single subject had to do: happenings, meetings, of cooperation and conflict, the last one."""

    name: str
    happenings: int
    meetings: int
    cooperation: int
    conflict: int
    last: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestedPair:
    """What is denied, next to what tells it as a fact."""

    denied: Line
    told: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publisher: articles and event reports of this brief, and whose state media it is."""

    publisher: str
    articles: int
    reports: int
    kind: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """All that a brief says, in the order in which it is printed; what is empty is not printed.

    `around` is what the same articles tell of the plans of others. `undated` leaves the statements and allegations
    without a date to their own sections, `undated_elsewhere` of them.
    """

    title: str
    subjects: tuple[Subject, ...]
    window: Window
    gist: tuple[str, ...]
    series: Series | None
    meetings: tuple[MeetingRow, ...]
    counterparts: tuple[Counterpart, ...]
    happened: tuple[Line, ...]
    undated: tuple[Line, ...]
    undated_elsewhere: int
    said: tuple[Said, ...]
    planned: tuple[Line, ...]
    around: tuple[Line, ...]
    promised: tuple[Line, ...]
    threatened: tuple[Line, ...]
    possible: tuple[Line, ...]
    alleged: tuple[Line, ...]
    contested: tuple[ContestedPair, ...]
    sources: tuple[Source, ...]
    method: tuple[str, ...]
    reports: tuple[Card, ...]


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
    of_both = (subjects[0].key, subjects[1].key) if len(subjects) == 2 else None
    of_one = subjects[0].key if of_both is None else None
    asked = EventFilters(since=since, until=until, min_confidence=min_confidence)
    reported = record.reported(**asked | EventFilters(between=of_both, party=of_one))
    span = record.sql("SELECT count(*) AS n, min(published)::VARCHAR AS a, max(published)::VARCHAR AS z FROM articles")
    row = span.to_pylist()[0]
    window = Window(
        since=since,
        until=until,
        min_confidence=min_confidence,
        record_articles=row["n"],
        record_first=row["a"],
        record_last=row["z"],
    )
    plans = record.reported(**asked | EventFilters(statuses=("planned",))) if reported else []
    return brief_of(reported, subjects, around=plans, window=window)


def find_subjects(record: Record, who: Sequence[str]) -> tuple[Subject, ...]:
    """The parties that a user names, by code or any name; `UsageError` where nobody is meant or one twice."""
    names = record.sql(
        "SELECT DISTINCT p.actor AS actor FROM"
        " (SELECT unnest(list_concat(actors, recipients)) AS p FROM events) WHERE p.actor IS NOT NULL"
    )
    in_record = names.column("actor").to_pylist()
    subjects = tuple(find_subject(name, in_record) for name in who)
    if len(subjects) == 2 and subjects[0] == subjects[1]:
        raise UsageError(f"Both parties are {subjects[0].name}. Give two different ones, or one alone.")
    return subjects


def brief_of(
    reported: Iterable[ReportedEvent],
    subjects: Sequence[Subject],
    *,
    around: Iterable[ReportedEvent] = (),
    window: Window | None = None,
) -> Brief:
    """The brief on one or two subjects from the event reports on them; pure.

    `around` are reports on others: of what they plan, that with a date is told when it stands in the same articles.
    """
    reports = list(reported)
    others = _around(around, reports)
    ids = short_ids([*reports, *(r for h in others for r in h.reports)])
    found = happenings(reports)
    took_place = [h for h in found if h.event.status in TOOK_PLACE]
    met = meetings(took_place, *_sides(subjects))
    planned, disputed = _planned(found), contested(found)
    doubted = {t.event.id for pair in disputed for t in pair.told}
    lines = {h.event.id: line_of(h, ids, doubted=h.event.id in doubted) for h in found}

    happened = [lines[h.event.id] for h in took_place if h.date is not None]
    said = said_by(took_place, subjects, lines)
    alleged = [lines[h.event.id] for h in took_place if is_alleged(h)]
    elsewhere = {line.id for line in (*(s.line for group in said for s in group.sayings), *alleged)}
    no_date = [lines[h.event.id] for h in took_place if h.date is None]
    undated = [line for line in no_date if line.id not in elsewhere]
    told = {line.id for line in (*happened, *undated, *(s.line for group in said for s in group.sayings))}

    def again(chosen: Iterable[Happening]) -> tuple[Line, ...]:
        """What is told in full further up is not quoted a second time."""
        return tuple(_once(lines[h.event.id], told) for h in chosen)

    return Brief(
        title=title_of(subjects),
        subjects=tuple(subjects),
        window=_window(window or Window(), found),
        gist=gist_of(reports, found, met, _ahead(planned, reports), disputed) if reports else (),
        series=_charted(reports, found),
        meetings=tuple(_meeting_row(m, ids) for m in met),
        counterparts=_counterparts(took_place, subjects[0], ids) if len(subjects) == 1 else (),
        happened=tuple(happened),
        undated=tuple(undated),
        undated_elsewhere=len(no_date) - len(undated),
        said=said,
        planned=tuple(_with_outcome(lines[h.event.id], h, found, ids) for h in planned),
        around=tuple(line_of(h, ids) for h in others),
        promised=again(h for h in found if h.event.type == "AGREE" and h.event.status == "actual"),
        threatened=again(h for h in found if h.event.type == "THREATEN" and h.event.status == "actual"),
        possible=again(h for h in found if h.event.status == "hypothetical"),
        alleged=tuple(_once(line, told) for line in alleged),
        contested=_contested_pairs(disputed, lines, told | elsewhere),
        sources=_sources(reports),
        method=method_of(found) if reports else (),
        reports=tuple(card_of(r, ids) for h in (*found, *others) for r in h.reports),
    )


def _charted(reports: Sequence[ReportedEvent], found: Sequence[Happening]) -> Series | None:
    """The series to draw; one period alone makes no chart."""
    published = [r.article.published for r in reports if r.article.published]
    drawn = series(found, min(published, default=None), max(published, default=None))
    return drawn if drawn is not None and len(drawn.points) > 1 else None


def _once(line: Line, told: set[str]) -> Line:
    return replace(line, clauses=()) if line.id in told else line


def _sides(subjects: Sequence[Subject]) -> tuple[Holds, Holds]:
    one = subjects[0].holds
    if len(subjects) == 2:
        return one, subjects[1].holds
    return one, lambda party: not one(party)


def _window(window: Window, found: Sequence[Happening]) -> Window:
    dates = [h.date for h in found if h.date is not None and h.event.status in TOOK_PLACE]
    return replace(
        window,
        first_event=min((d.start for d in dates), default=None),
        last_event=max((d.end for d in dates), default=None),
    )


def _planned(found: Sequence[Happening]) -> list[Happening]:
    """By the day they are due; those without one last."""
    planned = [h for h in found if h.event.status == "planned"]
    return sorted(planned, key=lambda h: (h.date is None, h.order))


def _ahead(planned: Sequence[Happening], reports: Sequence[ReportedEvent]) -> list[Happening]:
    last = max((r.article.published for r in reports if r.article.published), default="")
    return [h for h in planned if h.date is not None and h.date.end >= last]


def _around(around: Iterable[ReportedEvent], reports: Sequence[ReportedEvent]) -> list[Happening]:
    """What others plan, by the same articles, with a date and not among the reports themselves."""
    articles = {r.article.id for r in reports}
    known = {r.event.id for r in reports}
    chosen = [r for r in around if r.article.id in articles and r.event.id not in known and r.event.date is not None]
    return [h for h in happenings(chosen) if h.event.status == "planned"]


def _with_outcome(line: Line, planned: Happening, found: Sequence[Happening], ids: ShortIds) -> Line:
    """The line of a plan with what other reports say became of it."""
    for other in found:
        a, b = planned.event, other.event
        if a.date is None or b.date is None or a.type != b.type or opposite(a) != opposite(b):
            continue
        if b.status in ("actual", "denied") and same_time(planned.lead, other.lead):
            outcome = "took place by other reports" if b.status == "actual" else "denied by other reports"
            return replace(line, note=outcome, see=ids[b.id])
    return line


def _meeting_row(row: Meetings, ids: ShortIds) -> MeetingRow:
    times = (
        Times(
            date=date_words(h.date) if h.date else "day not stated",
            place=one_line(h.place.name or h.place.text) if h.place else None,
            id=ids[h.event.id],
        )
        for h in row.happenings
    )
    pair = f"{party_words(row.one)} – {party_words(row.other)}"
    return MeetingRow(pair=pair, of_persons=row.of_persons, times=tuple(times))


def _counterparts(took_place: Sequence[Happening], subject: Subject, ids: ShortIds) -> tuple[Counterpart, ...]:
    """States by their name for a state, whoever they are for a person or body; most happenings first."""
    groups: dict[str, list[Happening]] = {}
    for happening in took_place:
        event = happening.event
        sides = ((event.actors, event.recipients), (event.recipients, event.actors))
        others = [p for a, b in sides if any(map(subject.holds, a)) for p in b if not subject.holds(p)]
        for name in dict.fromkeys(_counterpart_name(p, subject) for p in others):
            groups.setdefault(name, []).append(happening)
    rows = [
        Counterpart(
            name=name,
            happenings=len(group),
            meetings=sum(map(is_meeting, group)),
            cooperation=sum(h.event.quad <= 2 for h in group),
            conflict=sum(h.event.quad > 2 for h in group),
            last=date_words(group[-1].date) if group[-1].date else "day not stated",
            id=ids[group[-1].event.id],
        )
        for name, group in groups.items()
    ]
    return tuple(sorted(rows, key=lambda r: (-r.happenings, r.name)))


def _counterpart_name(party: Party, subject: Subject) -> str:
    state = load_actors().by_code.get(party.country or "")
    if state is not None and (subject.code is not None or not is_person(party)):
        return state.name
    return party_words(party)


def _contested_pairs(
    disputed: Sequence[Contested], lines: Mapping[str, Line], told: set[str]
) -> tuple[ContestedPair, ...]:
    return tuple(
        ContestedPair(denied=lines[pair.denied.event.id], told=tuple(_once(lines[t.event.id], told) for t in pair.told))
        for pair in disputed
    )


def _sources(reports: Sequence[ReportedEvent]) -> tuple[Source, ...]:
    """Most articles first."""
    groups: dict[str, list[ReportedEvent]] = {}
    for report in reports:
        groups.setdefault(one_line(report.article.publisher or "Publisher not known"), []).append(report)
    rows = [
        Source(publisher=name, articles=len({r.article.id for r in group}), reports=len(group), kind=_kind(name))
        for name, group in groups.items()
    ]
    return tuple(sorted(rows, key=lambda s: (-s.articles, -s.reports, s.publisher)))


def _kind(publisher: str) -> str | None:
    code = state_media_of(publisher)
    return f"state media of {load_actors().state(code).name}" if code else None
