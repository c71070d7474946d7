"""`dragoman claims`: who said what, as a table, JSON Lines or CSV."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from dragoman.model import Article, Claim, CodedArticle, CoderInfo, Span, Speaker
from dragoman.record import Record
from tests.cli.conftest import Command
from tests.cli.samples import write_lines

TEXT = """Tass quoted Russian Foreign Minister Sergei Lavrov as saying on Friday that Japan was to blame.

"We are ready to talk with North Korea," said Maria Zakharova, a spokeswoman for the ministry.

Marta Ellison, a senior fellow at the Halyard Center, said that the talks would fail.

Two officials said that it was late.
"""


@pytest.fixture
def said(dragoman: Command, tmp_path: Path) -> Record:
    """A record of one article with several voices, first published by another paper."""
    lines = {"id": "voices-1", "text": TEXT, "published": "2024-08-02", "publisher": "Morning Paper", "language": "en"}
    file = write_lines(tmp_path / "voices.jsonl", lines)
    assert dragoman("code", file, "--record", tmp_path / "voices").code == 0
    return Record(tmp_path / "voices")


def speakers(dragoman: Command, record: Record, *words: str) -> list[str]:
    """Who speaks, by the chains of the claims that a command lists, in order."""
    done = dragoman("claims", "--record", record.path, "--json", *words)
    assert done.code == 0
    return [json.loads(line)["claim"]["chain"][0] for line in done.out.splitlines()]


def test_claims_table_tells_who_said_what_and_through_whom(dragoman: Command, said: Record) -> None:
    done = dragoman("claims", "--record", said.path, "--by", "Lavrov")
    words = " ".join(done.out.split())
    for told in ("2024-08-02", "Sergei Lavrov, Foreign Minister of Russia (RUS)", "Japan was to blame"):
        assert told in words
    assert "Sergei Lavrov, by TASS, by Morning Paper [voices-1/c1]" in words
    assert max(map(len, done.out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--by", "Sergey Lavrov"], ["Sergei Lavrov"]),
        (["--by", "TASS"], ["TASS"]),
        (["--by", "RUS"], ["Sergei Lavrov", "Maria Zakharova"]),
        (["--by", "Russian Foreign Ministry"], ["Maria Zakharova"]),
        (["--about", "Japan", "--by", "Lavrov"], ["Sergei Lavrov"]),
        (["--about", "PRK"], ["Maria Zakharova"]),
        (["--direct"], ["Maria Zakharova"]),
        (["--source", "tass"], ["TASS", "Sergei Lavrov"]),
        (["--since", "2024-08-03"], []),
        (["--limit", "1"], ["Two officials"]),
    ],
)
def test_claims_filters(dragoman: Command, said: Record, words: list[str], expected: list[str]) -> None:
    assert speakers(dragoman, said, *words) == expected


def test_claims_csv_has_one_row_a_claim(dragoman: Command, said: Record) -> None:
    rows = list(csv.DictReader(io.StringIO(dragoman("claims", "--record", said.path, "--csv").out)))
    by_name = {row["said_by"].split(" > ")[0]: row for row in rows}
    assert by_name["Marta Ellison"]["expert"] == "a senior fellow at the Halyard Center"
    assert by_name["Two officials"]["anonymous"] == "true"
    assert by_name["Maria Zakharova"]["kind"] == "direct"


def test_claims_of_nothing_says_so(dragoman: Command, said: Record) -> None:
    done = dragoman("claims", "--record", said.path, "--until", "1999")
    assert (done.code, done.out) == (0, "No claim matches.\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--by", "Lavrof"], "Did you mean 'Sergei Lavrov'?"),
        (["--by", " "], "empty"),
        (["--since", "soon"], "'soon', and not a day"),
        (["--json", "--csv"], "Choose one of --json and --csv"),
        (["--limit", "0"], "--limit"),
    ],
)
def test_claims_bad_use_is_told(dragoman: Command, said: Record, words: list[str], told: str) -> None:
    done = dragoman("claims", "--record", said.path, *words)
    assert (done.code, done.out) == (2, "")
    assert told in done.told


def test_show_claim_prints_its_chain_and_what_it_stands_in(dragoman: Command, said: Record) -> None:
    done = dragoman("show", "voices-1/c1", "--record", said.path)
    words = " ".join(done.out.replace("│", " ").split())
    assert done.code == 0
    for told in (
        "1. Sergei Lavrov 2. TASS (state media of Russia) 3. Morning Paper (published it)",
        "Within TASS (RUS) [voices-1/c0]",
        "Russian Foreign Minister Sergei Lavrov … saying",
    ):
        assert told in words
    assert "Halyard" not in words


@pytest.mark.parametrize(
    ("claim", "told"), [("voices-1/c99", "no claim 'voices-1/c99'"), ("/c0", "no claim"), ("nosuch/c0", "no claim")]
)
def test_show_claim_that_is_not_one(dragoman: Command, said: Record, claim: str, told: str) -> None:
    done = dragoman("show", claim, "--record", said.path)
    assert (done.code, done.out) == (2, "")
    assert told in done.told


def test_claims_text_does_not_steer_the_terminal(dragoman: Command, tmp_path: Path) -> None:
    text = "Jap\x1b[2Jan said [bold]no\u202e more[/bold]."
    claim = Claim(
        id="c0",
        speaker=Speaker(start=0, end=8, text=text[:8]),
        content=(Span(start=13, end=len(text), text=text[13:]),),
        kind="indirect",
        chain=("Jap\x1b[2Jan", "[red]Paper"),
    )
    article = Article(id="a1", text=text, publisher="[red]Paper")
    coded = CodedArticle(article=article, claims=(claim,), coder=CoderInfo(version="1", model="hand"))
    Record.create(tmp_path / "record").append([coded])
    for words in (["claims"], ["show", "a1/c0"]):
        done = dragoman(*words, "--record", tmp_path / "record")
        assert done.code == 0
        assert not set(done.out) & {"\x1b", "\u202e"}
        assert "[bold]no more[/bold]" in " ".join(done.out.split())
