"""How one workbench is run: which record, where it listens, who may use it."""

from __future__ import annotations

import ipaddress
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dragoman.web.rates import Rate

PORT: Final = 8765
UPLOAD_LIMIT: Final = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of a workbench, fixed while it runs.

    `password` is asked of everybody when there is one; beyond loopback there must be one. `reviewer` is who decides
    where no user name comes with a request. `token` must come with whatever writes, so that no other site can write
    through a reader's browser. `upload_limit` caps what a request may carry, in bytes, and `rate` how many
    requests one client may make.
    """

    record: Path
    host: str = "127.0.0.1"
    port: int = PORT
    password: str | None = field(default=None, repr=False)
    read_only: bool = False
    reviewer: str = "analyst"
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    upload_limit: int = UPLOAD_LIMIT
    rate: Rate | None = None

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the workbench."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine itself."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"
