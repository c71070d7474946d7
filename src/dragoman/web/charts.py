"""Charts: the script that draws Vega-Lite specifications, served by us, and what all our specifications share."""

from __future__ import annotations

import functools
import json
import re
from typing import Any, Final

import msgspec
import vl_convert
from fastapi import APIRouter
from fastapi.responses import Response

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
VL_VERSION: Final = "6.4"
PRINTED: Final = {
    "--ink": "#18202a", "--soft": "#525d6c", "--rule": "#d9dee6", "--rule-strong": "#aeb7c4", "--highlight": "#fdeeb5",
    "--q1": "#7fb2dd", "--q2": "#1f5f9e", "--q3": "#f0b27a", "--q4": "#b3440f", "--paper": "#ffffff",
}  # fmt: skip
"""The colours of app.css on paper. Specifications name them, as "var(--q1)", so that charts follow the theme."""
WIDTH: Final = 900
_NAMED: Final = re.compile(r"var\((--[\w-]+)\)")

router = APIRouter()


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """A chart for the macro `chart`: its specification, what it shows in words, and its figures as a table."""

    id: str
    spec: dict[str, Any]
    words: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def spec(**parts: Any) -> dict[str, Any]:
    """A Vega-Lite specification as wide as its place. Colours of text and rules are set by app.js to fit the theme."""
    return {"$schema": SCHEMA, "background": "transparent", "width": "container"} | parts


def layers(drawn: list[dict[str, Any]]) -> dict[str, Any]:
    """Layers as a part of a specification; each may have data of its own."""
    return {"layer": drawn}


def signed(score: float, digits: int = 1) -> str:
    """A score with its sign, a true minus; zero has none."""
    told = f"{score:+.{digits}f}"
    return told[1:] if float(told) == 0 else told.replace("-", "−")


def drawn_svg(made: dict[str, Any]) -> str:
    """A specification drawn by the server, for readers without JavaScript and for print; takes about a second."""
    text = _NAMED.sub(lambda name: PRINTED[name.group(1)], json.dumps(made))
    printed = json.loads(text) | {"background": PRINTED["--paper"]}
    printed.pop("width", None)
    for part in printed.get("vconcat", [printed]):
        part["width"] = WIDTH
    svg: str = vl_convert.vegalite_to_svg(printed, vl_version=VL_VERSION)
    return svg


@router.get("/static/vega.js", include_in_schema=False)
def vega() -> Response:
    """Vega, Vega-Lite and Vega-Embed in one script."""
    return Response(
        bundle(), media_type="text/javascript", headers={"Cache-Control": "private, max-age=31536000, immutable"}
    )


@functools.cache
def bundle() -> str:
    """The script, put together once in a process; that takes a second or two."""
    made: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", VL_VERSION)
    return made
