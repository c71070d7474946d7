from __future__ import annotations

import hashlib
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import pytest

from dragoman.analysis.happenings import happenings
from dragoman.analysis.series import series
from dragoman.briefing.chart import chart_svg
from tests.briefing.builders import report
from tests.briefing.samples import SCRIPT, ordinary


@pytest.fixture(scope="module")
def svg() -> str:
    reports = [
        report("e1", "PRK", "RUS", date="2024-01-10"),
        report("e2", "PRK", "RUS", date="2024-03-20", type="ASSAULT"),
        report("e3", "RUS", "PRK", date="2024-08-20", type="ACCUSE"),
    ]
    found = series(happenings(reports))
    assert found is not None
    return chart_svg(found, f"A {SCRIPT} & \\1 B")


def test_chart_is_well_formed_and_described(svg: str) -> None:
    root = ElementTree.fromstring(svg)
    space = "{http://www.w3.org/2000/svg}"
    title, desc = root.find(f"{space}title"), root.find(f"{space}desc")
    assert title is not None
    assert title.text == f"Cooperation and conflict over time: A {SCRIPT} & \\1 B"
    assert desc is not None
    assert "1 happenings of cooperation and 2 of conflict" in (desc.text or "")
    assert {e.tag for e in root.iter()} <= {
        space + tag for tag in ("svg", "title", "desc", "g", "path", "rect", "line", "text")
    }


def test_chart_reaches_for_nothing(svg: str) -> None:
    assert "url(" not in svg
    assert "href" not in svg
    assert "style=" not in svg


def test_chart_draws_both_directions(svg: str) -> None:
    for words in ("verbal cooperation", "material conflict", "happenings by month", "mean score", "2024-01"):
        assert words in svg


def test_chart_is_the_same_in_another_process() -> None:
    code = (
        "import hashlib;"
        "from tests.briefing.samples import ordinary; from dragoman.briefing.chart import chart_svg;"
        "b = ordinary(); print(hashlib.sha256(chart_svg(b.series, b.title).encode()).hexdigest())"
    )
    other = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "1"}
    )
    brief = ordinary()
    assert brief.series is not None
    # A second drawing in one process: whatever Vega counts on must not show.
    chart_svg(brief.series, brief.title)
    assert other.stdout.strip() == hashlib.sha256(chart_svg(brief.series, brief.title).encode()).hexdigest()
