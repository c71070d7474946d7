"""A small record and an assistant that asks it, within this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client
from mcp.server.mcpserver import MCPServer

from dragoman.assistant.server import make_server
from tests.web.samples import write_record

Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def made_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the record of `tests.web.samples`; not to be written to."""
    folder = tmp_path_factory.mktemp("assistant") / "record"
    write_record(folder)
    return folder


@pytest.fixture(scope="session")
def server(made_record: Path) -> MCPServer[Any]:
    return make_server(made_record)


@pytest.fixture(scope="session")
def ask(server: MCPServer[Any]) -> Ask:
    """Calls a tool and gives its structured answer; `ask(tool, **arguments)`."""

    def call(tool: str, **arguments: Any) -> dict[str, Any]:
        result = called(server, tool, **arguments)
        assert not result.is_error, result.content[0].text
        assert result.structured_content is not None
        return dict(result.structured_content)

    return call


@pytest.fixture(scope="session")
def refused(server: MCPServer[Any]) -> Callable[..., str]:
    """Calls a tool that must not answer, and gives its sentence."""

    def call(tool: str, **arguments: Any) -> str:
        result = called(server, tool, **arguments)
        assert result.is_error
        assert result.structured_content is None
        return str(result.content[0].text)

    return call


def called(server: MCPServer[Any], tool: str, **arguments: Any) -> Any:
    """What a tool gives."""
    return with_client(server, lambda client: client.call_tool(tool, arguments))


def with_client(server: MCPServer[Any], use: Callable[[Client], Any]) -> Any:
    """What a client gets that is open for one use."""

    async def run() -> Any:
        async with Client(server) as client:
            return await use(client)

    return anyio.run(run)
