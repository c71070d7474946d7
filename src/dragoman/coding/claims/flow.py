"""How speech flows through a text: quotations whole, speech that goes on, colons, reproduced statements.

Takes the statements found in each paragraph and completes their contents from the text; separate because none of
this shows in the parse of one sentence.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from spacy.tokens import Doc

from dragoman.coding.claims.layout import find_signature
from dragoman.coding.claims.nesting import Nesting
from dragoman.coding.claims.phrases import source, subject
from dragoman.coding.claims.quotes import Quote, opens_with_quote, quote_at
from dragoman.coding.claims.statements import Range, Source, Statement, merged, minus, trim
from dragoman.model import Article

NAMING = frozenset({"NOUN", "PRON", "PROPN"})
CLOSING = "\"”’'»」』 "
NEAR = 12  # words between a quotation and the cue that follows it
ADDRESS = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Yy]ou|[Yy]our|Dear)\b")
ISSUED = re.compile(
    r"\b(?:issued|made|published|released)\b[^.:\n]*\bthe following\b[^.:\n]*"
    r"\b(?:article|commentary|letter|message|statement)\b"
)
FOLLOWING = re.compile(r"\b(?:the following|as follows)\b.*:\s*$", re.IGNORECASE | re.DOTALL)


@dataclass(slots=True)
class Paragraph:
    """A parsed paragraph at `base` of the article, its quotations and the statements found in it."""

    doc: Doc
    base: int
    quotes: list[Quote]
    label: Range | None = None
    statements: list[Statement] = field(default_factory=list)
    text: str = field(init=False)  # the paragraph as written

    def __post_init__(self) -> None:
        self.text = self.doc.text  # which spaCy puts together anew each time

    @property
    def end(self) -> int:
        """Offset in the article after its last character."""
        return self.base + len(self.text)


def leave_dateline(paragraph: Paragraph, article: Article) -> None:
    """Where a parser takes the town of a dateline for the subject, the first noun phrase after it speaks."""
    ends = [f.end - paragraph.base for f in article.furniture if f.kind == "dateline"]
    end = next((e for e in ends if 0 < e <= len(paragraph.text)), 0)
    first = next((c.root for c in paragraph.doc.noun_chunks if c.start_char >= end), None) if end else None
    for statement in paragraph.statements:
        who = statement.source
        if first is not None and who is not None and who.start < end and first.idx < statement.cue[0]:
            statement.source = source(first)


def settle(paragraph: Paragraph) -> None:
    """Fit contents to quotations and to each other, and give each free quotation to the speaker beside it."""
    asides = [s.aside for s in paragraph.statements if s.aside is not None]
    for statement in paragraph.statements:
        others = [aside for aside in asides if aside != statement.aside and not _within(statement.cue, aside)]
        statement.content = [part for piece in statement.content for part in minus(piece, others)]
        _mend_source(statement, paragraph)
        _fit(statement, paragraph)
    for quote in paragraph.quotes:
        if quote.speech:
            _claim_before(quote, paragraph)
    paragraph.statements = [s for s in paragraph.statements if not _is_private(s, paragraph)]
    paragraph.statements = _without_background(paragraph.statements)
    _sign(paragraph)
    for quote in paragraph.quotes:
        if quote.speech and not _taken(paragraph.statements, quote):
            owner = _beside(paragraph, quote)
            if owner is not None:
                owner.content = merged([*owner.content, (quote.start, quote.end)])


def go_on(paragraphs: list[Paragraph]) -> None:
    """Carry speech into the paragraphs that follow: after a colon, in quotations that go on, in transcripts."""
    last: Statement | None = None
    for number, paragraph in enumerate(paragraphs):
        if paragraph.label is not None:
            last = _labelled(paragraph)
        elif last is not None and opens_with_quote(paragraph.text):
            first = paragraph.quotes[0] if paragraph.quotes else None
            if first is not None and not _taken(paragraph.statements, first):
                last.later.append((paragraph.base + first.start, paragraph.base + first.end))
                last.quoted = True
        speaking = [
            s for s in paragraph.statements if (s.reports or s.speech) and not quote_at(paragraph.quotes, *s.cue)
        ]
        introduced = _introduced(paragraphs, number)
        if introduced is not None:
            last = introduced
        elif speaking:
            last = speaking[-1]
        elif not opens_with_quote(paragraph.text):
            last = None


def _within(inner: Range, outer: Range) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _fit(statement: Statement, paragraph: Paragraph) -> None:
    """A cue inside a quotation stays inside; one outside takes whole what it quotes."""
    cue, quotes = statement.cue, paragraph.quotes
    home = quote_at(quotes, *cue)
    pieces: list[Range] = []
    for start, end in statement.content:
        if home is not None:
            start, end = max(start, home.start), min(end, home.end)
        else:
            for quote in quotes:
                if start < quote.end and quote.start < end:
                    start, end = min(start, quote.start), max(end, quote.end)
        if start < end:
            pieces.append((start, end))
    holes = [cue]
    if statement.source is not None:
        holes.append((statement.source.start, statement.source.end))
    cut = [part for piece in merged(pieces) for part in minus(piece, holes)]
    statement.content = [piece for part in cut if (piece := trim(paragraph.text, part)) is not None]


def _is_over(text: str, quote: Quote) -> bool:
    """Whether a quotation ends its sentence, and a new one begins after it: '... no way.” Others asked for aid.'"""
    inside, after = text[quote.start : quote.end].rstrip(CLOSING), text[quote.end :].lstrip(" ")
    return quote.speech and inside.endswith(".") and not inside.endswith("...") and after[:1].isupper()


def _sign(paragraph: Paragraph) -> None:
    signature = find_signature(paragraph.text, paragraph.quotes)
    if signature is None:
        return
    dash, name = signature
    words = paragraph.doc.char_span(*name, alignment_mode="expand")
    whole = (paragraph.quotes[0].start, paragraph.quotes[-1].end)
    who = Source(*name, words.root if words is not None else None)
    paragraph.statements = [s for s in paragraph.statements if s.reports and quote_at(paragraph.quotes, *s.cue)]
    paragraph.statements.append(Statement(dash, who, [whole], "signature", reports=True, speech=True))


def _mend_source(statement: Statement, paragraph: Paragraph) -> None:
    """A cue outside a quotation has no speaker inside it: the words between them, or after the cue, name him."""
    who, cue, doc = statement.source, statement.cue, paragraph.doc
    if who is None or not statement.speech:
        return
    home = quote_at(paragraph.quotes, who.start, who.end)
    if home is None or not home.speech or quote_at(paragraph.quotes, *cue) is home or home.end > cue[0]:
        return
    verb = next(t for t in doc if t.idx == cue[0])
    between = [t for t in doc[: verb.i] if t.idx >= home.end and t.pos_ in NAMING]
    after = list(itertools.takewhile(lambda t: t.pos_ in NAMING or t.pos_ in {"DET", "ADJ"}, doc[verb.i + 1 :]))
    named = between or [t for t in after if t.pos_ in NAMING]
    if not named or len(between) > NEAR:
        statement.source = None
    else:
        statement.source = Source(named[0].idx, named[-1].idx + len(named[-1]), named[-1])


def _claim_before(quote: Quote, paragraph: Paragraph) -> None:
    """A sentence quoted right before 'Kim said' or 'said Kim' belongs to that cue and to no other outside it."""
    lead = paragraph.text[: quote.start].rstrip()
    if lead and lead[-1] not in ".!?:,;”\"'’":
        return
    for statement in paragraph.statements:
        start = statement.cue[0]
        if statement.source is not None and statement.source.start >= quote.end:
            start = min(start, statement.source.start)
        gap = paragraph.text[quote.end : start]
        if _is_over(paragraph.text, quote) and paragraph.text[statement.cue[1] : statement.cue[1] + 1] not in ".,:":
            continue
        if statement.speech and quote.end <= start and len(gap) <= 3 and not any(c.isalnum() for c in gap):
            whole = (quote.start, quote.end)
            for other in paragraph.statements:
                if (
                    other is not statement
                    and not quote.start <= other.cue[0] < quote.end
                    and other.cue[0] < quote.start
                ):
                    parts = [part for piece in other.content for part in minus(piece, [whole])]
                    other.content = [t for p in parts if (t := trim(paragraph.text, p)) is not None]
            statement.content = merged([*statement.content, whole])
            return


def _is_private(statement: Statement, paragraph: Paragraph) -> bool:
    """'I think' within a quotation is part of what is said; 'Lavrov told me' passes on another's word."""
    home = quote_at(paragraph.quotes, *statement.cue)
    if home is None or not home.speech:
        return False
    who = statement.source.head if statement.source is not None else None
    return not (statement.reports and who is not None and who.pos_ == "PROPN")


def _without_background(statements: list[Statement]) -> list[Statement]:
    """Drop attitudes that are part of what another says: 'he said that Seoul wants talks' is his word."""
    nesting = Nesting([s.content for s in statements])
    kept = []
    for number, statement in enumerate(statements):
        outer = [statements[n] for n in nesting.around(*statement.cue) if n != number]
        if statement.reports or statement.acts or not any(s.reports or s.speech for s in outer):
            kept.append(statement)
    return kept


def _taken(statements: list[Statement], quote: Quote) -> bool:
    for statement in statements:
        if not quote.start <= statement.cue[0] < quote.end:
            held = sum(max(0, min(b, quote.end) - max(a, quote.start)) for a, b in statement.content)
            if 2 * held >= quote.end - quote.start:
                return True
    return False


def _beside(paragraph: Paragraph, quote: Quote) -> Statement | None:
    """The statement whose cue comes close after a quotation and has no content yet, else the last one before it."""
    speakers = [s for s in paragraph.statements if s.speech and not quote_at(paragraph.quotes, *s.cue)]
    for statement in [] if _is_over(paragraph.text, quote) else speakers:
        if quote.end <= statement.cue[0] and not statement.content:
            return statement if len(paragraph.text[quote.end : statement.cue[0]].split()) <= NEAR else None
    before = [s for s in speakers if s.cue[1] <= quote.start]
    return before[-1] if before else None


def _labelled(paragraph: Paragraph) -> Statement | None:
    assert paragraph.label is not None
    start, end = paragraph.label
    colon = paragraph.text.index(":", end)
    content = trim(paragraph.text, (colon + 1, len(paragraph.text)))
    if content is None:
        return None
    statement = Statement((colon, colon + 1), Source(start, end), [content], "labels", reports=True, speech=True)
    paragraph.statements = [s for s in paragraph.statements if s.cue[0] > colon and s.reports]
    paragraph.statements.insert(0, statement)
    return statement


def _introduced(paragraphs: list[Paragraph], number: int) -> Statement | None:
    """The statement of a paragraph that ends in a colon, with the next paragraphs as its content."""
    paragraph = paragraphs[number]
    after = paragraphs[number + 1 :]
    colon = paragraph.text.rstrip().endswith(":")
    if not after or not (colon or ISSUED.search(paragraph.text)):
        return None
    whole = not colon or FOLLOWING.search(paragraph.text) is not None
    open_ = [s for s in paragraph.statements if (s.speech or s.reports) and (whole or not s.content)]
    statement = open_[-1] if open_ else _opened_by_root(paragraph) if whole else None
    if statement is None:
        return None
    if statement not in paragraph.statements:
        paragraph.statements.append(statement)
    if whole:
        statement.content, statement.quoted = [], False
        statement.later = [(after[0].base, after[-1].end)]
    elif not opens_with_quote(after[0].text):
        statement.later = [(after[0].base, _own_words_end(after))]
    return statement


def _own_words_end(after: list[Paragraph]) -> int:
    """Where a reproduced letter ends: it goes on for as long as its paragraphs say 'I', 'we' or 'you'."""
    end = after[0].end
    for paragraph in after[1:] if ADDRESS.search(after[0].text) else []:
        if not ADDRESS.search(paragraph.text):
            break
        end = paragraph.end
    return end


def _opened_by_root(paragraph: Paragraph) -> Statement | None:
    root = list(paragraph.doc.sents)[-1].root
    head = subject(root) if root.pos_ in {"VERB", "AUX"} else None
    if head is None:
        return None
    cue = (root.idx, root.idx + len(root))
    return Statement(cue, source(head), [], "following", reports=True, speech=True)
