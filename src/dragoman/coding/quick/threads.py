"""numpy's linear algebra on one thread: a second one gains nothing on matrices this small and takes a core's time.

Dragoman uses more processes, not more threads. What others do with numpy in the same process keeps its threads.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

# OpenBLAS as numpy's wheels bring it; a numpy built on another library is left as it is.
LIBRARIES = "numpy.libs/*openblas*"
NAMES = ("scipy_openblas_{}64_", "scipy_openblas_{}", "openblas_{}64_", "openblas_{}")


class _Threads(NamedTuple):
    number: Callable[[], int]
    use: Callable[[int], None]


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """Within it, numpy multiplies on one thread."""
    threads = _threads()
    before = threads.number() if threads is not None else 1
    if threads is None or before == 1:
        yield
        return
    threads.use(1)
    try:
        yield
    finally:
        threads.use(before)


@functools.cache
def _threads() -> _Threads | None:
    """The switch for numpy's threads, found once a process; None where there is none."""
    for path in sorted(Path(np.__file__).parent.parent.glob(LIBRARIES)):
        library = ctypes.CDLL(str(path))
        for name in NAMES:
            get, put = name.format("get_num_threads"), name.format("set_num_threads")
            if hasattr(library, put):
                return _Threads(getattr(library, get), getattr(library, put))
    return None
