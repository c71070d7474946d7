"""How well the coder says where: runs it on the labelled sentences and counts right countries and places.

`python -m evaluation.places_gold [--misses N]`. Country: right when it is the label's, None where the text names no
place or one of no single state. Place: right when its name is the label's or another of its names; where it is on no
map, when its words hold that name.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.coding.places import PlaceStep
from dragoman.model import Place
from evaluation.sentences import GoldSentence, coded, read_rows

GOLD = Path(__file__).parent / "places.gold.jsonl"


class GoldPlaced(GoldSentence, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A labelled event with where it took place; `names` and `countries` hold what is right as well."""

    country: str | None
    place: str | None
    names: tuple[str, ...] = ()
    countries: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A labelled place and what the coder has."""

    gold: GoldPlaced
    found: Place | None

    @property
    def country(self) -> bool:
        """Whether the state is the label's."""
        return (self.found.country if self.found else None) in (self.gold.country, *self.gold.countries)

    @property
    def place(self) -> bool:
        """Whether the place is the label's: by its name on the map, else by its words."""
        found = self.found
        if self.gold.place is None or found is None:
            return found is None if self.gold.place is None else False
        names = {_folded(n) for n in (self.gold.place, *self.gold.names)}
        if found.name is None:
            return any(f" {name} " in f" {_folded(found.text)} " for name in names)
        return _folded(found.name) in names


def read_places(path: Path = GOLD) -> list[GoldPlaced]:
    """The labelled places of a file; raises `InputError` for a line that is not as it must be."""
    return read_rows(path, GoldPlaced)


def score(gold: Sequence[GoldPlaced]) -> list[Verdict]:
    """The verdict on each row, in order."""
    return [Verdict(row, candidate.place) for row, candidate in coded(gold, PlaceStep())]


def shares(verdicts: Sequence[Verdict]) -> dict[str, float]:
    """The shares of right countries and right places."""
    return {
        "gold country": sum(v.country for v in verdicts) / len(verdicts),
        "gold place": sum(v.place for v in verdicts) / len(verdicts),
    }


def report(verdicts: Sequence[Verdict], misses: int = 0) -> str:
    """The shares, overall, where the text names a place, where it names none, and of the hard rows; then misses."""
    groups = {
        "all": verdicts,
        "named": [v for v in verdicts if v.gold.place],
        "not named": [v for v in verdicts if not v.gold.place],
        "hard": [v for v in verdicts if v.gold.hard],
    }
    lines = [
        f"{name:12} country {sum(v.country for v in g):3}, place {sum(v.place for v in g):3} of {len(g):3}"
        for name, g in groups.items()
    ]
    for verdict in [v for v in verdicts if not (v.country and v.place)][:misses]:
        row, found = verdict.gold, verdict.found
        had = f"{found.name}/{found.country} '{found.text}'" if found else "nothing"
        lines.append(f"{row.id} [{row.trigger}] want {row.place}/{row.country} got {had}\n    {row.text}")
    return "\n".join(lines)


def main() -> int:
    """Print the report on our labelled places."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", type=int, default=0)
    options = parser.parse_args()
    print(report(score(read_places()), options.misses))
    return 0


def _folded(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return plain.lower().replace("-", " ").replace("’", "").replace("'", "").removeprefix("the ").strip()


if __name__ == "__main__":
    sys.exit(main())
