"""How many requests one client may make: a bucket of tokens for each address that asks, filled again as time passes.

One ASGI middleware before all others, so that guessing passwords is counted too. What proxies say of whom they ask for
(X-Forwarded-For) is not believed, since anybody can say it; what is static is not counted.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from dragoman.web.headers import HEADERS
from dragoman.web.rates import Rate
from dragoman.web.refusals import refusal

CLIENTS: Final = 4096
"""How many clients are remembered; the one longest not heard of goes first."""
FREE: Final = "/static/"


class Buckets:
    """Tokens for each client. `clock` gives seconds that only grow."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic, clients: int = CLIENTS) -> None:
        self._rate = rate
        self._clock = clock
        self._clients = clients
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> float:
        """Take a token: 0 where there was one, else the seconds until there is."""
        now, full = self._clock(), float(self._rate.number)
        left, then = self._left.pop(client, (full, now))
        left = min(full, left + (now - then) * full / self._rate.seconds)
        enough = left >= 1
        self._left[client] = left - 1 if enough else left, now
        while len(self._left) > self._clients:
            self._left.popitem(last=False)
        return 0.0 if enough else (1 - left) * self._rate.seconds / full

    def __len__(self) -> int:
        return len(self._left)


class Limits:
    """ASGI middleware: lets a request through, or answers when there will be room for it."""

    def __init__(self, app: ASGIApp, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._rate = rate
        self._buckets = Buckets(rate, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count one request and pass it on."""
        wait = 0.0
        if scope["type"] == "http" and not scope["path"].startswith(FREE):
            wait = self._buckets.take(client_of(scope))
        if not wait:
            await self._app(scope, receive, send)
            return
        seconds = math.ceil(wait)
        words = f"More requests than {self._rate.words} came from your address. Ask again in {seconds} s."
        await refusal(scope, 429, words, {**HEADERS, "Retry-After": str(seconds)})(scope, receive, send)


def client_of(scope: Scope) -> str:
    """Who asks: an IPv4 address, or the network of 64 bits that one subscriber of IPv6 has; '' where it is unknown."""
    host = (scope.get("client") or ("", 0))[0]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return str(host)
    if isinstance(address, ipaddress.IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or ipaddress.ip_network((int(address) >> 64 << 64, 64)))
    return host
