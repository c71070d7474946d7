"""Which words and names tell whether 'he' or 'she' stands for somebody, from `gender.yaml`."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec
import yaml

from dragoman.errors import KnowledgeError
from dragoman.knowledge.files import KNOWLEDGE, typed_yaml

PATH = KNOWLEDGE / "gender.yaml"
Gender = Literal["f", "m"]


class _Family(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    gender: Gender
    ending: str
    countries: frozenset[str]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pronouns: dict[Gender, list[str]]
    words: dict[Gender, list[str]]
    given: dict[Gender, list[str]]
    families: list[_Family]


@dataclass(frozen=True, slots=True)
class GenderWords:
    """Gender by pronoun, by title or noun, and by name; all words in small letters."""

    pronouns: Mapping[str, Gender]
    words: Mapping[str, Gender]
    given: Mapping[str, Gender]
    families: tuple[tuple[re.Pattern[str], frozenset[str], Gender], ...]

    def of_name(self, name: str, country: str | None) -> Gender | None:
        """What a full name tells by its first word, or by its last among people of some states; None where unsure."""
        words = name.casefold().split()
        if len(words) < 2:
            return None
        return self.given.get(words[0]) or next(
            (g for pattern, countries, g in self.families if country in countries and pattern.fullmatch(words[-1])),
            None,
        )


@functools.cache
def load_gender() -> GenderWords:
    """Read the file once; raises `KnowledgeError` naming what in it is wrong."""
    try:
        file = msgspec.convert(typed_yaml(PATH.read_text("utf-8")), _File)
        families = tuple((re.compile(rf".{{2,}}{f.ending}"), f.countries, f.gender) for f in file.families)
    except (yaml.YAMLError, msgspec.ValidationError, re.error) as error:
        raise KnowledgeError(f"{PATH.name}: {error}") from error
    return GenderWords(_by_word(file.pronouns), _by_word(file.words), _by_word(file.given), families)


def _by_word(lists: Mapping[Gender, list[str]]) -> dict[str, Gender]:
    found: dict[str, Gender] = {}
    for gender in ("f", "m"):
        for word in lists.get(gender, []):
            if found.setdefault(word, gender) != gender:
                raise KnowledgeError(f"{PATH.name}: '{word}' stands under f and m; leave out what both are called.")
    return found
