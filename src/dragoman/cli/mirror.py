"""`dragoman mirror`: a record from object storage into a folder of this machine, where every other verb reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def mirror(
    record: Annotated[str, typer.Argument(metavar="ADDRESS", help="The record, as s3://BUCKET/PREFIX.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to bring it into; made if missing.")],
) -> None:
    """Bring a record from object storage into a folder to read it there; again later, only what is new of it."""
    from dragoman.record.health.findings import megabytes
    from dragoman.record.mirroring import mirror as mirrored

    done = mirrored(record, folder)
    what = f"{done.files:,} files fetched, {megabytes(done.bytes)}" if done.files else "nothing new"
    typer.echo(f"{folder} is at version {done.version} of {record}: {what}.")
