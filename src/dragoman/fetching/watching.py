"""The watch: round after round, sources that are due are asked, new pages fetched, coded and appended, alerts sent.

1. What a former run fetched and did not get into the record is coded. 2. Sources that are due are asked. 3. Their new
pages are fetched, the latest first. 4. Whoever is to be told is told. 5. A line goes to the run log.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from dragoman.errors import UsageError
from dragoman.fetching.client import Client, Clock
from dragoman.fetching.failure import FetchError
from dragoman.fetching.fetchers import Fetched, Polled, Stopped, fetch_all, poll_all
from dragoman.fetching.intake import Intake
from dragoman.fetching.local import files_of
from dragoman.fetching.runlog import Round, Told, append, moment
from dragoman.fetching.settings import LOCAL, Settings, Source
from dragoman.fetching.state import State
from dragoman.reading.raw import make_problem
from dragoman.record import Record

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder

TRIES: Final = (5 * 60.0, 30 * 60.0, 2 * 3600.0, 8 * 3600.0, 24 * 3600.0)
"""Seconds after which a page that could not be had is tried again; after the last try it is given up."""
MOST_WAITING: Final = 100_000  # pages of one source, so that no feed fills the disk with addresses
LONGEST_REST: Final = 24 * 3600.0
NAP: Final = 60.0  # seconds; the longest that the watch sleeps without looking whether anything is due


class Alerts(Protocol):
    """What sends alerts; see `dragoman.alerts`."""

    def look(self, record: Record) -> int:
        """Find what is to be told, send what is due, and return how many messages were sent."""
        ...


class Watch:
    """A watch on the sources of a SOURCES.toml for one record. Set `stop` to end it after the article in hand."""

    def __init__(
        self,
        settings: Settings,
        record: Path,
        *,
        make_coder: Callable[[], Coder],
        jobs: int = 4,
        alerts: Alerts | None = None,
        client: Client | None = None,
        clock: Clock | None = None,
        tell: Callable[[str], None] = lambda line: None,
        report: Callable[[Round], None] = lambda done: None,
    ) -> None:
        """`tell` gets a line of words now and then, for a person who looks on, `report` each round when it is done."""
        self.settings = settings
        self.stop = threading.Event()
        self.record = Record(record, create=True)
        self._make_coder = make_coder
        self._coder: Coder | None = None
        self._jobs = jobs
        self._alerts = alerts
        self._clock = clock or Clock(sleep=self._sleep)
        self._client = client or Client(contact=settings.contact, pause=settings.pause, clock=self._clock)
        self._tell = tell
        self._report = report

    def run(self, *, once: bool = False) -> None:
        """Watch until `stop` is set; with `once` a single round."""
        state = State(self.record.path)
        try:
            while True:
                self.round(state)
                if once or self.stop.is_set():
                    return
                now = self._clock.now()
                due = min(state.source(source.name).due for source in self.settings.sources)
                self.stop.wait(max(1.0, min(due - now, NAP)))
        finally:
            state.close()

    def round(self, state: State) -> Round:
        """One round, and its line in the run log."""
        done = Round(started=moment(self._clock.now()))
        intake = Intake(self.record, state, self._coder_once, self._clock.now, done)
        try:
            self._finish(state, intake)
            due = [s for s in self.settings.sources if state.source(s.name).due <= self._clock.now()]
            asked = self._ask([s for s in due if s.kind not in LOCAL], state, done)
            self._fetch([s for s in due if s.kind not in LOCAL], state, intake)
            self._read_files([s for s in due if s.kind in LOCAL], state, intake)
            for source in due:
                if not self.stop.is_set():
                    self._set_due(source, state, asked.get(source.name))
            if self._alerts is not None:
                done.alerts = self._alerts.look(self.record)
        finally:
            done.ended = moment(self._clock.now())
            done.interrupted = self.stop.is_set()
            if done.eventful:
                append(self.record.path, done)
                self._report(done)
        return done

    def _coder_once(self) -> Coder:
        self._coder = self._coder or self._make_coder()
        return self._coder

    def _sleep(self, seconds: float) -> None:
        if self.stop.wait(seconds):
            raise Stopped

    def _finish(self, state: State, intake: Intake) -> None:
        """Code the pages that a former run fetched. Those of a source that is no longer watched are coded as well."""
        by_name = {source.name: source for source in self.settings.sources}
        for page in state.to_read():
            intake.take(page, by_name.get(page.source) or Source(name=page.source, kind="feed", where=page.url))
            if self.stop.is_set():
                break
        intake.flush()

    def _ask(self, sources: list[Source], state: State, done: Round) -> dict[str, FetchError]:
        """Ask the sources what they have; returns those that could not be asked, with the reason."""
        failed: dict[str, FetchError] = {}
        pairs = [(source, state.source(source.name)) for source in sources]
        for result in poll_all(pairs, self._client, self._jobs, self.stop):
            done.polled.append(result.source.name)
            if isinstance(result.found, FetchError):
                failed[result.source.name] = result.found
                done.failed.append(_told(result.source, result.source.where, result.found.what))
            else:
                self._keep(result, state, done)
        return failed

    def _keep(self, result: Polled, state: State, done: Round) -> None:
        source, found = result.source, result.found
        assert not isinstance(found, FetchError)
        now = self._clock.now()
        known = replace(state.source(source.name), etag=found.etag, modified=found.modified, asked=now, succeeded=now)
        room = max(0, MOST_WAITING - state.waiting(source.name))
        if room < len(found.entries):
            done.notes.append(_told(source, source.where, f"Over {MOST_WAITING:,} pages wait; no more are taken up."))
        new = state.add(replace(known, failures=0, error=None), found.entries[:room], now)
        done.new += new
        done.unchanged += [source.name] if found.unchanged else []
        done.notes += [_told(source, source.where, note) for note in found.notes]
        if new:
            self._tell(f"{source.name}: {new} new")

    def _fetch(self, sources: list[Source], state: State, intake: Intake) -> None:
        now = self._clock.now()
        wanted = [(source, state.to_fetch(source.name, now, source.max_per_run)) for source in sources]
        wanted = [(source, pages) for source, pages in wanted if pages]
        for result in fetch_all(wanted, self._client, self._jobs, self.stop, state.fetched, self._clock.now):
            if result.error is None:
                intake.round.fetched.append(_told(result.source, result.page.url))
                if not self.stop.is_set():  # else it is coded by the next run
                    intake.take(result.page, result.source)
            else:
                self._failed(result, result.error, state, intake)
        intake.flush()

    def _failed(self, result: Fetched, error: FetchError, state: State, intake: Intake) -> None:
        """A page that could not be had: not wanted, given up, or to be tried again."""
        page, now = result.page, self._clock.now()
        if error.unwanted:
            state.settle(page.url, "refused", error=error.what)
            intake.round.skipped.append(_told(result.source, page.url, error.what))
        elif not error.temporary or page.tries >= len(TRIES):
            state.settle(page.url, "given up", error=error.what)
            intake.keep_aside(make_problem(error.what, page.url))
            intake.round.failed.append(_told(result.source, page.url, error.what))
        elif error.after is not None:
            state.rest(page.source, now + error.after)
            intake.round.failed.append(_told(result.source, page.url, error.what, now + error.after))
        else:
            again = now + TRIES[page.tries]
            state.later(page.url, error.what, again)
            intake.round.failed.append(_told(result.source, page.url, error.what, again))

    def _read_files(self, sources: list[Source], state: State, intake: Intake) -> None:
        for source in sources:
            intake.round.polled.append(source.name)
            now = self._clock.now()
            known = replace(state.source(source.name), asked=now)
            try:
                files = [file for file in files_of(source, now) if not state.seen(file.mark)]
            except UsageError as error:
                state.keep(replace(known, failures=known.failures + 1, error=str(error)))
                intake.round.failed.append(_told(source, source.where, str(error)))
                continue
            state.keep(replace(known, succeeded=now, failures=0, error=None))
            for file in files[: source.max_per_run]:
                if self.stop.is_set():
                    break
                intake.take_file(file, source, self.stop)
                intake.round.fetched.append(_told(source, str(file.path)))

    def _set_due(self, source: Source, state: State, error: FetchError | None) -> None:
        """When the source is asked again; only now, so that a round cut short is done again by the next run."""
        known, now = state.source(source.name), self._clock.now()
        if error is None:
            state.keep(replace(known, due=now + source.every))
            return
        wait = min(source.every * 2 ** min(known.failures, 6), LONGEST_REST)
        due = now + max(wait, error.after or 0.0)
        state.keep(replace(known, asked=now, failures=known.failures + 1, error=error.what, due=due))


def _told(source: Source, url: str, why: str | None = None, again: float | None = None) -> Told:
    return Told(source=source.name, url=url, why=why, again=moment(again) if again is not None else None)
