"""The working paper of one article while it is coded: each step reads it and writes its own fields."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from dragoman.model import Article, Claim, EventDate, EventType, FurnitureKind, Mention, Place, Status


@dataclass(slots=True)
class Sentence:
    """One parsed sentence. `base` is the offset in `article.text` of the paragraph that `tokens.doc` holds."""

    index: int
    tokens: TokenSpan
    base: int
    paragraph: int
    furniture: FurnitureKind | None = None

    @property
    def start(self) -> int:
        """Offset of the first character in `article.text`."""
        return self.base + self.tokens.start_char

    @property
    def end(self) -> int:
        """Offset after the last character in `article.text`."""
        return self.base + self.tokens.end_char

    def offset(self, token: Token) -> int:
        """Offset in `article.text` at which a token of this sentence's paragraph begins."""
        return self.base + token.idx

    def token_span(self, start: int, end: int) -> TokenSpan | None:
        """The tokens that a stretch of `article.text` touches, or None when it lies outside this paragraph."""
        doc: Doc = self.tokens.doc
        last = doc[len(doc) - 1]
        if start < self.base or end > self.base + last.idx + len(last.text_with_ws):  # len(doc.text) builds the text
            return None
        return doc.char_span(start - self.base, end - self.base, alignment_mode="expand")


@dataclass(slots=True)
class Candidate:
    """A possible event: a trigger with its two sides, filled in by the steps that follow `candidates`."""

    sentence: Sentence
    trigger: Token
    start: int
    end: int
    actors: list[Mention]
    recipients: list[Mention]
    type: EventType | None = None
    mode: str | None = None
    symmetric: bool = False
    status: Status = "actual"
    date: EventDate | None = None
    place: Place | None = None
    claim: Claim | None = None
    confidence: float = 0.5


@dataclass(slots=True)
class Draft:
    """An article and all that is known of it so far. Mentions, claims and candidates stand in order of the text."""

    article: Article
    sentences: list[Sentence] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that covers a character of the text, or None between sentences."""
        return next((s for s in self.sentences if s.start <= offset < s.end), None)
