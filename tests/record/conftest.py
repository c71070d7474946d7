from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.record import Record


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """An empty record."""
    return Record.create(tmp_path / "record")
