"""The gate and the reading behind it, without a cluster: what is admitted, and that asking again changes nothing."""

from __future__ import annotations

from pathlib import Path

from dragoman.cluster.gate import Gate, asked_of
from dragoman.cluster.messages import Read, pack, unpack
from dragoman.cluster.reading import BATCH, File, Reading, read_file
from dragoman.model import Article, CodedArticle, CoderInfo
from dragoman.record import Record
from tests.cluster.conftest import lines, rows, write
from tests.cluster.stubs import INFO

OTHER = CoderInfo(version="2.0", model="hand")
HOW = Reading(None, None, INFO)


def article(article_id: str, text: str = "rain") -> Article:
    return Article(id=article_id, text=text)


def verdicts(gate: Gate, file: int, *articles: Article) -> list[str]:
    return list(gate.admit(file, 0, [asked_of(one, INFO) for one in articles]))


def test_gate_admits_each_article_once() -> None:
    gate = Gate(None, INFO)
    assert verdicts(gate, 0, article("a"), article("b"), article("a")) == ["code", "code", "repeat"]
    assert verdicts(gate, 1, article("b"), article("c")) == ["repeat", "code"]


def test_gate_answers_the_same_when_a_file_is_read_again() -> None:
    gate = Gate(None, INFO)
    one = article("a"), article("a", "snow"), article("b")
    first = verdicts(gate, 0, *one)
    verdicts(gate, 1, article("a"), article("b", "snow"))
    assert verdicts(gate, 0, *one) == first == ["code", "rename", "code"]


def test_gate_passes_over_what_the_record_has(tmp_path: Path) -> None:
    record = Record.create(tmp_path)
    record.append([CodedArticle(article=article(one), coder=INFO) for one in "ab"])
    record.append([CodedArticle(article=article("b"), coder=OTHER)])
    gate = Gate(str(tmp_path), INFO, ["b"])
    assert verdicts(gate, 0, article("a"), article("b"), article("a", "snow")) == ["present", "code", "rename"]


def test_gate_knows_a_second_text_of_a_former_run_though_it_comes_first(tmp_path: Path) -> None:
    gate = Gate(None, INFO)
    assert verdicts(gate, 0, article("a"), article("a", "snow")) == ["code", "rename"]
    record = Record.create(tmp_path)
    renamed = f"a~{asked_of(article('a', 'snow'), INFO).text.hex()[:8]}"
    record.append([CodedArticle(article=one, coder=INFO) for one in (article("a"), article(renamed, "snow"))])
    assert verdicts(Gate(str(tmp_path), INFO), 0, article("a", "snow"), article("a")) == ["present", "present"]


def test_reading_gives_batches_with_problems_and_what_was_passed_over(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", *rows(0, BATCH + 4), {"id": "n0", "text": "Japan met China.", "language": "en"})
    path.write_bytes(path.read_bytes() + b"{broken\n" + lines(*rows(1, 2)))
    record = Record.create(tmp_path / "record")
    known = Article(id="n3", text=rows(3, 4)[0]["text"])
    record.append([CodedArticle(article=known, coder=INFO)])
    gate = Gate(str(tmp_path / "record"), INFO)
    file = File(0, str(path), "in.jsonl")
    found = list(read_file(file, HOW, gate.admit))
    assert [len(read.articles) for read in found] == [BATCH, 4]
    assert sum(read.present for read in found) == 1
    assert [(p.source, p.kind) for read in found for p in read.problems] == [
        ("in.jsonl", "failed"),
        ("n0", "repaired"),
    ]
    assert list(read_file(file, HOW, gate.admit)) == found
    assert unpack(pack(found[0]), Read) == found[0]
