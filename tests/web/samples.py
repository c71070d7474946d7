"""A small record for tests of pages, made by hand: a tie that turned, plans, a denial, and a hostile article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from dragoman.model import Article, Claim, CodedArticle, CoderInfo, Furniture, Mention, ReportedEvent, Span, Speaker
from dragoman.record import Record
from tests.briefing.builders import report

CODER = CoderInfo(version="1.0", model="hand")
KIM, PUTIN, LAVROV, XI = "Kim Jong Un/PRK", "Vladimir Putin/RUS", "Sergei Lavrov/RUS", "Xi Jinping/CHN"

SCRIPT = "<script>alert('x')</script><img src=x onerror=alert(1)>"
OVERRIDE = "\u202egnorw\u202c \u2066hidden\u2069 \x1b[31mred\x07 zero\u200bwidth"
ENORMOUS = "Donau" * 400

REPORTS: tuple[ReportedEvent, ...] = (
    report("e01", KIM, PUTIN, date="2019-04-25", place="Vladivostok", evidence="Kim met Putin in Vladivostok",
           published="2019-04-26", publisher="Harbour Post"),
    report("e02", "RUS", "PRK", type="ACCUSE", date="2020-02-03", evidence="Moscow faulted the launch",
           published="2020-02-04", publisher="Harbour Post"),
    report("e03", "RUS", "PRK", type="SANCTION", date="2020-03-10", evidence="Russia cut the port off",
           published="2020-03-11", publisher="Evening Paper"),
    report("e04", LAVROV, KIM, mode="visit", symmetric=False, date="2023-10-19", place="Pyongyang",
           evidence="Lavrov was received by Kim in Pyongyang", published="2023-10-20", publisher="Morning Paper",
           url="https://news.example/lavrov"),
    report("e05", KIM, LAVROV, date="2023-10-19", evidence="Kim and Lavrov talked for an hour", published="2023-10-21",
           publisher="Evening Paper"),
    report("e06", LAVROV, "PRK", type="SUPPORT", date="2023-10-19", evidence="Lavrov praised his hosts",
           said_by=LAVROV, published="2023-10-20", publisher="TASS"),
    report("e07", "PRK", "RUS", type="AID", date="2023-10-28", evidence="shells went north by sea",
           said_by="Ann Lee/USA", published="2023-10-30", publisher="Morning Paper"),
    report("e08", "PRK", "RUS", type="AID", status="denied", date="2023-10-28", evidence="no shells went north by sea",
           said_by=KIM, published="2023-11-02", publisher="KCNA"),
    report("e09", PUTIN, "PRK", mode="visit", status="planned", symmetric=False, date=("2024-06-01", "2024-06-30"),
           evidence="Putin will travel to Pyongyang in June", published="2024-05-01", publisher="Harbour Post"),
    report("e10", PUTIN, KIM, mode="visit", symmetric=False, date="2024-06-19", place="Pyongyang",
           evidence="Putin was received by Kim", published="2024-06-20", publisher="Morning Paper"),
    report("e11", KIM, PUTIN, type="AGREE", symmetric=True, date="2024-06-19", evidence="Kim and Putin signed a treaty",
           published="2024-06-20", publisher="Harbour Post"),
    report("e12", KIM, "RUS", type="AGREE", evidence="Kim promised to send builders", published="2024-06-21",
           publisher="Evening Paper"),
    report("e13", XI, KIM, date="2019-06-20", place="Pyongyang", evidence="Xi met Kim in Pyongyang",
           published="2019-06-21", publisher="Morning Paper"),
    report("e14", "CHN", "PRK", type="REQUEST", date="2024-05-28", evidence="China asked the North to be patient",
           published="2024-05-29", publisher="Evening Paper"),
    report("e15", "PRK", "KOR", type="THREATEN", date="2024-06-02", evidence="the North warned of more balloons",
           published="2024-06-03", publisher="KCNA"),
    report("e16", "KOR", "PRK", type="SANCTION", date="2024-06-04", evidence="Seoul suspended the pact of 2018",
           published="2024-06-05", publisher="Harbour Post"),
    report("e17", "USA", "PRK", type="REQUEST", status="habitual", evidence="Washington calls for talks without terms",
           published="2024-06-06", publisher="Morning Paper"),
    report("e18", "PRK", "USA", type="REJECT", date="2024-06-07", evidence=f"the North refused {SCRIPT} {OVERRIDE}",
           article="hostile", title=f"{SCRIPT}{ENORMOUS}", published="2024-06-08", publisher=f"Gazette {SCRIPT}",
           url="javascript:alert(1)"),
    report("e19", "PRK", "RUS", type="AID", date="2024-06-10", evidence="the North shipped rockets to Russia",
           said_by="~two officials/KOR", published="2024-06-12", publisher="Harbour Post"),
    report("e20", "RUS", "PRK", type="AID", status="planned", date=("2024-06-10", "2024-06-15"),
           evidence="Russia will send fuel by the middle of the month", published="2024-06-05", publisher="TASS"),
)  # fmt: skip

LINE = """GOYANG, Aug. 2 (Harbour Post) -- Kim Jong Un met Moon Jae-in on Friday. "The line is low," Kim said.

Subscribe to us."""


def span(words: str, text: str = LINE) -> Span:
    """Where the words first stand in a text."""
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def mention(mention_id: str, name: str, country: str, office: str) -> Mention:
    """A mention by name in `LINE`."""
    where, actor_id = span(name), f"person:{name.lower().replace(' ', '-')}"
    return Mention(
        id=mention_id,
        start=where.start,
        end=where.end,
        text=name,
        actor=name,
        actor_id=actor_id,
        country=country,
        sector="GOV",
        office=office,
        how="name",
    )


def full_article() -> CodedArticle:
    """One article with mentions, a claim, furniture and an event that name each other, as a coder leaves them."""
    speaker = span("Kim said").start
    event = report("e30", KIM, "Moon Jae-in/KOR", date="2024-08-02", place="Panmunjom").event
    return CodedArticle(
        article=Article(
            id="full",
            text=LINE,
            title="Two leaders at the line",
            publisher="Harbour Post",
            published="2024-08-02",
            url="https://news.example/line?a=1&b=2",
            furniture=(
                Furniture(start=0, end=span("Kim").start, kind="dateline"),
                Furniture(start=span("Subscribe").start, end=len(LINE), kind="subscribe"),
            ),
        ),
        mentions=(
            mention("m1", "Kim Jong Un", "PRK", "Leader of North Korea"),
            mention("m2", "Moon Jae-in", "KOR", "President of South Korea"),
        ),
        claims=(
            Claim(
                id="c1",
                speaker=Speaker(start=speaker, end=speaker + 3, text="Kim", actor="Kim Jong Un", country="PRK"),
                cue=span("said"),
                content=(span("The line is low"),),
                kind="direct",
                chain=("Kim Jong Un", "Harbour Post"),
            ),
        ),
        events=(
            replace(
                event,
                actors=(replace(event.actors[0], mention="m1"),),
                recipients=(replace(event.recipients[0], mention="m2"),),
                evidence=span("Kim Jong Un met Moon Jae-in on Friday"),
                chain=("Harbour Post",),
                confidence=0.41,
            ),
        ),
        coder=CODER,
    )


def coded(reports: Iterable[ReportedEvent]) -> Iterator[CodedArticle]:
    """A coded article for each report."""
    for each in reports:
        claims = () if each.claim is None else (each.claim,)
        yield CodedArticle(article=each.article, claims=claims, events=(each.event,), coder=CODER)


def write_record(folder: Path) -> Record:
    """A record of all of the above."""
    record = Record.create(folder)
    record.append([*coded(REPORTS), full_article()])
    return record
