"""What coding on a cluster costs: `python -m benchmarks.cluster ARTICLES [--limit N] [--fast] [--nodes 2]`.

Codes the same articles in one process and on a Ray cluster of so many nodes of one processor on this machine, and
prints processor time an article for each, and of the cluster's what is spent beside coding: by the driver, which is the
only one that writes, and by Ray; and how many articles pass when coding takes no time. Processor time is counted, so
that a busy machine matters less. Then what the driver can do at most: articles a second that it unpacks and appends,
200 and 2,000 at once, bytes of the record an article, and requests that an append makes to object storage (where moto
is installed).
"""

from __future__ import annotations

import argparse
import itertools
import os
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from dragoman import Article, Coder, read
from dragoman.cluster import Job, code_on_cluster, connected
from dragoman.cluster.coders import Plan
from dragoman.cluster.messages import Done, pack, unpack
from dragoman.coding.language import DEFAULT_PIPELINE
from dragoman.coding.parallel import Results, Setup
from dragoman.model import CodedArticle
from dragoman.record import Record, RecordWriter

WARM: Final = 20  # articles coded before anything is counted
TICK: Final = os.sysconf("SC_CLK_TCK")
DRIVER_ARTICLES: Final = 4_000
PASSED: Final = 10_000
CODER: Final = "spawn_main"  # in the command line of a coder's own process


class Process(NamedTuple):
    """A process as /proc tells of it: its parent, its processor seconds, its command line."""

    parent: int
    seconds: float
    command: str


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("articles")
    options.add_argument("--limit", type=int, default=200)
    options.add_argument("--fast", action="store_true")
    options.add_argument("--nodes", type=int, default=2)
    chosen = options.parse_args()
    articles = list(itertools.islice(read([chosen.articles]), chosen.limit))
    words = sum(len(a.text.split()) for a in articles)
    print(f"{len(articles)} articles, {words / len(articles):.0f} words each; processor time, ms an article")
    coder = Coder(fast=chosen.fast)
    coded = alone(coder, articles)
    with tempfile.TemporaryDirectory() as folder:
        on_cluster(coder, articles, Path(folder), chosen.nodes)
        throughput(coded, Path(folder), chosen.nodes)
        driver(coded, Path(folder))
        requests(coded)


def alone(coder: Coder, articles: list[Article]) -> list[CodedArticle]:
    """One process."""
    list(coder.code_many(articles[:WARM]))
    began = time.process_time()
    coded = list(coder.code_many(articles))
    spent = time.process_time() - began
    print(f"one process: {1000 * spent / len(articles):.1f} ({len(articles) / spent:.1f} articles/s a processor)")
    return coded


def on_cluster(coder: Coder, articles: list[Article], folder: Path, nodes: int) -> None:
    """Nodes of one processor each, from the start of the run to its end."""
    source = folder / "in.jsonl"
    source.write_bytes(b"".join(_line(article) for article in articles))
    cluster = _cluster(nodes)
    record = Record(folder / "record", create=True)
    setup = Setup(DEFAULT_PIPELINE, None, coder.fast)
    job = Job(paths=[str(source)], setup=setup, coder=coder.info, known_as=coder.info, record=record.where)
    clock, first = time.perf_counter(), 0.0
    seen = [0]
    spent: list[Counter[str]] = [Counter()]
    last: dict[int, Process] = {}
    with connected(cluster.address), RecordWriter(record, articles=2_000, seconds=60) as writer:
        for done in code_on_cluster(job):
            first = first or time.perf_counter() - clock
            for one in done.coded:
                writer.add(one)
            seen.append(seen[-1] + len(done.coded))
            spent.append(_spent(last))
    by_clock = time.perf_counter() - clock
    cluster.shutdown()
    # The second half, when every coder has long been started.
    half = next(at for at, count in enumerate(seen) if 2 * count >= seen[-1])
    told = ", ".join(
        f"{who} {(spent[-1][who] - spent[half][who]) / (seen[-1] - seen[half]):.1f}"
        for who in ("coders", "their workers", "driver", "Ray")
    )
    print(f"{nodes} nodes: {told}; {seen[-1]} articles in {by_clock:.0f} s by the clock, the first after {first:.0f} s")


def throughput(coded: list[CodedArticle], folder: Path, nodes: int) -> None:
    """How many articles a second the cluster passes on at most: with coders that take no time over them."""
    many = _many(coded, PASSED)
    source = folder / "many.jsonl"
    source.write_bytes(b"".join(_line(one.article) for one in many))
    cluster = _cluster(nodes)
    record = Record(folder / "passed", create=True)
    info = many[0].coder
    job = Job(paths=[str(source)], setup=Setup("none", None, True), coder=info, known_as=info, record=record.where)
    with connected(cluster.address), RecordWriter(record, articles=2_000, seconds=60) as writer:
        count, began, clock = 0, 0.0, 0.0
        for done in code_on_cluster(job, Instant):
            if not count:
                began, clock = time.process_time(), time.perf_counter()
            count += len(done.coded)
            for one in done.coded:
                writer.add(one)
    cluster.shutdown()
    spent, by_clock = time.process_time() - began, time.perf_counter() - clock
    print(
        f"no time for coding: {count / by_clock:.0f} articles/s by the clock on this machine, driver "
        f"{1000 * spent / count:.2f} ({count / spent:.0f} articles/s)"
    )


class Instant:
    """A coder that finds nothing, at once."""

    def __init__(self, plan: Plan) -> None:
        self._coder = plan.coder

    def code(self, articles: list[Article]) -> Results:
        """Articles without anything in them."""
        return [CodedArticle(article=article, coder=self._coder) for article in articles]


def _cluster(nodes: int) -> Any:
    from ray.cluster_utils import Cluster

    small: dict[str, Any] = {"num_cpus": 1, "object_store_memory": 100 * 2**20}
    cluster: Any = Cluster(initialize_head=True, connect=False, head_node_args={**small, "include_dashboard": False})
    for _ in range(nodes - 1):
        cluster.add_node(**small)
    return cluster


def _spent(last: dict[int, Process]) -> Counter[str]:
    """Processor milliseconds so far, by who has spent them; `last` keeps what those had spent that are gone."""
    last.update(_below(os.getpid()))
    spent = Counter({"driver": round(1000 * time.process_time())})
    for process in last.values():
        if CODER in process.command:
            spent["coders"] += round(1000 * process.seconds)
        else:
            spent["their workers" if "ray::" in process.command else "Ray"] += round(1000 * process.seconds)
    return spent


def driver(coded: list[CodedArticle], folder: Path) -> None:
    """What the driver does with results, apart from Ray."""
    many = _many(coded, DRIVER_ARTICLES)
    packed = [pack(Done(coded=many[at : at + 16], problems=[], present=0)) for at in range(0, len(many), 16)]
    began = time.process_time()
    for one in packed:
        unpack(one, Done)
    unpacking = time.process_time() - began
    print(f"driver: unpacking {1000 * unpacking / len(many):.2f}; {sum(map(len, packed)) / len(many):,.0f} bytes sent")
    for size in (200, 2_000):
        record = Record(folder / f"appended-{size}", create=True)
        began, clock = time.process_time(), time.perf_counter()
        for at in range(0, len(many), size):
            record.append(many[at : at + size])
        spent, by_clock = time.process_time() - began, time.perf_counter() - clock
        stored = sum(path.stat().st_size for path in record.path.rglob("*") if path.is_file())
        told = f"; record {stored / len(many):,.0f} bytes an article" if size <= len(coded) else ""
        print(
            f"driver: appending {size} at once {1000 * spent / len(many):.2f} ({len(many) / (spent + unpacking):,.0f} "
            f"articles/s with unpacking; by the clock {1000 * by_clock * size / len(many):.0f} ms an append){told}"
        )


def requests(coded: list[CodedArticle]) -> None:
    """Requests to object storage an append; `moto` counts them."""
    try:
        from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
        from werkzeug.serving import make_server
    except ImportError:
        return
    import logging

    from pyarrow.fs import S3FileSystem

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    seen: Counter[str] = Counter()
    inner = DomainDispatcherApplication(create_backend_app)

    def counted(environ: Any, start: Any) -> Any:
        seen[environ["REQUEST_METHOD"]] += 1
        return inner(environ, start)

    server = make_server("127.0.0.1", 0, counted, threaded=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    host = f"127.0.0.1:{server.server_port}"
    os.environ.update(
        AWS_ENDPOINT_URL=f"http://{host}",
        AWS_ALLOW_HTTP="true",
        AWS_ACCESS_KEY_ID="k",
        AWS_SECRET_ACCESS_KEY="s",
        AWS_REGION="us-east-1",
    )
    files = S3FileSystem(endpoint_override=host, scheme="http", region="us-east-1", allow_bucket_creation=True)
    files.create_dir("news")
    record = Record("s3://news/record", create=True)
    record.append(coded[:1])
    seen.clear()
    appends = 10
    for at in range(appends):
        record.append(_many(coded, 20, f"{at}-"))
    told = ", ".join(f"{method} {count / appends:.0f}" for method, count in sorted(seen.items()))
    print(f"object storage: {seen.total() / appends:.0f} requests an append ({told})")
    server.shutdown()


def _many(coded: list[CodedArticle], count: int, mark: str = "") -> list[CodedArticle]:
    """So many coded articles out of fewer, each with an id of its own."""
    taken = itertools.islice(itertools.cycle(coded), count)
    replace = msgspec.structs.replace
    return [replace(one, article=replace(one.article, id=f"{mark}{number}")) for number, one in enumerate(taken)]


def _line(article: Article) -> bytes:
    fields = {"id": article.id, "text": article.text, "title": article.title, "published": article.published}
    return msgspec.json.encode({**fields, "publisher": article.publisher, "language": article.language}) + b"\n"


def _below(top: int) -> Iterator[tuple[int, Process]]:
    """The processes that a process has started, and theirs, as they are now."""
    found: dict[int, Process] = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            stat = (path / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            command = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        if not command:  # gone, but not yet buried
            continue
        found[int(path.name)] = Process(int(stat[1]), (int(stat[11]) + int(stat[12])) / TICK, command)
    inner = {top}
    while more := {pid for pid, process in found.items() if process.parent in inner} - inner:
        inner |= more
    yield from ((pid, found[pid]) for pid in sorted(inner - {top}))


if __name__ == "__main__":
    main()
