"""The cue lexicon: what its loader refuses, and that nearly every entry opens a claim in a plain sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.coding.claims import Claims
from dragoman.coding.language import load_pipeline
from dragoman.errors import KnowledgeError
from dragoman.knowledge.cues import PREPOSITIONS, Cue, load_cues, unused
from dragoman.knowledge.files import KNOWLEDGE

CUES = load_cues()
REST = {
    "clause": "that the talks would fail", "quote": "“the talks will surely fail.”", "infinitive": "to leave the talks",
    "object+infinitive": "the envoys to leave", "gerund": "leaving the talks", "object": "the strange new deal",
    "object+as": "the deal as a mistake", "object+complement": "the deal a mistake",
}  # fmt: skip


def sentence(section: str, cue: Cue) -> list[str]:
    """A plain sentence for each complement of an entry."""
    made = []
    for frame in sorted(cue.frames):
        first, _, preposition = frame.rpartition("+")
        rest = REST.get(frame) or (f"the envoys {preposition} the deal" if first else f"{frame} the strange deal")
        if section == "nouns":
            made.append(f"They criticised the minister's {cue.lemma} {rest}.")
        elif section == "adjectives":
            made.append(f"The minister was {cue.lemma} {rest}.")
        else:
            made.append(f"The ministers did {cue.lemma} {rest}.")
    return made


@pytest.fixture(scope="module")
def used() -> set[str]:
    texts = [
        text
        for section in ("verbs", "particles", "nouns", "adjectives")
        for cue in getattr(CUES, section).values()
        for text in sentence(section, cue)
    ]
    texts += [f"{' '.join(words)} the minister, the talks failed.".capitalize() for words in CUES.phrases]
    texts += [f"In the minister's {word}, the talks failed." for word in CUES.possessed]
    step = Claims()
    found = set()
    for doc in load_pipeline().pipe(texts, batch_size=256):
        found |= {statement.entry for token in doc if (statement := step.statement(token)) is not None}
    return found


def test_claims_lexicon_entries_open_claims(used: set[str]) -> None:
    idle = unused(CUES, used)
    assert len(idle) <= 0.08 * len(CUES.entries()), idle  # the small parser errs on a few bare sentences


def test_claims_lexicon_unused_names_what_is_left() -> None:
    entries = CUES.entries()
    assert unused(CUES, entries) == []
    assert unused(CUES, entries[1:]) == entries[:1]


def test_claims_lexicon_knows_forms_that_the_lemmatiser_gets_wrong() -> None:
    assert CUES.verb("hop") is CUES.verbs["hope"]
    assert CUES.verb("table") is None
    assert "on" in PREPOSITIONS


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    accuse: [object+of, object]", "    accuse: [object+off]", "accuse"),
        ("    accuse: [object+of, object]", "    zzz: [object]\n    accuse: [object]", "out of order"),
        ("    accuse: [object+of, object]", "    accuse: [object]\n    add: [clause]", "twice"),
        ("realizing:", "realising:", "realising"),
        ("  hop: hope", "  hop: hopp", "hopp"),
    ],
)
def test_claims_lexicon_refuses(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = (KNOWLEDGE / "cues.yaml").read_text("utf-8")
    assert old in text
    path = tmp_path / "cues.yaml"
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(KnowledgeError, match=message):
        load_cues(path)
