"""Templates to HTML: one Jinja2 environment, always escaping, with the words and links that all templates use."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dragoman.briefing.cards import safe_url
from dragoman.briefing.wording import one_line, seen
from dragoman.knowledge.ontology import load_ontology
from dragoman.version import __version__
from dragoman.web import links
from dragoman.web.charts import signed

STATIC: Final = Path(__file__).parent / "static"
HEADINGS: Final = {
    401: "Password",
    403: "Not allowed",
    404: "Not found",
    413: "Too large",
    414: "Too long",
    422: "That cannot be asked",
    429: "Too many requests",
}
FAILED: Final = "That did not work"


def render(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page out of a template; every template has the navigation, the token and the address of the page's twin."""
    state = request.app.state
    query = f"?{request.url.query}" if request.url.query else ""
    shell = {
        "nav": state.nav,
        "here": request.url.path,
        "twin": (links.twin(request.url.path) + query) if values.get("view") is not None else None,
        "token": state.settings.token,
        "read_only": state.settings.read_only,
        "user": request.scope.get("dragoman.user"),
        "record_name": state.settings.record.resolve().name,
        "stale": state.keeper.stale,
        "span": state.keeper.desk().span,
        "version": __version__,
        "assets": state.assets,
    }
    made = _environment.get_template(template).render({**shell, **values, "status": status})
    return HTMLResponse(made.lstrip() + "\n", status_code=status)


def bare(template: str, status: int, headers: Mapping[str, str] | None, **values: Any) -> Response:
    """A page that needs no record and tells nothing of it."""
    made = _environment.get_template(template).render({"heading": HEADINGS.get(status, FAILED), **values})
    return HTMLResponse(made + "\n", status_code=status, headers=headers)


def _script_json(value: Any) -> Markup:
    """JSON to stand in a <script type="application/json">: nothing in it can end the element or open another."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _count(number: int, one: str, many: str | None = None) -> str:
    """'1 report', '1,204 reports'."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _environment_made() -> Environment:
    made = Environment(
        loader=PackageLoader("dragoman.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"one_line": one_line, "seen": seen, "script_json": _script_json, "signed": signed}
    made.globals |= {"links": links, "safe_url": safe_url, "count": _count, "ontology": load_ontology}
    return made


_environment: Final = _environment_made()
