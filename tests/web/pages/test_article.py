"""The page of an article: its text with all that was found in it, and hostile texts that do nothing."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from starlette.testclient import TestClient

from dragoman.model import (
    Article,
    Claim,
    CodedArticle,
    Dateline,
    Furniture,
    Mention,
    Problem,
    Span,
    Speaker,
)
from dragoman.record import Record
from dragoman.web import Settings, create_app, links
from dragoman.web.article_text import Run
from dragoman.web.desk import Desk
from dragoman.web.errors import NotFoundError, RefusedError
from dragoman.web.keeper import Keeper
from dragoman.web.pages.article import ArticleAsked, ArticlePage, article
from tests.briefing.builders import report
from tests.web.conftest import BASE, TOKEN
from tests.web.samples import CODER, LINE

EVIL = "<script>alert('x')</script><img src=x onerror=alert(1)>"
TEXT = (
    f"Kim 🚢🚢 met \u202eLavrov\u202c & {EVIL}\"quoted' in Pyong\u200byang.\r\n\r\n"
    + "Donau" * 20_000
    + "\n</p></div><style>*{display:none}</style> The end."
)


def spanned(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def mention(key: str, words: str, actor: str | None = None, country: str | None = None) -> Mention:
    at = spanned(words)
    return Mention(
        id=key, start=at.start, end=at.end, text=words, actor=actor, country=country, office=EVIL, how="description"
    )


def hostile() -> CodedArticle:
    """Spans that nest and cross, names and addresses that attack, words that cannot be seen, one word without end."""
    event = report("<b>e", f"Kim {EVIL}/PRK", "Lavrov/RUS", date="2024-01-02", place=EVIL).event
    clause = spanned("met \u202eLavrov\u202c & <script>")
    return CodedArticle(
        article=Article(
            id='evil/"><script>.json',
            text=TEXT,
            title=f"Title {EVIL}\u202e",
            publisher=f"Gazette {EVIL}",
            published="2024-01-03",
            url="javascript:alert(1)",
            dateline=Dateline(place=EVIL, agency=EVIL),
            reprint_of=EVIL,
            furniture=(Furniture(start=0, end=6, kind="dateline"), Furniture(start=4, end=20, kind="caption")),
        ),
        mentions=(
            mention("m1", "\u202eLavrov\u202c", "Sergei Lavrov", "RUS"),
            mention('"><script>', "Lavrov\u202c & <scr", f"Lav {EVIL}"),
            mention("m3", "Donau" * 20),
        ),
        claims=(
            Claim(
                id="c<1",
                speaker=Speaker(start=0, end=3, text="Kim", actor=EVIL),
                cue=spanned("met"),
                content=(spanned("Kim 🚢🚢 met"), spanned("script>alert")),
                kind="mixed",
                chain=(EVIL, EVIL),
            ),
        ),
        events=(replace(event, evidence=clause, chain=(EVIL,), contexts=(EVIL,)),),
        coder=CODER,
    )


def client_of(folder: Path, articles: Iterable[CodedArticle], problems: Iterable[Problem] = ()) -> Iterator[TestClient]:
    Record.create(folder).append(list(articles), list(problems))
    with TestClient(create_app(Settings(record=folder, token=TOKEN)), base_url=BASE) as made:
        yield made


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    yield from client_of(tmp_path_factory.mktemp("evil") / "record", [hostile()])


EVIL_PATH = links.article('evil/"><script>.json')


def shown(desk: Desk, **asked: object) -> ArticlePage:
    return article(desk, ArticleAsked(article_id="full", **asked))  # type: ignore[arg-type]


def runs(view: ArticlePage) -> list[Run]:
    return [run for each in view.paragraphs for run in each]


def test_article_has_its_text_by_paragraphs_with_furniture_told(desk: Desk) -> None:
    view = shown(desk)
    assert ["".join(run.text for run in each) for each in view.paragraphs] == LINE.split("\n\n")
    assert "".join(run.text for run in runs(view) if run.furniture == "call to subscribe") == "Subscribe to us."
    assert view.title == "Two leaders at the line"
    assert view.url == "https://news.example/line?a=1&b=2"


def test_article_runs_know_where_they_stand_in_the_text(desk: Desk) -> None:
    for run in runs(shown(desk)):
        assert LINE[run.start : run.start + len(run.text)] == run.text


def test_article_mentions_lead_to_who_is_meant(desk: Desk) -> None:
    first = next(run for run in runs(shown(desk)) if run.first == "m1")
    assert first.mention is not None
    assert first.mention.href == "/actor/Kim%20Jong%20Un"
    assert first.mention.note == "Kim Jong Un, Leader of North Korea, North Korea; by name"


def test_article_events_and_claims_have_tags_and_notes(desk: Desk) -> None:
    view = shown(desk)
    tags = {tag.label: tag for run in runs(view) for tag in run.tags}
    assert tags["E1"].id == "e30"
    assert "2024-08-02" in tags["E1"].words
    assert "according to Harbour Post; confidence 0.41" in tags["E1"].words
    assert tags["C1"].id == "c1"
    assert "".join(run.text for run in runs(view) if 1 in run.events) == "Kim Jong Un met Moon Jae-in on Friday"
    (note,) = view.events
    assert [side.how for side in note.actors] == ["by name"]
    assert note.incident is not None
    (claim,) = view.claims
    assert claim.content == "“The line is low”"


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        ((), {"mentions", "claims", "events"}),
        (("mentions,events",), {"mentions", "events"}),
        (("text", "claims"), {"claims"}),
        (("text",), set()),
    ],
)
def test_article_shows_the_layers_that_its_address_names(desk: Desk, show: tuple[str, ...], expected: set[str]) -> None:
    view = shown(desk, show=show)
    found = set()
    for run in runs(view):
        found |= {"mentions"} if run.mention else set()
        found |= {"claims"} if run.claims else set()
        found |= {"events"} if run.events else set()
    assert found == expected == {toggle.layer for toggle in view.toggles if toggle.shown}


def test_article_refuses_what_it_does_not_know(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="mentions, claims, events"):
        shown(desk, show=("all",))
    with pytest.raises(NotFoundError):
        article(desk, ArticleAsked(article_id="nothing"))


@pytest.mark.parametrize("add", ["", "5", "9-4", "0-99999", "a-b", "٣-٩9999999"])
def test_article_refuses_a_stretch_beyond_its_text(desk: Desk, add: str) -> None:
    with pytest.raises(RefusedError, match="stretch"):
        shown(desk, add=add)


def test_article_offers_its_sentences_for_an_event_that_was_missed(desk: Desk) -> None:
    view = shown(desk)
    chosen = view.sentences[1]
    start, end = map(int, chosen.value.split("-"))
    assert LINE[start:end] == chosen.words
    assert shown(desk, add=chosen.value).adding == chosen


def test_article_names_who_is_named(desk: Desk) -> None:
    assert [(row.who.name, row.times, row.how) for row in shown(desk).named] == [
        ("Kim Jong Un", 1, "name"),
        ("Moon Jae-in", 1, "name"),
    ]


def test_article_page_links_text_and_notes_both_ways(client: TestClient) -> None:
    page = client.get("/article/full").text
    for here, there in (("e30", "note-e30"), ("c1", "note-c1")):
        assert f'id="{here}"' in page
        assert f'href="#{there}"' in page
        assert f'id="{there}"' in page
        assert f'href="#{here}"' in page
    assert 'rel="noopener noreferrer"' in page
    assert page.count("<h1>") == 1


def test_article_twin_has_the_same_view(client: TestClient) -> None:
    twin = client.get("/article/full.json?show=events").json()
    assert twin["events"][0]["choice"]["id"] == "e30"
    assert not any("mention" in run for each in twin["paragraphs"] for run in each)


def test_article_tells_its_copies_and_what_was_mended(tmp_path: Path) -> None:
    words = "The two ministers met in the old harbour on Monday and spoke about fish, ships and the price of rope. " * 3
    text = f"{words}\nThey will meet again."

    def copy(key: str, publisher: str, day: str) -> CodedArticle:
        made = report(f"e-{key}", "Kim Jong Un/PRK", "Sergei Lavrov/RUS", date="2024-01-01").event
        event = replace(made, evidence=spanned("The two ministers met", text))
        told = Article(id=key, text=text, title="Fish", publisher=publisher, published=day, reprint_of="First Post")
        return CodedArticle(article=told, events=(event,), coder=CODER)

    articles = [copy("one", "First Post", "2024-01-02"), copy("two", "Second Post", "2024-01-03")]
    problem = Problem(
        kind="repaired",
        stage="reading",
        source="in.jsonl",
        line=3,
        field="text",
        article_id="two",
        reason="Was <broken>.",
    )
    for client in client_of(tmp_path / "record", articles, [problem]):
        twin = client.get("/article/two.json").json()
        assert [(c["publisher"]["name"], c["kind"]) for c in twin["copies"]] == [("First Post", "the original")]
        assert twin["problems"][0]["kind"] == "mended"
        assert "Was &lt;broken&gt;." in client.get("/article/two").text
        assert client.get("/article/one.json").json()["problems"] == []


def test_article_hostile_is_only_text(evil: TestClient) -> None:
    page = evil.get(EVIL_PATH)
    assert page.status_code == 200, page.text
    html = page.text
    tags = set(re.findall(r"<\s*/?\s*([a-zA-Z0-9]+)", html))
    assert not tags & {"img", "style", "iframe", "b>e"}
    assert "<script>alert" not in html
    assert html.count("<script") == len(re.findall(r'<script src="/static/[\w/.-]+\?v=\w+" defer></script>', html))
    assert "javascript:" not in re.sub(r"<span[^>]*>javascript:alert\(1\)</span>", "", html)
    assert not re.search(" (?:on[a-z]+|style)=", re.sub(r"&lt;.*?&gt;", "", html))
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\x1b]", html)


def test_article_hostile_keeps_every_character_and_offset(evil: TestClient) -> None:
    twin = evil.get(f"{EVIL_PATH}.json").json()
    for run in (run for each in twin["paragraphs"] for run in each):
        raw = TEXT[run["start"] : run["start"] + len(run["text"]) + len(run.get("gaps", ()))]
        assert "".join(c for n, c in enumerate(raw) if n not in run.get("gaps", ())) == run["text"]
    assert twin["left_out"] == 3
    assert twin["url"] is None
    words = "".join(r["text"] for each in twin["paragraphs"] for r in each if 1 in r.get("events", ()))
    assert words == "met Lavrov & <script>"


def large() -> CodedArticle:
    """5,000 words with 300 mentions, 60 events and 100 claims."""
    text = "\n".join(" ".join(["river Kim Jong Un spoke of the treaty and"] * 6) for _ in range(100))
    starts = [match.start() for match in re.finditer("Kim Jong Un", text)]
    base = report("x", "Kim Jong Un/PRK", "RUS", date="2024-01-01", type="SUPPORT").event
    return CodedArticle(
        article=Article(id="large", text=text, title="Large", publisher="Harbour Post", published="2024-01-02"),
        mentions=tuple(
            Mention(id=f"m{n}", start=s, end=s + 11, text="Kim Jong Un", actor="Kim Jong Un", country="PRK", how="name")
            for n, s in enumerate(starts[::2])
        ),
        claims=tuple(
            Claim(id=f"c{n}", content=(Span(start=s, end=s + 60, text=text[s : s + 60]),), kind="indirect")
            for n, s in enumerate(starts[::6])
        ),
        events=tuple(
            msgspec.structs.replace(base, id=f"e{n}", evidence=Span(start=s - 6, end=s + 40, text=text[s - 6 : s + 40]))
            for n, s in enumerate(starts[::10])
        ),
        coder=CODER,
    )


def test_article_page_is_quick(tmp_path: Path) -> None:
    made = large()
    assert (len(made.article.text.split()), len(made.mentions), len(made.events)) >= (5_000, 300, 60)
    for client in client_of(tmp_path / "record", [made]):
        client.get("/article/large")
        times = []
        for _ in range(5):
            began = time.process_time()
            assert client.get("/article/large").status_code == 200
            times.append(time.process_time() - began)
        assert min(times) < 0.4  # of one processor; 0.1 s where it was written


def test_article_view_of_an_own_desk_is_the_same_twice(made_record: Path) -> None:
    views = [msgspec.json.encode(article(Keeper(made_record).desk(), ArticleAsked(article_id="full"))) for _ in "12"]
    assert views[0] == views[1]


def test_article_shows_what_persons_decided(writer: TestClient) -> None:
    edited = writer.post("/event/e30/edit", data={"type": "AGREE", "because": "they signed"})
    assert edited.headers["location"] == "/article/full#e30"
    (note,) = writer.get("/article/full.json").json()["events"]
    assert note["choice"]["state"] == "edited"
    assert note["marks"][0]["text"] == "AGREE"
    assert note["incident"] is not None
    writer.post("/event/e30/reject")
    (note,) = writer.get("/article/full.json").json()["events"]
    assert note["choice"]["state"] == "rejected"
    assert note["incident"] is None
    assert 'class="event-note quad-1 rejected"' in writer.get("/article/full").text
    writer.post("/event/e30/undo")
    assert writer.get("/article/full.json").json()["events"][0]["choice"]["state"] == "edited"


def test_article_takes_an_event_that_was_missed(writer: TestClient) -> None:
    start = LINE.index("The line is low")
    fields = {
        "start": str(start),
        "end": str(start + 15),
        "type": "ACCUSE",
        "actors": "Kim Jong Un",
        "recipients": "KOR",
    }
    answer = writer.post("/article/full/add", data={**fields, "words": "The line is low"})
    assert answer.status_code == 303, answer.text
    twin = writer.get("/article/full.json").json()
    assert [(note["label"], note["choice"]["state"]) for note in twin["events"]] == [("E1", None), ("E2", "added")]
    words = "".join(run["text"] for each in twin["paragraphs"] for run in each if 2 in run.get("events", ()))
    assert words == "The line is low"


def test_article_with_many_events_opens_the_form_of_one(tmp_path: Path) -> None:
    for client in client_of(tmp_path / "record", [large()]):
        page = client.get("/article/large").text
        assert "/edit" not in page
        assert 'href="/article/large?correct=e3#note-e3"' in page
        assert client.get("/article/large?correct=e3").text.count('action="/event/e3/edit"') == 1
