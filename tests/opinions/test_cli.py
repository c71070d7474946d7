"""`dragoman opinions` and what `dragoman show` makes of them, with a stand-in for the server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.opinions.kept import FILE, read_opinions
from dragoman.record import Record
from tests.cli.conftest import Command
from tests.cli.samples import write_articles
from tests.opinions.standin import standing_in

KEY = "sk-0123456789abcdef"


@pytest.fixture
def record(dragoman: Command, tmp_path: Path) -> Record:
    articles = write_articles(tmp_path / "articles")
    assert dragoman("code", articles, "--record", tmp_path / "record", "--fast").code == 0
    return Record(tmp_path / "record")


def test_cli_dry_run_sends_nothing_and_prints_a_whole_question(dragoman: Command, record: Record) -> None:
    with standing_in() as site:
        done = dragoman(
            "opinions", "ask", site.url, "--record", record.path, "--model", "m", "--below", "1", "--dry-run"
        )
    assert (done.code, site.asked) == (0, 0)
    assert not (record.path / FILE).exists()
    assert f"{len(record.reported())} questions to 127.0.0.1, about" in done.out
    assert "Nothing was sent" in done.out
    assert "ASSAULT: Attacks with arms" in done.out
    assert "[A: " in done.out


def test_cli_asks_keeps_shows_and_compares(dragoman: Command, record: Record, tmp_path: Path) -> None:
    words = "--record", record.path, "--model", "m"
    before = record.reported()
    with standing_in("good", "none", "refusal", "good") as site:
        done = dragoman("opinions", "ask", f"{site.url}/v1", *words, "--below", "1")
        asked = site.asked
        again = dragoman("opinions", "ask", site.url, *words, "--below", "1")
        assert site.asked == asked == len(before)
    assert (done.code, again.code) == (0, 0)
    assert "leave this machine" not in done.told
    assert f"Asked before {len(before)}" in " ".join(again.out.split())
    assert Record(record.path).reported() == before  # nothing that was coded has changed

    shown = " ".join(dragoman("opinions", "show", "--record", record.path).out.split())
    for told in ("m: CONSULT, actual; agrees", "m: no such event", "m: refused to answer", f"{len(before)} opinions."):
        assert told in shown
    differing = dragoman("opinions", "show", "--record", record.path, "--differing").out
    assert differing.index("no such event") < differing.index("not on type")
    table = dragoman("opinions", "agreement", "--record", record.path)
    assert "llm:m@127.0.0.1" in table.out
    assert "kappa" in table.out
    assert max(len(line) for line in table.out.splitlines()) <= 80
    made = json.loads(dragoman("opinions", "agreement", "--record", record.path, "--json").out)
    assert (made["answers"], made["refusals"]) == (len(before) - 1, 1)
    labels = tmp_path / "labels.jsonl"
    assert dragoman("opinions", "show", "--record", record.path, "--jsonl", labels).code == 0
    assert len(labels.read_text(encoding="utf-8").splitlines()) == len(before) - 1

    answered = next(o for o in read_opinions(record.path) if o.answer is not None and o.answer.event)
    event = " ".join(dragoman("show", answered.event.id, "--record", record.path).out.split())
    assert "Second coder m: CONSULT, actual; " in event
    then = dragoman("show", answered.event.id, "--record", record.path, "--as-of", "1").out
    assert "Second coder" not in then


def test_cli_key_stands_in_no_file_and_no_output(
    dragoman: Command, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_KEY", KEY)
    words = "--record", record.path, "--model", "m", "--below", "1", "--key-from", "DESK_KEY"
    with standing_in("echo", "echo", "key") as site:
        done = dragoman("opinions", "ask", site.url, *words)
    assert {headers["authorization"] for headers in site.headers} == {f"Bearer {KEY}"}
    assert done.code == 1
    assert "Incorrect key: Bearer (key)" in " ".join(done.out.split())
    shown = dragoman("opinions", "show", "--record", record.path).out
    assert KEY not in done.out + done.err + shown
    for path in record.path.rglob("*"):
        assert not path.is_file() or KEY.encode() not in path.read_bytes()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("http://127.0.0.1:9", "--model", "m", "--key-from", "NO_SUCH_VARIABLE"), "is not set"),
        (("http://127.0.0.1:9", "--model", "m", "--below", "60"), "--below is 60"),
        (("http://127.0.0.1:9", "--model", " "), "--model is empty"),
        (("127.0.0.1:9", "--model", "m"), "must begin with http"),
        (("http://127.0.0.1:9", "--model", "m", "--timeout", "inf"), "--timeout"),
        (("http://127.0.0.1:9", "--model", "m", "--answer-tokens", "9" * 30), "--answer-tokens"),
        (("http://169.254.169.254", "--model", "m"), "cannot be asked"),
        (("http://93.184.215.14", "--model", "m"), "--insecure"),
        (("http://127.0.0.1:9", "--model", "m", "--type", "WAR"), "no event type 'WAR'"),
    ],
)
def test_cli_refuses_what_cannot_be_asked(dragoman: Command, record: Record, words: tuple[str, ...], told: str) -> None:
    done = dragoman("opinions", "ask", *words, "--record", record.path)
    assert done.code == 2
    assert told in done.told
    assert not (record.path / FILE).exists()


def test_cli_stops_when_the_budget_is_spent(dragoman: Command, record: Record) -> None:
    words = "--record", record.path, "--model", "m", "--below", "1", "--budget-requests", "2"
    with standing_in() as site:
        done = dragoman("opinions", "ask", site.url, *words)
    assert (done.code, site.asked) == (0, 2)
    assert "budget of 2 requests" in " ".join(done.out.split())


def test_cli_says_that_nobody_was_asked(dragoman: Command, record: Record) -> None:
    for verb in ("show", "agreement"):
        assert "No model was asked" in dragoman("opinions", verb, "--record", record.path).out
    done = dragoman("opinions", "show", "--record", record.path, "--model", "m")
    assert (done.code, "No model 'm'" in done.told) == (2, True)
