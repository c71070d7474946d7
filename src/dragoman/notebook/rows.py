"""A sequence that has a table as well: what incidents, meetings and periods are to an analyst."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar, overload

from dragoman.record.frames import Frames

T = TypeVar("T")


class Rows(Frames, Sequence[T], Generic[T]):
    """Values in their order, as a sequence and by `arrow()`, `pandas()` and `polars()` as a table."""

    def __init__(self, found: Iterable[T]) -> None:
        self._found = tuple(found)

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[T]:
        return iter(self._found)

    @overload
    def __getitem__(self, place: int) -> T: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...

    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        return self._found[place]

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self)}>"
