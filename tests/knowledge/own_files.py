"""Own files of actors for tests, written from their text."""

from __future__ import annotations

import textwrap
from pathlib import Path

from dragoman.knowledge.known import Known, load_known, overlaid
from dragoman.knowledge.own import OWN_FILE, read_own


def write_own(folder: Path, text: str) -> Path:
    """The text, without its indent, as the file of actors of a folder."""
    path = folder / OWN_FILE
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


def known_from(folder: Path, text: str) -> Known:
    """What is known with that file laid over ours."""
    return overlaid(load_known(), read_own(write_own(folder, text)))
