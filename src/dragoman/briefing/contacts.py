"""The table of meetings in a brief: contacts as rows, visits with their direction, calls and letters apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.analysis.meetings_firsts import First
from dragoman.analysis.meetings_log import Encounter, Kind
from dragoman.analysis.occurrence import day_of
from dragoman.analysis.parties import is_person
from dragoman.briefing.entries import Entry
from dragoman.briefing.figures import Figures, Piece, Sentence, sentence
from dragoman.briefing.wording import shortened, side_words

MOST: Final[dict[Kind, int]] = {"visit": 12, "meeting": 8, "call": 5, "message": 5}
"""Rows of a kind in the main part."""
WHO: Final = 110
KINDS: Final[tuple[tuple[Kind, str], ...]] = (
    ("visit", "Visits, guest → host"),
    ("meeting", "Met in a third country, or place not told"),
    ("call", "Telephone calls"),
    ("message", "Letters and messages, sender → receiver"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """One contact: when, who with whom (of a visit the guest before the host), where, what was new, its incident."""

    date: str
    who: str
    place: str
    note: str
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactGroup:
    """Contacts of one kind in order of time; `rest` tells of those that have no row."""

    heading: str
    rows: tuple[ContactRow, ...]
    rest: Sentence


def contact_groups(
    met: Sequence[Encounter],
    names: tuple[str | None, str | None],
    entries: Mapping[str, Entry],
    firsts: Mapping[str, First],
    figures: Figures,
) -> tuple[ContactGroup, ...]:
    """The groups that have something in them.

    `names` are what the two sides are called where they are states. Of long lists the latest have a row; the rest, and
    of meetings those without a day, are counted.
    """
    groups = []
    for kind, heading in KINDS:
        chosen = [each for each in met if each.kind == kind]
        kept = [n for n, each in enumerate(chosen) if _is_telling(each)][-MOST[kind] :] or list(range(len(chosen)))[-3:]
        rest = [each.what for n, each in enumerate(chosen) if n not in kept]
        rows = tuple(_row(chosen[n], names, entries, firsts) for n in kept)
        if chosen:
            more: tuple[str | Piece, ...] = ()
            if rest:
                label = f"{heading}: without a row"
                more = (figures.count(label, rest), " more, earlier or without a day.")
            groups.append(ContactGroup(heading=f"{heading} ({len(chosen)})", rows=rows, rest=sentence(*more)))
    return tuple(groups)


def _is_telling(each: Encounter) -> bool:
    """Whether a row would say something: when, or who came where; that two met at some time says little."""
    named = any(map(is_person, each.one)) and any(map(is_person, each.other))
    return each.what.date is not None or (named and each.kind != "meeting")


def _row(
    each: Encounter,
    names: tuple[str | None, str | None],
    entries: Mapping[str, Entry],
    firsts: Mapping[str, First],
) -> ContactRow:
    entry, first = entries[each.what.id], firsts.get(each.what.id)
    one, other = side_words(each.one), side_words(each.other)
    who, where = f"{one} – {other}", entry.place or ""
    if each.sender is not None:
        who = f"{one} → {other}" if each.sender == "one" else f"{other} → {one}"
    elif each.host is not None:
        who = f"{other} → {one}" if each.host == "one" else f"{one} → {other}"
        host = names[0] if each.host == "one" else names[1]
        where = ", ".join(dict.fromkeys(word for word in (host, entry.place) if word))
    return ContactRow(
        date=entry.when,
        who=shortened(who, WHO),
        place=where,
        note="" if first is None else _note(first),
        entry=entry,
    )


def _note(first: First) -> str:
    """'first in this record', 'first since 2019-04-25' of the two persons; without what the record cannot know."""
    if first.since is None:
        return "first in this record"
    since = first.since.date
    assert since is not None
    assert first.what.date is not None
    apart = (day_of(first.what.date.start) - day_of(since.start)).days
    return f"first since {since.start}" if apart > 365 else ""
