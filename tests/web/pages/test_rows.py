from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import UsageError
from dragoman.record import Record
from dragoman.web.desk import Desk
from dragoman.web.errors import NotFoundError, RefusedError
from dragoman.web.pages.rows import ArticlesAsked, ClaimsAsked, EventsAsked, articles, claims, events


@pytest.mark.parametrize(
    ("asked", "filters"),
    [
        (EventsAsked(), {}),
        (EventsAsked(a="PRK", b="RUS"), {"between": ("PRK", "RUS")}),
        (EventsAsked(a="RUS", b="PRK"), {"between": ("PRK", "RUS")}),
        (EventsAsked(a="CHN"), {"party": "CHN"}),
        (EventsAsked(a="Kim Jong-un"), {"party": "Kim Jong Un"}),
        (EventsAsked(type=("AID", "CONSULT")), {"types": ("AID", "CONSULT")}),
        (EventsAsked(status=("planned",)), {"statuses": ("planned",)}),
        (EventsAsked(since="2023"), {"since": "2023"}),
        (EventsAsked(until="2023-06"), {"until": "2023-06"}),
        (EventsAsked(source="post"), {"source": "post"}),
        (EventsAsked(min_confidence=0.8), {"min_confidence": 0.8}),
        (EventsAsked(a="PRK", source="press", since="2020"), {"party": "PRK", "source": "press", "since": "2020"}),
    ],
)
def test_rows_of_events_are_those_of_the_record(
    desk: Desk, made_record: Path, asked: EventsAsked, filters: dict[str, object]
) -> None:
    found = [row.event.id for row in events(desk, asked).rows]
    assert found == [told.event.id for told in Record(made_record).reported(**filters)]  # type: ignore[arg-type]


def test_rows_of_events_lead_to_their_incident_and_article(desk: Desk) -> None:
    row = next(row for row in events(desk, EventsAsked()).rows if row.event.id == "e30")
    assert row.incident == desk.event("e30")[1].id
    assert (row.article.id, row.page) == ("full", "/article/full#e30")


@pytest.mark.parametrize(
    "asked", [EventsAsked(a="PRK", b="North Korea"), EventsAsked(b="PRK"), EventsAsked(since="yesterday")]
)
def test_rows_of_events_refuse_what_cannot_be(desk: Desk, asked: EventsAsked) -> None:
    with pytest.raises(UsageError):
        events(desk, asked)
    with pytest.raises(NotFoundError):
        events(desk, EventsAsked(a="Nobody At All"))


@pytest.mark.parametrize(
    ("asked", "filters"),
    [
        (ClaimsAsked(), {}),
        (ClaimsAsked(source="post"), {"source": "post"}),
        (ClaimsAsked(since="2024"), {"since": "2024"}),
        (ClaimsAsked(until="2023"), {"until": "2023"}),
    ],
)
def test_rows_of_claims_are_those_of_the_record(
    desk: Desk, made_record: Path, asked: ClaimsAsked, filters: dict[str, object]
) -> None:
    expected = [f"{told.article.id}/{told.claim.id}" for told in Record(made_record).claims(**filters)]  # type: ignore[arg-type]
    assert [row.id for row in claims(desk, asked).rows] == expected


def test_rows_of_claims_are_narrowed_to_who_says_it(desk: Desk) -> None:
    found = claims(desk, ClaimsAsked(by="Sergei Lavrov")).rows
    assert found
    assert all(row.claim.speaker is not None and row.claim.speaker.actor == "Sergei Lavrov" for row in found)


def test_rows_of_articles_stand_in_order_with_what_they_report(desk: Desk) -> None:
    rows = articles(desk, ArticlesAsked()).rows
    days = [row.article.published or "9999" for row in rows]
    assert days == sorted(days)
    assert len(rows) == len(desk.articles)
    assert next(row.events for row in rows if row.article.id == "full") == len(desk.reports_in("full"))
    only = articles(desk, ArticlesAsked(outlet="Harbour Post", since="2020", until="2020")).rows
    assert {row.article.publisher for row in only} == {"Harbour Post"}
    assert all((row.article.published or "").startswith("2020") for row in only)


def test_rows_of_articles_refuse_an_outlet_that_is_none(desk: Desk) -> None:
    with pytest.raises(RefusedError):
        articles(desk, ArticlesAsked(outlet="No Such Post"))
