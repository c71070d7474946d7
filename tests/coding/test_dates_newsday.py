"""The day of the news: undated acts in words take the one day that the first sentences name."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.coding.claims import Claims
from dragoman.coding.dates import DateStep
from dragoman.coding.status import StatusStep
from dragoman.coding.voice import home_state
from dragoman.model import Dateline, EventType
from tests.coding.candidates import add
from tests.coding.drafts import draft

PUBLISHED = "2024-03-15"  # a Friday
LEAD = "Ghana cut off trade on Thursday. "


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "told"),
    [
        (
            LEAD + "It rained.\n\nKenya condemns the step, a spokesman said.",
            "condemns",
            "ACCUSE",
            ("2024-03-14", "stated"),
        ),
        ("Ghana condemned Kenya. Reports of a raid came on Thursday.", "condemned", "ACCUSE", ("2024-03-14", "stated")),
        ("Ghana has banned trade, an envoy said on Thursday.", "banned", "SANCTION", ("2024-03-14", "stated")),
        ("Ghana has banned trade with Kenya.", "banned", "SANCTION", ("2024-03-15", "published")),
        ("Ghana strongly condemns the attack of March 3.", "condemns", "ACCUSE", ("2024-03-15", "published")),
        # Left: older news, two days in the lead, what is long past, what is told further down.
        ("Ghana condemned Kenya. Reports of a raid came on March 2.", "condemned", "ACCUSE", None),
        ("Ghana condemned Kenya. Rain came on Thursday. Wind came on Wednesday.", "condemned", "ACCUSE", None),
        (LEAD + "Earlier Ghana repeatedly criticised Kenya.", "criticised", "ACCUSE", None),
        (LEAD + "It rained. It snowed. Togo is far.\n\nGhana criticised Kenya.", "criticised", "ACCUSE", None),
    ],
)
def test_dates_newsday(text: str, trigger: str, kind: EventType, told: tuple[str, str] | None) -> None:
    made = draft(text, published=PUBLISHED)
    candidate = add(made, trigger, kind)
    Claims()(made)
    StatusStep()(made)
    DateStep()(made)
    assert (None if candidate.date is None else (candidate.date.start, candidate.date.basis)) == told


def reproach(kind: EventType, actor: str = "", **fields: Any) -> tuple[str, str] | None:
    """The day of what a state's own agency does to Japan, far below the news, or of what the named side does there."""
    text = "Rain fell. Wind blew. Snow lay. Fog rose.\n\nReckless plans of Japan displeased Ghana."
    made = draft(text, ("Japan", "Japan", "JPN"), ("Ghana", "Ghana", "GHA"), publisher="KCNA", **fields)
    author = home_state(made.article)
    assert author is not None
    assert author.text == ""
    candidate = add(made, "Reckless", kind, actors=actor, recipients="Japan")
    candidate.actors = candidate.actors or [author]
    candidate.status = "actual"
    DateStep()(made)
    return None if candidate.date is None else (candidate.date.start, candidate.date.basis)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"published": PUBLISHED}, ("2024-03-15", "published")),
        ({"published": PUBLISHED, "dateline": Dateline(date="2024-03-14")}, ("2024-03-14", "dateline")),
        ({}, None),  # nobody knows when it was written
    ],
)
def test_dates_newsday_reproach_by_its_author_is_of_the_day_of_writing(
    fields: dict[str, Any], told: tuple[str, str] | None
) -> None:
    assert reproach("ACCUSE", **fields) == told


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("REQUEST", ("2024-03-15", "published")),
        ("THREATEN", ("2024-03-15", "published")),
        ("ASSAULT", None),  # not done in words
    ],
)
def test_dates_newsday_author_does_in_words(kind: EventType, told: tuple[str, str] | None) -> None:
    assert reproach(kind, published=PUBLISHED) == told


def test_dates_newsday_reproach_by_somebody_named_is_not_its_author_s() -> None:
    assert reproach("ACCUSE", actor="Ghana", published=PUBLISHED) is None
