"""The page of all addresses for programs, and their description in OpenAPI."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from dragoman.web import links, pages
from dragoman.web.desk import Desk
from dragoman.web.openapi import document
from dragoman.web.pages.base import READ, Asked, answer, asked, page
from dragoman.web.parameters import examples
from dragoman.web.registered import registered

router = APIRouter()
DESCRIPTION: Final = "/openapi.json"
_GROUPS: Final = {"JSON": "Answers in JSON", "Files": "Files", "Decisions": "Decisions"}


class ApiAsked(Asked, frozen=True, kw_only=True):
    """Nothing can be chosen."""


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """What an address can be asked for; `choices` are all that it takes, where that is a closed set."""

    name: str
    words: str
    kind: str
    required: bool
    choices: tuple[str, ...]
    least: float | None
    most: float | None
    default: str | None


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """An address with its fields; `example` is one of this record."""

    method: str
    path: str
    words: str
    example: str | None
    fields: tuple[Field, ...]


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Addresses of one kind."""

    name: str
    addresses: tuple[Address, ...]


class Api(msgspec.Struct, frozen=True, kw_only=True):
    """All addresses; `description` is where they are told in OpenAPI."""

    description: str
    groups: tuple[Group, ...]


def api(desk: Desk, asked: ApiAsked) -> Api:
    """The addresses of the workbench for programs."""
    given = examples(desk)
    told = _document(desk)
    found = [
        (each["tags"][0], _address(path, method, each, given))
        for path, methods in told["paths"].items()
        for method, each in methods.items()
    ]
    groups = (
        Group(name=words, addresses=tuple(address for group, address in found if group == tag))
        for tag, words in _GROUPS.items()
    )
    return Api(description=DESCRIPTION, groups=tuple(groups))


def _address(path: str, method: str, told: dict[str, Any], given: Mapping[str, str]) -> Address:
    form = told.get("requestBody", {}).get("content", {}).values()
    body: dict[str, Any] = next((each["schema"]["properties"] for each in form), {})
    fields = [
        _field(each["name"], each["schema"], each["description"], bool(each.get("required")))
        for each in told["parameters"]
    ]
    fields += [_field(name, schema, schema["description"], False) for name, schema in body.items()]
    return Address(
        method=method.upper(),
        path=path,
        words=told["summary"],
        example=_example(path, told["parameters"], given) if method == "get" else None,
        fields=tuple(fields),
    )


def _field(name: str, schema: Mapping[str, Any], words: str, required: bool) -> Field:
    inner = schema.get("items", schema)
    default = schema.get("default")
    return Field(
        name=name,
        words=words.removesuffix(".").partition(". In a path ")[0],
        kind=inner.get("type", "one of") + (", may be repeated" if schema.get("type") == "array" else ""),
        required=required,
        choices=tuple(map(str, inner.get("enum", ()))),
        least=inner.get("minimum"),
        most=inner.get("maximum"),
        default=None if default is None else str(default).lower() if isinstance(default, bool) else str(default),
    )


def _example(path: str, parameters: list[dict[str, Any]], given: Mapping[str, str]) -> str | None:
    """An address of this record, or None where it has nothing of the kind."""
    needed = [each for each in parameters if each.get("required")]
    if any(each["name"] not in given for each in needed):
        return None
    query: dict[str, links.Value] = {}
    for each in needed:
        name, value = each["name"], given[each["name"]]
        if each["in"] == "path":
            path = path.replace(f"{{{name}}}", links.segment(value))
        else:
            query[name] = value
    if path.startswith("/brief."):
        query = {name: given[name] for name in ("a", "b") if name in given}
    return links.with_query(quote(path, safe="/~%"), **query)


def _description(request: Request) -> Response:
    """The description of all addresses in OpenAPI 3.1, with examples out of this record."""
    asked(ApiAsked, request)
    desk, settings = request.app.state.keeper.desk(), request.app.state.settings
    guarded, limited = settings.password is not None, settings.rate is not None
    return answer(request, msgspec.json.encode(_document(desk, guarded, limited)))


def _document(desk: Desk, guarded: bool = True, limited: bool = True) -> dict[str, Any]:
    def make() -> dict[str, Any]:
        return document(registered(pages.routers()), examples=examples(desk), guarded=guarded, limited=limited)

    return desk.memo(("addresses", guarded, limited), make)


router.add_api_route(DESCRIPTION, _description, methods=READ, include_in_schema=False)
page(router, "/api", "api.html", api)
