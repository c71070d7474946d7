"""The code runs on Linux, macOS and Windows: what differs between them is named where it is used."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.snippets import ROOT

FOLDERS = ("src", "tests", "evaluation", "training", "benchmarks", "tools")
PLACES = {"open": 1, "fdopen": 1, "TextIOWrapper": None}
"""Functions that open a file, with the place of their mode; `PATHS` are methods of a path, that of `open` the first."""
PATHS = {"open": 0, "read_text": None, "write_text": None}
PACKED = ("gzip", "bz2", "lzma")
"""Modules whose `open` gives bytes unless a text is asked for."""
ONLY_POSIX = {
    "chown", "fchmod", "fork", "getegid", "geteuid", "getgid", "getpgid", "getuid", "killpg", "mkfifo", "nice",
    "posix_fallocate", "pread", "preadv", "pwrite", "sched_getaffinity", "setsid", "uname",
}  # fmt: skip
"""Names of `os` that Windows has not."""


def sources(*folders: str) -> list[Path]:
    """The programs of those folders."""
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def without_encoding(code: str) -> list[int]:
    """The lines of a program on which a text is opened in whatever encoding the system has."""
    if not any(name in code for name in (*PLACES, *PATHS)):
        return []
    calls = (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call))
    return sorted(call.lineno for call in calls if _opens_text(call) and not _names_encoding(call))


def only_posix(code: str) -> list[str]:
    """The names of `os` that a program uses although Windows has not, and does not ask for before."""
    if "os." not in code:
        return []
    used = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Attribute)]
    names = [node.attr for node in used if isinstance(node.value, ast.Name) and node.value.id == "os"]
    return [name for name in names if name in ONLY_POSIX and f'hasattr(os, "{name}")' not in code]


def _opens_text(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Name):
        return call.func.id in PLACES and _is_text(call, PLACES[call.func.id])
    if not isinstance(call.func, ast.Attribute):
        return False
    name, owner = call.func.attr, getattr(call.func.value, "id", "")
    if owner in PACKED:
        return name == "open" and "t" in (_mode(call, 1) or "")
    if owner in ("os", "io"):
        return name in PLACES and (owner, name) != ("os", "open") and _is_text(call, PLACES[name])
    return name in PATHS and _is_text(call, PATHS[name])


def _is_text(call: ast.Call, place: int | None) -> bool:
    mode = "r" if place is None else _mode(call, place)
    return mode is not None and "b" not in mode


def _mode(call: ast.Call, place: int) -> str | None:
    """The mode that is given, "r" where none is; None where what stands in its place is something else."""
    given = next((word.value for word in call.keywords if word.arg == "mode"), None)
    if given is None and len(call.args) <= place:
        return "r"
    value = getattr(given or call.args[place], "value", None)
    return value if isinstance(value, str) and set(value) <= set("rwxabt+") else None


def _names_encoding(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    place = {"read_text": 0, "write_text": 1, "TextIOWrapper": 1}.get(name)
    return any(word.arg == "encoding" for word in call.keywords) or (place is not None and len(call.args) > place)


@pytest.mark.parametrize(
    "code",
    [
        "open(x)",
        "x.open()",
        "x.open('w')",
        "x.read_text()",
        "x.write_text(y)",
        "os.fdopen(x, 'w')",
        "gzip.open(x, 'rt')",
    ],
)
def test_portable_check_finds_texts_without_encoding(code: str) -> None:
    assert without_encoding(code) == [1]


@pytest.mark.parametrize(
    "code",
    ["open(x, 'rb')", "x.open('wb')", "x.open('w', encoding='utf-8')", "x.read_text('utf-8')", "gzip.open(x)",
     "os.open(x, 0)", "read_text(x, y)", "x.open(y)", "zipfile.ZipFile(x).read(y)"],
)  # fmt: skip
def test_portable_check_leaves_bytes_and_named_encodings(code: str) -> None:
    assert without_encoding(code) == []


def test_portable_each_text_is_opened_with_its_encoding() -> None:
    found = {str(path.relative_to(ROOT)): without_encoding(path.read_text("utf-8")) for path in sources(*FOLDERS)}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_portable_what_windows_has_not_is_asked_for_first() -> None:
    found = {path.name: only_posix(path.read_text("utf-8")) for path in sources("src")}
    assert {path: names for path, names in found.items() if names} == {}
    assert only_posix("import os\nos.pread(1, 2, 3)") == ["pread"]


def test_portable_no_two_files_differ_in_case_only_or_have_names_windows_refuses() -> None:
    names = [path.relative_to(ROOT).as_posix() for f in ("src", "examples") for path in (ROOT / f).rglob("*")]
    names = [name for name in names if "__pycache__" not in name]
    assert len({name.lower() for name in names}) == len(names)
    assert not [name for name in names if set(name) & set('<>:"\\|?*') or name.endswith((".", " "))]
