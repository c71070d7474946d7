"""Lets pages link to files of the repository as a forge wants it, and makes of that what the site has.

A link to a Markdown file that the site shows elsewhere (`../evaluation/README.md`, or `docs/record.md` in an included
CONTRIBUTING.md) becomes a link to that page; a link to any other file becomes its text with the file's path.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

# Files outside docs/ that a page of the site includes.
SHOWN = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "project/security.md",
    "evaluation/README.md": "project/labels.md",
    "examples/README.md": "project/dispatches.md",
    "training/README.md": "project/training.md",
}
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s#]+)(#[^)\s]*)?\)")
# What a page that only includes a file says on a forge, where it would be empty otherwise.
STAND_IN = re.compile(r"\A\[.*\) is shown here on the documentation site\.\n+")
CODE = re.compile(r"(^```.*?^```|`[^`\n]+`)", re.MULTILINE | re.DOTALL)


def settle(text: str, folder: Path, site: Path) -> str:
    """Settle the links of a Markdown text that lies in `folder`; `site` is the folder of the site's pages."""
    parts = CODE.split(text)
    parts[::2] = [LINK.sub(lambda found: _settled(found, folder, site), part) for part in parts[::2]]
    return "".join(parts)


def _settled(link: re.Match[str], folder: Path, site: Path) -> str:
    picture, text, target, anchor = link[1], link[2], link[3], link[4] or ""
    if "://" in target or target.startswith("mailto:"):
        return link[0]
    path = Path(os.path.normpath(folder / target))
    if path.is_relative_to(site):
        return f"{picture}[{text}](/{path.relative_to(site).as_posix()}{anchor})"
    inside = path.relative_to(site.parent).as_posix()
    if inside in SHOWN:
        return f"[{text}](/{SHOWN[inside]}{anchor})"
    return f"{text} (`{inside}`)"


def _page(app: Sphinx, docname: str, source: list[str]) -> None:
    text = STAND_IN.sub("", source[0])
    source[0] = settle(text, Path(app.env.doc2path(docname)).parent, Path(app.srcdir))


def _included(app: Sphinx, path: Path, _docname: str, source: list[str]) -> None:
    site = Path(app.srcdir)
    file = Path(os.path.normpath(site / path))
    text = settle(source[0], file.parent, site)
    if file.is_relative_to(site):  # a part of another page: its headings stay there
        text = text.replace("](#", f"](/{file.relative_to(site).as_posix()}#")
    source[0] = text


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("source-read", _page)
    app.connect("include-read", _included)
    return {"parallel_read_safe": True}
