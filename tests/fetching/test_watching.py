"""The watch from feed to record, against a server of our own."""

from __future__ import annotations

import functools
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dragoman.coding.coder import Coder
from dragoman.fetching import watching
from dragoman.fetching.client import Client
from dragoman.fetching.fetchers import AHEAD
from dragoman.fetching.runlog import Round, append, read_rounds
from dragoman.fetching.settings import Settings, load_settings
from dragoman.fetching.state import Page, State
from dragoman.fetching.watching import TRIES, Watch
from dragoman.model import Article
from dragoman.record import Record
from tests.fetching.conftest import Time
from tests.fetching.server import Site, moved
from tests.reading import pages
from tests.reading.test_warc import record

FEED = "<rss version='2.0'><channel><title>News</title>{}</channel></rss>"


@functools.cache
def coder() -> Coder:
    return Coder(fast=True)


def feed(*paths: str, day: str = "Thu, 01 Aug 2024 10:00:00 GMT") -> str:
    items = "".join(f"<item><title>T</title><link>{path}</link><pubDate>{day}</pubDate></item>" for path in paths)
    return FEED.format(items)


def story(number: int) -> str:
    return pages.article(f"Japan on case {number}", f"Japan condemned North Korea on Thursday over case {number}.")


@pytest.fixture
def news(site: Site) -> Site:
    """A site with a feed of three articles."""
    site.pages |= {f"/news/{n}": story(n) for n in range(1, 4)}
    site.pages["/feed"] = (200, {"ETag": '"1"', "Content-Type": "application/rss+xml"}, feed(*site.pages).encode())
    return site


Make = Callable[..., Watch]


@pytest.fixture
def watch(news: Site, tmp_path: Path, time: Time) -> Make:
    """Makes a watch with these lines more in its source."""
    time.now = 1_722_600_000.0  # 2024-08-02

    def make(*lines: str, kind: str = "feed", path: str = "/feed", more: str = "") -> Watch:
        file = tmp_path / "sources.toml"
        told = "\n".join(lines)
        file.write_text(
            f'[[source]]\nname = "ours"\n{kind} = "{news.url}{path}"\nallow_private = true\n'
            f'outlet = "Evening Post"\n{told}\n{more}',
            encoding="utf-8",
        )
        settings: Settings = load_settings(file)
        client = Client(clock=time.clock, pause=0.0)
        return Watch(settings, tmp_path / "record", make_coder=coder, client=client, clock=time.clock)

    return make


@pytest.fixture
def state(tmp_path: Path, watch: Make) -> Iterator[State]:
    Record(tmp_path / "record", create=True)
    found = State(tmp_path / "record")
    yield found
    found.close()


def articles(watch: Watch) -> list[Article]:
    ids = watch.record.sql("SELECT article_id FROM articles ORDER BY url").column("article_id").to_pylist()
    return [watch.record.article(each) for each in ids]


def test_watching_takes_new_pages_into_the_record(watch: Make, state: State, news: Site) -> None:
    at_work = watch()
    done = at_work.round(state)
    assert (done.new, len(done.fetched), done.articles, done.failed) == (3, 3, 3, [])
    found = articles(at_work)
    assert [a.url for a in found] == [f"{news.url}/news/{n}" for n in (1, 2, 3)]
    assert {(a.publisher, a.published) for a in found} == {("Evening Post", "2024-08-01")}
    assert len(at_work.record.reported()) == 3
    assert read_rounds(at_work.record.path)[0].fetched[0].url == f"{news.url}/news/1"


def test_watching_fetches_nothing_twice(watch: Make, state: State, news: Site, time: Time) -> None:
    watch().round(state)
    asked = len(news.asked)
    assert watch().round(state).polled == []  # not due yet
    time.now += 15 * 60 + 1
    done = watch().round(state)
    assert done.unchanged == ["ours"]
    assert news.asked[asked:] == ["/robots.txt", "/feed"]
    news.pages["/feed"] = feed("/news/3#part", "/news/2?utm_source=feed")
    time.now += 15 * 60 + 1
    assert watch().round(state).new == 0
    assert [news.times(f"/news/{n}") for n in (1, 2, 3)] == [1, 1, 1]


def test_watching_fetches_no_more_than_asked_and_the_latest_first(
    watch: Make, state: State, news: Site, time: Time
) -> None:
    news.pages["/feed"] = FEED.format(
        "".join(
            f"<item><link>/news/{n}</link><pubDate>0{n} Jul 2024 10:00:00 GMT</pubDate></item>" for n in range(1, 4)
        )
    )
    watch("max_per_run = 2").round(state)
    assert [path for path in news.asked if path.startswith("/news")] == ["/news/3", "/news/2"]
    time.now += 15 * 60 + 1
    watch("max_per_run = 2").round(state)
    assert news.asked[-1] == "/news/1"


def test_watching_tries_again_later_and_gives_up_in_the_end(watch: Make, state: State, news: Site, time: Time) -> None:
    news.pages["/news/2"] = (500, {}, b"")
    at_work = watch('every = "1m"')
    (failed,) = at_work.round(state).failed
    assert (failed.url, failed.why) == (f"{news.url}/news/2", "The site answered 500.")
    assert failed.again is not None
    for wait in TRIES:
        assert news.times("/news/2") == 1 + TRIES.index(wait)
        time.now += 61
        at_work.round(state)
        assert news.times("/news/2") == 1 + TRIES.index(wait)
        time.now += wait
        at_work.round(state)
    time.now += 100 * 3600
    at_work.round(state)
    assert news.times("/news/2") == 1 + len(TRIES)
    assert [(p.source, p.reason) for p in at_work.record.failures()] == [(failed.url, failed.why)]
    assert len(articles(at_work)) == 2


def test_watching_takes_a_page_that_came_back(watch: Make, state: State, news: Site, time: Time) -> None:
    news.pages["/news/2"] = (500, {}, b"")
    at_work = watch()
    at_work.round(state)
    news.pages["/news/2"] = story(2)
    time.now += 15 * 60 + 1
    assert at_work.round(state).articles == 1


def test_watching_leaves_a_busy_site_alone(watch: Make, state: State, news: Site, time: Time) -> None:
    news.pages["/news/1"] = (429, {"Retry-After": "3600"}, b"")
    at_work = watch()
    done = at_work.round(state)
    assert len(done.failed) == 1
    assert [path for path in news.asked if path.startswith("/news")] == ["/news/1"]
    time.now += 16 * 60
    at_work.round(state)
    assert [path for path in news.asked if path.startswith("/news")] == ["/news/1"]
    news.pages["/news/1"] = story(1)
    time.now += 3600
    assert at_work.round(state).articles == 3


def test_watching_backs_off_from_a_feed_that_fails(watch: Make, state: State, news: Site, time: Time) -> None:
    news.pages["/feed"] = (500, {}, b"")
    at_work = watch()
    for failures in range(3):
        at_work.round(state)
        known = state.source("ours")
        assert known.failures == failures + 1
        assert known.due - time.now == 15 * 60 * 2**failures
        time.now = known.due
    news.pages["/feed"] = feed("/news/1")
    at_work.round(state)
    assert state.source("ours").failures == 0


def test_watching_skips_what_robots_txt_keeps_out(watch: Make, state: State, news: Site) -> None:
    news.pages["/robots.txt"] = "User-agent: *\nDisallow: /news/2"
    done = watch().round(state)
    assert [(told.url, told.why) for told in done.skipped] == [
        (f"{news.url}/news/2", "The site's robots.txt does not allow it.")
    ]
    assert done.articles == 2


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ((200, {"Content-Type": "application/pdf"}, b"%PDF"), "application/pdf"),
        (moved("/"), "front page"),
        (moved("http://169.254.169.254/latest"), "no public address"),
        (moved("file:///etc/passwd"), "Only http and https"),
        ((404, {}, b""), "404"),
        ("<html><body><p>Menu</p></body></html>", ""),
    ],
)
def test_watching_keeps_bad_pages_aside(
    watch: Make, state: State, news: Site, answer: object, why: str, time: Time
) -> None:
    news.pages |= {"/news/2": answer, "/": "<html>front</html>"}  # type: ignore[dict-item]
    at_work = watch()
    done = at_work.round(state)
    (told,) = done.failed + done.skipped
    assert told.url == f"{news.url}/news/2"
    assert why in (told.why or "")
    assert [p.source for p in at_work.record.failures()] == [told.url]
    assert done.articles == 2
    time.now += 100 * 3600
    at_work.round(state)
    assert news.times("/news/2") == 1


def test_watching_notes_days_that_differ(watch: Make, state: State, news: Site) -> None:
    news.pages["/feed"] = feed("/news/1", day="Mon, 22 Jul 2024 10:00:00 GMT")
    at_work = watch()
    (note,) = at_work.round(state).notes
    assert note.why == (
        "Published: the page says 2024-08-01, the feed 2024-07-22; the feed's day is taken, the earlier one."
    )
    assert [p.kind for p in at_work.record.failures()] == ["repaired"]
    assert articles(at_work)[0].published == "2024-07-22"


def test_watching_reads_pages_of_awkward_sites(watch: Make, state: State, news: Site) -> None:
    sentence = "Japan condemned North Korea over the launch."
    news.pages |= {
        "/news/1": (200, {"Content-Type": "text/html"}, pages.broken_agency("A statement", sentence).encode("cp1252")),
        "/news/2": (200, {"Content-Type": "text/html; charset=iso-8859-1"}, pages.mixed_encodings("B", sentence)),
        "/news/3": pages.with_todays_date("C", sentence, "2024-08-02"),
    }
    news.pages["/feed"] = feed("/news/1", "/news/2", "/news/3", day="Tue, 23 Jul 2024 10:00:00 GMT")
    at_work = watch()
    assert at_work.round(state).articles == 3
    found = articles(at_work)
    assert all(sentence in article.text for article in found)
    assert "minister" in found[1].text
    assert [article.published for article in found] == ["2024-07-23"] * 3


def test_watching_takes_a_listing_page_of_a_site_without_feed(watch: Make, state: State, news: Site) -> None:
    news.pages["/list.php"] = "<a href='/news/1'>one<a href='news/2'>two</a><a href='/about'>us</a>"
    assert watch(r"links = '/news/\d$'", kind="page", path="/list.php").round(state).articles == 2


def test_watching_takes_a_sitemap_index(watch: Make, state: State, news: Site) -> None:
    def site_map(tag: str, *paths: str) -> str:
        inner = "url" if tag == "urlset" else "sitemap"
        return f"<{tag}>{''.join(f'<{inner}><loc>{news.url}{p}</loc></{inner}>' for p in paths)}</{tag}>"

    news.pages |= {
        "/map": site_map("sitemapindex", "/map1", "/map2", "/gone"),
        "/map1": site_map("urlset", "/news/1", "/news/2"),
        "/map2": site_map("urlset", "/news/3"),
    }
    done = watch(kind="sitemap", path="/map").round(state)
    assert done.articles == 3
    assert "/gone" in (done.notes[0].why or "")


def test_watching_reads_folders_and_what_is_added_to_them(
    watch: Make, state: State, tmp_path: Path, time: Time
) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()

    def drop(name: str, text: str, at: float) -> None:
        (folder / name).write_text(text, encoding="utf-8")
        os.utime(folder / name, (at, at))

    drop("a.txt", "Japan condemned North Korea on Thursday, and the ministry said so.", time.now - 60)
    drop("b.txt", "Half a file.", time.now - 1)
    at_work = watch(more='[[source]]\nname = "drop"\nfolder = "drop"\n')
    assert at_work.round(state).articles == 4
    drop("b.txt", "China condemned North Korea on Thursday, and the ministry said so.", time.now)
    time.now += 15 * 60 + 1
    done = at_work.round(state)
    assert done.articles == 1
    assert [told.url for told in done.fetched] == [str(folder / "b.txt")]
    assert articles(at_work)[-1].publisher is None


def test_watching_reads_an_archive_once(watch: Make, state: State, tmp_path: Path, time: Time) -> None:
    (tmp_path / "a.warc").write_bytes(record(story(7).encode(), "https://old.example/7"))
    os.utime(tmp_path / "a.warc", (0, 0))
    at_work = watch(more='[[source]]\nname = "old"\nwarc = "a.warc"\noutlet = "Old Post"\n')
    assert at_work.round(state).articles == 4
    assert {a.publisher for a in articles(at_work) if a.url == "https://old.example/7"} == {"Old Post"}
    time.now += 15 * 60 + 1
    assert at_work.round(state).articles == 0


def test_watching_takes_up_only_so_many_addresses(watch: Make, state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "MOST_WAITING", 2)
    done = watch().round(state)
    assert done.new == 2
    assert "Over 2 pages wait" in (done.notes[0].why or "")


def test_watching_codes_after_a_kill_what_was_fetched_before_it(
    watch: Make, state: State, news: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(Record, "append", killed)
        with pytest.raises(KeyboardInterrupt):
            watch().round(state)
    assert len(state.to_read()) == 3
    at_work = watch()
    assert at_work.round(state).articles == 3
    assert [news.times(f"/news/{n}") for n in (1, 2, 3)] == [1, 1, 1]


def test_watching_killed_between_record_and_state_doubles_nothing(
    watch: Make, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(State, "done", killed)
        with pytest.raises(KeyboardInterrupt):
            watch().round(state)
    at_work = watch()
    assert at_work.round(state).articles == 0
    assert at_work.record.counts().articles == 3
    assert state.to_read() == []


def test_watching_stops_after_the_article_in_hand(watch: Make, state: State, news: Site, time: Time) -> None:
    paths = [f"/news/{n}" for n in range(10, 30 + AHEAD)]
    news.pages |= {path: story(int(path[6:])) for path in paths}
    news.pages["/feed"] = feed(*paths)
    at_work = watch()
    real = state.fetched

    def stop_after(page: Page) -> None:
        real(page)
        at_work.stop.set()

    state.fetched = stop_after  # type: ignore[method-assign]
    done = at_work.round(state)
    assert done.interrupted
    assert len(done.fetched) < len(paths)
    state.fetched = real  # type: ignore[method-assign]
    assert watch().round(state).articles + done.articles == len(paths)
    assert all(news.times(path) == 1 for path in paths)


def test_watching_stops_while_it_waits_for_a_site(news: Site, tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_text(
        f'[fetching]\npause = "1h"\n[[source]]\nname = "ours"\nfeed = "{news.url}/feed"\nallow_private = true\n',
        encoding="utf-8",
    )
    at_work = Watch(load_settings(file), tmp_path / "record", make_coder=coder)
    threading.Timer(0.5, at_work.stop.set).start()
    at_work.run()
    assert news.asked == ["/robots.txt"]


def test_watching_log_survives_half_a_line(tmp_path: Path) -> None:
    append(tmp_path, Round(started="a"))
    with (tmp_path / "runs.jsonl").open("ab") as out:
        out.write(b'{"started": "b"')
    append(tmp_path, Round(started="c"))
    assert [each.started for each in read_rounds(tmp_path)] == ["a", "c"]


def test_watching_ends_cleanly_on_a_signal(news: Site, tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_text(f'[[source]]\nname = "ours"\nfeed = "{news.url}/none"\nallow_private = true\n', encoding="utf-8")
    words = ["watch", str(file), "--record", str(tmp_path / "record"), "--fast"]
    process = subprocess.Popen([sys.executable, "-m", "dragoman", *words], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    assert "1 failed" in process.stderr.readline()
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
