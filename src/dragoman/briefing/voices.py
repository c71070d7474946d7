"""Who speaks, put in words for a person: speakers with office and state, how a source stands, chains of reporting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dragoman.analysis.sourcing import Source, expert_words, is_anonymous, source_of, state_media_of
from dragoman.briefing.wording import NAME_LIMIT, one_line, shortened
from dragoman.exchange.claims import office_of
from dragoman.knowledge.actors import load_actors
from dragoman.model import Article, Claim, ReportedEvent
from dragoman.record.claims import ReportedClaim

CONTENT_LIMIT: Final = 400
SHORT_ID: Final = 10
HASHED: Final = re.compile(r"[0-9a-f]{16,}")


def claim_id(told: ReportedClaim, claim: Claim | None = None) -> str:
    """What 'dragoman show' takes for a claim, or another of its article; an article id that is a hash is cut."""
    article = told.article.id
    return f"{one_line(article[:SHORT_ID] if HASHED.fullmatch(article) else article)}/{(claim or told.claim).id}"


def speaker_words(told: ReportedClaim) -> str:
    """'John Kirby, Spokesperson of ... (USA)'; 'two officials (USA), not named'; '(nobody named)'."""
    speaker = told.claim.speaker
    if speaker is None:
        return "(nobody named)"
    name = one_line(told.claim.chain[0] if told.claim.chain else speaker.text)
    office = office_of(told)
    state = f" ({speaker.country})" if speaker.country else ""
    introduced = expert_words(told.claim, told.article)
    expert = f", {one_line(introduced)}" if introduced and name not in introduced else ""
    unnamed = ", not named" if is_anonymous(speaker) else ""
    return f"{shortened(name, NAME_LIMIT)}{f', {one_line(office)}' if office else expert}{state}{unnamed}"


def content_words(claim: Claim) -> str:
    """What is said, its pieces joined by '…', with quotation marks unless it has its own."""
    words = shortened(one_line(" … ".join(span.text for span in claim.content)), CONTENT_LIMIT)
    return words if words[:1] in '“"«„' else f"“{words}”"


def chain_words(chain: Sequence[str]) -> str:
    """'Sergei Lavrov, by TASS, by Radio Free Asia'."""
    names = ", by ".join(shortened(one_line(name), NAME_LIMIT) for name in chain)
    return names or "(publisher not known)"


def chain_steps(chain: Sequence[str], article: Article) -> list[str]:
    """The chain link by link, each with what is known of it: whose state media, first publisher, publisher."""
    steps = []
    for name in chain:
        notes = []
        home = state_media_of(name)
        if home is not None:
            notes.append(f"state media of {load_actors().state(home).name}")
        if name == article.reprint_of:
            notes.append("published it first")
        if name == article.publisher:
            notes.append("published this copy" if article.reprint_of else "published it")
        steps.append(one_line(name) + (f" ({', '.join(notes)})" if notes else ""))
    return steps


def source_words(report: ReportedEvent) -> str:
    """How the source of a report stands to the event: 'a party (Russia)', 'a third party, not named'."""
    source = source_of(report)
    words = {
        "party": "a party",
        "state media": "state media of a party",
        "press": "the press in its own words",
        "third party": "a third party",
    }[source.standing]
    return f"{words}{_state(source)}{', not named' if source.anonymous else ''}{_expert(source)}"


def _state(source: Source) -> str:
    state = load_actors().by_code.get(source.country or "")
    return f" ({state.name})" if state is not None else ""


def _expert(source: Source) -> str:
    return f", {one_line(source.expert)}" if source.expert else ""
