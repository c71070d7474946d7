"""Where the cue words of a study stand in parsed text: a baseline of its own, and features of the learned head."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from spacy.tokens import Doc, Token

from dragoman.coding.learned.packing import Chars
from dragoman.studies.codebook import NONE, Codebook

REACH: Final = 3  # links of the parse between the first word of a cue and the others


class Hit(NamedTuple):
    """A cue of a type, at the token of its first word."""

    type: str
    token: Token


class Found(NamedTuple):
    """What a stretch of text has of a study: cues in their order, and whether a word of its topic stands there."""

    hits: list[Hit]
    topic: bool


class CueFinder:
    """Finds the cues and the topic of a codebook."""

    def __init__(self, codebook: Codebook) -> None:
        self.types = tuple(codebook.types)
        self.topic = frozenset(codebook.topic)
        self._by_first: dict[str, list[tuple[str, frozenset[str]]]] = {}
        for kind, entry in codebook.types.items():
            for cue in entry.cues:
                first, *others = cue.split()
                self._by_first.setdefault(first, []).append((kind, frozenset(others)))

    def found(self, tokens: Iterable[Token]) -> Found:
        """The cues among these tokens, each type once a token, and whether they speak of the topic."""
        topic = False
        hits: dict[tuple[int, str], Hit] = {}
        for token in tokens:
            forms = _forms(token)
            topic = topic or not forms.isdisjoint(self.topic)
            for word in sorted(forms):
                for kind, others in self._by_first.get(word, ()):
                    if not others or others <= _words_near(token):
                        hits.setdefault((token.i, kind), Hit(kind, token))
        return Found(list(hits.values()), topic)

    def features(self, found: Found, at: frozenset[int]) -> list[float]:
        """For each type whether its cues stand at the tokens `at`, then whether they stand anywhere; last the topic."""
        here = {hit.type for hit in found.hits if hit.token.i in at}
        anywhere = {hit.type for hit in found.hits}
        cues = [float(kind in group) for group in (here, anywhere) for kind in self.types]
        return [*cues, float(found.topic)]

    def guess(self, hits: Sequence[Hit], at: frozenset[int]) -> str:
        """The type that the cues alone would give: of those at `at`, else of the nearest; NONE where there is none."""
        if not hits:
            return NONE
        return min(hits, key=lambda hit: min((abs(hit.token.i - i) for i in at), default=hit.token.i)).type


def tokens_in(doc: Doc, span: Chars | None) -> frozenset[int]:
    """The tokens that a stretch of the document's characters touches."""
    if span is None:
        return frozenset()
    return frozenset(t.i for t in doc if t.idx < span[1] and t.idx + len(t) > span[0])


def _forms(token: Token) -> set[str]:
    return {token.lower_, token.lemma_.lower()}


def _words_near(token: Token) -> set[str]:
    """The words that hang together with a token in the parse; other verbs are reached but not passed."""
    seen, edge = {token.i}, [token]
    words: set[str] = set()
    for _ in range(REACH):
        reached = [
            near
            for step in edge
            if step.i == token.i or step.pos_ != "VERB"
            for near in (step.head, *step.children)
            if near.i not in seen
        ]
        seen.update(t.i for t in reached)
        words.update(form for t in reached for form in _forms(t))
        edge = reached
    return words
