"""Writing a brief to a file: one place, so that every printer fails with the same sentence."""

from __future__ import annotations

from pathlib import Path

from dragoman.errors import UsageError


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 with plain line ends, making the folder; raises `UsageError` when the file cannot be written."""
    write_bytes(path, text.encode("utf-8", "replace"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file, making the folder; raises `UsageError` when it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"{path} cannot be written: {reason}. Choose another file.") from error
