"""The types of actor knowledge: what one entry of states, bodies, organs, groups, outlets, agents and titles holds.

Separate from the loader so that whatever works on entries need not import how they are read.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from dragoman.model import How

Sector = Literal[
    "GOV", "MIL", "LEG", "JUD", "SPY", "PTY", "COP", "PRM", "REB", "OPP", "ELI", "BUS", "JRN", "CVL", "EDU", "REL",
    "SOC", "MED", "LAB", "AGR", "REF", "CRM", "PRE", "UAF", "UNK", "IGO", "NGO", "MNC",
]  # fmt: skip
Role = Literal[
    "head_of_state",
    "head_of_government",
    "deputy_head",
    "foreign_minister",
    "defence_minister",
    "minister",
    "security_adviser",
    "intelligence_chief",
    "army_chief",
    "commander",
    "speaker",
    "ambassador",
    "un_ambassador",
    "envoy",
    "spokesperson",
    "party_leader",
    "body_head",
    "monarch",
    "governor",
    "legislator",
    "judge",
    "official",
    "cleric",
]
FormKind = Literal["state", "capital", "metonym", "adjective", "demonym", "body", "organ", "group", "outlet"]


class Named(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every actor entry has: a canonical name and the other ways in which texts write it.

    `contextual` forms mean this actor only in an article about it ("the North", "the Senate"); `ambiguous` gives, for
    forms that may also be something else (a person, a city, another actor), what that is.
    """

    name: str
    names: tuple[str, ...] = ()
    contextual: tuple[str, ...] = ()
    ambiguous: dict[str, str] = {}
    note: str | None = None


class Metonym(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A seat of power that stands for those who sit there: 'the Kremlin', 'Foggy Bottom'."""

    name: str
    sector: Sector = "GOV"


class State(Named, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A state or territory with its ISO 3166-1 alpha-3 code (XKX for Kosovo).

    `former` names are those of states that it follows ("Soviet Union"); `former_adjectives` go with them. The first
    of `capitals` is the official one, the rest are other spellings and seats of government.
    """

    code: str
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    metonyms: tuple[Metonym, ...] = ()
    former: tuple[str, ...] = ()
    former_adjectives: tuple[str, ...] = ()

    @property
    def capital(self) -> str | None:
        """The official capital as it is usually spelt, or None for a territory without one."""
        return self.capitals[0] if self.capitals else None


class Body(Named, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An international body; `parent` is the id of the body it is an organ of, `members` are codes of states."""

    id: str
    short: str | None = None
    sector: Sector = "IGO"
    parent: str | None = None
    members: tuple[str, ...] = ()


class Organ(Named, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A named ministry, service, force, parliament, court, office or party of one state."""

    id: str
    country: str
    sector: Sector


class OrganPattern(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of organ that every state has; `nouns` in lower case, to be read after an adjective or possessive."""

    name: str
    sector: Sector
    nouns: tuple[str, ...]


class Group(Named, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An armed group, movement or partly recognised entity; `country` is where it is at home, if in one place."""

    id: str
    sector: Sector
    country: str | None = None


class Outlet(Named, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A news agency, newspaper, broadcaster or site; `country` is its home state."""

    id: str
    country: str
    state_media: bool


class Agent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A common noun for people or bodies that act, in lower case; `singular` equals `plural` where it has one form."""

    singular: str
    plural: str
    sector: Sector


class Title(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A title of office in lower case, with its other wordings, plurals and abbreviations (these as written).

    `countries` names the states in which alone the title exists; empty means any.
    """

    title: str
    sector: Sector
    role: Role
    names: tuple[str, ...] = ()
    plurals: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


class SurfaceForm(msgspec.Struct, frozen=True, kw_only=True):
    """One string, to be matched case-sensitively at word boundaries, and the actor it stands for.

    `contextual` and `ambiguous` as in `Named`; `former` marks the name of a state that is no more.
    """

    text: str
    actor: str
    actor_id: str
    country: str | None
    sector: Sector | None
    how: How
    kind: FormKind
    contextual: bool = False
    ambiguous: bool = False
    former: bool = False
