"""Whether a folder's disk takes so many bytes more, found out before a table is written to.

Apart from `store` because the table's library, when it meets a full disk halfway, prints a trace of its own and gives
no reason; nothing is lost then either, but nobody knows why.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from errno import ENOSPC
from pathlib import Path
from typing import Final

BESIDE: Final = 1 << 16
"""Bytes that a commit and its folder take beside the rows."""


def ensure_room(folder: Path, size: int) -> None:
    """Raise `OSError` with the system's reason unless so many bytes can be written: disk, quota, limits, permissions.

    The room is taken for a moment by a file without a name, so that nothing is left whatever happens.
    """
    size += BESIDE
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(probe.fileno(), 0, size)
            elif shutil.disk_usage(folder).free < size:
                raise OSError(ENOSPC, os.strerror(ENOSPC))
    except OSError as error:
        raise OSError(error.strerror or str(error)) from error
