"""Options that several verbs share, declared once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

RecordOption = Annotated[Path, typer.Option("--record", help="Folder of the record.", show_default=False)]
BetweenOption = Annotated[
    tuple[str, str] | None,
    typer.Option(
        "--between", metavar="A B", help="Only events between these two: states by code or any name, persons, bodies."
    ),
]
SinceOption = Annotated[str | None, typer.Option("--since", metavar="DATE", help="Only from this day on (YYYY-MM-DD).")]
UntilOption = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Only up to this day (YYYY-MM-DD).")]
TypeOption = Annotated[
    list[str] | None, typer.Option("--type", metavar="TYPE", help="Only this event type; may be given again.")
]
StatusOption = Annotated[
    list[str] | None, typer.Option("--status", metavar="STATUS", help="Only this status; may be given again.")
]
SourceOption = Annotated[
    str | None, typer.Option("--source", metavar="NAME", help="Only what this speaker or outlet says.")
]
MinConfidenceOption = Annotated[
    float | None, typer.Option("--min-confidence", metavar="X", help="Only events of this confidence or more (0 to 1).")
]
FastOption = Annotated[bool, typer.Option("--fast", help="Go by the lexicon alone: quicker, but less of it is right.")]
UnreviewedOption = Annotated[
    bool, typer.Option("--unreviewed", help="As the coder found it, without what persons decided about events.")
]
StudyOption = Annotated[
    str | None,
    typer.Option("--study", metavar="NAME", help="What a study of your own found, by its types (docs/studies.md)."),
]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="WHEN", help="Read the record as it was then: a version or a day.")
]
