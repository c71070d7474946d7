"""Writes the reference of the command line out of the commands themselves, each time the site is built.

The directive `{command-line}` gives a section for every verb, with its usage, its arguments and its options.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer.main
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

PROGRAM = "dragoman"


class CommandLine(SphinxDirective):
    """`{command-line}`: all verbs of the program, in the order of its help."""

    def run(self) -> list[nodes.Node]:
        """Write the sections as Markdown and read that as part of the page."""
        from dragoman.cli import app

        holder = nodes.Element()
        self.env.note_reread()  # the commands may have changed where this page has not
        lines = list(_verbs(typer.main.get_command(app), PROGRAM))
        source = StringList(lines, source="dragoman --help")
        self.state.nested_parse(source, self.content_offset, holder, match_titles=True)
        return list(holder.children)


def _verbs(command: Any, name: str) -> Iterator[str]:
    for word, verb in command.commands.items():
        if verb.hidden:
            continue
        yield from _verb(verb, f"{name} {word}")
        if hasattr(verb, "commands"):
            yield from _verbs(verb, f"{name} {word}")


def _verb(verb: Any, name: str) -> Iterator[str]:
    context = verb.make_context(name, [], resilient_parsing=True)
    yield from ("", f"## {name}", "", _text(verb.help or ""), "", "```text")
    yield from (verb.get_usage(context).removeprefix("Usage: "), "```", "")
    shown = [one for one in verb.params if not one.hidden]
    if shown:
        yield from ("| option | takes | does |", "| --- | --- | --- |")
        yield from (_row(one, context) for one in shown)
    yield ""


def _row(one: Any, context: Any) -> str:
    """What is typed, what it takes, what it does."""
    if one.param_type_name == "argument":
        typed, takes = f"`{one.metavar or one.name}`", ""
    else:
        typed = ", ".join(f"`{name}`" for name in [*one.opts, *one.secondary_opts])
        takes = "" if one.is_flag or one.count else f"`{one.metavar or _takes(one, context)}`"
    notes = [_text(one.help or "").rstrip(".") + "."] if one.help else []
    if one.required:
        notes.append("*Required.*")
    elif one.default not in (None, False, (), []) and not callable(one.default):
        notes.append(f"Default: `{one.default}`.")
    cells = (typed, takes, " ".join(notes))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _takes(one: Any, context: Any) -> str:
    kind: str = one.display_type(context).strip("<>")
    return {"path": "PATH", "str": "TEXT", "list[str]": "TEXT", "int range": "NUMBER", "int": "NUMBER"}.get(kind, kind)


def _text(words: str) -> str:
    """A help text, whose asterisks and pointed brackets are meant as they stand."""
    text = " ".join(words.split())
    for sign in "\\*_<[":
        text = text.replace(sign, "\\" + sign)
    return text


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_directive("command-line", CommandLine)
    return {"parallel_read_safe": True}
