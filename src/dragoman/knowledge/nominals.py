"""Nouns that name acts, by how they take their sides, from `nominals.yaml`."""

from __future__ import annotations

import functools

import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge.files import KNOWLEDGE, read_yaml


class Nominals(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`of_object`: 'of X' is whom it is done to; `stative`: no act without a verb that makes it one.

    `instruments`: things an act is done with. `motion` and `reaching`: verbs after which a name is a place. `suffered`:
    the possessor is whom it is done to. `receiving`: verbs whose subject is given what the object names.
    `arriving`: verbs whose subject reaches somebody 'from' whoever sent it. `occasions`: what an act is done 'on' or
    'at' without those taking part whose it is.
    """

    of_object: frozenset[str]
    stative: frozenset[str]
    suffered: frozenset[str]
    instruments: frozenset[str]
    receiving: frozenset[str]
    arriving: frozenset[str]
    motion: frozenset[str]
    reaching: frozenset[str]
    occasions: frozenset[str]


@functools.cache
def load_nominals() -> Nominals:
    """Read the file once; raises `KnowledgeError` naming what in it is wrong."""
    try:
        return msgspec.convert(read_yaml(KNOWLEDGE / "nominals.yaml"), Nominals)
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"nominals.yaml: {error}") from error
