"""Briefs: what a record says on two parties or one, for the terminal, as Markdown, as one HTML file and as PDF."""

from dragoman.briefing.brief import Brief
from dragoman.briefing.compose import brief_of, make_brief
from dragoman.briefing.markdown import to_markdown, write_markdown
from dragoman.briefing.page import to_html, write_html
from dragoman.briefing.pdf import to_pdf, write_pdf
from dragoman.briefing.terminal import print_brief

__all__ = [
    "Brief",
    "brief_of",
    "make_brief",
    "print_brief",
    "to_html",
    "to_markdown",
    "to_pdf",
    "write_html",
    "write_markdown",
    "write_pdf",
]
