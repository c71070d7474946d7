"""What kind of actor a party is: a person, a state or something else; the same answer for every analysis."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from dragoman.knowledge.actors import load_actors
from dragoman.model import Event, Party

_GAPS: Final = re.compile(r"[\s\-‐‑]+")


def is_state(party: Party) -> bool:
    """Whether the party is a state itself, not somebody or something of it."""
    if party.actor_id is not None:
        return party.actor_id.startswith("state:")
    state = load_actors().by_code.get(party.country or "")
    return state is not None and party.actor == state.name


def is_person(party: Party) -> bool:
    """Whether the party is a named person; those that no actor file knows have a provisional id or none."""
    if party.actor_id is not None:
        return party.actor_id.startswith(("person:", "provisional:"))
    return party.actor is not None and not is_state(party)


def persons(parties: Iterable[Party]) -> tuple[str, ...]:
    """The names of the persons among the parties, each once, in the order of the text."""
    return tuple(dict.fromkeys(p.actor for p in parties if p.actor is not None and is_person(p)))


def affiliations(parties: Iterable[Party]) -> frozenset[str]:
    """On whose behalf the parties act: their countries; for those without one their own names, folded."""
    return frozenset(p.country or plain(p.actor or p.text) for p in parties)


def opposite(event: Event) -> frozenset[frozenset[str]] | tuple[frozenset[str], frozenset[str]]:
    """The two sides by affiliation, to tell events of the same sides.

    In no order when the act is symmetric, and for all that is CONSULT: who is called host and who guest changes with
    the wording ('Kim received Lavrov', 'Lavrov visited Kim').
    """
    sides = affiliations(event.actors), affiliations(event.recipients)
    return frozenset(sides) if event.symmetric or event.type == "CONSULT" else sides


def name_key(party: Party) -> str:
    """What tells this party from others: its canonical name, else its state and the words of the text."""
    return plain(party.actor) if party.actor else plain(f"{party.country or ''} {party.text}")


@functools.lru_cache(maxsize=1 << 16)
def plain(name: str) -> str:
    """A name as it is compared: without case, accents, hyphens and runs of spaces ('Kim Jong-un', 'KIM JONG UN').

    Remembered, since the same names come up in report after report.
    """
    bare = name
    if not name.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return _GAPS.sub(" ", bare).strip().casefold()
