"""Two sets of reports to print: one as news brings them, one in which everything is hostile."""

from __future__ import annotations

from dragoman.analysis.incidents import incidents
from dragoman.briefing.brief import Brief, Window
from dragoman.briefing.compose import brief_of
from dragoman.briefing.subject import Subject
from dragoman.model import ReportedEvent
from tests.briefing.builders import report, unlike

PRK = Subject(name="North Korea", code="PRK")
RUS = Subject(name="Russia", code="RUS")
KIM, LAVROV = "Kim Jong Un/PRK", "Sergei Lavrov/RUS"

SCRIPT = "<script>alert('x')</script><img src=x onerror=alert(1)>"
OVERRIDE = "\u202egnorw\u202c \u2066hidden\u2069 \x1b[31mred\x07 zero\u200bwidth"
ENORMOUS = "Donau" * 4000

_ORDINARY: list[ReportedEvent] = [
    report(
        "e100000000001",
        KIM,
        LAVROV,
        date="2023-10-19",
        place="Pyongyang",
        evidence="Kim received Lavrov in Pyongyang",
        published="2023-10-20",
        url="https://news.example/1",
    ),
    report("e200000000002", LAVROV, KIM, date="2023-10-19", publisher="Evening Paper", published="2023-10-20"),
    report(
        "e300000000003",
        "PRK",
        "RUS",
        type="AID",
        evidence="shells were sent by sea",
        said_by="Ann Lee/USA",
        published="2023-10-30",
    ),
    report(
        "e400000000004",
        "PRK",
        "RUS",
        type="AID",
        status="denied",
        evidence="no shells were ever sent",
        said_by=KIM,
        published="2023-11-02",
        publisher="KCNA",
    ),
    report(
        "e500000000005",
        LAVROV,
        "PRK",
        type="SUPPORT",
        date="2023-10-19",
        evidence="Lavrov praised his hosts",
        published="2023-10-20",
    ),
    report(
        "e600000000006",
        "Vladimir Putin/RUS",
        "PRK",
        type="CONSULT",
        mode="visit",
        status="planned",
        symmetric=False,
        date=("2024-06-01", "2024-06-30"),
        evidence="Putin will travel to Pyongyang in June",
        published="2024-05-01",
    ),
    report(
        "e700000000007",
        KIM,
        "RUS",
        type="AGREE",
        date="2024-01-05",
        evidence="Kim promised to send workers",
        published="2024-01-06",
    ),
    report("e800000000008", "RUS", "PRK", type="AID", status="hypothetical", evidence="fuel might be sent"),
]

ORDINARY = [unlike(each) for each in _ORDINARY]

HOSTILE: list[ReportedEvent] = [
    report(
        "e1",
        f"Kim {SCRIPT}/PRK",
        f"Lavrov {OVERRIDE}/RUS",
        date="2023-10-19",
        place=f"| Pyongyang {SCRIPT}",
        evidence=f"{SCRIPT} **bold** [link](javascript:alert(1)) | cell",
        title=f"</title>{SCRIPT}",
        publisher=f"Paper {SCRIPT} | pipe",
        url="javascript:alert(document.domain)",
    ),
    report("e2", "PRK", "RUS", type="ACCUSE", date="2024-01-02", evidence=ENORMOUS, url="data:text/html,<script>1"),
    report("e3", "PRK", "RUS", type="REJECT", evidence=f"{OVERRIDE} # heading", said_by=f"Ann {SCRIPT}/USA"),
    report(
        "e4",
        "PRK",
        "RUS",
        type="AID",
        status="denied",
        evidence="&amp; &lt;b&gt; {{ 7 * 7 }} {% raw %}",
        url="https://news.example/?q=<script>\u202e",
    ),
    report("e5", f"{ENORMOUS}/PRK", "RUS", type="THREATEN", date="2024-03-02", url=f"https://news.example/{ENORMOUS}"),
]


def ordinary() -> Brief:
    window = Window(record_articles=8, record_first="2023-10-20", record_last="2024-08-02")
    return brief_of(incidents(ORDINARY), (PRK, RUS), window=window)


def hostile() -> Brief:
    return brief_of(incidents(HOSTILE), (PRK, RUS), window=Window())
