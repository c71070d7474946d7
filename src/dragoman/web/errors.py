"""What a page may refuse: errors with the HTTP status they are told with. All other errors of Dragoman are 500.

Asked for as JSON, every error has the one form of `ErrorAnswer`.
"""

from __future__ import annotations

import msgspec

from dragoman.errors import DragomanError, UsageError


class RefusedError(UsageError):
    """A request that cannot be answered as it was made: a bad filter, an unknown value (422)."""

    status = 422


class NotFoundError(RefusedError):
    """There is no such page, incident, article or person (404)."""

    status = 404


class ForbiddenError(RefusedError):
    """The request may not be made: a strange host, a missing token, a workbench that is only read (403)."""

    status = 403


class TooLargeError(RefusedError):
    """The request carries more than is taken (413)."""

    status = 413


class TooLongError(RefusedError):
    """The address is longer than is taken (414)."""

    status = 414


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """An error: its HTTP status, and what was wrong, where, and what is valid, in a sentence."""

    status: int
    message: str


class ErrorAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a request that was not answered."""

    error: Told


def error_body(status: int, message: str) -> bytes:
    """An error as JSON."""
    return msgspec.json.encode(ErrorAnswer(error=Told(status=status, message=message)))


def status_of(error: DragomanError) -> int:
    """The HTTP status that an error is told with; bad use is 422, a failure 500."""
    if isinstance(error, RefusedError):
        return error.status
    return 422 if isinstance(error, UsageError) else 500
