"""What else an incident could be: others that it may be one with, and what persons decided of it, to be undone."""

from __future__ import annotations

import datetime
import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal

import msgspec

from dragoman.analysis.incidents import Incident
from dragoman.briefing.wording import one_line, shortened
from dragoman.errors import RecordError
from dragoman.knowledge.actors import load_actors
from dragoman.record.decisions import FILE, Decision, read_decisions
from dragoman.web import links
from dragoman.web.desk import Desk, party_key
from dragoman.web.errors import RefusedError
from dragoman.web.parts import IncidentRow, Ref, incident_row

CANDIDATES: Final = 8
TIES: Final = 4
Pair = tuple[str, str]


class Neighbour(msgspec.Struct, frozen=True, kw_only=True):
    """A tie that an incident is part of, with the incident before it and the one after it there."""

    tie: Ref
    before: Ref | None
    after: Ref | None


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """An incident of the same tie that may be the same: how many days from it, and whether its type is."""

    row: IncidentRow
    days: int | None
    same_type: bool


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decided of reports of this incident; `key` names the decision for undoing it."""

    key: str
    kind: Literal["merge", "split"]
    words: str
    because: str | None


def ties_of(incident: Incident) -> list[Pair]:
    """The pairs of states on opposite sides, by code in order."""
    ours = {party.country for party in incident.actors if party.country}
    theirs = {party.country for party in incident.recipients if party.country}
    return sorted({(min(a, b), max(a, b)) for a in ours for b in theirs if a != b})


def neighbours(desk: Desk, incident: Incident) -> tuple[Neighbour, ...]:
    """The ties of an incident with what stands before and after it in each; between bodies or persons of no state that
    of the first named.
    """
    return tuple(
        Neighbour(
            tie=tie,
            before=_ref(among[at - 1]) if at is not None and at > 0 else None,
            after=_ref(among[at + 1]) if at is not None and at + 1 < len(among) else None,
        )
        for tie, among, at in _standing(desk, incident)
    )


def candidates(desk: Desk, incident: Incident, days: int, *, same_type: bool) -> tuple[Candidate, ...]:
    """Incidents of the same ties at most so many days away, those of the same type and the nearest first."""
    found: dict[str, tuple[Incident, int | None]] = {}
    for among, at in _of_same_sides(desk, incident):
        for way in (range(at - 1, -1, -1), range(at + 1, len(among))):
            for number in way:
                away = _days_between(incident, among[number])
                if away is not None and away > days:
                    break
                found.setdefault(among[number].id, (among[number], away))
    ranked = sorted(
        (pair for pair in found.values() if not same_type or pair[0].type == incident.type),
        key=lambda pair: (pair[0].type != incident.type, days if pair[1] is None else pair[1], pair[0].order),
    )
    return tuple(
        Candidate(row=incident_row(each), days=away, same_type=each.type == incident.type)
        for each, away in ranked[:CANDIDATES]
    )


def decided(desk: Desk, incident: Incident) -> tuple[Decided, ...]:
    """What persons decided of the reports of an incident, in the order in which they did.

    Read from the file as it is now, so that a decision is shown, and can be undone, at once, however long a large
    record takes to be read again.
    """
    decisions, by_article = _decisions(desk)
    numbers: set[int] = set()
    for report in incident.reports:
        span = report.event.evidence
        for number in by_article.get(report.article.id, ()):
            named = (*decisions[number].reports, *decisions[number].rest)
            if any(r.article == report.article.id and r.start < span.end and span.start < r.end for r in named):
                numbers.add(number)
    return tuple(_told(decisions[number]) for number in sorted(numbers))


def undo(folder: Path, key: str) -> None:
    """Blank out the line of the decision with this key; raises `RefusedError` where there is none.

    The line becomes spaces, which readers pass over, so that a line that others add meanwhile stays where it is.
    """
    path = folder / FILE
    try:
        lines = path.read_bytes().split(b"\n") if path.exists() else []
        at = next((n for n in range(len(lines) - 1, -1, -1) if _key_of_line(lines[n]) == key), None)
        if at is None:
            raise RefusedError("This decision is not in the record any more. Load the page again.")
        with path.open("r+b") as file:
            file.seek(sum(len(line) + 1 for line in lines[:at]))
            file.write(b" " * len(lines[at]))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise RecordError(
            f"{path} cannot be written ({error.strerror}). See that the folder may be written."
        ) from error


def _standing(desk: Desk, incident: Incident) -> Iterator[tuple[Ref, Sequence[Incident], int | None]]:
    """The ties of an incident, all that happened in each in order of time, and where in that it stands."""
    pairs = ties_of(incident)[:TIES]
    for pair in pairs:
        name = " – ".join(map(_state_name, pair))
        yield Ref(name=name, href=links.dyad(*pair)), *_placed(desk, pair, incident)
    keys = [next(filter(None, map(party_key, side)), None) for side in (incident.actors, incident.recipients)]
    if not pairs and keys[0] is not None and keys[1] is not None and keys[0] != keys[1]:
        one, other = (desk.subject(key) for key in keys if key is not None)
        among = desk.memo(("between", one.name, other.name), lambda: desk.between(one, other))
        at = next((n for n, each in enumerate(among) if each.id == incident.id), None)
        name = f"{one_line(one.name)} – {one_line(other.name)}"
        yield Ref(name=shortened(name, 120), href=links.dyad(keys[0], keys[1])), among, at


def _placed(desk: Desk, pair: Pair, incident: Incident) -> tuple[Sequence[Incident], int | None]:
    among = desk.pairs.get(pair, [])
    places: Mapping[str, int] = desk.memo(("places", pair), lambda: {each.id: n for n, each in enumerate(among)})
    return among, places.get(incident.id)


def _of_same_sides(desk: Desk, incident: Incident) -> Iterator[tuple[Sequence[Incident], int]]:
    """The lists in which an incident stands with its like, and where: those of its ties, else those of its parties."""
    pairs = ties_of(incident)[:TIES]
    for pair in pairs:
        among, at = _placed(desk, pair, incident)
        if at is not None:
            yield among, at
    if not pairs:
        keys = [key for party in (*incident.actors, *incident.recipients) if (key := party_key(party)) is not None]
        for key in dict.fromkeys(keys[:TIES]):
            listed = desk.of(desk.subject(key))
            yield listed, next(n for n, each in enumerate(listed) if each.id == incident.id)


def _days_between(one: Incident, other: Incident) -> int | None:
    """Days from one to the other; 0 where their days overlap, None where one has none."""
    first, second = _days(one), _days(other)
    if first is None or second is None:
        return None
    return max(0, second[0] - first[1], first[0] - second[1])


def _days(incident: Incident) -> tuple[int, int] | None:
    days = (
        (incident.date.start, incident.date.end)
        if incident.date is not None
        else (incident.first_reported, incident.first_reported)
    )
    if days[0] is None or days[1] is None:
        return None
    return datetime.date.fromisoformat(days[0]).toordinal(), datetime.date.fromisoformat(days[1]).toordinal()


def _decisions(desk: Desk) -> tuple[Sequence[Decision], Mapping[str, Sequence[int]]]:
    """All decisions as they are now, and their numbers by the articles that they name."""

    def read() -> tuple[Sequence[Decision], Mapping[str, Sequence[int]]]:
        decisions = read_decisions(desk.record.path)
        found: dict[str, list[int]] = {}
        for number, decision in enumerate(decisions):
            for article in dict.fromkeys(ref.article for ref in (*decision.reports, *decision.rest)):
                found.setdefault(article, []).append(number)
        return decisions, found

    try:
        state = (desk.record.path / FILE).stat()
    except OSError:
        return (), {}
    return desk.memo(("decisions", state.st_mtime_ns, state.st_size), read)


def _told(decision: Decision) -> Decided:
    moved = len(decision.reports)
    plural = "report" if moved == 1 else "reports"
    words = (
        f"{moved} {plural} put together as one incident"
        if decision.kind == "merge"
        else f"{moved} {plural} set apart from {len(decision.rest)} others"
    )
    because = shortened(one_line(decision.because), 300) if decision.because else None
    return Decided(key=_key(decision), kind=decision.kind, words=words, because=because)


def _key(decision: Decision) -> str:
    return hashlib.sha256(msgspec.json.encode(decision)).hexdigest()[:24]


def _key_of_line(line: bytes) -> str | None:
    try:
        return _key(msgspec.json.decode(line, type=Decision))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _ref(incident: Incident) -> Ref:
    row = incident_row(incident)
    return Ref(name=shortened(row.what, 110), href=row.href, note=row.when.words)


def _state_name(code: str) -> str:
    state = load_actors().by_code.get(code)
    return state.name if state is not None else one_line(code)
