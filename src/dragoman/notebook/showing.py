"""Lets a notebook show single reports and incidents as HTML: these types know nothing of notebooks, so IPython is told.

Selections and ties need no such thing, since they have a method for it.
"""

from __future__ import annotations

import sys
from typing import Any

from dragoman.analysis.incidents import Incident
from dragoman.errors import UsageError
from dragoman.model import ReportedEvent
from dragoman.notebook.html import event_html, incident_html


def load() -> None:
    """Show reports and incidents as HTML in the notebook that this runs in; `UsageError` where it is no notebook."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is None:
        raise UsageError("This is no notebook. In one, call dragoman.notebook.load() or %load_ext dragoman.notebook.")
    load_ipython_extension(shell)


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext dragoman.notebook` calls with IPython's shell."""
    formatter = shell.display_formatter.formatters["text/html"]
    formatter.for_type(ReportedEvent, event_html)
    formatter.for_type(Incident, incident_html)
