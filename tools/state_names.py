"""Writes `knowledge/state_names.csv` anew: the names of states in other languages, from CLDR as Babel brings it.

    python -m venv /tmp/babel && /tmp/babel/bin/pip install babel pycountry msgspec pyyaml
    PYTHONPATH=src /tmp/babel/bin/python tools/state_names.py

Rows whose source is `own` and the column `also` are kept by hand in the file itself and stay as they are; rows of CLDR
are replaced. Left out are names that English has too (they are found as such), and descriptions in place of names.
CLDR is © Unicode, Inc., under the Unicode License V3; its notice is in the data file's neighbour `state_names.LICENSE`.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator

import babel
import pycountry

from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.state_names import COLUMNS, FILE, fold_state

LANGUAGES = ("de", "fr", "es", "pt", "it", "ru", "uk", "zh_Hans", "zh_Hant", "ja", "ko", "ar", "fa", "he", "tr", "vi",
             "id", "pl", "nl", "sv", "hi")  # fmt: skip
# CLDR calls these by what China calls them ('Hong Kong SAR China'); their names are rows of our own.
DESCRIBED = frozenset({"HKG", "MAC"})
# "Mjanma (Birma)" are two names of one state; elsewhere brackets tell apart ("刚果（金）") and belong to the name.
TWO_NAMES = re.compile(r"(.+?)\s*[(（](.+)[)）]")
TWICE_NAMED = frozenset({"MMR"})


def main() -> None:
    """Read the file as it is, and write it with the rows of CLDR made anew, in order of language, code and name."""
    with FILE.open(encoding="utf-8", newline="") as file:
        before = list(csv.DictReader(file)) if FILE.stat().st_size else []
    also = {(row["language"], row["code"], row["name"]): row["also"] for row in before}
    own = {key for key, row in zip(also, before, strict=True) if row["source"] == "own"}
    made = {key for key in names_of_cldr() if key not in own}
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for key in sorted(made | own):
            writer.writerow((*key, "own" if key in own else "cldr", also.get(key, "")))
    gone = sorted(key for key, said in also.items() if said and key not in made | own)
    print(f"{len(made)} names of CLDR (Babel {babel.__version__}), {len(own)} of our own.")
    for key in gone:
        print(f"No longer in CLDR, though marked in 'also': {', '.join(key)}")


def names_of_cldr() -> Iterator[tuple[str, str, str]]:
    """Language, code of the state and name, for every state that Dragoman knows."""
    states = load_actors().by_code
    english = {code: {fold_state(form) for form in (state.name, *state.names)} for code, state in states.items()}
    for language in LANGUAGES:
        for short, name in babel.Locale.parse(language).territories.items():
            code = alpha_3(short)
            if code is None or code not in states or code in DESCRIBED:
                continue
            for each in parted(code, unicodedata.normalize("NFC", name)):
                if fold_state(each) not in english[code]:
                    yield language.replace("_", "-"), code, each


def parted(code: str, name: str) -> tuple[str, ...]:
    """The names that a string of CLDR gives."""
    two = TWO_NAMES.fullmatch(name) if code in TWICE_NAMED else None
    return (two[1], two[2]) if two else (name,)


def alpha_3(short: str) -> str | None:
    """The ISO 3166-1 alpha-3 code of a territory of CLDR, None for what is no state (continents, 'EU')."""
    if short == "XK":
        return "XKX"
    found = pycountry.countries.get(alpha_2=short)
    return found.alpha_3 if found else None


if __name__ == "__main__":
    main()
