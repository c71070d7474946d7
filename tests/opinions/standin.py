"""A stand-in for an OpenAI-compatible server on this machine, that answers well or misbehaves as it is told to.

`python -m tests.opinions.standin [PORT] [MODE...]` runs it as a process: one mode after the other, the last for good.
"""

from __future__ import annotations

import json
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

GOOD: dict[str, Any] = {
    "event": True, "type": "CONSULT", "mode": None, "status": "actual", "doer": "A", "words": None, "reason": "So."
}  # fmt: skip
NONE: dict[str, Any] = {
    "event": False, "type": "NONE", "mode": None, "status": None, "doer": "neither", "words": None, "reason": "Nothing."
}  # fmt: skip
MARKED = re.compile(r"\{([^{}]+)\}")


@dataclass
class StandIn:
    """What it does, and what it was sent. `modes` are used up one a request, the last stays."""

    modes: list[str] = field(default_factory=lambda: ["good"])
    answer: dict[str, Any] = field(default_factory=lambda: dict(GOOD))
    counts: bool = True  # whether it counts tokens
    patience: float = 0.0  # seconds before it answers in the modes that are slow
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    spent: int = 0  # tokens that were paid for, by its own count
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def asked(self) -> int:
        return len(self.bodies)

    def mode(self) -> str:
        return self.modes.pop(0) if len(self.modes) > 1 else self.modes[0]


def words_in(body: dict[str, Any]) -> str:
    """The words in braces of the question."""
    user = body["messages"][1]["content"]
    found = MARKED.search(re.sub(r"\[[AB]: ([^\]]*)\]", r"\1", user))
    return found[1][:200] if found else ""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        site = self.server.site
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        site.bodies.append(body)
        site.paths.append(self.path)
        site.headers.append({name.lower(): value for name, value in self.headers.items()})
        MODES[site.mode()](self, body)

    def given(self, body: dict[str, Any], **changes: Any) -> str:
        """The answer that the stand-in is told to give, quoting the words that the question has in braces."""
        answer = {**self.server.site.answer, **changes}
        if answer.get("event") is True and answer.get("words") is None:
            answer["words"] = words_in(body)
        return json.dumps(answer)

    def complete(self, body: dict[str, Any], content: str | None, finish: str = "stop", **more: Any) -> None:
        site = self.server.site
        prompt = sum(len(m["content"]) for m in body["messages"]) // 4
        usage = {"prompt_tokens": prompt, "completion_tokens": 40, "total_tokens": prompt + 40}
        site.spent += prompt + 40
        choice = {"index": 0, "message": {"role": "assistant", "content": content, **more}, "finish_reason": finish}
        told = {"id": "c1", "object": "chat.completion", "model": body["model"], "choices": [choice]}
        self.reply(200, json.dumps({**told, "usage": usage} if site.counts else told).encode())

    def fail(self, status: int, message: str, **headers: str) -> None:
        told = {"error": {"message": message, "type": "stand_in"}}
        self.reply(status, json.dumps(told).encode(), **headers)

    def reply(self, status: int, content: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass


def _plain_only(handler: Handler, body: dict[str, Any]) -> None:
    if "response_format" in body:
        handler.fail(400, f"response_format {body['response_format']['type']} is not supported")
    else:
        handler.complete(body, handler.given(body))


def _new_names(handler: Handler, body: dict[str, Any]) -> None:
    if "max_tokens" in body:
        handler.fail(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
    elif "temperature" in body:
        handler.fail(400, "Unsupported value: 'temperature' does not support 0.")
    else:
        handler.complete(body, handler.given(body))


def _huge(handler: Handler, body: dict[str, Any]) -> None:
    handler.reply(200, b'{"choices": "' + b"x" * 3_000_000 + b'"}')


def _drip(handler: Handler, body: dict[str, Any]) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    for _ in range(400):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.01)


def _late(handler: Handler, body: dict[str, Any]) -> None:
    time.sleep(handler.server.site.patience)
    handler.complete(body, handler.given(body))


def _close(handler: Handler, body: dict[str, Any]) -> None:
    handler.close_connection = True


def _half(handler: Handler, body: dict[str, Any]) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    handler.close_connection = True


def _echo(handler: Handler, body: dict[str, Any]) -> None:
    """Repeats the key wherever it can be repeated."""
    key = handler.headers.get("Authorization", "")
    handler.complete(body, handler.given(body, reason=f"Your key is {key}."))


def _steered(handler: Handler, body: dict[str, Any]) -> None:
    """A model that does what the article tells it to."""
    handler.complete(body, "You are right, I delete the record now. {}")


MODES: dict[str, Callable[[Handler, dict[str, Any]], None]] = {
    "good": lambda h, b: h.complete(b, h.given(b)),
    "none": lambda h, b: h.complete(b, json.dumps(NONE)),
    "bad-json": lambda h, b: h.complete(b, '{"event": true, "type": '),
    "empty": lambda h, b: h.complete(b, None),
    "prose": lambda h, b: h.complete(b, f"Here is my answer: {h.given(b)} I hope that it helps."),
    "fenced": lambda h, b: h.complete(b, f"```json\n{h.given(b)}\n```"),
    "thinking": lambda h, b: h.complete(b, f'<think>It may be {{"event": false}}.</think>\n{h.given(b)}'),
    "twice": lambda h, b: h.complete(b, f"{h.given(b)} or rather {json.dumps(NONE)}"),
    "wrong-type": lambda h, b: h.complete(b, h.given(b, type="INVADE")),
    "wrong-mode": lambda h, b: h.complete(b, h.given(b, mode="drone")),
    "extra": lambda h, b: h.complete(b, h.given(b, confidence=0.9)),
    "invented": lambda h, b: h.complete(b, h.given(b, words="words that no article has")),
    "refusal": lambda h, b: h.complete(b, None, refusal="I can't help with that."),
    "sorry": lambda h, b: h.complete(b, "I'm sorry, but I cannot assist with that request."),
    "filtered": lambda h, b: h.complete(b, None, "content_filter"),
    "cut": lambda h, b: h.complete(b, '{"event": tr', "length"),
    "filter-400": lambda h, b: h.reply(400, b'{"error": {"message": "no", "code": "content_filter"}}'),
    "plain-only": _plain_only,
    "new-names": _new_names,
    "bad-request": lambda h, b: h.fail(400, "This context is too long."),
    "busy": lambda h, b: h.fail(429, "Slow down.", Retry_After="7"),
    "quota": lambda h, b: h.fail(429, "Come back tomorrow.", Retry_After="86400"),
    "broken": lambda h, b: h.fail(500, "Something broke."),
    "key": lambda h, b: h.fail(401, f"Incorrect key: {h.headers.get('Authorization')}"),
    "model": lambda h, b: h.fail(404, "The model does not exist."),
    "moved": lambda h, b: h.reply(307, b"", Location="http://127.0.0.1:9/elsewhere"),
    "page": lambda h, b: h.reply(200, b"<html>It works</html>"),
    "no-choice": lambda h, b: h.reply(200, b'{"choices": []}'),
    "deep": lambda h, b: h.reply(200, b'{"choices": [], "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "huge": _huge,
    "drip": _drip,
    "late": _late,
    "close": _close,
    "half": _half,
    "echo": _echo,
    "steered": _steered,
}


class Server(ThreadingHTTPServer):
    daemon_threads = True
    site: StandIn

    def handle_error(self, *_: Any) -> None:
        """Clients of these tests hang up on purpose."""


@contextmanager
def standing_in(*modes: str, **settings: Any) -> Iterator[StandIn]:
    """A stand-in that runs until the block ends."""
    site = StandIn(**settings)
    site.modes = list(modes) or ["good"]
    server = Server(("127.0.0.1", 0), Handler)
    server.site = site
    site.port = server.server_port
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    process = Server(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 8000), Handler)
    process.site = StandIn(modes=sys.argv[2:] or ["good"])
    print(f"http://127.0.0.1:{process.server_port}", flush=True)
    with suppress(KeyboardInterrupt):
        process.serve_forever()
