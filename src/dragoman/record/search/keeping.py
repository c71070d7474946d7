"""The index of a record, kept beside it in `RECORD/.cache/search`: found again, brought up to date, or made.

A folder there is one index, complete and never changed again, named by a digest of all that is in it; so readers never
see half of one, a torn one is thrown away, and several processes may build at once: each builds under a name of its
own, on top of the files of an older index, and the first to finish gives it its name. Where nothing can be written the
index is made in memory.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import msgspec
from tantivy import Index

from dragoman.knowledge.own import OWN_FILE, own_digest
from dragoman.model import Article, Claim, ReportedEvent
from dragoman.record.record import Record
from dragoman.record.reviews import FILE as REVIEWS
from dragoman.record.schema import to_article, to_claim
from dragoman.record.search.found import FORM, Parts, documents, register, schema
from dragoman.record.search.index import SearchIndex
from dragoman.record.store import CACHE

FOLDER: Final = "search"
LIST: Final = "articles.msgpack"
KEPT: Final = 3
"""How many indexes are left in the folder."""
AT_ONCE: Final = 2000
"""Articles that are read and indexed together."""
HEAP: Final = 64_000_000
THREADS: Final = 2
_TANTIVY: Final = version("tantivy")

Reports = Callable[[], Iterable[ReportedEvent]]
Broken: Final = (OSError, ValueError, msgspec.MsgspecError)


class _Article(msgspec.Struct, frozen=True):
    """What an article was when it was indexed: its coding, and a digest of that with its events."""

    coding: str
    digest: str


class _Listed(msgspec.Struct, frozen=True):
    """What an index holds: how many documents, of which articles."""

    size: int
    articles: dict[str, _Article]


def search_index(record: Record, reports: Reports, *, fresh: bool = False) -> SearchIndex:
    """The index of a record as it stands; `reports` gives its events as persons left them.

    Quick where the record has not changed since the last time; `fresh` looks at the reports all the same, as is needed
    when they may be of another state of the record than its files. Raises `RecordError` for a record that cannot be
    read.
    """
    home = record.path / CACHE / FOLDER
    state = _state(record)
    named = None if fresh else _pointed(home, state)
    if named is not None and (found := _opened(home / named)) is not None:
        return found
    wanted, told = _wanted(record, reports)
    name = _digest(wanted)
    found = _opened(home / name) or _built(record, wanted, told, home, name)
    if not fresh and state == _state(record):
        _point(home, state, name)
    return found


def _state(record: Record) -> str:
    """What an index depends on, in one number that is quick to have."""
    reviews = record.path / REVIEWS
    digest = hashlib.sha256(reviews.read_bytes() if reviews.exists() else b"").hexdigest()
    text = f"{FORM}, {_TANTIVY}, {record.state}, reviews {digest}"
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _wanted(record: Record, reports: Reports) -> tuple[dict[str, _Article], dict[str, list[ReportedEvent]]]:
    """Each article that there is with a digest of what is to be indexed of it, and the reports by article."""
    told: dict[str, list[ReportedEvent]] = {}
    for report in reports():
        told.setdefault(report.article.id, []).append(report)
    own = own_digest(record.path / OWN_FILE)
    rows = record.sql("SELECT article_id, coding_id FROM articles ORDER BY ALL").to_pylist()
    encode = msgspec.json.Encoder().encode
    wanted = {}
    for row in rows:
        digest = hashlib.blake2b(f"{row['coding_id']} {own}".encode(), digest_size=12)
        events = sorted(told.get(row["article_id"], ()), key=lambda report: report.event.id)
        for report in events:
            digest.update(encode(report.event))
        wanted[row["article_id"]] = _Article(row["coding_id"], digest.hexdigest())
    return wanted, told


def _digest(wanted: Mapping[str, _Article]) -> str:
    made = hashlib.sha256(f"{FORM}, {_TANTIVY}".encode())
    for article, each in wanted.items():
        made.update(f"{article}\0{each.digest}\n".encode())
    return f"index-{made.hexdigest()[:24]}"


def _opened(folder: Path) -> SearchIndex | None:
    """The index in a folder; one that cannot be read is thrown away."""
    if not (folder / LIST).exists():
        return None
    with contextlib.suppress(OSError):
        os.utime(folder)
    try:
        found = SearchIndex(Index.open(str(folder)))
        if found.size == _listed(folder).size:
            return found
    except Broken:
        pass
    shutil.rmtree(folder, ignore_errors=True)
    return None


def _listed(folder: Path) -> _Listed:
    return msgspec.msgpack.decode((folder / LIST).read_bytes(), type=_Listed)


def _built(
    record: Record,
    wanted: Mapping[str, _Article],
    told: Mapping[str, Sequence[ReportedEvent]],
    home: Path,
    name: str,
) -> SearchIndex:
    """Make the index: from an older one and what differs where there is one, else from the beginning."""
    draft = home / f"draft-{uuid4().hex}"
    try:
        draft.mkdir(parents=True)
        older = _older(home)
        if older is not None:
            with contextlib.suppress(*Broken):
                return _finished(record, wanted, told, draft, home / name, _copied(older, draft))
            shutil.rmtree(draft)
            draft.mkdir()
        found = _finished(record, wanted, told, draft, home / name, {})
        if older is not None:  # it was of no use, and there is another now
            shutil.rmtree(older, ignore_errors=True)
        return found
    except OSError:
        pass
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    index = Index(schema())
    _write(index, record, wanted, told, {})
    return SearchIndex(index)


def _finished(
    record: Record,
    wanted: Mapping[str, _Article],
    told: Mapping[str, Sequence[ReportedEvent]],
    draft: Path,
    target: Path,
    has: Mapping[str, _Article],
) -> SearchIndex:
    _write(Index(schema(), str(draft)), record, wanted, told, has)
    size = SearchIndex(Index.open(str(draft))).size
    (draft / LIST).write_bytes(msgspec.msgpack.encode(_Listed(size, dict(wanted))))
    try:
        draft.rename(target)
    except OSError:
        if not (target / LIST).exists():  # else somebody else was quicker, with the same
            raise
    _tidy(target.parent, target)
    found = _opened(target)
    if found is None:
        raise OSError(f"The index in {target} cannot be read.")
    return found


def _write(
    index: Index,
    record: Record,
    wanted: Mapping[str, _Article],
    told: Mapping[str, Sequence[ReportedEvent]],
    has: Mapping[str, _Article],
) -> None:
    """Take out what is no more as it was, and put in what is new."""
    register(index)
    writer = index.writer(HEAP, THREADS)
    for article, each in has.items():
        if wanted.get(article) != each:
            writer.delete_documents_by_term("article", article)
    new = [article for article, each in wanted.items() if has.get(article) != each]
    for start in range(0, len(new), AT_ONCE):
        for parts in _read(record, [(a, wanted[a].coding) for a in new[start : start + AT_ONCE]], told):
            for document in documents(parts):
                writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def _read(
    record: Record, chosen: Collection[tuple[str, str]], told: Mapping[str, Sequence[ReportedEvent]]
) -> Iterator[Parts]:
    """Articles with their claims and events; an article that was coded anew meanwhile is left to the next time."""
    codings = ", ".join(f"'{coding}'" for _, coding in chosen)  # hexadecimal digits of our own
    claims: dict[str, list[Claim]] = {}
    for row in record.sql(f"SELECT * FROM claims WHERE coding_id IN ({codings}) ORDER BY ALL").to_pylist():
        claims.setdefault(row["coding_id"], []).append(to_claim(row))
    rows: list[dict[str, Any]] = record.sql(f"SELECT * FROM articles WHERE coding_id IN ({codings})").to_pylist()
    for row in rows:
        article: Article = to_article(row)
        events = sorted(told.get(article.id, ()), key=lambda r: (r.event.evidence.start, r.event.id))
        yield Parts(article=article, claims=claims.get(row["coding_id"], ()), events=events)


def _older(home: Path) -> Path | None:
    """The index that was used last."""
    found = [folder for folder in home.glob("index-*") if (folder / LIST).exists()]
    return max(found, key=lambda folder: folder.stat().st_mtime, default=None)


def _copied(older: Path, draft: Path) -> dict[str, _Article]:
    """Give the draft the files of an older index, never written to again; says what it has of each article.

    Raises one of `Broken` for an index that is not whole.
    """
    for file in older.iterdir():
        if file.suffix == ".lock" or file.name == LIST:
            continue
        if file.suffix == ".json":
            shutil.copy(file, draft)
        else:
            try:
                os.link(file, draft / file.name)
            except OSError:
                shutil.copy(file, draft)
    listed = _listed(older)
    if not Index.exists(str(draft)) or SearchIndex(Index.open(str(draft))).size != listed.size:
        raise ValueError("The older index is not whole.")
    return listed.articles


def _tidy(home: Path, target: Path) -> None:
    """Leave the newest indexes; drafts of processes that ended are as old as those they were to follow."""
    with contextlib.suppress(OSError):
        folders = sorted((f for f in home.glob("index-*") if f != target), key=lambda f: -f.stat().st_mtime)
        for folder in folders[KEPT - 1 :]:
            shutil.rmtree(folder, ignore_errors=True)
        oldest = min(f.stat().st_mtime for f in (*folders[: KEPT - 1], target))
        for draft in home.glob("draft-*"):
            if draft.stat().st_mtime < oldest - 3600:
                shutil.rmtree(draft, ignore_errors=True)
        for pointer in sorted(home.glob("state-*"), key=lambda f: -f.stat().st_mtime)[KEPT:]:
            pointer.unlink(missing_ok=True)


def _pointed(home: Path, state: str) -> str | None:
    """The name of the index for a state of the record."""
    try:
        name = (home / f"state-{state}").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    return name if name.startswith("index-") and name.removeprefix("index-").isalnum() else None


def _point(home: Path, state: str, name: str) -> None:
    draft = home / f"state-{state}.{uuid4().hex}"
    with contextlib.suppress(OSError):
        draft.write_text(name, encoding="ascii")
        draft.replace(home / f"state-{state}")
