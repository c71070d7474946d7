"""What kind of contact a CONSULT is: a meeting in person, a telephone call or a message."""

from __future__ import annotations

from typing import Literal, Protocol

from dragoman.model import EventType

Contact = Literal["meeting", "call", "message"]


class Contacting(Protocol):
    """Of an event or an occurrence what tells a meeting from a letter."""

    @property
    def type(self) -> EventType:
        """PLOVER's type."""
        ...

    @property
    def mode(self) -> str | None:
        """PLOVER's mode."""
        ...

    @property
    def symmetric(self) -> bool:
        """Whether both sides do the same."""
        ...


def contact(event: Contacting) -> Contact | None:
    """Whether a CONSULT is a meeting in person, a telephone call or a message; None for other types.

    Meeting is what two do together, and so is visiting; what one side does to the other without a visit is writing.
    """
    if event.type != "CONSULT":
        return None
    if event.mode == "phone":
        return "call"
    return "meeting" if event.symmetric or event.mode is not None else "message"
