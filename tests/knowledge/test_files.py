import msgspec
import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.files import check_unique, read_entries, read_sections, read_table, read_yaml


class Lamp(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    watts: int = 0
    tags: tuple[str, ...] = ()


def write(folder, text, name="lamps.yaml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_files_read_entries_makes_typed_entries(tmp_path):
    path = write(tmp_path, "- {name: desk, watts: 40}\n- name: street\n  tags: [NO, on, 1.5]\n")
    assert read_entries(path, Lamp) == (Lamp(name="desk", watts=40), Lamp(name="street", tags=("NO", "on", "1.5")))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("- {name: desk, colour: red}", ["entry 'desk'", "colour"]),
        ("- {watts: 40}", ["entry 1", "name"]),
        ("- {name: desk, watts: many}", ["entry 'desk'", "watts"]),
        ("- {name: desk, tags: red}", ["entry 'desk'", "tags"]),
        ("- desk", ["entry 1"]),
        ("name: desk", ["must be a list", "a mapping"]),
        ("", ["must be a list", "empty"]),
        ("- {name: desk, name: street}", ["line 1", "'name' is given twice"]),
        ("- {name: desk}\n- {name: }", ["line 2", "empty"]),
        ("- {name: 'desk '}", ["line 1", "padded"]),
        ("- {name: desk", ["line"]),
    ],
)
def test_files_read_entries_names_file_and_entry(tmp_path, text, parts):
    with pytest.raises(KnowledgeError) as caught:
        read_entries(write(tmp_path, text), Lamp)
    for part in ["lamps.yaml", *parts]:
        assert part in str(caught.value)


def test_files_read_yaml_tells_of_a_missing_file(tmp_path):
    with pytest.raises(KnowledgeError, match=r"absent\.yaml"):
        read_yaml(tmp_path / "absent.yaml")


def test_files_read_sections_refuses_a_list(tmp_path):
    assert read_sections(write(tmp_path, "a: [x]")) == {"a": ["x"]}
    with pytest.raises(KnowledgeError, match="mapping of sections"):
        read_sections(write(tmp_path, "- x"))


def test_files_read_table_makes_rows_and_leaves_empty_cells_out(tmp_path):
    path = write(tmp_path, "name,watts\ndesk,40\nstreet,\n", "lamps.csv")
    assert read_table(path, Lamp) == (Lamp(name="desk", watts=40), Lamp(name="street"))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("name,watts\ndesk\n", ["line 2", "cells"]),
        ("name,watts\ndesk,40,x\n", ["line 2", "cells"]),
        ("name,colour\ndesk,red\n", ["line 2", "colour"]),
        ("name,watts\ndesk,many\n", ["line 2", "watts"]),
    ],
)
def test_files_read_table_names_file_and_line(tmp_path, text, parts):
    with pytest.raises(KnowledgeError) as caught:
        read_table(write(tmp_path, text, "lamps.csv"), Lamp)
    for part in ["lamps.csv", *parts]:
        assert part in str(caught.value)


def test_files_check_unique_names_the_entry(tmp_path):
    lamps = (Lamp(name="desk"), Lamp(name="desk"))
    with pytest.raises(KnowledgeError, match=r"lamps\.yaml, entry 'desk': name is given twice"):
        check_unique(tmp_path / "lamps.yaml", lamps, lambda lamp: lamp.name, "name")
