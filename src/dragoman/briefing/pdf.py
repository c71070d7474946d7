"""A brief as PDF, set by Typst: the brief as JSON and a fixed template in, pages out.

Article text is hostile. It reaches Typst as strings of the JSON alone, which Typst shows as they are; no word of it is
ever read as markup. Only the fonts that Typst carries are used and no date is written, so that the same brief is the
same bytes everywhere.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from dragoman.briefing.brief import Brief
from dragoman.briefing.chart import chart_svg
from dragoman.briefing.files import write_bytes
from dragoman.briefing.phrases import (
    HEADINGS,
    UNKNOWN_KIND,
    chart_words,
    empty_words,
    key_words,
    sections,
    series_note,
    turn_words,
    window_words,
)
from dragoman.errors import UsageError
from dragoman.version import __version__

PAPERS: Final = {"a4": "a4", "letter": "us-letter"}
FONT: Final = "Libertinus Serif"
WHITE: Final = "#ffffff"
TEMPLATE: Final = "brief.typ"


def to_pdf(brief: Brief, *, paper: str = "a4") -> bytes:
    """The brief as PDF on 'a4' or 'letter'. Raises `UsageError` for other papers, and where Typst is not installed."""
    if paper not in PAPERS:
        raise UsageError(f"'paper' is '{paper}'. It can be: {', '.join(PAPERS)}.")
    try:
        import typst
    except ImportError as error:
        raise UsageError(
            "A PDF needs the package 'typst', which is not installed. Install it with: pip install 'dragoman[pdf]'"
        ) from error
    template, inputs = sources(brief, paper)
    return typst.compile(template, format="pdf", sys_inputs=inputs, ignore_system_fonts=True, pdf_standards="ua-1")


def sources(brief: Brief, paper: str) -> tuple[bytes, dict[str, str]]:
    """What Typst takes: the template, and its inputs with the brief as JSON."""
    data = json.dumps(_data(brief), ensure_ascii=False).encode("utf-8", "replace").decode()
    template = files("dragoman.briefing").joinpath("templates", TEMPLATE).read_bytes()
    return template, {"data": data, "paper": PAPERS[paper]}


def write_pdf(brief: Brief, path: Path, *, paper: str = "a4") -> None:
    """Write the PDF; raises `UsageError` as `to_pdf` does, and when the file cannot be written."""
    write_bytes(path, to_pdf(brief, paper=paper))


def _data(brief: Brief) -> dict[str, Any]:
    """All that the template prints, as JSON can hold it."""
    entries = brief.entries
    return {
        "title": brief.title,
        "window": window_words(brief.window),
        "version": __version__,
        "headings": dict(HEADINGS),
        "sections": sections(brief),
        "empty": empty_words(brief),
        "unknown_kind": UNKNOWN_KIND,
        "gist": [_pieces(told) for told in brief.gist],
        "chart": _chart(brief),
        "turns": [
            {
                "words": turn_words(turn),
                "made_by": [{"line": entries[e.id].line, "id": e.id} for e in turn.made_by],
            }
            for turn in brief.turns
        ],
        "key": [_entry(asdict(entry), entry.line, entry.rests) for entry in brief.key],
        "key_words": key_words(brief),
        "others": [_entry(asdict(entry), entry.line, entry.rests) for entry in brief.others],
        "contacts": [
            {
                "heading": group.heading,
                "rows": [{**asdict(row), "sources": str(row.entry.words)} for row in group.rows],
                "rest": _pieces(group.rest),
            }
            for group in brief.contacts
        ],
        "counterparts": [asdict(row) for row in brief.counterparts],
        "pledges": [asdict(row) for row in brief.pledges],
        "pledges_more": _pieces(brief.pledges_more),
        "disputes": [asdict(row) for row in brief.disputes],
        "unusual": [_pieces(told) for told in brief.unusual],
        "sources": [asdict(row) for row in brief.sources],
        "quoted": [asdict(row) for row in brief.quoted],
        "method": list(brief.method),
        "figures": [asdict(figure) for figure in brief.figures],
        "cards": [
            {**asdict(card), "entry": _entry(asdict(card.entry), card.entry.line, card.entry.rests)}
            for card in brief.cards
        ],
    }


def _chart(brief: Brief) -> dict[str, str] | None:
    if brief.series is None:
        return None
    return {
        "svg": chart_svg(brief.series, brief.turns, brief.title, background=WHITE, font=FONT),
        "alt": chart_words(brief.title, brief.series, brief.turns),
        "note": series_note(brief.series),
    }


def _entry(row: dict[str, Any], line: str, rests: str) -> dict[str, Any]:
    return {**row, "line": line, "rests": rests}


def _pieces(told: tuple[Any, ...]) -> list[dict[str, str | None]]:
    return [{"text": piece.text, "to": piece.to} for piece in told]
