"""Who a speaker is: the words as written, the actor and state by the mentions there, the name in a chain.

Separate because mentions are resolved before and without knowledge of claims.
"""

from __future__ import annotations

import bisect
import re

from spacy.tokens import Token

from dragoman.coding.claims.phrases import child, noun_phrase
from dragoman.coding.claims.statements import Range, Source, chars
from dragoman.coding.draft import Draft
from dragoman.model import Mention, Speaker

ARTICLE = re.compile(r"^(?:the|an?|this|that|these|those)\s+", re.IGNORECASE)
LONGEST = 300  # characters of a mention, an upper bound for looking back


class Speakers:
    """Looks up the mentions of one article by place."""

    def __init__(self, draft: Draft) -> None:
        self.text = draft.article.text
        self.mentions = sorted(draft.mentions, key=lambda m: (m.start, -m.end))
        self.starts = [m.start for m in self.mentions]

    def resolve(self, source: Source, base: int) -> tuple[Speaker, str]:
        """The speaker of a source in the paragraph at `base`, and the name by which a chain calls him."""
        start, end = base + source.start, base + source.end
        phrase = (start, end)
        if source.head is not None and not source.start <= source.head.idx < source.end:
            first, last = chars(source.head.doc, *noun_phrase(source.head))
            phrase = (base + first, base + last)
        mention = self._of(source, base)
        inside = self.touching(*phrase)
        country = mention.country if mention is not None else None
        countries = sorted({m.country for m in inside if m.country})
        if country is None and len(countries) == 1:
            country = countries[0]
        actor = mention.actor if mention is not None else None
        speaker = Speaker(start=start, end=end, text=self.text[start:end], actor=actor, country=country)
        return speaker, actor or plain(self.text[slice(*phrase)])

    def touching(self, start: int, end: int) -> list[Mention]:
        """Mentions that share a character with a stretch, in order."""
        first = bisect.bisect_left(self.starts, start - LONGEST)
        last = bisect.bisect_left(self.starts, end)
        return [m for m in self.mentions[first:last] if m.end > start]

    def _of(self, source: Source, base: int) -> Mention | None:
        """The mention that holds the head of the phrase, or of its apposition; any for a label without a parse."""
        if source.head is None:
            found = self.touching(base + source.start, base + source.end)
            return found[0] if found else None
        heads: list[Token | None] = [source.head, child(source.head, "appos")]
        for head in heads:
            if head is not None:
                span: Range = (base + head.idx, base + head.idx + len(head))
                holding = [m for m in self.touching(*span) if m.start <= span[0] and span[1] <= m.end]
                if holding:
                    return next((m for m in holding if m.actor is not None), holding[0])
        return None


def plain(words: str) -> str:
    """A phrase as a chain gives it: on one line, without article and apposition."""
    words = " ".join(words.split())
    return ARTICLE.sub("", words.split(",")[0]).strip(" \"'“”‘’")
