"""Chains of reporting as trees."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from dragoman.model import ReportedEvent
from dragoman.web.chaining import SHOWN, Link, chain_tree, chain_words
from dragoman.web.parts import Ref
from tests.briefing.builders import report


def told(event_id: str, *chain: str) -> ReportedEvent:
    made = report(event_id, "PRK", "RUS", publisher=chain[-1] if chain else None)
    return replace(made, event=replace(made.event, chain=chain))


def tree(reports: Sequence[ReportedEvent]) -> tuple[Link, ...]:
    labels = {each.event.id: Ref(name=f"R{n}", href=f"#r{n}") for n, each in enumerate(reports, start=1)}
    return chain_tree(reports, labels)


def test_chaining_reports_of_one_word_share_a_branch() -> None:
    (root,) = tree([told("a", "Ministry", "Agency", "Post"), told("b", "Ministry", "Agency", "Courier")])
    assert (root.name, root.part) == ("Ministry", "source")
    (agency,) = root.then
    assert (agency.name, agency.part) == ("Agency", "through")
    assert [(leaf.name, leaf.part, leaf.reports[0].name) for leaf in agency.then] == [
        ("Post", "outlet", "R1"),
        ("Courier", "outlet", "R2"),
    ]


def test_chaining_an_outlet_in_its_own_words_stands_alone() -> None:
    found = tree([told("a", "Post"), told("b", "Ministry", "Post")])
    assert [(root.name, root.part, len(root.then)) for root in found] == [
        ("Post", "outlet", 0),
        ("Ministry", "source", 1),
    ]
    assert found[0].href == "/outlet/Post"


def test_chaining_an_outlet_that_is_quoted_keeps_its_own_report() -> None:
    (root,) = tree([told("a", "Post"), told("b", "Post", "Courier")])
    assert [ref.name for ref in root.reports] == ["R1"]
    assert [leaf.name for leaf in root.then] == ["Courier"]


def test_chaining_says_where_nobody_is_known() -> None:
    (root,) = tree([told("a")])
    assert root.name == "publisher not known"


def test_chaining_is_told_in_words_too() -> None:
    reports = [told("a", "Ministry", "Agency"), told("b", "Post")]
    assert chain_words(tree(reports)) == ("Ministry, through Agency (R1)", "Post (R2)")


def test_chaining_draws_so_many_and_no_more() -> None:
    assert len(tree([told(f"e{n}", f"Outlet {n}") for n in range(SHOWN + 5)])) == SHOWN
