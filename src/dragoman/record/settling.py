"""Waiting until the disk has what was written into a table, since the tables' library does not.

Apart from `store` because it is about the system's caches and no table. A process that is killed loses nothing without
it; it is for the machine that loses power.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_LOG: Final = "_delta_log"
_SLACK: Final = 2.0  # seconds by which the clock of a file's times may be behind


def settle(table: Path, since: float) -> None:
    """Have the files that were written into a table's folder since then on the disk, rows first and the log last.

    `since` is in seconds since 1970. Raises `OSError` where the disk will not take them.
    """
    if os.name == "nt":  # cannot do it to files that are open for reading only
        return
    for folder in (table, table / _LOG):
        for entry in os.scandir(folder):
            if entry.is_file() and "#" not in entry.name and _is_new(entry, since):
                _sync(Path(entry.path))
        _sync(folder)


def _is_new(entry: os.DirEntry[str], since: float) -> bool:
    try:
        return entry.stat().st_mtime >= since - _SLACK
    except FileNotFoundError:  # a draft of another writer, which has its own name by now
        return False


def _sync(path: Path) -> None:
    try:
        opened = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
