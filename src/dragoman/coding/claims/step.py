"""The claims step: parsed sentences and resolved mentions in, `draft.claims` out.

1. each paragraph: its quotations, and the statements opened by verbs, nouns, adjectives and phrases;
2. contents fitted to quotations, free quotations given to the speaker beside them;
3. speech carried on through the paragraphs that follow;
4. speakers named by the mentions, chains from the innermost speaker to the publisher.
"""

from __future__ import annotations

import itertools

from spacy.tokens import Token

from dragoman.coding.claims.chain import ClaimList, once, publishers
from dragoman.coding.claims.flow import Paragraph, go_on, leave_dateline, settle
from dragoman.coding.claims.layout import find_labels
from dragoman.coding.claims.nesting import Nesting
from dragoman.coding.claims.nominals import adjective_statement, noun_statement
from dragoman.coding.claims.quotes import find_quotes
from dragoman.coding.claims.sayings import OWNED, phrase_statement
from dragoman.coding.claims.speakers import Speakers
from dragoman.coding.claims.statements import Range, Statement, merged, minus
from dragoman.coding.claims.verbs import verb_statement
from dragoman.coding.draft import Draft
from dragoman.knowledge.cues import Cues, load_cues
from dragoman.model import Claim, ClaimKind, Span

FIRST_PERSON = frozenset({"i", "me", "my", "our", "us", "we"})
Placed = tuple[Paragraph, Statement, list[Range]]  # a statement and its content in characters of the article


class Claims:
    """The step that writes `draft.claims`: who says what, in which words, through whom."""

    def __init__(self) -> None:
        self.cues = load_cues()
        self.openers = OWNED | {words[0] for words in self.cues.phrases}

    def __call__(self, draft: Draft) -> None:
        """Find the claims of one article; reads sentences and mentions."""
        paragraphs = self._paragraphs(draft)
        for paragraph in paragraphs:
            settle(paragraph)
        go_on(paragraphs)
        draft.claims = make_claims(draft, paragraphs, self.cues)

    def _paragraphs(self, draft: Draft) -> list[Paragraph]:
        paragraphs = []
        for _, group in itertools.groupby(draft.sentences, key=lambda s: (s.paragraph, s.base)):
            sentence = next(group)
            doc = sentence.tokens.doc
            paragraph = Paragraph(doc, sentence.base, find_quotes(doc.text))
            paragraph.statements = [s for token in doc if (s := self.statement(token)) is not None]
            leave_dateline(paragraph, draft.article)
            paragraphs.append(paragraph)
        for number, label in find_labels([p.text for p in paragraphs], self.cues).items():
            paragraphs[number].label = label
        return paragraphs

    def statement(self, token: Token) -> Statement | None:
        """The statement that a token opens, or None."""
        if token.lower_ in self.openers:
            return phrase_statement(token, self.cues)
        if token.pos_ == "ADJ" or token.lower_ in self.cues.adjectives:
            found = adjective_statement(token, self.cues)
            if found is not None:
                return found
        if token.pos_ in {"VERB", "AUX"}:
            return verb_statement(token, self.cues)
        if token.pos_ == "NOUN":
            return noun_statement(token, self.cues)
        return None


def make_claims(draft: Draft, paragraphs: list[Paragraph], cues: Cues) -> ClaimList:
    """The claims of settled paragraphs, numbered in order of the text."""
    placed = [(p, s, _content(p, s)) for p in paragraphs for s in p.statements]
    placed = [item for item in placed if item[2]]
    placed = _without_own_words(placed)
    placed.sort(key=lambda item: (min(item[2][0][0], item[0].base + item[1].cue[0]), item[0].base + item[1].cue[0]))
    nesting = Nesting([content for _, _, content in placed])
    speakers = Speakers(draft, cues)
    resolved = [speakers.resolve(s.source, p.base) if s.source is not None else None for p, s, _ in placed]
    claims = ClaimList()
    for number, (paragraph, statement, content) in enumerate(placed):
        cue = (paragraph.base + statement.cue[0], paragraph.base + statement.cue[1])
        through = [number, *(n for n in nesting.around(*cue) if n != number)]
        names = [who[1] for n in through if (who := resolved[n]) is not None]
        who = resolved[number]
        claims.append(
            Claim(
                id=f"c{number}",
                speaker=None if who is None else who[0],
                cue=_span(draft, cue),
                content=tuple(_span(draft, piece) for piece in content),
                kind=_kind(paragraph, statement),
                chain=once([*names, *publishers(draft.article)]),
            )
        )
    return claims


def _without_own_words(placed: list[Placed]) -> list[Placed]:
    """Drop what 'I' and 'we' say or want within a claim: that is the word of the claim's own speaker."""
    nesting = Nesting([content for _, _, content in placed])
    kept = []
    for number, (paragraph, statement, content) in enumerate(placed):
        cue = (paragraph.base + statement.cue[0], paragraph.base + statement.cue[1])
        head = statement.source.head if statement.source is not None else None
        own = head is not None and head.lower_ in FIRST_PERSON
        if not own or all(n == number for n in nesting.around(*cue)):
            kept.append((paragraph, statement, content))
    return kept


def _content(paragraph: Paragraph, statement: Statement) -> list[Range]:
    here = [(paragraph.base + start, paragraph.base + end) for start, end in statement.content]
    return merged([*here, *statement.later])


def _span(draft: Draft, piece: Range) -> Span:
    return Span(start=piece[0], end=piece[1], text=draft.article.text[piece[0] : piece[1]])


def _kind(paragraph: Paragraph, statement: Statement) -> ClaimKind:
    """Direct when all words of the content stand in quotations that do not hold the cue, mixed when some do."""
    marks = [(q.start, q.end) for q in paragraph.quotes if not q.start <= statement.cue[0] < q.end]
    text = paragraph.text
    outside = any(
        any(map(str.isalnum, text[slice(*part)])) for piece in statement.content for part in minus(piece, marks)
    )
    inside = any(a < end and start < b for a, b in statement.content for start, end in marks)
    if statement.later:
        outside, inside = outside or not statement.quoted, inside or statement.quoted
    if not outside:
        return "direct"
    return "mixed" if inside else "indirect"
