"""Options that the verbs of `dragoman actors` share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

OwnOption = Annotated[
    Path | None,
    typer.Option("--record", help="Folder of a record, for its own file of actors.", show_default=False),
]
OwnFolder = Annotated[
    Path, typer.Option("--record", help="Folder of the record whose file of actors it is.", show_default=False)
]
