"""A brief as one HTML file that needs nothing else: no script, no request, the chart and the style inside.

Article text is hostile. Jinja2 escapes whatever it prints; the only values let through unescaped are our own style
sheet and the chart, which escapes its words itself.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dragoman.briefing.brief import Brief
from dragoman.briefing.chart import QUADS, chart_svg
from dragoman.briefing.files import write_text
from dragoman.briefing.phrases import (
    APPENDIX,
    HEADINGS,
    UNKNOWN_KIND,
    empty_words,
    key_words,
    sections,
    series_note,
    turn_words,
    window_words,
)
from dragoman.version import __version__

_environment: Final = Environment(
    loader=PackageLoader("dragoman.briefing"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def to_html(brief: Brief) -> str:
    """The brief as a whole HTML page."""
    css = _css()
    return (
        _environment.get_template("brief.html.j2")
        .render(
            brief=brief,
            entries=brief.entries,
            headings=HEADINGS,
            appendix=APPENDIX,
            unknown_kind=UNKNOWN_KIND,
            sections=sections(brief),
            window=window_words(brief.window),
            empty=empty_words(brief),
            key_words=key_words(brief),
            chart=Markup(chart_svg(brief.series, brief.turns, brief.title)) if brief.series else "",
            series_note=series_note(brief.series) if brief.series else "",
            turn_words=turn_words,
            quads=QUADS,
            css=Markup(css),
            # The policy admits this very style sheet and nothing else.
            css_hash=base64.b64encode(hashlib.sha256(css.encode()).digest()).decode(),
            version=__version__,
        )
        .lstrip()
        + "\n"
    )


def write_html(brief: Brief, path: Path) -> None:
    """Write the page; raises `UsageError` when the file cannot be written."""
    write_text(path, to_html(brief))


def _css() -> str:
    assert _environment.loader is not None
    source, _, _ = _environment.loader.get_source(_environment, "brief.css")
    return source
