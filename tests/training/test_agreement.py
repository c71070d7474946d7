from __future__ import annotations

import pytest
from training.agreement import agreement, kappa
from training.notation import parse_line

TEXT = "[a/RUS Moscow] {1 warned} [b/FIN Helsinki] and [c/SWE Stockholm]. :: "


def test_agreement_is_full_where_two_readers_say_the_same() -> None:
    one = [parse_line(TEXT + "1 THREATEN a>b,c", "s")]
    found = agreement(one, one)
    assert found["F1 of events by their sides"] == found["kappa over ordered pairs"] == 1.0


def test_agreement_tells_sides_from_types() -> None:
    found = agreement([parse_line(TEXT + "1 THREATEN a>b", "s")], [parse_line(TEXT + "1 ACCUSE a>b", "s")])
    assert found["F1 of events by their sides"] == 1.0
    assert found["same type, of shared events"] == 0.0


def test_agreement_counts_an_event_that_one_reader_left_out() -> None:
    one = parse_line("[a/RUS Moscow] {1 warned} [b/FIN Helsinki], which {2 met} [c/SWE Stockholm]. :: "
                     "1 THREATEN a>b ; 2 CONSULT b<>c", "s")  # fmt: skip
    other = parse_line(
        "[a/RUS Moscow] {1 warned} [b/FIN Helsinki], which met [c/SWE Stockholm]. :: 1 THREATEN a>b", "s"
    )
    assert agreement([one], [other])["F1 of events by their sides"] == pytest.approx(0.667)


def test_agreement_matches_what_both_do_in_either_order() -> None:
    line = "[a/RUS Moscow] {1 met} [b/FIN Helsinki]. :: 1 CONSULT "
    assert (
        agreement([parse_line(line + "a<>b", "s")], [parse_line(line + "b<>a", "s")])["F1 of events by their sides"]
        == 1
    )


def test_agreement_kappa_is_nought_for_what_chance_gives() -> None:
    assert kappa([("A", "A"), ("A", "B"), ("B", "A"), ("B", "B")]) == 0.0
