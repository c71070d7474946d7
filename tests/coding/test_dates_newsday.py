"""The day of the news: undated acts in words take the one day that the first sentences name."""

from __future__ import annotations

import pytest

from dragoman.coding.claims import Claims
from dragoman.coding.dates import DateStep
from dragoman.coding.status import StatusStep
from dragoman.model import EventType
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
