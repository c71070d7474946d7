from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError
from dragoman.studies import read_codebook
from tests.studies.stubs import CODEBOOK, YAML, yaml_file


def test_codebook_is_read_as_it_is_written(tmp_path: Path) -> None:
    read = read_codebook(yaml_file(tmp_path))
    assert read == CODEBOOK
    assert read.labels == ("BAR", "ADMIT", "NONE")
    assert read.by_plover() == {"SANCTION": "BAR", "CONSULT": "NONE"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("name: trade", "name: Trade wars", "'Trade wars' must be of small letters"),
        ("  BAR:", "  bar:", "type bar: names of types are of capital letters"),
        ("  BAR:", "  NONE:", "NONE is what is no event"),
        ("quad: 4", "quad: 5", "type BAR: Invalid enum value"),
        ("score: -6", "score: -60", "scores run from -10 to 10"),
        ("[bar, shut out]", "[Bar]", "write the cue 'Bar' in small letters"),
        ("[bar, shut out]", "[bar, bar]", "a cue is listed twice"),
        ("[SANCTION]", "[SANCTIONS]", "Invalid enum value 'SANCTIONS'"),
        ("none: [CONSULT]", "none: [SANCTION]", "SANCTION counts as BAR and as NONE"),
        ("[good, port]", "[Goods]", "write 'Goods' as one word in small letters"),
        ("about:", "aim:", "unknown field `aim`"),
        ("definition: Shuts another's goods out., ", "", "missing required field `definition`"),
    ],
)
def test_codebook_refuses_what_is_not_sound(tmp_path: Path, old: str, new: str, told: str) -> None:
    path = yaml_file(tmp_path, YAML.replace(old, new))
    with pytest.raises(KnowledgeError) as error:
        read_codebook(path)
    assert told in str(error.value)
    assert "study.yaml" in str(error.value)


def test_codebook_names_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="is no file"):
        read_codebook(tmp_path / "other.yaml")
