from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import KnowledgeError, UsageError
from dragoman.knowledge.own import Merge, OwnGroup, OwnOffice, OwnPerson, read_own
from dragoman.knowledge.own_edit import add_entry
from tests.knowledge.own_files import write_own

ANA = OwnPerson(name="Ana Quispe", country="PER", offices=(OwnOffice(office="foreign minister", start="2026-03"),))
WRITTEN = """\
# Whom we follow.
persons:  # people first
- name: Ruth Ankrah  # of Accra
  country: GHA

# Not sure about these.
groups:
  - {name: Sea Lions, sector: REB}
"""


def test_own_edit_makes_the_file(tmp_path: Path) -> None:
    path = tmp_path / "record" / "actors.yaml"
    add_entry(path, "persons", ANA)
    assert read_own(path).persons == (ANA,)


@pytest.mark.parametrize("end", ["", "\n\n", "\n# the end\n"])
def test_own_edit_keeps_comments_and_order(tmp_path: Path, end: str) -> None:
    path = write_own(tmp_path, WRITTEN.rstrip("\n") + end)
    add_entry(path, "persons", ANA)
    add_entry(path, "groups", OwnGroup(name="Land Crabs", sector="REB"))
    add_entry(path, "merge", Merge(start="provisional:a-zz", into="person:ana-quispe", name="Ana Quispe"))
    text = path.read_text(encoding="utf-8")
    for line in WRITTEN.splitlines():
        assert line in text
    own = read_own(path)
    assert [p.name for p in own.persons] == ["Ruth Ankrah", "Ana Quispe"]
    assert [g.name for g in own.groups] == ["Sea Lions", "Land Crabs"]
    assert text.index("Ana Quispe") < text.index("# Not sure")


@pytest.mark.parametrize("text", ["persons: [{name: Ruth Ankrah, country: GHA}]\n", "{persons: []}\n"])
def test_own_edit_leaves_a_file_that_has_no_place(tmp_path: Path, text: str) -> None:
    path = write_own(tmp_path, text)
    with pytest.raises((UsageError, KnowledgeError)):
        add_entry(path, "persons", ANA)
    assert path.read_text(encoding="utf-8") == text
    assert [p.name for p in tmp_path.iterdir()] == ["actors.yaml"]


@pytest.mark.parametrize(
    "entry",
    [OwnPerson(name="Ruth Ankrah", country="GHA"), OwnPerson(name="Rosa Mamani"), OwnPerson(name="R", country="X")],
)
def test_own_edit_leaves_the_file_where_an_entry_cannot_be(tmp_path: Path, entry: OwnPerson) -> None:
    path = write_own(tmp_path, WRITTEN)
    with pytest.raises(KnowledgeError, match=r"^actors\.yaml, entry"):
        add_entry(path, "persons", entry)
    assert path.read_text(encoding="utf-8") == WRITTEN


NAMES = st.lists(
    st.sampled_from(["Ana Quispe", "Bela: Toth", "C # Dow", "'Eve' Fox", "- Gus Ho", "Ir Jo"]), unique=True
)


@settings(deadline=None, max_examples=25)
@given(names=NAMES, indent=st.integers(0, 4), comment=st.sampled_from(["", "# ours\n", "\n"]))
def test_own_edit_adds_any_name_behind_any_indent(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], indent: int, comment: str
) -> None:
    first = f"{' ' * indent}- name: Ruth Ankrah\n{' ' * indent}  country: GHA\n"
    path = write_own(tmp_path_factory.mktemp("own"), "")
    path.write_text(f"{comment}persons:\n{comment}{first}{comment}groups: []\n", encoding="utf-8")
    for name in names:
        add_entry(path, "persons", OwnPerson(name=name, country="PER"))
    assert [p.name for p in read_own(path).persons] == ["Ruth Ankrah", *names]
    assert path.read_text(encoding="utf-8").count(comment.strip() or "Ruth") >= 1
