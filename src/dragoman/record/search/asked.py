"""What is asked of the index, and the tantivy queries that ask it; apart from what is done with the answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args

from tantivy import FieldType, Occur, Query, Schema

from dragoman.record.search.found import TEXTS, Kind, day_number
from dragoman.record.search.words import Part, Wanted

Sort = Literal["relevance", "newest", "oldest"]
SORTS: Final[tuple[Sort, ...]] = get_args(Sort)
_BOOSTS: Final = {"title": 2.0, "text": 1.0, "names": 0.6}
Expand = Callable[[str, str], list[str]]
"""Gives the terms of a field that begin so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Words and conditions, which must all be met; of several types, statuses, dyads or outlets one must fit.

    An article or claim is of the types, statuses, dyads and parties of the events that it tells. `parties` are states
    by code, others by name without case, accents and hyphens; each must be there. Days are ISO; what has a longer date
    must touch the time asked for.
    """

    q: str = ""
    kind: Kind | None = None
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    dyads: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    sort: Sort = "relevance"


def conditions(ask: Ask, schema: Schema, *, without: str | None = None) -> Iterator[Query]:
    """The conditions other than words as queries; `without` names a field whose condition is left out."""
    groups = {
        "kind": (ask.kind,) if ask.kind else (),
        "type": ask.types,
        "status": ask.statuses,
        "dyad": ask.dyads,
        "outlet": ask.outlets,
        "year": ask.years,
    }
    for field, values in groups.items():
        if values and field != without:
            yield Query.term_set_query(schema, field, list(values))
    for party in ask.parties:
        yield Query.term_query(schema, "party", party, "basic")
    if ask.since is not None:
        yield Query.range_query(schema, "end", FieldType.Integer, day_number(ask.since), None)
    if ask.until is not None:
        yield Query.range_query(schema, "start", FieldType.Integer, 1, day_number(ask.until))


def query(wanted: Wanted, filters: Iterator[Query], schema: Schema, expand: Expand) -> Query:
    """Words and conditions as one query; conditions have no say in the order."""
    musts: list[tuple[Occur, Query]] = []
    for group in wanted.groups:
        musts.append((Occur.Must, any_of([_anywhere(part, schema, expand) for part in group])))
    musts += [(Occur.Must, Query.const_score_query(each, 0.0)) for each in filters]
    if not musts and not wanted.understood:
        return Query.empty_query()
    if not musts:
        musts = [(Occur.Must, Query.const_score_query(Query.all_query(), 0.0))]
    musts += [(Occur.MustNot, _anywhere(part, schema, expand)) for part in wanted.excluded]
    return Query.boolean_query(musts)


def highlighting(wanted: Wanted, field: str, schema: Schema, expand: Expand) -> Query | None:
    """The words of a question as a query of one field, to mark them there."""
    parts = [part for group in wanted.groups for part in group]
    return any_of([_in_field(part, field, schema, expand) for part in parts]) if parts else None


def any_of(queries: list[Query]) -> Query:
    """One of these."""
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, each) for each in queries])


def _anywhere(part: Part, schema: Schema, expand: Expand) -> Query:
    fields = [Query.boost_query(_in_field(part, name, schema, expand), _BOOSTS[name]) for name in TEXTS]
    return Query.disjunction_max_query(fields, 0.1)


def _in_field(part: Part, field: str, schema: Schema, expand: Expand) -> Query:
    if part.prefix:
        begun = re.sub(r"\W", "", part.written.lower())
        terms = sorted({*expand(field, begun), part.terms[0]})
        return any_of([Query.term_query(schema, field, term) for term in terms])
    if len(part.terms) == 1:
        return Query.term_query(schema, field, part.terms[0])
    return Query.phrase_query(schema, field, list(part.terms))
