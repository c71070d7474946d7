"""Tools that find and show: full text, events, incidents, one incident with its reports, an article.

Each is a method whose signature is the tool's schema and whose docstring is what an assistant reads of it.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from dragoman.analysis.incidents import Incident, Origin, Standing, choose
from dragoman.assistant import citing
from dragoman.assistant.answers import (
    ArticleAnswer,
    CourseStep,
    EventItem,
    Events,
    Found,
    IncidentAnswer,
    Incidents,
    ReportItem,
    SearchItem,
)
from dragoman.assistant.paging import ROOM, page_of, paged, piece_of, start_of
from dragoman.assistant.shelf import Shelf
from dragoman.briefing.subject import Subject
from dragoman.briefing.wording import one_line, seen, shortened
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.holders import fold_name
from dragoman.model import EventType, ReportedEvent, Status
from dragoman.record.filters import EventFilters, checked
from dragoman.web.desk import Desk
from dragoman.web.errors import NotFoundError, RefusedError

Party = Annotated[
    str | None,
    Field(
        description="A state by ISO code or any name (PRK, North Korea), a person or a body by name. For words like"
        " 'the Kremlin' or 'the foreign minister' ask the tool 'actor' first.",
        max_length=200,
    ),
]
Other = Annotated[
    str | None,
    Field(description="A second party: then only what passed between the two, either way.", max_length=200),
]
Since = Annotated[
    str | None, Field(description="Not before this day (2024-08-02), month (2024-08) or year.", max_length=10)
]
Until = Annotated[str | None, Field(description="Not after this day, month or year.", max_length=10)]
Types = Annotated[list[EventType] | None, Field(description="Only these PLOVER types; 'about' says what they mean.")]
Confidence = Annotated[float | None, Field(description="Least confidence of the coding, 0 to 1.", ge=0, le=1)]
Cursor = Annotated[
    str | None, Field(description="'next_cursor' of the page before, all other arguments unchanged.", max_length=40)
]
Limit = Annotated[int, Field(description="Items on a page.", ge=1, le=100)]
Order = Annotated[Literal["newest", "oldest"], Field(description="What comes first.")]
KINDS: Final[dict[str, Literal["event", "claim", "article"]]] = {
    "events": "event",
    "claims": "claim",
    "articles": "article",
}


class Finding:
    """The tools on one record."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def search(
        self,
        query: Annotated[
            str,
            Field(
                description='Words that must all be there; "a phrase", -without, one OR other, begin*. Empty for all.',
                max_length=500,
            ),
        ],
        within: Annotated[
            Literal["events", "claims", "articles"] | None,
            Field(description="Only coded events, only who says what (claims), or only whole articles."),
        ] = None,
        party: Party = None,
        other: Other = None,
        publisher: Annotated[
            str | None, Field(description="Only from this publisher, its whole name.", max_length=200)
        ] = None,
        since: Since = None,
        until: Until = None,
        order: Annotated[Literal["relevance", "newest", "oldest"], Field(description="What comes first.")] = (
            "relevance"
        ),
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Found:
        """Full text over articles, over claims (who is quoted as saying what) and over the sentences of events.

        Use it for what was said, for topics and for words; use 'events' or 'incidents' to list what states did.
        """
        from dragoman.record.search import Ask

        desk = self._shelf.desk()
        index = self._shelf.index(desk)
        days = checked(since=since, until=until)
        subjects = pair(desk, party, other)
        keys = [subject.code or fold_name(subject.name) for subject in subjects]
        both = len(subjects) == 2 and all(subject.code for subject in subjects)
        ask = Ask(
            q=query,
            kind=KINDS[within] if within else None,
            dyads=("-".join(sorted(keys)),) if both else (),
            parties=() if both else tuple(keys),
            outlets=(publisher,) if publisher else (),
            since=days.since,
            until=days.until,
            sort=order,
        )
        mark = self._shelf.mark(desk, "search", ask)
        start = start_of(cursor, mark)
        found = index.find(ask, start, limit)
        items: list[SearchItem] = []
        room = ROOM
        for hit in found.hits:
            item = citing.search_item(desk, self._shelf, hit)
            room -= len(item.model_dump_json(exclude_none=True))
            if items and room < 0:
                break
            items.append(item)
        return Found(
            **paged(items, start, found.total, mark).fields(),
            notes=(*self._shelf.notes(), *map(one_line, found.notes)),
            by_kind={str(kind): number for kind, number in found.kinds.items()},
            did_you_mean=one_line(found.suggestion) if found.suggestion else None,
            items=tuple(items),
        )

    def events(
        self,
        party: Party = None,
        other: Other = None,
        types: Types = None,
        statuses: Annotated[list[Status] | None, Field(description="Only these; 'actual' for what took place.")] = None,
        source: Annotated[
            str | None,
            Field(description="Only what this speaker or outlet says; a part of the name is enough.", max_length=200),
        ] = None,
        min_confidence: Confidence = None,
        since: Since = None,
        until: Until = None,
        order: Order = "newest",
        limit: Limit = 25,
        cursor: Cursor = None,
    ) -> Events:
        """List single reports of events: who did what to whom, when, where, by whose word, in which sentence.

        Several reports of one happening stand here side by side; 'incidents' counts each happening once.
        """
        desk = self._shelf.desk()
        subjects = pair(desk, party, other)
        asked: EventFilters = {
            "between": (subjects[0].key, subjects[1].key) if len(subjects) == 2 else None,
            "party": subjects[0].key if len(subjects) == 1 else None,
            "since": since,
            "until": until,
            "types": types or (),
            "statuses": statuses or (),
            "source": source,
            "min_confidence": min_confidence,
        }
        key = ("assistant events", checked(**asked))
        found = desk.memo(key, lambda: _event_ids(desk, asked))
        chosen = found if order == "oldest" else found[::-1]

        def made(event_id: str) -> EventItem:
            return citing.event_item(desk, self._shelf, desk.event(event_id)[0])

        page = page_of(chosen, made, cursor=cursor, limit=limit, mark=self._shelf.mark(desk, key, order))
        return Events(**page.fields(), notes=self._shelf.notes(), items=page.items)

    def incidents(
        self,
        party: Party = None,
        other: Other = None,
        types: Types = None,
        standings: Annotated[
            list[Standing] | None,
            Field(
                description="Only these; 'took place' for what is told as done, 'contested' for what one side denies."
            ),
        ] = None,
        since: Since = None,
        until: Until = None,
        order: Order = "newest",
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Incidents:
        """List what happened, each happening once with the number of its reports and on how many independent words.

        The best tool for 'what happened between A and B', for counting and for timelines.
        """
        desk = self._shelf.desk()
        subjects = pair(desk, party, other)
        asked = checked(since=since, until=until, types=types or ())
        chosen = choose(
            incidents_with(desk, subjects),
            since=asked.since,
            until=asked.until,
            types=asked.types,
            standings=standings or (),
        )
        mark = self._shelf.mark(desk, "incidents", subjects, asked, tuple(standings or ()), order)
        page = page_of(
            chosen if order == "oldest" else chosen[::-1],
            lambda each: citing.incident_item(self._shelf, each),
            cursor=cursor,
            limit=limit,
            mark=mark,
        )
        return Incidents(**page.fields(), notes=self._shelf.notes(), items=page.items)

    def incident(
        self,
        id: Annotated[str, Field(description="An incident's id, or that of one of its events.", max_length=200)],
        limit: Limit = 25,
        cursor: Cursor = None,
    ) -> IncidentAnswer:
        """Show one incident: how it stands and came to that, on whose words it rests, and each report with why it is
        counted as the same happening.
        """
        desk = self._shelf.desk()
        found = incident_of(desk, id)
        why = {joined.event: joined.why for joined in found.joined}

        def made(report: ReportedEvent) -> ReportItem:
            return ReportItem(why=one_line(why[report.event.id]), report=citing.event_item(desk, self._shelf, report))

        mark = self._shelf.mark(desk, "incident", found.id)
        page = page_of(found.reports, made, cursor=cursor, limit=limit, mark=mark)
        return IncidentAnswer(
            **page.fields(),
            notes=self._shelf.notes(),
            incident=citing.incident_item(self._shelf, found),
            type_why=one_line(found.type_why),
            date_why=one_line(found.date_why),
            place_why=one_line(found.place_why),
            course=tuple(
                CourseStep(day=step.day, standing=step.standing, by=citing.names(step.by)) for step in found.course
            ),
            origins=tuple(map(_origin, found.origins)),
            items=page.items,
        )

    def article(
        self,
        id: Annotated[str, Field(description="An article's id, as 'article' in a citation.", max_length=500)],
        cursor: Cursor = None,
    ) -> ArticleAnswer:
        """Read the text of an article in the record, to see a quoted sentence in its context; long ones in pieces."""
        return self.article_text(id, cursor, ROOM)

    def article_text(self, id: str, cursor: str | None, room: int) -> ArticleAnswer:
        """An article in pieces of `room` characters."""
        desk = self._shelf.desk()
        coded = desk.coded(id)
        mark = self._shelf.mark(desk, "article", id)
        text, fields = piece_of(seen(coded.article.text), cursor=cursor, mark=mark, room=room)
        return ArticleAnswer(
            **fields,
            notes=self._shelf.notes(),
            citation=citing.article_citation(self._shelf, coded.article),
            text=text,
            events=tuple(report.event.id for report in desk.reports_in(id)),
        )


def pair(desk: Desk, party: str | None, other: str | None) -> tuple[Subject, ...]:
    """The parties that are asked about: none, one or two; raises `NotFoundError` with near names for strangers."""
    subjects = tuple(desk.subject(name) for name in (party, other) if name is not None and name.strip())
    if len(subjects) == 2 and subjects[0] == subjects[1]:
        raise RefusedError(f"Both parties are {subjects[0].name}. Give two different ones, or one alone.")
    return subjects


def two(desk: Desk, one: str, other: str) -> tuple[Subject, Subject]:
    """The two parties of a tie; raises `NotFoundError`, `RefusedError`."""
    found = pair(desk, one, other)
    if len(found) != 2:
        raise RefusedError("A tie is between two parties. Give both, each by code or name.")
    return found[0], found[1]


def incidents_with(desk: Desk, subjects: tuple[Subject, ...]) -> list[Incident]:
    """The incidents with them: all, of one party, or between two; in order of time."""
    if len(subjects) == 2:
        return list(desk.between(*subjects))
    return list(desk.of(subjects[0]) if subjects else desk.incidents)


def incident_of(desk: Desk, wanted: str) -> Incident:
    """An incident by its id, or by that of one of its events; raises `NotFoundError`."""
    wanted = wanted.strip()
    if wanted in desk.lookup.reports:
        return desk.event(wanted)[1]
    try:
        return desk.incident(wanted)
    except NotFoundError as error:
        raise NotFoundError(
            f"There is no incident or event '{wanted[:60]}' in the record. The tools 'incidents' and 'events' list them"
            " with their ids."
        ) from error


def _event_ids(desk: Desk, asked: EventFilters) -> tuple[str, ...]:
    """The ids of the events that meet the conditions, in order of time."""
    ids = desk.record.events(**asked).arrow().column("event_id").to_pylist()
    return tuple(each for each in ids if each in desk.lookup.reports)


def _origin(origin: Origin) -> str:
    state = load_actors().by_code.get(origin.name)
    name = state.name if state is not None else shortened(one_line(origin.name), citing.NAME)
    words = {
        "side": f"{name}, a side of it, with its officials and state media",
        "state": f"{name}, which is no side of it",
        "unnamed": f"people without a name, by {name}",
    }
    return f"{words.get(origin.kind, name)} ({len(origin.reports)})"
