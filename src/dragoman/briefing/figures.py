"""Numbers that lead to what they count: a sentence is pieces of text, and a piece may have an anchor to go to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dragoman.analysis.occurrence import Occurrence


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some words; `to` is the anchor that they lead to."""

    text: str
    to: str | None = None


Sentence = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What a number counts: its anchor, a label, and the ids of the incidents."""

    anchor: str
    label: str
    ids: tuple[str, ...]


@dataclass(slots=True)
class Figures:
    """The figures of a brief in the making; each number that is told is put down here."""

    made: list[Figure] = field(default_factory=list)

    def count(self, label: str, found: Iterable[Occurrence], words: str | None = None) -> Piece:
        """The number of some incidents (or other words for them), with an anchor to the list of them."""
        ids = tuple(dict.fromkeys(each.id for each in found))
        text = words if words is not None else str(len(ids))
        if not ids:
            return Piece(text=text)
        known = next((each for each in self.made if each.ids == ids and each.label == label), None)
        if known is None:
            known = Figure(anchor=f"f{len(self.made) + 1}", label=label, ids=ids)
            self.made.append(known)
        return Piece(text=text, to=known.anchor)


def sentence(*parts: str | Piece) -> Sentence:
    """A sentence of words and numbers; empty words are left out."""
    pieces = (part if isinstance(part, Piece) else Piece(text=part) for part in parts)
    return tuple(piece for piece in pieces if piece.text)


def text_of(told: Sentence) -> str:
    """A sentence as plain text."""
    return "".join(piece.text for piece in told)
