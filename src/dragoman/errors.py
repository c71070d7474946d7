"""The one family of errors that Dragoman raises on purpose; each says what was wrong, where, and what to do."""

from __future__ import annotations


class DragomanError(Exception):
    """Anything that Dragoman refuses or fails to do, told in a sentence for the user.

    `exit_code` is what the command line ends with: 2 for bad use, 1 for a failure.
    """

    exit_code = 1


class UsageError(DragomanError):
    """The user asked for something that cannot be: an unknown type, a missing file, an empty folder."""

    exit_code = 2


class InputError(DragomanError):
    """One article or file cannot be read; names the file, and the line and field where there is one."""

    def __init__(self, what: str, *, source: str, line: int | None = None, field: str | None = None) -> None:
        self.what = what
        self.source = source
        self.line = line
        self.field = field
        where = source if line is None else f"{source}, line {line}"
        if field is not None:
            where += f", field '{field}'"
        super().__init__(f"{where}: {what}")


class KnowledgeError(DragomanError):
    """A file under `knowledge/` is not as its loader demands; names the file and the entry."""


class RecordError(DragomanError):
    """The record on disk cannot be opened, read or written."""
