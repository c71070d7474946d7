"""Who said it, and through whom it came: the chain of a claim, and the claim that a stretch of text lies in.

Separate from the finding of claims because the steps after it ask the same of events.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

from dragoman.coding.claims.nesting import Nesting
from dragoman.coding.draft import Draft
from dragoman.model import Article, Claim


def chain_for(draft: Draft, claim: Claim | None) -> tuple[str, ...]:
    """The chain of what lies in a claim, first speaker first; None is the article's own voice: publishers only."""
    return publishers(draft.article) if claim is None else claim.chain


def claim_containing(draft: Draft, start: int, end: int) -> Claim | None:
    """The innermost claim whose content holds a stretch of the text, or None; its cue is no part of its content."""
    claims = draft.claims
    index = claims.by_place if isinstance(claims, ClaimList) else ClaimIndex(claims)
    return index.containing(start, end)


class ClaimIndex:
    """Finds the innermost claim around a stretch of the text without going through all claims."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.claims = claims
        self.nesting = Nesting([[(s.start, s.end) for s in claim.content] for claim in claims])

    def containing(self, start: int, end: int) -> Claim | None:
        """The innermost claim whose content holds the stretch in one piece, or None."""
        around = self.nesting.around(start, end)
        return self.claims[around[0]] if around else None

    def nests(self, outer: Claim, inner: Claim) -> bool:
        """Whether one claim is made within another: its cue and its content stand in what the other says."""
        spans = [*inner.content, *((inner.cue,) if inner.cue is not None else ())]
        number = self.claims.index(outer)
        return all(number in self.nesting.around(span.start, span.end) for span in spans)


class ClaimList(list[Claim]):
    """The claims of one article with their index, made when first asked for; not to be changed after that."""

    @functools.cached_property
    def by_place(self) -> ClaimIndex:
        """Finds claims by place."""
        return ClaimIndex(self)


def publishers(article: Article) -> tuple[str, ...]:
    """Who first published the article, then who published this copy, as far as known."""
    return once(name for name in (article.reprint_of, article.publisher) if name)


def once(names: Iterable[str]) -> tuple[str, ...]:
    """The names without those that only repeat the one before."""
    kept: list[str] = []
    for name in names:
        if not kept or kept[-1] != name:
            kept.append(name)
    return tuple(kept)
