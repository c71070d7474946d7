"""What all pages share: `page` registers a view as HTML and as JSON, `action` a form, and errors are told as pages.

A view is a pure function of a desk and of what is asked; its query string is its whole state.
"""

from __future__ import annotations

import typing
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from dragoman.errors import DragomanError
from dragoman.web import links
from dragoman.web.desk import Desk
from dragoman.web.errors import RefusedError, status_of
from dragoman.web.keeper import Keeper
from dragoman.web.rendering import render

A = TypeVar("A", bound=msgspec.Struct)
_encoder: Final = msgspec.json.Encoder()


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a page is asked: a subclass has a field for each part of its path and of its query, with its default.

    Fields may be str, int, float, bool ('1' or 'true'), `Literal`, any of them or None, and tuples for what may be
    given again. An empty field of a form counts as not given.
    """

    def query(self, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
        """The fields that differ from their defaults, for `links.changed`; name the path's own parts in `without`."""
        found = {}
        for field in msgspec.structs.fields(self):
            value = getattr(self, field.name)
            if field.name not in without and value != field.default:
                found[field.name] = value
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """An entry of the navigation; entries stand by `order`, then by label."""

    label: str
    href: str
    order: int


def page(router: APIRouter, path: str, template: str, view: Callable[[Desk, A], Any]) -> None:
    """Register a view at `path` as HTML, drawn with `template`, and as JSON at the path's twin.

    The view takes the desk and an `Asked`, by the annotation of its second parameter, made out of the path and the
    query. It gives a msgspec struct or dataclass of plain values; the template has it as `view`. A view may give a
    Response instead, to send elsewhere or to download.
    """
    kind = _kind(view)

    def as_json(request: Request) -> Response:
        made = view(_keeper(request).desk(), asked(kind, request))
        return made if isinstance(made, Response) else Response(_encoder.encode(made), media_type="application/json")

    def as_html(request: Request) -> Response:
        question = asked(kind, request)
        made = view(_keeper(request).desk(), question)
        return made if isinstance(made, Response) else render(request, template, view=made, asked=question)

    # The twin first: '/dyad/{a}/{b}' would take 'RUS.json' for a name.
    router.add_api_route(links.twin(path), as_json, methods=["GET"], include_in_schema=False)
    router.add_api_route(path, as_html, methods=["GET"], include_in_schema=False)


def action(router: APIRouter, path: str, act: Callable[[Keeper, A, str], str]) -> None:
    """Register what a form at `path` does. `act` takes the keeper, the form's fields (and the path's) as an `Asked`,
    and the name of who decides; it writes within `keeper.writing()` and gives the address to go to.

    The token of the form has been checked before by `security.Guard`.
    """
    kind = _kind(act)

    async def read(request: Request) -> FormData:
        return await request.form()

    def run(request: Request, fields: FormData) -> Response:
        values: dict[str, list[str]] = {}
        for name, value in fields.multi_items():
            if name != "token" and isinstance(value, str):
                values.setdefault(name, []).append(value)
        target = act(_keeper(request), _converted(kind, values, request.path_params), request.scope["dragoman.user"])
        return RedirectResponse(target, status_code=303)

    async def endpoint(request: Request) -> Response:
        from starlette.concurrency import run_in_threadpool

        return await run_in_threadpool(run, request, await read(request))

    router.add_api_route(path, endpoint, methods=["POST"], include_in_schema=False)


def asked(kind: type[A], request: Request) -> A:
    """What a request asks, out of its path and query; raises `RefusedError` that says what is valid."""
    values: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        values.setdefault(name, []).append(value)
    return _converted(kind, values, request.path_params)


def told_error(request: Request, status: int, message: str) -> Response:
    """An error as a page, or as JSON at an address that ends so."""
    if request.url.path.endswith(".json"):
        body = _encoder.encode({"error": {"status": status, "message": message}})
        return Response(body, status_code=status, media_type="application/json")
    heading = {403: "Not allowed", 404: "Not found", 413: "Too large", 422: "That cannot be asked"}
    return render(
        request, "error.html", status=status, message=message, heading=heading.get(status, "That did not work")
    )


def told_dragoman_error(request: Request, error: DragomanError) -> Response:
    """An error of Dragoman's own with its status."""
    return told_error(request, status_of(error), str(error))


def _converted(kind: type[A], query: dict[str, list[str]], path: dict[str, Any]) -> A:
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    values: dict[str, Any] = {name: links.unquoted(part) for name, part in path.items()}
    for name, given in query.items():
        told = [each.strip() for each in given if each.strip()]
        if name not in fields or name in path:
            valid = ", ".join(sorted(set(fields) - set(path))) or "nothing"
            raise RefusedError(f"This page does not know '{name}'. It can be asked for: {valid}.")
        if not told:
            continue
        if _is_tuple(fields[name].type):
            values[name] = told
        elif len(told) > 1:
            raise RefusedError(f"'{name}' is given {len(told)} times. Give it once.")
        else:
            values[name] = told[0]
    try:
        return msgspec.convert(values, kind, strict=False)
    except msgspec.ValidationError as error:
        raise RefusedError(_reason(str(error), fields, values)) from error


def _reason(error: str, fields: dict[str, Any], values: dict[str, Any]) -> str:
    """What is wrong, with the field as the address names it and the values that are valid where they are few."""
    name = next((name for name in sorted(fields, key=len, reverse=True) if f"$.{name}" in error), None)
    if name is None:
        return f"{error}."
    choices = _choices(fields[name].type)
    valid = f"It can be: {', '.join(map(str, choices))}." if choices else f"{error.split(' - at')[0]}."
    return f"'{name}' is '{values.get(name, '')}'. {valid}"


def _choices(kind: Any) -> tuple[Any, ...]:
    if typing.get_origin(kind) is typing.Literal:
        return typing.get_args(kind)
    return tuple(choice for part in typing.get_args(kind) for choice in _choices(part))


def _is_tuple(kind: Any) -> bool:
    return typing.get_origin(kind) is tuple


def _kind(view: Callable[..., Any]) -> Any:
    """The `Asked` of a view, by the annotation of its second parameter."""
    hints = {name: hint for name, hint in typing.get_type_hints(view).items() if name != "return"}
    kinds = [hint for hint in hints.values() if isinstance(hint, type) and issubclass(hint, Asked)]
    if len(kinds) != 1:
        raise TypeError(f"{view.__module__}.{view.__qualname__} has no single parameter that is an Asked.")
    return kinds[0]


def _keeper(request: Request) -> Keeper:
    keeper: Keeper = request.app.state.keeper
    return keeper
