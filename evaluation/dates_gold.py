"""How well the coder dates events: runs it on the labelled sentences and counts the intervals it got right.

`python -m evaluation.dates_gold [--misses N]`. A date is right when its first and last day are those of the label or
of one of its alternatives (`also`: "three weeks ago" may be the day or its week); None is right where the text does not
say.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from dragoman.coding.dates import DateStep
from dragoman.coding.status import StatusStep
from dragoman.model import EventDate, Granularity
from evaluation.sentences import GoldSentence, coded, read_rows

GOLD = Path(__file__).parent / "dates.gold.jsonl"


class GoldInterval(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """First and last day, ISO, both included, as finely as the text tells them."""

    start: str
    end: str
    granularity: Granularity


class GoldDated(GoldSentence, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A labelled event with the days on which it happened; `also` holds what a careful reader may say as well."""

    published: str
    date: GoldInterval | None
    also: tuple[GoldInterval | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A labelled date and what the coder has."""

    gold: GoldDated
    found: EventDate | None

    @property
    def right(self) -> bool:
        """Whether the days are those of the label."""
        days = (self.found.start, self.found.end) if self.found else None
        return days in [(d.start, d.end) if d else None for d in (self.gold.date, *self.gold.also)]


def read_dates(path: Path = GOLD) -> list[GoldDated]:
    """The labelled dates of a file; raises `InputError` for a line that is not as it must be."""
    return read_rows(path, GoldDated)


def score(gold: Sequence[GoldDated]) -> list[Verdict]:
    """The verdict on each row, in order."""
    return [Verdict(row, candidate.date) for row, candidate in coded(gold, StatusStep(), DateStep())]


def shares(verdicts: Sequence[Verdict]) -> dict[str, float]:
    """The share of dates that are right."""
    return {"gold dates": sum(v.right for v in verdicts) / len(verdicts)}


def report(verdicts: Sequence[Verdict], misses: int = 0) -> str:
    """The share overall, of what is dated, of what is not, and of the hard rows; then so many of the misses."""
    groups = {
        "all": verdicts,
        "dated": [v for v in verdicts if v.gold.date],
        "not dated": [v for v in verdicts if not v.gold.date],
        "hard": [v for v in verdicts if v.gold.hard],
    }
    lines = [f"{name:12} {sum(v.right for v in group):4} of {len(group):4}" for name, group in groups.items()]
    for verdict in [v for v in verdicts if not v.right][:misses]:
        row, want, got = verdict.gold, verdict.gold.date, verdict.found
        wanted = f"{want.start}..{want.end}" if want else "nothing"
        had = f"{got.start}..{got.end} ({got.expression})" if got else "nothing"
        lines.append(f"{row.id} {row.published} [{row.trigger}] want {wanted} got {had}\n    {row.text}")
    return "\n".join(lines)


def main() -> int:
    """Print the report on our labelled dates."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", type=int, default=0)
    options = parser.parse_args()
    print(report(score(read_dates()), options.misses))
    return 0


if __name__ == "__main__":
    sys.exit(main())
