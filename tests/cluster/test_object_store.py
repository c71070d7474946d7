"""A record and inputs in object storage: addresses, appending, two writers at once, and mirrors in folders."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from pyarrow.fs import FileSelector

from dragoman.errors import RecordError, UsageError
from dragoman.model import Article, CodedArticle, CoderInfo, Problem
from dragoman.object_store import Address, file_system, is_address, listed, open_object, parse_address, unfolded
from dragoman.reading import read
from dragoman.record import Record
from dragoman.record.compacting import compact
from dragoman.record.mirroring import mirror
from dragoman.record.reviews import Review, add_review, read_reviews
from tests.cli.conftest import Command
from tests.cluster.conftest import lines, put, rows, write
from tests.cluster.stubs import INFO
from tests.record.builders import event

OTHER = CoderInfo(version="2.0", model="hand")


def coded(number: int, coder: CoderInfo = INFO) -> CodedArticle:
    text = f"Japan condemned the launch number {number}."
    article = Article(id=f"n{number}", text=text)
    return CodedArticle(article=article, events=(event(f"e{number}", evidence="Japan condemned"),), coder=coder)


# --- addresses -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "bucket", "key"),
    [
        ("s3://news/2024/a.warc.gz", "news", "2024/a.warc.gz"),
        ("S3://news/2024/", "news", "2024"),
        ("s3://news", "news", ""),
        ("s3://news//a//b", "news", "a/b"),
    ],
)
def test_object_store_takes_addresses(given: str, bucket: str, key: str) -> None:
    assert parse_address(given) == Address(bucket, key)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("gs://news/a", "not gs://"),
        ("https://news.example/a", "not https://"),
        ("s3:///a", "bucket"),
        ("s3://", "bucket"),
    ],
)
def test_object_store_refuses_other_addresses(given: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        parse_address(given)


def test_object_store_tells_addresses_from_paths() -> None:
    assert is_address("s3://news/a")
    assert not is_address("news/a")
    assert not is_address("C:\\news")
    assert unfolded(Path("s3://news/a")) == "s3://news/a"
    assert unfolded(Path("news/a")) is None


def test_object_store_wants_leave_for_plain_http(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ALLOW_HTTP")
    with pytest.raises(UsageError, match="AWS_ALLOW_HTTP=true"):
        file_system()


def test_object_store_takes_no_password_in_an_address(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "https://somebody:secret@store.example")
    with pytest.raises(UsageError) as told:
        file_system()
    assert "secret" not in str(told.value).replace("AWS_SECRET_ACCESS_KEY", "")


def test_object_store_streams_can_be_wound_back(bucket: str) -> None:
    put(f"{bucket}/a.txt", b"one\ntwo\n")
    with open_object(f"s3://{bucket}/a.txt") as stream:
        assert stream.readline() == b"one\n"
        stream.seek(0)
        assert stream.read() == b"one\ntwo\n"
    assert list(listed(f"s3://{bucket}")) == [(f"s3://{bucket}/a.txt", 8)]


# --- inputs --------------------------------------------------------------------------------------------------------


def test_read_takes_objects_and_prefixes_in_order(bucket: str) -> None:
    put(f"{bucket}/in/b.jsonl", lines(*rows(2, 4)))
    put(f"{bucket}/in/a/a.jsonl", lines(*rows(0, 2)))
    put(f"{bucket}/in/.draft.jsonl", lines(*rows(8, 9)))
    put(f"{bucket}/in/c.zip", b"PK")
    problems: list[Problem] = []
    found = [article.id for article in read(f"s3://{bucket}/in", report=problems.append)]
    assert found == ["n0", "n1", "n2", "n3"]
    assert [p.source for p in problems] == [f"s3://{bucket}/in/c.zip"]
    assert [article.id for article in read(f"s3://{bucket}/in/b.jsonl")] == ["n2", "n3"]


def test_read_says_what_is_wrong_with_an_address(bucket: str) -> None:
    for given, told in [
        (f"s3://{bucket}/none", "nothing at"),
        ("s3://no-such-bucket/in", "no bucket 'no-such-bucket'"),
        ("gs://news/in", "not gs://"),
    ]:
        with pytest.raises(UsageError, match=told):
            read(given)


# --- the record ----------------------------------------------------------------------------------------------------


def test_record_in_object_storage_is_appended_to_once(bucket: str) -> None:
    record = Record(f"s3://{bucket}/record", create=True)
    problem = Problem(kind="failed", stage="reading", source="a.jsonl", line=1, reason="Broken.")
    assert record.append([coded(0), coded(1)], [problem]) == 2
    again = Record(f"s3://{bucket}/record")
    assert (again.version, again.has(coded(0).article, INFO), again.has(coded(0).article, OTHER)) == (1, True, False)
    assert again.append([coded(0), coded(1)], [problem]) == 0
    assert again.append([coded(1, OTHER)]) == 1
    assert again.coded_by_others(INFO) == {"n1": OTHER}
    assert again.where == f"s3://{bucket}/record"


def test_record_in_object_storage_takes_two_writers_at_once(bucket: str) -> None:
    Record(f"s3://{bucket}/record", create=True)

    def append(first: int) -> None:
        record = Record(f"s3://{bucket}/record")
        for number in range(first, first + 8, 2):
            record.append([coded(number), coded(number + 1)])

    writers = [threading.Thread(target=append, args=(first,)) for first in (0, 4)]  # the middle is written by both
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    record = Record(f"s3://{bucket}/record")
    assert all(record.has(coded(number).article, INFO) for number in range(12))
    assert record.version == 6


@pytest.mark.parametrize(
    "ask", [lambda r: r.reported(), lambda r: r.counts(), lambda r: r.sql("SELECT 1"), lambda r: r.path]
)
def test_record_in_object_storage_is_read_in_a_mirror(bucket: str, ask: object) -> None:
    record = Record(f"s3://{bucket}/record", create=True)
    with pytest.raises(UsageError, match=f"dragoman mirror s3://{bucket}/record DIR"):
        ask(record)  # type: ignore[operator]


def test_record_in_no_bucket_or_no_record(bucket: str) -> None:
    with pytest.raises(UsageError, match="no bucket 'no-such-bucket'"):
        Record("s3://no-such-bucket/record", create=True)
    with pytest.raises(UsageError, match="There is no record"):
        Record(f"s3://{bucket}/record")
    put(f"{bucket}/other/a.txt", b"letters")
    with pytest.raises(UsageError, match="holds other things"):
        Record(f"s3://{bucket}/other", create=True)


@pytest.mark.parametrize("given", ["gs:/news/record", "gs://news/record"])
def test_record_in_another_kind_of_store_is_not_to_be_mirrored(given: str) -> None:
    with pytest.raises(UsageError, match="only s3"):
        Record(Path(given))


# --- mirrors -------------------------------------------------------------------------------------------------------


@pytest.fixture
def source(bucket: str) -> Record:
    record = Record(f"s3://{bucket}/record", create=True)
    record.append([coded(0), coded(1)])
    return record


def test_mirror_brings_a_record_and_later_what_is_new(source: Record, tmp_path: Path) -> None:
    first = mirror(source.where, tmp_path / "here")
    here = Record(tmp_path / "here")
    assert (first.version, here.version, here.counts().events) == (1, 1, 2)
    assert mirror(source.where, tmp_path / "here").files == 0
    source.append([coded(2)])
    second = mirror(source.where, tmp_path / "here")
    assert (second.version, Record(tmp_path / "here").counts().articles) == (2, 3)
    assert 0 < second.files < first.files
    assert Record(tmp_path / "here").coded("n2") == coded(2)
    assert Record(tmp_path / "here", as_of=1).counts().articles == 2


def test_mirror_leaves_reviews_alone(source: Record, tmp_path: Path) -> None:
    mirror(source.where, tmp_path)
    one = coded(0)
    review = Review(
        kind="accept", who="somebody", when="2026-01-01T00:00:00+00:00", article=one.article.id, event=one.events[0]
    )
    add_review(tmp_path, review)
    source.append([coded(2)])
    mirror(source.where, tmp_path)
    assert list(read_reviews(tmp_path)) == [review]


def test_mirror_cut_short_anywhere_is_sound_or_no_record_yet(
    source: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dragoman.record import mirroring

    fetch = mirroring._fetch
    for after in range(0, 9, 2):
        left = iter(range(after))

        def broken(*asked: object, left: Iterator[int] = left) -> int:
            if next(left, None) is None:
                raise OSError(0, "the server cannot be reached", "s3")
            return fetch(*asked)  # type: ignore[arg-type]

        monkeypatch.setattr(mirroring, "_fetch", broken)
        with pytest.raises(RecordError, match="cannot be reached"):
            mirror(source.where, tmp_path / str(after))
        with pytest.raises(UsageError):
            Record(tmp_path / str(after))
        monkeypatch.setattr(mirroring, "_fetch", fetch)
        assert mirror(source.where, tmp_path / str(after)).version == 1
        assert Record(tmp_path / str(after)).counts().articles == 2


def test_mirror_refuses_what_is_none(source: Record, tmp_path: Path) -> None:
    mirror(source.where, tmp_path / "here")
    Record(tmp_path / "here").append([coded(7)])
    source.append([coded(2)])
    source.append([coded(3)])
    with pytest.raises(UsageError, match="written to since"):
        mirror(source.where, tmp_path / "here")
    (tmp_path / "other").mkdir()
    write(tmp_path / "other" / "a.jsonl")
    with pytest.raises(UsageError, match="holds other things"):
        mirror(source.where, tmp_path / "other")
    with pytest.raises(UsageError, match="not in object storage"):
        mirror(str(tmp_path / "here"), tmp_path / "copy")


@pytest.mark.parametrize("path", ["/{outside}/x.parquet", "../../x.parquet", "a/../../../x.parquet", "C:/x.parquet"])
def test_mirror_fetches_nothing_outside_its_folder(source: Record, tmp_path: Path, path: str) -> None:
    named = path.format(outside=str(tmp_path).strip("/"))
    added = {"path": named, "partitionValues": {}, "size": 1, "modificationTime": 0, "dataChange": True}
    entry = msgspec.json.encode({"add": added}) + b"\n"
    key = source.where.removeprefix("s3://")
    logged = file_system().get_file_info(FileSelector(f"{key}/claims/_delta_log"))
    put(f"{key}/claims/_delta_log/{len(logged):020}.json", entry)
    put(f"{key}/claims/{named.strip('/')}", b"x")
    with pytest.raises(RecordError, match="outside of itself"):
        mirror(source.where, tmp_path / "deep" / "here")
    assert not list(tmp_path.rglob("x.parquet"))


def test_mirror_that_was_compacted_is_told(source: Record, tmp_path: Path) -> None:
    source.append([coded(2)])
    mirror(source.where, tmp_path)
    compact(tmp_path)
    source.append([coded(3)])
    with pytest.raises(UsageError, match="written to since"):
        mirror(source.where, tmp_path)


# --- the command line ----------------------------------------------------------------------------------------------


def test_verbs_on_a_record_in_object_storage(dragoman: Command, source: Record, tmp_path: Path) -> None:
    for verb in (["events"], ["failures"], ["show", "e0"], ["compact"]):
        done = dragoman(*verb, "--record", source.where)
        assert done.code == 2, verb
        assert f"dragoman mirror {source.where} DIR" in done.told
    done = dragoman("mirror", source.where, tmp_path / "here")
    assert (done.code, "at version 1" in done.out) == (0, True)
    assert dragoman("events", "--record", tmp_path / "here").code == 0


def test_code_into_object_storage(dragoman: Command, bucket: str, tmp_path: Path) -> None:
    put(f"{bucket}/in/a.jsonl", lines(*rows(0, 2)))
    words = ["code", f"s3://{bucket}/in", "--record", f"s3://{bucket}/record", "--fast"]
    first = dragoman(*words)
    assert (first.code, "Articles coded 2" in " ".join(first.out.split())) == (0, True)
    assert "Already in the record 2" in " ".join(dragoman(*words).out.split())
    inside = dragoman("code", f"s3://{bucket}/in", "--record", f"s3://{bucket}/in/record")
    assert (inside.code, "which is read for articles" in inside.told) == (2, True)
    nowhere = dragoman("code", write(tmp_path / "a.jsonl", *rows(0, 1)), "--record", "gs://news/record")
    assert (nowhere.code, "not gs://" in nowhere.told) == (2, True)
