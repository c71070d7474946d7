"""What may be asked of a page: `Asked` and the kinds of values that fields share, and how an address is turned into it.

Apart from `pages.base`, which registers pages, because parts of pages and the description of all addresses need it too.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, TypeVar

import msgspec

from dragoman.briefing.wording import one_line, shortened
from dragoman.web import links
from dragoman.web.errors import RefusedError

A = TypeVar("A", bound=msgspec.Struct)
MOST_PAGES: Final = 1_000_000
MOST_ROWS: Final = 200
"""Rows that a page may be asked for at most."""
PageNumber = Annotated[int, msgspec.Meta(ge=1, le=MOST_PAGES)]
PerPage = Annotated[int, msgspec.Meta(ge=1, le=MOST_ROWS)]
Least = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
_SHOWN: Final = 60
"""Letters of a wrong value that an answer repeats."""


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


def converted(kind: type[A], query: Mapping[str, Sequence[str]], path: Mapping[str, Any]) -> A:
    """What is asked, out of the parts of an address; raises `RefusedError` that says what is valid."""
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    values: dict[str, Any] = {name: links.unquoted(part) for name, part in path.items()}
    for name, given in query.items():
        told = [each.strip() for each in given if each.strip()]
        if name not in fields or name in path:
            valid = ", ".join(sorted(set(fields) - set(path))) or "nothing"
            raise RefusedError(f"This page does not know '{_shown(name)}'. It can be asked for: {valid}.")
        if not told:
            continue
        if typing.get_origin(fields[name].type) is tuple:
            values[name] = told
        elif len(told) > 1:
            raise RefusedError(f"'{name}' is given {len(told)} times. Give it once.")
        else:
            values[name] = told[0]
    missing = [name for name, field in fields.items() if field.required and name not in values]
    if missing:
        raise RefusedError(f"'{missing[0]}' is missing. Give it.")
    return kind(**{name: _value(name, value, fields[name].type) for name, value in values.items()})


def _value(name: str, given: Any, kind: Any) -> Any:
    """A field's value; None cannot be given, so 'null' is a word like others."""
    parts = tuple(part for part in typing.get_args(kind) if part is not type(None))
    whole = typing.Union[parts] if _is_union(kind) else kind  # noqa: UP007 - of parts that are known only here
    try:
        return msgspec.convert(given, whole, strict=False)
    except msgspec.ValidationError as error:
        shown = _shown(", ".join(given) if isinstance(given, list) else given)
        raise RefusedError(f"'{name}' is '{shown}'. {_valid(whole) or str(error).split(' - at')[0]}.") from error


def _is_union(kind: Any) -> bool:
    return typing.get_origin(kind) in (typing.Union, types.UnionType)


def _valid(kind: Any) -> str | None:
    """What a field can be, where that can be said shortly."""
    choices = _choices(kind)
    if choices:
        return f"It can be: {', '.join(map(str, choices))}"
    (number, *_), metas = (typing.get_args(kind) or (kind,)), getattr(kind, "__metadata__", ())
    words = {int: "a whole number", float: "a number"}.get(number)
    for meta in metas:
        if words is not None and meta.ge is not None and meta.le is not None:
            return f"It can be {words} from {meta.ge:g} to {meta.le:,}"
    return f"It can be {words}" if words is not None else None


def _choices(kind: Any) -> tuple[Any, ...]:
    if typing.get_origin(kind) is typing.Literal:
        return typing.get_args(kind)
    return tuple(choice for part in typing.get_args(kind) for choice in _choices(part))


def _shown(text: str) -> str:
    return shortened(one_line(text), _SHOWN)
