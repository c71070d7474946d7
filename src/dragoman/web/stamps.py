"""What changes whenever a file does: for what is read from a file and kept until the file is another."""

from __future__ import annotations

from pathlib import Path

Stamp = tuple[int, int] | None


def stamp_of(path: Path) -> Stamp:
    """When it was changed last and its size; None where there is no such file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
