"""Labelled sentences: how they are read, where the coder's candidate is found, and what counts as right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from evaluation.dates_gold import GoldDated, GoldInterval, read_dates
from evaluation.dates_gold import Verdict as DateVerdict
from evaluation.dates_gold import score as score_dates
from evaluation.places_gold import GoldPlaced, read_places
from evaluation.places_gold import Verdict as PlaceVerdict
from evaluation.sentences import GoldSentence, candidate_at, read_rows
from evaluation.status_gold import STATUSES, GoldStatus, f1, read_status, shares
from evaluation.status_gold import Verdict as StatusVerdict

from dragoman.errors import InputError
from dragoman.model import EventDate, Place, Status
from tests.coding.candidates import add
from tests.coding.drafts import draft

TEXT = "Envoys met in Oslo on Friday."
MAY_3, MAY_10 = GoldInterval("2024-05-03", "2024-05-03", "day"), GoldInterval("2024-05-10", "2024-05-10", "day")


def row(**values: Any) -> dict[str, Any]:
    return {"id": "x1", "text": TEXT, "trigger": "met", "start": TEXT.index("met"), "type": "CONSULT"} | values


def test_sentences_names_the_line_of_a_trigger_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"id": "x1", "text": "They met.", "trigger": "met", "start": 0, "type": "CONSULT"}\n', "utf-8")
    with pytest.raises(InputError, match="line 1"):
        read_rows(path, GoldSentence)


def test_sentences_takes_the_candidate_that_is_there() -> None:
    made = draft(TEXT)
    there = add(made, "met", "AGREE")
    assert candidate_at(made, GoldSentence(**row())) is there
    assert there.type == "CONSULT"


def test_sentences_puts_a_candidate_where_the_coder_has_none() -> None:
    made = draft(TEXT)
    candidate = candidate_at(made, GoldSentence(**row()))
    assert made.candidates == [candidate]
    assert (candidate.trigger.text, candidate.actors, candidate.type) == ("met", [], "CONSULT")


def test_dates_gold_takes_alternatives() -> None:
    gold = GoldDated(**row(published="2024-05-12", date=MAY_3, also=(MAY_10,)))
    found = EventDate(start="2024-05-10", end="2024-05-10", granularity="day", basis="stated")
    assert DateVerdict(gold, found).right
    assert not DateVerdict(gold, None).right
    assert DateVerdict(GoldDated(**row(published="2024-05-12", date=None)), None).right


def test_dates_gold_runs_the_coder() -> None:
    (verdict,) = score_dates([GoldDated(**row(published="2024-05-12", date=MAY_10))])
    assert verdict.right


def test_status_gold_macro_f1_is_the_mean_over_five() -> None:
    def verdict(label: Status, found: Status) -> StatusVerdict:
        return StatusVerdict(GoldStatus(**row(status=label)), found)

    verdicts = [verdict("actual", "actual"), verdict("denied", "actual"), verdict("denied", "denied")]
    assert f1(verdicts, "actual") == pytest.approx(2 / 3)
    assert f1(verdicts, "denied") == pytest.approx(2 / 3)
    assert f1(verdicts, "planned") == 0
    assert shares(verdicts)["gold status"] == pytest.approx(4 / 15)


@pytest.mark.parametrize(
    ("found", "country", "place"),
    [
        (Place(text="Oslo", name="Oslo", country="NOR"), True, True),
        (Place(text="Christiania", name="Christiania", country="NOR"), True, True),
        (Place(text="the village of Oslo"), False, True),
        (Place(text="Bergen", name="Bergen", country="NOR"), True, False),
        (None, False, False),
    ],
)
def test_places_gold_judges_country_and_name(found: Place | None, country: bool, place: bool) -> None:
    verdict = PlaceVerdict(GoldPlaced(**row(country="NOR", place="Oslo", names=("Christiania",))), found)
    assert (verdict.country, verdict.place) == (country, place)


def test_labels_are_as_many_as_the_documentation_says() -> None:
    dates, statuses, places = read_dates(), read_status(), read_places()
    assert len(dates) >= 300
    assert len(statuses) >= 300
    assert len(places) >= 150
    assert all(sum(s.status == status for s in statuses) >= 40 for status in STATUSES)
    for rows in (dates, statuses, places):
        assert len({r.id for r in rows}) == len(rows)
    assert all(d.start <= d.end for r in dates for d in (r.date, *r.also) if d is not None)
