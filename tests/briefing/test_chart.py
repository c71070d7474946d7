from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import pytest

from dragoman.analysis.series import series
from dragoman.analysis.turning import turning_points
from dragoman.briefing.chart import chart_svg
from dragoman.model import EventType
from tests.analysis.ties import Told, told
from tests.briefing.samples import SCRIPT, ordinary


def acts(year: int, kind: EventType) -> list[Told]:
    return [
        told(f"{kind}{n}", type=kind, date=f"{year}-{n:02}-10", published=f"{year}-{n:02}-11") for n in range(1, 13)
    ]


@pytest.fixture(scope="module")
def svg() -> str:
    found = series([*acts(2022, "ACCUSE"), *acts(2023, "AID"), *acts(2024, "ASSAULT")])
    assert found is not None
    turns = turning_points(found)
    assert [turn.label for turn in turns] == ["2023-01", "2024-01"]
    return chart_svg(found, turns, f"A {SCRIPT} & \\1 B")


def test_chart_is_well_formed_and_described(svg: str) -> None:
    root = ElementTree.fromstring(svg)
    space = "{http://www.w3.org/2000/svg}"
    title, desc = root.find(f"{space}title"), root.find(f"{space}desc")
    assert title is not None
    assert title.text == f"The tie over time: A {SCRIPT} & \\1 B"
    assert desc is not None
    assert "bars count 12 incidents of cooperation and 24 of conflict" in (desc.text or "")
    assert "2023-01: turns to cooperation" in (desc.text or "")
    assert {e.tag for e in root.iter()} <= {
        space + tag for tag in ("svg", "title", "desc", "g", "path", "rect", "line", "text")
    }


def test_chart_reaches_for_nothing(svg: str) -> None:
    assert "url(" not in svg
    assert "href" not in svg
    assert "style=" not in svg


def test_chart_draws_index_and_counts_and_labels_the_turns(svg: str) -> None:
    words = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    for wanted in ("verbal cooperation", "material conflict", "incidents", "index, with 95 % band", "2022-01", "+10"):
        assert wanted in words
    assert [w for w in words if " to " in w] == ["2023-01: −3.0 to +10.0", "2024-01: +10.0 to −9.0"]


def test_chart_labels_of_turns_do_not_touch(svg: str) -> None:
    places = re.findall(r'<text text-anchor="\w+" transform="translate\(([\d.-]+),([\d.-]+)\)"[^>]*>\d{4}-\d\d: ', svg)
    (x, y), (other_x, other_y) = [(float(a), float(b)) for a, b in places]
    assert y != other_y or abs(x - other_x) > 150
    assert max(y, other_y) < 0


def test_chart_is_the_same_in_another_process() -> None:
    code = (
        "import hashlib;"
        "from tests.briefing.samples import ordinary; from dragoman.briefing.chart import chart_svg;"
        "b = ordinary(); print(hashlib.sha256(chart_svg(b.series, b.turns, b.title).encode()).hexdigest())"
    )
    other = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "1"}
    )
    brief = ordinary()
    assert brief.series is not None
    # A second drawing in one process: whatever Vega counts on must not show.
    chart_svg(brief.series, brief.turns, brief.title)
    drawn = chart_svg(brief.series, brief.turns, brief.title)
    assert other.stdout.strip() == hashlib.sha256(drawn.encode()).hexdigest()
