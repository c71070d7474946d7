"""Furniture of an article's text: what is kept there and is not news, and what it says of the article.

Takes a text, gives stretches with their kinds, and the headline, day, dateline and first publisher read from them.
In doubt a line is news: furniture taken for news costs a wrong event, news taken for furniture is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from dragoman.model import Furniture, FurnitureKind
from dragoman.reading.dateline import FoundDateline, find_dateline
from dragoman.reading.days import read_date_line
from dragoman.reading.patterns import load_patterns

LINE = re.compile(r"[^\r\n]+")
BRACKETS = " \t\xa0*_()[]"
LONGEST_NOTICE = 400  # characters of a line that can be a notice; captions may be longer
LONGEST_CAPTION = 600
LONGEST_HEADLINE = 200
HEAD_LINES = 12  # headline, date and byline stand among so many lines
DATELINE_LINES = 5  # so many lines of news may stand before the dateline (an abstract, a deck)
NAME = r"[A-Z][\w.'’-]*"
BYLINE = re.compile(
    rf"[Bb][Yy]:?\s+{NAME}(?:(?:,?\s+|\s?[,|/&]\s?)(?:and|of|for|in|the|de|von|van|al|{NAME})){{1,12}}"
    r"(?:\s*[|•·–—,-]\s*(?P<rest>.{4,60}))?"
)
# A credit at the end of a caption: in brackets outside the sentence, or bare after the last full stop.
END_CREDIT = re.compile(r"(?:(?<=[.!?”\"’'])|(?<=\w)(?!.*\.$))\s*[(\[](?P<credit>[^()\[\]]{2,80})[)\]]\.?$")
BARE_CREDIT = re.compile(r"(?<=[.!?”\"]\s)(?P<credit>[A-Z][^.!?]{2,80})$")
CAPTION_CUE = re.compile(
    r"(?i:\(\s?(?:l|r|c|left|right|center|centre|second from \w+)\s?\))"
    r"|\b(?i:pictured|seen here|file photo|shown here)\b"
    r"|\b(?:19|20)\d\d\.\s*[(\[]"
)
HEADING = re.compile(r"#{1,6}\s+(?P<words>.*?)\s*#*")
IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\([^)]*\)")
# The last sign of a sentence or of a line that leads on; '?' and '!' end headlines as well, and so do quotes.
CLOSED = re.compile(r"[.:;,][\"'”’)\]]*$")


@dataclass(slots=True)
class FoundFurniture:
    """The furniture of a text, in order and apart, and what it says: `published` is the day of a date line."""

    furniture: tuple[Furniture, ...] = ()
    headline: str | None = None
    published: str | None = None
    dateline: FoundDateline | None = None
    reprint_of: str | None = None


@dataclass(slots=True)
class _Line:
    """A line without the white space at its ends; `pieces` are the stretches of it that are furniture."""

    start: int
    text: str
    pieces: list[tuple[int, int, FurnitureKind]] = field(default_factory=list)

    def mark(self, kind: FurnitureKind, start: int = 0, end: int | None = None) -> None:
        self.pieces.append((start, len(self.text) if end is None else end, kind))


def find_furniture(
    text: str, *, title: str | None = None, markdown: bool = False, captions: Iterable[str] = ()
) -> FoundFurniture:
    """Find the furniture of `text`. `title` is what the input gives as such; `markdown` also reads '# ' and '![]()'.
    `captions` are the words of lines that the format of the input marks as captions.

    1. Lines that are notices wherever they stand: calls to subscribe, reprints, captions, credits, end marks.
    2. The head, down to the first line of news: headline, date line, byline.
    3. The dateline of the first line of news, or of one of the few after it.
    """
    lines = [_Line(m.start() + _indent(m[0]), m[0].strip()) for m in LINE.finditer(text) if m[0].strip()]
    found = FoundFurniture()
    given = frozenset(captions)
    for line in lines:
        if markdown and (image := IMAGE.fullmatch(line.text)):
            line.pieces += _around(image)
        else:
            _mark_notice(line, given, found)
    news = _mark_head(lines, title, found, markdown=markdown)
    _mark_dateline(lines[news : news + DATELINE_LINES], found)
    found.furniture = tuple(
        Furniture(start=line.start + start, end=line.start + end, kind=kind)
        for line in lines
        for start, end, kind in sorted(line.pieces)
    )
    return found


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _mark_notice(line: _Line, captions: frozenset[str], found: FoundFurniture) -> None:
    """Stage 1. A line is one thing, or news that ends in a mark or a credit."""
    patterns = load_patterns()
    if len(line.text) > LONGEST_CAPTION:
        _mark_end(line)
        return
    bare = line.text.strip(BRACKETS)
    if patterns.end.fullmatch(bare) or patterns.end.fullmatch(line.text):
        line.mark("end")
        return
    if len(bare) <= LONGEST_NOTICE:
        for pattern in patterns.reprints:
            if match := pattern.fullmatch(bare):
                outlet = match.groupdict().get("outlet")
                found.reprint_of = found.reprint_of or (outlet.removeprefix("the ") if outlet else None)
                line.mark("reprint")
                return
        if patterns.subscribe.fullmatch(bare):
            line.mark("subscribe")
            return
        if patterns.credit.fullmatch(bare):
            line.mark("credit")
            return
    _mark_caption(line, is_caption=" ".join(line.text.split()) in captions)
    if not line.pieces:
        _mark_end(line)


def _around(image: re.Match[str]) -> Iterator[tuple[int, int, FurnitureKind]]:
    """The words of a Markdown picture are its caption; the signs and the address around them are not read."""
    start, end = image.span("alt")
    if not image["alt"].strip():
        yield 0, image.end(), "credit"
        return
    yield 0, start, "credit"
    yield start, end, "caption"
    yield end, image.end(), "credit"


def _mark_end(line: _Line) -> None:
    tail = line.text[-12:]
    if match := load_patterns().end_of_line.search(tail):
        offset = len(line.text) - len(tail)
        line.mark("end", offset + match.start(), offset + match.end())


def _mark_caption(line: _Line, *, is_caption: bool) -> None:
    """A caption is given as such, begins like one, or ends in a photographer's credit; '(Reuters)' makes none."""
    is_caption = is_caption or load_patterns().caption.fullmatch(line.text) is not None
    credit, is_photo = _end_credit(line.text)
    if credit is None:
        if is_caption:
            line.mark("caption")
        return
    if is_caption or is_photo or CAPTION_CUE.search(line.text):
        line.mark("caption", 0, len(line.text[:credit].rstrip()))
    line.mark("credit", credit)


def _end_credit(line: str) -> tuple[int | None, bool]:
    """Where a credit at the end of a line begins, if there is one, and whether it is surely that of a picture."""
    patterns = load_patterns()
    if match := END_CREDIT.search(line):
        words = match["credit"].strip()
        is_photo = patterns.photo_credit.fullmatch(words) is not None
        return (match.start("credit") - 1 if is_photo or words in patterns.agencies else None), is_photo
    match = BARE_CREDIT.search(line)
    if match and patterns.photo_credit.fullmatch(match["credit"]) and _is_capitalised(match["credit"]):
        return match.start("credit"), True
    return None, False


def _is_capitalised(words: str) -> bool:
    """Whether every word is a name or a link between names, as in 'Sputnik/Ivan Petrov/Pool via REUTERS'."""
    small = load_patterns().small_words
    return all(not word[0].islower() or word in small for word in re.findall(r"\w+", words))


def _mark_head(lines: list[_Line], title: str | None, found: FoundFurniture, *, markdown: bool) -> int:
    """Stage 2. Gives the number of the first line of news."""
    known = _plain(title) if title else None
    for number, line in enumerate(lines[:HEAD_LINES]):
        if line.pieces and line.pieces[0][0] == 0:
            continue
        is_date, day = read_date_line(line.text)
        if is_date:
            line.mark("date")
            found.published = found.published or day
            continue
        if (byline := BYLINE.fullmatch(line.text)) and _is_byline(byline):
            line.mark("credit")
            if byline["rest"]:
                found.published = found.published or read_date_line(byline["rest"])[1]
            continue
        words = _headline(line, lines[number + 1 :], known, markdown=markdown) if found.headline is None else None
        if words is None:
            return number
        found.headline = words
        line.pieces.clear()
        line.mark("headline")
    return min(len(lines), HEAD_LINES)


def _headline(line: _Line, below: list[_Line], title: str | None, *, markdown: bool) -> str | None:
    """The words of a headline: a line that is the title, a heading of Markdown, or looks like one."""
    heading = HEADING.fullmatch(line.text) if markdown else None
    words = heading["words"] if heading else line.text
    if not words:
        return None
    if title and _plain(words) == title:
        return words
    looks = heading is not None or (
        not line.pieces and _looks_like_headline(line.text, below, titled=title is not None)
    )
    return words if looks else None


def _is_byline(byline: re.Match[str]) -> bool:
    """'By Thursday Moscow' begins a sentence that ends elsewhere; a byline's rest is a day, a place or an office."""
    if byline["rest"] is None:
        return len(byline[0]) <= 100
    return read_date_line(byline["rest"])[0] or _is_capitalised(byline["rest"])


def _plain(words: str) -> str:
    """Words as compared between a title and a first line: case, quotes, points and white space do not count."""
    return " ".join(re.findall(r"[^\W_]+", words.casefold()))


def _looks_like_headline(line: str, below: list[_Line], *, titled: bool) -> bool:
    """A short line that is no sentence, above lines of news; with a full stop only untitled and in Title Case."""
    if len(line) > LONGEST_HEADLINE or not below or not any(CLOSED.search(after.text) for after in below):
        return False
    if find_dateline(line) is not None or not any(c.isalpha() for c in line) or not line.lstrip("\"'“‘")[:1].isalnum():
        return False
    words = re.findall(r"[^\W\d_][\w'’-]*", line)
    if len(words) < 2:
        return False
    if not CLOSED.search(line):
        return True
    large = [word for word in words if word.lower() not in load_patterns().small_words]
    return not titled and line.endswith(".") and len(large) > 2 and all(word[0].isupper() for word in large)


def _mark_dateline(lines: list[_Line], found: FoundFurniture) -> None:
    """Stage 3."""
    for line in lines:
        if line.pieces and line.pieces[0][0] == 0:
            continue
        dateline = find_dateline(line.text)
        if dateline is not None and all(dateline.length <= start for start, _, _ in line.pieces):
            line.mark("dateline", 0, dateline.length)
            found.dateline = dateline
            return
