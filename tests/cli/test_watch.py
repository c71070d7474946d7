"""`dragoman watch` and `dragoman sources`: what they do, what they say, and what they end with."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dragoman.fetching.state import only_one
from dragoman.record import Record
from tests.cli.conftest import Command
from tests.fetching.server import Site, serving
from tests.fetching.test_watching import feed, story


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        found.pages |= {f"/news/{n}": story(n) for n in range(1, 3)}
        found.pages["/feed"] = feed("/news/1", "/news/2")
        yield found


@pytest.fixture
def sources(site: Site, tmp_path: Path) -> Path:
    path = tmp_path / "sources.toml"
    path.write_text(
        f'[fetching]\npause = "0s"\n\n[[source]]\nname = "ours"\nfeed = "{site.url}/feed"\nallow_private = true\n',
        encoding="utf-8",
    )
    return path


def test_watch_once_fills_the_record_and_says_so(dragoman: Command, sources: Path, tmp_path: Path) -> None:
    done = dragoman("watch", sources, "--record", tmp_path / "record", "--once", "--fast")
    assert done.code == 0
    assert "1 sources asked, 2 fetched, 2 articles, 2 events" in done.told
    assert Record(tmp_path / "record").counts().articles == 2
    again = dragoman("watch", sources, "--record", tmp_path / "record", "--once", "--fast")
    assert (again.code, again.told) == (0, "")


def test_watch_tells_what_failed_and_why(dragoman: Command, sources: Path, site: Site, tmp_path: Path) -> None:
    del site.pages["/news/2"]
    done = dragoman("watch", sources, "--record", tmp_path / "record", "--once", "--fast")
    assert done.code == 0
    assert f"ours: {site.url}/news/2: The site answered 404." in done.told
    told = dragoman("failures", "--record", tmp_path / "record")
    assert told.out.strip() == f"failed: {site.url}/news/2: The site answered 404."


def test_watch_refuses_a_wrong_file(dragoman: Command, sources: Path, tmp_path: Path) -> None:
    with sources.open("a", encoding="utf-8") as out:
        out.write("intervall = '5m'\n")
    done = dragoman("watch", sources, "--record", tmp_path / "record")
    assert done.code == 2
    assert "[[source]] 'ours', key 'intervall': unknown." in done.told
    assert not (tmp_path / "record").exists()


def test_watch_runs_only_once_at_a_time_for_a_record(dragoman: Command, sources: Path, tmp_path: Path) -> None:
    Record(tmp_path / "record", create=True)
    with only_one(tmp_path / "record"):
        done = dragoman("watch", sources, "--record", tmp_path / "record", "--once")
    assert done.code == 2
    assert "Another 'dragoman watch' is at work" in done.told


def test_watch_dry_run_prints_the_alerts_and_sends_nothing(
    dragoman: Command, sources: Path, site: Site, tmp_path: Path
) -> None:
    today = datetime.now(UTC).date().isoformat()
    site.pages["/news/1"] = story(1).replace("2024-08-01", today)
    site.pages["/feed"] = feed("/news/1", day=datetime.now(UTC).strftime("%a, %d %b %Y 00:00:00 GMT"))
    dragoman("watch", sources, "--record", tmp_path / "record", "--once", "--fast")
    with sources.open("a", encoding="utf-8") as out:
        out.write(f'[alerts]\nto = "json://127.0.0.1:{site.port}/"\n[[watch]]\nname = "seen"\nparty = "JPN"\n')
    asked = len(site.asked)
    done = dragoman("watch", sources, "--record", tmp_path / "record", "--dry-run")
    assert done.code == 0
    assert "seen: Japan criticised or accused North Korea" in done.out
    assert "“Japan condemned North Korea on Thursday over case 1”" in done.out
    assert (len(site.asked), site.bodies) == (asked, [])


def test_watch_sends_alerts_on_what_came_in(dragoman: Command, sources: Path, site: Site, tmp_path: Path) -> None:
    with sources.open("a", encoding="utf-8") as out:
        out.write(
            f'[alerts]\nto = "json://127.0.0.1:{site.port}/"\nrecent = "5000d"\n'
            '[[watch]]\nname = "seen"\nparty = "JPN"\n'
        )
    done = dragoman("watch", sources, "--record", tmp_path / "record", "--once", "--fast")
    assert "1 messages sent" in done.told
    assert len(site.bodies) == 1  # both articles tell of one incident


def test_watch_killed_while_it_sends_an_alert_sends_it_once(
    dragoman: Command, sources: Path, site: Site, tmp_path: Path
) -> None:
    with sources.open("a", encoding="utf-8") as out:
        out.write(
            f'[alerts]\nto = "json://127.0.0.1:{site.port}/"\nrecent = "5000d"\n'
            '[[watch]]\nname = "seen"\nparty = "JPN"\n'
        )
    site.patience = 30.0  # the answer does not come
    words = [sys.executable, "-m", "dragoman", "watch", str(sources), "--record", str(tmp_path / "record"), "--fast"]
    process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
    while not site.bodies and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    site.patience = 0.0
    done = dragoman("watch", sources, "--record", tmp_path / "record", "--once", "--fast")
    assert "It is not known whether this alert was sent, so it is not sent again: seen: Japan" in done.told
    assert len(site.bodies) == 1


def test_watch_killed_at_any_moment_fetches_no_page_twice(
    dragoman: Command, sources: Path, site: Site, tmp_path: Path
) -> None:
    """The process is killed for good as soon as it has fetched the second page, and once more while it makes up."""
    paths = [f"/news/{n}" for n in range(1, 13)]
    site.pages |= {path: story(int(path[6:])) for path in paths}
    site.pages["/feed"] = feed(*paths)
    words = [sys.executable, "-m", "dragoman", "watch", str(sources), "--record", str(tmp_path / "record"), "--fast"]
    for seconds in (0.0, 0.4):
        process = subprocess.Popen([*words, "--once"], stderr=subprocess.DEVNULL)
        while site.times("/news/2") < 1 and process.poll() is None:
            time.sleep(0.02)
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
    done = dragoman("watch", sources, "--record", tmp_path / "record", "--once", "--fast")
    assert done.code == 0
    assert Record(tmp_path / "record").counts().articles == len(paths)
    # What came over the wire at the very moment of a kill may be asked for again: one page a kill.
    assert sum(site.times(path) - 1 for path in paths) <= 2


def test_sources_shows_health(dragoman: Command, sources: Path, site: Site, tmp_path: Path) -> None:
    dragoman("watch", sources, "--record", tmp_path / "record", "--once", "--fast")
    done = dragoman("sources", "--record", tmp_path / "record")
    assert done.code == 0
    assert "ours" in done.out
    assert done.out.splitlines()[1].split() == ["ours", "just", "now", "just", "now", "0", "0"]
    row = json.loads(dragoman("sources", "--record", tmp_path / "record", "--json").out)
    assert (row["name"], row["failures"], row["waiting"], row["warnings"]) == ("ours", 0, 0, [])


def test_sources_wants_a_record_that_was_watched(dragoman: Command, tmp_path: Path) -> None:
    assert "--record" in dragoman("sources").told
    Record(tmp_path / "record", create=True)
    assert "Nothing was ever watched" in dragoman("sources", "--record", tmp_path / "record").told


def test_sources_import_takes_feeds_over_once(dragoman: Command, sources: Path, tmp_path: Path) -> None:
    opml = tmp_path / "ours.opml"
    opml.write_text(
        '<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/feed"/>'
        '<outline text="B" xmlUrl="https://b.example/feed"/></body></opml>',
        encoding="utf-8",
    )
    for new in (2, 0):
        done = dragoman("sources", "import", opml, "--to", sources)
        assert (done.code, done.out.split()[0]) == (0, str(new))
    fresh = tmp_path / "fresh.toml"
    assert dragoman("sources", "import", opml, "--to", fresh).code == 0
    assert fresh.read_text(encoding="utf-8") == (
        '[[source]]\nname = "A"\nfeed = "https://a.example/feed"\n\n'
        '[[source]]\nname = "B"\nfeed = "https://b.example/feed"\n\n'
    )
    assert dragoman("sources", "import", tmp_path / "none.opml", "--to", fresh).code == 2
