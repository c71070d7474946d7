"""An event as another dataset has it: what every format is read into, and what is kept beside the record."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from dragoman.model import Party


class OtherEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One row of another dataset. Unknown is None.

    `type` and `mode` are PLOVER's, mapped where the dataset has other codes, and None for what PLOVER does not code;
    `code` is what the dataset wrote. `quad` is that of `type`, or what the dataset gives where there is no type;
    `quad_given` what the dataset gives. `intensity` is the dataset's score from -10 to +10, PLOVER's or Goldstein's.
    Days are ISO, `line` the line of the file, `original` every cell that was not empty.
    """

    id: str
    line: int
    date: str | None
    end: str | None = None
    type: str | None
    mode: str | None = None
    code: str | None = None
    quad: int | None
    quad_given: int | None = None
    intensity: float | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    place: str | None = None
    place_country: str | None = None
    lat: float | None = None
    lon: float | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    original: Mapping[str, str] = {}
