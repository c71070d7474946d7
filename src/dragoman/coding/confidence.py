"""How likely an event is right: the score of its trigger and sides, set to the share found right when labelled."""

from __future__ import annotations

import itertools

from dragoman.coding.draft import Draft

# Share of two-sided events that were right, in type and sides, by raw score: 170 events of the labelled dispatches
# (`evaluation/`; how it holds on other articles stands in docs/evaluation.md).
CALIBRATION: tuple[tuple[float, float], ...] = (
    (0.0, 0.0),
    (0.35, 0.25),
    (0.45, 0.5),
    (0.55, 0.56),
    (0.65, 0.62),
    (0.75, 0.7),
    (0.9, 0.73),
    (1.0, 0.75),
)


class Confidence:
    """The step that turns `candidate.confidence` from a score into a chance of being right."""

    def __call__(self, draft: Draft) -> None:
        """Calibrate all candidates; the order of their scores is kept."""
        for candidate in draft.candidates:
            candidate.confidence = calibrated(candidate.confidence)


def calibrated(score: float) -> float:
    """The chance that an event of that score is right, by straight lines between the points of `CALIBRATION`."""
    for (x0, y0), (x1, y1) in itertools.pairwise(CALIBRATION):
        if score <= x1:
            return y0 + (y1 - y0) * (max(score, x0) - x0) / (x1 - x0)
    return CALIBRATION[-1][1]
