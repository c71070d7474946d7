"""What a look at a record finds: one thing each, with where, how bad, what to do, and what a repair would do.

Apart from the looking, so that each kind of look says it in the same form.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

import msgspec

AGAIN: Final = "Put the folder back from a copy, or code the articles into a new record."
"""What to do where rows are lost or were changed."""
_EXAMPLES: Final = 5


class Cut(msgspec.Struct, frozen=True, kw_only=True, tag="cut"):
    """Take the unfinished last line out of a file and keep it in a file beside it."""

    path: Path


class Remove(msgspec.Struct, frozen=True, kw_only=True, tag="remove"):
    """Remove files or folders that no version of the record needs."""

    paths: tuple[Path, ...]


class Mark(msgspec.Struct, frozen=True, kw_only=True, tag="mark"):
    """Write the file anew that says that the folder is a record."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is not as it should be.

    `wrong`: something is lost, damaged or untrue. `harmless`: nobody who reads the record sees it. `count` is how many
    there are of it, `remedy` what a person can do, `repair` what `--repair` does.
    """

    weight: Literal["wrong", "harmless"]
    where: str
    what: str
    count: int = 1
    remedy: str | None = None
    repair: Cut | Remove | Mark | None = None


class Tally:
    """The same thing found many times: told once, with a number and the first few examples."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], tuple[int, list[str]]] = {}

    def add(self, where: str, what: str, example: str) -> None:
        """Count one more; `what` says what it is, for one and for many."""
        count, examples = self._found.setdefault((where, what), (0, []))
        if len(examples) < _EXAMPLES and example not in examples:
            examples.append(example)
        self._found[where, what] = count + 1, examples

    def findings(self) -> list[Finding]:
        """What was counted, all of it wrong."""
        return [
            Finding(
                weight="wrong",
                where=where,
                what=f"{what}: {', '.join(examples)}{' and others' if count > len(examples) else ''}",
                count=count,
                remedy=AGAIN,
            )
            for (where, what), (count, examples) in self._found.items()
        ]


def size_of(paths: tuple[Path, ...]) -> int:
    """Bytes of files and of all that is in folders; what is gone meanwhile counts nothing."""
    total = 0
    for path in paths:
        for file in path.rglob("*") if path.is_dir() else [path]:
            try:
                total += file.stat().st_size if file.is_file() else 0
            except OSError:
                continue
    return total


def megabytes(size: int) -> str:
    """A size for people."""
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size / 1e3:.1f} kB"
