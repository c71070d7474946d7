from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from tests.snippets import ROOT


@dataclass(frozen=True)
class Built:
    """The two files that are published."""

    wheel: Path
    sdist: Path


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Wheel and sdist of the working tree, built without network or another environment."""
    folder = tmp_path_factory.mktemp("dist")
    return Built(
        wheel=build_wheel(ROOT, folder), sdist=Path(next(SdistBuilder(str(ROOT)).build(directory=str(folder))))
    )


def build_wheel(source: Path, folder: Path) -> Path:
    """The wheel of a source tree."""
    return Path(next(WheelBuilder(str(source)).build(directory=str(folder), versions=["standard"])))
