from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import RecordError
from dragoman.record.decisions import FILE, Decision, ReportRef, add_decision, read_decisions

REF = ReportRef(article="a1", start=3, end=9, text="they met", type="CONSULT", key="i0123")
MERGE = Decision(kind="merge", reports=(REF,), because="one visit")
SPLIT = Decision(kind="split", reports=(REF,), rest=(REF,))


def test_decisions_are_kept_in_order(tmp_path: Path) -> None:
    assert read_decisions(tmp_path) == []
    add_decision(tmp_path, MERGE)
    add_decision(tmp_path, SPLIT)
    assert read_decisions(tmp_path) == [MERGE, SPLIT]


def test_decisions_tell_the_line_that_cannot_be_read(tmp_path: Path) -> None:
    add_decision(tmp_path, MERGE)
    with (tmp_path / FILE).open("a", encoding="utf-8") as out:
        out.write('\n{"kind": "burn"}\n')
    with pytest.raises(RecordError, match=r"incidents\.jsonl, line 3"):
        read_decisions(tmp_path)


def test_decisions_tell_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="cannot be written"):
        add_decision(tmp_path / "nowhere", MERGE)
