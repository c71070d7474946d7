"""What all pages share: `page` registers a view as HTML and as JSON, `data` as JSON alone, `file` a download, `action`
a form, and errors are told as pages.

A view is a pure function of a desk and of what is asked; its query string is its whole state.
"""

from __future__ import annotations

import hashlib
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from dragoman.errors import DragomanError
from dragoman.web import links
from dragoman.web.asking import A, Asked, converted
from dragoman.web.desk import Desk
from dragoman.web.errors import error_body, status_of
from dragoman.web.keeper import Keeper
from dragoman.web.parts import Pager
from dragoman.web.registered import JSON, Registered, answers_of, words_of
from dragoman.web.rendering import FAILED, HEADINGS, render

__all__ = ["Asked", "NavItem", "action", "asked", "data", "file", "page", "told_dragoman_error", "told_error"]
READ: Final = ["GET", "HEAD"]
_encoder: Final = msgspec.json.Encoder()


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

    def as_html(request: Request) -> Response:
        question = asked(kind, request)
        made = view(_keeper(request).desk(), question)
        return made if isinstance(made, Response) else render(request, template, view=made, asked=question)

    # The twin first: '/dyad/{a}/{b}' would take 'RUS.json' for a name.
    data(router, links.twin(path), view, page=path)
    router.add_api_route(path, as_html, methods=READ, include_in_schema=False)


def data(router: APIRouter, path: str, view: Callable[[Desk, A], Any], page: str | None = None) -> None:
    """Register a view at `path`, which ends in '.json', as JSON; `page` is where the same is to be read."""
    kind = _kind(view)
    gives, moves = answers_of(view)
    told = Registered(kind="data", path=path, asked=kind, words=words_of(view), gives=gives, moves=moves, page=page)

    def as_json(request: Request) -> Response:
        made = view(_keeper(request).desk(), asked(kind, request))
        return made if isinstance(made, Response) else answer(request, _encoder.encode(made), _paging(made))

    router.add_api_route(path, as_json, methods=READ, include_in_schema=False, openapi_extra=told.extra)


def file(
    router: APIRouter,
    path: str,
    media: str,
    kind: type[A],
    give: Callable[[Request], Response],
    ignores: tuple[str, ...] = ("page", "per"),
) -> None:
    """Register a download of one media type; `give` reads what `kind` asks out of the request, but for what it
    `ignores`: a file is whole.
    """
    told = Registered(kind="file", path=path, asked=kind, words=words_of(give), media=media, ignores=ignores)
    router.add_api_route(path, give, methods=READ, include_in_schema=False, openapi_extra=told.extra)


def action(router: APIRouter, path: str, act: Callable[[Keeper, A, str], str]) -> None:
    """Register what a form at `path` does. `act` takes the keeper, the form's fields (and the path's) as an `Asked`,
    and the name of who decides; it writes within `keeper.writing()` and gives the address to go to.

    The token of the form has been checked before by `security.Guard`.
    """
    if path.endswith((".json", "}")):
        raise ValueError(f"A form at '{path}' could stand at the address of a twin, which `security.Guard` lets pass.")
    kind = _kind(act)
    told = Registered(kind="form", path=path, asked=kind, words=words_of(act), moves=True)

    async def read(request: Request) -> FormData:
        return await request.form()

    def run(request: Request, fields: FormData) -> Response:
        values: dict[str, list[str]] = {}
        for name, value in fields.multi_items():
            if name != "token" and isinstance(value, str):
                values.setdefault(name, []).append(value)
        target = act(_keeper(request), converted(kind, values, request.path_params), request.scope["dragoman.user"])
        return RedirectResponse(target, status_code=303)

    async def endpoint(request: Request) -> Response:
        from starlette.concurrency import run_in_threadpool

        return await run_in_threadpool(run, request, await read(request))

    router.add_api_route(path, endpoint, methods=["POST"], include_in_schema=False, openapi_extra=told.extra)


def asked(kind: type[A], request: Request) -> A:
    """What a request asks, out of its path and query; raises `RefusedError` that says what is valid."""
    values: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        values.setdefault(name, []).append(value)
    return converted(kind, values, request.path_params)


def answer(request: Request, body: bytes, pager: Pager | None = None) -> Response:
    """An answer in JSON with a tag of its content and the addresses of the pages beside it; empty for who has it.

    The tag is made of the answer and not of the record's state: an answer also rests on the search index and on a desk
    that may be behind the record, and a tag that promised more would keep old pages alive.
    """
    headers = {"ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"'}
    if pager is not None:
        beside = {"prev": pager.previous, "next": pager.next}
        told = ", ".join(f'<{address}>; rel="{rel}"' for rel, address in beside.items() if address is not None)
        headers |= {"Link": told} if told else {}
    known = request.headers.get("if-none-match", "")
    if known.strip() == "*" or headers["ETag"] in {each.strip().removeprefix("W/") for each in known.split(",")}:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=JSON, headers=headers)


def told_error(request: Request, status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """An error as a page, or as JSON at an address that ends so."""
    if request.url.path.endswith(".json"):
        return Response(error_body(status, message), status_code=status, media_type=JSON, headers=headers)
    told = render(request, "error.html", status=status, message=message, heading=HEADINGS.get(status, FAILED))
    told.headers.update(headers or {})
    return told


def told_dragoman_error(request: Request, error: DragomanError) -> Response:
    """An error of Dragoman's own with its status."""
    return told_error(request, status_of(error), str(error))


def _paging(made: Any) -> Pager | None:
    """The pager of a view's list, which it holds itself or in one of its parts."""
    return next(_pagers(made), None)


def _pagers(made: Any) -> Iterator[Pager]:
    fields = [getattr(made, name) for name in getattr(made, "__struct_fields__", ())]
    for value in (*fields, *(getattr(each, "pager", None) for each in fields if isinstance(each, msgspec.Struct))):
        if isinstance(value, Pager):
            yield value


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
