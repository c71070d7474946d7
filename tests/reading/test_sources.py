import io
import logging
import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.errors import UsageError
from dragoman.model import Article, Problem
from dragoman.reading import read, sources
from dragoman.reading.sources import KINDS, sniff

NEWS = "The foreign ministers of the two countries signed an agreement on Tuesday, the ministry said."


def read_all(*paths: str | Path, **options: str) -> tuple[list[Article], list[Problem]]:
    problems: list[Problem] = []
    return list(read(paths, report=problems.append, **options)), problems  # type: ignore[arg-type]


def fill(folder: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def test_sources_read_a_folder_in_order_and_tell_what_they_skip(tmp_path: Path) -> None:
    fill(tmp_path, b_txt=f"{NEWS} B", a_md=f"{NEWS} A", sub__c_jsonl=f'{{"text": "{NEWS} C"}}', pic_png=b"\x89PNG")
    (tmp_path / ".hidden.txt").write_text(NEWS, encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text(NEWS, encoding="utf-8")
    articles, problems = read_all(tmp_path)
    assert [article.text[-1] for article in articles] == ["A", "B", "C"]
    assert [(p.kind, p.source) for p in problems] == [("failed", str(tmp_path / "pic.png"))]
    assert "supported" in problems[0].reason


def test_sources_leave_plain_text_unchanged(tmp_path: Path) -> None:
    text = f" {NEWS}\r\n\r\n\t{NEWS} \n\n"
    fill(tmp_path, a_txt=b"\xef\xbb\xbf" + text.encode())
    articles, problems = read_all(tmp_path / "a.txt")
    assert [article.text for article in articles] == [text]
    assert problems == []


def test_sources_report_repairs_with_the_article(tmp_path: Path) -> None:
    fill(tmp_path, a_txt=f"{NEWS} It was Norway’s day.".encode("cp1252"))
    (article,), (problem,) = read_all(tmp_path)
    assert (problem.kind, problem.article_id) == ("repaired", article.id)
    assert article.text.endswith("Norway’s day.")


def test_sources_give_options_to_articles_that_say_nothing(tmp_path: Path) -> None:
    fill(tmp_path, a_txt=NEWS)
    (article,), _ = read_all(tmp_path, publisher=" Wire ", published="2024-03-12T10:00")
    assert (article.publisher, article.published) == ("Wire", "2024-03-12")


@pytest.mark.parametrize("name", ["missing.txt", "empty", "only-pictures"])
def test_sources_refuse_bad_paths_before_anything_is_read(tmp_path: Path, name: str) -> None:
    fill(tmp_path, a_txt=NEWS)
    (tmp_path / "empty").mkdir()
    (tmp_path / "only-pictures").mkdir()
    (tmp_path / "only-pictures" / "a.png").touch()
    with pytest.raises(UsageError, match=name):
        read([tmp_path / "a.txt", tmp_path / name])


@pytest.mark.parametrize("published", ["March 12", "2024-13-01", ""])
def test_sources_refuse_a_bad_day(published: str) -> None:
    with pytest.raises(UsageError, match="2024-08-02"):
        read("-", published=published)


def test_sources_refuse_nothing_to_read() -> None:
    with pytest.raises(UsageError, match="Nothing to read"):
        read([])


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (f'{{"text": "{NEWS}"}}\n', "jsonl"),
        (f"<!doctype html><html><body><p>{NEWS}</p></body></html>", "html"),
        (f"---\ntitle: x\n---\n{NEWS}", "markdown"),
        (NEWS, "text"),
        (f"{{{NEWS}", "text"),
        (f"<Kim> {NEWS}", "text"),
    ],
)
def test_sources_tell_kinds_on_standard_input(monkeypatch: pytest.MonkeyPatch, data: str, kind: str) -> None:
    assert sniff(data.encode()) == kind
    assert sniff(data.encode("utf-16")) == kind
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode()), encoding="utf-8"))
    (article,), problems = read_all("-")
    assert NEWS in article.text
    assert problems == []


def test_sources_read_a_file_without_suffix_by_its_content(tmp_path: Path) -> None:
    fill(tmp_path, article=f'{{"text": "{NEWS}"}}')
    (article,), _ = read_all(tmp_path / "article")
    assert article.text == NEWS


@pytest.mark.parametrize("suffix", sorted(set(KINDS) - {".jsonl", ".ndjson"}))
def test_sources_refuse_large_files_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    monkeypatch.setattr(sources, "MAX_FILE", 1000)
    (tmp_path / f"a{suffix}").write_text(NEWS * 20, encoding="utf-8")
    articles, (problem,) = read_all(tmp_path)
    assert articles == []
    assert "larger than 1,000 bytes" in problem.reason


def test_sources_keep_the_beginning_of_an_article_that_is_too_long(tmp_path: Path) -> None:
    fill(tmp_path, a_txt="word " * 300_000)
    articles, (problem,) = read_all(tmp_path)
    assert articles == []
    assert "1,500,000 characters" in problem.reason
    assert problem.content is not None
    assert len(problem.content) == 10_000


def test_sources_follow_links_but_no_loops(tmp_path: Path) -> None:
    fill(tmp_path, real__a_txt=NEWS)
    (tmp_path / "real" / "up").symlink_to(tmp_path)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere")
    articles, problems = read_all(tmp_path)
    assert len(articles) == 2
    assert [p.source for p in problems] == [str(tmp_path / "broken.txt")]


def test_sources_report_what_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, a_txt=NEWS, closed__b_txt=NEWS, c_txt=NEWS)

    def refuse(path: Path, *args: object, **options: object) -> object:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return open(path, "rb")  # stands in for Path.open

    listdir = os.listdir

    def refuse_folder(path: Path) -> list[str]:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return listdir(path)

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(os, "listdir", refuse_folder)
    articles, problems = read_all(tmp_path)
    assert len(articles) == 1
    assert [Path(p.source).name for p in problems] == ["a.txt", "closed"]
    assert all("permission denied" in p.reason for p in problems)


def test_sources_log_problems_that_nobody_takes(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    fill(tmp_path, a_jsonl='{"text": 5}')
    with caplog.at_level(logging.WARNING, logger="dragoman"):
        assert list(read(tmp_path)) == []
    assert "a.jsonl, line 1, field 'text': Must be text" in caplog.text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400), suffix=st.sampled_from(sorted(KINDS)))
def test_sources_never_raise_and_never_lose_a_file(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    articles, problems = read_all(path)
    path.unlink()
    assert articles or problems
    for article in articles:
        assert article.text.strip()
