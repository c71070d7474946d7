from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.own import own_digest, own_file, read_imported, read_merges, read_own
from tests.knowledge.own_files import known_from, write_own

PAGE = Path(__file__).parents[2] / "docs" / "actors.md"


def test_own_example_of_the_docs_is_taken(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```yaml\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    known = known_from(tmp_path, example)
    assert known.holders.persons["ruth-ankrah"].family == "Ankrah"
    assert known.actors.by_id["outlet:coast-dispatch"].name == "Coast Dispatch"
    assert "provisional:r-ankrah-gha" in known.merges


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("people: []", "unknown section 'people'"),
        ("persons: [{name: Ana Quispe, country: PE}]", "'PE' is not an ISO 3166-1 alpha-3 code"),
        ("persons: [{name: Ana Quispe, county: PER}]", "unknown field `county`"),
        ("persons: [{name: Ana Quispe, sector: XYZ}]", "Invalid enum value 'XYZ'"),
        ("persons: [{name: Ana Quispe, id: Ana Q}]", "'Ana Q' is not an id"),
        ("persons: [{name: Ana Quispe, offices: [{office: senator, from: May}]}]", "'May' is not a date"),
        ("persons: [{name: Ana Quispe, offices: [{office: x, country: PER, body: un}]}]", "a country and a body"),
        ("persons: [{name: Ana Quispe}, {name: Ana Quispe}]", "stands in 'persons' twice"),
        ("persons: [{names: [Ana]}]", "missing required field `name`"),
        ("merge: [{from: a, into: b, name: B}, {from: b, into: a, name: A}]", "circle"),
        ("merge: [{from: a, into: b, name: B}, {from: a, into: c, name: C}]", "merged twice"),
        ("persons: {name: Ana}", "must be a list"),
        ("persons: [", "line"),
    ],
)
def test_own_refuses_with_file_and_reason(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(KnowledgeError, match=re.escape(told)) as refused:
        read_own(write_own(tmp_path, text))
    assert "actors.yaml" in str(refused.value)


def test_own_takes_an_empty_file_and_empty_sections(tmp_path: Path) -> None:
    assert read_own(write_own(tmp_path, "")).persons == ()
    assert read_own(write_own(tmp_path, "persons: []")).persons == ()


def test_own_merges_lead_to_the_end_of_a_chain(tmp_path: Path) -> None:
    write_own(
        tmp_path,
        """
        merge:
          - {from: a, into: b, name: B}
          - {from: b, into: c, name: C, country: PER}
        """,
    )
    merges = read_merges(tmp_path)
    assert {start: (m.into, m.name, m.country) for start, m in merges.items()} == {
        "a": ("c", "C", "PER"),
        "b": ("c", "C", "PER"),
    }
    assert read_merges(tmp_path / "none") == {}


def test_own_digest_changes_with_the_file_and_with_the_imports(tmp_path: Path) -> None:
    assert own_file(tmp_path) is None
    path = write_own(tmp_path, "persons: []")
    assert own_file(tmp_path) == path
    first = own_digest(path)
    assert own_digest(path) == first
    write_own(tmp_path, "groups: []")
    second = own_digest(path)
    (tmp_path / "actors.imported.jsonl").write_text("", encoding="utf-8")
    assert len({first, second, own_digest(path)}) == 2  # an empty file of imports says nothing
    (tmp_path / "actors.imported.jsonl").write_text('{"name":"Ana Quispe","country":"PER"}\n', encoding="utf-8")
    assert len({first, second, own_digest(path)}) == 3


def test_own_imports_tell_the_line_that_is_bad(tmp_path: Path) -> None:
    path = tmp_path / "actors.imported.jsonl"
    path.write_text('{"name":"Ana Quispe","country":"PER"}\n{"name":5}\n', encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"actors\.imported\.jsonl, line 2"):
        read_imported(path)
