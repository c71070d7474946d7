"""CAMEO codes, as GDELT and ICEWS use them, beside the types of the ontology: cameo.yaml, checked.

It stands apart from the ontology because only the exchange of files with other datasets needs it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pycountry

from dragoman.errors import KnowledgeError
from dragoman.knowledge.files import KNOWLEDGE, check_known, make_entry, read_yaml
from dragoman.knowledge.ontology import TYPES, load_ontology

NONE = "none"
CODE = re.compile(r"(0[1-9]|1\d|20)\d{0,2}")

Act = tuple[str | None, str | None]
"""A type and its mode."""


class Cameo(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The sections of cameo.yaml."""

    codes: Mapping[str, str]
    written: Mapping[str, str]
    quads: Mapping[int, tuple[str, ...]]
    older: Mapping[str, str]
    countries: Mapping[str, str]
    regions: tuple[str, ...]
    sectors: Mapping[str, str]

    def act(self, code: str) -> Act:
        """The type and mode of a code, by its longest beginning that is listed; (None, None) for what PLOVER dropped.

        Raises `ValueError` for what is no CAMEO code.
        """
        if CODE.fullmatch(code) is None:
            raise ValueError(f"'{code}' is no CAMEO code")
        found = next(self.codes[code[:size]] for size in range(len(code), 1, -1) if code[:size] in self.codes)
        return (None, None) if found == NONE else _act(found)

    def code(self, type: str, mode: str | None = None) -> str:
        """The code that a type and mode are written as."""
        return self.written.get(f"{type}/{mode}", self.written[type])

    def quad(self, code: str) -> int:
        """The quad class that CAMEO data give to a code."""
        return next(quad for quad, roots in self.quads.items() if code[:2] in roots)

    def type_named(self, name: str) -> str | None:
        """The type that a file calls so, in any case and by an older name; None for what is no type."""
        wanted = name.strip().upper()
        wanted = self.older.get(wanted, wanted)
        return wanted if wanted in TYPES else None

    def country(self, code: str) -> str | None:
        """The ISO 3166-1 alpha-3 code of a CAMEO country code; None for regions and what is no country."""
        wanted = self.countries.get(code, code)
        return wanted if wanted not in self.regions and pycountry.countries.get(alpha_3=wanted) else None

    def is_region(self, code: str) -> bool:
        """Whether a code is that of a region."""
        return code in self.regions

    def actor_type(self, sector: str | None) -> str | None:
        """How CAMEO's actor types write a sector."""
        written = self.sectors.get(sector, sector) if sector is not None else None
        return None if written == NONE else written

    def sector(self, actor_type: str) -> str | None:
        """The sector that a CAMEO actor type answers to."""
        written = {sector: self.actor_type(sector) for sector in load_ontology().sectors}
        if written.get(actor_type) == actor_type:
            return actor_type
        return next((sector for sector, kind in written.items() if kind == actor_type), None)


@functools.cache
def load_cameo(folder: Path = KNOWLEDGE) -> Cameo:
    """The content of cameo.yaml; raises `KnowledgeError` where a type, mode or code in it is none."""
    path = folder / "cameo.yaml"
    cameo = make_entry(path, "the file", read_yaml(path), Cameo)
    types = load_ontology().types
    for label, act in (*((c, a) for c, a in cameo.codes.items() if a != NONE), *((a, a) for a in cameo.written)):
        type_name, mode = _act(act)
        check_known(path, label, type_name or "", types, "type")
        if mode is not None:
            check_known(path, label, mode, types[type_name or ""].modes, "mode")
    for code in (*cameo.codes, *cameo.written.values()):
        if CODE.fullmatch(code) is None:
            raise KnowledgeError(f"{path.name}, entry '{code}': is no CAMEO code.")
    roots = {f"{number:02}" for number in range(1, 21)}
    for section, wanted, given in (("codes", roots, cameo.codes), ("written", set(TYPES), cameo.written)):
        if missing := sorted(wanted - set(given)):
            raise KnowledgeError(f"{path.name}, section '{section}': {missing[0]} is missing.")
    return cameo


def _act(text: str) -> Act:
    type_name, _, mode = text.partition("/")
    return type_name, mode or None
