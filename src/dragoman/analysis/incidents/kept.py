"""The incidents of a record, kept beside it in `RECORD/.cache` so that they are not formed anew at each start.

Apart from `build`, which forms them and knows of no files. What is kept is only ever a copy: a file that is torn, of
another state of the record, of other decisions or other rules is passed over and made again, and where nothing can be
written nothing is kept. The reports stay in the record; a file holds the places at which they stand there.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final
from uuid import uuid4

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dragoman import analysis, knowledge
from dragoman.analysis.incidents.build import incidents
from dragoman.analysis.incidents.incident import Incident
from dragoman.analysis.parties import plain
from dragoman.model import Party
from dragoman.record import Record
from dragoman.record.decisions import FILE as DECISIONS
from dragoman.record.decisions import read_decisions
from dragoman.record.selection import Place
from dragoman.record.store import CACHE
from dragoman.record.structs import without_collecting

FORM: Final = b"dragoman incidents 1"
"""How a file is laid out; goes up with every change of that."""
KEPT: Final = 4
"""How many files are left in the folder: one a state of the record that is looked at."""
_TOGETHER: Final = 2048  # incidents in a row group; those of the same states lie together, so few groups are read
_SCHEMA: Final = pa.schema(
    [
        ("number", pa.int64()),
        ("sides", pa.string()),
        ("incident", pa.binary()),
        ("codings", pa.list_(pa.string())),
        ("positions", pa.list_(pa.int64())),
    ]
)


def kept_incidents(record: Record, parties: Sequence[str] = ()) -> list[Incident]:
    """All incidents of a record, in order of time, with the decisions that persons made about them.

    With `parties` (states by code, others by name) only those in which each of them stands, on whatever side; they are
    the same incidents all the same. Raises `RecordError` for a record or decisions that cannot be read.
    """
    key = _key(record)
    path = record.path / CACHE / f"incidents-{key[:24]}.parquet"
    with without_collecting():
        found = _read(path, key, record, parties)
    if found is None:
        found = [each for each in _formed(record, path, key) if _has(each, parties)]
    return found


def incidents_of(record: Record, parties: Sequence[str] = ()) -> list[Incident]:
    """The incidents of a record: those that are kept, see `kept_incidents`."""
    return kept_incidents(record, parties)


def _key(record: Record) -> str:
    """What the incidents depend on, in one number: what is read, what persons decided, by which rules and knowledge."""
    decisions = record.path / DECISIONS
    digest = hashlib.sha256(decisions.read_bytes() if decisions.exists() else b"").hexdigest()
    return hashlib.sha256(f"{record.state}, decisions {digest}, rules {_rules()}".encode()).hexdigest()


@functools.cache
def _rules() -> str:
    """A number that changes with every rule and every word by which incidents are formed."""
    digest = hashlib.sha256(FORM)
    for package in (analysis, knowledge):
        for folder in map(Path, package.__path__):
            for path in sorted(f for f in folder.rglob("*") if f.suffix in (".py", ".yaml", ".csv", ".jsonl")):
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _formed(record: Record, path: Path, key: str) -> list[Incident]:
    """Form the incidents, and keep them unless the record was changed meanwhile."""
    with without_collecting():
        placed = list(record.events().with_places())
    found = incidents((report for report, _ in placed), decisions=read_decisions(record.path))
    if key == _key(record):
        places = {id(report): place for report, place in placed}
        _keep(found, places, path, key)
    return found


def _keep(found: Sequence[Incident], places: dict[int, Place], path: Path, key: str) -> None:
    """Write under another name first, so that nobody ever reads half a file; what cannot be written is not kept."""
    draft = path.with_name(f"{path.name}.{uuid4().hex}")
    try:
        path.parent.mkdir(exist_ok=True)
        rows = pa.Table.from_pylist(sorted(_rows(found, places), key=lambda row: str(row["sides"])), _SCHEMA)
        rows = rows.replace_schema_metadata({FORM: key.encode()})
        pq.write_table(rows, draft, row_group_size=_TOGETHER, compression="zstd", write_page_checksum=True)
        draft.replace(path)
        old = sorted(path.parent.glob("incidents-*.parquet*"), key=lambda f: (f != path, -f.stat().st_mtime))
        for file in old[KEPT:]:
            file.unlink(missing_ok=True)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def _rows(found: Iterable[Incident], places: dict[int, Place]) -> Iterator[dict[str, object]]:
    for number, incident in enumerate(found):
        at = [places[id(report)] for report in incident.reports]
        yield {
            "number": number,
            "sides": _text((*incident.actors, *incident.recipients)),
            "incident": msgspec.json.encode(dataclasses.replace(incident, reports=())),
            "codings": [coding for coding, _ in at],
            "positions": [position for _, position in at],
        }


def _read(path: Path, key: str, record: Record, parties: Sequence[str]) -> list[Incident] | None:
    """The incidents that a file keeps; None where there is no sound file of this key."""
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            if (file.schema_arrow.metadata or {}).get(FORM) != key.encode():
                return None
            groups = [rows for n in range(file.num_row_groups) if (rows := _group(file, n, parties)).num_rows]
        rows = pa.concat_tables([_SCHEMA.empty_table(), *groups]).sort_by("number")
        found = list(map(msgspec.json.Decoder(Incident).decode, rows["incident"].to_pylist()))
    except (OSError, pa.ArrowException, msgspec.MsgspecError):
        return None
    codings, positions = rows["codings"].to_pylist(), rows["positions"].to_pylist()
    places = [list(zip(*both, strict=True)) for both in zip(codings, positions, strict=True)]
    if parties:
        reports = record.at({place for row in places for place in row})
    else:
        reports = {place: report for report, place in record.events().with_places()}
    for incident, row in zip(found, places, strict=True):
        if any(place not in reports for place in row):
            return None
        # Nobody has seen it yet, and a second copy of each would take as long as all the rest.
        object.__setattr__(incident, "reports", tuple(reports[place] for place in row))
    return found


def _group(file: pq.ParquetFile, number: int, parties: Sequence[str]) -> pa.Table:
    """The rows of a row group in which the parties stand."""
    if parties:
        sides = file.read_row_group(number, columns=["sides"])["sides"]
        found = functools.reduce(pc.and_, (_mentions(sides, party) for party in parties))
        if not pc.any(found).as_py():
            return _SCHEMA.empty_table()
        return file.read_row_group(number).replace_schema_metadata(None).filter(found)
    return file.read_row_group(number).replace_schema_metadata(None)


def _mentions(sides: pa.ChunkedArray, party: str) -> pa.ChunkedArray:
    return pc.or_(pc.match_substring(sides, f"|{party}|"), pc.match_substring(sides, f"|{plain(party)}|"))


def _has(incident: Incident, parties: Sequence[str]) -> bool:
    sides = _text((*incident.actors, *incident.recipients))
    return all(f"|{party}|" in sides or f"|{plain(party)}|" in sides for party in parties)


def _text(parties: Iterable[Party]) -> str:
    """Who stands on the sides: '|PRK|RUS|kim jong un|north korea|', states first, so that those of two lie together."""
    names = {name for party in parties for name in (party.country, plain(party.actor or "")) if name}
    return f"|{'|'.join(sorted(names))}|"
