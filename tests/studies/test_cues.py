from __future__ import annotations

import pytest

from dragoman.coding.language import load_pipeline
from dragoman.studies.codebook import Codebook, StudyType
from dragoman.studies.cues import CueFinder, tokens_in

FINDER = CueFinder(
    Codebook(
        name="s",
        types={
            "IMPOSE": StudyType(definition="d", quad=4, cues=("impose sanction", "blacklist")),
            "EASE": StudyType(definition="d", quad=2, cues=("lift",)),
        },
        topic=("sanction",),
    )
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tokyo imposed sanctions on Pyongyang.", [("IMPOSE", "imposed")]),
        ("New sanctions were imposed on Pyongyang.", [("IMPOSE", "imposed")]),
        ("The sanctions imposed by Tokyo hurt.", [("IMPOSE", "imposed")]),
        ("Tokyo imposed a curfew while the sanctions on Pyongyang stayed.", []),
        ("Tokyo blacklisted a bank and lifted the ban.", [("IMPOSE", "blacklisted"), ("EASE", "lifted")]),
        ("Tokyo spoke of sanctions.", []),
    ],
)
def test_cues_are_found_by_their_dictionary_form_and_what_hangs_on_it(text: str, found: list[tuple[str, str]]) -> None:
    assert [(hit.type, hit.token.text) for hit in FINDER.found(load_pipeline()(text)).hits] == found


def test_cues_at_the_trigger_come_before_cues_elsewhere() -> None:
    doc = load_pipeline()("Tokyo blacklisted a bank and lifted the ban.")
    found = FINDER.found(doc)
    assert FINDER.guess(found.hits, tokens_in(doc, (29, 35))) == "EASE"
    assert FINDER.guess(found.hits, tokens_in(doc, (6, 17))) == "IMPOSE"
    assert FINDER.guess([], tokens_in(doc, (6, 17))) == "NONE"
    assert FINDER.features(found, tokens_in(doc, (29, 35))) == [0.0, 1.0, 1.0, 1.0, 0.0]


@pytest.mark.parametrize(
    ("text", "topic"), [("The sanctions on Pyongyang stay.", True), ("Tokyo lifted the ban.", False)]
)
def test_cues_tell_whether_a_text_speaks_of_the_topic(text: str, topic: bool) -> None:
    assert FINDER.found(load_pipeline()(text)).topic is topic
