from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from dragoman.fetching.addresses import Reach
from dragoman.fetching.client import Client, Clock
from tests.fetching.server import Site, serving

HERE = Reach(allow_private=True)


@dataclass
class Time:
    """Time that passes only when somebody sleeps."""

    now: float = 1_700_000_000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    @property
    def clock(self) -> Clock:
        return Clock(now=lambda: self.now, sleep=self.sleep, chance=lambda: 0.0)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def client(time: Time) -> Client:
    return Client(clock=time.clock)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found
