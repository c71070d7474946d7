"""Which offices there are: the file offices.yaml, checked, and the offices that follow from a role and a state.

It is apart from `holders` because it knows no persons and no dates: titles, names of offices, precedence.
"""

from __future__ import annotations

import copy
import functools
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

import msgspec
import pycountry
import yaml

from dragoman.errors import KnowledgeError

SECTORS = frozenset(
    {
        "GOV", "MIL", "LEG", "JUD", "SPY", "PTY", "COP", "PRM", "REB", "OPP", "ELI", "BUS", "JRN", "CVL", "EDU", "REL",
        "SOC", "MED", "LAB", "AGR", "REF", "CRM", "PRE", "UAF", "UNK", "IGO", "NGO", "MNC",
    }
)  # fmt: skip
# Kosovo has no official code; XKX is the one in use.
EXTRA_CODES = frozenset({"XKX"})
UNTITLED = re.compile(r"^(?:(?:the|acting|interim|caretaker|then)\s+)+")

_Title = TypeVar("_Title")


class Office(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An office of one state or body; exactly one of `country` and `body` is given. A lower `rank` goes before."""

    id: str
    name: str
    role: str | None
    country: str | None
    body: str | None
    sector: str
    titles: tuple[str, ...]
    single: bool
    rank: int


class OfficeBook:
    """The offices of offices.yaml: those written out, and those that follow from a role and a state.

    Raises `KnowledgeError`, naming file and entry, for unknown fields, codes, sectors and roles, and for a title
    that means two offices.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._file = msgspec.convert(yaml.load(path.read_bytes(), yaml.CSafeLoader), _OfficeFile)
        except (yaml.YAMLError, msgspec.ValidationError) as error:
            raise KnowledgeError(f"{path.name}: {error}") from error
        self.known_until = self._file.known_until
        self._roles = {role.id: role for role in self._file.roles}
        self._rank = {role.id: rank for rank, role in enumerate(self._file.roles)}
        self.role_of_title: dict[str, str] = {}
        self._own_title: dict[tuple[str, str], str] = {}
        self.offices: dict[str, Office] = {}
        self._check_codes()
        for role in self._file.roles:
            self._check_sector(role.id, role.sector)
            for title in role.titles:
                self._add_title(self.role_of_title, plain_title(title), role.id)
        for code, entries in self._file.countries.items():
            for role_id, entry in entries.items():
                office = self._make(self._role(role_id, f"countries, {code}"), code)
                self.offices[office.id] = office
                for title in entry.titles:
                    self._add_title(self._own_title, (code, plain_title(title)), office.id)
        for own in self._file.offices:
            self._add_own(own)

    def office_for(self, role: str, country: str) -> Office | None:
        """The office of that role in that state, or None where the state has no such office."""
        entry = self._roles.get(role)
        if entry is None or not is_code(country) or country in self._file.without.get(role, ()):
            return None
        known = self.offices.get(f"{country.lower()}-{role}")
        return known or (self._make(entry, country) if entry.everywhere else None)

    def office_titled(self, title: str, of: str) -> Office | None:
        """The office that a title means beside a state (alpha-3 code) or a body (its id), or None."""
        plain = plain_title(title)
        own = self._own_title.get((of, plain))
        if own is not None:
            return self.offices[own]
        role = self.role_of_title.get(plain)
        return None if role is None else self.office_for(role, of)

    def demand(self, office_id: str) -> Office | None:
        """The office of that id, made where role and state are known; None for an unknown id."""
        if office_id not in self.offices:
            code, _, role = office_id.partition("-")
            if role not in self._roles or code != code.lower() or not is_code(code.upper()):
                return None
            self.offices[office_id] = self._make(self._roles[role], code.upper())
        return self.offices[office_id]

    def extended(self, offices: Mapping[str, Office]) -> OfficeBook:
        """A book that has these offices too, each found by its titles beside its state or body; this one stays."""
        book = copy.copy(self)
        book.offices = {**self.offices, **offices}
        book._own_title = dict(self._own_title)
        for office in offices.values():
            for title in office.titles:
                book._own_title.setdefault((office.country or office.body or "", plain_title(title)), office.id)
        return book

    def _make(self, role: _RoleEntry, country: str) -> Office:
        entry = self._file.countries.get(country, {}).get(role.id)
        name = role.name.replace("{country}", self._country_name(country)) if entry is None else entry.name
        return Office(
            id=f"{country.lower()}-{role.id}", name=name, role=role.id, country=country, body=None, sector=role.sector,
            titles=(*(entry.titles if entry else ()), *role.titles), single=role.single, rank=self._rank[role.id],
        )  # fmt: skip

    def _add_own(self, own: _OfficeEntry) -> None:
        self._check_sector(own.id, own.sector)
        if own.id in self.offices:
            raise KnowledgeError(f"{self._path.name}: office '{own.id}' stands there twice; take one out.")
        if (own.country is None) == (own.body is None):
            raise KnowledgeError(f"{self._path.name}: office '{own.id}' needs either a country or a body.")
        if own.country is not None:
            self._check_code(own.country, f"office '{own.id}'")
        self.offices[own.id] = Office(
            id=own.id, name=own.name, role=None, country=own.country, body=own.body, sector=own.sector,
            titles=own.titles, single=own.single, rank=self._rank[self._role(own.like, f"office '{own.id}'").id],
        )  # fmt: skip
        for title in own.titles:
            self._add_title(self._own_title, (own.country or own.body or "", plain_title(title)), own.id)

    def _add_title(self, index: dict[_Title, str], title: _Title, means: str) -> None:
        if index.setdefault(title, means) != means:
            raise KnowledgeError(f"{self._path.name}: title {title!r} of '{means}' is also one of '{index[title]}'.")

    def _role(self, role_id: str, where: str) -> _RoleEntry:
        if role_id not in self._roles:
            raise KnowledgeError(f"{self._path.name}, {where}: unknown role '{role_id}'; add it to `roles`.")
        return self._roles[role_id]

    def _country_name(self, code: str) -> str:
        if code in self._file.country_names:
            return self._file.country_names[code]
        country = pycountry.countries.get(alpha_3=code)
        assert country is not None, "codes are checked before they are named"
        return str(getattr(country, "common_name", country.name))

    def _check_codes(self) -> None:
        for role, codes in self._file.without.items():
            self._role(role, "without")
            for code in sorted(codes):
                self._check_code(code, "without")
        for code in (*self._file.country_names, *self._file.countries):
            self._check_code(code, "countries")

    def _check_code(self, code: str, where: str) -> None:
        if not is_code(code):
            raise KnowledgeError(f"{self._path.name}, {where}: '{code}' is not an ISO 3166-1 alpha-3 code.")

    def _check_sector(self, entry: str, sector: str) -> None:
        if sector not in SECTORS:
            raise KnowledgeError(f"{self._path.name}, '{entry}': unknown sector '{sector}'.")


@functools.cache
def is_code(code: str) -> bool:
    """Whether that is an ISO 3166-1 alpha-3 code in capitals, or the one in use for Kosovo."""
    return code in EXTRA_CODES or (code.isupper() and pycountry.countries.get(alpha_3=code) is not None)


def plain_title(title: str) -> str:
    """A title for comparison: small letters, no hyphens, no article, no 'acting'."""
    words = " ".join(title.replace("-", " ").replace("’", "'").casefold().split())
    return UNTITLED.sub("", words)


class _RoleEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    name: str
    sector: str
    titles: tuple[str, ...]
    single: bool = True
    everywhere: bool = True


class _CountryEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    titles: tuple[str, ...] = ()


class _OfficeEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    name: str
    sector: str
    like: str
    titles: tuple[str, ...]
    country: str | None = None
    body: str | None = None
    single: bool = True


class _OfficeFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    known_until: date
    country_names: dict[str, str]
    roles: tuple[_RoleEntry, ...]
    without: dict[str, frozenset[str]]
    countries: dict[str, dict[str, _CountryEntry]]
    offices: tuple[_OfficeEntry, ...]
