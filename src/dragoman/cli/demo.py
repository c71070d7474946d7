"""`dragoman demo`: the sample dispatches coded into a record, with a brief; what `make demo` does, from any folder."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Final

import typer

from dragoman.cli.serve import NEEDED

FOLDER: Final = Path("dragoman-demo")
PAGE: Final = "brief.html"
TIE: Final = ("PRK", "RUS")
# A wheel brings the dispatches in the package; a checkout has them where a reader looks for examples.
PLACES: Final = (
    Path(__file__).parents[1] / "samples" / "dispatches",
    Path(__file__).parents[3] / "examples" / "dispatches",
)


def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder of the record; new, empty or of an earlier demo.")
    ] = FOLDER,
) -> None:
    """Code the sample dispatches into a record, print a brief and write it as a page."""
    from dragoman.briefing import make_brief, print_brief, write_html
    from dragoman.cli.code import code
    from dragoman.record import Record

    dispatches = samples()
    if not _coded(folder, dispatches):
        code([str(dispatches)], record=str(folder))
        typer.echo()
    made = make_brief(Record(folder), TIE)
    write_html(made, folder / PAGE)
    print_brief(made)
    typer.echo(_closing(folder))


def samples() -> Path:
    """The folder of the sample dispatches; raises `UsageError` where this installation has none."""
    from dragoman.errors import UsageError

    found = next((place for place in PLACES if place.is_dir()), None)
    if found is None:
        raise UsageError("This installation has no sample dispatches. Install Dragoman again.")
    return found


def _coded(folder: Path, dispatches: Path) -> bool:
    """Whether a folder holds the demo as this installation codes it; made a record where it is new or empty.

    Raises `UsageError` where it holds anything else, before seconds are spent on loading the coder.
    """
    from dragoman.errors import UsageError
    from dragoman.reading import read
    from dragoman.record import Record
    from dragoman.version import versions

    rows = Record(folder, create=True).sql("SELECT article_id, coder_model, coder_version FROM articles").to_pylist()
    if not rows:
        return False
    ours = {article.id for article in read(dispatches)}
    if not ours.issuperset(row["article_id"] for row in rows):
        raise UsageError(f"{folder} is a record of other articles. Give the demo a folder that is new or empty.")
    now = versions(folder)
    done = {(row["article_id"], row["coder_model"], row["coder_version"]) for row in rows}
    return done == {(article, now.coder, now.dragoman) for article in ours}


def _closing(folder: Path) -> str:
    name = f'"{folder}"' if " " in str(folder) else str(folder)
    lines = [
        "",
        f"The brief with its chart is in {folder / PAGE}; open it in a browser.",
        f"The record is in {folder}. To search, check and correct it in a browser:",
        f"  dragoman serve --record {name} --open",
    ]
    if any(find_spec(each) is None for each in NEEDED):
        lines.append("That needs the extra 'serve': install Dragoman as 'dragoman[serve]'.")
    return "\n".join(lines)
