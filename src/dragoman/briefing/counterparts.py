"""With whom a single subject had to do: one row a counterpart, most incidents first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.analysis.contacts import contact
from dragoman.analysis.incidents import Incident
from dragoman.analysis.parties import is_person
from dragoman.briefing.figures import Figures, Sentence, sentence
from dragoman.briefing.subject import Subject
from dragoman.briefing.wording import date_words, party_words
from dragoman.knowledge.actors import load_actors
from dragoman.model import Party

MOST: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterpart:
    """A counterpart: incidents, meetings among them, of cooperation and of conflict, and the last one's day and id."""

    name: str
    incidents: Sentence
    meetings: Sentence
    cooperation: Sentence
    conflict: Sentence
    last: str
    last_id: str


def counterparts_of(took_place: Sequence[Incident], subject: Subject, figures: Figures) -> tuple[Counterpart, ...]:
    """States by their name for a state, whoever they are for a person or body; the foremost."""
    groups: dict[str, list[Incident]] = {}
    for each in took_place:
        sides = ((each.actors, each.recipients), (each.recipients, each.actors))
        others = [p for a, b in sides if any(map(subject.holds, a)) for p in b if not subject.holds(p)]
        for name in dict.fromkeys(_name(p, subject) for p in others):
            groups.setdefault(name, []).append(each)
    ranked = sorted(groups, key=lambda name: (-len(groups[name]), name))[:MOST]
    return tuple(_row(name, groups[name], figures) for name in ranked)


def _row(name: str, group: Sequence[Incident], figures: Figures) -> Counterpart:
    last = group[-1]
    return Counterpart(
        name=name,
        incidents=sentence(figures.count(f"With {name}", group)),
        meetings=sentence(figures.count(f"With {name}: meetings", [e for e in group if contact(e) == "meeting"])),
        cooperation=sentence(figures.count(f"With {name}: cooperation", [e for e in group if e.quad <= 2])),
        conflict=sentence(figures.count(f"With {name}: conflict", [e for e in group if e.quad > 2])),
        last=date_words(last.date) if last.date is not None else f"told {last.first_reported or '(no day)'}",
        last_id=last.id,
    )


def _name(party: Party, subject: Subject) -> str:
    state = load_actors().by_code.get(party.country or "")
    if state is not None and (subject.code is not None or not is_person(party)):
        return state.name
    return party_words(party)
