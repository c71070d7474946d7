from __future__ import annotations

from training.notation import parse_line
from training.report import alike, balance, shortcuts
from training.sentences import LabelledSentence


def sentences(*lines: str) -> list[LabelledSentence]:
    return [parse_line(line, f"s-{i}") for i, line in enumerate(lines)]


def test_report_finds_sentences_that_are_nearly_the_same_and_leaves_others() -> None:
    one, other, third = sentences(
        "[a/RUS Moscow] {1 sent} grain and fuel to [b/SYR Damascus] in the early spring of last year. :: 1 AID a>b",
        "[a/RUS Moscow] {1 sent} grain and fuel to [b/SYR Damascus] in the early spring of the year. :: 1 AID a>b",
        "[a/RUS Moscow] {1 sent} a cable to [b/SYR Damascus] about the spring. :: 1 CONSULT a>b",
    )
    assert [(a.id, b.id) for a, b, _ in alike([one, other, third])] == [(one.id, other.id)]


def test_report_counts_types_and_statuses() -> None:
    counts = dict(balance(sentences(
        "[a/RUS Moscow] {1 may send} grain to [b/SYR Damascus]. :: 1 AID a>b hypothetical",
        "[a/RUS Moscow] and [b/SYR Damascus] share a sea. :: -",
    )))  # fmt: skip
    assert counts["types"] == {"AID": 1}
    assert counts["statuses"] == {"hypothetical": 1}
    assert counts["events"] == {"1": 1, "0": 1}


def test_report_names_a_word_that_gives_its_type_away() -> None:
    many = [f"[a/RUS Moscow] {{1 sent}} load {i} to [b/SYR Damascus]. :: 1 AID a>b" for i in range(12)]
    assert [(w, t) for w, t, _, _ in shortcuts(sentences(*many))] == [("sent", "AID")]
    assert shortcuts(sentences(*many[:5])) == []
