"""Files, folders, object storage and standard input to articles: which reader reads what, and where problems go.

1. `read` checks every path before anything is read. 2. Folders are walked in order of names. 3. Each file goes to the
reader of its kind. 4. Each raw article becomes an `Article` or a problem; nothing stops the stream.
"""

from __future__ import annotations

import io
import logging
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal, cast

from dragoman import object_store
from dragoman.errors import InputError, UsageError
from dragoman.model import Article, Problem
from dragoman.reading.article import make_article
from dragoman.reading.days import iso_day
from dragoman.reading.html import read_html
from dragoman.reading.jsonl import read_jsonl
from dragoman.reading.mailbox import is_mail, read_mailbox
from dragoman.reading.markdown import read_markdown
from dragoman.reading.plaintext import read_plain_text
from dragoman.reading.raw import MAX_FILE, MAX_KEPT, RawArticle, make_problem
from dragoman.reading.warc import is_archive, read_warc

Kind = Literal["text", "markdown", "html", "jsonl", "parquet", "warc", "mailbox"]
Report = Callable[[Problem], None]
KINDS: dict[str, Kind] = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip
ARCHIVES = (".warc", ".warc.gz", ".warc.zst")
TABLES = (".parquet",)
MAILBOXES = (".mbox", ".eml")
READERS: dict[Kind, Callable[[bytes, str], RawArticle]] = {
    "text": read_plain_text,
    "markdown": read_markdown,
    "html": read_html,
}
SUPPORTED = ", ".join((*KINDS, *TABLES, *ARCHIVES, *MAILBOXES))
UNSUPPORTED = f"Not a supported kind of file; supported: {SUPPORTED}."
STANDARD_INPUT = "-"
PAGE = re.compile(
    # A comment must not run over the next one's beginning: the ways to tell them apart would double with each.
    rb"\s*(?:<\?xml[^>]*>\s*|<!--(?:[^-]|-(?!->))*-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p|meta)\b",
    re.IGNORECASE,
)
OBJECT = re.compile(rb"\s*\{\s*(?:\"|\}|$)")

log = logging.getLogger("dragoman")


def read(
    paths: Iterable[str | Path] | str | Path,
    *,
    publisher: str | None = None,
    published: str | None = None,
    report: Report | None = None,
) -> Iterator[Article]:
    """Read articles from files, folders and object storage ('s3://bucket/prefix'), '-' for standard input.

    See `docs/reading.md` for what may stand in them.

    `publisher` and `published` (an ISO day) count for articles that do not say it themselves. `report` gets each
    problem, an input refused or mended; without it they are logged as warnings to 'dragoman'.
    Raises `UsageError` at the call for a missing file, a folder without a file of a supported kind, a bad day.
    """
    day = iso_day(published) if published is not None else None
    if published is not None and day is None:
        raise UsageError(f"'{published}' is not a day; write it as 2024-08-02.")
    targets = [paths] if isinstance(paths, (str, Path)) else list(paths)
    if not targets:
        raise UsageError("Nothing to read; name files or folders, or '-' for standard input.")
    for target in targets:
        _check(target)
    return _articles(targets, (publisher or "").strip() or None, day, report or _log)


def _check(target: str | Path) -> None:
    if target == STANDARD_INPUT:
        return
    if object_store.is_address(target):
        _check_objects(str(target))
        return
    try:
        mode = os.stat(target).st_mode
    except FileNotFoundError:
        raise UsageError(f"'{target}' does not exist; check the name.") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise UsageError(f"'{target}' cannot be opened: {_why(error)}.") from None
    if stat.S_ISDIR(mode) and not any(isinstance(entry, Path) for entry in _walk(Path(target))):
        raise UsageError(f"There is no file to read in '{target}'; supported: {SUPPORTED}.")


def _check_objects(target: str) -> None:
    try:
        found = [Path(name) for name, _ in object_store.listed(target)]
    except OSError as error:
        raise UsageError(f"'{target}' cannot be opened: {_why(error)}.") from None
    if not found:
        raise UsageError(f"There is nothing at '{target}'; check the name.")
    if len(found) > 1 and not any(_kind_of(path) for path in found):
        raise UsageError(f"There is no file to read in '{target}'; supported: {SUPPORTED}.")


def files(targets: Iterable[str | Path]) -> Iterator[str | Path | Problem]:
    """The files that folders and prefixes come to, each by its path or address, in the order in which `read` reads.

    A problem stands in the place of each that cannot be read. Standard input stands for itself.
    """
    for target in targets:
        if target == STANDARD_INPUT:
            yield target
        elif object_store.is_address(target):
            yield from _objects(str(target))
        else:
            path = Path(target)
            yield from _walk(path) if path.is_dir() else [path]


def _objects(target: str) -> Iterator[str | Problem]:
    """The objects at an address in order of their keys; hidden ones below it are skipped."""
    address = object_store.parse_address(target)
    try:
        for name, _ in object_store.listed(target):
            below = name.removeprefix(f"{address}/")
            if name == str(address):
                yield name
            elif any(part.startswith(".") for part in below.split("/")):
                continue
            else:
                yield name if _kind_of(Path(name)) else make_problem(UNSUPPORTED, name)
    except OSError as error:
        yield make_problem(f"It cannot be listed: {_why(error)}.", target)


def _articles(
    targets: list[str | Path], publisher: str | None, published: str | None, report: Report
) -> Iterator[Article]:
    for target in targets:
        for raw in _raw_articles(target):
            if isinstance(raw, Problem):
                report(raw)
                continue
            try:
                article = make_article(raw, publisher=publisher, published=published)
            except InputError as error:
                report(
                    make_problem(
                        error.what, raw.source, line=raw.line, field=error.field, article_id=raw.id, content=raw.text
                    )
                )
                continue
            for repair in raw.repairs:
                report(make_problem(repair, raw.source, kind="repaired", line=raw.line, article_id=article.id))
            yield article


def _raw_articles(target: str | Path) -> Iterator[RawArticle | Problem]:
    if target == STANDARD_INPUT:
        yield from _read_stream(cast(BinaryIO, sys.stdin.buffer), STANDARD_INPUT, None)
        return
    for entry in files([target]):
        yield from [entry] if isinstance(entry, Problem) else _read_file(entry)


def _walk(folder: Path, above: frozenset[tuple[int, int]] = frozenset()) -> Iterator[Path | Problem]:
    """The files of a folder and below it, sorted by name; hidden ones are skipped, links that loop not followed."""
    try:
        status = os.stat(folder)
        names = sorted(os.listdir(folder))
    except OSError as error:
        yield make_problem(f"The folder cannot be opened: {_why(error)}.", _name(folder))
        return
    here = (status.st_dev, status.st_ino)
    if here in above:
        return
    for name in names:
        path = folder / name
        if name.startswith("."):
            continue
        if path.is_dir():
            yield from _walk(path, above | {here})
        elif _kind_of(path) is None:
            yield make_problem(UNSUPPORTED, _name(path))
        elif path.is_file():
            yield path
        else:
            yield make_problem("Not a file: a broken link, a pipe or a device.", _name(path))


def _read_file(file: str | Path) -> Iterator[RawArticle | Problem]:
    """A file or object by its suffix; one without a suffix (a pipe too) by its first bytes."""
    name, path = _name(file), Path(file)
    kind = _kind_of(path)
    if kind is None and path.suffix:
        yield make_problem(UNSUPPORTED, name)
        return
    try:
        with object_store.open_object(str(file)) if object_store.is_address(file) else path.open("rb") as stream:
            yield from _read_stream(stream, name, kind)
    except OSError as error:
        yield make_problem(f"The file cannot be read: {_why(error)}.", name)


def _read_stream(stream: BinaryIO, source: str, kind: Kind | None) -> Iterator[RawArticle | Problem]:
    if kind is None:
        buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream))
        kind, stream = sniff(buffered.peek(4096)), cast(BinaryIO, buffered)
    if kind == "jsonl":
        yield from read_jsonl(stream, source)
        return
    if kind == "parquet":
        from dragoman.reading.parquet import read_parquet

        yield from read_parquet(stream, source)
        return
    if kind == "warc":
        yield from read_warc(stream, source)
        return
    if kind == "mailbox":
        yield from read_mailbox(stream, source)
        return
    data = stream.read(MAX_FILE + 1)
    content = data[: 4 * MAX_KEPT].decode("utf-8", "replace")
    if len(data) > MAX_FILE:
        yield make_problem(f"It is larger than {MAX_FILE:,} bytes; split it into articles.", source, content=content)
        return
    try:
        yield READERS[kind](data, source)
    except InputError as error:
        yield make_problem(error.what, source, line=error.line, field=error.field, content=content)


def _kind_of(path: Path) -> Kind | None:
    if path.name.lower().endswith(MAILBOXES):
        return "mailbox"
    if path.name.lower().endswith(TABLES):
        return "parquet"
    return "warc" if path.name.lower().endswith(ARCHIVES) else KINDS.get(path.suffix.lower())


def sniff(head: bytes) -> Kind:
    """What kind of input begins with these bytes; what is nothing else is plain text."""
    if is_archive(head):
        return "warc"
    if head.startswith(b"PAR1"):
        return "parquet"
    if is_mail(head):
        return "mailbox"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[: len(head) // 2 * 2].decode("utf-16", "replace").encode()
    head = head.removeprefix(b"\xef\xbb\xbf")
    if OBJECT.match(head):
        return "jsonl"
    if PAGE.match(head):
        return "html"
    return "markdown" if head.startswith((b"---\n", b"---\r\n")) else "text"


def _why(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()


def _name(path: str | Path) -> str:
    """The path as text; bytes that are not UTF-8, which a file's name may have, are replaced."""
    return os.fsencode(path).decode("utf-8", "replace")


def _log(problem: Problem) -> None:
    where = problem.source if problem.line is None else f"{problem.source}, line {problem.line}"
    if problem.field is not None:
        where += f", field '{problem.field}'"
    log.warning("%s: %s", where, problem.reason)
