"""What a page may refuse: errors with the HTTP status they are told with. All other errors of Dragoman are 500."""

from __future__ import annotations

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


def status_of(error: DragomanError) -> int:
    """The HTTP status that an error is told with; bad use is 422, a failure 500."""
    if isinstance(error, RefusedError):
        return error.status
    return 422 if isinstance(error, UsageError) else 500
