"""The dateline at the head of an article: 'SEOUL –', 'TOKYO, June 5 /Kyodo/ -', 'MOSCOW, October 19. /TASS/.'.

Takes a line, gives where the dateline ends in it and what it says, or None. A dash after some capitals is not yet a
dateline ('NATO – the alliance ...'), so that the place, the day and the agency vouch for each other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.reading.days import MONTH_DAY, Day, read_day
from dragoman.reading.patterns import load_patterns

_LONGEST = 120  # characters in which a dateline must end
_WORD = r"[^\W\d_][\w.'’-]*"
_PLACE = rf"{_WORD}(?:(?:\s|\s?/\s?){_WORD}){{0,4}}(?:,\s{_WORD}(?:\s{_WORD}){{0,3}}){{0,2}}?"
_AGENCY = r"(?:\((?P<round>[^()]{2,40})\)|/(?P<slash>[^/]{2,40})/)"
_DASH = r"(?:-{1,3}|[–—―])"
_HEAD = rf"(?:(?P<place>{_PLACE}))?(?:[,.]?\s*(?P<day>{MONTH_DAY})[,.]?)?"
_DASHED = re.compile(rf"{_HEAD}(?:\s*{_AGENCY}\.?)?(?P<gap>\s*)(?P<dash>{_DASH})(?P<after>\s*)")
_SIGNED = re.compile(rf"{_HEAD}\s*{_AGENCY}\.?\s*")
_OPENS_SENTENCE = re.compile(r"[\"'“‘«(\[]*[^\W_]")
_ALONE = re.compile(rf"(?P<place>{_PLACE}),?\s+(?P<day>{MONTH_DAY})")


@dataclass(frozen=True, slots=True)
class FoundDateline:
    """A dateline that takes the first `length` characters of its line."""

    length: int
    place: str | None
    day: Day | None
    agency: str | None


def find_dateline(line: str) -> FoundDateline | None:
    """The dateline that `line` begins with, or None."""
    alone = _ALONE.fullmatch(line)
    if alone and _is_place(alone["place"]):
        day = read_day(alone["day"])
        return FoundDateline(len(line), alone["place"], day, None) if day and day.year else None
    start = line[:_LONGEST]
    for match in (_DASHED.match(start), _SIGNED.match(start)):
        if match is not None and (found := _judge(match, line)):
            return found
    return None


def _judge(match: re.Match[str], line: str) -> FoundDateline | None:
    place, agency = match["place"], match["round"] or match["slash"]
    day = read_day(match["day"]) if match["day"] else None
    signed = agency is not None and _is_agency(agency)
    if (match["day"] and day is None) or (match["slash"] and not signed):
        return None
    if not (_closes(match, line, signed) if "dash" in match.re.groupindex else _ends(match, line, signed)):
        return None
    if place is None:
        vouched = signed
    elif not _is_place(place):
        vouched = False
    else:  # 'Pyongyang, July 28 (KCNA) --': small letters need a day or a known agency beside them
        vouched = day is not None or signed or (_is_capitals(place) and _looks_like_place(place))
    if not vouched:
        return None
    if place and re.search(
        r"[^\W\d_a-z]{4,}\.$", place
    ):  # the point of 'MOSCOW. Oct 19' is no part of the place, that of 'Va.' is
        place = place[:-1]
    return FoundDateline(len(match[0].rstrip()), place, day, agency)


def _closes(match: re.Match[str], line: str, signed: bool) -> bool:
    """Whether the dash stands between a dateline and a sentence, and not inside a word or a clause."""
    rest = line[match.end() :]
    if rest and (_OPENS_SENTENCE.match(rest) is None or (rest[0].islower() and not signed)):
        return False
    if signed or not rest:
        return True
    if match["dash"] == "-" and not match["gap"]:
        return False
    return bool(match["after"]) or match["dash"] not in "-–"


def _ends(match: re.Match[str], line: str, signed: bool) -> bool:
    """'MOSCOW, October 19. /TASS/.': a known agency's signature ends a dateline without a dash."""
    rest = line[match.end() :]
    return signed and bool(match["place"]) and (not rest or _OPENS_SENTENCE.match(rest) is not None)


def _is_agency(words: str) -> bool:
    agencies = load_patterns().agencies
    return words in agencies or any(part.strip() in agencies for part in re.split(r"[/-]", words))


def _is_place(place: str) -> bool:
    """Whether every word of a place begins with a capital (small links between them aside) and opens no sentence."""
    patterns = load_patterns()
    words = re.findall(r"[^\s,/]+", place)
    if not words or words[0] in patterns.not_places or any(c.isdigit() for c in place):
        return False
    if words[0].lower().strip(".") in patterns.openers or words[-1].lower() in patterns.openers:
        return False
    return all(word[0].isupper() or word in patterns.links for word in words)


def _is_capitals(place: str) -> bool:
    """Whether the town is written in capitals; what follows a comma ('N.Y.', 'North Korea') may not be."""
    return place.split(",")[0].replace("Mc", "MC").isupper()


def _looks_like_place(place: str) -> bool:
    """Initials of bodies are short words in capitals too ('IAEA – ...'): short places are known by name."""
    town = place.split(",")[0].strip()
    return len(town) > 4 or town in load_patterns().short_places
