"""The record: coded articles are appended to it and everything that a person sees is read from it.

This is its public face; the folder is `store`, reading is `query` and `selection`, buffering is `writer`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Unpack
from uuid import uuid4

import pyarrow as pa

from dragoman.errors import RecordError, UsageError
from dragoman.knowledge.own import OWN_FILE, own_digest, read_merges
from dragoman.model import Article, Claim, CodedArticle, CoderInfo, Problem, ReportedEvent
from dragoman.record.claims import ClaimFilters, ClaimSelection, claims_where
from dragoman.record.codings import Codings, coded_by_others
from dragoman.record.filters import EventFilters, checked
from dragoman.record.home import Folder
from dragoman.record.laying import TABLES as LAID_OVER
from dragoman.record.laying import digest, laid, stamp
from dragoman.record.moment import parse_moment
from dragoman.record.query import Look
from dragoman.record.review_rows import Overriding, overriding
from dragoman.record.reviewed import Reviewed
from dragoman.record.schema import (
    TABLES,
    Row,
    coded_rows,
    input_hash,
    problem_row,
    to_article,
    to_claim,
    to_coder,
    to_event,
    to_mention,
    to_problem,
)
from dragoman.record.selection import EventSelection, Place
from dragoman.record.store import Store
from dragoman.record.structs import without_collecting

if TYPE_CHECKING:
    from dragoman.notebook import Dyad, IncidentFilters, Incidents

_PARTS: Final = ("mentions", "claims", "events")
_COUNTED: Final = ("articles", "events", "claims", "failures")
_TRIES: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much the record holds, current rows only."""

    articles: int
    events: int
    claims: int
    failures: int


def _now() -> datetime:
    return datetime.now(UTC)


class Record:
    """A folder of Delta Lake tables with coded articles and what could not be coded.

    How an append loses and doubles nothing: the mentions, claims and events of a batch are committed first, the rows of
    its articles last, in one commit. Each part carries the `coding_id` of the article's row it was written for, unique
    to this append; readers see parts only through an article's row. So an append cut short anywhere before the last
    commit has added nothing that anyone sees, its rows are never taken up by a later append, and the articles are coded
    again by the next run.

    That last commit of append N makes version N of the table of articles, which is the record's version. A writer that
    finds its number taken reads what the other one wrote, drops what the record now holds and takes the next number.

    Nothing is deleted or overwritten. The latest coding of an article (by id) is current: coding again with another
    coder, or with a changed text, supersedes. `as_of` reads the record as it stood at a version, or at a time: an ISO
    day (its end), an ISO time (UTC unless it names a zone) or a datetime. It selects by the version and time stored in
    the rows and not by Delta's own time travel, so that compacting or cleaning the tables leaves it intact.

    Every call that reads opens the record as it stands then.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        create: bool = False,
        as_of: int | str | datetime | None = None,
        now: Callable[[], datetime] = _now,
        reviewed: bool = True,
    ) -> None:
        """Open the record in the folder `path`, or with `create` make an empty one where there is none.

        `path` may be an address in object storage, 's3://bucket/prefix': such a record can be appended to and asked
        what it has, and is read once `mirror` has brought it into a folder.
        Events are read as persons left them (`reviewed`), or as the coder found them.

        Raises `UsageError` when there is no record or no such version, `RecordError` when it cannot be read.
        """
        self._store = Store(path, create=create)
        self._moment = parse_moment(as_of)
        self._now = now
        self._codings = Codings()
        self._as_reviewed = reviewed
        self._laid: tuple[object, Reviewed, Overriding | None] = (None, Reviewed(), None)
        if isinstance(self._moment, int) and self._moment > self.version:
            raise UsageError(f"The record in {path} has no version {self._moment}; its latest is {self.version}.")

    @classmethod
    def create(cls, path: str | Path) -> Record:
        """Make an empty record in a new or empty folder, or open the one that is there."""
        return cls(path, create=True)

    @property
    def path(self) -> Path:
        """The record's folder; raises `UsageError` for a record in object storage."""
        return self._store.root

    @property
    def where(self) -> str:
        """The record's folder or address, for messages."""
        return str(self._store.home)

    @property
    def version(self) -> int:
        """The record's latest version: 0 when new, one more with every append of articles."""
        return self._store.table("articles").version()

    @property
    def state(self) -> str:
        """A text that changes with all that decides what is read: appends, `as_of`, merges of actors, reviews."""
        reviewed = digest(self.path) if self._as_reviewed else "left out"
        own = own_digest(self.path / OWN_FILE)
        return f"version {self.version}, as of {self._moment}, actors {own}, reviews {reviewed}"

    # Writing

    def has(self, article: Article, coder: CoderInfo) -> bool:
        """Whether this coder has ever coded this very article, word for word.

        Looks at the record on the first call and at each append; what others add in between is not seen.
        """
        return self.has_input(input_hash(article, coder))

    def has_input(self, known_by: str) -> bool:
        """Like `has`, for the `input_hash` of an article and a coder."""
        if self._codings.version < 0:
            self._codings.refresh(self._store)
        return self._codings.has_input(known_by)

    def coded_by_others(self, coder: CoderInfo) -> dict[str, CoderInfo]:
        """The articles whose current coding is by another coder, and by which."""
        return coded_by_others(self._store, coder)

    def append(self, coded: Iterable[CodedArticle], problems: Iterable[Problem] = ()) -> int:
        """Add one batch and return how many codings were new; what repeats an article's latest coding is left out.

        A coded article that no row can hold (a day that is not ISO, characters that are not Unicode) is kept as a
        problem. Raises `UsageError` on a record opened `as_of`, `RecordError` when a table cannot be written.
        """
        if self._moment is not None:
            raise UsageError(
                "A record opened as of an earlier state can only be read. Open it without 'as of' to write."
            )
        entry: Row = {"batch": uuid4().hex, "recorded_at": self._now()}
        table = self._codings.refresh(self._store)
        batch, refused = _rows(coded, entry["batch"])
        skip = self._codings.unchanged(rows["articles"][0] for rows in batch)
        batch = [rows for place, rows in enumerate(batch) if place not in skip]
        for name in _PARTS:
            self._store.append(name, [row for rows in batch for row in rows[name]])
        self._append_problems([*problems, *refused], {**entry, "version": table.version() + 1})
        return self._append_articles([{**rows["articles"][0], **entry} for rows in batch])

    def _append_problems(self, problems: Sequence[Problem], entry: Row) -> None:
        if not problems:
            return
        known = self._known_problems()
        rows = {row["problem_id"]: row for row in map(problem_row, problems) if row["problem_id"] not in known}
        self._store.append("failures", [{**row, **entry, "position": i} for i, row in enumerate(rows.values())])

    def _known_problems(self) -> set[str]:
        if isinstance(self._store.home, Folder):
            with self._look("failures") as look:
                return {row["problem_id"] for row in look.rows("SELECT problem_id FROM failures")}
        with self._store.reading("the table 'failures'"):
            return set(self._store.dataset("failures").to_table(columns=["problem_id"])["problem_id"].to_pylist())

    def _append_articles(self, rows: list[Row]) -> int:
        """The last commit of an append, made again under the next number for as long as other writers come first."""
        for attempt in range(_TRIES):
            table = self._codings.refresh(self._store)
            skip = self._codings.unchanged(rows)
            version = table.version() + 1
            new = [{**row, "version": version, "position": i} for i, row in enumerate(rows) if i not in skip]
            if not new:
                return 0
            if self._store.append_as(version, "articles", new, table):
                self._codings.add(new, version)
                return len(new)
            time.sleep(min(0.005 * attempt, 0.1))
        raise RecordError(f"Other writers kept the record in {self.where} busy. Run again; nothing recorded was lost.")

    # Reading

    def reviewed(self) -> Reviewed:
        """What persons' decisions about events come to in the current coding; raises `RecordError` for unsound ones."""
        return self._laid_over()[0]

    def events(self, **filters: Unpack[EventFilters]) -> EventSelection:
        """The events that meet all conditions, as a table or one by one; the conditions are those of `reported`."""
        where, values = checked(**filters).where()
        return EventSelection(self._look, where, values)

    def at(self, places: Collection[Place]) -> dict[Place, ReportedEvent]:
        """The events at these places (see `EventSelection.with_places`); those that are not current are left out."""
        codings, positions = zip(*places, strict=True) if places else ((), ())
        wanted = pa.table({"coding_id": pa.array(codings, pa.string()), "position": pa.array(positions, pa.int64())})
        where = "(coding_id, position) IN (SELECT (coding_id, position) FROM wanted)"
        with without_collecting():
            return {place: event for event, place in EventSelection(self._look, where, {}, wanted).with_places()}

    def reported(self, **filters: Unpack[EventFilters]) -> list[ReportedEvent]:
        """The events that meet all conditions (see `EventFilters`), each with its article and claim.

        In order of time, then of article, then of place in it; an event without a date stands at its article's day of
        publication. Raises `UsageError` for what cannot be asked.
        """
        with without_collecting():
            return list(self.events(**filters))

    def claims(self, **filters: Unpack[ClaimFilters]) -> ClaimSelection:
        """The claims that meet all conditions, each with its article; raises `UsageError` for what cannot be asked."""
        return ClaimSelection(self._look, *claims_where(**filters))

    def incidents(self, **filters: Unpack[IncidentFilters]) -> Incidents:
        """The incidents that meet all conditions (see `IncidentFilters`); `UsageError` for what cannot be asked."""
        from dragoman.notebook.incidents import incidents_where

        return incidents_where(self, **filters)

    def dyad(self, one: str, other: str) -> Dyad:
        """Two states, persons or bodies with what passed between them; raises `UsageError` where nobody is meant."""
        from dragoman.notebook.dyad import Dyad

        return Dyad(self, one, other)

    def event(self, event_id: str) -> ReportedEvent:
        """The event with this id, or with the only id that begins so; raises `UsageError` when none or several do."""
        wanted = event_id.strip()
        with self._look("events") as look:
            ids = look.rows(
                "SELECT event_id, article_id FROM events WHERE starts_with(event_id, $id) ORDER BY ALL LIMIT 6",
                {"id": wanted},
            )
        exact = [row for row in ids if row["event_id"] == wanted]
        if not wanted or not ids:
            raise UsageError(
                f"There is no event '{event_id}' in the record. 'dragoman events' lists them with their ids."
            )
        if len(exact or ids) > 1:
            several = ", ".join(row["event_id"] for row in ids[:5])
            raise UsageError(f"Several events begin with '{event_id}': {several}. Give more of the id.")
        return next(iter(EventSelection(self._look, "event_id = $id", {"id": ids[0]["event_id"]})))

    def claim(self, claim_id: str) -> tuple[Claim, CodedArticle]:
        """The claim 'ARTICLE/c3' with the coding it stands in; raises `UsageError` when there is none or no single one.

        ARTICLE is an article's id or the beginning of only one.
        """
        article, _, own = claim_id.strip().rpartition("/")
        with self._look("articles") as look:
            rows = look.rows(
                "SELECT article_id FROM articles WHERE starts_with(article_id, $id) ORDER BY ALL LIMIT 6",
                {"id": article},
            )
        ids = [row["article_id"] for row in rows]
        if article and len(ids) > 1 and article not in ids:
            raise UsageError(f"Several articles begin with '{article}': {', '.join(ids[:5])}. Give more of the id.")
        coded = self.coded(article if article in ids else ids[0]) if article and ids else None
        claim = next((c for c in coded.claims if c.id == own), None) if coded is not None else None
        if coded is None or claim is None:
            raise UsageError(
                f"There is no claim '{claim_id}' in the record. 'dragoman claims' lists them with their ids."
            )
        return claim, coded

    def article(self, article_id: str) -> Article:
        """The article with this id; raises `UsageError` when the record has none."""
        with self._look("articles") as look:
            return to_article(_one_article(look, article_id))

    def coded(self, article_id: str) -> CodedArticle:
        """The current coding of an article; raises `UsageError` when the record has none."""
        with self._look() as look:
            row = _one_article(look, article_id)

            def parts(name: str) -> list[Row]:
                return look.rows(
                    f"SELECT * FROM {name} WHERE coding_id = $coding ORDER BY position", {"coding": row["coding_id"]}
                )

            return CodedArticle(
                article=to_article(row),
                mentions=tuple(map(to_mention, parts("mentions"))),
                claims=tuple(map(to_claim, parts("claims"))),
                events=tuple(map(to_event, parts("events"))),
                coder=to_coder(row),
            )

    def failures(self) -> list[Problem]:
        """What was kept aside or mended, in the order in which it was met, without codings that succeeded later."""
        with self._look() as look:
            return [
                to_problem(row) for row in look.rows("SELECT * FROM failures ORDER BY version, position, problem_id")
            ]

    def counts(self) -> Counts:
        """How many articles, events, claims and failures there are now."""
        with self._look(*_COUNTED) as look:
            return Counts(**{name: look.rows(f"SELECT count(*) AS n FROM {name}")[0]["n"] for name in _COUNTED})

    def sql(self, query: str) -> pa.Table:
        """The answer to one SELECT in DuckDB's SQL over the views articles, mentions, claims, events and failures.

        The query can reach nothing else: no file, no network, no setting. Raises `UsageError` for one that fails.
        """
        with self._look() as look:
            return look.ask(query)

    def _look(self, *tables: str) -> Look:
        tables = tables or tuple(TABLES)
        overriding = self._laid_over()[1] if self._as_reviewed and "events" in tables else None
        return Look(self._store, self._moment, tables, read_merges(self.path), overriding)

    def _laid_over(self) -> tuple[Reviewed, Overriding | None]:
        """The decisions laid over the current coding, and the rows that they make other; kept until either changes."""
        decided = stamp(self.path)
        if decided is None:
            return Reviewed(), None
        state = self.version, decided, own_digest(self.path / OWN_FILE)
        if self._laid[0] != state:
            with Look(self._store, self._moment, LAID_OVER, read_merges(self.path)) as look:
                found = laid(self.path, look, self._moment)
            self._laid = state, found, overriding(found)
        return self._laid[1:]


def _rows(coded: Iterable[CodedArticle], batch: str) -> tuple[list[dict[str, list[Row]]], list[Problem]]:
    """The rows of each coded article, and a problem for each that has none."""
    batch_rows, refused = [], []
    for number, one in enumerate(coded):
        try:
            batch_rows.append(coded_rows(one, f"{batch}-{number:05}"))
        except ValueError as error:
            reason = f"The coded article cannot be recorded: {error}."
            refused.append(
                Problem(kind="failed", stage="coding", source=one.article.id, article_id=one.article.id, reason=reason)
            )
    return batch_rows, refused


def _one_article(look: Look, article_id: str) -> dict[str, Any]:
    rows = look.rows("SELECT * FROM articles WHERE article_id = $id", {"id": article_id})
    if not rows:
        raise UsageError(f"There is no article '{article_id}' in the record.")
    return rows[0]
