"""A web server on this machine that answers as a test tells it to, and remembers what it was asked."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, dict[str, str], bytes]
Given = str | bytes | Answer | Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """What stands under which path; `asked` are the paths in the order of the requests, `headers` what came along."""

    pages: dict[str, Given] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    posts: list[int] = field(default_factory=list)  # statuses of the next answers to POST; 200 when there is none
    patience: float = 0.0  # seconds before an answer to POST
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def times(self, path: str) -> int:
        return self.asked.count(path)


@contextmanager
def serving(pages: dict[str, Given] | None = None) -> Iterator[Site]:
    site = Site(pages=dict(pages or {}))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers.append({name.lower(): value for name, value in self.headers.items()})
            given = site.pages.get(self.path, (404, {}, b"not here"))
            if callable(given):
                given(self)
                self.close_connection = True
                return
            status, headers, body = given if isinstance(given, tuple) else (200, {}, given)
            etag = headers.get("ETag")
            if etag and self.headers.get("If-None-Match") == etag:
                status, body = 304, b""
            self.answer(status, headers, body if isinstance(body, bytes) else body.encode())

        def do_POST(self) -> None:
            site.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            time.sleep(site.patience)
            self.answer(site.posts.pop(0) if site.posts else 200, {}, b"ok")

        def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            """Clients of these tests hang up on purpose."""

    server = Server(("127.0.0.1", 0), Handler)
    site.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def moved(where: str, status: int = 302) -> Answer:
    return status, {"Location": where}, b""


def packed(data: bytes) -> Answer:
    return 200, {"Content-Encoding": "gzip"}, gzip.compress(data, mtime=0)
