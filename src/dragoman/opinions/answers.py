"""What a model may answer, and nothing else: text in, a checked answer or the reason why it is none out.

The text may have been steered by whoever wrote the article. So it is only ever read as one JSON object with closed sets
of values, and the words that it quotes must stand in the passage.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final, Literal

import msgspec

from dragoman.knowledge.ontology import TYPES, load_ontology
from dragoman.model import EventType, Status

Doer = Literal["actor", "recipient", "both", "neither"]
"""Who does it, by the sides as Dragoman coded them."""
LONGEST_REASON: Final = 600
LONGEST_WORDS: Final = 300
_MARK: Final = re.compile(r"\[[AB]: ([^\]\[]*)\]|[{}]")
LONGEST: Final = 50_000
"""Characters of an answer without its reasoning."""
_THOUGHT: Final = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)


class Answer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a model thinks of a possible event; without an event, type, mode, status and words are None.

    `start` and `end` are where the words that tell it stand in the article's text.
    """

    event: bool
    type: EventType | None = None
    mode: str | None = None
    status: Status | None = None
    doer: Doer = "neither"
    start: int | None = None
    end: int | None = None
    reason: str


class Given(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An answer as a model gives it; A and B are the sides as the passage marks them."""

    event: bool
    type: Literal[EventType, "NONE"]
    mode: str | None
    status: Status | None
    doer: Literal["A", "B", "both", "neither"]
    words: str | None
    reason: str


class NoAnswerError(ValueError):
    """Text that is no answer; says why, in words for the model."""


def answer_schema() -> dict[str, Any]:
    """The JSON schema of `Given`, in the strict form that servers take: closed, every key required."""
    modes = sorted({mode for entry in load_ontology().types.values() for mode in entry.modes})
    statuses: list[str | None] = ["actual", "planned", "hypothetical", "denied", "habitual", None]
    properties: dict[str, Any] = {
        "event": {"type": "boolean"},
        "type": {"type": "string", "enum": [*TYPES, "NONE"]},
        "mode": {"type": ["string", "null"], "enum": [*modes, None]},
        "status": {"type": ["string", "null"], "enum": statuses},
        "doer": {"type": "string", "enum": ["A", "B", "both", "neither"]},
        "words": {"type": ["string", "null"]},
        "reason": {"type": "string"},
    }
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def read_answer(content: str, passage: str, *, offset: int = 0, first: Doer = "actor") -> Answer:
    """The answer in a model's text. `first` is the side marked A, `offset` where the passage begins in the article.

    Raises `NoAnswerError` for anything that is not exactly one object of the closed form, or that contradicts itself.
    """
    try:
        given = msgspec.json.decode(_only_object(content), type=Given)
    except (msgspec.DecodeError, UnicodeError) as error:  # Python's reader of JSON takes more than there is, as NaN
        raise NoAnswerError(f"{error}.") from None
    _check(given)
    span = None if given.words is None else _find(given.words, passage)
    return Answer(
        event=given.event,
        type=None if given.type == "NONE" else given.type,
        mode=given.mode,
        status=given.status,
        doer=_doer(given.doer, first),
        start=None if span is None else offset + span[0],
        end=None if span is None else offset + span[1],
        reason=" ".join(given.reason.split()),
    )


def _only_object(content: str) -> str:
    """The one JSON object in a text, alone, fenced or in prose; reasoning in front of it is passed over."""
    text = _THOUGHT.sub("", content)
    if len(text) > LONGEST:  # looking for an object in it takes time that grows faster than it does
        raise NoAnswerError(f"it is longer than any answer ({len(text):,} characters).")
    decoder = json.JSONDecoder()
    found: list[str] = []
    at = text.find("{")
    while at >= 0:
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            at = text.find("{", at + 1)
            continue
        if isinstance(value, dict) and value:
            found.append(text[at:end])
        at = text.find("{", end)
    if len(found) != 1:
        raise NoAnswerError("it has no JSON object." if not found else f"it has {len(found)} JSON objects.")
    return found[0]


def _check(given: Given) -> None:
    """Raise `NoAnswerError` for what the closed sets alone do not rule out."""
    if len(given.reason) > LONGEST_REASON:
        raise NoAnswerError(f"'reason' is longer than {LONGEST_REASON} characters.")
    if given.words is not None and len(given.words) > LONGEST_WORDS:
        raise NoAnswerError(f"'words' is longer than {LONGEST_WORDS} characters.")
    if not given.event:
        if given.type != "NONE" or given.doer != "neither" or (given.mode, given.status, given.words) != (None,) * 3:
            raise NoAnswerError(
                "where 'event' is false, 'type' is \"NONE\", 'doer' \"neither\", and mode, status and words are null."
            )
        return
    if given.type == "NONE" or given.status is None or given.doer == "neither" or given.words is None:
        raise NoAnswerError("where 'event' is true, there must be a type, a status, a doer and words.")
    modes = load_ontology().type(given.type).modes
    if given.mode is not None and given.mode not in modes:
        known = ", ".join(modes) or "none, so it must be null"
        raise NoAnswerError(f"{given.type} has no mode '{given.mode[:40]}'; its modes are: {known}.")


def _doer(given: str, first: Doer) -> Doer:
    if given == "both":
        return "both"
    if given == "neither":
        return "neither"
    return "actor" if (given == "A") == (first == "actor") else "recipient"


def _find(words: str, passage: str) -> tuple[int, int]:
    """Where words stand in the passage, without regard to white space, case and marks."""
    parts = _MARK.sub(r"\1", words).strip(" \t\n\"'“”").split()
    found = re.search(r"\s+".join(map(re.escape, parts)), passage, re.IGNORECASE) if parts else None
    if found is None:
        raise NoAnswerError("'words' are not copied from the passage.")
    return found.span()
