"""Who has spoken before: what 'the official', 'the pundit', 'Hong', 'she' and 'they' stand for among those quoted.

Separate from the resolution of mentions because whoever is quoted again is most often one who was quoted before, known
to the actor files or not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.knowledge.cues import Cues
from dragoman.knowledge.gender import Gender, load_gender

PERSONAL = frozenset({"he", "she"})
PLURAL = frozenset({"they"})
BACK = frozenset({"the", "this", "that", "these", "those"})
PLURALS = frozenset({"NNS", "NNPS"})
NEAR = 700  # characters over which a pronoun looks back to who spoke
FAR = 6000  # the same for a name and a description


@dataclass(frozen=True, slots=True)
class Voice:
    """One who has spoken at an offset: name in chains, actor and country as far as known, the words it went by.

    `learned` is a scholar or analyst, or somebody named without an office.
    """

    at: int
    name: str
    actor: str | None
    country: str | None
    words: frozenset[str]
    person: bool
    plural: bool
    outlet: bool
    learned: bool
    gender: Gender | None = None


class Heard:
    """Those who have spoken in an article so far, in order."""

    def __init__(self, cues: Cues) -> None:
        self.cues = cues
        self.voices: list[Voice] = []

    def of(self, head: Token, at: int) -> Voice | None:
        """Who is meant by a head that by itself names nobody: the last one who fits, or None."""
        word = head.lower_
        if word in PERSONAL:
            meant = load_gender().pronouns[word]
            return self._last(at, NEAR, lambda v: v.person and not v.plural and v.gender in (None, meant))
        if word in PLURAL:
            return self._last(at, NEAR, lambda v: v.plural)
        if word == "it":
            return self._last(at, NEAR, lambda v: not v.person and not v.plural)
        if head.pos_ == "PROPN" and head.left_edge.i == head.i:
            return self._last(at, FAR, lambda v: v.name != head.text and head.text in v.name.split())
        if not any(t.dep_ == "det" and t.lower_ in BACK for t in head.lefts):
            return None
        lemma, plural = head.lemma_.lower(), head.tag_ in PLURALS
        same = self._last(at, FAR, lambda v: lemma in v.words and v.plural == plural)
        if same is None and lemma in self.cues.experts:
            return self._last(at, FAR, lambda v: v.learned)
        return same

    def outlet(self, at: int) -> Voice | None:
        """The last outlet that was quoted: whose 'the report' is."""
        return self._last(at, FAR, lambda v: v.outlet)

    def _last(self, at: int, back: int, fits: Callable[[Voice], bool]) -> Voice | None:
        return next((v for v in reversed(self.voices) if at - back <= v.at < at and fits(v)), None)
