"""Places that only the dateline tells: 'here', and guests received at home."""

from __future__ import annotations

import pytest

from dragoman.coding.claims import Claims
from dragoman.coding.dates import DateStep
from dragoman.coding.places import PlaceStep
from dragoman.coding.status import StatusStep
from dragoman.model import Dateline, EventType, Place
from tests.coding.candidates import add
from tests.coding.drafts import draft

ACCRA = Dateline(place="ACCRA", date="2024-03-15")


def placed(text: str, trigger: str, kind: EventType = "CONSULT", dateline: Dateline | None = ACCRA) -> Place | None:
    made = draft(text, ("Akufo-Addo", None, "GHA"), ("Tinubu", None, "NGA"), dateline=dateline)
    first, second = (m.text for m in made.mentions)
    candidate = add(made, trigger, kind, actors=first, recipients=second)
    for step in (Claims(), StatusStep(), DateStep(), PlaceStep()):
        step(made)
    return candidate.place


@pytest.mark.parametrize(
    ("text", "trigger", "words"),
    [
        ("Akufo-Addo received Tinubu on Friday.", "received", "ACCRA (dateline)"),
        ("Akufo-Addo met Tinubu here on Friday.", "met", "here"),
        ("The rains were late. Akufo-Addo visited the embassy here with Tinubu.", "visited", "here"),
        ("Akufo-Addo met Tinubu in Lagos.", "met", "Lagos"),  # what the text says comes first
    ],
)
def test_dateline_places_takes(text: str, trigger: str, words: str) -> None:
    place = placed(text, trigger)
    assert place is not None
    assert (place.text, place.stated) == (words, not words.endswith("(dateline)"))
    assert place.country == ("NGA" if words == "Lagos" else "GHA")


@pytest.mark.parametrize(
    ("text", "trigger", "kind"),
    [
        ("The rains were late. Akufo-Addo received Tinubu.", "received", "CONSULT"),  # no news of this place
        ("Akufo-Addo sent Tinubu a letter.", "sent", "CONSULT"),
        ("Akufo-Addo will receive Tinubu.", "receive", "CONSULT"),
        ("Akufo-Addo left here to see Tinubu.", "left", "CONSULT"),
        ("Akufo-Addo praised Tinubu.", "praised", "SUPPORT"),
        ('"I met Akufo-Addo here," Tinubu said.', "met", "CONSULT"),  # where he was when he said it
    ],
)
def test_dateline_places_leaves(text: str, trigger: str, kind: EventType) -> None:
    assert placed(text, trigger, kind) is None


def test_dateline_places_not_of_a_visit_abroad() -> None:
    assert placed("Akufo-Addo received Tinubu.", "received", dateline=Dateline(place="LONDON")) is None
    assert placed("Akufo-Addo received Tinubu.", "received", dateline=Dateline(place="Nowhere Ridge")) is None
    assert placed("Akufo-Addo received Tinubu.", "received", dateline=None) is None
