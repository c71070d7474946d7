"""A lock on an open file, so that one writer at a time changes it; apart since appending and mending both need it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

try:
    import fcntl
except ImportError:  # Windows: appending is one call all the same, and no other process can write a file that is cut
    fcntl = None  # type: ignore[assignment]


@contextlib.contextmanager
def alone(file: int) -> Iterator[None]:
    """Keep other writers of an open file, in this process and others, waiting; `file` is its descriptor."""
    if fcntl is None:
        yield
        return
    fcntl.flock(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)
