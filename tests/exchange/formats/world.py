"""A few reports of ours and the incidents that they make, for tests of formats; and any events for hypothesis."""

from __future__ import annotations

import msgspec
from hypothesis import strategies as st

from dragoman.analysis.incidents import Incident, incidents
from dragoman.knowledge.ontology import load_ontology
from dragoman.model import CoderInfo, Event, Party, Place, ReportedEvent
from tests.analysis.ties import told
from tests.briefing.builders import report, unlike

CODER = CoderInfo(version="1.0", model="hand")
KIM, PUTIN = "Kim Jong Un/PRK", "Vladimir Putin/RUS"
CITY = Place(text="the capital", name="Pyongyang", country="PRK", lat=39.03, lon=125.75)


def visit() -> ReportedEvent:
    """A report of many values."""
    made = report(
        "visit", PUTIN, f"{KIM};CHN", mode="visit", symmetric=False, date="2024-06-19", evidence="met;\tat\nlength",
        title="A visit & more", publisher="Tass", published="2024-06-20", url="https://example.org/1",
    )  # fmt: skip
    parties = tuple(msgspec.structs.replace(p, sector="GOV", office="President") for p in made.event.actors)
    event = msgspec.structs.replace(
        made.event, actors=parties, contexts=("diplomatic", "military"), place=CITY, sentence=0
    )
    return msgspec.structs.replace(made, event=event)


def happened() -> list[ReportedEvent]:
    """A visit, a plan, sanctions, and a letter without a date, each in an article of its own words."""
    told_of = [
        told("plan", PUTIN, "PRK", status="planned", mode="visit", symmetric=False, date="2024-09-01",
             published="2024-08-20", words="will visit, and; sign"),
        told("sanction", "USA", "PRK", type="SANCTION", date="2024-03-02", published="2024-03-03"),
        told("letter", "RUS", "PRK", symmetric=False, date=None, published="2024-03-06"),
    ]  # fmt: skip
    return [visit(), *(unlike(t.reports[0]) for t in told_of)]


def found() -> list[Incident]:
    return sorted(incidents(happened()), key=lambda each: each.order)


def coded() -> list[tuple[ReportedEvent, CoderInfo | None]]:
    return [(each, CODER) for each in happened()]


words = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=12)


@st.composite
def reports(draw: st.DrawFn) -> ReportedEvent:
    """A dated fact with any words in it, each type with any of its modes."""
    entry = draw(st.sampled_from(sorted(load_ontology().types)))
    mode = draw(st.sampled_from([None, *load_ontology().types[entry].modes]))
    day = draw(st.dates()).isoformat()
    made = report("e", "PRK", "RUS", type=entry, mode=mode, date=day)  # type: ignore[arg-type]
    event: Event = msgspec.structs.replace(
        made.event,
        actors=(Party(text=draw(words), actor=draw(words), country=draw(st.sampled_from(["PRK", None]))),),
        recipients=(Party(text=draw(words), actor=draw(words), country="RUS"),),
    )
    return msgspec.structs.replace(made, event=event)
