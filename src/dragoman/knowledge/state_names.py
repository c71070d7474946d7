"""What states are called in other languages: `state_names.csv`, most of it from CLDR, as a lookup by name.

Apart from `actors`, since these names are for questions and for other scripts: in English running text a Latin name of
another language is none ('Island' is Iceland in German).
"""

from __future__ import annotations

import csv
import functools
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.files import KNOWLEDGE

FILE = KNOWLEDGE / "state_names.csv"
# `source` is cldr or own; `also` says what else the name may be in a text, where it then is not looked for.
COLUMNS = ("language", "code", "name", "source", "also")
SOURCES = frozenset({"cldr", "own"})
LATIN_END = "\u024f"
MORE_LATIN = ("\u1e00", "\u1eff")  # Vietnamese letters
APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "׳": "'", "״": '"', "”": '"', "“": '"'})


class StateName(msgspec.Struct, frozen=True, kw_only=True):
    """A name of the state with this ISO 3166-1 alpha-3 code in a language; `also` is what else it may mean, or ''."""

    language: str
    code: str
    name: str
    also: str

    @property
    def latin(self) -> bool:
        """Whether it is written in Latin letters."""
        first = next((c for c in self.name if c.isalpha()), "")
        return first <= LATIN_END or MORE_LATIN[0] <= first <= MORE_LATIN[1]


class StateNames:
    """The names, and the question which state one is of. Made by `load_state_names`."""

    def __init__(self, names: Iterable[StateName]) -> None:
        self.names = tuple(names)

    def states_called(self, name: str) -> tuple[str, ...]:
        """The codes of the states of that name in some language, whatever its case and accents; often none."""
        return self._by_name.get(fold_state(name), ())

    def in_other_scripts(self) -> Iterator[StateName]:
        """The names that mean their state in any text: not in Latin letters, and nothing else."""
        return (n for n in self.names if not n.also and not n.latin)

    @functools.cached_property
    def _by_name(self) -> dict[str, tuple[str, ...]]:
        codes: dict[str, set[str]] = {}
        for name in self.names:
            codes.setdefault(fold_state(name.name), set()).add(name.code)
        return {name: tuple(sorted(found)) for name, found in codes.items()}


@functools.cache
def load_state_names() -> StateNames:
    """The names that come with Dragoman, read once a process. Raises `KnowledgeError` as `read_state_names` does."""
    return read_state_names(FILE)


def read_state_names(path: Path) -> StateNames:
    """Read and check a file of names.

    Raises `KnowledgeError` with the line for wrong columns, unknown codes and sources, a name given twice, and a name
    in another script that means two states.
    """
    known = load_actors().by_code
    names: dict[tuple[str, str, str], StateName] = {}
    sure: dict[str, str] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.reader(file, strict=True), start=1):
                fault = _fault(number, row, known)
                if fault is None and number > 1:
                    language, code, text, _, also = row
                    name = StateName(language=language, code=code, name=text, also=also)
                    if (language, code, text) in names:
                        fault = f"'{text}' stands there twice; keep one line"
                    elif not also and not name.latin and sure.setdefault(text, code) != code:
                        fault = f"'{text}' is also a name of {sure[text]}; say so in 'also' of both lines"
                    names[language, code, text] = name
                if fault is not None:
                    raise KnowledgeError(f"{path.name}, line {number}: {fault}.")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise KnowledgeError(f"{path.name}: cannot be read as CSV ({error}); restore the file.") from error
    return StateNames(names.values())


def _fault(number: int, row: list[str], known: Iterable[str]) -> str | None:
    if number == 1:
        return None if tuple(row) == COLUMNS else f"the columns must be {', '.join(COLUMNS)}"
    if len(row) != len(COLUMNS):
        return f"has {len(row)} cells and must have {len(COLUMNS)}"
    language, code, name, source, _ = row
    if not language or not name or name != name.strip():
        return "language and name must be written, without spaces around them"
    if code not in known:
        return f"unknown state code '{code}'"
    return None if source in SOURCES else f"unknown source '{source}'; write cldr or own"


def fold_state(name: str) -> str:
    """A name as it is compared: without case, accents, hyphens, full stops and marks that only join or part letters."""
    letters = name.translate(APOSTROPHES).replace("-", " ")
    if not letters.isascii():
        kept = (c for c in unicodedata.normalize("NFKD", letters) if unicodedata.category(c) not in ("Mn", "Cf"))
        letters = unicodedata.normalize("NFC", "".join(kept))
    return " ".join(letters.casefold().replace(".", " ").split())
