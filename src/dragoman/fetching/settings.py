"""SOURCES.toml: which sources are watched, how, and whom to tell of what. The file in, checked settings out.

Strict as front matter is: an unknown key is an error that names file, table and key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from dragoman.alerts.watches import AlertSettings, Watch
from dragoman.errors import UsageError
from dragoman.fetching.addresses import PORTS, Reach, normalise
from dragoman.fetching.table import Table
from dragoman.reading.detect import SUPPORTED, name_of, read_code

Kind = Literal["feed", "sitemap", "page", "folder", "warc"]
KINDS: Final[tuple[Kind, ...]] = ("feed", "sitemap", "page", "folder", "warc")
LOCAL: Final = ("folder", "warc")
SOURCE_KEYS: Final = (
    "name", *KINDS, "every", "outlet", "language", "allow_private", "ports", "max_per_run", "links",
)  # fmt: skip
FETCHING_KEYS: Final = ("contact", "pause")
EVERY: Final = 15 * 60.0
MAX_PER_RUN: Final = 100
ANYWHERE: Final = Reach()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source: `where` is an address, or the path of a folder or an archive; `every` is in seconds."""

    name: str
    kind: Kind
    where: str
    every: float = EVERY
    outlet: str | None = None
    language: str | None = None
    reach: Reach = ANYWHERE
    max_per_run: int = MAX_PER_RUN
    links: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All of a SOURCES.toml: `pause` are the seconds between two requests to one site."""

    sources: tuple[Source, ...]
    contact: str | None = None
    pause: float = 2.0
    alerts: AlertSettings = field(default_factory=AlertSettings)
    watches: tuple[Watch, ...] = ()


def load_settings(path: Path) -> Settings:
    """Read and check a SOURCES.toml; raises `UsageError` naming file, table and key of what is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UsageError(f"{path} does not exist; docs/watching.md shows what stands in it.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({error}).") from None
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} is not valid TOML: {error}.") from None
    return read_settings(values, path)


def read_settings(values: Mapping[str, Any], path: Path) -> Settings:
    """The settings that a parsed file states; paths in it are taken from the folder of `path`."""
    from dragoman.alerts.reading import read_alerts, read_watch

    top = Table(values, f"{path}")
    top.only(("fetching", "source", "alerts", "watch"))
    fetching = top.table("fetching")
    fetching.only(FETCHING_KEYS)
    sources = tuple(_source(table, path.parent) for table in top.tables("source"))
    if not sources:
        raise UsageError(f"{path} names no source; add a [[source]] with a name and a feed.")
    _distinct([source.name for source in sources], path, "[[source]]")
    watches = tuple(read_watch(table) for table in top.tables("watch"))
    _distinct([watch.name for watch in watches], path, "[[watch]]")
    alerts = read_alerts(top.table("alerts"))
    if watches and not alerts.to:
        raise UsageError(f"{path} has a [[watch]] and nowhere to send to; give 'to = [...]' in [alerts].")
    return Settings(
        sources=sources,
        contact=fetching.text("contact"),
        pause=fetching.seconds("pause", 2.0, least=0.0),
        alerts=alerts,
        watches=watches,
    )


def _source(table: Table, folder: Path) -> Source:
    table.only(SOURCE_KEYS)
    name = table.text("name")
    if name is None:
        raise table.wrong("name", "missing. Every source needs a name of its own.")
    given = [kind for kind in KINDS if table.has(kind)]
    if len(given) != 1:
        raise table.wrong(
            given[1] if given else "feed", f"a source is one of {', '.join(KINDS)}; this one is {len(given) or 'none'}."
        )
    kind = given[0]
    if kind in LOCAL and (wrong := next((key for key in ("allow_private", "ports") if table.has(key)), None)):
        raise table.wrong(wrong, f"means nothing for a {kind}, which is not fetched.")
    if kind != "page" and table.has("links"):
        raise table.wrong("links", "means something only for a page.")
    reach = Reach(table.flag("allow_private"), table.numbers("ports"))
    return Source(
        name=name,
        kind=kind,
        where=_where(table, kind, folder),
        every=table.seconds("every", EVERY),
        outlet=table.text("outlet"),
        language=_language(table),
        reach=reach,
        max_per_run=table.number("max_per_run", MAX_PER_RUN),
        links=_checked(table, "links", re.compile),
    )


def _where(table: Table, kind: Kind, folder: Path) -> str:
    value = table.text(kind)
    assert value is not None  # an empty one was refused
    if kind in LOCAL:
        return str(folder / Path(value).expanduser())
    if normalise(value) is None:
        raise table.wrong(kind, f"'{value}' is no address that begins with {' or '.join(f'{s}://' for s in PORTS)}.")
    return value


def _language(table: Table) -> str | None:
    value = table.text("language")
    if value is None:
        return None
    code = read_code(value)
    if code is None:
        raise table.wrong("language", f"'{value}' is not a two-letter code of a language, such as en.")
    if code not in SUPPORTED:
        raise table.wrong("language", f"{name_of(code)} is not coded; supported: {', '.join(SUPPORTED)}.")
    return code


def _checked(table: Table, key: str, check: Callable[[str], object]) -> str | None:
    value = table.text(key)
    if value is not None:
        try:
            check(value)
        except re.error as error:
            raise table.wrong(key, f"no regular expression ({error}).") from None
    return value


def _distinct(names: list[str], path: Path, what: str) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise UsageError(f"{path}: there are two {what} with the name '{twice}'; give each its own.")
