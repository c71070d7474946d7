"""What stands at each address of the workbench, as its pages registered it: for the description of all addresses.

Apart from `pages.base`, which writes it, because whoever describes the addresses reads it.
"""

from __future__ import annotations

import inspect
import re
import types
import typing
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import msgspec
from fastapi import APIRouter
from fastapi.responses import Response
from fastapi.routing import APIRoute

Kind = Literal["data", "file", "form"]
JSON: Final = "application/json"
_KEY: Final = "x-dragoman"
_RAISES: Final = re.compile(r"(?<=\w); raises [^.]*|\s*\bRaises [^.]*\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """An address: the fields of its `asked`, what it gives, in which `media` types, and the `page` it is the twin of.

    `gives` is the struct that an answer in JSON holds, None where there is no such answer; `moves` says that the answer
    may be another address, `ignores` names fields that change nothing here.
    """

    kind: Kind
    path: str
    asked: type[msgspec.Struct]
    words: str
    media: str = JSON
    gives: Any = None
    moves: bool = False
    ignores: tuple[str, ...] = ()
    page: str | None = None

    @property
    def method(self) -> str:
        """The method that it takes."""
        return "POST" if self.kind == "form" else "GET"

    @property
    def extra(self) -> dict[str, Any]:
        """What a route carries so that `registered` finds it again."""
        return {_KEY: self}


def registered(routers: Iterable[APIRouter]) -> Sequence[Registered]:
    """All that pages registered, by path."""
    found = []
    for router in routers:
        for route in router.routes:
            if isinstance(route, APIRoute) and route.openapi_extra and _KEY in route.openapi_extra:
                found.append(route.openapi_extra[_KEY])
    return tuple(sorted(found, key=lambda each: (each.path, each.method)))


def answers_of(view: Callable[..., Any]) -> tuple[Any, bool]:
    """What a view gives by its annotation, and whether it may give a Response instead, which is then all where None."""
    told = typing.get_type_hints(view, include_extras=True).get("return")
    union = typing.get_origin(told) in (typing.Union, types.UnionType)
    parts = typing.get_args(told) if union else (told,)
    moves = [part for part in parts if isinstance(part, type) and issubclass(part, Response)]
    gives = [part for part in parts if part not in moves]
    return (gives[0] if gives else None), bool(moves)


def words_of(thing: Any) -> str:
    """The docstring of a view or of what it is asked, without what it raises, which is told by statuses."""
    return _RAISES.sub("", inspect.cleandoc(thing.__doc__ or "")).strip()
