"""`dragoman study`: a project's own event types, trained from its labels, and laid over a record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import RecordOption

if TYPE_CHECKING:
    from dragoman.studies.codebook import Codebook
    from dragoman.studies.labels import Labels
    from dragoman.studies.study import Study
    from dragoman.studies.validation import Figures, Share, Validation

app = typer.Typer(
    help="Study event types of your own: train them from labels, apply them to a record.", add_completion=False
)
FolderArgument = Annotated[Path, typer.Argument(metavar="STUDY", help="Folder of the trained study.")]
TypesArgument = Annotated[Path, typer.Argument(metavar="STUDY.yaml", help="The study's types.")]
LabelsOption = Annotated[Path, typer.Option("--labels", metavar="FILE", help="Labels: JSON Lines, CSV, or reviews.")]
WholeOption = Annotated[
    bool, typer.Option("--whole", help="Of labelled articles: what is not labelled is none of the types.")
]
LeastOption = Annotated[
    float, typer.Option("--least", metavar="X", min=0.0, max=1.0, help="Least chance at which an event is told.")
]


@app.command()
def train(
    types: TypesArgument,
    labels: LabelsOption,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the trained study.")],
    whole: WholeOption = False,
) -> None:
    """Learn the types of a study from labels, and tell how well by cross-validation."""
    from dragoman.coding.language import load_pipeline
    from dragoman.studies.codebook import read_codebook
    from dragoman.studies.encoder import load_encoder
    from dragoman.studies.head import needed
    from dragoman.studies.study import check_folder, save_study
    from dragoman.studies.training import train_study

    codebook = read_codebook(types)
    needed("sklearn")
    check_folder(out)
    study = train_study(codebook, _read(labels, codebook, whole).rows, load_encoder(), load_pipeline())
    save_study(study, types, out)
    _print_study(study)
    typer.echo(f"Written to {out}.", err=True)


@app.command("test")
def measure(
    study: FolderArgument,
    labels: LabelsOption,
    whole: WholeOption = False,
    json: Annotated[bool, typer.Option("--json", help="The figures as JSON.")] = False,
) -> None:
    """Tell how well a trained study does on labels of other texts than those it was trained on."""
    from msgspec.json import encode

    from dragoman.coding.language import load_pipeline
    from dragoman.studies.encoder import load_encoder
    from dragoman.studies.held_out import held_out_figures
    from dragoman.studies.study import load_study

    loaded = load_study(study)
    read = _read(labels, loaded.codebook, whole)
    found = held_out_figures(loaded, read.rows, load_encoder(), load_pipeline())
    if len(read.rows) > found.labels:
        number, thin = len(read.rows) - found.labels, ", ".join(loaded.thin)
        typer.echo(f"Left out of {labels}: {number} labels of types that were not learned ({thin}).", err=True)
    if json:
        typer.echo(encode(found).decode())
        return
    typer.echo(f"Study '{loaded.name}', tested on {found.labels} labels that were held out.")
    _print(found)


@app.command()
def apply(study: FolderArgument, record: RecordOption, least: LeastOption = 0.5) -> None:
    """Code a record with a trained study, beside its own events; run again, what is new is coded."""
    from dragoman.coding.language import load_pipeline
    from dragoman.studies.applying import Applied, apply_study
    from dragoman.studies.coding import StudyCoder
    from dragoman.studies.encoder import load_encoder
    from dragoman.studies.study import load_study

    coder = StudyCoder(load_study(study), load_encoder(), load_pipeline(), least=least)
    done = Applied(0, 0, 0, 0)
    for done in apply_study(coder, record):
        if done.articles:
            typer.echo(f"{done.articles} of {done.of} articles", err=True)
    typer.echo(
        f"{done.articles} articles coded with '{coder.study.name}': {done.events} events, "
        f"{done.new} of them where PLOVER has none."
    )


@app.command()
def draw(
    types: TypesArgument,
    record: RecordOption,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="What to write: .jsonl, or .csv for a sheet.")],
    number: Annotated[int, typer.Option("--number", metavar="N", min=1, help="How many rows.")] = 200,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Another seed draws other rows.")] = 1,
) -> None:
    """Draw rows to label out of a record: half at the study's cues, half anywhere; 'type' is for you to fill in."""
    from dragoman.coding.language import load_pipeline
    from dragoman.studies.codebook import read_codebook
    from dragoman.studies.drawing import draw_rows, write_rows

    codebook = read_codebook(types)
    written = write_rows(draw_rows(record, codebook, load_pipeline(), number, seed), out)
    typer.echo(f"{written} rows written to {out}. Types: {', '.join(codebook.labels)}.")


@app.command("list")
def list_(record: RecordOption) -> None:
    """List the studies that were applied to a record."""
    from dragoman.record import Record
    from dragoman.studies.layer import Layer, layer_names
    from dragoman.studies.selection import study_events

    Record(record)
    names = layer_names(record)
    if not names:
        typer.echo("No study was applied to this record. 'dragoman study apply' does that.")
    for name in names:
        told = Layer(record, name).told
        number = study_events(record, name).arrow().num_rows
        typer.echo(f"{name}  {number} events  {', '.join(told.types)}")


@app.command()
def show(
    study: FolderArgument, json: Annotated[bool, typer.Option("--json", help="The study's card as JSON.")] = False
) -> None:
    """Show the types of a trained study, what it was trained on, and how well it does."""
    from dragoman.studies.study import CARD_FILE, load_study

    loaded = load_study(study)
    if json:
        typer.echo((study / CARD_FILE).read_text("utf-8"), nl=False)
        return
    if loaded.codebook.about:
        typer.echo(f"{loaded.name}: {loaded.codebook.about}")
    for kind, entry in loaded.codebook.types.items():
        typer.echo(f"  {kind} (quad {entry.quad}): {entry.definition}")
    _print_study(loaded)


def _read(labels: Path, codebook: Codebook, whole: bool) -> Labels:
    """The labels of a file; what of it is left out is told."""
    from dragoman.studies.labels import read_labels

    read = read_labels(labels, codebook, whole=whole)
    if read.open:
        typer.echo(f"{read.open} rows of {labels} have no type yet and are left out.", err=True)
    for reason, number in sorted((read.left_out or {}).items()):
        typer.echo(f"Left out of {labels}: {number} {reason}.", err=True)
    return read


def _print_study(study: Study) -> None:
    """What a study was trained on, its cross-validated figures, and what is too thin."""
    found = study.validation
    typer.echo(f"Study '{study.name}', {found.labels} labels, cross-validated in {found.folds} folds.")
    _print(found)
    for kind in study.thin:
        typer.echo(f"{kind} has {study.counts[kind]} labels, too few to be learned: it is left out.")


def _print(found: Validation) -> None:
    """The figures as a person reads them: by type beside the cues alone, and confusions."""
    from rich.console import Console
    from rich.table import Table

    from dragoman.studies.codebook import NONE

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("type", no_wrap=True)
    for name in ("labels", "precision", "recall", "F1", "F1 of cues alone"):
        table.add_column(name, justify="right")
    for ours, theirs in zip(found.head.types, found.cues.types, strict=True):
        precision, recall = ours.precision.share, ours.recall.share
        f1 = (_interval(ours.f1), _percent(theirs.f1.value)) if ours.labels else (_percent(None), _percent(None))
        figures = (_percent(precision), _percent(recall), *f1)
        table.add_row(ours.type, str(ours.labels), *figures)
    Console().print(table)
    typer.echo(_mean(found.head, found.cues, found.gain))
    if found.turned is not None and found.turned.share is not None:
        typer.echo(f"With its sides turned round an event is called {NONE} in {_percent(found.turned.share)} of cases.")
    for told, given, number in _confused(found.confusion)[:5]:
        typer.echo(f"  {number} × {told} taken for {given}")


def _mean(ours: Figures, cues: Figures, gain: Share) -> str:
    return (
        f"Mean F1 of the types {_interval(ours.macro_f1)}; the cues alone reach {_interval(cues.macro_f1)}, "
        f"{_points(gain)} less."
        if gain.value >= 0
        else f"Mean F1 of the types {_interval(ours.macro_f1)}; the cues alone reach {_interval(cues.macro_f1)}: "
        "better than what was learned. Give more labels."
    )


def _confused(confusion: dict[str, dict[str, int]]) -> list[tuple[str, str, int]]:
    """What is most often taken for what."""
    pairs = [(t, g, n) for t, row in confusion.items() for g, n in row.items() if t != g and n > 0]
    return sorted(pairs, key=lambda each: (-each[2], each[0], each[1]))


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _points(share: Share) -> str:
    return f"{100 * share.value:.0f} points ({100 * share.low:.0f} to {100 * share.high:.0f})"


def _interval(share: Share) -> str:
    return f"{share.value:.0%} ({share.low:.0%}–{share.high:.0%})"
