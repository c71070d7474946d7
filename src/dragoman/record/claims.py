"""The claims of a record that conditions let through, one by one with article and the actors in the speaker's words.

Apart from `selection`, which does the same for events, because claims are asked for by other things: who says it, and
whom it names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar, Final, TypedDict, Unpack, get_args

import msgspec
import pyarrow as pa

from dragoman.errors import RecordError, UsageError
from dragoman.model import Article, Claim, ClaimKind, CodedArticle, Mention
from dragoman.record.filters import checked
from dragoman.record.frames import Categories, Frames
from dragoman.record.query import Look
from dragoman.record.schema import CLAIM, Row, to_article, to_claim, to_mention

_FOUND = """
CREATE TEMP TABLE found AS
SELECT c.*, a.published FROM claims AS c JOIN articles AS a USING (coding_id) WHERE {where}
ORDER BY a.published NULLS LAST, c.article_id, c.position
"""
CLAIM_COLUMNS: Final = pa.schema(
    [
        ("claim_id", pa.string()),
        ("article_id", pa.string()),
        *CLAIM,
        ("title", pa.string()),
        ("publisher", pa.string()),
        ("published", pa.date32()),
        ("url", pa.string()),
        ("coding_id", pa.string()),
        ("position", pa.int64()),
    ]
)
"""What a reader sees of a claim: the stored columns and what the article's row says of its origin."""
_TABLE = f"""
SELECT {", ".join(f'"{name}"' for name in CLAIM_COLUMNS.names)} FROM found
JOIN (SELECT coding_id, title, publisher, url FROM articles) USING (coding_id)
ORDER BY published NULLS LAST, article_id, position
"""
_ARTICLES = "SELECT * FROM articles SEMI JOIN found USING (coding_id)"
_NAMED = """
SELECT f.claim_id AS of_claim, m.* FROM mentions AS m JOIN found AS f USING (coding_id)
WHERE m.start < f.speaker."end" AND m."end" > f.speaker.start
ORDER BY ALL
"""
_IN_SPEAKER = """EXISTS (FROM mentions AS m WHERE m.coding_id = c.coding_id
    AND m.start < c.speaker."end" AND m."end" > c.speaker.start AND {})"""
# A state's news outlets report and do not speak for it.
_BY = f"""(plain(c.speaker.actor) = plain($by) OR plain(c.chain[1]) = plain($by)
    OR {_IN_SPEAKER.format("plain(m.actor) = plain($by)")}
    OR lower(c.speaker.country) = lower($by) AND NOT {_IN_SPEAKER.format("m.sector = 'JRN'")})"""
_FOR = f"""(c.speaker.country = $state AND (c.speaker IS NOT NULL AND len(list_filter($organ, lambda w:
        contains(plain(c.speaker.text), w) OR contains(plain(c.chain[1]), w))) > 0
    OR {_IN_SPEAKER.format("len(list_filter($organ, lambda w: contains(plain(m.office), w))) > 0")}))"""
_ABOUT = """EXISTS (FROM mentions AS m, unnest(c.content) AS piece(part) WHERE m.coding_id = c.coding_id
    AND m.start >= piece.part.start AND m."end" <= piece.part."end"
    AND (plain(m.actor) = plain($about) OR lower(m.country) = lower($about) OR m.actor_id = $about))"""
_SOURCE = "len(list_filter(c.chain, lambda name: contains(plain(name), plain($source)))) > 0"


class ClaimFilters(TypedDict, total=False):
    """Conditions that a claim must all meet.

    `by` is who makes it: a country (ISO 3166-1 alpha-3), a person, or a body with those that speak for it; `about` is
    whom its content names, or whose people. Names are compared whole, without regard to case, accents and hyphens.
    `organ` is a state's code and the wordings of one of its organs ("foreign ministry"), whose spokespersons count too.
    `direct` lets through quotations only. `since` and `until` are compared with the article's day of publication.
    `source` is part of the name of anyone in the chain of reporting.
    """

    by: str | None
    organ: tuple[str, Sequence[str]] | None
    about: str | None
    direct: bool
    since: str | None
    until: str | None
    source: str | None


class ReportedClaim(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A claim with its article and the mentions in its speaker's words."""

    claim: Claim
    article: Article
    speakers: tuple[Mention, ...] = ()


class ClaimSelection(Frames):
    """Claims chosen by a SQL condition, in order of publication, article and place in the article."""

    own_categories: ClassVar[Categories] = MappingProxyType({"kind": get_args(ClaimKind)})

    def __init__(self, look: Callable[..., Look], where: str, values: Mapping[str, object]) -> None:
        self._look = look
        self._where = where
        self._values = dict(values)

    def __iter__(self) -> Iterator[ReportedClaim]:
        with self._look("articles", "mentions", "claims") as look:
            look.run(_FOUND.format(where=self._where), self._values)
            claims, article_rows = look.rows("SELECT * FROM found"), look.rows(_ARTICLES)
            named: dict[tuple[str, str], list[Row]] = {}
            for row in look.rows(_NAMED):
                named.setdefault((row["coding_id"], row["of_claim"]), []).append(row)
        try:
            articles = {row["coding_id"]: to_article(row) for row in article_rows}
            for row in claims:
                mentions = named.get((row["coding_id"], row["claim_id"]), ())
                yield ReportedClaim(
                    claim=to_claim(row),
                    article=articles[row["coding_id"]],
                    speakers=tuple(map(to_mention, sorted(mentions, key=lambda m: m["position"]))),
                )
        except msgspec.ValidationError as error:
            raise RecordError(
                f"The record holds a row that no coder writes ({error}). Code its article again."
            ) from error

    def arrow(self) -> pa.Table:
        """One row a claim with the columns of `CLAIM_COLUMNS`."""
        with self._look("articles", "mentions", "claims") as look:
            look.run(_FOUND.format(where=self._where), self._values)
            return look.table(_TABLE).cast(CLAIM_COLUMNS)


def reported_claim(claim: Claim, coded: CodedArticle) -> ReportedClaim:
    """A claim of a coded article with the mentions in its speaker's words."""
    speaker = claim.speaker
    named = [m for m in coded.mentions if speaker is not None and m.start < speaker.end and m.end > speaker.start]
    return ReportedClaim(claim=claim, article=coded.article, speakers=tuple(named))


def claims_where(**filters: Unpack[ClaimFilters]) -> tuple[str, dict[str, object]]:
    """The SQL condition of the filters and its values; raises `UsageError` for a bad day or an empty name."""
    days = checked(since=filters.get("since"), until=filters.get("until"), source=filters.get("source"))
    values: dict[str, object] = {}
    conditions = ["true"]
    for name, condition in (("by", _BY), ("about", _ABOUT)):
        given = filters.get(name)
        if given is not None:
            if not str(given).strip():
                raise UsageError(f"'{name}' is empty. Give a name or a country's three-letter code.")
            conditions.append(condition)
            values[name] = str(given).strip()
    organ = filters.get("organ")
    if organ is not None:
        conditions.append(_FOR)
        values |= {"state": organ[0], "organ": [word.lower() for word in organ[1]]}
    if filters.get("direct"):
        conditions.append("c.kind = 'direct'")
    if days.since is not None:
        conditions.append("a.published >= $since::DATE")
        values["since"] = days.since
    if days.until is not None:
        conditions.append("a.published <= $until::DATE")
        values["until"] = days.until
    if days.source is not None:
        conditions.append(_SOURCE)
        values["source"] = days.source
    return " AND ".join(conditions), values
