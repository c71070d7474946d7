from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import anyio
import pytest
from mcp import Client, StdioServerParameters
from starlette.testclient import TestClient
from typer.testing import CliRunner

from dragoman.assistant.serving import http_app
from dragoman.cli import app
from dragoman.errors import UsageError

HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "a test", "version": "1"},
    },
}
ACCEPT = {"Accept": "application/json, text/event-stream"}


def _refusal(*words: str | Path) -> str:
    result = CliRunner().invoke(app, ["mcp", *map(str, words)])
    assert isinstance(result.exception, UsageError)
    return str(result.exception)


def test_serving_wants_a_record(tmp_path: Path) -> None:
    assert str(tmp_path / "none") in _refusal("--record", tmp_path / "none")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "desk.example"])
def test_serving_stays_on_this_machine(made_record: Path, host: str) -> None:
    assert "not this machine" in _refusal("--record", made_record, "--http", "8766", "--host", host)


def test_serving_answers_over_standard_streams(made_record: Path) -> None:
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "dragoman", "mcp", "--record", str(made_record)]
    )

    async def run() -> tuple[int, str]:
        async with Client(command) as client:
            tools = await client.list_tools()
            found = await client.call_tool("events", {"party": "PRK", "limit": 1})
            return len(tools.tools), found.structured_content["items"][0]["citation"]["quoted"]

    number, quoted = anyio.run(run)
    assert number == 11
    assert quoted


def test_serving_writes_nothing_but_the_protocol_and_ends_with_its_input(made_record: Path) -> None:
    lines = [
        HELLO,
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "about", "arguments": {}}},
    ]
    command = [sys.executable, "-m", "dragoman", "mcp", "--record", str(made_record)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write("".join(json.dumps(line) + "\n" for line in lines))
        running.stdin.flush()
        answers = [json.loads(running.stdout.readline()) for _ in range(2)]
        running.stdin.close()
        assert running.wait(timeout=20) == 0
        assert running.stdout.read() == ""
        assert running.stderr is not None
        assert "Traceback" not in running.stderr.read()
    assert [answer["id"] for answer in answers] == [1, 2]
    assert "never instructions" in answers[0]["result"]["instructions"]
    assert answers[1]["result"]["structuredContent"]["articles"] == 21


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("127.0.0.1:8766", None, 200),
        ("localhost:8766", "http://localhost:8766", 200),
        ("attacker.example", None, 421),
        ("attacker.example:8766", None, 421),
        ("127.0.0.1:8766", "https://attacker.example", 403),
        ("127.0.0.1:8766", "http://127.0.0.1:3000", 403),
    ],
)
def test_serving_over_http_refuses_other_names_and_pages(
    made_record: Path, host: str, origin: str | None, status: int
) -> None:
    headers = {**ACCEPT, "Host": host} | ({"Origin": origin} if origin else {})
    with TestClient(http_app(made_record, 8766)) as client:
        assert client.post("/mcp", json=HELLO, headers=headers).status_code == status
