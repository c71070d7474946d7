"""The run log, `runs.jsonl` in the record's folder: a line a round of what was fetched, skipped and failed, and why."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

FILE: Final = "runs.jsonl"


class Told(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One address or file, and why it was skipped or failed. `again` is when it is tried again (ISO, UTC)."""

    source: str
    url: str
    why: str | None = None
    again: str | None = None


class Round(msgspec.Struct, kw_only=True):
    """What one round did; days and times are ISO in UTC."""

    started: str
    ended: str | None = None
    polled: list[str] = []
    unchanged: list[str] = []
    new: int = 0
    fetched: list[Told] = []
    articles: int = 0
    events: int = 0
    skipped: list[Told] = []
    failed: list[Told] = []
    notes: list[Told] = []
    alerts: int = 0
    interrupted: bool = False

    @property
    def eventful(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.polled or self.fetched or self.skipped or self.failed or self.articles or self.alerts)


def append(record: Path, done: Round) -> None:
    """Add a line; half a line, which a kill may have left, is ended first."""
    path = record / FILE
    line = msgspec.json.encode(done) + b"\n"
    with path.open("a+b", buffering=0) as file:
        if file.seek(0, os.SEEK_END):
            file.seek(-1, os.SEEK_END)
            line = line if file.read(1) == b"\n" else b"\n" + line
        file.write(line)
        os.fsync(file.fileno())


def read_rounds(record: Path) -> list[Round]:
    """The rounds of the log, in order; a line that a kill cut short is passed over."""
    path = record / FILE
    rounds = []
    for line in path.read_bytes().splitlines() if path.exists() else []:
        try:
            rounds.append(msgspec.json.decode(line, type=Round))
        except msgspec.DecodeError:
            continue
    return rounds


def moment(seconds: float) -> str:
    """An ISO time in UTC, to the second."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
