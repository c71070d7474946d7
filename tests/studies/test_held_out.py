from __future__ import annotations

import pytest

from dragoman.coding.language import load_pipeline
from dragoman.errors import UsageError
from dragoman.studies import Label, Study
from dragoman.studies.held_out import held_out_figures
from dragoman.studies.labels import digests_of
from dragoman.studies.training import train_study
from tests.studies.stubs import CODEBOOK, WordEncoder, label
from tests.studies.test_training import labels

NEW = (
    label("Oslo barred Rome after the talks.", "Oslo", "barred", "Rome", "BAR"),
    label("Bern barred Kyiv after the talks.", "Bern", "barred", "Kyiv", "BAR"),
    label("Lima visited Doha after the talks.", "Lima", "visited", "Doha", "NONE"),
)
ADMITTED = label("Riga admitted Cairo after the talks.", "Riga", "admitted", "Cairo", "ADMIT")


@pytest.fixture(scope="module")
def study() -> Study:
    return train_study(CODEBOOK, labels(BAR=12, ADMIT=11, NONE=12), WordEncoder(), load_pipeline())


def confused(study: Study, *rows: Label) -> dict[str, dict[str, int]]:
    """What the labels of each type were taken for."""
    return held_out_figures(study, rows, WordEncoder(), load_pipeline()).confusion


def test_held_out_counts_what_labels_are_taken_for(study: Study) -> None:
    wrong = label("Accra barred Quito after the talks.", "Accra", "barred", "Quito", "ADMIT")
    found = held_out_figures(study, [*NEW, ADMITTED, wrong], WordEncoder(), load_pipeline())
    assert (found.folds, found.labels) == (None, 5)
    assert found.confusion["BAR"] == {"BAR": 2, "ADMIT": 0, "NONE": 0}
    assert found.confusion["ADMIT"] == {"BAR": 1, "ADMIT": 1, "NONE": 0}
    bar, admit, none = found.head.types
    assert (bar.precision.right, bar.precision.of, bar.recall.of) == (2, 3, 2)
    assert (admit.f1.value, none.f1.value) == (0.6667, 1.0)
    assert found.turned is not None
    assert found.turned.of == 4
    assert found.cues.types[0].f1.value == bar.f1.value


def test_held_out_mean_is_over_the_types_that_have_labels(study: Study) -> None:
    found = held_out_figures(study, NEW, WordEncoder(), load_pipeline())
    assert (found.head.macro_f1.value, found.cues.macro_f1.value, found.gain.value) == (1.0, 1.0, 0.0)
    assert found.head.types[1].recall.share is None


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Oslo barred Bern on Monday.", None),
        ("Oslo  barred Bern on monday.", None),
        ("Oslo barred Bern on Tuesday.", "Oslo barred Bern on Monday."),
    ],
)
def test_held_out_refuses_texts_that_the_study_was_trained_on(study: Study, text: str, group: str | None) -> None:
    with pytest.raises(UsageError, match="1 of 4 labels speak of texts or articles that the study 'trade' was trained"):
        confused(study, *NEW, label(text, "Oslo", "barred", "Bern", "BAR", group))


def test_held_out_refuses_labels_of_nothing_that_was_learned(study: Study) -> None:
    with pytest.raises(UsageError, match=r"No label is of a type that the study has learned \(BAR, ADMIT\)"):
        confused(study, NEW[2])


def test_held_out_leaves_out_types_that_were_not_learned() -> None:
    thin = train_study(CODEBOOK, labels(BAR=12, ADMIT=3, NONE=12), WordEncoder(), load_pipeline())
    assert confused(thin, *NEW, ADMITTED) == {"BAR": {"BAR": 2, "NONE": 0}, "NONE": {"BAR": 0, "NONE": 1}}


def test_labels_have_digests_of_texts_and_articles() -> None:
    one, other = NEW[0], label("Oslo barred Rome.", "Oslo", "barred", "Rome", "BAR", "article 7")
    assert len(digests_of([one, one])) == 1
    assert len(digests_of([one, other])) == 3
    assert all(len(each) == 16 for each in digests_of([one, other]))
