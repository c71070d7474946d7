"""Ids of last resort: a person whom nobody knows is filed under name and state, until a user merges the two ids.

Apart from `identity` because it says how an identity is filed, once it is settled who is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge.known import Known, slug
from dragoman.knowledge.own import Merge
from dragoman.model import Mention

PROVISIONAL = "provisional:"
NOWHERE = "zz"


def provisional_id(name: str, country: str | None) -> str | None:
    """'provisional:<name>-<country or zz>', alike in every article; None for a name of one word: anybody's."""
    if len(name.split()) < 2:
        return None
    try:
        return f"{PROVISIONAL}{slug(name, name)}-{(country or NOWHERE).lower()}"
    except KnowledgeError:
        return None


def is_known(mention: Mention) -> bool:
    """Whether a mention is of somebody whom the knowledge has, not merely of a name."""
    return mention.actor_id is not None and not mention.actor_id.startswith(PROVISIONAL)


def filed(
    mention: Mention, persons: Mapping[str, Mention], known: Known, completed: Callable[[Mention], Mention]
) -> Mention:
    """The mention under a provisional id where it names a person without one, and under the id it is merged into.

    `persons` are the article's persons by name, `completed` gives a known person country and office.
    """
    if mention.actor is not None and mention.actor_id is None:
        person = persons.get(mention.actor, mention)
        mention = msgspec.structs.replace(
            mention, actor_id=provisional_id(mention.actor, person.country or mention.country)
        )
    merge = known.merges.get(mention.actor_id or "")
    return mention if merge is None else _merged(mention, merge, known, completed)


def _merged(mention: Mention, merge: Merge, known: Known, completed: Callable[[Mention], Mention]) -> Mention:
    merged = msgspec.structs.replace(
        mention, actor=merge.name, actor_id=merge.into, country=merge.country or mention.country
    )
    return completed(merged) if merge.into.removeprefix("person:") in known.holders.persons else merged
