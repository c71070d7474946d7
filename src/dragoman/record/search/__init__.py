"""Full text over the articles, claims and events of a record: an index beside it, and what is asked of that.

Apart from the rest of `record` because it needs the package tantivy, of the extra 'serve'.
"""

from dragoman.record.search.asked import SORTS, Ask, Sort
from dragoman.record.search.found import KINDS, Found, Kind
from dragoman.record.search.index import Facet, Hit, Page, Piece, SearchIndex
from dragoman.record.search.keeping import search_index

__all__ = [
    "KINDS",
    "SORTS",
    "Ask",
    "Facet",
    "Found",
    "Hit",
    "Kind",
    "Page",
    "Piece",
    "SearchIndex",
    "Sort",
    "search_index",
]
