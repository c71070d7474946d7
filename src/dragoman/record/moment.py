"""From what a user gives as `as_of` to a record version or a time in UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from dragoman.errors import UsageError

_VERSION = re.compile(r"\d{1,9}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def parse_moment(as_of: int | str | datetime | None) -> int | datetime | None:
    """A version from an integer or its digits, a time from an ISO time; a day stands for its end.

    Times without a zone are UTC. Raises `UsageError` for anything else.
    """
    if as_of is None or isinstance(as_of, int):
        if as_of is not None and as_of < 0:
            raise _refusal(as_of)
        return as_of
    if isinstance(as_of, datetime):
        return as_of.replace(tzinfo=UTC) if as_of.tzinfo is None else as_of.astimezone(UTC)
    text = as_of.strip()
    if _VERSION.fullmatch(text):
        return int(text)
    try:
        if _DATE.fullmatch(text):
            return datetime.combine(date.fromisoformat(text), time.max, UTC)
        return parse_moment(datetime.fromisoformat(text))
    except (ValueError, OverflowError) as error:
        raise _refusal(as_of) from error


def _refusal(as_of: int | str) -> UsageError:
    return UsageError(
        f"'as of' is '{as_of}', and neither a record version like 12 nor a time like 2024-08-02 or 2024-08-02T15:30."
    )
