from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli import app
from dragoman.errors import UsageError


def _refusal(*words: str | Path) -> str:
    result = CliRunner().invoke(app, ["serve", *map(str, words)])
    assert isinstance(result.exception, UsageError)
    return str(result.exception)


def test_serve_wants_a_record(tmp_path: Path) -> None:
    assert str(tmp_path / "none") in _refusal("--record", tmp_path / "none")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "desk.example"])
def test_serve_beyond_loopback_wants_a_password(made_record: Path, host: str) -> None:
    assert "--password-file" in _refusal("--record", made_record, "--host", host)


def test_serve_wants_a_password_worth_the_name(made_record: Path, tmp_path: Path) -> None:
    short = tmp_path / "short"
    short.write_text("secret\n", encoding="utf-8")
    assert "eight characters" in _refusal("--record", made_record, "--password-file", short)
    assert "cannot be read" in _refusal("--record", made_record, "--password-file", tmp_path / "none")


def test_serve_says_what_a_rate_is(made_record: Path) -> None:
    assert "300/min" in _refusal("--record", made_record, "--rate", "often")


def test_serve_says_that_a_port_is_taken(made_record: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        taken.listen()
        assert "--port" in _refusal("--record", made_record, "--port", str(taken.getsockname()[1]))


def test_serve_answers_and_ends_when_interrupted(made_record: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    command = [sys.executable, "-m", "dragoman", "serve", "--record", str(made_record), "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as serving:
        assert serving.stderr is not None
        told = [serving.stderr.readline() for _ in range(2)]
        assert f"http://127.0.0.1:{port}/" in told[1], told
        for _ in range(200):
            try:
                page = urllib.request.urlopen(f"http://127.0.0.1:{port}/").read()
                break
            except OSError:
                time.sleep(0.05)
        assert b"<h1>Overview</h1>" in page
        serving.send_signal(signal.SIGINT)
        assert serving.wait(timeout=60) == 0
        assert "Traceback" not in serving.stderr.read()
