"""Tools on ties: the index of two parties over time, their meetings, pledges and what became of them, and a brief."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Final

from pydantic import Field

from dragoman.analysis.dyads import Direction, Voices, between, told_by
from dragoman.analysis.incidents import choose
from dragoman.analysis.meetings_firsts import First, firsts, short_words
from dragoman.analysis.meetings_log import Encounter, Kind, encounters
from dragoman.analysis.occurrence import Occurrence
from dragoman.analysis.pledges import Pledge, State, open_at
from dragoman.analysis.pledges import pledges as find_pledges
from dragoman.analysis.pledges_answers import Answer
from dragoman.analysis.series import Period, Point, Series
from dragoman.analysis.series import series as make_series
from dragoman.analysis.turning import Turn, turning_points
from dragoman.assistant import citing
from dragoman.assistant.answers import (
    BriefAnswer,
    MeetingItem,
    MeetingsAnswer,
    PledgeAnswerItem,
    PledgeItem,
    PledgesAnswer,
    PointItem,
    SeriesAnswer,
    TurnItem,
)
from dragoman.assistant.finding import Confidence, Cursor, Limit, Order, Other, Since, Until, incidents_with, pair, two
from dragoman.assistant.paging import page_of, piece_of
from dragoman.assistant.shelf import Shelf
from dragoman.briefing.markdown import to_markdown
from dragoman.briefing.phrases import HEADINGS
from dragoman.briefing.subject import Subject
from dragoman.briefing.wording import one_line
from dragoman.record.filters import checked
from dragoman.web.briefs import brief_now, order_of
from dragoman.web.desk import Desk
from dragoman.web.errors import RefusedError

Named = Annotated[
    str, Field(description="A state by ISO code or any name, a person or a body by name.", min_length=1, max_length=200)
]
STRONGEST: Final = 5
"""Incidents that are named for a period."""
ANSWERS: Final = 4
"""Later events that are told of a pledge."""
SILENCE: Final = "A period without incidents is one without reports in this record, not one in which nothing happened."
KEPT: Final = "A pledge that is open or overdue may have been kept without a report in this record."


class Ties:
    """The tools on one record."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def series(
        self,
        one: Named,
        other: Named,
        by: Annotated[
            Period | None, Field(description="Length of the periods; left out, what the span asks for.")
        ] = None,
        direction: Annotated[
            Direction, Field(description="both; out: what the first does to the second; back: the other way.")
        ] = "both",
        voices: Annotated[
            Voices, Field(description="all; others: without media of the parties' states; own: only those.")
        ] = "all",
        since: Since = None,
        until: Until = None,
        limit: Limit = 40,
        cursor: Cursor = None,
    ) -> SeriesAnswer:
        """Cooperation and conflict of two parties over time: incidents, mean PLOVER score and index with its interval
        of 95 % by period, and where the tie turned. Use it for 'have relations got better or worse'.
        """
        desk = self._shelf.desk()
        first, second = two(desk, one, other)
        asked = checked(since=since, until=until)
        chosen = choose(desk.between(first, second), since=asked.since, until=asked.until)
        told = told_by(between(chosen, first.holds, second.holds, direction), voices)
        made = make_series(told, desk.span.first, desk.span.last, period=by)
        points = [point for point in made.points if point.found] if made is not None else []
        mark = self._shelf.mark(desk, "series", first, second, by, direction, voices, asked)
        page = page_of(points, lambda p: self._point(desk, p), cursor=cursor, limit=limit, mark=mark)
        return SeriesAnswer(
            **page.fields(),
            notes=(*self._shelf.notes(), SILENCE if made is not None else _nothing(first, second)),
            between=(first.name, second.name),
            by=made.period if made is not None else None,
            turning_points=tuple(self._turn(desk, turn) for turn in turning_points(made)) if made is not None else (),
            left_out=_left_out(made),
            items=page.items,
        )

    def meetings(
        self,
        one: Named,
        other: Named,
        kind: Annotated[Kind | None, Field(description="Only these; of a visit one side is the host.")] = None,
        since: Since = None,
        until: Until = None,
        min_confidence: Confidence = None,
        order: Order = "newest",
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> MeetingsAnswer:
        """Who of two parties met, called or wrote to whom, when and where, and what was a first in this record.

        Only what took place; visits that are announced are in 'pledges'.
        """
        desk = self._shelf.desk()
        first, second = two(desk, one, other)
        asked = checked(since=since, until=until, min_confidence=min_confidence)
        found = [each for each in desk.between(first, second) if _sure(each, min_confidence)]
        met = encounters(found, first.holds, second.holds)
        new = {each.what.id: each for each in reversed(firsts(met))}
        inside = {each.id for each in choose(found, since=asked.since, until=asked.until)}
        within = [each for each in met if each.what.id in inside]
        chosen = [each for each in within if kind is None or each.kind == kind]
        mark = self._shelf.mark(desk, "meetings", first, second, kind, asked, order)
        page = page_of(
            chosen if order == "oldest" else chosen[::-1],
            lambda each: self._meeting(desk, each, (first, second), new),
            cursor=cursor,
            limit=limit,
            mark=mark,
        )
        counted = Counter(each.kind for each in within)
        return MeetingsAnswer(
            **page.fields(),
            notes=self._shelf.notes(),
            between=(first.name, second.name),
            by_kind={str(name): counted[name] for name in sorted(counted)},
            items=page.items,
        )

    def pledges(
        self,
        party: Named,
        other: Other = None,
        state: Annotated[State | None, Field(description="Only these; overdue: time over, nothing told.")] = None,
        as_of_day: Annotated[
            str | None,
            Field(
                description="What was known and due on this day; left out, that of the newest article.", max_length=10
            ),
        ] = None,
        since: Since = None,
        until: Until = None,
        min_confidence: Confidence = None,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> PledgesAnswer:
        """Promises, threats, demands and plans of one party, or between two, and what later events made of them.

        Overdue and open ones come first.
        """
        desk = self._shelf.desk()
        subjects = pair(desk, party, other)
        asked = checked(since=since, until=until, min_confidence=min_confidence)
        day = checked(until=as_of_day).until if as_of_day else desk.span.last
        if day is None:
            raise RefusedError("No article of the record has a day. Give the day with 'as_of_day'.")
        found = [each for each in incidents_with(desk, subjects) if _sure(each, min_confidence)]
        inside = {each.id for each in choose(found, since=asked.since, until=asked.until)}
        listed = [each for each in find_pledges(found, as_of=day) if each.what.id in inside]
        ordered = [*open_at(listed), *(each for each in reversed(listed) if each.state not in ("open", "overdue"))]
        chosen = [each for each in ordered if state is None or each.state == state]
        mark = self._shelf.mark(desk, "pledges", subjects, state, day, asked)
        page = page_of(chosen, lambda each: self._pledge(desk, each), cursor=cursor, limit=limit, mark=mark)
        counted = Counter(each.state for each in listed)
        return PledgesAnswer(
            **page.fields(),
            notes=(*self._shelf.notes(), KEPT),
            parties=tuple(subject.name for subject in subjects),
            as_of=day,
            by_state={str(name): counted[name] for name in sorted(counted)},
            items=page.items,
        )

    def brief(
        self,
        party: Named,
        other: Other = None,
        since: Since = None,
        until: Until = None,
        min_confidence: Confidence = None,
        appendix: Annotated[
            bool, Field(description="With every incident and its sentences: long, in several pieces.")
        ] = False,
        cursor: Cursor = None,
    ) -> BriefAnswer:
        """A brief in Markdown on two parties or one: figures, timeline, meetings, pledges, disputes, what is unusual,
        sources and limits, each line with the id of its incident. The best beginning for a broad question.
        """
        desk = self._shelf.desk()
        order = order_of(desk, party, other or None, since or None, until or None, min_confidence)
        assert order is not None  # a party is always named
        made = brief_now(desk, order)
        whole = to_markdown(made)
        if not appendix:
            whole = _main(whole)
        mark = self._shelf.mark(desk, "brief", order, appendix)
        piece, fields = piece_of(whole, cursor=cursor, mark=mark)
        key = () if cursor else tuple(citing.incident_item(self._shelf, desk.incident(each.id)) for each in made.key)
        return BriefAnswer(
            **fields, notes=self._shelf.notes(), title=one_line(made.title), markdown=piece, key_incidents=key
        )

    def _point(self, desk: Desk, point: Point) -> PointItem:
        strongest = sorted(point.found, key=lambda each: (-abs(each.intensity), each.id))[:STRONGEST]
        return PointItem(
            period=point.label,
            start=point.start.isoformat(),
            incidents=len(point.found),
            mean=point.mean,
            index=round(point.index.mean, 2),
            low=round(point.index.low, 2),
            high=round(point.index.high, 2),
            types=point.by_type,
            strongest=tuple(each.id for each in strongest),
            citation=citing.citation(self._shelf, strongest[0].reports[0]),
        )

    def _turn(self, desk: Desk, turn: Turn) -> TurnItem:
        return TurnItem(
            period=turn.label,
            before=round(turn.before, 2),
            after=round(turn.after, 2),
            made_by=tuple(citing.occurrence_item(desk, self._shelf, each) for each in turn.made_by),
        )

    def _meeting(
        self, desk: Desk, each: Encounter, subjects: tuple[Subject, Subject], new: dict[str, First]
    ) -> MeetingItem:
        called = {"one": subjects[0].name, "other": subjects[1].name}
        first = new.get(each.what.id)
        return MeetingItem(
            kind=each.kind,
            one=citing.sides(each.one),
            other=citing.sides(each.other),
            host=called[each.host] if each.host else None,
            sender=called[each.sender] if each.sender else None,
            first=one_line(short_words(first)) if first is not None else None,
            incident=citing.occurrence_item(desk, self._shelf, each.what),
        )

    def _pledge(self, desk: Desk, pledge: Pledge) -> PledgeItem:
        settling = [answer for answer in pledge.answers if answer.relation != "answers"]
        return PledgeItem(
            kind=pledge.kind,
            state=pledge.state,
            made=pledge.made,
            due=citing.days(pledge.due),
            by=citing.sides(pledge.by),
            to=citing.sides(pledge.to),
            incident=pledge.what.id,
            citation=citing.citation(self._shelf, pledge.what.reports[0]),
            answers=tuple(map(self._answer, (settling or list(pledge.answers))[:ANSWERS])),
        )

    def _answer(self, answer: Answer) -> PledgeAnswerItem:
        return PledgeAnswerItem(
            relation=answer.relation,
            why=one_line(answer.why),
            incident=answer.what.id,
            citation=citing.citation(self._shelf, answer.what.reports[0]),
        )


def _sure(each: Occurrence, least: float | None) -> bool:
    return least is None or max(report.event.confidence for report in each.reports) >= least


def _main(markdown: str) -> str:
    """A brief without its appendix."""
    ends = [at for name in ("others", "figures") if (at := markdown.find(f"\n## {HEADINGS[name]}\n")) > 0]
    return markdown[: min(ends)].rstrip() + "\n" if ends else markdown


def _nothing(one: Subject, other: Subject) -> str:
    return f"Nothing that took place between {one.name} and {other.name} has a usable date in this record."


def _left_out(made: Series | None) -> str | None:
    if made is None:
        return None
    reasons = (
        (made.undated, "without a date"),
        (made.coarse, f"dated more coarsely than a {made.period}"),
        (made.outside, "far before the first article or after the last"),
    )
    return "; ".join(f"{number} {why}" for number, why in reasons if number) or None
