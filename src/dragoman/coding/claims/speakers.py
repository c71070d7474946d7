"""Who a speaker is: the words as written, the actor and state by the mentions there, the name in a chain.

Separate because mentions are resolved before and without knowledge of claims.
"""

from __future__ import annotations

import bisect
import re

from dragoman.coding.claims.phrases import RELATIVES, noun_phrase
from dragoman.coding.claims.statements import Range, Source, chars
from dragoman.coding.draft import Draft
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.cues import Cues
from dragoman.model import Mention, Speaker

ARTICLE = re.compile(r"^(?:the|an?|this|that|these|those)\s+", re.IGNORECASE)
OWNERS = frozenset({"compound", "nmod", "poss"})
LONGEST = 300  # characters of a mention, an upper bound for looking back


class Speakers:
    """Looks up the mentions of one article by place."""

    def __init__(self, draft: Draft, cues: Cues) -> None:
        self.text = draft.article.text
        self.cues = cues
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
        actor = mention.actor if mention is not None else None
        country = mention.country if mention is not None else self._country(phrase, source, base)
        speaker = Speaker(start=start, end=end, text=self.text[start:end], actor=actor, country=country)
        if mention is not None and mention.how == "metonym" and not _is_capital(mention):
            return speaker, plain(mention.text)  # 'the White House' says more of the source than 'United States'
        return speaker, actor or plain(self.text[slice(*phrase)])

    def touching(self, start: int, end: int) -> list[Mention]:
        """Mentions that share a character with a stretch, in order."""
        first = bisect.bisect_left(self.starts, start - LONGEST)
        last = bisect.bisect_left(self.starts, end)
        return [m for m in self.mentions[first:last] if m.end > start]

    def _of(self, source: Source, base: int) -> Mention | None:
        """The mention that holds the head of the phrase, or of its apposition; any for a label without a parse.

        What a document or an outlet says ("the Tass report", "a statement by the ministry"), its owner says.
        """
        head = source.head
        if head is None:
            found = self.touching(base + source.start, base + source.end)
            return found[0] if found else None
        heads = [head, *(t for t in head.children if t.dep_ == "appos")]
        if head.lemma_.lower() in self.cues.vehicles:
            heads += [t for t in head.lefts if t.dep_ in OWNERS and t.lower_ not in RELATIVES][::-1]
            heads += [t for by in head.rights if by.lower_ in {"by", "from"} for t in by.children if t.dep_ == "pobj"]
        for token in heads:
            span: Range = (base + token.idx, base + token.idx + len(token))
            holding = [m for m in self.touching(*span) if m.start <= span[0] and span[1] <= m.end]
            if holding and (token == head or holding[0].how != "demonym"):
                return next((m for m in holding if m.actor is not None), holding[0])
        return None

    def _country(self, phrase: Range, source: Source, base: int) -> str | None:
        """The one state that the phrase itself names ("a South Korean official"), not its apposition."""
        start, end = phrase
        comma = self.text.find(",", start, end)
        end = end if comma < 0 else comma
        if source.head is not None and source.head.pos_ == "PROPN":
            end = min(end, base + source.head.idx + len(source.head))
        countries = {m.country for m in self.touching(start, end) if m.country}
        return countries.pop() if len(countries) == 1 else None


def _is_capital(mention: Mention) -> bool:
    """Whether a state goes by its capital: 'Kyiv said' is Ukraine's word."""
    state = load_actors().by_code.get(mention.country or "")
    return state is not None and mention.text in state.capitals


def plain(words: str) -> str:
    """A phrase as a chain gives it: on one line, without article and apposition."""
    words = " ".join(words.split())
    return ARTICLE.sub("", words.split(",")[0]).strip(" \"'“”‘’")
