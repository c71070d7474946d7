"""Whether the rows of a record hold together: every article with its parts, hashes, ids, versions, order.

It reads the tables' files with DuckDB, some hundred codings at a time, so that a record of any size can be looked at;
what a single coding says is judged by `coding`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Final, TypeVar

import duckdb
import msgspec
import pyarrow as pa

from dragoman.model import Article, Claim, CodedArticle, CoderInfo, Event, Mention
from dragoman.record.health.coding import untruths
from dragoman.record.health.findings import AGAIN, Finding, Tally
from dragoman.record.health.tables import TableHealth
from dragoman.record.schema import TABLES, problem_row, to_problem
from dragoman.record.structs import as_json

AT_ONCE: Final = 500
"""Codings that are held at once."""
PARTS: Final[Mapping[str, tuple[type[msgspec.Struct], str]]] = {
    "mentions": (Mention, "mention_id"),
    "claims": (Claim, "claim_id"),
    "events": (Event, "event_id"),
}
T = TypeVar("T", bound=msgspec.Struct)


class _Part(msgspec.Struct):
    """A row of mentions, claims or events: whose it is, and what it says, or None where that is not allowed."""

    article: str
    position: int
    value: msgspec.Struct | None


class Rows:
    """The rows of the tables whose files can all be read, open for looking at."""

    def __init__(self, tables: Mapping[str, TableHealth]) -> None:
        self.names = [name for name, table in tables.items() if table.paths is not None]
        self._tables = tables
        self._base = duckdb.connect(":memory:")
        for statement in ("SET parquet_metadata_cache = true", "SET TimeZone = 'UTC'", "SET temp_directory = ''"):
            self._base.execute(statement)
        for name in self.names:
            self._see(tables[name])

    def _see(self, table: TableHealth) -> None:
        if not table.paths:
            self._base.register(table.name, TABLES[table.name].empty_table())
            return
        listed = ", ".join("'" + path.replace("'", "''") + "'" for path in table.paths)
        columns = (
            f'"{name}"' if name in table.columns else f'NULL::VARCHAR AS "{name}"' for name in TABLES[table.name].names
        )
        self._base.execute(
            f"CREATE VIEW {table.name} AS SELECT {', '.join(columns)} "
            f"FROM read_parquet([{listed}], hive_partitioning = false)"
        )

    def close(self) -> None:
        """Let go of the files."""
        self._base.close()

    def ask(self, query: str, **values: object) -> pa.Table:
        """The rows that answer a query."""
        return self._base.sql(query, params=values).to_arrow_table()

    def one(self, query: str) -> tuple[int, ...]:
        """The first row of the answer, all numbers."""
        row = self._base.sql(query).limit(1).fetchall()[0]
        return tuple(int(value or 0) for value in row)

    # Looks

    def look(self) -> list[Finding]:
        """All that is wrong or left over in the rows."""
        found: list[Finding] = []
        if "articles" in self.names:
            found += self._versions()
            found += self._strays()
            if all(name in self.names for name in PARTS):
                found += self._codings()
        if "failures" in self.names:
            found += self._failures()
        return found

    def counts(self) -> dict[str, int]:
        """How many rows each table has that can be read; `current` is the number of articles."""
        counts = {name: self.one(f"SELECT count(*) FROM {name}")[0] for name in self.names}
        if "articles" in self.names:
            counts["current"] = self.one("SELECT count(DISTINCT article_id) FROM articles")[0]
        return counts

    def _versions(self) -> Iterator[Finding]:
        """One append a version, none missing but where the log says that the version is no append; times in order."""
        table = self._tables["articles"]
        rows = self.ask(
            "SELECT version, count(*) AS n, count(DISTINCT position) AS positions, count(DISTINCT batch) AS batches, "
            "min(recorded_at) AS first, max(recorded_at) AS last FROM articles GROUP BY version ORDER BY version"
        ).to_pylist()
        tally = Tally()
        for row in rows:
            version = str(row["version"])
            if row["version"] is None or not 0 < row["version"] <= table.version:
                tally.add("articles", "rows of a version that there is not", version)
            elif table.made_by.get(row["version"], "WRITE") != "WRITE":
                tally.add("articles", "rows of a version that was no append", version)
            if row["batches"] != 1 or row["positions"] != row["n"]:
                tally.add("articles", "a version that is not one append", version)
        have = {row["version"] for row in rows}
        for number, made_by in table.made_by.items():
            if made_by == "WRITE" and number not in have:
                tally.add("articles", "versions that no row is left of", str(number))
        yield from tally.findings()
        doubled, misnamed = self.one(
            "SELECT count(*) - count(DISTINCT coding_id), "
            "count(*) FILTER (WHERE NOT coalesce(starts_with(coding_id, batch || '-'), false)) FROM articles"
        )
        if doubled:
            yield _wrong("articles", "codings that stand twice", doubled)
        if misnamed:
            yield _wrong("articles", "codings that are not named after their append", misnamed)
        if any(after["first"] < before["last"] for before, after in itertools.pairwise(rows)):
            what = "a later version has an earlier time, as when a clock was put back"
            remedy = "'--as-of' with a time shows what was recorded by then; ask for a version instead."
            yield Finding(weight="harmless", where="articles", what=what, remedy=remedy)

    def _strays(self) -> Iterator[Finding]:
        """Parts without an article's row, which are of appends that were cut short, and parts of the wrong article."""
        for name in PARTS:
            if name not in self.names:
                continue
            rows, codings = self.one(
                f"SELECT count(*), count(DISTINCT coding_id) FROM {name} ANTI JOIN articles USING (coding_id)"
            )
            if rows:
                what = f"rows of appends that were cut short ({codings:,} codings); no reader sees them"
                yield Finding(weight="harmless", where=name, what=what, count=rows)
            (others,) = self.one(
                f"SELECT count(*) FROM {name} AS p JOIN articles AS a USING (coding_id) "
                "WHERE p.article_id IS DISTINCT FROM a.article_id"
            )
            if others:
                yield _wrong(name, "rows that name another article than their coding does", others)

    def _failures(self) -> Iterator[Finding]:
        tally = Tally()
        for row in self.ask("SELECT * FROM failures ORDER BY version, position").to_pylist():
            try:
                if problem_row(to_problem(row))["problem_id"] != row["problem_id"]:
                    tally.add("failures", "entries that have changed since they were written", str(row["problem_id"]))
            except msgspec.ValidationError:
                tally.add("failures", "entries that hold what none can", str(row["problem_id"]))
        yield from tally.findings()

    def _codings(self) -> list[Finding]:
        """Every coding taken apart; one that is superseded counts as well, since as-of reads show it."""
        tally = Tally()
        ids = self.ask("SELECT coding_id FROM articles ORDER BY coding_id")["coding_id"].to_pylist()
        for start in range(0, len(ids), AT_ONCE):
            chosen = ids[start : start + AT_ONCE]
            parts = {name: self._parts(name, chosen[0], chosen[-1]) for name in PARTS}
            for row in self._articles(chosen[0], chosen[-1]):
                _judge(row, {name: parts[name].get(row["coding_id"], []) for name in PARTS}, tally)
        return tally.findings()

    def _articles(self, first: str, last: str) -> list[dict[str, str]]:
        rows: list[dict[str, str]] = self.ask(
            "SELECT coding_id, article_id, input_hash, output_hash, coder_version, coder_model, "
            f"{as_json(Article, 'article_id')} AS article FROM articles "
            "WHERE coding_id BETWEEN $first AND $last ORDER BY coding_id",
            first=first,
            last=last,
        ).to_pylist()
        return rows

    def _parts(self, name: str, first: str, last: str) -> dict[str, list[_Part]]:
        kind, id_column = PARTS[name]
        rows = self.ask(
            f"SELECT coding_id, article_id, position, {as_json(kind, id_column)} AS part FROM {name} "
            "WHERE coding_id BETWEEN $first AND $last ORDER BY coding_id, position",
            first=first,
            last=last,
        )
        decoder = msgspec.json.Decoder(kind)
        made: dict[str, list[_Part]] = {}
        for row in rows.to_pylist():
            part = _Part(row["article_id"], row["position"], _decoded(row["part"], decoder))
            made.setdefault(row["coding_id"], []).append(part)
        return made


def _judge(row: Mapping[str, str], parts: Mapping[str, list[_Part]], tally: Tally) -> None:
    """Count what is wrong with one coding."""
    name = row["article_id"]
    article = _decoded(row["article"], msgspec.json.Decoder(Article))
    for table, rows in parts.items():
        if any(part.value is None for part in rows):
            tally.add(table, "rows of articles that hold what none can", name)
        if [part.position for part in rows] != list(range(len(rows))):
            tally.add(table, "rows of articles that are missing or stand twice", name)
    if article is None:
        tally.add("articles", "articles that hold what none can", name)
        return
    if any(part.value is None for rows in parts.values() for part in rows):
        return
    coded = CodedArticle(
        article=article,
        mentions=_values(parts["mentions"], Mention),
        claims=_values(parts["claims"], Claim),
        events=_values(parts["events"], Event),
        coder=CoderInfo(version=row["coder_version"], model=row["coder_model"]),
    )
    for what in untruths(coded, row["input_hash"], row["output_hash"]):
        tally.add("articles", f"of articles, {what}", name)


def _values(parts: list[_Part], kind: type[T]) -> tuple[T, ...]:
    return tuple(part.value for part in parts if isinstance(part.value, kind))


def _decoded(text: str | None, decoder: msgspec.json.Decoder[T]) -> T | None:
    try:
        return decoder.decode(text or "")
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _wrong(where: str, what: str, count: int) -> Finding:
    return Finding(weight="wrong", where=where, what=what, count=count, remedy=AGAIN)
