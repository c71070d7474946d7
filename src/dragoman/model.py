"""The types that pass between the parts of Dragoman: articles in, coded articles out.

They are immutable; their JSON form is the coded article of `docs/record.md`. Offsets are characters into
`Article.text`, end exclusive. Unknown is `None`.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Status = Literal["actual", "planned", "hypothetical", "denied", "habitual"]
ClaimKind = Literal["direct", "indirect", "mixed"]
How = Literal["name", "office", "metonym", "demonym", "pronoun", "description"]
Granularity = Literal["day", "week", "month", "year"]
DateBasis = Literal["stated", "dateline", "published"]
FurnitureKind = Literal["headline", "dateline", "date", "caption", "credit", "reprint", "subscribe", "end"]
ProblemKind = Literal["failed", "repaired"]
Stage = Literal["reading", "coding"]


class Span(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stretch of `Article.text`: `text == article.text[start:end]`."""

    start: int
    end: int
    text: str


class Furniture(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stretch of the text that is kept and not read as news (captions are coded all the same)."""

    start: int
    end: int
    kind: FurnitureKind


class Dateline(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """'SEOUL, Aug. 2 (Yonhap) --': where and when the copy was filed, and by which agency."""

    place: str | None = None
    date: str | None = None
    agency: str | None = None


class Article(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One news article as read. `published` and `dateline.date` are ISO days."""

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str = "en"
    dateline: Dateline | None = None
    reprint_of: str | None = None
    furniture: tuple[Furniture, ...] = ()


class Mention(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place in the text that names an actor, and who that is.

    `country` is an ISO 3166-1 alpha-3 code, `sector` a PLOVER sector, `office` the office held on the article's
    date or the one that the text gives.
    """

    id: str
    start: int
    end: int
    text: str
    actor: str | None = None
    actor_id: str | None = None
    country: str | None = None
    sector: str | None = None
    office: str | None = None
    how: How


class Speaker(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who makes a claim, as written, and who that is once 'he' or 'the paper' is resolved."""

    start: int
    end: int
    text: str
    actor: str | None = None
    country: str | None = None


class Claim(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A statement that the article gives as somebody's. `chain` goes from the first to say it to this publisher."""

    id: str
    speaker: Speaker | None = None
    cue: Span | None = None
    content: tuple[Span, ...]
    kind: ClaimKind
    chain: tuple[str, ...] = ()


class Party(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One actor on one side of an event; `mention` is the id of the mention it was taken from."""

    mention: str | None = None
    text: str
    actor: str | None = None
    actor_id: str | None = None
    country: str | None = None
    sector: str | None = None
    office: str | None = None


class EventDate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When an event happened or is to happen: ISO days, both included, and what that rests on."""

    start: str
    end: str
    granularity: Granularity
    expression: str | None = None
    basis: DateBasis


BY_DATELINE: Final = " (dateline)"
"""How the text of a place ends that the dateline alone tells."""


class Place(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where: as written, and the place it was resolved to. `lat`, `lon` are degrees (WGS 84).

    A text that ends in `BY_DATELINE` was not written of the event: it is where the article was sent from.
    """

    text: str
    name: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None

    @property
    def stated(self) -> bool:
        """Whether the article says that it happened there."""
        return not self.text.endswith(BY_DATELINE)


class Event(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who did what to whom, by the codebook. `intensity` is the PLOVER score from -10 to +10."""

    id: str
    type: EventType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    quad: int
    intensity: float
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    symmetric: bool = False
    status: Status = "actual"
    date: EventDate | None = None
    place: Place | None = None
    claim: str | None = None
    chain: tuple[str, ...] = ()
    evidence: Span
    sentence: int
    confidence: float


class CoderInfo(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which coder and model made a coded article."""

    version: str
    model: str


class CodedArticle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An article with what was found in it; one line of `dragoman code --jsonl`."""

    article: Article
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    events: tuple[Event, ...] = ()
    coder: CoderInfo

    def to_json(self) -> bytes:
        """The coded article as one line of JSON, without the line's end."""
        return msgspec.json.encode(self)

    @classmethod
    def from_json(cls, line: bytes | str) -> CodedArticle:
        """Read what `to_json` wrote; raises `msgspec.ValidationError` on anything else."""
        return msgspec.json.decode(line, type=cls)


class ReportedEvent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An event together with the article that reports it: what tables, briefs and pages are made of."""

    event: Event
    article: Article
    claim: Claim | None = None


class Problem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An input that could not be taken as it was: kept aside (`failed`) or mended and taken (`repaired`).

    `content` is what was kept aside, cut at a limit; `source` the file, or '-' for standard input.
    """

    kind: ProblemKind
    stage: Stage
    source: str
    line: int | None = None
    field: str | None = None
    article_id: str | None = None
    reason: str
    content: str | None = None
