"""The polite client: an address in, an answer out, at no site's expense.

1. The address is checked. 2. robots.txt of its site is asked for, once a day. 3. The site is left in peace for a while
between two requests, and for longer where it says so. 4. Redirects are followed one by one, each checked like
the first. Clock, sleep and chance are given from outside, so that tests need no time.
"""

from __future__ import annotations

import email.utils
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import SystemRandom
from typing import Final
from urllib.parse import urljoin

from dragoman.fetching.addresses import Lookup, Reach, Target, parse, resolve
from dragoman.fetching.connection import Limits, Response, request
from dragoman.fetching.failure import FetchError, OutOfReachError
from dragoman.fetching.robots import EVERYTHING, NOTHING, Rules, read_robots
from dragoman.version import __version__

PAUSE: Final = 2.0  # seconds between two requests to a site
JITTER: Final = 0.5  # share by which a pause may be longer, so that requests do not come like a clock's ticks
REDIRECTS: Final = 5
MOVED: Final = frozenset({301, 302, 303, 307, 308})
BUSY: Final = frozenset({429, 503})
FIRST_REST, LONGEST_REST = 60.0, 24 * 3600.0  # seconds that a busy site is left alone when it does not say how long
ROBOTS_KEPT, ROBOTS_RETRY = 24 * 3600.0, 3600.0  # seconds
ROBOTS_SIZE: Final = 512 * 1024
_MOMENT: Final = 1.0  # a second's wait more or less is no matter for a timed-out robots.txt

Send = Callable[[Target, Sequence[str], Mapping[str, str], Limits], Response]


@dataclass
class Clock:
    """Time as the client sees it: `now` in seconds since 1970, `sleep` in seconds, `chance` from 0 to 1."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], object] = time.sleep
    chance: Callable[[], float] = SystemRandom().random


@dataclass
class _Site:
    """What is known of one site, that is scheme, host and port."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    rules_lock: threading.Lock = field(default_factory=threading.Lock)
    next: float = 0.0  # when it may be asked again
    resting: float = 0.0  # until when it is left alone, since it said so
    refusals: int = 0
    rules: Rules | None = None
    rules_until: float = 0.0
    unknown: str | None = None  # why robots.txt could not be had


class Client:
    """Fetches addresses politely; several threads may share one, and no two ask the same site at once."""

    def __init__(
        self,
        *,
        contact: str | None = None,
        pause: float = PAUSE,
        clock: Clock | None = None,
        lookup: Lookup | None = None,
        send: Send = request,
    ) -> None:
        """`contact` is an address or mailbox that sites find in their logs; `lookup` and `send` are for tests."""
        self.agent = f"Dragoman/{__version__}" + (f" (+{contact})" if contact else "")
        self._pause = pause
        self._clock = clock or Clock()
        self._lookup = lookup
        self._send = send
        self._sites: dict[str, _Site] = {}
        self._lock = threading.Lock()

    def get(
        self,
        url: str,
        reach: Reach,
        limits: Limits,
        *,
        etag: str | None = None,
        modified: str | None = None,
        accept: str = "*/*",
    ) -> Response:
        """The answer to a GET, status 200 or, where `etag` or `modified` were given, 304.

        Raises `FetchError` with the reason, whether to try again, and when.
        """
        headers = {"Accept": accept, "Accept-Language": "en, *;q=0.5"}
        headers |= {"If-None-Match": etag} if etag else {}
        headers |= {"If-Modified-Since": modified} if modified else {}
        answer = self._follow(url, reach, limits, headers, robots=True)
        if answer.status == 200 or (answer.status == 304 and (etag or modified)):
            return answer
        # Gone for good are what the site says is gone or not for us; all else may be its bad day.
        temporary = answer.status not in (400, 401, 402, 403, 404, 405, 406, 410, 414, 451)
        raise FetchError(f"The site answered {answer.status}.", source=url, temporary=temporary)

    def _follow(self, url: str, reach: Reach, limits: Limits, headers: Mapping[str, str], *, robots: bool) -> Response:
        at = url
        for _ in range(REDIRECTS + 1):
            target = parse(at, reach)
            if robots:
                self._heed_robots(target, reach)
            answer = self._ask(target, reach, limits, headers)
            where = answer.headers.get("location")
            if answer.status not in MOVED or not where:
                return answer
            try:
                at = urljoin(at, where.strip()).partition("#")[0]
            except ValueError:
                raise FetchError("It leads to what is no address.", source=url) from None
        raise FetchError(f"It leads on and on: more than {REDIRECTS} redirects.", source=url)

    def _site(self, target: Target) -> _Site:
        with self._lock:
            return self._sites.setdefault(target.origin, _Site())

    def _ask(self, target: Target, reach: Reach, limits: Limits, headers: Mapping[str, str]) -> Response:
        """One request, once the site has had its peace."""
        site = self._site(target)
        with site.lock:
            now = self._clock.now()
            if site.resting > now:
                reason = "The site asked to be left alone for a while."
                raise FetchError(reason, source=target.url, temporary=True, after=site.resting - now)
            if site.next > now:
                self._clock.sleep(site.next - now)
            addresses = resolve(target, reach, self._lookup)
            try:
                answer = self._send(target, addresses, {"User-Agent": self.agent, **headers}, limits)
            finally:
                pause = max(self._pause, site.rules.delay if site.rules else 0.0)
                site.next = self._clock.now() + pause * (1 + JITTER * self._clock.chance())
            if answer.status in BUSY:
                raise self._rest(site, answer, target.url)
            site.refusals = 0
            return answer

    def _rest(self, site: _Site, answer: Response, url: str) -> FetchError:
        now = self._clock.now()
        asked = retry_after(answer.headers.get("retry-after"), now)
        own = min(FIRST_REST * 2**site.refusals, LONGEST_REST)
        seconds = own if asked is None else min(max(asked, self._pause), LONGEST_REST)
        site.refusals = min(site.refusals + 1, 12)
        site.resting = now + seconds
        reason = f"The site answered {answer.status}: it wants to be left alone for {seconds:.0f} seconds."
        return FetchError(reason, source=url, temporary=True, after=seconds)

    def _heed_robots(self, target: Target, reach: Reach) -> None:
        site = self._site(target)
        now = self._clock.now()
        with site.rules_lock:
            if site.rules is None or site.rules_until <= now:
                site.rules, site.unknown = self._robots(target, reach)
                site.rules_until = self._clock.now() + (ROBOTS_RETRY if site.unknown else ROBOTS_KEPT)
        if site.unknown:
            reason = f"The site's robots.txt cannot be had, so nothing is fetched from it for now ({site.unknown})."
            raise FetchError(reason, source=target.url, temporary=True, after=max(site.rules_until - now, _MOMENT))
        if not site.rules.allow(target.path):
            raise FetchError("The site's robots.txt does not allow it.", source=target.url, unwanted=True)

    def _robots(self, target: Target, reach: Reach) -> tuple[Rules, str | None]:
        """The rules of a site, and if they are not known, why.

        No robots.txt (4xx) allows everything, as RFC 9309 has it; 401 and 403 allow nothing, as a site that hides its
        rules is no open site. A site that fails or cannot be reached is left alone for an hour.
        """
        limits = Limits(size=ROBOTS_SIZE, total=30.0)
        try:
            answer = self._follow(f"{target.origin}/robots.txt", reach, limits, {"Accept": "text/plain"}, robots=False)
        except FetchError as error:
            if isinstance(error, OutOfReachError) and error.source.startswith(f"{target.origin}/"):
                raise OutOfReachError(error.what, source=target.url) from None
            if error.temporary:
                return NOTHING, error.what.rstrip(".")
            # Too large, or it leads where we must not go: what it asks for is not known.
            return NOTHING, None
        if answer.status == 200:
            return read_robots(answer.body.decode("utf-8", "replace")), None
        if answer.status in (401, 403):
            return NOTHING, None
        if 400 <= answer.status < 500:
            return EVERYTHING, None
        return NOTHING, f"it answered {answer.status}"


def retry_after(value: str | None, now: float) -> float | None:
    """The seconds that a Retry-After asks for, from a number or a date; None for none or nonsense."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return None
