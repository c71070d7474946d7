"""A rate of requests as users write it. Apart from `limits`, which keeps to it, because settings need no more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from dragoman.errors import UsageError

_SECONDS: Final = {"s": 1.0, "min": 60.0, "h": 3600.0}
_RATE: Final = re.compile(r"(?P<number>[1-9]\d{0,5})\s*/\s*(?P<unit>s|min|h)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """`number` requests in `seconds`: so many at once, and then as many as the time that passes gives back."""

    number: int
    seconds: float

    @property
    def words(self) -> str:
        """'300/min'."""
        return f"{self.number}/{next(unit for unit, seconds in _SECONDS.items() if seconds == self.seconds)}"


SHARED: Final = Rate(number=300, seconds=_SECONDS["min"])
"""Beyond loopback, where nothing else is said."""


def rate_of(text: str) -> Rate | None:
    """The rate that a user writes, '20/s', '300/min' or '5000/h'; None for 'none'. Raises `UsageError` for others."""
    if text.strip().lower() == "none":
        return None
    found = _RATE.fullmatch(text.strip().lower())
    if found is None:
        raise UsageError(f"'{text}' is no rate. Write a number of requests and a time: 20/s, 300/min, 5000/h; or none.")
    return Rate(number=int(found["number"]), seconds=_SECONDS[found["unit"]])
