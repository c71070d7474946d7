"""From record to message, against a webhook on this machine where the way there matters."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dragoman.alerts import Alerter
from dragoman.alerts.alerter import TRIES
from dragoman.alerts.sending import send
from dragoman.alerts.watches import AlertSettings, Watch
from dragoman.errors import UsageError
from dragoman.model import CodedArticle, CoderInfo, ReportedEvent
from dragoman.record import Record
from tests.briefing.builders import report, unlike
from tests.fetching.server import Site, serving

VISITS = Watch(name="visits", between=("RUS", "PRK"))


@dataclass
class Desk:
    """A record with an alerter on it, at a time that stands still; `sent` are the titles and bodies that went out."""

    folder: Path
    now: float = datetime.datetime(2024, 8, 3, 12, 0).timestamp()
    sent: list[tuple[str, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    takes: bool = True

    def __post_init__(self) -> None:
        self.record = Record.create(self.folder)

    def send(self, address: str, title: str, body: str) -> bool:
        if self.takes:
            self.sent.append((title, body))
        return self.takes

    def alerter(
        self, *watches: Watch, send: Callable[[str, str, str], bool] | None = None, **settings: object
    ) -> Alerter:
        made = AlertSettings(**{"to": ("json://127.0.0.1:9/",), **settings})  # type: ignore[arg-type]
        found = Alerter(
            made, watches or (VISITS,), self.folder, now=lambda: self.now, send=send or self.send, tell=self.told.append
        )
        found.start(self.record)
        return found

    def add(self, *reports: ReportedEvent) -> None:
        coder = CoderInfo(version="1", model="hand")
        self.record.append(
            CodedArticle(article=r.article, events=(r.event,), claims=(r.claim,) if r.claim else (), coder=coder)
            for r in reports
        )

    def at(self, day: int, time: str) -> None:
        self.now = datetime.datetime.fromisoformat(f"2024-08-{day:02}T{time}").timestamp()


def visit(number: int, published: str = "2024-08-02") -> ReportedEvent:
    """Visits that are no two the same: each on a day of its own."""
    return unlike(
        report(
            f"v{number}", "Sergei Lavrov/RUS", "PRK", mode="visit", date=f"2024-07-{number:02}", published=published,
            evidence=f"Lavrov came on a visit, number {number}", said_by="Ann Lee/USA", url=f"https://news.example/{number}",
        )
    )  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "record")


@pytest.fixture
def hook() -> Iterator[Site]:
    with serving() as site:
        yield site


def test_alerter_sends_a_new_incident_once(desk: Desk) -> None:
    alerter = desk.alerter(workbench="http://127.0.0.1:8765")
    desk.add(visit(1))
    assert alerter.look(desk.record) == 1
    ((title, body),) = desk.sent
    assert title == "visits: Sergei Lavrov and North Korea met (2024-07-01)"
    assert body.splitlines()[:3] == [
        "“Lavrov came on a visit, number 1”",
        "According to: Ann Lee, by Morning Paper",
        "https://news.example/1",
    ]
    assert body.splitlines()[3].startswith("http://127.0.0.1:8765/incident/")
    assert alerter.look(desk.record) == 0
    assert desk.alerter(workbench="http://127.0.0.1:8765").look(desk.record) == 0


def test_alerter_does_not_tell_what_was_there_before_the_watch(desk: Desk) -> None:
    desk.add(visit(1))
    alerter = desk.alerter()
    assert alerter.look(desk.record) == 0
    desk.add(visit(2))
    assert alerter.look(desk.record) == 1


def test_alerter_tells_an_incident_once_however_many_reports_come(desk: Desk) -> None:
    alerter = desk.alerter()
    desk.add(visit(1))
    alerter.look(desk.record)
    again = unlike(
        report(
            "v1b", "Sergei Lavrov/RUS", "PRK", mode="visit", date="2024-07-01", published="2024-08-01", publisher="Post"
        )
    )
    desk.add(again)  # published before the other, so that the incident takes its id from it
    assert alerter.look(desk.record) == 0


def test_alerter_does_not_tell_old_news(desk: Desk) -> None:
    alerter = desk.alerter()
    desk.add(visit(1, published="2024-07-10"))
    assert alerter.look(desk.record) == 0
    desk.at(30, "12:00")
    assert alerter.look(desk.record) == 0


def test_alerter_tries_again_and_gives_up_in_the_end(desk: Desk) -> None:
    alerter = desk.alerter()
    desk.add(visit(1))
    desk.takes = False
    assert alerter.look(desk.record) == 0
    desk.takes = True
    assert alerter.look(desk.record) == 0  # not yet
    desk.now += TRIES[0]
    assert alerter.look(desk.record) == 1
    desk.takes = False
    desk.add(visit(2))
    alerter.look(desk.record)
    for wait in TRIES:
        desk.now += wait
        alerter.look(desk.record)
    assert "given up" in desk.told[0]
    desk.takes = True
    desk.now += 1e6
    assert alerter.look(desk.record) == 0


def test_alerter_killed_while_sending_sends_no_second_time_and_says_so(desk: Desk) -> None:
    def killed(address: str, title: str, body: str) -> bool:
        desk.send(address, title, body)
        raise KeyboardInterrupt

    alerter = desk.alerter(send=killed)
    desk.add(visit(1), visit(2))
    with pytest.raises(KeyboardInterrupt):
        alerter.look(desk.record)
    assert desk.alerter().look(desk.record) == 1  # the other one
    assert len({title for title, _ in desk.sent}) == len(desk.sent) == 2
    assert len(desk.told) == 1
    assert "not known whether" in desk.told[0]


def test_alerter_killed_before_sending_loses_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    alerter = desk.alerter()
    desk.add(visit(1))
    with monkeypatch.context() as broken:
        broken.setattr(Alerter, "_send_due", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            alerter.look(desk.record)
    assert desk.alerter().look(desk.record) == 1


def test_alerter_keeps_quiet_hours(desk: Desk) -> None:
    quiet = (datetime.time(22), datetime.time(7))
    alerter = desk.alerter(quiet=quiet)
    desk.at(3, "23:30")
    desk.add(visit(1))
    assert alerter.look(desk.record) == 0
    desk.at(4, "06:59")
    assert alerter.look(desk.record) == 0
    desk.at(4, "07:00")
    assert alerter.look(desk.record) == 1


def test_alerter_gathers_a_digest(desk: Desk) -> None:
    alerter = desk.alerter(digest=True)
    desk.at(3, "09:00")
    desk.add(visit(1), visit(2))
    assert alerter.look(desk.record) == 0
    desk.at(4, "07:59")
    desk.add(visit(3))
    assert alerter.look(desk.record) == 0
    desk.at(4, "08:00")
    assert alerter.look(desk.record) == 1
    ((title, body),) = desk.sent
    assert title == "Dragoman: 3 alerts"
    assert "number 1" in body
    assert "3. visits" in body
    assert alerter.look(desk.record) == 0


def test_alerter_sends_very_many_as_one(desk: Desk) -> None:
    alerter = desk.alerter()
    desk.add(*map(visit, range(1, 13)))
    assert alerter.look(desk.record) == 1
    assert desk.sent[0][0] == "Dragoman: 12 alerts"


def test_alerter_would_send_shows_and_writes_nothing(desk: Desk) -> None:
    desk.add(visit(1))
    before = sorted(path.name for path in desk.folder.iterdir())
    alerter = Alerter(AlertSettings(), (VISITS,), desk.folder, now=lambda: desk.now)
    assert [message.title for message in alerter.would_send(desk.record)] == [
        "visits: Sergei Lavrov and North Korea met (2024-07-01)"
    ]
    assert [n for n in sorted(path.name for path in desk.folder.iterdir()) if n != ".cache"] == [
        n for n in before if n != ".cache"
    ]


def test_alerter_sends_through_apprise(desk: Desk, hook: Site) -> None:
    address = f"json://127.0.0.1:{hook.port}/hook"
    alerter = desk.alerter(send=send, to=(address, f"json://127.0.0.1:{hook.port}/other"))
    desk.add(visit(1))
    hook.posts = [500]
    assert alerter.look(desk.record) == 1  # one target took it
    desk.now += TRIES[0]
    assert alerter.look(desk.record) == 1  # and now the other
    assert len(hook.bodies) == 3
    message = json.loads(hook.bodies[-1])
    assert message["title"] == "visits: Sergei Lavrov and North Korea met (2024-07-01)"
    assert "“Lavrov came on a visit, number 1”" in message["message"]


def test_alerter_writes_no_address_into_the_record(desk: Desk) -> None:
    alerter = desk.alerter(to=("json://user:secretword@127.0.0.1:9/",))
    desk.add(visit(1))
    alerter.look(desk.record)
    assert b"secretword" not in (desk.folder / "alerts.sqlite").read_bytes()


def test_alerter_refuses_an_address_that_nothing_can_be_sent_to(desk: Desk) -> None:
    with pytest.raises(UsageError, match="'nonsense'"):
        desk.alerter(to=("nonsense://secretword",))
