"""Lists of at most so many items of a stream (`itertools.batched` of later Pythons)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Cut a stream into lists of `size` items, the last one shorter; reads no further than the list it gives."""
    stream = iter(items)
    while batch := list(itertools.islice(stream, size)):
        yield batch
