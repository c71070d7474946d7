"""Lists the files of `src/dragoman/knowledge/` with what each says of itself in the comment at its head.

The directive `{knowledge-files}` gives a section for every YAML file; it is written anew each time the site is built.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective


class KnowledgeFiles(SphinxDirective):
    """`{knowledge-files}`: a section a file, in order of their names."""

    def run(self) -> list[nodes.Node]:
        """Write the sections as Markdown and read that as part of the page."""
        import dragoman.knowledge

        self.env.note_reread()
        folder = Path(dragoman.knowledge.__path__[0])
        lines = [line for path in sorted(folder.glob("*.yaml")) for line in _section(path)]
        holder = nodes.Element()
        source = StringList(lines, source="src/dragoman/knowledge")
        self.state.nested_parse(source, self.content_offset, holder, match_titles=True)
        return list(holder.children)


def _section(path: Path) -> Iterator[str]:
    """The file's name and the comment at its head; one whose lines are set in columns is shown as it stands."""
    head = [line[1:] for line in takewhile(lambda line: line.startswith("#"), path.read_text("utf-8").splitlines())]
    yield from ("", f"### {path.name}", "")
    if any(line.startswith("  ") for line in head):
        yield from ("```text", *(line.removeprefix(" ") for line in head), "```")
    else:
        yield from ("> " + line.strip().replace("<", "\\<").replace("*", "\\*").replace("[", "\\[") for line in head)
    yield ""


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_directive("knowledge-files", KnowledgeFiles)
    return {"parallel_read_safe": True}
