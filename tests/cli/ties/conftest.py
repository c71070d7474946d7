from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from dragoman.analysis.incidents import incidents_of
from dragoman.model import CodedArticle, CoderInfo
from dragoman.record import Record
from tests.analysis.ties import Told, told
from tests.briefing.builders import unlike

KIM, PUTIN, LAVROV = "Kim Jong Un/PRK", "Vladimir Putin/RUS", "Sergei Lavrov/RUS"
HAPPENINGS = [
    *(told(f"old{n}", "PRK", "RUS", type="ACCUSE", date=f"2023-0{n}-10", published=f"2023-0{n}-11")
      for n in range(1, 10)),
    told("plan", LAVROV, "PRK", mode="visit", symmetric=False, status="planned", date="2024-02-10",
         published="2024-02-01", words="will visit Pyongyang"),
    told("visit", LAVROV, KIM, date="2024-02-10", published="2024-02-11", place="Pyongyang/PRK"),
    told("again", LAVROV, KIM, date="2024-06-01", published="2024-06-02", place="Pyongyang/PRK"),
    told("call", PUTIN, KIM, mode="phone", date="2024-03-05", published="2024-03-06"),
    told("letter", PUTIN, KIM, symmetric=False, date=None, published="2024-03-06"),
    told("vow", "RUS", "PRK", type="AGREE", symmetric=False, words="promised to supply fuel",
         date="2024-03-05", published="2024-03-06"),
    *(told(f"aid{n}", "RUS", "PRK", type="AID", date=f"2024-0{n}-20", published=f"2024-0{n}-21") for n in range(4, 10)),
    told("due", "RUS", "PRK", status="planned", date="2024-09-01", published="2024-08-20"),
    told("chinese", "Xi Jinping/CHN", KIM, date="2024-05-05", published="2024-05-06", place="Pyongyang/PRK"),
    *(told(f"us{n}", "USA", "PRK", type="SANCTION", date=f"2024-0{n}-02", published=f"2024-0{n}-03")
      for n in range(1, 9)),
]  # fmt: skip


@pytest.fixture(scope="session")
def ties(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of what North Korea and three other states had to do with each other, each told once."""
    return fill(tmp_path_factory.mktemp("ties") / "record", HAPPENINGS)


@pytest.fixture(scope="session")
def named(ties: Path) -> dict[str, str]:
    """For each incident of that record the ids of its events: 'visit+plan' has two reports."""
    return {each.id: "+".join(r.event.id for r in each.reports) for each in incidents_of(Record(ties))}


def fill(folder: Path, happened: Iterable[Told]) -> Path:
    """Make a record of what happened, an article for each report, no two of them in like words."""
    coder = CoderInfo(version="1.0", model="hand")
    Record.create(folder).append(
        CodedArticle(article=unlike(r).article, events=(r.event,), coder=coder) for h in happened for r in h.reports
    )
    return folder
