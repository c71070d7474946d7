"""What all verbs on ties do alike: eighty columns, one JSON object, sentences for bad use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.analysis.ties import told
from tests.cli.conftest import Command
from tests.cli.ties.conftest import fill

CALLS = [
    ("series", "PRK", "RUS"),
    ("meetings", "PRK", "RUS"),
    ("pledges", "PRK", "RUS"),
    ("pledges", "PRK"),
    ("compare", "PRK", "RUS", "CHN", "USA"),
    ("blocs",),
    ("blocs", "--split", "2024-01-01"),
    ("unusual", "PRK", "RUS"),
]


@pytest.mark.parametrize("words", CALLS, ids=" ".join)
def test_ties_print_within_eighty_columns(dragoman: Command, ties: Path, words: tuple[str, ...]) -> None:
    done = dragoman(*words, "--record", ties)
    assert (done.code, done.err) == (0, "")
    assert done.out
    assert max(map(len, done.out.splitlines())) <= 80


@pytest.mark.parametrize("words", CALLS, ids=" ".join)
def test_ties_json_is_one_object_the_same_each_time(dragoman: Command, ties: Path, words: tuple[str, ...]) -> None:
    done = dragoman(*words, "--record", ties, "--json")
    assert done.code == 0
    assert isinstance(json.loads(done.out), dict)
    assert dragoman(*words, "--record", ties, "--json").out == done.out


@pytest.mark.parametrize("words", [c for c in CALLS if c[0] not in ("blocs", "compare")], ids=" ".join)
def test_ties_of_whom_nothing_is_told_say_so(dragoman: Command, ties: Path, words: tuple[str, ...]) -> None:
    done = dragoman(words[0], "FRA", *(("NPL",) if len(words) > 2 else ()), "--record", ties)
    assert done.code == 0
    assert done.out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["series", "PRK", "RUS", "--by", "decade"], "'by' is 'decade'. It can be: day, week, month, quarter, year"),
        (["series", "PRK", "RUS", "--direction", "up"], "It can be: both, out, back"),
        (["series", "PRK", "RUS", "--voices", "loud"], "It can be: all, others, own"),
        (["series", "PRK", "PRK"], "Both parties are North Korea"),
        (["series", "PRK", "Atlantis"], "Atlantis"),
        (["meetings", "PRK", "RUS", "--by", "hats"], "It can be: persons, offices, states"),
        (["pledges", "PRK", "RUS", "CHN"], "3 were given"),
        (["pledges", "PRK", "--as-of-day", "soon"], "'soon', and not a day"),
        (["pledges", "PRK", "--state", "lost"], "It can be: fulfilled, broken"),
        (["compare", "PRK", "RUS"], "at least two others"),
        (["compare", "PRK", "RUS", "Russia"], "named twice"),
        (["blocs", "--split", "soon"], "'soon', and not a day"),
        (["unusual", "PRK", "RUS", "--since", "2024-05", "--until", "2024-04"], "is after 'until'"),
    ],
)
def test_ties_bad_use_is_told(dragoman: Command, ties: Path, words: list[str], message: str) -> None:
    done = dragoman(*words, "--record", ties)
    assert (done.code, done.out) == (2, "")
    assert message in done.told


@pytest.mark.parametrize("verb", ["series", "meetings", "pledges", "compare", "unusual"])
def test_ties_print_names_and_words_with_brackets_as_they_are(dragoman: Command, tmp_path: Path, verb: str) -> None:
    """Brackets in names are no markup to the terminal."""
    odd = "Odd [/bold] Name\x1b[31m/RUS"
    happened = [
        told("met", odd, "PRK"),
        told("vow", odd, "PRK", type="AGREE", symmetric=False, words="vowed [/red] to come"),
    ]
    folder = fill(tmp_path / "record", happened)
    done = dragoman(verb, "PRK", "RUS", *(["CHN"] if verb == "compare" else []), "--record", folder)
    assert done.code == 0
    assert "\x1b" not in done.out
    assert verb not in ("meetings", "pledges") or "[/bold]" in done.out
