"""The sources of a selection as references: reports in, each article once out, as BibTeX or CSL-JSON."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from typing import BinaryIO, Final

import msgspec

from dragoman.briefing.cards import safe_url
from dragoman.briefing.wording import one_line
from dragoman.exchange.formats.parts import Told
from dragoman.exchange.formats.tables import Written
from dragoman.model import Article

UNTITLED: Final = "Untitled"
MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ESCAPES: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def write_bibtex(told: Iterable[Told], stream: BinaryIO) -> Written:
    """An @article an article, with the publisher as its journal; UTF-8, so for biber or a BibTeX that knows it."""
    written = Written()
    for article in articles_of(told):
        fields = _bibtex(article)
        lines = "".join(f"  {name} = {value},\n" for name, value in fields.items())
        stream.write(f"@article{{{key_of(article)},\n{lines}}}\n\n".encode("utf-8", "replace"))
        written.rows += 1
    return written


def write_csl(told: Iterable[Told], stream: BinaryIO) -> Written:
    """One array of CSL-JSON items of the type article-newspaper, as Zotero, pandoc and citeproc read it."""
    items = [_csl(article) for article in articles_of(told)]
    stream.write(msgspec.json.format(msgspec.json.encode(items), indent=1) + b"\n")
    return Written(rows=len(items))


def articles_of(told: Iterable[Told]) -> list[Article]:
    """The articles of the reports, each once, by day, publisher and id."""
    found = {reported.article.id: reported.article for reported, _ in told}
    return sorted(found.values(), key=lambda a: (a.published or "", a.publisher or "", a.id))


def key_of(article: Article) -> str:
    """A key for citing: publisher, year and a few letters of the id's hash, such as 'tass2024a1b2c3'."""
    plain = unicodedata.normalize("NFKD", article.publisher or "unknown").encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]", "", plain.lower())[:20] or "source"
    digest = hashlib.sha256(article.id.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{name}{(article.published or '')[:4]}{digest}"


def _bibtex(article: Article) -> dict[str, str]:
    day = article.published
    url = safe_url(article.url)
    texts = {
        "title": f"{{{_escaped(article.title or UNTITLED)}}}",
        "journal": _escaped(article.publisher) if article.publisher else None,
        "year": day[:4] if day else None,
        "day": str(int(day[8:10])) if day else None,
        "url": url.replace("{", "%7B").replace("}", "%7D") if url else None,
        "langid": article.language,
    }
    fields = {name: f"{{{value}}}" for name, value in texts.items() if value}
    return fields | ({"month": MONTHS[int(day[5:7]) - 1]} if day else {})


def _escaped(text: str) -> str:
    return "".join(ESCAPES.get(letter, letter) for letter in one_line(text))


def _csl(article: Article) -> dict[str, object]:
    day = article.published
    item = {
        "id": key_of(article),
        "type": "article-newspaper",
        "title": one_line(article.title or UNTITLED),
        "container-title": one_line(article.publisher) if article.publisher else None,
        "issued": {"date-parts": [[int(part) for part in day.split("-")]]} if day else None,
        "URL": safe_url(article.url),
        "language": article.language,
    }
    return {name: value for name, value in item.items() if value is not None}
