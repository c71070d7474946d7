"""Wheel and sdist hold what the package loads and what its tests need, and nothing else."""

from __future__ import annotations

import email
import subprocess
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.packaging.conftest import Built, build_wheel
from tests.snippets import ROOT

PACKAGE = ROOT / "src" / "dragoman"
DISPATCHES = ROOT / "examples" / "dispatches"
INFO = "dragoman-0.1.0.dist-info"
MEGABYTE = 1_000_000
SCRATCH = {
    "__pycache__",
    ".venv",
    ".git",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    "build",
    "dist",
}


UNPUBLISHED = {".ci", ".gitattributes"}


def files_of(folder: Path) -> Iterator[Path]:
    """The files below a folder, without what Python leaves there."""
    return (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def tracked() -> set[Path]:
    """The files that git keeps, but for what is of this machine's checks; none where this is no checkout."""
    if not (ROOT / ".git").exists():
        return set()
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, encoding="utf-8")
    names = {Path(name) for name in listed.stdout.split("\0") if name}
    return {name for name in names if name.parts[0] not in UNPUBLISHED and (ROOT / name).exists()}


def test_wheel_has_each_file_of_the_package_the_samples_and_nothing_else(built: Built) -> None:
    package = {f"dragoman/{path.relative_to(PACKAGE).as_posix()}": path for path in files_of(PACKAGE)}
    samples = {f"dragoman/samples/dispatches/{path.name}": path for path in files_of(DISPATCHES)}
    with zipfile.ZipFile(built.wheel) as wheel:
        found = {name for name in wheel.namelist() if not name.startswith(INFO)}
        assert found == package.keys() | samples.keys()
        for name, path in {**package, **samples}.items():
            assert wheel.read(name) == path.read_bytes(), name
    kinds = {Path(name).suffix for name in found}
    assert kinds >= {".py", ".yaml", ".csv", ".onnx", ".json", ".j2", ".html", ".css", ".js", ".typ", ".svg", ".typed"}
    assert built.wheel.stat().st_size < 40 * MEGABYTE


def test_wheel_tells_licences_pythons_and_command(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as wheel:
        told = email.message_from_bytes(wheel.read(f"{INFO}/METADATA"))
        licences = [name for name in wheel.namelist() if name.startswith(f"{INFO}/licenses/")]
        commands = wheel.read(f"{INFO}/entry_points.txt").decode()
    assert told["License-Expression"] == "Apache-2.0 AND Unicode-3.0 AND 0BSD"
    assert told["Requires-Python"] == ">=3.11"
    classifiers = told.get_all("Classifier", [])
    assert {f"Programming Language :: Python :: 3.{minor}" for minor in (11, 12, 13)} <= set(classifiers)
    assert [Path(name).name for name in licences] == ["LICENSE", "state_names.LICENSE", "htmx.LICENSE"]
    assert "dragoman = dragoman.cli:main" in commands


def test_sdist_has_what_build_and_tests_need_and_no_scratch(built: Built) -> None:
    with tarfile.open(built.sdist) as sdist:
        names = [Path(name) for name in sdist.getnames()]
    inside = {Path(*name.parts[1:]) for name in names}
    needed = [*files_of(PACKAGE), *files_of(DISPATCHES), *(ROOT / "tests").rglob("*.py"), *(ROOT / "docs").glob("*.md")]
    assert {path.relative_to(ROOT) for path in needed} <= inside
    for name in (
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "Makefile",
        "requirements/test.txt",
        "evaluation/floors.json",
    ):
        assert Path(name) in inside
    assert tracked() <= inside
    assert not [name for name in inside if SCRATCH & set(name.parts)]
    assert built.sdist.stat().st_size < 40 * MEGABYTE


def test_sdist_builds_the_same_wheel(built: Built, tmp_path: Path) -> None:
    with tarfile.open(built.sdist) as sdist:
        sdist.extractall(tmp_path, filter="data")
    again = build_wheel(tmp_path / "dragoman-0.1.0", tmp_path)
    assert again.read_bytes() == built.wheel.read_bytes()
