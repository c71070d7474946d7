"""How attributions are scored: what answers a label, which names are the same, direct quotations."""

from __future__ import annotations

from typing import Any

import pytest
from evaluation.attributions import same_name, score, shares

from dragoman.model import Article, Claim, CodedArticle, CoderInfo, Span, Speaker

TEXT = 'Ann Lee said that the talks had failed in Hanoi. "We will try it once more," she added.'


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(start=at, end=at + len(words), text=words)


def scored(*claims: tuple[str, str, str, str | None]) -> dict[str, float]:
    """Figures of claims given as speaker, cue, content and actor."""
    made = [
        Claim(
            id=f"c{n}",
            speaker=Speaker(start=span(who).start, end=span(who).end, text=who, actor=actor),
            cue=span(cue),
            content=(span(content),),
            kind="indirect",
            chain=(actor or who,),
        )
        for n, (who, cue, content, actor) in enumerate(claims)
    ]
    coded = CodedArticle(
        article=Article(id="a", text=TEXT), claims=tuple(made), coder=CoderInfo(version="1", model="hand")
    )
    labels: list[dict[str, Any]] = [
        {"source": "Ann Lee", "cue": "said", "content": "the talks had failed in Hanoi", "speaker": "Ann Lee"},
        {"source": "she", "cue": "added", "content": "We will try it once more", "speaker": "Ann Lee"},
    ]
    return shares(score({"id": "a", "text": TEXT, "attributions": labels}, coded))


FAILED = ("Ann Lee", "said", "that the talks had failed in Hanoi", "Ann Lee")


def test_attributions_all_right() -> None:
    figures = scored(FAILED, ("she", "added", '"We will try it once more,"', "Ann Lee"))
    assert set(figures.values()) == {1.0}


def test_attributions_a_pronoun_without_a_name_is_found_and_not_named() -> None:
    figures = scored(FAILED, ("she", "added", '"We will try it once more,"', None))
    assert figures["claim F1"] == 1.0
    assert figures["speakers named right, of found"] == 0.5


def test_attributions_a_quotation_of_the_wrong_speaker_is_not_right() -> None:
    figures = scored(FAILED, ("Hanoi", "added", '"We will try it once more,"', None))
    assert figures["direct quotations, recall"] == 0.0


@pytest.mark.parametrize(
    ("wanted", "given", "same"),
    [
        ("Ann Lee", "Lee", True),
        ("Ann Lee", "Bob Ray", False),
        ("KCNA", "Korean Central News Agency", True),
        ("South Korean Unification Ministry", "Unification Ministry of South Korea", True),
        ("South Korean Unification Ministry", "North Korean Unification Ministry", False),
        ("Turkish official", "official", True),
        ("Turkish official", "Russian official", False),
    ],
)
def test_attributions_same_name(wanted: str, given: str, same: bool) -> None:
    assert same_name(wanted, given) is same
