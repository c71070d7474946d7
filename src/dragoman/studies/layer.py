"""A study's layer in a record's folder, `studies/NAME`: a table of what it found in which coding, and its types.

One row is one coded article with all that the study found in it, so that each append is whole or not there: whoever is
cut short goes on where it stopped, and of an article coded by two at once either row says the same. The record's own
tables are never written to.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import uuid4

import msgspec
import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError

from dragoman.errors import RecordError, UsageError
from dragoman.record.room import ensure_room
from dragoman.record.schema import SIDES, TABLES, Row, event_value
from dragoman.record.settling import settle
from dragoman.studies.codebook import StudyType
from dragoman.studies.events import StudyEvent
from dragoman.studies.study import Study

FOLDER: Final = "studies"
MARK: Final = "study.json"
TABLE: Final = "codings"
_PATIENCE: Final = CommitProperties(max_commit_retries=100)
_KEYS: Final = ("coding_id", "article_id")
FOUND: Final = pa.struct(
    [
        *(field for field in TABLES["events"] if field.name not in (*_KEYS, SIDES)),
        pa.field("plover_event", pa.string()),
        pa.field("plover_type", pa.string()),
    ]
)
"""One event of a study: the columns of the record's events, and what PLOVER made of the same."""
SCHEMA: Final = pa.schema([("study", pa.string()), *((key, pa.string()) for key in _KEYS), ("events", pa.list_(FOUND))])


class Mark(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which study a layer is of. `digest` is that of the study as it was applied last; rows of others do not count."""

    name: str
    digest: str
    least: float
    about: str | None
    types: dict[str, StudyType]
    macro_f1: float

    @property
    def applied(self) -> str:
        """What rows of this layer carry: the study, and from which chance on it tells of an event."""
        return f"{self.digest}-{self.least:g}"


def mark_of(study: Study, least: float) -> Mark:
    """What a layer says of the study that made it."""
    types = {kind: study.codebook.types[kind] for kind in study.types}
    macro = study.validation.head.macro_f1.value
    return Mark(
        name=study.name, digest=study.digest, least=least, about=study.codebook.about, types=types, macro_f1=macro
    )


class Layer:
    """The layer of one study in a record's folder."""

    def __init__(self, record: Path, name: str) -> None:
        """`name` as the study's YAML gives it; raises `UsageError` where the record has no such layer."""
        self.root = record / FOLDER / name
        self.mark = _read_mark(self.root) if name in layer_names(record) else None
        if self.mark is None:
            there = ", ".join(layer_names(record)) or "none"
            raise UsageError(
                f"No study '{name}' was applied to the record in {record}; there are: {there}. "
                f"'dragoman study apply FOLDER --record {record}' codes a record with a trained study."
            )

    @classmethod
    def make(cls, record: Path, mark: Mark) -> Layer:
        """The layer of a study that is about to be applied, made where there is none."""
        root = record / FOLDER / mark.name
        try:
            root.mkdir(parents=True, exist_ok=True)
            DeltaTable.create(root / TABLE, schema=SCHEMA, mode="ignore")
            draft = root / f"{MARK}.{uuid4().hex}"
            draft.write_bytes(msgspec.json.format(msgspec.json.encode(mark), indent=1) + b"\n")
            os.replace(draft, root / MARK)
        except (DeltaError, OSError) as error:
            raise RecordError(f"{root} cannot be written ({error}). See that the folder may be written.") from error
        return cls(record, mark.name)

    def coded(self) -> set[str]:
        """The codings that the study, as it was applied last, has been through."""
        with self._reading():
            found = DeltaTable(self.root / TABLE).to_pyarrow_table(
                columns=["coding_id"], partitions=None, filters=[("study", "=", self._applied)]
            )
        return set(found["coding_id"].to_pylist())

    def append(self, rows: Sequence[tuple[str, str, Sequence[StudyEvent]]]) -> None:
        """Add codings, each with its article's id and what the study found in it, in one commit."""
        made = [
            {"study": self._applied, "coding_id": coding, "article_id": article, "events": _values(events)}
            for coding, article, events in rows
        ]
        table = pa.Table.from_pylist(made, schema=SCHEMA)
        try:
            ensure_room(self.root / TABLE, table.nbytes)
            began = time.time()
            write_deltalake(DeltaTable(self.root / TABLE), table, mode="append", commit_properties=_PATIENCE)
            settle(self.root / TABLE, began)
        except (DeltaError, OSError, pa.ArrowException) as error:
            raise RecordError(
                f"{self.root} cannot be written ({str(error).splitlines()[0]}). What was applied before is untouched; "
                "run again to go on."
            ) from error

    def files(self) -> list[str]:
        """The Parquet files of the table, for a `Look` to read."""
        with self._reading():
            table = DeltaTable(self.root / TABLE)
            paths = pa.table(table.get_add_actions())["path"].to_pylist()
        folder = (self.root / TABLE).absolute()
        return [str(folder / path) for path in paths]

    @property
    def told(self) -> Mark:
        """Which study the layer is of."""
        assert self.mark is not None
        return self.mark

    @property
    def _applied(self) -> str:
        return self.told.applied

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (DeltaError, OSError, pa.ArrowException) as error:
            raise RecordError(
                f"{self.root} cannot be read ({str(error).splitlines()[0]}). Remove the folder and apply the study "
                "again; the record itself is not concerned."
            ) from error


def layer_names(record: Path) -> list[str]:
    """The studies that were applied to a record, in order of their names."""
    folder = record / FOLDER
    return sorted(each.name for each in folder.iterdir() if (each / MARK).is_file()) if folder.is_dir() else []


def _read_mark(root: Path) -> Mark | None:
    if not (root / MARK).is_file():
        return None
    try:
        return msgspec.json.decode((root / MARK).read_bytes(), type=Mark)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise RecordError(f"{root / MARK} cannot be read ({error}). Apply the study again.") from error


def _values(events: Sequence[StudyEvent]) -> list[Row]:
    return [{"position": n, "event_id": event.id, **event_value(event)} for n, event in enumerate(events)]
