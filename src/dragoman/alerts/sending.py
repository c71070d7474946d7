"""Messages out, through Apprise, which knows Telegram, e-mail, Slack, webhooks and many more by their addresses."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from dragoman.errors import UsageError

if TYPE_CHECKING:
    from apprise import Apprise

TIMEOUT: Final = 30.0  # seconds for one message
Send = Callable[[str, str, str], bool]
"""Sends a title and a body to an address; whether it was taken."""

logging.getLogger("apprise").addHandler(logging.NullHandler())


def send(address: str, title: str, body: str) -> bool:
    """Send a message to an address as Apprise has it; raises `UsageError` for one that it does not know."""
    import apprise

    service = _service(address)
    try:
        return bool(service.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT, timeout=TIMEOUT))
    except Exception:  # a service's own code, fed with what a server answered; told as not taken and tried again
        logging.getLogger("dragoman").exception("A message could not be sent to %s", called(address))
        return False


def check(address: str) -> None:
    """Raise `UsageError` when nothing can be sent to this address."""
    _service(address)


def called(address: str) -> str:
    """An address fit to be shown: the kind of service and a few digits, since the rest may hold a password."""
    return f"{address.partition('://')[0][:20]} ({key_of(address)})"


def key_of(address: str) -> str:
    """What stands for an address in files: digits of its hash."""
    return hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _service(address: str) -> Apprise:
    try:
        import apprise
    except ImportError as error:
        raise UsageError("'apprise' is not installed. Install Dragoman with 'dragoman[watch]'.") from error

    service = apprise.Apprise()
    if not service.add(address):
        raise UsageError(
            f"[alerts], key 'to': an address of the kind '{address.partition('://')[0][:20]}' cannot be used; "
            "the pages of Apprise say how the addresses of each service are written."
        )
    return service
