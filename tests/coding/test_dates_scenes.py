"""Scenes: what a paragraph tells after a dated sentence happened at the same time, as far as it goes on with it."""

from __future__ import annotations

import pytest

from dragoman.coding.dates import DateStep
from dragoman.coding.status import StatusStep
from tests.coding.candidates import add
from tests.coding.drafts import draft

PUBLISHED = "2024-03-15"  # a Friday
NAMES = (("Kenya", "Kenya", "KEN"), ("Ghana", "Ghana", "GHA"), ("Togo", "Togo", "TGO"))


@pytest.mark.parametrize(
    ("text", "trigger", "actor", "day"),
    [
        ("On Monday Kenya met Ghana. It rained. Ghana praised the host.", "praised", "Ghana", "2024-03-11"),
        ("The answer came on Monday. Ghana condemned the step.", "condemned", "Ghana", "2024-03-11"),
        ("The next day war was there. Ghana condemned it.", "condemned", "Ghana", None),
        # Left: who comes in later, what comes later, another tense, another paragraph, a time of something else.
        ("On Monday Kenya met Ghana. Togo praised the host.", "praised", "Togo", None),
        ("On Monday Kenya met Ghana. Ghana then praised the host.", "praised", "Ghana", None),
        ("On Monday Kenya met Ghana. Ghana had praised the host.", "praised", "Ghana", None),
        ("On Monday Kenya met Ghana.\\n\\nThe host is rich. Ghana praised the host.", "praised", "Ghana", None),
        ("Monday's vote was close. Ghana condemned it.", "condemned", "Ghana", None),
        ("The vote of Monday was close. Ghana condemned it.", "condemned", "Ghana", None),
    ],
)
def test_dates_scenes(text: str, trigger: str, actor: str, day: str | None) -> None:
    made = draft(text.replace("\\n", "\n"), *(n for n in NAMES if n[0] in text), published=PUBLISHED)
    candidate = add(made, trigger, "SUPPORT", actors=actor)
    StatusStep()(made)
    DateStep()(made)
    assert (candidate.date.start if candidate.date else None) == day
