"""The example notebooks run from their own folder; the first one codes the record that the others read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from tests.snippets import ROOT

FOLDER = ROOT / "examples" / "notebooks"
NAMES = ("build_a_dataset", "compare_sources", "validate_by_hand")
MACHINE = re.compile(r"/(?:home|Users|root|work|tmp|opt)/|[A-Z]:\\\\|https?://(?:localhost|127\.)")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the notebooks keep their record; IPython's own files go beside it."""
    made = tmp_path_factory.mktemp("notebooks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DRAGOMAN_RECORD", str(made / "record"))
        patch.setenv("IPYTHONDIR", str(made / "ipython"))
        patch.setenv("JUPYTER_CONFIG_DIR", str(made / "jupyter"))
        patch.setenv("JUPYTER_DATA_DIR", str(made / "data"))
        yield made


def executed(name: str) -> Any:
    """The notebook with its outputs; raises when a cell fails."""
    book = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    NotebookClient(book, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}).execute()
    return book


def shown(book: Any, kind: str) -> str:
    """All outputs of a kind, one after another."""
    outputs = [output for cell in book.cells for output in cell.get("outputs", ())]
    return "\n".join(str(o.get("data", {}).get(kind, "")) + str(o.get("text", "")) for o in outputs)


def test_notebooks_run_and_show_what_they_speak_of(folder: Path) -> None:
    built, compared, validated = (executed(name) for name in NAMES)
    assert "events, the first 10 shown" in shown(built, "text/html")
    assert "vega-lite/v6" in shown(built, "text/html")
    assert "state media" in shown(compared, "text/html")
    labelled = re.search(r"(\d+) and \d+ events labelled; (\d+) of them", shown(validated, "text/plain"))
    assert labelled is not None
    # The labels were given for one version of the coder: where half are gone, label a new sample.
    assert int(labelled[2]) >= int(labelled[1]) / 2
    assert "ALL" in shown(validated, "text/html")


@pytest.mark.parametrize("name", NAMES)
def test_notebooks_are_kept_without_outputs_and_without_paths_of_a_machine(name: str) -> None:
    path = FOLDER / f"{name}.ipynb"
    book = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(book)
    assert (book.nbformat, book.nbformat_minor) == (4, 5)
    assert all(not cell.outputs and cell.execution_count is None for cell in book.cells if cell.cell_type == "code")
    assert MACHINE.search(path.read_text("utf-8")) is None
    assert set(book.metadata) == {"kernelspec", "language_info"}


def test_notebooks_of_the_folder_are_those_that_run() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.ipynb")) == sorted(NAMES)
