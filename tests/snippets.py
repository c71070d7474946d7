"""Runs the console and Python blocks of README and docs, and compares what they print with what the page shows.

In a ```console block, lines that begin with '$ ' are commands and the lines below are their output; a line '...' stands
for any lines. ```python blocks are run as they are. `python -m tests.snippets PAGE...` writes the real output
into pages, keeping as many lines as the page shows before its '...'. Coding the sample dispatches into a new record,
which most pages begin with, is done once; later pages get a copy of that record.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# Figures that differ from run to run and machine to machine.
VARYING = re.compile(r"\d+(\.\d+)? s \(\d+(\.\d+)? articles/s\)")
CODING = re.compile(r"dragoman code examples/dispatches --record (\w[\w-]*)(?: --fast)?")


@dataclass
class Command:
    """One command of a console block with the output that the page shows for it."""

    line: str
    shown: list[str]


def blocks(page: Path) -> Iterator[tuple[str, str]]:
    """Kind and text of each block that is run."""
    for match in BLOCK.finditer(page.read_text("utf-8")):
        yield match[1], match[2]


def commands(block: str) -> list[Command]:
    """The commands of a console block."""
    found: list[Command] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append(Command(line[2:], []))
        elif found:
            found[-1].shown.append(line)
    return found


def run(line: str, folder: Path) -> list[str]:
    """The lines that a command prints, run in a folder that has the examples; 'make' is looked up, not run."""
    words = shlex.split(line)
    if words[0] == "make":
        assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE), f"no target: {line}"
        return []
    assert words[0] == "dragoman", f"only make and dragoman are run from pages: {line}"
    coding = CODING.fullmatch(line)
    if coding and not (folder / coding[1]).exists():
        kept = _coded(line, coding[1])
        shutil.copytree(kept / coding[1], folder / coding[1])
        return (kept / "printed").read_text("utf-8").split("\n")
    return _printed(line, words, folder)


@functools.cache
def _coded(line: str, record: str) -> Path:
    """A folder with the record that a command makes of the sample dispatches, and in `printed` what it prints."""
    folder = Path(tempfile.mkdtemp(prefix="dragoman-snippets-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    prepare(folder)
    (folder / "printed").write_text("\n".join(_printed(line, shlex.split(line), folder)), "utf-8")
    return folder


def _printed(line: str, words: list[str], folder: Path) -> list[str]:
    environment = {**os.environ, "COLUMNS": "80", "TERM": "dumb", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=folder, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    return [text.rstrip() for text in done.stdout.splitlines()]


def matches(shown: list[str], printed: list[str]) -> bool:
    """Whether the page shows what was printed; '...' stands for any lines, no lines shown for any output."""
    if not shown:
        return True
    pattern = "".join(r"(?:.*\n)*" if line.strip() == "..." else re.escape(_steady(line)) + r"\n" for line in shown)
    return re.fullmatch(pattern, "".join(_steady(line) + "\n" for line in printed)) is not None


def _steady(line: str) -> str:
    return VARYING.sub("N s (N articles/s)", line.rstrip())


def update(page: Path, folder: Path) -> None:
    """Write real outputs into a page, up to the line before each '...'; its Python blocks are run on the way."""
    names: dict[str, object] = {}

    def fresh(match: re.Match[str]) -> str:
        if match[1] == "python":
            with contextlib.chdir(folder):
                exec(compile(match[2], str(page), "exec"), names)
            return match[0]
        text = "```console\n"
        for command in commands(match[2]):
            printed = run(command.line, folder)
            text += f"$ {command.line}\n"
            if "..." in command.shown:
                text += "".join(line + "\n" for line in [*printed[: command.shown.index("...")], "..."])
            elif command.shown:
                text += "".join(line + "\n" for line in printed)
        return text + "```"

    page.write_text(BLOCK.sub(fresh, page.read_text("utf-8")), "utf-8")


def prepare(folder: Path) -> None:
    """Give a folder what the pages' commands expect to find."""
    (folder / "examples").symlink_to(ROOT / "examples")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as temporary:
            prepare(Path(temporary))
            update(Path(name), Path(temporary))
