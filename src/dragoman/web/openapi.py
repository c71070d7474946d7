"""The description of all addresses in OpenAPI 3.1, made of what the pages registered: nothing of it is written twice.

Fields, their kinds, choices and defaults are those of each `Asked`, answers those that views are annotated with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import msgspec

from dragoman.version import __version__
from dragoman.web.errors import ErrorAnswer
from dragoman.web.parameters import SEGMENT, WORDS
from dragoman.web.registered import JSON, Registered, words_of
from dragoman.web.security import ADDRESS_LIMIT, TOKEN_FIELD, TOKEN_HEADER

Json = dict[str, Any]
FORM: Final = "application/x-www-form-urlencoded"
_REF: Final = "#/components/schemas/{name}"
_ABOUT: Final = f"""\
What the workbench of a record shows, for programs: every page has a twin in JSON, at its address with `.json` after the
path. Text comes out of articles as it stands there and is not to be trusted.

**Pages of lists.** `page` and `per` choose; `pager` says where one is (`total`, `pages`) and leads to the `next` and
the `previous` part; so does the header `Link`. After the last one there is no `next`.

**Errors** are all `{{"error": {{"status": 422, "message": "..."}}}}`. An unknown address or id is 404, a method that an
address does not take 405, a field or value that it does not know 422, an address beyond {ADDRESS_LIMIT} letters 414, a
request under a strange host name 403.

**Asking again.** Answers carry an `ETag`; with `If-None-Match` what has not changed is 304 without content.
"""
_ERRORS: Final[Mapping[int, tuple[str, str]]] = MappingProxyType(
    {
        401: ("Password", "The password is missing or wrong."),
        403: ("Forbidden", "The token is missing, or the workbench is for reading only."),
        404: ("NotFound", "There is nothing of that name or id; near names are told."),
        413: ("TooLarge", "The request carries too much."),
        414: ("TooLong", "The address is too long."),
        422: ("Refused", "A field or value is not known here; what is valid is told."),
        429: ("TooMany", "Too many requests from one address; `Retry-After` says how many seconds to wait."),
    }
)
_READ: Final = (414, 422)
_WRITE: Final = (403, 404, 413, 414, 422)
_NAMING: Final = frozenset({"a", "about", "b", "by", "event", "of", "outlet", "party", "person", "publisher", "versus"})
"""Fields that name what may not be there."""
_LEFT_OUT: Final = "Not told here: `/review/name`, which keeps the name of a browser's reader in a cookie."


def document(
    found: Sequence[Registered],
    *,
    examples: Mapping[str, str] = MappingProxyType({}),
    guarded: bool = True,
    limited: bool = True,
) -> Json:
    """The description; `examples` are values for fields, `guarded` says that a password is asked for, `limited` that
    requests are counted.
    """
    answers = [each.gives for each in found if each.gives is not None]
    schemas, components = msgspec.json.schema_components([*answers, ErrorAnswer], ref_template=_REF)
    of_answers = dict(zip((each.path for each in found if each.gives is not None), schemas, strict=False))
    common = [*([401] if guarded else []), *([429] if limited else [])]
    paths: dict[str, Json] = {}
    for each in found:
        told = _operation(each, of_answers.get(each.path), examples, common)
        paths.setdefault(each.path, {})[each.method.lower()] = told
    made: Json = {
        "openapi": "3.1.0",
        "info": {"title": "Dragoman", "version": __version__, "description": f"{_ABOUT}\n{_LEFT_OUT}"},
        "paths": paths,
        "components": {
            "schemas": components,
            "responses": {name: _error(words, status) for status, (name, words) in _ERRORS.items()},
            "securitySchemes": _security(guarded),
        },
    }
    return made | ({"security": [{"password": []}]} if guarded else {})


def _operation(each: Registered, schema: Json | None, examples: Mapping[str, str], common: Sequence[int]) -> Json:
    fields = _fields(each)
    in_path = [name for name in fields if f"{{{name}}}" in each.path]
    rest = {name: field for name, field in fields.items() if name not in in_path}
    told: Json = {
        "operationId": _name(each),
        "summary": each.words.splitlines()[0] if each.words else each.path,
        "description": _words(each),
        "tags": [{"data": "JSON", "file": "Files", "form": "Decisions"}[each.kind]],
        "parameters": [_parameter(name, fields[name], "path", examples) for name in in_path],
        "responses": {},
    }
    if each.kind == "form":
        told["requestBody"] = _form(rest)
        told["security"] = [{"token": []} | ({"password": []} if 401 in common else {})]
    else:
        told["parameters"] += [_parameter(name, field, "query", examples) for name, field in rest.items()]
    naming = bool(in_path) or not _NAMING.isdisjoint(fields)
    errors = _WRITE if each.kind == "form" else (*([404] if naming else []), *_READ)
    told["responses"] = _answers(each, schema) | {
        str(status): {"$ref": f"#/components/responses/{_ERRORS[status][0]}"} for status in sorted((*errors, *common))
    }
    if each.path.endswith(".pdf"):
        told["responses"]["501"] = _error("The package that sets it is not installed.", 501)
    return told


def _answers(each: Registered, schema: Json | None) -> Json:
    """What is answered where nothing is wrong."""
    found: Json = {}
    if schema is not None:
        found["200"] = {"description": words_of(each.gives), "content": {JSON: {"schema": schema}}}
        found["304"] = {"description": "Who asks has it, by `If-None-Match`."}
    elif each.kind == "file":
        found["200"] = {"description": each.words, "content": {each.media: {"schema": {"type": "string"}}}}
    if each.moves:
        place = {"Location": {"description": "The address", "schema": {"type": "string"}}}
        found["303"] = {"description": "It is at another address.", "headers": place}
    return found


def _fields(each: Registered) -> dict[str, Json]:
    """The fields that an address takes, as schemas; whether one is required is said by its key 'required'."""
    _, components = msgspec.json.schema_components([each.asked])
    told = components[each.asked.__name__]
    required = told.get("required", ())
    kept = {name: field for name, field in told["properties"].items() if name not in each.ignores}
    return {name: _given(field) | {"required": name in required} for name, field in kept.items()}


def _given(field: Json) -> Json:
    """A field as it is given in an address, where None is to leave it out."""
    if "anyOf" in field:
        (kept,) = (each for each in field["anyOf"] if each != {"type": "null"})
        field = {**kept, **{key: value for key, value in field.items() if key != "anyOf"}}
    if "enum" in field:
        field = {**field, "enum": [each for each in field["enum"] if each is not None]}
    return {key: value for key, value in field.items() if not (key == "default" and value in (None, (), ""))}


def _parameter(name: str, field: Json, where: str, examples: Mapping[str, str]) -> Json:
    schema = {key: value for key, value in field.items() if key not in ("required", "description")}
    words = field.get("description") or WORDS[name]
    told: Json = {"name": name, "in": where, "schema": schema, "description": f"{words}."}
    if where == "path":
        told["description"] = f"{words}. {SEGMENT}"
    elif schema.get("type") != "string" and schema.get("items") != {"type": "string"}:
        told["allowEmptyValue"] = True  # an empty field of a form is one that is not given
    if where == "path" or field["required"]:
        told["required"] = True
        told |= {"example": examples[name]} if name in examples else {}
    return told


def _form(fields: Mapping[str, Json]) -> Json:
    properties = {
        name: {key: value for key, value in field.items() if key != "required"} | {"description": f"{WORDS[name]}."}
        for name, field in fields.items()
    }
    required = [name for name, field in fields.items() if field["required"]]
    schema: Json = {"type": "object", "properties": properties, "additionalProperties": False}
    return {"required": True, "content": {FORM: {"schema": schema | ({"required": required} if required else {})}}}


def _words(each: Registered) -> str:
    """What it gives and what it can be asked, and where the same is to be read."""
    place = f"The page for readers is at `{each.page}`." if each.page is not None else ""
    return "\n\n".join(part for part in (each.words, words_of(each.asked), place) if part)


def _name(each: Registered) -> str:
    """'dyad_one_other', 'brief_md', 'event_event_id_accept'."""
    path = each.path.removesuffix(".json").strip("/") or "overview"
    return "".join(letter if letter.isalnum() else "_" for letter in path).replace("__", "_").strip("_")


def _error(words: str, status: int) -> Json:
    """An error: as JSON at an address that ends so, else as a page."""
    content = {JSON: {"schema": {"$ref": _REF.format(name=ErrorAnswer.__name__)}}, "text/html": {"schema": {}}}
    told: Json = {"description": words, "content": content}
    if status == 429:
        told["headers"] = {"Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer"}}}
    return told


def _security(guarded: bool) -> Json:
    token = f"The token of this run of the workbench, from the field `{TOKEN_FIELD}` of any of its forms."
    schemes: Json = {"token": {"type": "apiKey", "in": "header", "name": TOKEN_HEADER, "description": token}}
    if guarded:
        words = "The password that the workbench was started with; the user's name is kept with what is decided."
        schemes["password"] = {"type": "http", "scheme": "basic", "description": words}
    return schemes
