"""`dragoman code`: what it writes, what it says, and what it ends with."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman.coding.coder import Coder
from dragoman.model import CodedArticle
from dragoman.record import Record
from tests.cli.conftest import Command
from tests.cli.samples import news, write_lines


def test_code_takes_a_folder_of_all_formats_into_a_record(dragoman: Command, articles: Path, tmp_path: Path) -> None:
    done = dragoman("code", articles, "--record", tmp_path / "record")
    assert done.code == 0
    counts = Record(tmp_path / "record").counts()
    assert (counts.articles, counts.failures) == (5, 0)
    assert counts.events >= 5
    assert "Articles coded 5" in " ".join(done.out.split())


def test_code_again_adds_nothing(dragoman: Command, articles: Path, tmp_path: Path) -> None:
    folder = tmp_path / "record"
    dragoman("code", articles, "--record", folder)
    before = Record(folder)
    events, version = before.reported(), before.version
    done = dragoman("code", articles, "--record", folder)
    assert done.code == 0
    assert "Already in the record 5" in " ".join(done.out.split())
    assert Record(folder).reported() == events
    assert Record(folder).version == version


def test_code_takes_what_has_been_added_to_the_folder(dragoman: Command, articles: Path, tmp_path: Path) -> None:
    dragoman("code", articles, "--record", tmp_path / "record")
    write_lines(articles / "more.jsonl", *news(2))
    done = dragoman("code", articles, "--record", tmp_path / "record")
    assert "Articles coded 2" in " ".join(done.out.split())
    assert Record(tmp_path / "record").counts().articles == 7


def test_code_fresh_codes_all_again_and_doubles_nothing(dragoman: Command, articles: Path, tmp_path: Path) -> None:
    dragoman("code", articles, "--record", tmp_path / "record")
    events = Record(tmp_path / "record").reported()
    done = dragoman("code", articles, "--record", tmp_path / "record", "--fresh")
    assert "Articles coded 5" in " ".join(done.out.split())
    assert Record(tmp_path / "record").reported() == events


def models(record: Record) -> set[str]:
    """The models that the current codings of a record are by."""
    return set(record.sql("SELECT coder_model FROM articles").column("coder_model").to_pylist())


def confidences(record: Record) -> list[float]:
    return [r.event.confidence for r in record.events()]


def test_code_fast_is_the_lexicon_alone(dragoman: Command, tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "news.jsonl", *news(2))
    assert dragoman("code", lines, "--record", tmp_path / "fast", "--fast").code == 0
    assert models(Record(tmp_path / "fast")) == {Coder(fast=True).info.model}
    assert dragoman("code", lines, "--record", tmp_path / "record").code == 0
    assert models(Record(tmp_path / "record")) == {Coder().info.model}


def test_code_min_confidence_keeps_no_event_below_it(dragoman: Command, articles: Path, tmp_path: Path) -> None:
    dragoman("code", articles, "--record", tmp_path / "all")
    every = confidences(Record(tmp_path / "all"))
    least = sorted(every)[len(every) // 2]
    done = dragoman("code", articles, "--record", tmp_path / "sure", "--min-confidence", str(least))
    kept = Record(tmp_path / "sure")
    assert sorted(confidences(kept)) == sorted(c for c in every if c >= least)
    assert kept.counts().claims == Record(tmp_path / "all").counts().claims
    left = sum(c < least for c in every)
    assert f"Left out (confidence below {least:g}) {left}" in " ".join(done.out.split())


def test_code_min_confidence_of_nothing_is_no_other_coder(dragoman: Command, tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "news.jsonl", *news(2))
    dragoman("code", lines, "--record", tmp_path / "record")
    done = dragoman("code", lines, "--record", tmp_path / "record", "--min-confidence", "0")
    assert "Already in the record 2" in " ".join(done.out.split())


@pytest.mark.parametrize("least", ["1.1", "-0.5", "nan"])
def test_code_min_confidence_that_is_none_is_told(dragoman: Command, tmp_path: Path, least: str) -> None:
    lines = write_lines(tmp_path / "news.jsonl", *news(1))
    done = dragoman("code", lines, "--record", tmp_path / "record", "--min-confidence", least)
    assert (done.code, done.out) == (2, "")
    assert "min-confidence" in done.told
    assert least in done.told
    assert not (tmp_path / "record").exists()


def test_code_by_another_coder_codes_again_and_says_so(dragoman: Command, tmp_path: Path) -> None:
    lines, folder = write_lines(tmp_path / "news.jsonl", *news(2)), tmp_path / "record"
    first = dragoman("code", lines, "--record", folder)
    assert "another coder" not in first.out
    former = models(Record(folder))
    write_lines(tmp_path / "news.jsonl", *news(3))
    other = dragoman("code", lines, "--record", folder, "--min-confidence", "0.99")
    assert "Articles coded 3 Of them by another coder before 2" in " ".join(other.out.split())
    assert f"as coded by {min(former)} of Dragoman" in other.told
    assert models(Record(folder)).isdisjoint(former)
    assert Record(folder).counts().events == 0
    assert models(Record(folder, as_of=1)) == former


def test_code_by_the_former_coder_again_brings_its_codings_back(dragoman: Command, tmp_path: Path) -> None:
    lines, folder = write_lines(tmp_path / "news.jsonl", *news(2)), tmp_path / "record"
    dragoman("code", lines, "--record", folder)
    before = Record(folder).reported()
    dragoman("code", lines, "--record", folder, "--min-confidence", "0.99")
    done = dragoman("code", lines, "--record", folder)
    assert "Of them by another coder before 2" in " ".join(done.out.split())
    assert Record(folder).reported() == before != []
    again = dragoman("code", lines, "--record", folder)
    assert "Articles coded 0 Already in the record 2" in " ".join(again.out.split())


def test_code_jsonl_is_one_coded_article_a_line(dragoman: Command, articles: Path, tmp_path: Path) -> None:
    done = dragoman("code", articles, "--jsonl", tmp_path / "coded.jsonl")
    assert done.code == 0
    coded = [CodedArticle.from_json(line) for line in (tmp_path / "coded.jsonl").read_bytes().splitlines()]
    assert len(coded) == 5
    assert "line-1" in {c.article.id for c in coded}


def test_code_jsonl_to_standard_output_is_nothing_but_json(dragoman: Command, articles: Path) -> None:
    done = dragoman("code", articles, "--jsonl", "-")
    assert done.code == 0
    assert len([json.loads(line) for line in done.out.splitlines()]) == 5
    assert "Articles coded" in done.err


def test_code_standard_input(dragoman: Command) -> None:
    line = json.dumps({"id": "piped", "text": "Japan condemned North Korea.", "language": "en"}).encode()
    done = dragoman("code", "-", "--jsonl", "-", stdin=line + b"\n")
    assert done.code == 0
    assert json.loads(done.out)["article"]["id"] == "piped"


def test_code_same_bytes_every_time_and_on_two_processes(dragoman: Command, articles: Path) -> None:
    one, again = (dragoman("code", articles, "--jsonl", "-").out for _ in range(2))
    assert one == again
    assert dragoman("code", articles, "--jsonl", "-", "--processes", "2").out == one


def test_code_publisher_and_day_of_articles_that_do_not_say(dragoman: Command, tmp_path: Path) -> None:
    lines = write_lines(
        tmp_path / "in.jsonl",
        {"text": "Japan condemned North Korea on Monday.", "language": "en"},
        {"text": "Japan condemned China on Monday.", "language": "en", "publisher": "Own", "published": "2024-01-03"},
    )
    done = dragoman("code", lines, "--jsonl", "-", "--publisher", "Morning Paper", "--published", "2024-08-02")
    first, second = (json.loads(line) for line in done.out.splitlines())
    assert (first["article"]["publisher"], first["article"]["published"]) == ("Morning Paper", "2024-08-02")
    assert (second["article"]["publisher"], second["article"]["published"]) == ("Own", "2024-01-03")
    assert first["events"][0]["date"]["start"] == "2024-07-29"
    assert second["events"][0]["date"]["start"] == "2024-01-01"


# --- bad use -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["in.jsonl"], "Nothing to write to"),
        (["missing.txt", "--record", "record"], "'missing.txt' does not exist"),
        (["in.jsonl", "missing.txt", "--record", "record"], "'missing.txt' does not exist"),
        (["empty", "--record", "record"], "no file to read in 'empty'"),
        (["in.jsonl", "--record", "record", "--published", "yesterday"], "'yesterday' is not a day"),
        (["in.jsonl", "--record", "record", "--published", "2024-02-30"], "'2024-02-30' is not a day"),
        (["in.jsonl", "--record", "record", "--processes", "0"], "--processes"),
        (["in.jsonl", "--jsonl", "no/such/folder/out.jsonl"], "no/such/folder/out.jsonl"),
        (["in.jsonl", "--record", "in.jsonl"], "in.jsonl"),
        (["in.jsonl", "--record", "other"], "other"),
        (["--record", "record"], "Missing argument"),
        (["in.jsonl", "--recrod", "record"], "--recrod"),
    ],
)
def test_code_bad_use_is_told_and_nothing_is_written(
    dragoman: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_lines(tmp_path / "in.jsonl", *news(1))
    (tmp_path / "empty").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("Dear all", encoding="utf-8")
    before = sorted(p.name for p in tmp_path.rglob("*"))
    done = dragoman("code", *words)
    assert done.code == 2
    assert told in done.told
    assert sorted(p.name for p in tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["in.jsonl", "--jsonl", "in.jsonl"], "is what is read"),
        ([".", "--jsonl", "out.jsonl"], "lies in '.'"),
        ([".", "--record", "record"], "lies in '.'"),
    ],
)
def test_code_does_not_write_into_what_it_reads(
    dragoman: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = write_lines(tmp_path / "in.jsonl", *news(1)).read_bytes()
    done = dragoman("code", *words)
    assert (done.code, done.out) == (2, "")
    assert told in done.told
    assert (tmp_path / "in.jsonl").read_bytes() == lines


def test_code_bad_input_leaves_the_last_output_as_it_was(dragoman: Command, tmp_path: Path) -> None:
    out = tmp_path / "coded.jsonl"
    out.write_bytes(b"the work of a night\n")
    assert dragoman("code", tmp_path / "missing.txt", "--jsonl", out).code == 2
    assert out.read_bytes() == b"the work of a night\n"


# --- inputs that cannot be taken -----------------------------------------------------------------------------------


def test_code_damaged_line_is_told_with_its_place_and_the_rest_is_coded(dragoman: Command, tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "in.jsonl", *news(3))
    text = lines.read_text(encoding="utf-8").splitlines()
    text[1] = text[1][:20]
    lines.write_text("\n".join(text), encoding="utf-8")
    done = dragoman("code", lines, "--record", tmp_path / "record")
    assert done.code == 1
    assert "in.jsonl, line 2: Invalid JSON" in done.told
    record = Record(tmp_path / "record")
    assert (record.counts().articles, record.counts().failures) == (2, 1)
    (problem,) = record.failures()
    assert (problem.line, problem.kind) == (2, "failed")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({"text": ""}, "field 'text'"),
        ({"text": "Japan condemned China.", "publised": "2024-08-02"}, "Did you mean 'published'?"),
        ({"text": "Japan condemned China.", "published": "08/02/2024"}, "field 'published'"),
        (
            {"text": "Der Minister ist gestern nach Berlin gereist und hat dort lange mit den Gästen gesprochen."},
            "German",
        ),
    ],
)
def test_code_article_that_cannot_be_read_is_told(
    dragoman: Command, tmp_path: Path, line: dict[str, str], told: str
) -> None:
    done = dragoman("code", write_lines(tmp_path / "in.jsonl", line, *news(1)), "--jsonl", "-")
    assert done.code == 1
    assert told in done.told
    assert len(done.out.splitlines()) == 1


def test_code_many_problems_are_counted_and_not_all_shown(dragoman: Command, tmp_path: Path) -> None:
    lines = tmp_path / "in.jsonl"
    lines.write_text("{\n" * 25, encoding="utf-8")
    done = dragoman("code", lines, "--record", tmp_path / "record")
    assert done.code == 1
    assert done.err.count("Failed:") == 10
    assert "and 15 more" in done.told
    assert Record(tmp_path / "record").counts().failures == 25


def test_code_article_on_which_coding_fails_is_kept_aside(
    dragoman: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    coded = Coder._coded

    def fragile(self: Coder, draft: Any) -> CodedArticle:
        if draft.article.id == "n1":
            raise RuntimeError("cannot go on")
        return coded(self, draft)

    monkeypatch.setattr(Coder, "_coded", fragile)
    done = dragoman("code", write_lines(tmp_path / "in.jsonl", *news(3)), "--record", tmp_path / "record")
    assert done.code == 1
    assert "n1: RuntimeError: cannot go on" in done.told
    record = Record(tmp_path / "record")
    assert sorted(r.article.id for r in record.events()) == ["n0", "n2"]
    assert [p.article_id for p in record.failures()] == ["n1"]


def test_code_two_texts_under_one_id_are_both_kept(dragoman: Command, tmp_path: Path) -> None:
    one, two = news(2)
    done = dragoman(
        "code", write_lines(tmp_path / "in.jsonl", one, two | {"id": one["id"]}), "--record", tmp_path / "record"
    )
    assert done.code == 0
    assert "Repaired" in done.told
    assert Record(tmp_path / "record").counts().articles == 2


# --- interruptions -----------------------------------------------------------------------------------------------


def test_code_interrupted_keeps_what_was_coded_and_the_next_run_does_the_rest(
    dragoman: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines, folder = write_lines(tmp_path / "in.jsonl", *news(6)), tmp_path / "record"
    code_many = Coder.code_many

    def interrupted(self: Coder, *args: Any, **options: Any) -> Iterator[CodedArticle]:
        for number, coded in enumerate(code_many(self, *args, **options)):
            if number == 2:
                signal.raise_signal(signal.SIGINT)
            yield coded

    monkeypatch.setattr(Coder, "code_many", interrupted)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in the background
    try:
        first = dragoman("code", lines, "--record", folder)
    finally:
        signal.signal(signal.SIGINT, before)
    assert first.code == 130
    assert "Interrupted" in first.err
    assert Record(folder).counts().articles == 2

    monkeypatch.setattr(Coder, "code_many", code_many)
    second = dragoman("code", lines, "--record", folder)
    assert second.code == 0
    assert "Articles coded 4" in " ".join(second.out.split())
    assert sorted(r.article.id for r in Record(folder).events()) == [f"n{i}" for i in range(6)]
