"""Which later acts fulfil, break or answer a pledge: by their type, direction, persons, place and time.

What a pledge asks for is read from the words of its clause with the predicate lexicon, so "agreed to visit" asks for a
visit; where the words name no act, only its mode and kind are known, and a later act can answer it but not settle it.
"""

from __future__ import annotations

import datetime
import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from dragoman.analysis.contacts import contact
from dragoman.analysis.occurrence import Occurrence, day_of, published
from dragoman.analysis.parties import affiliations, is_person
from dragoman.knowledge.ontology import TYPES
from dragoman.knowledge.predicates import load_predicates
from dragoman.model import EventDate

Relation = Literal["fulfils", "breaks", "answers"]
PledgeKind = Literal["promise", "threat", "demand", "schedule"]

HORIZON: Final = 365
"""Days after a pledge, or after its time, in which a later act is still taken to be about it."""
SOON: Final = 60
"""Days in which an act without a date, or one that the pledge does not name, is taken to answer it."""
LATE: Final = 14
"""Days by which what was scheduled may come late and still be the thing that was scheduled."""
SURE: Final = 0.7
"""How far a word of the lexicon must be trusted to say what is asked for."""
TALK: Final = frozenset({"AGREE", "REQUEST", "THREATEN", "ACCUSE", "REJECT"})
KIND: Final = frozenset({"AID", "COOPERATE", "RETREAT", "CONCEDE"})
NOT_NAMED: Final = TALK | {"SUPPORT"}
"""Types that a pledge's words evoke by the way ("agreed in a statement to ...") and that fulfil nothing."""
STOPPING: Final = frozenset(
    {
        *("not", "no", "never", "without", "refrain", "desist", "stop", "stops", "stopping"),
        *("cease", "ceases", "ceasing", "end", "ends", "ending", "halt", "halts", "halting"),
    }
)
"""Words after which a clause names what is not to be done."""
HARSH: Final = frozenset({"SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
AGAINST: Final[Mapping[str, frozenset[str]]] = {
    "RETREAT": frozenset({"MOBILIZE", "COERCE", "ASSAULT"}),
    "CONCEDE": frozenset({"SANCTION", "COERCE"}),
    "AID": frozenset({"SANCTION"}),
    "COOPERATE": frozenset({"SANCTION"}),
}
"""Acts that go against one that was promised."""
REPLIES: Final = HARSH | {"THREATEN", "REJECT", "CONCEDE", "RETREAT"}
_WORD: Final = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledged:
    """A pledge before it is known what became of it.

    `asked` are the types of act that would fulfil it, `barred` those that would break it, as far as its words tell.
    """

    kind: PledgeKind
    what: Occurrence
    made: str | None
    due: EventDate | None
    asked: frozenset[str]
    barred: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A later act and what it does to a pledge; `why` says by which rule."""

    relation: Relation
    what: Occurrence
    why: str


_Ruled = tuple[Relation, str] | None


def asked_of(kind: PledgeKind, each: Occurrence) -> tuple[frozenset[str], frozenset[str]]:
    """The types of act that a pledge asks for and those that it bars, by words and mode; of a schedule its own type.

    'Agreed to visit' asks for CONSULT; 'promised to stop the deliveries' bars AID.
    """
    if kind == "schedule":
        return frozenset({each.type}), frozenset()
    asked: set[str] = set()
    barred: set[str] = set()
    for report in each.reports:
        named, stopped = _named(report.event.evidence.text)
        asked |= named
        barred |= stopped
    modes = load_predicates().content_modes.get(each.type, {})
    asked |= {t for t, mode in modes.items() if mode == each.mode}
    asked = asked & HARSH if kind == "threat" else asked - HARSH
    barred |= {against for act in asked for against in AGAINST.get(act, ())}
    return frozenset(asked - barred - NOT_NAMED), frozenset(barred - NOT_NAMED if kind != "threat" else ())


def answers(made: Sequence[Pledged], found: Iterable[Occurrence]) -> dict[str, tuple[Answer, ...]]:
    """By id of the pledge's occurrence what later acts do to it, in order of time.

    An act must come after the pledge and within a year of it, or of the time for which it is given, between the same
    two sides; meetings must be of the same persons where both name any, and a visit go to the same side. An act without
    a date can answer a pledge, not settle it. A schedule is fulfilled once.
    """
    near = _Near(found)
    told = {}
    for pledged in made:
        judged = [answer for each in near.of(pledged) if (answer := _answer(pledged, each)) is not None]
        done = [a.what.id for a in judged if a.relation == "fulfils"] if pledged.kind == "schedule" else []
        told[pledged.what.id] = tuple(a for a in judged if a.what.id not in done[1:])
    return told


class _Near:
    """Acts by pair of sides and type in order of time, so that a pledge is compared with few of them.

    Those that it asks for or bars are looked for within a year, others only soon after it.
    """

    def __init__(self, found: Iterable[Occurrence]) -> None:
        placed = [(start, each.id, each) for each in found if (start := _start(each)) is not None]
        placed.sort(key=lambda entry: entry[:2])
        self._acts: dict[tuple[frozenset[str], str], list[Occurrence]] = {}
        self._starts: dict[tuple[frozenset[str], str], list[str]] = {}
        for start, _, each in placed:
            for pair in _pairs(each):
                self._acts.setdefault((pair, each.type), []).append(each)
                self._starts.setdefault((pair, each.type), []).append(start)

    def of(self, pledged: Pledged) -> list[Occurrence]:
        """The acts between the pledge's sides that may have to do with it, in order of time."""
        if pledged.made is None:
            return []
        meant = pledged.asked | pledged.barred
        long, short = _last_day(pledged, HORIZON), _last_day(pledged, SOON)
        found: dict[str, Occurrence] = {}
        for key in ((pair, kind) for pair in _pairs(pledged.what) for kind in TYPES):
            if key in self._acts:
                first = bisect_left(self._starts[key], pledged.made)
                last = bisect_right(self._starts[key], long if key[1] in meant else short)
                found.update((each.id, each) for each in self._acts[key][first:last])
        found.pop(pledged.what.id, None)
        return sorted(found.values(), key=lambda each: (_start(each) or "", each.id))


def _answer(pledged: Pledged, later: Occurrence) -> Answer | None:
    if not _may_be_about(pledged, later):
        return None
    rule = {"schedule": _on_schedule, "promise": _on_promise, "threat": _on_threat, "demand": _on_demand}[pledged.kind]
    ruled = rule(pledged, later)
    if ruled is None:
        return None
    relation, why = ruled
    if relation != "answers" and later.date is None:
        return Answer(relation="answers", what=later, why=f"{why}, reported later without a day")
    if relation != "answers" and later.type == "CONSULT" and _leaves_persons_out(pledged.what, later):
        return Answer(relation="answers", what=later, why=f"{why}, with nobody named of those who were to come")
    return Answer(relation=relation, what=later, why=why)


def _on_schedule(pledged: Pledged, later: Occurrence) -> _Ruled:
    if later.type != pledged.what.type or contact(later) != contact(pledged.what):
        return None
    if not (_same_way(pledged.what, later) or _is_mutual(later)):
        return None
    if pledged.due is not None and later.date is not None:
        first, last = day_of(later.date.start), day_of(later.date.end)
        slack = datetime.timedelta(days=LATE)
        if last < day_of(pledged.due.start) or first > day_of(pledged.due.end) + slack:
            return None
    if later.status == "denied":
        return "breaks", "the same act is denied"
    return ("fulfils", "the same act between the same sides, in its time") if later.status == "actual" else None


def _on_promise(pledged: Pledged, later: Occurrence) -> _Ruled:
    if not (_same_way(pledged.what, later) or _is_mutual(later)):
        return None
    if later.status == "denied":
        return ("breaks", "what was promised is denied") if later.type in pledged.asked else None
    if later.status != "actual":
        return None
    if later.type in pledged.asked:
        return "fulfils", "the act that the promise names"
    if later.type in pledged.barred:
        return "breaks", "an act that goes against the promise"
    if not pledged.asked and later.type in KIND and _is_soon(pledged, later):
        return "answers", "an act of cooperation by who promised"
    return None


def _on_threat(pledged: Pledged, later: Occurrence) -> _Ruled:
    if later.status != "actual":
        return None
    if _same_way(pledged.what, later):
        if later.type in pledged.asked:
            return "fulfils", "the act that was threatened"
        if later.type in KIND and _is_soon(pledged, later):
            return "answers", "who threatened gives way or helps"
        if not pledged.asked and later.type in HARSH and _is_soon(pledged, later):
            return "answers", "a hostile act by who threatened"
        return None
    if later.type in REPLIES and _is_soon(pledged, later) and _other_way(pledged.what, later):
        return "answers", "the other side's reply"
    return None


def _on_demand(pledged: Pledged, later: Occurrence) -> _Ruled:
    if later.status != "actual" or not (_other_way(pledged.what, later) or _is_mutual(later)):
        return None
    if later.type in pledged.asked:
        return "fulfils", "the act that was demanded"
    if later.type in pledged.barred:
        return "breaks", "the act that was not to be done"
    if not _is_soon(pledged, later) or _is_mutual(later):
        return None
    if later.type == "REJECT":
        named = {t for report in later.reports for t in _named(report.event.evidence.text)[0]}
        if named & pledged.asked or (later.mode is not None and later.mode == pledged.what.mode):
            return "breaks", "a refusal by who was asked"
        return "answers", "a rebuff by who was asked"
    if later.type in KIND | {"AGREE"}:
        return "answers", "an agreement or act of cooperation by who was asked"
    return None


def _may_be_about(pledged: Pledged, later: Occurrence) -> bool:
    """Whether the act was reported after the pledge, not too long after, by the same persons, to the same side."""
    start, made = _start(later), pledged.made
    if start is None or made is None or (published(later) or start) < made:
        return False
    if start == made and pledged.kind != "schedule":
        return False
    if later.date is None and start > _last_day(pledged, SOON):
        return False
    if later.type != "CONSULT":
        return True
    by_letter = contact(later) == "message" and pledged.kind != "schedule"
    return not by_letter and _same_persons(pledged.what, later) and _same_host(pledged.what, later)


def _last_day(pledged: Pledged, days: int) -> str:
    """So many days after the pledge, or after the time for which it is given."""
    end = max(pledged.made or "", pledged.due.end if pledged.due is not None else "")
    return datetime.date.fromordinal(min(day_of(end).toordinal() + days, datetime.date.max.toordinal())).isoformat()


def _start(each: Occurrence) -> str | None:
    """The first day of an act; of words without one that of their first report. Old deeds are too often told again."""
    if each.date is not None:
        return each.date.start
    return published(each) if each.quad in (1, 3) else None


def _is_soon(pledged: Pledged, later: Occurrence) -> bool:
    start = _start(later)
    return start is not None and pledged.made is not None and (day_of(start) - day_of(pledged.made)).days <= SOON


def _same_persons(a: Occurrence, b: Occurrence) -> bool:
    """Whether for each state of which both name persons, they name one in common."""
    here, there = _by_state(a), _by_state(b)
    return all(here[state] & there[state] for state in here.keys() & there.keys())


def _leaves_persons_out(pledge: Occurrence, later: Occurrence) -> bool:
    here, there = _by_state(pledge), _by_state(later)
    states = affiliations((*later.actors, *later.recipients))
    return any(state in states and state not in there for state in here)


def _by_state(each: Occurrence) -> dict[str, set[str]]:
    named: dict[str, set[str]] = {}
    for party in (*each.actors, *each.recipients):
        if party.actor is not None and is_person(party):
            named.setdefault(party.country or party.actor, set()).add(party.actor)
    return named


def _same_host(pledge: Occurrence, later: Occurrence) -> bool:
    """Whether two meetings can be in the same country; of a pledged visit by its place or the state to be visited."""
    there = later.place.country if later.place is not None else None
    if there is None:
        return True
    if pledge.type == "CONSULT":
        place = pledge.place.country if pledge.place is not None else None
        return place is None or place == there
    visits = any("visit" in report.event.evidence.text.lower() for report in pledge.reports)
    guests = {p.country for p in (pledge.recipients if pledge.type == "REQUEST" else pledge.actors)}
    return not visits or pledge.symmetric or there not in guests


def _same_way(pledge: Occurrence, later: Occurrence) -> bool:
    """Whether who pledged acts on who was pledged to."""
    by, to = affiliations(pledge.actors), affiliations(pledge.recipients)
    return bool(by & affiliations(later.actors)) and (not to or bool(to & affiliations(later.recipients)))


def _other_way(pledge: Occurrence, later: Occurrence) -> bool:
    by, to = affiliations(pledge.actors), affiliations(pledge.recipients)
    return bool(to & affiliations(later.actors)) and bool(by & affiliations(later.recipients))


def _is_mutual(each: Occurrence) -> bool:
    return each.symmetric or (each.type == "CONSULT" and each.mode is not None)


def _pairs(each: Occurrence) -> list[frozenset[str]]:
    """The pairs of sides; of an act towards nobody, the actors with themselves."""
    by, to = affiliations(each.actors), affiliations(each.recipients)
    return sorted({frozenset((a, b)) for a in by for b in to or by}, key=sorted)


@functools.lru_cache(maxsize=4096)
def _named(clause: str) -> tuple[frozenset[str], frozenset[str]]:
    """The types of act that the words of a clause evoke by the lexicon, and those that come after a word of stopping.

    Words that evoke an act only sometimes do not count.
    """
    asked: set[str] = set()
    stopped: set[str] = set()
    into = asked
    for word in _WORD.findall(clause.lower()):
        if word in STOPPING:
            into = stopped
        else:
            into |= _evoked(word)
    return frozenset(asked), frozenset(stopped)


def _evoked(word: str) -> set[str]:
    predicates = load_predicates()
    senses = [lexicon.single.get(stem) for stem in _stems(word) for lexicon in (predicates.verbs, predicates.nouns)]
    return {str(sense.type) for sense in senses if sense is not None and sense.type and sense.trust >= SURE}


def _stems(word: str) -> Sequence[str]:
    """The word and what it may be a form of: 'visits', 'visited', 'visiting', 'supplies'."""
    stems = [word]
    for ending, instead in (("ies", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stems.append(word[: -len(ending)] + instead)
    return stems
