"""An installed Dragoman works in a folder of its own: no repository in reach, and no network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.packaging.conftest import Built
from tests.snippets import ROOT

BIN = "Scripts" if os.name == "nt" else "bin"
ASKED = """
import dragoman, json, sys
from dragoman import Record, __version__
counts = Record("dragoman-demo").counts()
print(json.dumps([dragoman.__file__, __version__, counts.articles, counts.events, sys.path]))
"""


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel in it, a folder to work in, and the home of a user who has nothing yet."""

    environment: Path
    folder: Path
    home: Path

    def run(self, *words: str) -> str:
        """What a program of the environment prints."""
        strange = ("PYTHON", "PIP_", "VIRTUAL_", "XDG_", "ORT_")
        clean = {name: value for name, value in os.environ.items() if not name.startswith(strange)}
        homes = dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), str(self.home))
        nowhere = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
        done = subprocess.run(
            [str(self.environment / BIN / words[0]), *words[1:]],
            cwd=self.folder, env={**clean, **homes, **nowhere, "PYTHONUTF8": "1", "COLUMNS": "80"},
            capture_output=True, encoding="utf-8", timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel in a fresh environment that sees the libraries of this one, but not the repository.

    The libraries are on the path by a .pth file of one line: Python reads no .pth files in a folder that comes by that
    way, so that an editable Dragoman among them stays out.
    """
    environment, folder, home = (tmp_path_factory.mktemp(name) for name in ("environment", "work", "home"))
    venv.create(environment, symlinks=os.name != "nt")
    pip = [sys.executable, "-m", "pip", "--python", str(environment / BIN / "python"), "install"]
    subprocess.run(
        [*pip, "--quiet", "--no-index", "--no-deps", "--no-compile", "--disable-pip-version-check", str(built.wheel)],
        check=True,
    )
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(environment)}))
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "libraries.pth").write_text("\n".join(sorted(libraries)) + "\n", encoding="utf-8")
    return Installed(environment, folder, home)


def test_installed_version_names_what_it_codes_with(installed: Installed) -> None:
    lines = installed.run("dragoman", "--version").splitlines()
    assert lines[0] == "dragoman 0.1.0"
    assert [line.split()[0] for line in lines[1:]] == ["coder", "--fast", "model", "knowledge", "python"]


def test_installed_demo_codes_the_samples_and_goes_on_from_there(installed: Installed) -> None:
    first = installed.run("dragoman", "demo")
    assert "NORTH KOREA AND RUSSIA" in first
    assert "dragoman serve --record dragoman-demo --open" in first
    assert "<html" in (installed.folder / "dragoman-demo" / "brief.html").read_text(encoding="utf-8")

    file, version, articles, events, path = json.loads(installed.run("python", "-c", ASKED))
    assert Path(file).is_relative_to(installed.environment)
    assert not [place for place in path if place and Path(place) in (ROOT, ROOT / "src")]
    assert (version, articles) == ("0.1.0", len(list((ROOT / "examples" / "dispatches").iterdir())))
    assert events > 250

    again = installed.run("dragoman", "demo")
    assert "Articles coded" not in again
    assert first.endswith(again)

    # Nothing is kept of a user elsewhere, nor of the machine, as onnxruntime would to tell its maker of it.
    assert list(installed.home.iterdir()) == []
