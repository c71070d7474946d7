"""Does a record survive? `python -m benchmarks.crashes DIR [--kills 50] [--seed 1]`.

Starts processes that append to a record in a new folder, kills them (SIGKILL) at random moments, and looks after each
whether all that they said to have kept is there. One round in three has two writers, one in five somebody who compacts.
Then one plain run, and everything must be there once. `--disk` does the same with a disk that gets full (a small
tmpfs, needs root), `--coder` kills `dragoman code` itself.

The processes code nothing: a stub stands in for the coder, so that nearly all of the time is spent in writing.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Final

from dragoman.errors import DragomanError
from dragoman.model import Article, CodedArticle, CoderInfo, Event, Mention, Span
from dragoman.record import Record, RecordWriter
from dragoman.record.compacting import compact
from dragoman.record.doctor import Health, examine
from dragoman.record.reviews import Review, add_review, read_reviews
from dragoman.record.schema import output_hash

ROOT: Final = Path(__file__).parent.parent
CODER: Final = CoderInfo(version="0", model="stub")
SENTENCE: Final = "The two sides met in the capital. "
DONE: Final = "done"


def main() -> None:
    """What the first argument says: one of the processes, or all that starts them."""
    if sys.argv[1:2] == ["append"]:
        _work(lambda: _append(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
    elif sys.argv[1:2] == ["compact"]:
        _work(lambda: _compact(Path(sys.argv[2])))
    else:
        options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
        options.add_argument("folder", type=Path, help="a new folder for the records")
        options.add_argument("--kills", type=int, default=50)
        options.add_argument("--seed", type=int, default=1)
        options.add_argument("--disk", action="store_true", help="also with a full disk")
        options.add_argument("--coder", action="store_true", help="also kill 'dragoman code' three times")
        given = options.parse_args()
        given.folder.mkdir(parents=True)
        print(survive(given.folder / "record", kills=given.kills, seed=given.seed))
        if given.disk:
            print(fill_disk(given.folder / "disk"))
        if given.coder:
            print(kill_coder(given.folder / "coded", seed=given.seed))


# The processes that are killed


def article(number: int) -> Article:
    """An article of the stub's world."""
    return Article(id=f"a{number:05}", text=f"{SENTENCE * (1 + number % 40)}Number {number}.")


def code(one: Article) -> CodedArticle:
    """What the stub finds in it: an event for each sentence, up to five."""
    events = tuple(_event(one, number) for number in range(min(5, one.text.count(SENTENCE))))
    mention = Mention(id="m0", start=0, end=13, text="The two sides", how="description")
    return CodedArticle(article=one, mentions=(mention,), events=events, coder=CODER)


def _event(one: Article, number: int) -> Event:
    start = number * len(SENTENCE)
    words = "The two sides met in"
    span = Span(start=start, end=start + len(words), text=words)
    return Event(
        id=f"{one.id}-{number}", type="CONSULT", quad=1, intensity=1.0, evidence=span, sentence=number, confidence=0.5
    )


def _append(path: Path, articles: int, batch: int) -> None:
    """What `dragoman code` does with a stub for a coder; a person decides about an event after each batch."""
    record = Record.create(path)
    _say("ready")
    with RecordWriter(record, articles=batch) as writer:
        for number in range(articles):
            one = article(number)
            if record.has(one, CODER):
                continue
            before = writer.added
            writer.add(code(one))
            if writer.added > before:
                _say(f"kept {writer.added}")
                add_review(path, _review(code(one)))
                _say(f"reviewed {one.id}")
    _say(DONE)


def _review(coded: CodedArticle) -> Review:
    when = "2026-01-01T00:00:00+00:00"
    return Review(kind="accept", who="somebody", when=when, article=coded.article.id, event=coded.events[0])


def _compact(path: Path) -> None:
    _say("ready")
    while True:
        compact(path)


def _work(task: Callable[[], None]) -> None:
    try:
        task()
    except DragomanError as error:
        print(f"Error: {error}", file=sys.stderr)
        sys.exit(error.exit_code)


def _say(word: str) -> None:
    print(word, flush=True)


# Starting and killing them


class Worker:
    """A process that says line by line what it has done."""

    def __init__(self, *command: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.crashes", *command],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.said: list[str] = []
        self._ready = threading.Event()
        assert self.process.stdout is not None
        self._listener = threading.Thread(target=self._listen, args=(self.process.stdout,), daemon=True)
        self._listener.start()

    def _listen(self, lines: IO[str]) -> None:
        for line in lines:
            if line.endswith("\n"):
                self.said.append(line.strip())
                self._ready.set()
        self._ready.set()

    def started(self) -> None:
        """Wait until it is at work."""
        self._ready.wait(120)

    def kill(self) -> None:
        """End it as a power cut would, but for what the disk has not been given yet."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)
        self.end()

    def end(self) -> int:
        """Wait for its end; gives its exit code."""
        code = self.process.wait(300)
        self._listener.join(10)
        return code

    def errors(self) -> str:
        """What it wrote to standard error."""
        assert self.process.stderr is not None
        return self.process.stderr.read()


def survive(path: Path, *, kills: int, seed: int, batch: int = 5, longest: float = 1.5) -> str:
    """Kill writers so many times, run plainly to the end, and say what was seen; `AssertionError` on any loss."""
    rng = random.Random(seed)
    reviewed: Counter[str] = Counter()
    most, before = 0, 0
    for number in range(kills):
        aim = before + 60
        workers = [Worker("append", str(path), str(aim), str(batch)) for _ in range(2 if number % 3 == 2 else 1)]
        if number % 5 == 4:
            workers.append(Worker("compact", str(path)))
        for worker in workers:
            worker.started()
        time.sleep(rng.uniform(0, longest))
        for worker in rng.sample(workers, len(workers)):
            worker.kill()
            reviewed.update(line.partition(" ")[2] for line in worker.said if line.startswith("reviewed"))
        before = _check(path, before, reviewed)
        most = max(most, aim)
    began = time.perf_counter()
    last = Worker("append", str(path), str(most), str(batch))
    assert last.end() == 0, last.errors()
    assert DONE in last.said
    seconds = time.perf_counter() - began
    health = _once(path, most)
    reviewed.update(line.partition(" ")[2] for line in last.said if line.startswith("reviewed"))
    _check(path, most, reviewed)
    left = {f.where: f.count for f in health.findings if "cut short" in f.what}
    return (
        f"{kills} kills: {most} articles, each there once; {sum(reviewed.values())} decisions, none lost; the doctor "
        f"is content. Version {health.version}. Left behind by appends cut short: {left}. Last run: {seconds:.1f} s."
    )


def _check(path: Path, before: int, reviewed: Counter[str]) -> int:
    """After a kill: nothing that was there is gone, nothing said to be kept is missing, nothing is torn."""
    if not (path / "record.json").exists():
        assert not before
        return 0
    health = examine(path)
    assert health.sound, health.findings
    record = Record(path)
    articles = record.counts().articles
    assert articles >= before, f"{before} articles were there, and {articles} are"
    kept = {row["article_id"] for row in record.sql("SELECT article_id FROM articles").to_pylist()}
    assert reviewed.keys() <= kept, f"articles are lost: {reviewed.keys() - kept}"
    found = Counter(review.article for review in read_reviews(path))
    assert not reviewed - found, f"decisions are lost: {reviewed - found}"
    return articles


def _once(path: Path, articles: int) -> Health:
    """Every article is there exactly once, with all that was found in it."""
    stored = Record(path).sql("SELECT article_id, output_hash FROM stored_articles ORDER BY ALL").to_pylist()
    wanted = [code(article(number)) for number in range(articles)]
    assert stored == [{"article_id": each.article.id, "output_hash": output_hash(each)} for each in wanted]
    health = examine(path)
    assert health.sound, health.findings
    return health


def fill_disk(folder: Path, *, size: int = 3, articles: int = 2000, batch: int = 20) -> str:
    """A writer fills a disk of so many MiB: it ends with one sentence, nothing is torn, and with more room it goes on.

    Raises `PermissionError` where no such disk may be made.
    """
    with small_disk(folder, size):
        path = folder / "record"
        writer = Worker("append", str(path), str(articles), str(batch))
        assert writer.end() == 1
        told = writer.errors().strip()
        assert told.startswith("Error: ")
        assert len(told.splitlines()) == 1, told
        health = examine(path)
        assert health.sound, health.findings
        kept = Record(path).counts().articles
        subprocess.run(["mount", "-o", "remount,size=256m", str(folder)], check=True)
        assert Worker("append", str(path), str(articles), "500").end() == 0
        _once(path, articles)
    return f"Full disk: {kept} articles were kept, then: {told} With more room all {articles} are there once."


@contextlib.contextmanager
def small_disk(folder: Path, size: int) -> Iterator[None]:
    """A disk of so many MiB on a folder; raises `PermissionError` where none may be made."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}m", "tmpfs", str(folder)], capture_output=True, text=True
    )
    if mounted.returncode:
        raise PermissionError(mounted.stderr.strip())
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def kill_coder(folder: Path, *, seed: int, kills: int = 3) -> str:
    """Kill `dragoman code` on the examples, at random moments after it has begun to code; then run it plainly."""
    rng = random.Random(seed)
    source, path = ROOT / "examples" / "dispatches", folder / "record"
    command = [sys.executable, "-m", "dragoman", "code", str(source), "--record", str(path)]
    for _ in range(kills):
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(3, 40))
        process.kill()
        process.wait()
        assert not (path / "record.json").exists() or examine(path).sound
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    health = examine(path)
    assert health.sound
    assert health.counts["current"] == health.counts["articles"]
    shutil.rmtree(folder)
    return f"'dragoman code' killed {kills} times: {health.counts['current']} articles, each there once."


if __name__ == "__main__":
    main()
