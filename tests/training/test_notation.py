from __future__ import annotations

from pathlib import Path

import pytest
from training.notation import main, parse_line, read_notation
from training.sentences import read_sentences

from dragoman.errors import InputError

TALKS = "[a/RUS Sergei Lavrov] {1 held talks} with [b/PRK Choe Son Hui] in Wonsan. :: 1 CONSULT a<>b"


def test_notation_gives_text_parties_and_events() -> None:
    sentence = parse_line(TALKS, "s-1")
    assert sentence.text == "Sergei Lavrov held talks with Choe Son Hui in Wonsan."
    assert [(p.id, sentence.text[p.start : p.end], p.country) for p in sentence.parties] == [
        ("a", "Sergei Lavrov", "RUS"),
        ("b", "Choe Son Hui", "PRK"),
    ]
    (event,) = sentence.events
    assert (event.type, event.mode, event.status, event.symmetric) == ("CONSULT", None, "actual", True)
    assert sentence.text[slice(*event.trigger)] == "held talks"


def test_notation_reads_mode_status_several_sides_and_one_side() -> None:
    line = "[a/FRA Paris] and [b/DEU Berlin] {1 may bar} [c/- two firms]; [d/PRK Pyongyang] {2 fired} a missile."
    sentence = parse_line(line + " :: 1 COERCE/restrict a,b>c hypothetical ; 2 MOBILIZE/weapons d>", "s-1")
    first, second = sentence.events
    assert (first.mode, first.status, first.actors, first.recipients) == (
        "restrict",
        "hypothetical",
        ("a", "b"),
        ("c",),
    )
    assert (second.actors, second.recipients, second.symmetric) == (("d",), (), False)
    assert sentence.parties[2].country is None


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("[a/RUS Moscow] {1 spoke}.", "no ' :: '"),
        ("[a/RUS Moscow] {1 spoke}. :: -", "in no event"),
        ("[a/RUS Moscow] {1 spoke}. :: 1 CHAT a>", "CHAT"),
        ("[a/RUS Moscow] {1 met} [b/CHN Beijing]. :: 1 CONSULT/lunch a>b", "no mode lunch"),
        ("[a/RUS Moscow] {1 met} [b/CHN Beijing]. :: 1 CONSULT a>c", "no party has the id c"),
        ("[a/RUS Moscow] {1 met} [a/CHN Beijing]. :: 1 CONSULT a>", "one id"),
        ("[a/RUS Moscow {1 met} [b/CHN Beijing]. :: 1 CONSULT a>b", "not as it must be"),
        ("[a/RUS Moscow] {1 met}. :: 1 CONSULT >", "no side"),
        ("[a/RUS Moscow] {1 met}. :: 1 CONSULT a>a", "both sides"),
        ("[a/RUS Moscow] met. :: 2 CONSULT a>", "no trigger has the number 2"),
        ("[a/RUS Moscow] {1 met}. :: CONSULT a", "no event"),
    ],
)
def test_notation_refuses_a_line_and_says_why(line: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        parse_line(line, "s-1")


def test_notation_names_the_line_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"# talks\n{TALKS}\n[a/RUS Moscow] {{1 spoke}}.\n", "utf-8")
    with pytest.raises(InputError, match=r"a\.txt, line 3"):
        list(read_notation(file))


def test_notation_writes_what_sentences_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, out = tmp_path / "a.txt", tmp_path / "a.jsonl"
    source.write_text(f"{TALKS}\n[a/RUS Moscow] fell silent. :: -\n", "utf-8")
    monkeypatch.setattr("sys.argv", ["notation", str(source), "--out", str(out)])
    assert main() == 0
    assert list(read_sentences([out])) == list(read_notation(source))
