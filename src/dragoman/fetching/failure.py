"""Why something could not be fetched, and whether to ask again. Kept apart because every file here raises it."""

from __future__ import annotations

from dragoman.errors import InputError


class FetchError(InputError):
    """An address that was refused or could not be had.

    `temporary` says whether another try may succeed, `after` in how many seconds at the earliest, where that is known.
    `unwanted` says that the site does not want it fetched.
    """

    def __init__(
        self, what: str, *, source: str, temporary: bool = False, after: float | None = None, unwanted: bool = False
    ) -> None:
        super().__init__(what, source=source)
        self.temporary = temporary
        self.after = after
        self.unwanted = unwanted


class OutOfReachError(FetchError):
    """A host that is not to be asked for anything, since it is in a private network."""
