"""The addresses for programs: what is described is what is answered, for whatever anybody asks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest
import schemathesis
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import validate
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from starlette.testclient import TestClient
from typer.testing import CliRunner

from dragoman.cli import app as cli
from dragoman.record.filters import TYPES
from dragoman.web import Settings, create_app, links
from dragoman.web.openapi import document
from dragoman.web.pages import routers
from dragoman.web.registered import registered
from tests.web.conftest import BASE

PATHS: Final = tuple(each.path for each in registered(routers()) if each.kind != "form")
KNOWN: Final = {
    "one": "PRK",
    "other": "RUS",
    "key": "PRK",
    "name": "Harbour Post",
    "article_id": "full",
    "event_id": "e30",
    "incident_id": "e04",
}
"""Values of the sample record for the parts of paths, for which chance would find none."""
TRIES: Final = 6
CONFIG: Final = {
    "base-url": BASE,
    "generation": {"deterministic": True, "database": "none"},
    # What is well formed may still name nobody, or a day that is none.
    "checks": {"positive_data_acceptance": {"expected-statuses": ["200", "303", "404", "422", "501"]}},
}


@pytest.fixture(scope="module")
def described(made_record: Path) -> schemathesis.BaseSchema:
    """The description of a workbench, with the workbench behind it."""
    app = create_app(Settings(record=made_record))
    host = {"host": BASE.removeprefix("http://")}
    return schemathesis.openapi.from_asgi(
        "/openapi.json", app, config=SchemathesisConfig.from_dict(CONFIG), headers=host
    )


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("path", PATHS)
def test_api_answers_as_it_is_described(described: schemathesis.BaseSchema, path: str, mode: GenerationMode) -> None:
    operation = described[path]["GET"]
    inside = {name: value for name, value in KNOWN.items() if f"{{{name}}}" in path}
    if mode.is_negative and not list(operation.query):
        pytest.skip("nothing can be asked of it")
    strategy = operation.as_strategy(mode, path_parameters=inside or None)

    @given(case=strategy)
    @settings(
        max_examples=TRIES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    def asked(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate()

    asked()


def test_api_document_is_sound(client: TestClient) -> None:
    validate(client.get("/openapi.json").json())


def test_api_document_lists_every_page_and_form(client: TestClient) -> None:
    told = client.get("/openapi.json").json()["paths"]
    routes = [route for router in routers() for route in router.routes if isinstance(route, APIRoute)]
    reading = {route.path for route in routes if "GET" in (route.methods or ())}
    pages = {path for path in reading if links.twin(path) in reading}
    assert {links.twin(path) for path in pages} <= set(told)
    forms = {route.path for route in routes if "POST" in (route.methods or ())}
    assert {path for path, methods in told.items() if "post" in methods} == forms - {"/review/name"}
    assert reading - pages - set(told) == {"/openapi.json"}


def test_api_document_says_what_each_field_means_and_takes(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    fields = {field["name"]: field for field in paths["/incidents.json"]["get"]["parameters"]}
    assert fields["page"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 1_000_000, "default": 1}
    assert fields["type"]["schema"]["items"]["enum"] == sorted(TYPES)
    assert fields["sort"]["schema"]["default"] == "newest"
    every = [field for path in paths.values() for each in path.values() for field in each["parameters"]]
    assert all(field["description"] for field in every)


@pytest.mark.parametrize(("guarded", "statuses"), [(True, {"401", "429"}), (False, set())])
def test_api_document_tells_how_it_is_guarded(guarded: bool, statuses: set[str]) -> None:
    told = document(registered(routers()), guarded=guarded, limited=guarded)
    assert ("security" in told) == guarded
    assert set(told["paths"]["/due.json"]["get"]["responses"]) & {"401", "429"} == statuses


def test_api_document_is_written_without_a_record(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["openapi", "--out", str(tmp_path / "api.json")])
    assert result.exit_code == 0
    validate(json.loads((tmp_path / "api.json").read_text(encoding="utf-8")))


def test_api_page_has_an_example_for_each_address_that_is_read(client: TestClient) -> None:
    told = client.get("/api.json").json()
    examples = [each["example"] for group in told["groups"] for each in group["addresses"] if each["method"] == "GET"]
    assert None not in examples
    small = [address for address in examples if not address.endswith(".svg") and ".pdf" not in address]
    assert {client.get(address).status_code for address in small} == {200}


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nothing.json", 404, "no such page"),
        ("/incident/none.json", 404, "no incident 'none'"),
        ("/actor/Nobody%20At%20All.json", 404, "Nobody"),
        ("/incidents.json?page=0", 422, "from 1 to 1,000,000"),
        ("/incidents.json?page=999999999999999999999999", 422, "from 1 to 1,000,000"),
        ("/incidents.json?per=201", 422, "from 1 to 200"),
        ("/events.json?per=1001", 422, "from 1 to 1,000"),
        ("/incidents.json?confidence=2", 422, "from 0 to 1"),
        ("/incidents.json?confidence=nan", 422, "confidence"),
        ("/incidents.json?type=WAR", 422, "AGREE"),
        ("/incidents.json?per=null", 422, "from 1 to 200"),
        ("/incidents.json?person=null", 404, "'null'"),
        ("/map/ground.json", 404, "no such page"),
        ("/incidents.json?since=2024-02-31", 422, "not a day"),
        ("/incidents.json?since=2024&until=2023", 422, "after 'until'"),
        ("/incidents.json?page=1&page=2", 422, "Give it once"),
        ("/incidents.json?%00=1", 422, "does not know"),
        ("/incidents.json?person=%00", 404, "person"),
        ("/incidents.json?person=%ff%fe", 404, "person"),
        ("/events.json?a=PRK&b=PRK", 422, "Both parties"),
        ("/events.json?b=PRK", 422, "without 'a'"),
        ("/%zz%.json", 404, "no such page"),
        ("/incidents.json?q=" + "x" * 9000, 414, "8192"),
    ],
)
def test_api_errors_have_one_form(client: TestClient, path: str, status: int, words: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/json"
    told = answer.json()
    assert told.keys() == {"error"}
    assert told["error"].keys() == {"status", "message"}
    assert told["error"]["status"] == status
    assert words in told["error"]["message"] or words == "person"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_api_twins_take_no_other_method(client: TestClient, method: str) -> None:
    answer = client.request(method, "/incidents.json")
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert answer.json()["error"]["status"] == 405


def test_api_strangers_are_told_in_json(client: TestClient, made_record: Path) -> None:
    assert client.get("/due.json", headers={"host": "evil.example"}).json()["error"]["status"] == 403
    guarded = create_app(Settings(record=made_record, host="0.0.0.0", password="long enough"))
    with TestClient(guarded, base_url=BASE) as stranger:
        assert stranger.get("/due.json").json()["error"]["status"] == 401
        assert "Harbour" not in stranger.get("/").text


@pytest.mark.parametrize(
    "path", ["/events.json?per=3", "/claims.json?per=1", "/articles.json?per=7", "/incidents.json?per=4&sort=oldest"]
)
def test_api_paging_goes_through_all_rows_once(client: TestClient, path: str) -> None:
    address: str | None = path
    rows: list[str] = []
    total = client.get(path).json()["pager"]["total"]
    while address is not None:
        answer = client.get(address)
        told = answer.json()
        rows += [json.dumps(row, sort_keys=True) for row in told["rows"]]
        address = told["pager"]["next"]
        assert answer.links.get("next", {}).get("url") == address
    assert len(rows) == len(set(rows)) == total


def test_api_paging_leads_back_and_ends(client: TestClient) -> None:
    last = client.get("/events.json?per=3&page=999").json()["pager"]
    assert last["next"] is None
    assert last["previous"] == f"/events.json?per=3&page={last['pages'] - 1}"


@pytest.mark.parametrize("twin", ["/dyad/PRK/RUS.json?per=1", "/search.json?q=met&per=1", "/index.json?days=365&per=2"])
def test_api_paging_keeps_what_was_asked(client: TestClient, twin: str) -> None:
    first = client.get(twin).json()["pager"]
    second = client.get(first["next"]).json()["pager"]
    assert (second["page"], second["per"], second["total"]) == (2, first["per"], first["total"])
    assert client.get(first["after"]).headers["content-type"].startswith("text/html")


def test_api_what_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/incidents.json")
    tag = first.headers["etag"]
    for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = client.get("/incidents.json", headers={"if-none-match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get("/incidents.json", headers={"if-none-match": '"other"'}).content == first.content


def test_api_a_decision_makes_another_tag(writer: TestClient) -> None:
    before = writer.get("/events.json").headers["etag"]
    assert writer.post("/event/e10/reject").status_code == 303
    assert writer.get("/events.json", headers={"if-none-match": before}).status_code == 200
