from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.studies import read_labels
from dragoman.studies.reviewed import OTHER, UNFOUND
from tests.studies.stubs import CODEBOOK

TEXT = "Japan imposed sanctions on Russia. China thanked North Korea. The Chinese minister met Japan's envoy."


def article(folder: Path, *events: dict[str, object]) -> Path:
    path = folder / "articles.jsonl"
    row = {"id": "a1", "title": None, "publisher": None, "published": "2024-05-07", "text": TEXT, "events": events}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


def event(kind: str, source: str, target: str, evidence: str) -> dict[str, object]:
    return {"types": [kind], "source": [source], "target": [target], "symmetric": False, "evidence": evidence}


SANCTION = event("SANCTION", "JPN", "RUS", "Japan imposed sanctions on Russia")


def test_reviewed_events_become_labels_by_the_types_that_count_as_the_study_s(tmp_path: Path) -> None:
    read = read_labels(article(tmp_path, SANCTION), CODEBOOK)
    (row,) = read.rows
    assert (row.type, row.group) == ("BAR", "a1")
    assert row.actor is not None
    assert row.recipient is not None
    assert row.text[slice(*row.actor)] == "Japan"
    assert row.text[slice(*row.recipient)] == "Russia"


def test_reviewed_articles_that_are_whole_give_none_for_the_rest(tmp_path: Path) -> None:
    rows = read_labels(article(tmp_path, SANCTION), CODEBOOK, whole=True).rows
    assert [row.type for row in rows].count("BAR") == 1
    assert {row.type for row in rows} == {"BAR", "NONE"}


def test_reviewed_events_may_name_the_study_s_own_types(tmp_path: Path) -> None:
    own = {**SANCTION, "types": ["ADMIT"]}
    assert [row.type for row in read_labels(article(tmp_path, own), CODEBOOK).rows] == ["ADMIT"]


def test_reviewed_events_that_cannot_be_used_are_counted(tmp_path: Path) -> None:
    support = event("SUPPORT", "CHN", "PRK", "China thanked North Korea")
    elsewhere = event("SANCTION", "FRA", "RUS", "Japan imposed sanctions on Russia")
    read = read_labels(article(tmp_path, SANCTION, support, elsewhere), CODEBOOK)
    assert len(read.rows) == 1
    assert read.left_out == {OTHER: 1, UNFOUND: 1}


def test_reviewed_events_whose_words_do_not_stand_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not stand in the text"):
        read_labels(article(tmp_path, {**SANCTION, "evidence": "Oslo barred Bern"}), CODEBOOK)
