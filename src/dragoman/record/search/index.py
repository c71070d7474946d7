"""An index that is open: questions in, pages of hits with marked words, counts and suggestions out.

Apart from how it is made and kept (`keeping`). Safe to use from several threads: a searcher never changes.
"""

from __future__ import annotations

import dataclasses
import difflib
import string
from collections.abc import Iterator, Sequence
from typing import Any, Final, cast

import msgspec
from tantivy import DocAddress, Index, Order, Query, Searcher, SnippetGenerator

from dragoman.record.search.asked import Ask, conditions, highlighting, query
from dragoman.record.search.found import KINDS, Found, Kind, folded, register, schema
from dragoman.record.search.words import Part, Wanted, parse

FACET_SIZE: Final = 12
SNIPPET: Final = 280
"""Letters around the words that were looked for."""
REACH: Final = 10_000
"""Hits beyond which no page goes; an export has them all."""
_EXPANDED: Final = 64
_TITLE: Final = 300
_NEAR: Final = 0.75
_CANDIDATES: Final = 4000
_decode: Final = msgspec.json.Decoder(Found).decode


class Piece(msgspec.Struct, frozen=True):
    """A stretch of text; `hit` when it is one of the words that were looked for."""

    text: str
    hit: bool


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One thing found, with its title and its words or a passage of its text, what was looked for marked."""

    found: Found
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """A value and how many of what is found have it."""

    value: str
    number: int


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Hits `first` and on of `total`; `kinds` counts by kind whatever kind is asked for, as does a facet its own."""

    hits: tuple[Hit, ...]
    total: int
    kinds: dict[Kind, int]
    facets: dict[str, tuple[Facet, ...]]
    notes: tuple[str, ...]
    suggestion: str | None


class SearchIndex:
    """What has been found by full text."""

    def __init__(self, index: Index) -> None:
        """Take an index that is complete; raises what tantivy raises for one that is torn."""
        register(index)
        index.reload()
        self._schema = schema()
        self._searcher: Searcher = index.searcher()
        self._analyzer = folded()
        self._searcher.search(Query.all_query(), 1)

    @property
    def size(self) -> int:
        """How many articles, claims and events there are."""
        return int(self._searcher.num_docs)

    def find(self, ask: Ask, offset: int = 0, limit: int = 20) -> Page:
        """The hits from `offset` on, with counts and, where little is found, how the words may have been meant."""
        wanted = parse(ask.q, self._analyze)
        asked = self._query(ask, wanted)
        offset = min(offset, REACH)
        total, addresses = self._hits(ask, asked, limit, offset)
        kinds = self.kinds(ask)
        return Page(
            hits=tuple(self._shown(addresses, wanted)),
            total=total,
            kinds=kinds,
            facets=self._facets(ask, wanted, asked),
            notes=wanted.notes,
            suggestion=self._suggested(ask, wanted),
        )

    def kinds(self, ask: Ask) -> dict[Kind, int]:
        """How much is found of each kind, whatever kind is asked for."""
        asked = self._query(ask, parse(ask.q, self._analyze), without="kind")
        counted = {facet.value: facet.number for facet in self._counts(asked, ("kind",))["kind"]}
        return {kind: counted.get(kind, 0) for kind in KINDS}

    def count(self, ask: Ask) -> int:
        """How much meets all conditions."""
        return self._hits(ask, self._query(ask, parse(ask.q, self._analyze)), 1, 0)[0]

    def every(self, ask: Ask) -> Iterator[Found]:
        """All that is found, in order, one by one."""
        asked = self._query(ask, parse(ask.q, self._analyze))
        _, addresses = self._hits(ask, asked, max(self.size, 1), 0)
        for address in addresses:
            yield self._row(address)

    def _query(self, ask: Ask, wanted: Wanted, without: str | None = None) -> Query:
        return query(wanted, conditions(ask, self._schema, without=without), self._schema, self._begun)

    def _hits(self, ask: Ask, asked: Query, limit: int, offset: int) -> tuple[int, list[DocAddress]]:
        if ask.sort == "relevance" and ask.q.strip():
            result = self._searcher.search(asked, limit, offset=offset)
        else:
            order = Order.Asc if ask.sort == "oldest" else Order.Desc
            result = self._searcher.search(asked, limit, offset=offset, order_by_field="start", order=order)
        return int(cast(Any, result).count), [address for _, address in result.hits]

    def _facets(self, ask: Ask, wanted: Wanted, asked: Query) -> dict[str, tuple[Facet, ...]]:
        """The commonest values of each; of a field that a condition names also those that it leaves out."""
        chosen = {
            "type": ask.types,
            "status": ask.statuses,
            "outlet": ask.outlets,
            "year": ask.years,
            "dyad": ask.dyads,
        }
        found = self._counts(asked, [name for name in chosen if not chosen[name]])
        for name in (name for name in chosen if chosen[name]):
            found |= self._counts(self._query(ask, wanted, without=name), (name,))
        return {name: found[name] for name in chosen}

    def _counts(self, asked: Query, fields: Sequence[str]) -> dict[str, tuple[Facet, ...]]:
        """The values of some fields with their numbers: all in one pass; years newest first, others commonest first."""
        sizes = {field: 20 if field in ("type", "year") else FACET_SIZE for field in fields}
        answer = self._searcher.aggregate(asked, {f: {"terms": {"field": f, "size": n}} for f, n in sizes.items()})
        counted = {}
        for field in fields:
            found = [Facet(value=str(b["key"]), number=int(b["doc_count"])) for b in answer[field]["buckets"]]
            if field == "year":
                counted[field] = tuple(sorted(found, key=lambda facet: facet.value, reverse=True))
            else:
                counted[field] = tuple(sorted(found, key=lambda facet: (-facet.number, facet.value)))
        return counted

    def _shown(self, addresses: Sequence[DocAddress], wanted: Wanted) -> Iterator[Hit]:
        title, text = self._marker("title", wanted, _TITLE), self._marker("text", wanted, SNIPPET)
        for address in addresses:
            doc = self._searcher.doc(address)
            found = _decode(cast(bytes, doc.get_first("row")))
            whole = found.words if found.kind != "article" else str(doc.get_first("text") or "")
            yield Hit(
                found=found,
                title=_pieces(title, doc) or _whole(str(doc.get_first("title") or ""), _TITLE),
                text=_around(_pieces(text, doc), whole or "") or _whole(whole, SNIPPET),
            )

    def _marker(self, field: str, wanted: Wanted, length: int) -> SnippetGenerator | None:
        words = highlighting(wanted, field, self._schema, self._begun)
        if words is None:
            return None
        made = SnippetGenerator.create(self._searcher, words, self._schema, field)
        made.set_max_num_chars(length)
        return made

    def _row(self, address: DocAddress) -> Found:
        return _decode(cast(bytes, self._searcher.doc(address).get_first("row")))

    def _analyze(self, words: str) -> list[str]:
        return list(self._analyzer.analyze(words))

    def _begun(self, field: str, start: str) -> list[str]:
        return [term for term, _ in self._searcher.terms_with_prefix(field, start, limit=_EXPANDED)]

    # Did you mean

    def _suggested(self, ask: Ask, wanted: Wanted) -> str | None:
        """The question with words that stand nowhere put as they may have been meant, where that finds something."""
        changed = ask.q
        for part in (part for group in wanted.groups for part in group):
            if part.prefix:
                continue
            for word in self._spelled(part):
                near = self._near(word) if not self._known(word) else None
                if near is not None:
                    changed = _replaced(changed, word, near)
        if changed == ask.q:
            return None
        meant = dataclasses.replace(ask, q=changed)
        return changed if self.count(meant) else None

    def _spelled(self, part: Part) -> list[str]:
        bare = "".join(c if c.isalnum() else " " for c in part.written)
        return [word.lower() for word in bare.split() if word.isalpha() and 3 < len(word) <= 24]

    def _known(self, word: str) -> bool:
        terms = self._analyze(word)
        return any(self._searcher.doc_freq(field, terms[0]) for field in ("text", "title", "names")) if terms else True

    def _near(self, word: str) -> str | None:
        """The commonest word one slip away; else one that is alike and begins alike."""
        slips = {near: self._searcher.doc_freq("spelled", near) for near in _slips(word)}
        best = min(slips, key=lambda near: (-slips[near], near))
        if slips[best]:
            return best
        begun = self._searcher.terms_with_prefix("spelled", word[0], limit=_CANDIDATES)
        common = {term: number for term, number in begun if abs(len(term) - len(word)) <= 2 and term.isalpha()}
        alike = difflib.get_close_matches(word, sorted(common), 3, _NEAR)
        return max(alike, key=lambda term: (common[term], term)) if alike else None


def _slips(word: str) -> set[str]:
    """All words one letter left out, swapped, changed or added away."""
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {a + b[1:] for a, b in parts if b} | {a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1}
    for letter in string.ascii_lowercase:
        found |= {a + letter + b[1:] for a, b in parts if b} | {a + letter + b for a, b in parts}
    return found - {word}


def _replaced(text: str, word: str, near: str) -> str:
    at = text.lower().find(word)
    return text if at < 0 else text[:at] + near + text[at + len(word) :]


def _pieces(marker: SnippetGenerator | None, doc: object) -> tuple[Piece, ...]:
    """The passage with most of the words looked for, those marked; nothing where it has none of them."""
    if marker is None:
        return ()
    snippet = marker.snippet_from_doc(doc)  # type: ignore[arg-type]
    marked = sorted((span.start, span.end) for span in snippet.highlighted())
    if not marked:
        return ()
    fragment = snippet.fragment().encode()
    made, at = [], 0
    for start, end in marked:
        if start >= at:
            made += [Piece(fragment[at:start].decode(), False), Piece(fragment[start:end].decode(), True)]
            at = end
    made.append(Piece(fragment[at:].decode(), False))
    return tuple(piece for piece in made if piece.text)


def _around(pieces: tuple[Piece, ...], whole: str) -> tuple[Piece, ...]:
    """A passage with '…' where words are cut off; mere signs around it are given back."""
    if not pieces:
        return ()
    before, _, after = whole.partition("".join(piece.text for piece in pieces))
    made = list(pieces)
    if before:
        made.insert(0, Piece("… " if any(map(str.isalnum, before)) else before.lstrip(), False))
    if after:
        made.append(Piece(" …" if any(map(str.isalnum, after)) else after.rstrip(), False))
    return tuple(piece for piece in made if piece.text)


def _whole(text: str | None, limit: int) -> tuple[Piece, ...]:
    if not text:
        return ()
    return (Piece(text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …", False),)
