"""What is kept of incidents is the same as what is formed, and whatever is wrong with it is made good."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.analysis.incidents import Incident, kept, kept_incidents, references
from dragoman.model import CodedArticle, CoderInfo
from dragoman.record import Record
from dragoman.record.decisions import Decision, add_decision
from tests.briefing.builders import report

KIM, LAVROV, LI = "Kim Jong Un/PRK", "Sergei Lavrov/RUS", "Li Hui/CHN"
REPORTS = [
    report("e1", KIM, LAVROV, date="2023-10-19", published="2023-10-20", place="Pyongyang", after="; a"),
    report("e2", KIM, LAVROV, date="2023-10-19", published="2023-10-21", said_by="Ann Lee/USA", after="; b"),
    report("e3", LAVROV, LI, date="2023-10-25", published="2023-10-26", after="; c"),
    report("e4", "PRK", None, type="MOBILIZE", evidence="Rockets were fired", published="2024-01-03", after="; d"),
]


def articles(*numbers: int) -> Iterator[CodedArticle]:
    for number in numbers:
        told = REPORTS[number]
        claims = () if told.claim is None else (told.claim,)
        coder = CoderInfo(version="1", model="hand")
        yield CodedArticle(article=told.article, claims=claims, events=(told.event,), coder=coder)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    made = Record.create(tmp_path / "record")
    made.append(articles(0, 1, 2, 3))
    return made


@pytest.fixture
def formed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with every time that incidents are formed."""
    times: list[int] = []
    incidents = kept.incidents

    def counted(*given: object, **options: object) -> list[Incident]:
        times.append(1)
        return incidents(*given, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(kept, "incidents", counted)
    return times


def files(record: Record) -> list[Path]:
    return sorted((record.path / ".cache").iterdir())


def test_kept_are_formed_once_and_the_same(record: Record, formed: list[int]) -> None:
    first = kept_incidents(record)
    assert [sorted(r.event.id for r in i.reports) for i in first] == [["e1", "e2"], ["e3"], ["e4"]]
    assert kept_incidents(Record(record.path)) == first
    assert len(formed) == 1
    assert len(files(record)) == 1


@pytest.mark.parametrize(
    ("parties", "expected"),
    [
        (["PRK"], ["e1", "e4"]),
        (["RUS", "PRK"], ["e1"]),
        (["RUS"], ["e1", "e3"]),
        (["kim jong-un", "Sergei Lavrov"], ["e1"]),
        (["North Korea"], ["e4"]),
        (["Kim"], []),
        (["JPN"], []),
    ],
)
def test_kept_of_parties(record: Record, parties: list[str], expected: list[str]) -> None:
    everything = kept_incidents(record)
    fresh, again = kept_incidents(record, parties), kept_incidents(Record(record.path), parties)
    assert fresh == again == [i for i in everything if {r.event.id for r in i.reports} & set(expected)]
    for file in files(record):
        file.unlink()
    assert kept_incidents(record, parties) == fresh


def test_kept_are_formed_anew_when_anything_changes(record: Record, formed: list[int]) -> None:
    first = kept_incidents(record)
    add_decision(record.path, Decision(kind="merge", reports=(*references(first[0]), *references(first[1]))))
    assert len(kept_incidents(record)) == 2
    record.append([next(articles(0))])  # nothing new
    assert len(formed) == 2
    changed = CodedArticle(article=REPORTS[3].article, coder=CoderInfo(version="2", model="hand"))
    record.append([changed])
    assert len(kept_incidents(record)) == 1
    (record.path / "actors.yaml").write_text(
        "merge: [{from: 'person:li-hui', into: 'person:li', name: Li}]\n", encoding="utf-8"
    )
    assert kept_incidents(record, ["Li"])
    assert len(kept_incidents(Record(record.path, as_of=1))) == 2
    assert len(formed) == 5
    assert len(files(record)) == kept.KEPT


@pytest.mark.parametrize("damage", ["torn", "junk", "empty", "foreign", "folder"])
def test_kept_pass_over_what_is_no_sound_file(record: Record, formed: list[int], damage: str) -> None:
    first = kept_incidents(record)
    (file,) = files(record)
    content = file.read_bytes()
    file.unlink()
    if damage == "folder":
        file.mkdir()
    elif damage == "foreign":
        other = Record.create(record.path.parent / "other")
        other.append(articles(0))
        kept_incidents(other)
        files(other)[0].rename(file)
    else:
        middle = len(content) // 2
        file.write_bytes({"torn": content[:middle], "junk": b"x" * 99, "empty": b""}[damage])
    before = len(formed)
    assert kept_incidents(Record(record.path)) == first
    assert len(formed) == before + 1
    if damage != "folder":
        assert kept_incidents(Record(record.path)) == first
        assert len(formed) == before + 1


def test_kept_are_right_whatever_byte_is_wrong(record: Record) -> None:
    first = kept_incidents(record)
    (file,) = files(record)
    content = file.read_bytes()
    for place in range(7, len(content), len(content) // 25):
        file.write_bytes(content[:place] + bytes([content[place] ^ 255]) + content[place + 1 :])
        assert kept_incidents(record) == first


def test_kept_nowhere_where_nothing_can_be_written(record: Record, formed: list[int]) -> None:
    (record.path / ".cache").write_text("not a folder", encoding="utf-8")
    assert kept_incidents(record) == kept_incidents(record)
    assert len(formed) == 2


def test_kept_are_not_kept_when_the_record_changes_meanwhile(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    incidents = kept.incidents

    def slow(*given: object, **options: object) -> list[Incident]:
        found = incidents(*given, **options)  # type: ignore[arg-type]
        add_decision(record.path, Decision(kind="merge", reports=()))
        return found

    monkeypatch.setattr(kept, "incidents", slow)
    assert len(kept_incidents(record)) == 3
    assert not (record.path / ".cache").exists()


def test_kept_of_an_empty_record(tmp_path: Path) -> None:
    record = Record.create(tmp_path / "empty")
    assert kept_incidents(record) == kept_incidents(record) == kept_incidents(record, ["PRK"]) == []
