from __future__ import annotations

from pathlib import Path

import pytest

import dragoman
from dragoman import version
from dragoman.coding.coder import coder_info
from dragoman.errors import KnowledgeError
from dragoman.version import told, versions


def test_version_names_the_coders_as_codings_carry_them() -> None:
    found = versions()
    for name, fast in ((found.coder, False), (found.fast_coder, True)):
        info = coder_info(fast=fast)
        assert (name, found.dragoman) == (info.model, info.version)
    assert found.dragoman == dragoman.__version__
    assert found.own_actors is None


def test_version_names_a_record_s_own_actors(tmp_path: Path) -> None:
    own = tmp_path / "actors.yaml"
    own.write_text("persons:\n  - name: Ada Example\n    country: PRK\n", encoding="utf-8")
    found = versions(tmp_path)
    assert found.coder == coder_info(actors=own).model
    assert found.own_actors is not None
    assert found.own_actors in found.fast_coder


def test_version_digest_changes_with_name_and_content(tmp_path: Path) -> None:
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    one.write_text("a", encoding="utf-8")
    other.write_text("b", encoding="utf-8")
    both = version._digest([one, other])
    assert both == version._digest([other, one])
    other.write_text("c", encoding="utf-8")
    assert version._digest([one, other]) != both
    assert len(both) == version.DIGITS


def test_version_is_told_in_lines_of_a_terminal() -> None:
    lines = told(versions()).splitlines()
    assert lines[0] == f"dragoman {dragoman.__version__}"
    assert all(len(line) <= 80 for line in lines)


def test_version_says_what_to_do_about_a_broken_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version, "PIPELINE", "no_such_pipeline")
    with pytest.raises(KnowledgeError, match=r"'no_such_pipeline' is missing.*Install it again"):
        versions()
