"""The run: doubtful events in, an opinion on each kept as soon as it is there; ends by itself when that is wise.

Each answer is on the disk before the next question is sent, so that whatever ends the run, nothing paid for is lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from dragoman.model import Event, ReportedEvent
from dragoman.opinions.answers import Answer, NoAnswerError
from dragoman.opinions.budget import SpentError
from dragoman.opinions.completions import Completions, Said, StoppedError, UnansweredError
from dragoman.opinions.kept import Known, Opinion, Outcome
from dragoman.opinions.question import Question, digest
from dragoman.opinions.wording import load_wording

if TYPE_CHECKING:
    from dragoman.record.selection import EventSelection

IN_A_ROW: Final = 3
"""Questions without an answer one after the other that end a run."""
KEPT_OF_IT: Final = 1_000  # characters of what is no answer


@dataclass(slots=True, kw_only=True)
class Run:
    """What came of a run so far. `known` were asked before, `left` were not come to; `ended` says why it ended early,
    and `failed` whether that is a fault.
    """

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    known: int = 0
    unanswered: int = 0
    left: int = 0
    ended: str | None = None
    failed: bool = False


def doubtful(events: EventSelection | Sequence[ReportedEvent], below: float) -> list[ReportedEvent]:
    """The events less sure than `below`, the most open (nearest to one half) first, those of an article together."""
    found = [each for each in events if each.event.confidence < below]
    most: dict[str, float] = {}
    for each in found:
        most[each.article.id] = max(most.get(each.article.id, 0.0), _open(each.event))
    return sorted(found, key=lambda e: (-most[e.article.id], e.article.id, -_open(e.event), e.event.id))


def ask_about(
    events: Sequence[ReportedEvent],
    question: Callable[[ReportedEvent], Question],
    model: Completions,
    known: Known,
    keep: Callable[[Opinion], None],
    *,
    tell: Callable[[str], None] = lambda _: None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    run: Run | None = None,
) -> Run:
    """Ask a model about events one by one, and hand each opinion to `keep`.

    Ends at the last event, when the budget is spent, when asking makes no sense any more, or after three questions in a
    row without an answer. A question that got none is asked again by the next run. `run` is counted in as it goes.
    """
    run, row = run or Run(), 0
    run.left = len(events)
    for each in events:
        asked = None if known.has_event(each.event.id, digest(each.article)) else question(each)
        if asked is None or known.has_question(asked.key):
            run.known += 1
            run.left -= 1
            continue
        try:
            opinion = ask_one(asked, model, now)
        except UnansweredError as error:
            run.unanswered += 1
            row += 1
            tell(f"{each.event.id}: {error}")
        except (SpentError, StoppedError) as error:
            run.ended, run.failed = str(error), isinstance(error, StoppedError)
            break
        else:
            keep(opinion)
            known.add(asked.key)
            run.outcomes[opinion.outcome] += 1
            row = 0
        run.left -= 1
        if row == IN_A_ROW:
            run.ended, run.failed = f"{row} questions in a row got no answer.", True
            break
    return run


def ask_one(question: Question, model: Completions, now: Callable[[], datetime]) -> Opinion:
    """The opinion of a model on one event. An answer that is none is asked for once more, with what was wrong with it.

    Raises what `Completions.ask` raises for the first question.
    """
    before = model.budget.sent
    messages = list(question.messages)
    said = model.ask(messages)
    told = [said]
    answer, problem = _read(question, said)
    if problem is not None and said.refusal is None and not load_wording().refuses(said.content or ""):
        messages += [
            {"role": "assistant", "content": (said.content or "")[:KEPT_OF_IT]},
            {"role": "user", "content": load_wording().again.format(problem=problem)},
        ]
        try:
            said = model.ask(messages)
        except (UnansweredError, StoppedError, SpentError):
            pass  # what was said first is kept; the next question meets the same hindrance
        else:
            told.append(said)
            answer, problem = _read(question, said)
    refused = said.refusal is not None or load_wording().refuses(said.content or "")
    outcome: Outcome = "answer" if answer is not None else "refusal" if refused else "unusable"
    return Opinion(
        key=question.key,
        coder=model.coder,
        wording=load_wording().version,
        when=now().isoformat(timespec="seconds"),
        article=question.article.id,
        digest=digest(question.article),
        event=question.event,
        marks=question.marks,
        outcome=outcome,
        answer=answer,
        problem=None if answer is not None else "The model refuses." if refused and said.content else problem,
        said=None if answer is not None else (said.content or "")[:KEPT_OF_IT] or None,
        requests=model.budget.sent - before,
        prompt_tokens=_sum([each.prompt_tokens for each in told]),
        answer_tokens=_sum([each.answer_tokens for each in told]),
    )


def _read(question: Question, said: Said) -> tuple[Answer | None, str | None]:
    """The answer, or what is wrong with it."""
    if said.refusal is not None:
        return None, said.refusal[:KEPT_OF_IT]
    try:
        return question.read(said.content or ""), None
    except NoAnswerError as error:
        return None, str(error)


def _sum(counts: Sequence[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def _open(event: Event) -> float:
    """How open it is whether an event is right: 1 at even chances, 0 where it is certain."""
    return 4 * event.confidence * (1 - event.confidence)
