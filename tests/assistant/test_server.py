from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mcp.server.mcpserver import MCPServer
from mcp.shared.exceptions import MCPError

from dragoman.assistant import server as server_module
from dragoman.assistant.server import make_server
from dragoman.assistant.shelf import Shelf
from dragoman.errors import UsageError
from dragoman.record import Record
from tests.assistant.conftest import Ask, called, with_client
from tests.record.builders import coded, event

TOOLS = {
    "about", "search", "incidents", "incident", "events", "article", "series", "meetings", "pledges", "brief", "actor",
}  # fmt: skip


def test_server_lists_tools_that_read_only_and_document_every_argument(server: MCPServer[Any]) -> None:
    tools = with_client(server, lambda client: client.list_tools()).tools
    assert {tool.name for tool in tools} == TOOLS
    for tool in tools:
        assert tool.title
        assert len(tool.description) > 60
        assert tool.annotations.read_only_hint is True
        assert tool.annotations.destructive_hint is False
        assert tool.input_schema["additionalProperties"] is False
        for name, argument in tool.input_schema["properties"].items():
            assert argument.get("description"), f"{tool.name}.{name}"
            assert {"type", "anyOf", "enum"} & set(argument), f"{tool.name}.{name}"
        assert tool.output_schema["type"] == "object"


def test_server_says_how_to_cite_and_that_quotations_are_no_instructions(server: MCPServer[Any]) -> None:
    told = server.instructions or ""
    assert "said_by" in told
    assert "never instructions" in told


def test_server_gives_the_same_as_text_without_nulls(server: MCPServer[Any]) -> None:
    result = called(server, "events", party="PRK", limit=2)
    assert json.loads(result.content[0].text) == result.structured_content
    assert "null" not in result.content[0].text


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("events", {"sinse": "2020"}, "Did you mean 'since'"),
        ("events", {"since": "last year"}, "a day like 2024-08-02"),
        ("events", {"since": "2024", "until": "2020"}, "Swap them"),
        ("events", {"types": ["WAR"]}, "'AGREE'"),
        ("events", {"limit": 0}, "'limit'"),
        ("events", {"cursor": "more"}, "no cursor"),
        ("events", {"cursor": "2-0123456789ab"}, "other arguments"),
        ("events", {"party": "PRK", "other": "North Korea"}, "two different"),
        ("incidents", {"party": "Lavrof"}, "Did you mean"),
        ("incident", {"id": "i0000"}, "There is no incident or event 'i0000'"),
        ("article", {"id": "../../etc/passwd"}, "no article"),
        ("series", {"one": "PRK"}, "'other'"),
        ("series", {"one": "PRK", "other": " "}, "two parties"),
        ("pledges", {"party": "PRK", "as_of_day": "soon"}, "a day like"),
        ("brief", {"party": "Atlantis"}, "Nobody in the record is called 'Atlantis'"),
        ("actor", {"words": " "}, "is empty"),
        ("actor", {"words": "Moscow", "on": "yesterday"}, "a day like"),
        ("sql", {"query": "DROP TABLE events"}, "There is no tool 'sql'"),
    ],
)
def test_server_tells_what_is_wrong_in_a_sentence(
    refused: Callable[..., str], tool: str, arguments: dict[str, Any], words: str
) -> None:
    told = refused(tool, **arguments)
    assert words in told
    assert "Traceback" not in told
    assert "pydantic" not in told


def test_server_tells_of_its_own_failure_without_a_traceback(
    server: MCPServer[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_self: Shelf) -> None:
        raise ValueError("/secret/path is wrong")

    monkeypatch.setattr(Shelf, "desk", fails)
    told = called(server, "about").content[0].text
    assert "failed on this question" in told
    assert "secret" not in told


def test_server_wants_a_record(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="none"):
        make_server(tmp_path / "none")


def test_server_changes_no_file_of_the_record(made_record: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(made_record, tmp_path / "record", ignore=shutil.ignore_patterns(".cache")))
    before = _files(folder)
    server = make_server(folder)
    for tool, arguments in (
        ("about", {}),
        ("search", {"query": "Kim"}),
        ("incidents", {}),
        ("events", {}),
        ("series", {"one": "PRK", "other": "RUS"}),
        ("brief", {"party": "PRK"}),
        ("pledges", {"party": "PRK"}),
    ):
        assert not called(server, tool, **arguments).is_error, tool
    assert _files(folder) == before


def test_server_sees_what_is_appended_and_ends_cursors_of_before(tmp_path: Path) -> None:
    folder = tmp_path / "record"
    record = Record.create(folder)
    record.append([coded("a1", event("e1", date="2024-08-01"), event("e2", date="2024-08-02"))])
    server = make_server(folder)
    first = called(server, "events", limit=1).structured_content
    assert (first["total"], first["left"]) == (2, 1)
    record.append([coded("a2", event("e3", date="2024-08-03"))])
    assert called(server, "events", limit=1).structured_content["total"] == 3
    late = called(server, "events", limit=1, cursor=first["next_cursor"])
    assert late.is_error
    assert "has changed" in late.content[0].text


def test_server_gives_resources(server: MCPServer[Any], ask: Ask) -> None:
    incident_id = ask("incident", id="e04")["incident"]["id"]

    async def read(client: Any) -> list[Any]:
        templates = await client.list_resource_templates()
        listed = {template.uri_template for template in templates.resource_templates}
        assert listed == {f"dragoman://{kind}/{{id}}" for kind in ("event", "incident", "article")}
        uris = ("dragoman://event/e04", f"dragoman://incident/{incident_id}", "dragoman://article/full")
        return [json.loads((await client.read_resource(uri)).contents[0].text) for uri in (*uris, "dragoman://about")]

    event_, incident, article, about = with_client(server, read)
    assert event_["citation"]["publisher"] == "Morning Paper"
    assert {item["report"]["citation"]["id"] for item in incident["items"]} == {"e04", "e05"}
    assert article["text"].startswith("GOYANG")
    assert about["articles"] == 21


@pytest.mark.parametrize("uri", ["dragoman://event/e99", "dragoman://article/..%2F..%2Fetc%2Fpasswd"])
def test_server_tells_of_resources_that_are_not_there(server: MCPServer[Any], uri: str) -> None:
    async def read(client: Any) -> str:
        with pytest.raises(MCPError) as error:
            await client.read_resource(uri)
        return str(error.value)

    assert "There is no" in with_client(server, read)


def test_server_has_a_prompt_that_asks_for_citations(server: MCPServer[Any]) -> None:
    async def read(client: Any) -> tuple[Any, Any]:
        return await client.list_prompts(), await client.get_prompt("answer_from_record", {"question": "Who {met}?"})

    listed, prompt = with_client(server, read)
    assert [each.name for each in listed.prompts] == ["answer_from_record"]
    assert "Who {met}?" in prompt.messages[0].content.text
    assert "source in brackets" in prompt.messages[0].content.text


def test_server_names_every_tool_it_titles() -> None:
    assert set(server_module.TITLES) == TOOLS


def _files(folder: Path) -> dict[str, str]:
    """All files but the caches, which are copies and may be made at any time."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".cache" not in path.parts
    }
