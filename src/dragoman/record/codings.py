"""What the record already holds, in memory: which inputs which coder has coded, and each article's latest coding.

Kept apart from `Record` because the writer asks it for every article, and only new rows are read again.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow.dataset as ds
from deltalake import DeltaTable

from dragoman.model import CoderInfo
from dragoman.record.schema import Row
from dragoman.record.store import Store

_CODERS = ["article_id", "coder_version", "coder_model", "version", "position"]
_COLUMNS = ["article_id", "input_hash", "output_hash", "version", "position"]


class Codings:
    """The codings in a record, as of the last `refresh` or `add`."""

    def __init__(self) -> None:
        self.version = -1
        self._inputs: set[str] = set()
        self._latest: dict[str, str] = {}

    def refresh(self, store: Store) -> DeltaTable:
        """Take in what has been committed since, by this process or others; gives the table of articles it has read."""
        table = store.table("articles")
        if table.version() > self.version:
            with store.reading("the table 'articles'"):
                new = store.dataset("articles", table).to_table(
                    columns=_COLUMNS, filter=ds.field("version") > self.version
                )
            rows: list[Row] = new.sort_by([("version", "ascending"), ("position", "ascending")]).to_pylist()
            self.add(rows, table.version())
        return table

    def add(self, rows: Iterable[Row], version: int) -> None:
        """Take in rows of `articles`, oldest first, of record versions up to `version`."""
        for row in rows:
            self._inputs.add(row["input_hash"])
            self._latest[row["article_id"]] = row["output_hash"]
        self.version = version

    def has_input(self, input_hash: str) -> bool:
        """Whether this article has ever been coded by this coder."""
        return input_hash in self._inputs

    def unchanged(self, rows: Iterable[Row]) -> set[int]:
        """Places of the rows that only repeat the article's latest coding, be it stored or earlier among the rows."""
        latest: dict[str, str] = {}
        places = set()
        for place, row in enumerate(rows):
            article_id = row["article_id"]
            if latest.get(article_id, self._latest.get(article_id)) == row["output_hash"]:
                places.add(place)
            latest[article_id] = row["output_hash"]
        return places


def coded_by_others(store: Store, coder: CoderInfo) -> dict[str, CoderInfo]:
    """The articles whose current coding is by another coder than this one, and by which."""
    with store.reading("the table 'articles'"):
        rows = store.dataset("articles").to_table(columns=_CODERS)
    ordered = rows.sort_by([("version", "ascending"), ("position", "ascending")])
    latest = dict(
        zip(
            ordered["article_id"].to_pylist(),
            zip(ordered["coder_version"].to_pylist(), ordered["coder_model"].to_pylist(), strict=True),
            strict=True,
        )
    )
    ours = coder.version, coder.model
    return {one: CoderInfo(version=by[0], model=by[1]) for one, by in latest.items() if by != ours}
