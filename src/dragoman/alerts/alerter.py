"""From a record that has grown to messages that are sent: what is new to each watch, and when it may go out."""

from __future__ import annotations

import datetime
import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from dragoman.alerts.ledger import Due, Ledger
from dragoman.alerts.messages import Message, digest, incident_message, turn_message
from dragoman.alerts.sending import Send, called, check, key_of, send
from dragoman.alerts.watches import AlertSettings, Watch, is_recent, matches, turns
from dragoman.analysis.incidents import Incident, kept_incidents
from dragoman.record import Record

TRIES: Final = (60.0, 5 * 60.0, 30 * 60.0, 2 * 3600.0, 8 * 3600.0)
"""Seconds after which a message that was not taken is sent again; after the last try it is given up."""
AT_ONCE: Final = 10  # messages; more than these go out as one, so that nobody's telephone rings a hundred times


class Alerter:
    """Tells what the watches ask for, once each. `now` gives seconds since 1970; times of day are this machine's."""

    def __init__(
        self,
        settings: AlertSettings,
        watches: Sequence[Watch],
        record: Path,
        *,
        now: Callable[[], float] = time.time,
        send: Send = send,
        tell: Callable[[str], None] = lambda line: None,
    ) -> None:
        """`tell` gets a line of words for a person when a message was lost."""
        self.settings = settings
        self.watches = watches
        self._path = record
        self._now = now
        self._send = send
        self._tell = tell
        self._looked: str | None = None

    def start(self, record: Record) -> None:
        """Begin: what the record holds already is no news to a watch that is new; what a kill left open is told.

        Raises `UsageError` when nothing can be sent to a target.
        """
        for address in self.settings.to:
            check(address)
        with self._ledger() as ledger:
            for title in ledger.find_unsure():
                self._tell(f"It is not known whether this alert was sent, so it is not sent again: {title}")
            new = [watch for watch in self.watches if not ledger.has_watch(identity(watch))]
            found = kept_incidents(record) if new else []
            for watch in new:
                keys = [key for message in self._found(watch, found) for key in message.keys]
                ledger.add_watch(identity(watch), keys, self._now())

    def look(self, record: Record) -> int:
        """Find what is new to the watches, send what is due, and return how many messages were taken."""
        with self._ledger() as ledger:
            if record.state != self._looked:
                state = record.state
                found = kept_incidents(record)
                for watch in self.watches:
                    self._add(ledger, watch, found)
                self._looked = state
            return sum(self._send_due(ledger, address) for address in self.settings.to)

    def would_send(self, record: Record) -> list[Message]:
        """The messages that the record as it stands would cause, were all watches new to it; nothing is written."""
        found = kept_incidents(record)
        return [message for watch in self.watches for message in self._found(watch, found, recent=True)]

    def _add(self, ledger: Ledger, watch: Watch, found: Sequence[Incident]) -> None:
        """Keep the messages of a watch that are new. An incident is old news when any of its reports was told of, since
        incidents grow and join.
        """
        known = ledger.known(identity(watch))
        recent = {message.keys for message in self._found(watch, found, recent=True)}
        messages: list[Message] = []
        also: list[str] = []
        for message in self._found(watch, found):
            if known.isdisjoint(message.keys) and message.keys in recent:
                messages.append(message)
                known.update(message.keys)
            else:
                also += [key for key in message.keys if key not in known]
        ledger.add(identity(watch), messages, also, [key_of(a) for a in self.settings.to], self._now())

    def _found(self, watch: Watch, found: Sequence[Incident], *, recent: bool = False) -> list[Message]:
        today = self._local().date()
        if watch.turning_point:
            return [turn_message(watch, turn, keys, self.settings) for turn, keys in turns(watch, found, today)]
        return [
            incident_message(watch, each, self.settings)
            for each in matches(watch, found)
            if not recent or is_recent(each, today, self.settings.recent)
        ]

    def _send_due(self, ledger: Ledger, address: str) -> int:
        """Send to one target what may go out now; those of a digest, and very many, as one message."""
        if self._is_quiet():
            return 0
        target = key_of(address)
        waiting = ledger.due(target, self._now())
        if self.settings.digest:
            waiting = [each for each in waiting if each.made <= self._digest_time()]
        if waiting and (self.settings.digest or len(waiting) > AT_ONCE):
            return self._send_one(ledger, address, waiting)
        return sum(self._send_one(ledger, address, [each]) for each in waiting)

    def _send_one(self, ledger: Ledger, address: str, parts: Sequence[Due]) -> int:
        title, body = digest([(each.title, each.body) for each in parts])
        target = key_of(address)
        ledger.begin(parts, target)
        if self._send(address, title, body):
            ledger.sent(parts, target)
            return 1
        tries = max(each.tries for each in parts)
        again = self._now() + TRIES[tries] if tries < len(TRIES) else None
        ledger.failed(parts, target, again)
        if again is None:
            self._tell(f"{called(address)} took no message in {len(TRIES) + 1} tries; this one is given up: {title}")
        return 0

    def _is_quiet(self) -> bool:
        if self.settings.quiet is None:
            return False
        start, end = self.settings.quiet
        at = self._local().time()
        return start <= at < end if start < end else at >= start or at < end

    def _digest_time(self) -> float:
        """The last time of day at which digests go out, in seconds since 1970."""
        now = self._local()
        at = now.replace(
            hour=self.settings.digest_at.hour, minute=self.settings.digest_at.minute, second=0, microsecond=0
        )
        return (at if at <= now else at - datetime.timedelta(days=1)).timestamp()

    def _local(self) -> datetime.datetime:
        return datetime.datetime.fromtimestamp(self._now()).astimezone()

    @contextmanager
    def _ledger(self) -> Iterator[Ledger]:
        ledger = Ledger(self._path)
        try:
            yield ledger
        finally:
            ledger.close()


def identity(watch: Watch) -> str:
    """What a watch is known by: its name and conditions, so that one with other conditions is another one."""
    return f"{watch.name} {hashlib.sha256(repr(watch).encode()).hexdigest()[:12]}"
