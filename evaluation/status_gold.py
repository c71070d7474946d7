"""How well the coder tells what happened from what did not: runs it on the labelled sentences and gives F1 by status.

`python -m evaluation.status_gold [--misses N]`. Macro-F1 is the mean over the five statuses.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from dragoman.coding.status import StatusStep
from dragoman.model import Status
from evaluation.sentences import GoldSentence, coded, read_rows

GOLD = Path(__file__).parent / "status.gold.jsonl"
STATUSES: tuple[Status, ...] = get_args(Status)


class GoldStatus(GoldSentence, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A labelled event with its status."""

    status: Status


@dataclass(frozen=True, slots=True)
class Verdict:
    """A labelled status and what the coder has."""

    gold: GoldStatus
    found: Status

    @property
    def right(self) -> bool:
        """Whether the status is that of the label."""
        return self.found == self.gold.status


def read_status(path: Path = GOLD) -> list[GoldStatus]:
    """The labelled statuses of a file; raises `InputError` for a line that is not as it must be."""
    return read_rows(path, GoldStatus)


def score(gold: Sequence[GoldStatus]) -> list[Verdict]:
    """The verdict on each row, in order."""
    return [Verdict(row, candidate.status) for row, candidate in coded(gold, StatusStep())]


def f1(verdicts: Sequence[Verdict], status: Status) -> float:
    """F1 of one status; 0 where it is neither labelled nor found."""
    both = sum(v.right for v in verdicts if v.gold.status == status)
    either = sum((v.gold.status == status) + (v.found == status) for v in verdicts)
    return 2 * both / either if either else 0.0


def shares(verdicts: Sequence[Verdict]) -> dict[str, float]:
    """Macro-F1 over the five statuses."""
    return {"gold status": sum(f1(verdicts, s) for s in STATUSES) / len(STATUSES)}


def report(verdicts: Sequence[Verdict], misses: int = 0) -> str:
    """Macro-F1, F1 and what was found by status, the share of the hard rows; then so many of the misses."""
    lines = [f"macro-F1 {shares(verdicts)['gold status']:.3f}"]
    for status in STATUSES:
        group = [v for v in verdicts if v.gold.status == status]
        lines.append(f"{status:12} F1 {f1(verdicts, status):.3f}   {sum(v.right for v in group):3} of {len(group):3}")
    hard = [v for v in verdicts if v.gold.hard]
    lines.append(f"{'hard':12}            {sum(v.right for v in hard):3} of {len(hard):3}")
    for verdict in [v for v in verdicts if not v.right][:misses]:
        row = verdict.gold
        lines.append(f"{row.id} [{row.trigger}] {row.type} want {row.status} got {verdict.found}\n    {row.text}")
    return "\n".join(lines)


def main() -> int:
    """Print the report on our labelled statuses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", type=int, default=0)
    options = parser.parse_args()
    print(report(score(read_status()), options.misses))
    return 0


if __name__ == "__main__":
    sys.exit(main())
