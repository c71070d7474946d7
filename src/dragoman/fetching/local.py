"""Folders and archives of this machine as sources: which files are new or changed since they were last read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dragoman.errors import UsageError
from dragoman.fetching.settings import Source

SETTLED: Final = 5.0  # seconds since the last change after which a file is taken to be whole


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file; `mark` changes when its size or time does."""

    path: Path
    mark: str


def files_of(source: Source, now: float) -> list[LocalFile]:
    """The files of a folder to its bottom, or an archive itself, in order of names; those still being written wait.

    Raises `UsageError` when there is no such folder or file.
    """
    root = Path(source.where)
    if not root.exists():
        raise UsageError(f"'{root}' does not exist; check '{source.kind}' of the source '{source.name}'.")
    found = []
    for path in _walk(root) if root.is_dir() else [root]:
        try:
            status = path.stat()
        except OSError:  # taken away while we look
            continue
        if now - status.st_mtime >= SETTLED:
            found.append(LocalFile(path, f"{path.absolute().as_uri()}#{status.st_size}-{status.st_mtime_ns}"))
    return found


def _walk(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(where) / name for name in sorted(names) if not name.startswith("."))
