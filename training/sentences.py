"""Labelled sentences: what the relation model learns from, one JSON object a line (training/README.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from dragoman.errors import InputError
from dragoman.knowledge.ontology import load_ontology
from dragoman.model import EventType, Status


class Party(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A political actor named in a sentence; `country` is its ISO alpha-3 code or a body's short name, or null."""

    id: str
    start: int
    end: int
    country: str | None


class Labelled(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One event of a sentence: who (ids of parties) does what to whom, and the words that say so."""

    type: EventType
    mode: str | None = None
    status: Status
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    symmetric: bool
    trigger: tuple[int, int]


class LabelledSentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A sentence with every political actor that it names; two that stand in no event together do nothing (NONE)."""

    id: str
    text: str
    parties: tuple[Party, ...]
    events: tuple[Labelled, ...]


def read_sentences(paths: Iterable[Path]) -> Iterator[LabelledSentence]:
    """Every sentence of the files, checked; raises `InputError` naming file and line."""
    for path in paths:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            try:
                sentence = msgspec.json.decode(line, type=LabelledSentence)
                check(sentence)
            except (msgspec.MsgspecError, ValueError) as error:
                raise InputError(str(error), source=path.name, line=number) from error
            yield sentence


def check(sentence: LabelledSentence) -> None:
    """Raise `ValueError` for a sentence whose labels do not fit its text or the codebook."""
    ids = [p.id for p in sentence.parties]
    if len(set(ids)) != len(ids):
        raise ValueError("two parties have one id")
    for start, end in [(p.start, p.end) for p in sentence.parties] + [e.trigger for e in sentence.events]:
        words = sentence.text[start:end]
        if not 0 <= start < end <= len(sentence.text) or words != words.strip():
            raise ValueError(f"no words stand at {start} to {end}")
    for event in sentence.events:
        if unknown := {*event.actors, *event.recipients} - set(ids):
            raise ValueError(f"no party has the id {', '.join(sorted(unknown))}")
        if not event.actors and not event.recipients:
            raise ValueError("an event has no side")
        if set(event.actors) & set(event.recipients):
            raise ValueError("one party stands on both sides")
        modes = load_ontology().type(event.type).modes
        if event.mode is not None and event.mode not in modes:
            raise ValueError(f"{event.type} has no mode {event.mode}; it has {', '.join(modes) or 'none'}")
