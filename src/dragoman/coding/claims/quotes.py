"""Where a paragraph quotes: stretches between quotation marks of any style, told apart from scare quotes.

Separate because quotation marks are read off the text alone, and parsers go wrong exactly where they stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

CLOSERS = {
    "“": "”",
    "”": "”",
    "„": "“”",
    "«": "»",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    '"': '"',
    "‘": "’",
    "'": "'",
}
SINGLE = "‘'"
WORD = re.compile(r"\w+(?:[’'-]\w+)*")
SPEECH_WORDS = 5
FILLER = "\u200b"
DOUBLED = re.compile(r"''|``")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with its marks, in characters of the paragraph; `open` when the paragraph ends before it does.

    `speech` is False for words that are merely set off: 'the "axis" of powers'.
    """

    start: int
    end: int
    open: bool
    speech: bool


def find_quotes(text: str) -> list[Quote]:
    """The outermost quotations of a paragraph in order."""
    text = DOUBLED.sub('"' + FILLER, text)  # one mark and a filler, so that places stay
    quotes: list[Quote] = []
    at = 0
    while at < len(text):
        if text[at] in CLOSERS and _opens(text, at):
            end = _closer(text, at)
            if end is not None or text[at] not in SINGLE:
                stop = len(text) if end is None else end + 1
                stop += text[stop : stop + 1] == FILLER
                quotes.append(Quote(at, stop, end is None, _is_speech(text, at + 1, stop if end is None else end)))
                at = stop
                continue
        at += 1
    return quotes


def opens_with_quote(text: str) -> bool:
    """Whether a paragraph begins with a quotation mark."""
    return text.lstrip()[:1] in CLOSERS or text.lstrip()[:2] == "''"


def quote_at(quotes: list[Quote], start: int, end: int) -> Quote | None:
    """The quotation that holds a stretch, or None."""
    return next((q for q in quotes if q.start <= start and end <= q.end), None)


def _opens(text: str, at: int) -> bool:
    mark = text[at]
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not after or after.isspace():
        return False
    if mark in "\"'":
        return not before or before.isspace() or before in "([{—–-:,;‘“"
    if mark == "‘":
        return not before.isalnum()
    if mark == "”":  # a closing mark where only an opening one makes sense
        return not before or before.isspace()
    return True


def _closer(text: str, at: int) -> int | None:
    closers = CLOSERS[text[at]]
    depth = 0
    for i in range(at + 1, len(text)):
        char = text[i]
        after = text[i + 1 : i + 2]
        if char in closers:
            if text[at] in SINGLE and (after.isalnum() or text[i - 1].isspace()):
                continue
            if char == '"' and text[i - 1].isspace() and after.isalnum():
                continue
            if depth == 0:
                return i
            depth -= 1
        elif char == text[at] and text[at] not in "\"'‘“":
            depth += 1
    return None


def _is_speech(text: str, start: int, end: int) -> bool:
    words = WORD.findall(text, start, end)
    return len(words) >= SPEECH_WORDS or (bool(words) and text[end - 1] in ".,!?…")
