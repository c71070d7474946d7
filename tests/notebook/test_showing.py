from __future__ import annotations

import pytest

import dragoman.notebook
from dragoman.errors import UsageError
from dragoman.record import Record
from tests.briefing.builders import report


def test_showing_is_refused_outside_a_notebook() -> None:
    with pytest.raises(UsageError, match="no notebook"):
        dragoman.notebook.load()


def test_showing_lets_ipython_show_reports_and_incidents(record: Record) -> None:
    interactive = pytest.importorskip("IPython.core.interactiveshell")
    shell = interactive.InteractiveShell()
    shell.run_line_magic("load_ext", "dragoman.notebook")
    html = shell.display_formatter.formatters["text/html"]
    assert "grey morning" in html(report("e1", "PRK", "RUS"))
    (incident,) = record.incidents(party="JPN")
    assert "Shots were fired" in html(incident)
    assert "5 events" in html(record.events())
