"""Opinions in words for a person, the same on every page and in every table; pure."""

from __future__ import annotations

from dragoman.briefing.wording import one_line, shortened
from dragoman.model import Event
from dragoman.opinions.answers import Answer
from dragoman.opinions.kept import Opinion
from dragoman.opinions.standing import compare

_LONGEST = 300


def opinion_words(opinion: Opinion, event: Event) -> str:
    """What a model says, and in what that is other than the event: 'gpt: ASSAULT, planned; agrees on sides, …'."""
    model = one_line(opinion.model)
    if opinion.answer is None:
        what = "refused to answer" if opinion.outcome == "refusal" else "gave no usable answer"
        return shortened(f"{model}: {what} ({one_line(opinion.problem or 'no reason given')})", _LONGEST)
    if not opinion.answer.event:
        return f"{model}: no such event between them here"
    return f"{model}: {answer_words(opinion.answer)}; {stand_words(event, opinion.answer)}"


def answer_words(answer: Answer) -> str:
    """'CONSULT, visit, planned'; 'no event' where it sees none."""
    return ", ".join(part for part in (answer.type, answer.mode, answer.status) if part) or "no event"


def stand_words(event: Event, answer: Answer) -> str:
    """'agrees on type and sides, not on status'."""
    found = compare(event, answer)
    agrees = [name for name in ("type", "status", "sides") if getattr(found, name)]
    differs = [name for name in ("type", "status", "sides") if not getattr(found, name)]
    if not differs:
        return "agrees"
    if not agrees:
        return f"differs on {_listed(differs)}"
    return f"agrees on {_listed(agrees)}, not on {_listed(differs)}"


def reason_words(opinion: Opinion) -> str | None:
    """The model's own reason; None where it gave no answer."""
    return None if opinion.answer is None else shortened(one_line(opinion.answer.reason), _LONGEST)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
