"""Which event dataset a file is, by its first line, so that a user need not say it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from dragoman.exchange.formats import gdelt
from dragoman.exchange.formats.tables import lines_of
from dragoman.exchange.formats.timeline import SHEET

TELLING: Final = {"polecat": ("Quad Code", "Event Mode"), "icews": ("CAMEO Code", "Source Name")}


def format_of(path: Path) -> str | None:
    """'gdelt', 'polecat', 'icews', 'plover', 'timeline', or None where the first line tells none of them.

    Raises `InputError` where the file cannot be read.
    """
    _, first = next(lines_of(path), (0, ""))
    if first.startswith("{"):
        return "plover"
    if first.lstrip("\ufeff").startswith(",".join(SHEET[:4])):
        return "timeline"
    cells = [cell.strip() for cell in first.split("\t")]
    for name, columns in TELLING.items():
        if all(column in cells for column in columns):
            return name
    return "gdelt" if len(cells) in (len(gdelt.COLUMNS), len(gdelt.COLUMNS_1)) else None
