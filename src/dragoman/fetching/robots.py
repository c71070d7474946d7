"""robots.txt: what a site asks of programs, read as RFC 9309 says. Takes its text, answers which paths may be fetched.

The standard library's reader knows neither '*' and '$' in paths nor that the longest rule wins, and so would fetch what
sites mean to keep out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote_to_bytes

AGENT: Final = "dragoman"
"""The name by which sites can address us in their robots.txt."""
LONGEST_DELAY: Final = 60.0  # seconds; who asks for more between two requests is heard only so far
_MOST_RULES: Final = 5_000
_LINE: Final = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#]*)")


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for us at one site: pairs of whether it may be fetched and the pattern of the path."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay: float = 0.0

    def allow(self, path: str) -> bool:
        """Whether a path with its query may be fetched: the longest pattern decides, and of equal ones the kinder."""
        path = _plain(path)
        fitting = [(len(pattern), allowed) for allowed, pattern in self.rules if _fits(pattern, path)]
        return max(fitting)[1] if fitting else True


NOTHING: Final = Rules(((False, "/"),))
EVERYTHING: Final = Rules()


def read_robots(text: str, agent: str = AGENT) -> Rules:
    """The rules for `agent` in a robots.txt, else those for everybody; lines that say nothing to us are passed over."""
    groups: dict[str, list[tuple[bool, str]]] = {}
    delays: dict[str, float] = {}
    names: list[str] = []
    naming = False
    for line in text.removeprefix("\ufeff").splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        field, value = match[1].lower(), match[2].strip()
        if field == "user-agent":
            names = [*names, value.lower()] if naming else [value.lower()]
            groups.setdefault(names[-1], [])
            naming = True
            continue
        naming = naming and field not in ("allow", "disallow", "crawl-delay")
        for name in names:
            if field in ("allow", "disallow") and value and len(groups[name]) < _MOST_RULES:
                groups[name].append((field == "allow", _plain(value)))
            elif field == "crawl-delay":
                delays[name] = _seconds(value)
    mine = agent if agent in groups else "*"
    return Rules(tuple(groups.get(mine, ())), delays.get(mine, 0.0))


def _fits(pattern: str, path: str) -> bool:
    """Whether a pattern begins a path; '*' stands for anything, a last '$' for the end. Linear, no backtracking."""
    ends = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if not rest:
        return not ends or at == len(path)
    *middle, last = rest
    for part in middle:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return path.endswith(last) and len(path) - len(last) >= at if ends else path.find(last, at) >= 0


def _plain(path: str) -> str:
    """A path with its escapes written one way: '%7Ejoe' and '~joe' are one."""
    return quote(unquote_to_bytes(path), safe="/%*$?=&;:@!,'()+~-._")


def _seconds(value: str) -> float:
    try:
        return min(max(float(value), 0.0), LONGEST_DELAY)
    except ValueError:
        return 0.0
