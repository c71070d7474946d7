"""The documentation site, built once for all tests of this folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.snippets import ROOT


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site; warnings of the builder, such as a link or a page that nothing leads to, fail."""
    folder = tmp_path_factory.mktemp("site")
    to = folder / "html"
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "-d", str(folder / "trees")]
    done = subprocess.run([*command, str(ROOT / "docs"), str(to)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return to
