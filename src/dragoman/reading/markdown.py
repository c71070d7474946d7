"""Markdown to an article: front matter says what it is, the body after it is the text, unchanged."""

from __future__ import annotations

import re

import yaml

from dragoman.errors import InputError
from dragoman.reading.encoding import decode, mend_mojibake
from dragoman.reading.fields import check_fields
from dragoman.reading.raw import RawArticle

FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(?P<yaml>.{0,20000}?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)


def read_markdown(data: bytes, source: str) -> RawArticle:
    """The article of a Markdown file.

    Raises `InputError` when the bytes are no text or the front matter is not a flat list of known fields.
    """
    decoded = decode(data, source=source)
    text, mended = mend_mojibake(decoded.text)
    match = FRONT_MATTER.match(text)
    fields = _read_front_matter(match["yaml"], source) if match else {}
    return RawArticle(
        source=source,
        text=text[match.end() :] if match else text,
        markdown=True,
        repairs=decoded.repairs + mended,
        **fields,  # type: ignore[arg-type]  # names and types are those that check_fields lets through
    )


def _read_front_matter(matter: str, source: str) -> dict[str, str]:
    try:
        # BaseLoader leaves every scalar a text: '2024-08-02' stays as written, and nothing is constructed.
        values = yaml.load(matter, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else None
        raise InputError("The front matter is not YAML; write 'name: value'.", source=source, line=line) from None
    if values is None or values == "":
        return {}
    if not isinstance(values, dict):
        raise InputError("The front matter must be lines of 'name: value'.", source=source, line=1)
    fields = check_fields(values, source=source)
    for name in ("text", "html"):
        if name in fields:
            raise InputError("The text stands below the front matter, not in it.", source=source, field=name)
    return fields
