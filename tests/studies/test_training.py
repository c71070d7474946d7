from __future__ import annotations

import dataclasses
import itertools
import json
from pathlib import Path

import numpy as np
import pytest

from dragoman.coding.language import load_pipeline
from dragoman.errors import InputError, UsageError
from dragoman.studies import Label, Study, load_study
from dragoman.studies.head import Head, load_head, save_head
from dragoman.studies.study import CARD_FILE, TYPES_FILE, WEIGHTS_FILE, save_study
from dragoman.studies.training import grouped, train_study
from dragoman.studies.validation import figures_of, folds_of
from tests.studies.stubs import CODEBOOK, WordEncoder, label, yaml_file

PLACES = ("Oslo", "Bern", "Rome", "Riga", "Kyiv", "Cairo", "Lima", "Doha", "Seoul", "Tokyo", "Quito", "Accra")
WORDS = {"BAR": "barred", "ADMIT": "admitted", "NONE": "visited"}


def labels(**counts: int) -> list[Label]:
    """So many labels of each type, each of another sentence."""
    made: list[Label] = []
    for kind, number in counts.items():
        for one, other in itertools.islice(itertools.pairwise(itertools.cycle(PLACES)), number):
            made.append(label(f"{one} {WORDS[kind]} {other} on Monday.", one, WORDS[kind], other, kind))
    return made


@pytest.fixture(scope="module")
def study() -> Study:
    return train_study(CODEBOOK, labels(BAR=12, ADMIT=11, NONE=12), WordEncoder(), load_pipeline())


def test_training_learns_types_and_measures_them_on_texts_it_did_not_see(study: Study) -> None:
    found = study.validation
    assert (found.folds, found.labels) == (10, 35)
    assert [(row.type, row.labels) for row in found.head.types] == [("BAR", 12), ("ADMIT", 11), ("NONE", 12)]
    assert found.head.macro_f1.value == 1.0
    assert found.confusion["BAR"] == {"BAR": 12, "ADMIT": 0, "NONE": 0}
    assert found.turned is not None
    assert found.turned.of == 23


def test_training_gives_the_same_study_again(study: Study) -> None:
    again = train_study(CODEBOOK, labels(BAR=12, ADMIT=11, NONE=12), WordEncoder(), load_pipeline())
    assert again.digest == study.digest
    assert again.validation == study.validation


def test_training_tells_of_thin_types_and_does_not_learn_them() -> None:
    made = train_study(CODEBOOK, labels(BAR=12, ADMIT=9, NONE=12), WordEncoder(), load_pipeline())
    assert made.thin == ("ADMIT",)
    assert made.types == ("BAR",)
    assert made.counts == {"BAR": 12, "ADMIT": 9, "NONE": 12}


@pytest.mark.parametrize(
    ("counts", "told"), [({"BAR": 9, "NONE": 12}, "nothing to learn"), ({"BAR": 12, "NONE": 4}, "4 labels NONE")]
)
def test_training_refuses_too_little(counts: dict[str, int], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        train_study(CODEBOOK, labels(**counts), WordEncoder(), load_pipeline())


def test_training_refuses_labels_none_of_one_text() -> None:
    one = [dataclasses.replace(each, group="n1") for each in labels(NONE=12)]
    with pytest.raises(UsageError, match="fewer than 3 texts"):
        train_study(CODEBOOK, [*labels(BAR=12), *one], WordEncoder(), load_pipeline())


def test_training_takes_articles_with_a_text_in_common_for_one_group() -> None:
    def of(text: str, group: str) -> Label:
        return Label(text, None, None, None, "BAR", group)

    rows = [of("a", "n1"), of("b", "n1"), of("b", "n2"), of("c", "n2"), of("d", "n3"), of("d", "d")]
    found = [row.group for row in grouped(rows)]
    assert [found.index(each) for each in found] == [0, 0, 0, 0, 4, 4]


def test_training_keeps_a_text_on_one_side_of_each_fold() -> None:
    types, groups = ["BAR", "BAR", "NONE"] * 12, [f"text {i // 3}" for i in range(36)]
    folds = folds_of(types, groups)
    assert len(folds) == 10
    assert sorted(int(i) for _, test in folds for i in test) == list(range(36))
    assert all(not {groups[i] for i in train} & {groups[i] for i in test} for train, test in folds)


def test_validation_counts_by_hand() -> None:
    true = ["BAR", "BAR", "BAR", "ADMIT", "NONE", "NONE"]
    given = ["BAR", "BAR", "NONE", "BAR", "NONE", "NONE"]
    figures = figures_of(true, given, [str(i) for i in range(6)], ("BAR", "ADMIT"))
    bar, admit, none = figures.types
    assert (bar.precision.right, bar.precision.of, bar.recall.of) == (2, 3, 3)
    assert bar.f1.value == pytest.approx(0.6667, abs=1e-4)
    assert (admit.f1.value, admit.precision.share) == (0.0, None)
    assert none.f1.value == pytest.approx(0.8)
    assert figures.macro_f1.value == pytest.approx(0.3333, abs=1e-4)
    assert bar.f1.low <= bar.f1.value <= bar.f1.high


def test_study_comes_back_from_its_folder(tmp_path: Path, study: Study) -> None:
    save_study(study, yaml_file(tmp_path), tmp_path / "made")
    save_study(study, yaml_file(tmp_path), tmp_path / "made")
    loaded = load_study(tmp_path / "made")
    assert loaded.digest == study.digest
    assert loaded.validation == study.validation
    assert {file.name for file in (tmp_path / "made").iterdir()} == {TYPES_FILE, WEIGHTS_FILE, CARD_FILE}
    loaded.check(WordEncoder())
    with pytest.raises(UsageError, match="was trained on the relation model words"):
        loaded.check(WordEncoder("e" * 64))


def test_study_refuses_files_that_do_not_fit_together(tmp_path: Path, study: Study) -> None:
    made = tmp_path / "made"
    save_study(study, yaml_file(tmp_path), made)
    yaml = (made / TYPES_FILE).read_text("utf-8")
    (made / TYPES_FILE).write_text(yaml.replace("BAR:", "SHUT:"), "utf-8")
    with pytest.raises(InputError, match="no longer those that were learned"):
        load_study(made)
    (made / TYPES_FILE).write_text(yaml, "utf-8")
    (made / WEIGHTS_FILE).write_bytes(b"PK")
    with pytest.raises(InputError, match="not those that the card speaks of"):
        load_study(made)
    (made / CARD_FILE).write_text(json.dumps({"format": "other"}), "utf-8")
    with pytest.raises(InputError, match="train the study anew"):
        load_study(made)
    with pytest.raises(UsageError, match="is no trained study"):
        load_study(tmp_path)


def test_study_leaves_a_folder_of_other_things_alone(tmp_path: Path, study: Study) -> None:
    with pytest.raises(UsageError, match="holds other things"):
        save_study(study, yaml_file(tmp_path), tmp_path)


def test_head_gives_chances_and_is_kept_without_pickles(tmp_path: Path) -> None:
    head = Head(("A", "B"), np.zeros(2), np.ones(2), np.array([[1.0, 0.0], [0.0, 1.0]]), np.zeros(2))
    chances = head.chances(np.array([[3.0, 0.0], [0.0, 0.0]]))
    assert np.allclose(chances.sum(axis=1), 1)
    assert chances[0, 0] > 0.9
    assert chances[1].tolist() == [0.5, 0.5]
    save_head(head, tmp_path / "w.npz")
    assert np.array_equal(load_head(tmp_path / "w.npz", ("A", "B"), 2).weights, head.weights)
    with pytest.raises(InputError, match="not those of these types"):
        load_head(tmp_path / "w.npz", ("A", "B", "C"), 2)
    with (tmp_path / "p.npz").open("wb") as out:
        np.savez(out, mean=np.array([{"a": 1}], dtype=object), scale=1, weights=1, constant=1)
    with pytest.raises(InputError, match="cannot be read"):
        load_head(tmp_path / "p.npz", ("A", "B"), 2)
