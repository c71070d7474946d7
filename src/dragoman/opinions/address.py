"""Where a model is asked: an address as a user gives it in, the checked place of its chat completions out.

Unlike a feed's, this address is the user's own word, so that machines of one's own are the usual case. What is guarded
is that text and key go where the user meant, and not readable over the internet.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

from dragoman.errors import UsageError
from dragoman.fetching.addresses import Lookup, Reach, Target, parse, resolve
from dragoman.fetching.failure import FetchError

Distance = Literal["this machine", "a private network", "the internet"]
_REACH: Final = Reach(allow_private=True)
_VERSION: Final = re.compile(r"/v\d[^/]*(?:/|$)")
_END: Final = "/chat/completions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where completions are asked for: the address, its network addresses, and how far away these are."""

    target: Target
    addresses: tuple[str, ...]
    distance: Distance

    @property
    def host(self) -> str:
        """The name of the host, without its port."""
        return self.target.host


def completions_of(address: str) -> Target:
    """The address of the chat completions below an address given with or without its version ('/v1').

    Raises `UsageError` for what is no such address; looks nothing up.
    """
    given = address.strip()
    if "://" not in given:
        raise UsageError("The address of the model must begin with http:// or https://.")
    try:
        parts = urlsplit(given)
    except ValueError as error:
        raise UsageError(f"That is no address of a model: {error}.") from None
    if parts.username is not None or parts.query or parts.fragment:
        raise UsageError("Leave user, password and query out of the address; a key is read with --key-from VARIABLE.")
    path = parts.path.rstrip("/").removesuffix(_END)
    path += "" if _VERSION.search(path) else "/v1"
    try:
        return parse(f"{parts.scheme}://{parts.netloc}{path}{_END}", _REACH)
    except FetchError as error:
        raise UsageError(f"{given} is no address of a model: {error.what}") from None


def find_endpoint(address: str, *, insecure: bool = False, lookup: Lookup | None = None) -> Endpoint:
    """Look up where an address leads. Plain http is for this machine and private networks, unless `insecure`.

    The network addresses found here are those that every request goes to. Raises `UsageError`.
    """
    target = completions_of(address)
    try:
        found = tuple(resolve(target, _REACH, lookup))
    except FetchError as error:
        raise UsageError(f"{target.origin} cannot be asked: {error.what}") from None
    distance = _distance(found)
    if target.scheme == "http" and distance == "the internet" and not insecure:
        raise UsageError(
            f"{target.origin} is on the internet and not encrypted: everybody on the way could read the articles and "
            "the key. Use https://, or --insecure if that is no matter."
        )
    return Endpoint(target=target, addresses=found, distance=distance)


def _distance(found: tuple[str, ...]) -> Distance:
    """The furthest of the network addresses counts."""
    addresses = [ipaddress.ip_address(each) for each in found]
    if all(each.is_loopback for each in addresses):
        return "this machine"
    return "a private network" if all(each.is_private for each in addresses) else "the internet"
