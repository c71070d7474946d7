"""Candidates for tests of the steps that follow them: the trigger is found by its text, mentions are given by name."""

from __future__ import annotations

from dragoman.coding.draft import Candidate, Draft
from dragoman.model import EventType


def add(
    draft: Draft, word: str, type: EventType | None = None, actors: str = "", recipients: str = "", nth: int = 0
) -> Candidate:
    """Put a candidate on the nth token with that text; `actors` and `recipients` are mention texts split by '|'."""
    tokens = [(s, t) for s in draft.sentences for t in s.tokens if t.text == word]
    sentence, trigger = tokens[nth]
    named = {m.text: m for m in draft.mentions}
    candidate = Candidate(
        sentence=sentence,
        trigger=trigger,
        start=sentence.start,
        end=sentence.end,
        actors=[named[n] for n in actors.split("|") if n],
        recipients=[named[n] for n in recipients.split("|") if n],
        type=type,
    )
    draft.candidates.append(candidate)
    return candidate
