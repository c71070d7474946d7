"""A brief as its page shows it: the sections of `briefing` as plain values, each number and line with its link."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec

from dragoman.analysis.turning import Turn
from dragoman.briefing import Brief
from dragoman.briefing.contacts import ContactGroup
from dragoman.briefing.entries import Entry
from dragoman.briefing.figures import Sentence
from dragoman.briefing.phrases import HEADINGS, UNKNOWN_KIND, empty_words, sections, turn_words, window_words
from dragoman.briefing.sections import Dispute, Said
from dragoman.web import links
from dragoman.web.charts import Chart
from dragoman.web.desk import Desk
from dragoman.web.parts import Mark, Ref
from dragoman.web.tie_charts import tie_chart

APPENDIX: Final = ("figures", "incidents")
"""Sections of the files that the page has no need of: its numbers and lines lead to the incidents themselves."""


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a sentence; a number leads to what it counts."""

    text: str
    href: str | None = None


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One incident, with how it stands and on whose word."""

    href: str
    when: str
    what: str
    code: str
    marks: tuple[Mark, ...]
    quote: str
    according: str
    rests: str


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the table of contacts."""

    href: str
    when: str
    who: str
    place: str
    sources: int
    note: str


class Meetings(msgspec.Struct, frozen=True, kw_only=True):
    """The contacts of one kind."""

    heading: str
    rows: tuple[Meeting, ...]
    rest: tuple[Piece, ...]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a table: its name, its kind where there is one, and cells that may lead somewhere."""

    name: str
    kind: str
    cells: tuple[tuple[Piece, ...], ...]


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """A pledge that is open or overdue."""

    state: Mark
    made: str
    due: str
    what: str
    words: str
    href: str


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody says in a dispute, and the report that has it."""

    words: str
    according: str
    href: str | None


class Contest(msgspec.Struct, frozen=True, kw_only=True):
    """A claim and its denial."""

    what: str
    told: tuple[Words, ...]
    denied: tuple[Words, ...]


class TurnLine(msgspec.Struct, frozen=True, kw_only=True):
    """A turning point in words, with the incidents that made it."""

    words: str
    made_by: tuple[Ref, ...]


class BriefParts(msgspec.Struct, frozen=True, kw_only=True):
    """All that the page of a brief prints; what is empty is not printed."""

    title: str
    window: str
    empty: str | None
    sections: tuple[Ref, ...]
    headings: dict[str, str]
    gist: tuple[tuple[Piece, ...], ...]
    chart: Chart | None
    turns: tuple[TurnLine, ...]
    key: tuple[Line, ...]
    contacts: tuple[Meetings, ...]
    counterparts: tuple[Row, ...]
    pledges: tuple[Promise, ...]
    pledges_more: tuple[Piece, ...]
    disputes: tuple[Contest, ...]
    unusual: tuple[tuple[Piece, ...], ...]
    sources: tuple[Row, ...]
    quoted: tuple[Row, ...]
    unknown_kind: str | None
    method: tuple[str, ...]


def brief_parts(desk: Desk, brief: Brief, whole: str, counted: Callable[[str], str]) -> BriefParts:
    """The parts of a brief. `counted` gives the address of what a figure counts, by the figure's anchor, and `whole` is
    that of all its incidents.
    """
    places = {figure.anchor: counted(figure.anchor) for figure in brief.figures}
    places |= {name: f"#{name}" for name in HEADINGS if name not in APPENDIX} | {"incidents": whole}

    def say(told: Sentence) -> tuple[Piece, ...]:
        return tuple(Piece(text=piece.text, href=_address(piece.to, places)) for piece in told)

    reports = {card.id: card.event_id for each in brief.cards for card in each.reports}
    entries = brief.entries
    return BriefParts(
        title=brief.title,
        window=window_words(brief.window),
        empty=None if brief.gist else empty_words(brief),
        sections=tuple(Ref(name=HEADINGS[name], href=f"#{name}") for name in sections(brief) if name not in APPENDIX),
        headings=dict(HEADINGS),
        gist=tuple(map(say, brief.gist)),
        chart=_chart(brief),
        turns=tuple(_turn(turn, entries) for turn in brief.turns),
        key=tuple(map(line_of, brief.key)),
        contacts=tuple(_meetings(group, say) for group in brief.contacts),
        counterparts=tuple(
            Row(
                name=each.name,
                kind="",
                cells=(
                    *map(say, (each.incidents, each.meetings, each.cooperation, each.conflict)),
                    (Piece(text=each.last, href=links.incident(each.last_id)),),
                ),
            )
            for each in brief.counterparts
        ),
        pledges=tuple(
            Promise(
                state=Mark(kind="plain", text=each.state, value=each.state),
                made=each.made,
                due=each.due,
                what=f"{each.kind.capitalize()} by {each.who}",
                words=each.words,
                href=links.incident(each.entry.id),
            )
            for each in brief.pledges
        ),
        pledges_more=say(brief.pledges_more),
        disputes=tuple(_contest(desk, each, reports) for each in brief.disputes),
        unusual=tuple(map(say, brief.unusual)),
        sources=tuple(
            Row(
                name=each.name,
                kind=each.kind,
                cells=(
                    (Piece(text=f"{each.articles}{f' ({each.copies} copied)' if each.copies else ''}"),),
                    (Piece(text=str(each.reports)),),
                ),
            )
            for each in brief.sources
        ),
        quoted=tuple(Row(name=each.name, kind=each.kind, cells=(say(each.incidents),)) for each in brief.quoted),
        unknown_kind=UNKNOWN_KIND if any(not each.kind for each in brief.sources) else None,
        method=brief.method,
    )


def line_of(entry: Entry) -> Line:
    """An incident as a line."""
    standing = Mark(kind="standing", text=entry.standing, value=entry.standing.replace(" ", "-"))
    return Line(
        href=links.incident(entry.id),
        when=entry.when,
        what=entry.line,
        code=entry.code,
        marks=(standing, *(Mark(kind="warn", text=mark) for mark in entry.marks)),
        quote=entry.quote,
        according=entry.according,
        rests=entry.rests,
    )


def _address(anchor: str | None, places: Mapping[str, str]) -> str | None:
    """Where an anchor of the brief leads on its page: a section, what a figure counts, or an incident by its id."""
    if anchor is None:
        return None
    return places.get(anchor) or links.incident(anchor)


def _chart(brief: Brief) -> Chart | None:
    if brief.series is None:
        return None
    return tie_chart(brief.title, brief.series, brief.turns, (None, None))


def _turn(turn: Turn, entries: Mapping[str, Entry]) -> TurnLine:
    made = ((entries[each.id].line if each.id in entries else each.id, each.id) for each in turn.made_by)
    refs = tuple(Ref(name=name, href=links.incident(key)) for name, key in made)
    return TurnLine(words=turn_words(turn), made_by=refs)


def _meetings(group: ContactGroup, say: Callable[[Sentence], tuple[Piece, ...]]) -> Meetings:
    return Meetings(
        heading=group.heading,
        rows=tuple(
            Meeting(
                href=links.incident(row.entry.id),
                when=row.date,
                who=row.who,
                place=row.place,
                sources=row.entry.words,
                note="; ".join(filter(None, (*row.entry.marks, row.note))),
            )
            for row in group.rows
        ),
        rest=say(group.rest),
    )


def _contest(desk: Desk, dispute: Dispute, reports: Mapping[str, str]) -> Contest:
    def words(said: Sequence[Said]) -> tuple[Words, ...]:
        return tuple(
            Words(words=one.words, according=one.according, href=_report(desk, reports.get(one.event))) for one in said
        )

    return Contest(what=dispute.what, told=words(dispute.told), denied=words(dispute.denied))


def _report(desk: Desk, event_id: str | None) -> str | None:
    return links.article(desk.event(event_id)[0].article.id, event_id) if event_id is not None else None
