"""Which addresses may be fetched, and the network address that a connection is then pinned to.

Addresses come out of feeds and pages, which anybody can write: without this a feed could make us read the machines
behind our own firewall. A name is looked up once, every answer is checked, and the connection goes to that answer.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from dragoman.fetching.failure import FetchError, OutOfReachError

LONGEST: Final = 2_000  # characters; the longest address that an article may have
PORTS: Final = {"http": 80, "https": 443}
_FORBIDDEN: Final = re.compile(r"[\x00-\x20\x7f-\x9f\\]")
_TRACKING: Final = re.compile(r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|mc_cid|mc_eid|igshid)", re.IGNORECASE)
_SAFE: Final = "/%:@!$&'()*+,;=~-._"
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Lookup = Callable[[str, int], list[str]]
"""The network addresses of a host, as texts; raises `OSError` when it has none."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a source may reach: into private networks, and to which ports besides 80 and 443."""

    allow_private: bool = False
    ports: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart and checked: `path` has the query, `host` is ASCII, `key` names the host and port."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """'https://example.org', with a port that is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == PORTS[self.scheme] else f":{self.port}")


def parse(url: str, reach: Reach) -> Target:
    """Take an address apart; raises `FetchError` for one that is not to be fetched, whatever it resolves to."""
    if len(url) > LONGEST:
        raise FetchError(f"The address is longer than {LONGEST:,} characters.", source=url[:200])
    if _FORBIDDEN.search(url):
        raise FetchError("The address has blanks, backslashes or control characters.", source=url)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(f"Not an address: {error}.", source=url) from None
    if parts.scheme not in PORTS:
        raise FetchError(f"Only http and https are fetched, not '{parts.scheme}'.", source=url)
    if not host:
        raise FetchError("The address names no host.", source=url)
    if parts.username is not None or parts.password is not None:
        raise FetchError("The address has a user name in it; such addresses are not fetched.", source=url)
    port = PORTS[parts.scheme] if port is None else port
    if port not in PORTS.values() and port not in reach.ports and not reach.allow_private:
        raise FetchError(f"Port {port} is not fetched from; 'ports = [{port}]' in the source allows it.", source=url)
    path = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE + '?')}" if parts.query else "")
    return Target(url=url, scheme=parts.scheme, host=_ascii(host, url), port=port, path=path)


def resolve(target: Target, reach: Reach, lookup: Lookup | None = None) -> list[str]:
    """The network addresses of a target's host, each of them checked.

    One private address among them refuses the host: which of several is taken would be for the other side to choose.
    Raises `FetchError`, temporary where the name cannot be looked up.
    """
    try:
        found = (lookup or look_up)(target.host, target.port)
    except (OSError, UnicodeError) as error:
        reason = f"The host '{target.host}' cannot be found ({error})."
        raise FetchError(reason, source=target.url, temporary=True) from None
    for text in found:
        if not may_reach(text, reach):
            hint = "" if reach.allow_private else " 'allow_private = true' in the source allows private addresses."
            reason = f"'{target.host}' is at {text}, which is no public address.{hint}"
            raise OutOfReachError(reason, source=target.url)
    return found


def may_reach(text: str, reach: Reach) -> bool:
    """Whether a network address is public, or with `allow_private` of this machine or a private network.

    Link-local addresses (where clouds keep their secrets), multicast and unspecified ones are never reached.
    """
    try:
        address = _inner(ipaddress.ip_address(text))
    except ValueError:  # with a zone, hence link-local, or no address at all
        return False
    if address.is_link_local or address.is_multicast or address.is_unspecified:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.is_site_local:
        return reach.allow_private
    if address.is_loopback or address.is_private:
        return reach.allow_private
    return address.is_global and not address.is_reserved


def look_up(host: str, port: int) -> list[str]:
    """The network addresses that the system gives for a host, in its order, each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def normalise(url: str, base: str | None = None) -> str | None:
    """The address under which a page is known: absolute, without fragment and tracking, host in small letters.

    None for what is no address of the web.
    """
    try:
        parts = urlsplit(urljoin(base, url.strip()) if base else url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in PORTS or not host or _FORBIDDEN.search(parts.netloc):
        return None
    host = f"[{host}]" if ":" in host else host
    if port is not None and port != PORTS[parts.scheme]:
        host += f":{port}"
    query = parts.query
    pairs = parse_qsl(query, keep_blank_values=True)
    if any(_TRACKING.fullmatch(name) for name, _ in pairs):
        query = urlencode([(name, value) for name, value in pairs if not _TRACKING.fullmatch(name)])
    path = quote(parts.path or "/", safe=_SAFE)
    whole = urlunsplit((parts.scheme, host, path, quote(query, safe=_SAFE + "?"), ""))
    return whole if len(whole) <= LONGEST and not _FORBIDDEN.search(whole) else None


def _ascii(host: str, url: str) -> str:
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        raise FetchError(f"'{host}' is no name of a host.", source=url) from None


def _inner(address: Address) -> Address:
    """The IPv4 address that an IPv6 address stands for, where it does (mapped, 6to4, Teredo, NAT64)."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.teredo is not None:
        return address.teredo[1]
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
