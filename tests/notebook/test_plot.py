from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import UsageError
from dragoman.record import Record
from tests.briefing.builders import report
from tests.notebook.conftest import filled


@pytest.fixture
def turned(tmp_path: Path) -> Record:
    """Twenty months of help and twenty of attacks."""
    kinds = ["AID"] * 20 + ["ASSAULT"] * 20
    days = [f"{2020 + n // 12}-{n % 12 + 1:02}-05" for n in range(40)]
    told = [
        report(f"e{n}", "PRK", "RUS", type=kind, date=day, published=day, evidence=f"Word {n} of it")  # type: ignore[arg-type]
        for n, (kind, day) in enumerate(zip(kinds, days, strict=True))
    ]
    return filled(tmp_path / "record", *told)


def layers(chart: Any) -> list[dict[str, Any]]:
    """All layers of both parts."""
    return [layer for part in chart.to_dict()["vconcat"] for layer in part["layer"]]


def test_plot_draws_index_bars_and_turning_points_with_tooltips(turned: Record) -> None:
    chart = turned.dyad("PRK", "RUS").plot(by="month")
    told = {t["field"] for layer in layers(chart) for t in layer["encoding"].get("tooltip", ())}
    assert {"index", "low", "high", "quad", "number", "words"} <= told
    text = chart.to_json()
    assert "2021-09: +" in text  # the label of the turning point
    assert "North Korea attacked Russia" in text
    assert '"number": -' not in text


def test_plot_as_html_runs_nothing_that_articles_say(tmp_path: Path) -> None:
    name = "Envoy </script><script>alert(1)</script>"
    told = report("e1", f"{name}/PRK", f"{name} B/RUS", date="2024-08-01")
    record = filled(tmp_path / "record", told)
    for tie in (record.dyad("PRK", "RUS"), record.dyad(f"{name} B", name)):
        page = tie.plot(by="month").to_html()
        assert "alert(1)" in page
        assert "<script>alert" not in page


def test_plot_is_drawn(turned: Record, tmp_path: Path) -> None:
    path = tmp_path / "chart.png"
    turned.dyad("PRK", "RUS").plot(by="quarter").save(path)
    assert path.read_bytes().startswith(b"\x89PNG")


def test_plot_names_the_extra_without_altair(turned: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "altair":
            raise ImportError(name)
        return real(name)

    monkeypatch.setattr("dragoman.record.frames.importlib.import_module", without)
    with pytest.raises(UsageError, match=r"'altair' is not installed. .*dragoman\[notebooks\]"):
        turned.dyad("PRK", "RUS").plot()
