"""Time expressions of a text and the days they mean: 'two days after Thursday's parade', 'by the end of June'.

Takes text and a reference date, knows nothing of events. `find` reads the characters, `resolve` the calendar; between
the two a caller that has parsed the text can say in which tense each expression stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from dragoman.coding.dates import reading as r
from dragoman.coding.dates import stretches as s
from dragoman.coding.dates.atoms import atoms
from dragoman.coding.dates.interval import Interval, Part, Tense, Unit
from dragoman.coding.dates.patterns import NUMBER, UNIT, Atom, Kind, amount, unit
from dragoman.model import Granularity

# How the time of the event stands to the time named: at it, or on one side of it.
# "occasion" is for holidays that are spoken of or marked, not the time: "a message on the occasion of National Day".
Relation = Literal["in", "since", "by", "before", "after", "until", "occasion"]

PARTS: dict[str, Part] = {
    "early": "early", "mid": "mid", "late": "late", "beginning": "start", "start": "start", "outset": "start",
    "middle": "mid", "end": "end", "close": "end", "first half": "first half", "second half": "second half",
}  # fmt: skip
PART = re.compile(
    r"(?i:\b(?P<by>by\s+)?(?:(?:the\s+)?(?P<adj>early|mid|late)(?:[\s-]+(?:in|of|into|on)\s+|[\s-]+)"
    r"|(?:the\s+)?(?P<noun>beginning|start|outset|middle|end|close|first\s+half|second\s+half)\s+of\s+"
    r"|(?P<through>half-?way|mid-?way)\s+through\s+)(?:the\s+)?)$"
)
WEEK_OF_MONTH = re.compile(r"(?i:\b(?:the\s+)?(?P<o>first|second|third|fourth|last)\s+week\s+of\s+)$")
WEEKS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
VAGUE = re.compile(r"(?i:\b(?:earlier|later|early|late|sometime)\s+(?:(?:in|on)\s+)?)$")
OFFSET = (
    rf"(?i:\b(?P<n>{NUMBER})\s+(?P<u>{UNIT})\s+(?P<way>before|after|prior\s+to|ahead\s+of|following|from)\s+"
    rf"|\b(?P<day>(?:the\s+|a\s+|one\s+)?day\s+(?P<dway>before|after)|(?:on\s+)?the\s+eve\s+of)\s+)"
)
OFFSET_OF_ATOM = re.compile(OFFSET + r"(?:(?:the|their|his|her|its|that)\s+)?(?:[\w-]+\s+){0,3}?(?:(?:on|of)\s+)?$")
OFFSET_OF_OCCASION = re.compile(
    OFFSET + r"(?:the|their|his|her|its|this|that|a|an|[A-Z]\w+['’]s)\s+(?P<words>\w[\w-]*(?:\s+\w[\w-]*){0,3})"
)
# "since the coup of 2013": the time of what it counts from.
SINCE_NOUN = re.compile(
    r"(?i:\b(?:ever\s+)?since\s+(?:the|its|his|her|their|that)\s+(?:[\w-]+\s+){1,3}?(?:of|in|on)\s+)$"
)
RELATION = re.compile(
    r"(?i:\b(?P<word>ever\s+since|since|until|till|up\s+to|by|before|prior\s+to|ahead\s+of|in\s+advance\s+of|after|"
    r"following|in\s+the\s+wake\s+of|from|between)\s+(?:the\s+|last\s+)?)$"
)
RELATIONS: dict[str, Relation] = {
    "since": "since", "ever since": "since", "until": "until", "till": "until", "up to": "until", "by": "by",
    "before": "before", "prior to": "before", "ahead of": "before", "in advance of": "before",
    "after": "after", "following": "after", "in the wake of": "after",
}  # fmt: skip
# Words before a holiday that make it the reason and not the time.
MARKED = re.compile(
    r"(?i:\b(?:of|for|upon|with|mark(?:s|ed|ing)?|celebrat\w+|commemorat\w+|honou?r\w*|observ\w+|"
    r"(?:congratulat\w+|greetings?|message)\b[^.]{0,60}\bon)\s+"
    r"(?:(?:the|its|their|his)\s+)?(?:\d+(?:st|nd|rd|th)\s+)?)$"
)
FEAST = re.compile(r"(?i:\b(?:on|during|at)\s+the\s+(?:day|feast|festival|holiday|month)\s+of\s+(?:the\s+)?)$")
CONNECTED = re.compile(r"\s*(?:-|–|—|\bto\b|\bthrough\b|\buntil\b|\btill\b|\bup\s+to\b)\s*(?:the\s+)?", re.IGNORECASE)
BETWEEN = re.compile(r"(?i:\b(?:between|both)\s+(?:the\s+)?)$")
AND = re.compile(r"\s+and\s+(?:on\s+)?", re.IGNORECASE)
NAMED_AFTER = re.compile(r"(?:['’]s)?\s+(?P<words>[a-z][\w-]*(?:\s+[a-z][\w-]*){0,2})")
NAMED_BEFORE = re.compile(r"(?P<words>[\w-]+(?:\s+[a-z][\w-]*)?)\s+(?:on|of|in)\s+$")
DEADLINE_PARTS = ("end",)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression, its place in the text, and the days it means."""

    start: int
    end: int
    text: str
    first: date
    last: date
    granularity: Granularity
    relation: Relation = "in"


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression before it is resolved. `occasion` holds the nouns that it dates ("Thursday's parade")."""

    start: int
    end: int
    text: str
    reading: r.Reading
    kind: Kind
    relation: Relation = "in"
    occasion: tuple[str, ...] = ()
    inner: r.Reading | None = None


def expressions(text: str, reference: date | None, *, tense: Tense | None = None) -> list[TimeExpression]:
    """The time expressions of a text that can be resolved, in order.

    `reference` is the day of writing; without it only full dates resolve. `tense` is that of the verbs beside them and
    decides between last and next Friday; without it the nearest is taken, for weekdays the last.
    """
    found = find(text)
    resolved = resolve(found, reference, [tense] * len(found))
    return [
        TimeExpression(f.start, f.end, f.text, i.first, i.last, i.granularity, f.relation)
        for f, i in zip(found, resolved, strict=True)
        if i is not None
    ]


def find(text: str) -> list[Found]:
    """The time expressions of a text, in order, without overlap."""
    simple = _ranges(text, [_with_part(text, atom) for atom in atoms(text)])
    floor = 0
    built: list[Found] = []
    for each in simple:
        built.append(_with_offset(text, each, floor))
        floor = each.end
    taken = [(f.start, f.end) for f in built]
    for match in OFFSET_OF_OCCASION.finditer(text):
        if all(match.end() <= start or end <= match.start("words") for start, end in taken):
            free = next((False for start, end in taken if start < match.end("words") and match.start() < end), True)
            if free:
                built.append(_of_occasion(match))
    return sorted(built, key=lambda f: f.start)


def resolve(found: Sequence[Found], reference: date | None, tenses: Sequence[Tense | None]) -> list[Interval | None]:
    """The interval of each expression, or None; each is read against those before it ("that day")."""
    occasions: dict[str, Interval] = {}
    for each, tense in zip(found, tenses, strict=True):
        if each.occasion and (dated := _read(each.inner or each.reading, r.Context(reference, tense))):
            for word in each.occasion:
                occasions.setdefault(word, dated)
    anchor: Interval | None = None
    spoken: Interval | None = None
    era: Interval | None = None
    resolved: list[Interval | None] = []
    for each, tense in zip(found, tenses, strict=True):
        interval = _read(each.reading, r.Context(reference, tense, anchor, spoken, era, occasions))
        resolved.append(interval)
        if each.kind == "vague":
            anchor = spoken = era = None
        if interval is not None and each.relation != "occasion":
            era = interval
        if interval is not None and each.kind != "year" and each.relation != "occasion":
            spoken = interval
            anchor = interval if interval.granularity == "day" else anchor
    return resolved


def plain_noun(word: str) -> str:
    """A noun as occasions are looked up: small letters, without a plural's s."""
    return word.lower().rstrip("s")


def _read(reading: r.Reading, context: r.Context) -> Interval | None:
    """The interval, or None also where arithmetic leaves the calendar (the year 0, or 10000)."""
    try:
        return reading(context)
    except (ValueError, OverflowError):
        return None


def _with_part(text: str, atom: Atom) -> Found:
    """'early', 'the end of', 'later' taken into the expression; the relation read off the preposition before it."""
    start, reading = atom.start, atom.reading
    match = PART.search(text[:start])
    if match and atom.kind in ("month", "year", "unit", "season"):
        which = "mid" if match["through"] else PARTS[" ".join((match["adj"] or match["noun"]).lower().split())]
        by = bool(match["by"])
        reading = s.deadline(reading, which) if by and which in DEADLINE_PARTS else s.part(reading, which)
        start = match.start() + len(match["by"] or "")
    elif atom.kind == "month" and (week := WEEK_OF_MONTH.search(text[:start])):
        start, reading = week.start(), s.week_of_month(WEEKS[week["o"].lower()], reading)
    elif vague := VAGUE.search(text[:start]):
        start = vague.start()
    after = NAMED_AFTER.match(text, atom.end)
    before = NAMED_BEFORE.search(text[:start])
    words = (after["words"].split() if after else []) + (before["words"].split()[-1:] if before else [])
    relation = _relation(text, start)
    if atom.kind == "holiday" and relation == "in" and MARKED.search(text[:start]) and not FEAST.search(text[:start]):
        relation = "occasion"
    if relation == "since":
        reading = r.up_to_reference(reading)
    return Found(
        start, atom.end, text[start : atom.end], reading, atom.kind, relation,
        tuple(plain_noun(w) for w in words), atom.reading,
    )  # fmt: skip


def _relation(text: str, start: int) -> Relation:
    if SINCE_NOUN.search(text[:start]):
        return "since"
    match = RELATION.search(text[:start])
    return RELATIONS.get(" ".join(match["word"].lower().split()), "in") if match else "in"


def _ranges(text: str, found: Sequence[Found]) -> list[Found]:
    """Two expressions joined by 'to' or a dash, or by 'and' after 'between', made one."""
    joined: list[Found] = []
    for each in found:
        before = joined[-1] if joined else None
        gap = text[before.end : each.start] if before else ""
        if (
            before
            and _joins(text, before, gap)
            and (before.kind == each.kind or "unit" not in (before.kind, each.kind))
        ):
            joined[-1] = replace(
                before, end=each.end, text=text[before.start : each.end], relation="in",
                reading=r.of_day(before.reading, each.reading),
            )  # fmt: skip
        else:
            joined.append(each)
    return joined


def _joins(text: str, before: Found, gap: str) -> bool:
    if CONNECTED.fullmatch(gap):
        return True
    return bool(
        AND.fullmatch(gap) and (BETWEEN.search(text[: before.start]) or before.kind in ("weekday", "month", "year"))
    )


def _with_offset(text: str, found: Found, floor: int) -> Found:
    """'two days before' taken into the expression, when it stands right before it."""
    match = OFFSET_OF_ATOM.search(text[floor : found.start])
    if match is None or found.kind == "year":
        return found
    start = floor + match.start()
    number, step = _amount(match)
    return replace(
        found, start=start, text=text[start : found.end], reading=r.away(number, step, found.reading),
        relation=_relation(text, start), kind="day" if step == "day" else "unit",
    )  # fmt: skip


def _of_occasion(match: re.Match[str]) -> Found:
    number, step = _amount(match)
    words = [plain_noun(w) for w in match["words"].split()]
    last = match.start("words") + len(match["words"].split()[0])
    return Found(
        match.start(), last, match.string[match.start() : last], r.away(number, step, r.occasion(words)), "day"
    )  # fmt: skip


def _amount(match: re.Match[str]) -> tuple[int, Unit]:
    if match["n"]:
        sign = 1 if match["way"].lower() in ("after", "following", "from") else -1
        return sign * amount(match["n"], match["u"]), unit(match["u"])
    return (1 if (match["dway"] or "").lower() == "after" else -1), "day"
