"""Options that the verbs of `dragoman actors` share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def has_record(folder: Path) -> bool:
    """Whether to look into the record of a folder: not where there is a file of actors and nothing coded yet."""
    from dragoman.knowledge.own import own_file
    from dragoman.record.store import MARK

    return own_file(folder) is None or (folder / MARK).exists()


OwnOption = Annotated[
    Path | None,
    typer.Option("--record", help="Folder of a record, for its own file of actors.", show_default=False),
]
OwnFolder = Annotated[
    Path, typer.Option("--record", help="Folder of the record whose file of actors it is.", show_default=False)
]
