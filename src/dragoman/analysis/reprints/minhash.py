"""Which texts may be copies of each other, out of any number of them: MinHash signatures, cut into bands.

The method is Broder's (1997) with the banding of Indyk and Motwani (1998): two texts agree in a place of their
signatures with the chance that is the share of phrases they have in common, so that texts with much in common agree in
a whole band sooner or later. Time and room grow with the number of texts, not of pairs.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dragoman.analysis.reprints.words import Phrases

BANDS: Final = 32
ROWS: Final = 3
"""Texts that share 40 % of their phrases meet with a chance of 88 %, those that share 50 % of 99 %."""
WINDOW: Final = 3
"""How many of the texts before it in a band a text is compared with; near copies meet in many bands."""
NOTHING: Final = np.uint32(0xFFFFFFFF)

Signatures = NDArray[np.uint32]


def signatures(texts: Iterable[Phrases]) -> Signatures:
    """One row a text: for each of `BANDS * ROWS` ways to number phrases the smallest number of any phrase."""
    generator = np.random.Generator(np.random.PCG64(20240619))
    factors = generator.integers(1, 2**63, BANDS * ROWS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    terms = generator.integers(0, 2**63, BANDS * ROWS, dtype=np.uint64)
    rows = [_signature(phrases, factors, terms) for phrases in texts]
    return np.stack(rows) if rows else np.empty((0, BANDS * ROWS), np.uint32)


def candidates(found: Signatures) -> list[tuple[int, int]]:
    """Pairs of rows that agree in a band, each once, sorted; every row is paired with a few of its like at most."""
    pairs: list[NDArray[np.int64]] = []
    for band in range(BANDS):
        rows = found[:, band * ROWS : (band + 1) * ROWS].astype(np.uint64)
        keys = rows[:, 0]
        for column in range(1, ROWS):
            keys = keys * np.uint64(0x9E3779B97F4A7C15) + rows[:, column]
        order = np.argsort(keys, kind="stable")
        ranked = keys[order]
        for step in range(1, WINDOW + 1):
            alike = np.flatnonzero(ranked[step:] == ranked[:-step])
            pairs.append(np.stack([order[alike], order[alike + step]], axis=1))
    if not pairs:
        return []
    together = np.unique(np.concatenate(pairs), axis=0)
    return [(int(one), int(other)) for one, other in together if one != other]


def _signature(phrases: Phrases, factors: NDArray[np.uint64], terms: NDArray[np.uint64]) -> Signatures:
    if not len(phrases):
        return np.full(len(factors), NOTHING, np.uint32)
    numbered = phrases[:, None] * factors[None, :] + terms[None, :]
    smallest: Signatures = (numbered >> np.uint64(32)).astype(np.uint32).min(axis=0)
    return smallest
