"""What is known of one actor, found by any of its names: a person with offices, a state, a body, a group, an outlet.

Apart from the loaders because it answers a person who looks somebody up; coding has its own way.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from datetime import date

import msgspec

from dragoman.errors import UsageError
from dragoman.knowledge.entries import Body, Named, Outlet, State
from dragoman.knowledge.holders import Person, Tenure, fold_name
from dragoman.knowledge.known import Known
from dragoman.knowledge.surface import identity

SUGGESTED = 4
ARTICLE = "the "
NOW = "any later day"  # of a user's own entry without an end


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """An office and from when to when it was held, as far as known: days, months or years, or a stretch of days.

    `seen` is the day on which its holder was last known to be in office, where the end is not in sight.
    """

    office: str
    start: str | None = msgspec.field(name="from")
    end: str | None = msgspec.field(name="to")
    seen: str | None = msgspec.field(name="last_seen")
    acting: bool
    sure: str


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """An actor with its names; `facts` are pairs of a word and what is known under it."""

    actor_id: str
    kind: str
    name: str
    names: tuple[str, ...]
    country: str | None
    sector: str | None
    offices: tuple[Held, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


def profiles(text: str, known: Known) -> tuple[Profile, ...]:
    """All actors of that name or id, persons first. Raises `UsageError` with near names where there is none."""
    wanted = _plain(text)
    persons = [
        p for p in known.holders.persons.values()
        if text in (p.id, f"person:{p.id}") or wanted in (_plain(name) for name in (p.name, *p.aliases))
    ]  # fmt: skip
    if not persons:
        persons = list(known.holders.persons_named(text))
    ids = {f.actor_id for f in known.actors.forms if not f.contextual and _plain(f.text) == wanted}
    ids |= {text} & set(known.actors.by_id)
    ids |= {f"state:{text.upper()}"} & set(known.actors.by_id)
    found = (*(_person(p, known) for p in persons), *(_named(known.actors.by_id[i], known) for i in sorted(ids)))
    if not found:
        near = difflib.get_close_matches(wanted, sorted(_all_names(known)), SUGGESTED, 0.7)
        names = _all_names(known)
        hint = f" Near are: {', '.join(dict.fromkeys(names[n] for n in near))}." if near else ""
        raise UsageError(f"Nobody known is called '{text}'.{hint} 'dragoman actors add' makes an actor known.")
    return found


def name_of(actor_id: str, known: Known) -> tuple[str, str | None] | None:
    """Name and country of the actor with that id, or None where it is not known."""
    kind, _, rest = actor_id.partition(":")
    if kind == "person":
        person = known.holders.persons.get(rest)
        return None if person is None else (person.name, person.country)
    entry = known.actors.by_id.get(actor_id)
    return None if entry is None else (entry.name, identity(entry).country)


def _plain(name: str) -> str:
    return fold_name(name).removeprefix(ARTICLE)


def _all_names(known: Known) -> dict[str, str]:
    names = {_plain(f.text): f.actor for f in known.actors.forms if not f.contextual}
    return names | {_plain(n): p.name for p in known.holders.persons.values() for n in (p.name, *p.aliases)}


def _person(person: Person, known: Known) -> Profile:
    return Profile(
        actor_id=f"person:{person.id}",
        kind="person",
        name=person.name,
        names=person.aliases,
        country=person.country,
        sector=person.sector,
        offices=tuple(_held(t, known) for t in known.holders.tenures_of(person.id)),
    )


def _held(tenure: Tenure, known: Known) -> Held:
    return Held(
        office=known.holders.offices[tenure.office].name,
        start=_stretch(tenure.start_min, tenure.start_max),
        end=None if tenure.open else _stretch(max(tenure.end_min, tenure.start_min), tenure.end_max),
        seen=None if not tenure.open else NOW if tenure.end_min == date.max else str(tenure.end_min),
        acting=tenure.acting,
        sure=tenure.sure,
    )


def _stretch(first: date, last: date) -> str | None:
    """The stretch of days in which something happened, as short as it can be said; None where it is open."""
    if first == last:
        return str(first)
    if date.min in (first, last) or date.max in (first, last):
        return None
    if (first.month, first.day, last.month, last.day, first.year) == (1, 1, 12, 31, last.year):
        return str(first.year)
    if first.day == 1 and (first.year, first.month) == (last.year, last.month) and last.day >= 28:
        return f"{first.year}-{first.month:02}"
    return f"{first} to {last}"


def _named(entry: Named, known: Known) -> Profile:
    who = identity(entry)
    return Profile(
        actor_id=who.actor_id,
        kind=who.kind,
        name=entry.name,
        names=entry.names,
        country=who.country,
        sector=who.sector,
        facts=tuple(_facts(entry, known)),
    )


def _facts(entry: Named, known: Known) -> Iterator[tuple[str, str]]:
    if isinstance(entry, State):
        yield from _listed("capital", entry.capitals)
        yield from _listed("stands for it", tuple(m.name for m in entry.metonyms))
        yield from _listed("its people", entry.demonyms)
        yield from _listed("formerly", entry.former)
    if isinstance(entry, Body):
        yield from _listed("short", (entry.short,) if entry.short else ())
        parent = known.actors.by_id.get(f"body:{entry.parent}")
        yield from _listed("organ of", (parent.name,) if parent else ())
        yield from _listed("members", entry.members)
    if isinstance(entry, Outlet):
        yield "state media", "yes" if entry.state_media else "no"
    yield from _listed("in articles about it", entry.contextual)
    yield from _listed("note", (entry.note,) if entry.note else ())


def _listed(word: str, values: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if values:
        yield word, ", ".join(values)
