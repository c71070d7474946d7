import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.reading import html
from dragoman.reading.html import extract_page, read_html

FIRST = "The foreign ministers of Norway and Finland signed an agreement on border trade on Tuesday."
SECOND = "The pact will take effect in June once both parliaments have approved it, the statement said."
WIRE = f"""<!DOCTYPE html><html lang="en"><head><title>Ministers sign pact - Northern Wire</title>
<meta property="og:site_name" content="Northern Wire"><meta property="og:title" content="Ministers sign pact">
<link rel="canonical" href="https://news.example/2024/03/12/pact">
<meta property="article:published_time" content="2024-03-12T22:10:00+09:00"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Ministers sign pact</h1>
<figure><img src="a.jpg"><figcaption>The two ministers in <b>Oslo</b>, March 12.</figcaption></figure>
<p>OSLO, March 12 (Reuters) - {FIRST}</p><p>{SECOND}</p></article><footer>Contact</footer></body></html>"""
# No paragraphs, a table for layout, unquoted attributes, an old encoding: pages of state agencies.
AGENCY = f"""<html><head><meta http-equiv=Content-Type content="text/html; charset=iso-8859-1">
<title>NEWS</title></head>
<body><table width=100%><tr><td><font size=5><b>President Receives Envoy</b></font><tr><td><div class=body>
&nbsp;&nbsp;Capital City, September 14 (KCNA) --{FIRST}<br><br>&nbsp;{SECOND}<br>It was the envoy’s first visit. -0-
</div></table></body></html>""".encode("cp1252")


def test_html_reads_a_page_of_a_wire() -> None:
    raw = read_html(WIRE.encode(), "a.html")
    assert (raw.title, raw.publisher, raw.published, raw.url) == (
        "Ministers sign pact", "Northern Wire", "2024-03-12", "https://news.example/2024/03/12/pact",
    )  # fmt: skip
    assert raw.captions == ("The two ministers in Oslo, March 12.",)
    lines = raw.text.split("\n")
    assert lines[-2:] == [f"OSLO, March 12 (Reuters) - {FIRST}", SECOND]
    assert raw.captions[0] in lines
    assert "Home" not in raw.text
    assert "Contact" not in raw.text


def test_html_reads_an_awkward_page_of_a_state_agency() -> None:
    raw = read_html(AGENCY, "a.html")
    lines = [line.strip() for line in raw.text.split("\n")]
    assert f"Capital City, September 14 (KCNA) --{FIRST}" in lines
    assert "It was the envoy’s first visit. -0-" in lines
    assert "|" not in raw.text
    assert raw.repairs == ()


def test_html_keeps_tables_of_figures() -> None:
    rows = "".join(f"<tr><td>{country}</td><td>{n}</td></tr>" for n, country in enumerate(["Norway", "Finland"]))
    page = extract_page(
        f"<html><body><article><p>{FIRST}</p><p>{SECOND}</p><table>{rows}</table></article>", source="a"
    )
    assert "Norway | 0" in page.text


def test_html_takes_no_address_for_an_outlet() -> None:
    page = extract_page(WIRE.replace('<meta property="og:site_name" content="Northern Wire">', ""), source="a.html")
    assert page.publisher != "news.example"


@pytest.mark.parametrize(
    "page", ["", "<html></html>", "<html><body>" + "<div>" * 50_000, "<html><body><!--", "<" * 300_000, "<p></p>"]
)
def test_html_refuses_pages_without_an_article(page: str) -> None:
    with pytest.raises(InputError):
        extract_page(page, source="a.html")


def test_html_loads_no_entities() -> None:
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body><p>&x; {FIRST}</p></body></html>'
    assert extract_page(page, source="a.html").text.endswith(FIRST)
    assert "&x;" in extract_page(page, source="a.html").text


def test_html_tells_of_parsers_that_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **options: object) -> None:
        raise RecursionError

    monkeypatch.setattr(html, "bare_extraction", fail)
    with pytest.raises(InputError, match="RecursionError"):
        extract_page(WIRE, source="a.html")


TAGS = st.sampled_from(
    [
        "<p>",
        "<div>",
        "</div>",
        "<table>",
        "<tr>",
        "<td>",
        "<figcaption>",
        "<br>",
        "<html>",
        "<!--",
        "-->",
        "&x;",
        "word",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(TAGS, st.text(max_size=10)), max_size=25))
def test_html_gives_a_page_or_input_error(parts: list[str]) -> None:
    with contextlib.suppress(InputError):
        assert extract_page("".join(parts), source="a.html").text.strip()
