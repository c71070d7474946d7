"""One look at the record: an in-memory DuckDB that sees the current rows as views and nothing else of the machine.

It reads the files of the tables itself, which takes half the time that it takes through Arrow.
Current is the latest coding of each article; a mention, claim or event is seen only with the article's row that it was
written for, so that what an interrupted append left behind stays out of sight.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from types import MappingProxyType, TracebackType

import duckdb
import pyarrow as pa

from dragoman.errors import UsageError
from dragoman.knowledge.own import Merge
from dragoman.record.merging import merging
from dragoman.record.review_rows import Overriding
from dragoman.record.schema import EVENT_COLUMNS, TABLES, Row
from dragoman.record.sides import PLAIN, STANDS_IN, may_stand
from dragoman.record.store import Store

Moment = int | datetime | None
"""Up to which record version or time (UTC) the record is read; None for all of it."""

_ASKED = ([duckdb.StatementType.SELECT], [duckdb.StatementType.EXPLAIN])
_LOCK = (
    "SET TimeZone = 'UTC'",
    "SET python_enable_replacements = false",
    "SET temp_directory = ''",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)
_CURRENT = """
CREATE TEMP TABLE current_codings AS
SELECT coding_id, batch, version, article_id, publisher, published FROM stored_articles WHERE {until}
QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY version DESC, position DESC) = 1
"""
_VIEWS = {
    "articles": """
        SELECT * EXCLUDE (batch, position, input_hash, output_hash)
        FROM stored_articles SEMI JOIN current_codings USING (coding_id)""",
    "mentions": "SELECT * FROM stored_mentions SEMI JOIN current_codings USING (coding_id)",
    "claims": "SELECT * FROM stored_claims SEMI JOIN current_codings USING (coding_id)",
    # The flat days stand for `date.start` and `date.end`, which are awkward to write in SQL ("end" is a keyword).
    "events": f"""
        SELECT {", ".join(f'"{name}"' for name in EVENT_COLUMNS.names)}
        FROM current_events JOIN (SELECT coding_id, title, url, coder_version, coder_model FROM stored_articles)
        USING (coding_id)""",
    # A coding that failed is settled once a later append has brought a coding of the article.
    "failures": """
        SELECT * EXCLUDE (batch) FROM stored_failures AS f
        WHERE {until} AND NOT EXISTS (
            FROM current_codings AS c WHERE f.kind = 'failed' AND f.stage = 'coding'
            AND c.article_id = f.article_id AND c.version >= f.version AND c.batch <> f.batch)
        QUALIFY row_number() OVER (PARTITION BY problem_id ORDER BY version DESC, position DESC) = 1""",
}
# What the filters of events look at; `events` has in addition what only the article's row says.
_CURRENT_EVENTS = """
CREATE VIEW current_events AS
SELECT e.*, e.date.start AS event_start, e.date."end" AS event_end, c.version, c.publisher, c.published
FROM stored_events AS e JOIN current_codings AS c ON e.coding_id = c.coding_id
"""


class Look:
    """A consistent state of the record, open for queries until it is closed."""

    def __init__(
        self,
        store: Store,
        moment: Moment = None,
        tables: Collection[str] = tuple(TABLES),
        merges: Mapping[str, Merge] = MappingProxyType({}),
        overriding: Overriding | None = None,
    ) -> None:
        """Open the views of `tables` (opening each costs time), or all; raises `RecordError` for one not readable.

        `merges` says by id which actors are read as which others; `overriding` is what persons left of events.
        """
        self._store = store
        self._paths: set[str] = set()
        self._connection = duckdb.connect(":memory:")
        self.run("SET parquet_metadata_cache = true")
        for statement in (PLAIN, STANDS_IN, may_stand(merges)):
            self.run(statement)
        # Articles first: whatever article this sees, its parts were committed before it.
        for name in ("articles", *sorted(set(tables) - {"articles"})):
            merged = merging(name, merges)
            view = f"unmerged_{name}" if merged else f"stored_{name}"
            if name == "events" and overriding is not None:
                self._see(name, "coded_events")
                self._lay_over(overriding, view)
            else:
                self._see(name, view)
            if merged:
                self.run(merged)
        until = _until(moment)
        self.run(_CURRENT.format(until=until))
        if "events" in tables:
            self.run(_CURRENT_EVENTS)
        for name in tables:
            self.run(f"CREATE VIEW {name} AS {_VIEWS[name].format(until=until)}")
        self.run(f"SET allowed_paths = {_listed(sorted(self._paths))}")
        for statement in _LOCK:
            self.run(statement)

    def _see(self, name: str, view: str) -> None:
        """Make the rows of a table a view."""
        files = self._store.files(name)
        if not files.paths:
            self._connection.register(view, TABLES[name].empty_table())
            return
        self._paths.update(files.paths)
        columns = (f'"{c}"' if c in files.columns else f'NULL::VARCHAR AS "{c}"' for c in TABLES[name].names)
        self.run(
            f"CREATE VIEW {view} AS SELECT {', '.join(columns)} "
            f"FROM read_parquet({_listed(files.paths)}, hive_partitioning = false)"
        )

    def _lay_over(self, overriding: Overriding, view: str) -> None:
        """Make a view of events as persons left them: those that nobody overrides, and what stands instead."""
        self.give("review_rows", overriding.rows)
        self.give("review_hidden", overriding.hidden)
        self.run(
            f"CREATE TEMP VIEW {view} AS SELECT * FROM coded_events ANTI JOIN review_hidden USING (coding_id, position)"
            " UNION ALL BY NAME FROM review_rows"
        )

    def __enter__(self) -> Look:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def give(self, name: str, rows: pa.Table) -> None:
        """Let queries see rows of our own under a name."""
        self._connection.register(name, rows)

    def run(self, statement: str, values: Mapping[str, object] | None = None) -> None:
        """Carry out one of our own statements; raises `RecordError` when files cannot be read."""
        with self._store.reading("a file of a table"), self._files_told():
            self._connection.execute(statement, dict(values or {}))

    def table(self, query: str, values: Mapping[str, object] | None = None) -> pa.Table:
        """The rows of one of our own queries; raises `RecordError` when files cannot be read."""
        with self._store.reading("a file of a table"), self._files_told():
            return self._connection.sql(query, params=dict(values or {})).to_arrow_table()

    def rows(self, query: str, values: Mapping[str, object] | None = None) -> list[Row]:
        """Like `table`, as a list of dicts."""
        rows: list[Row] = self.table(query, values).to_pylist()
        return rows

    def ask(self, query: str) -> pa.Table:
        """The rows of a query from outside; raises `UsageError` when it is no single, sound SELECT."""
        try:
            with self._store.reading("a file of a table"), self._files_told():
                statements = self._connection.extract_statements(query)
                if [s.type for s in statements] not in _ASKED:
                    raise UsageError("The record answers one SELECT at a time. Give a single SELECT statement.")
                return self._connection.sql(query).to_arrow_table()
        except duckdb.Error as error:
            raise UsageError(f"The record cannot answer this query. {str(error).strip()}") from error

    @contextmanager
    def _files_told(self) -> Iterator[None]:
        """Let an error that came out of a table's files pass for what it is."""
        try:
            yield
        except duckdb.Error as error:
            if any(path in str(error) for path in self._paths):
                raise OSError(str(error).strip().splitlines()[0]) from error
            raise


def _listed(paths: Iterable[str]) -> str:
    """A list of texts in SQL."""
    return "[" + ", ".join("'" + path.replace("'", "''") + "'" for path in paths) + "]"


def _until(moment: Moment) -> str:
    if moment is None:
        return "true"
    if isinstance(moment, datetime):
        return f"recorded_at <= TIMESTAMPTZ '{moment.astimezone(UTC).isoformat()}'"
    return f"version <= {moment}"
