from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from dragoman.briefing import Brief, brief_of, to_pdf, write_pdf
from dragoman.briefing.pdf import sources
from dragoman.errors import UsageError
from tests.briefing.samples import PRK, RUS, SCRIPT, hostile, ordinary

pytest.importorskip("typst")


def inside(pdf: bytes) -> bytes:
    """The PDF with its compressed streams unpacked."""
    found = [pdf]
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, flags=re.DOTALL):
        try:
            found.append(zlib.decompress(match[1]))
        except zlib.error:
            continue
    return b"\n".join(found)


@pytest.mark.parametrize(
    "brief", [ordinary(), hostile(), brief_of([], (PRK, RUS))], ids=["ordinary", "hostile", "none"]
)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_pdf_is_set_with_title_language_and_no_date(brief: Brief, paper: str) -> None:
    pdf = to_pdf(brief, paper=paper)
    assert pdf.startswith(b"%PDF-")
    words = inside(pdf)
    assert b"North Korea and Russia" in words
    assert b"Dragoman" in words
    assert b"/Lang" in words
    assert b"pdfuaid" in words
    assert b"/CreationDate" not in words
    width = {"a4": b"595.", "letter": b"612"}[paper]
    assert re.search(rb"/MediaBox ?\[ ?0 0 " + re.escape(width), words)


def test_pdf_has_links_that_lead_somewhere() -> None:
    words = inside(to_pdf(ordinary()))
    linked = words.count(b"/Subtype /Link") + words.count(b"/Subtype/Link")
    assert linked > 40
    assert b"https://news.example/1" in words


def test_pdf_takes_no_hostile_text_for_markup() -> None:
    """Whatever would be markup arrives as JSON and is no part of the template."""
    template, inputs = sources(hostile(), "a4")
    assert SCRIPT in json.loads(inputs["data"])["cards"][0]["reports"][0]["title"]
    assert b"{{ 7 * 7 }}" not in template
    words = inside(to_pdf(hostile()))
    assert b"/JavaScript" not in words
    assert not re.search(rb"/URI ?\((?!https?:)", words)


def test_pdf_is_the_same_bytes_in_another_process() -> None:
    code = (
        "import hashlib; from tests.briefing.samples import ordinary; from dragoman.briefing import to_pdf;"
        "print(hashlib.sha256(to_pdf(ordinary())).hexdigest())"
    )
    other = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "1"}
    )
    assert other.stdout.strip() == hashlib.sha256(to_pdf(ordinary())).hexdigest()


def test_pdf_without_typst_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(UsageError, match=r"dragoman\[pdf\]"):
        to_pdf(ordinary())


def test_pdf_refuses_paper_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="It can be: a4, letter"):
        to_pdf(ordinary(), paper="napkin")
    with pytest.raises(UsageError, match="cannot be written"):
        write_pdf(ordinary(), tmp_path)
