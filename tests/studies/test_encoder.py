from __future__ import annotations

import numpy as np

from dragoman.coding.learned.model import load_model
from dragoman.coding.learned.packing import Passage, Question
from dragoman.studies.encoder import WIDTH, load_encoder

PASSAGE = Passage(
    "Japan condemned North Korea.", (Question((0, 5), (16, 27), (6, 15)), Question((16, 27), (0, 5), None))
)


def test_encoder_gives_vectors_beside_the_model_s_own_types() -> None:
    ((vectors, chances),) = load_encoder().encode([PASSAGE])
    (answers,) = load_model().answer([PASSAGE])
    assert vectors.shape == (2, WIDTH)
    assert np.allclose(chances, np.stack([answer.types for answer in answers]), atol=1e-5)
    assert not np.allclose(vectors[0], vectors[1])


def test_encoder_gives_rows_in_the_order_of_the_passages() -> None:
    longer = Passage(
        "On Monday morning, in a long statement, Japan condemned it.", (Question((40, 45), None, (46, 55)),)
    )
    read = load_encoder().encode([longer, Passage("Nothing is asked.", ()), PASSAGE])
    assert [len(vectors) for vectors, _ in read] == [1, 0, 2]
    again = load_encoder().encode([longer, Passage("Nothing is asked.", ()), PASSAGE])
    assert all(np.array_equal(one, other) for (one, _), (other, _) in zip(read, again, strict=True))
