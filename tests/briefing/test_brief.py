from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.analysis.incidents import incidents, references
from dragoman.briefing import Brief, brief_of, make_brief
from dragoman.briefing.brief import Window
from dragoman.briefing.compose import KEY
from dragoman.briefing.figures import text_of
from dragoman.briefing.subject import Subject
from dragoman.errors import UsageError
from dragoman.model import CodedArticle, CoderInfo, ReportedEvent
from dragoman.record import Record
from dragoman.record.decisions import Decision, add_decision
from tests.briefing.builders import report, unlike
from tests.briefing.samples import HOSTILE, KIM, LAVROV, ORDINARY, PRK, RUS, ordinary

PUTIN = "Vladimir Putin/RUS"


def made(*reports: ReportedEvent, window: Window | None = None) -> Brief:
    return brief_of(incidents(map(unlike, reports)), (PRK, RUS), window=window)


def gist(brief: Brief) -> list[str]:
    return [text_of(told) for told in brief.gist]


def events(brief: Brief, id: str) -> set[str]:
    """The short ids of the events of an incident, copies included."""
    card = next(card for card in brief.cards if card.entry.id == id)
    return {r.id for r in card.reports} | {again.id for r in card.reports for again in r.again}


def test_brief_tells_the_gist_in_figures() -> None:
    extent, level, contacts, pledged, sourcing, *_ = gist(ordinary())
    assert extent == (
        "6 incidents from 8 reports in 8 articles by 3 publishers: 3 took place, 2 only announced or possible, "
        "1 told and denied."
    )
    assert level.startswith("Of what took place, 4 are cooperation and 0 conflict; 1 is a deed, the rest words.")
    assert contacts == "1 other meeting. Last: Kim Jong Un and Sergei Lavrov met, 2023-10-19, Pyongyang."
    assert pledged.startswith("Of 2 pledges up to 2024-08-02, 1 is overdue, 1 open")
    assert "1 is alleged by third parties alone; 1 claim is denied." in sourcing


def test_brief_leads_every_number_of_the_gist_to_what_it_counts() -> None:
    brief = ordinary()
    figures = {figure.anchor: figure for figure in brief.figures}
    known = {*figures, *brief.entries, "incidents", "sources"}
    pieces = [piece for told in brief.gist for piece in told if piece.to]
    assert pieces
    assert {piece.to for piece in pieces} <= known
    for piece in pieces:
        if piece.to in figures and piece.text.isdigit():
            assert int(piece.text) == len(figures[piece.to].ids)
    assert {id for figure in brief.figures for id in figure.ids} <= set(brief.entries)


def test_brief_counts_a_plan_and_what_came_of_it_once() -> None:
    day = "2024-06-19"
    plan = report("e1", PUTIN, KIM, status="planned", mode="visit", date=day, published="2024-06-12")
    held = report("e2", PUTIN, KIM, mode="visit", date=day, place="Pyongyang", published="2024-06-20", after=" there.")
    brief = made(plan, held)
    (entry,) = brief.key
    assert entry.standing == "took place"
    assert entry.place == "Pyongyang"
    assert events(brief, entry.id) == {"e1", "e2"}
    assert any(fact.startswith("How it came: 2024-06-12 announced") for fact in brief.cards[0].facts)
    assert brief.pledges == ()


def test_brief_counts_copies_once_and_says_so() -> None:
    paragraph = " ".join(f"word{n}" for n in range(60))
    copies = [
        report(f"e{n}", KIM, LAVROV, date="2023-10-19", after=f". {paragraph}", publisher=f"Paper {n}") for n in (1, 2)
    ]
    brief = brief_of(incidents(copies), (PRK, RUS))
    (entry,) = brief.key
    assert (entry.words, entry.reports, entry.copies) == (1, 2, 1)
    (card,) = brief.cards
    assert [(r.id, [a.id for a in r.again]) for r in card.reports] == [("e1", ["e2"])]
    assert [(s.name, s.articles, s.copies) for s in brief.sources] == [("Paper 1", 1, 0), ("Paper 2", 1, 1)]


def test_brief_has_contacts_by_kind_with_the_guest_first() -> None:
    visit = report("e1", LAVROV, "PRK", mode="visit", symmetric=False, date="2023-10-19")
    call = report("e2", KIM, PUTIN, mode="phone", date="2024-01-02")
    letter = report("e3", PUTIN, KIM, symmetric=False, published="2024-02-02")
    brief = made(visit, call, letter)
    assert [group.heading for group in brief.contacts] == [
        "Visits, guest → host (1)",
        "Telephone calls (1)",
        "Letters and messages, sender → receiver (1)",
    ]
    assert [row.who for group in brief.contacts for row in group.rows] == [
        "Sergei Lavrov → North Korea",
        "Kim Jong Un – Vladimir Putin",
        "Vladimir Putin → Kim Jong Un",
    ]
    assert brief.contacts[0].rows[0].place == "North Korea"
    assert "Pyongyang received Moscow once; 1 call; 1 letter." in gist(brief)[2]


def test_brief_says_what_is_the_first_meeting_since() -> None:
    met = [report(f"e{year}", KIM, PUTIN, date=f"{year}-04-25", published=f"{year}-04-26") for year in (2019, 2023)]
    (group,) = made(*met).contacts
    assert [row.note for row in group.rows] == ["first in this record", "first since 2019-04-25"]


def test_brief_counts_meetings_without_a_day_apart() -> None:
    brief = made(report("e1", KIM, LAVROV, date="2023-10-19"), report("e2", KIM, PUTIN, published="2024-05-05"))
    (group,) = brief.contacts
    assert [row.entry.when for row in group.rows] == ["2023-10-19"]
    assert text_of(group.rest) == "1 more, earlier or without a day."


def test_brief_lists_pledges_that_wait_the_overdue_first() -> None:
    overdue, waiting = ordinary().pledges
    assert (overdue.state, overdue.kind, overdue.due) == ("overdue", "schedule", "Jun 2024")
    assert (waiting.state, waiting.kind, waiting.words) == ("open", "promise", "Kim promised to send workers")


def test_brief_sets_denial_beside_the_claim_and_marks_it() -> None:
    brief = ordinary()
    (dispute,) = brief.disputes
    assert dispute.what == "North Korea gave aid to Russia"
    assert [(s.words, s.event) for s in dispute.told] == [("shells were sent by sea", "e3000000")]
    assert [s.event for s in dispute.denied] == ["e4000000"]
    (entry,) = [e for e in brief.entries.values() if e.event == "e3000000"]
    assert (entry.standing, entry.marks) == ("contested", ("alleged by third parties",))


def test_brief_tells_what_third_parties_alone_tell_as_alleged() -> None:
    (entry,) = made(report("e1", "PRK", "RUS", type="AID", said_by="Ann Lee/USA")).key
    assert (entry.standing, entry.marks) == ("alleged", ())


def test_brief_tells_a_few_incidents_in_full_and_the_rest_in_the_appendix() -> None:
    many = [
        report(f"e{n:08}", "PRK", "RUS", type="AID", date=f"{1990 + n // 12}-{n % 12 + 1:02}-01") for n in range(100)
    ]
    brief = made(*many)
    assert (len(brief.key), len(brief.others), len(brief.cards)) == (KEY, 100 - KEY, 100)
    assert not {e.id for e in brief.key} & {e.id for e in brief.others}


def test_brief_tells_what_is_unusual_against_the_past() -> None:
    old = [report(f"old{n}", "PRK", "RUS", type="ACCUSE", date=f"2023-0{n}-10", published=f"2023-0{n}-11",
                  evidence=f"accused over matter{n}") for n in range(1, 10)]  # fmt: skip
    new = [report(f"new{n}", "RUS", "PRK", type="AID", date=f"2024-09-{10 + n}", published=f"2024-09-{11 + n}",
                  evidence=f"sent load{n}") for n in range(8)]  # fmt: skip
    days = tuple((r.article.published or "", 1) for r in (*old, *new))
    window = Window(record_first=days[0][0], record_last=days[-1][0], articles=days)
    (line,) = [told for told in map(text_of, made(*old, *new, window=window).unusual) if "AID" in told]
    assert line.startswith("Acts of aid (AID) by Russia: 8 from 2024-06-21 to 2024-09-18")


def test_brief_names_sources_and_whose_media_they_are() -> None:
    kinds = {source.name: (source.articles, source.reports, source.kind) for source in ordinary().sources}
    assert kinds["KCNA"] == (1, 1, "state media of North Korea")
    assert kinds["Morning Paper"] == (6, 6, "")
    assert [(q.name, q.kind) for q in ordinary().quoted] == [
        ("Ann Lee", "a third party (United States)"),
        ("Kim Jong Un", "a party to it (North Korea)"),
    ]


def test_brief_has_a_card_for_every_report() -> None:
    brief = ordinary()
    cards = {r.id: r for card in brief.cards for r in card.reports}
    assert {r.event_id for r in cards.values()} == {r.event.id for r in ORDINARY}
    first = cards["e1000000"]
    assert (first.before, first.clause, first.after) == (
        "On a grey morning. ",
        "Kim received Lavrov in Pyongyang",
        ". Nobody else came.",
    )


def test_brief_charts_what_took_place_with_its_index() -> None:
    brief = ordinary()
    assert brief.series is not None
    assert [len(point.found) for point in brief.series.points if point.found] == [2, 1]
    assert brief.series.undated == 1
    assert brief.turns == ()


def test_brief_on_one_person_lists_counterparts() -> None:
    brief = brief_of(incidents(ORDINARY), (Subject(name="Sergei Lavrov"),))
    rows = [(c.name, text_of(c.incidents), text_of(c.meetings), text_of(c.conflict)) for c in brief.counterparts]
    assert ("Kim Jong Un", "1", "1", "0") in rows
    assert ("North Korea", "1", "0", "0") in rows


def test_brief_short_ids_are_unique() -> None:
    reports = [report(f"eaaaaaaaa{n}", "PRK", "RUS", date=f"2024-01-0{n}") for n in range(1, 4)]
    assert {r.id for card in made(*reports).cards for r in card.reports} == {"eaaaaaaaa1", "eaaaaaaaa2", "eaaaaaaaa3"}


def test_brief_of_nothing_is_empty() -> None:
    brief = made()
    assert brief.gist == ()
    assert brief.cards == ()
    assert brief.series is None


def test_brief_does_not_hang_on_the_order_given() -> None:
    for reports in (ORDINARY, HOSTILE):
        assert made(*reports) == made(*reversed(reports))


@pytest.fixture
def record(tmp_path: Path) -> Record:
    record = Record.create(tmp_path / "record")
    record.append(
        CodedArticle(
            article=r.article,
            events=(r.event,),
            claims=(r.claim,) if r.claim else (),
            coder=CoderInfo(version="1.0", model="hand"),
        )
        for r in ORDINARY
    )
    return record


def test_make_brief_reads_the_record_and_its_span(record: Record) -> None:
    brief = make_brief(record, ["PRK", "russian"])
    assert brief.title == "North Korea and Russia"
    assert brief.window.record_articles == 8
    assert (brief.window.record_first, brief.window.record_last) == ("2023-10-20", "2024-08-02")
    assert len(brief.cards) == 6


def test_make_brief_keeps_to_the_window_but_knows_what_was_before(record: Record) -> None:
    brief = make_brief(record, ["PRK", "RUS"], since="2024", until="2024-02")
    assert brief.window.since == "2024-01-01"
    assert [entry.date for entry in brief.key] == ["2024-01-05"]
    assert brief.others == ()


def test_make_brief_respects_what_a_person_decided(record: Record) -> None:
    before = make_brief(record, ["PRK", "RUS"])
    met = next(i for i in incidents(record.events()) if i.type == "CONSULT" and len(i.reports) == 2)
    moved = references(met, only={"e200000000002"})
    add_decision(record.path, Decision(kind="split", reports=moved, rest=references(met, only={"e100000000001"})))
    assert len(make_brief(record, ["PRK", "RUS"]).cards) == len(before.cards) + 1


def test_make_brief_takes_a_person_by_part_of_the_name(record: Record) -> None:
    assert make_brief(record, ["lavrov"]).title == "Sergei Lavrov"
    assert make_brief(record, [KIM.partition("/")[0], "RUS"]).title == "Kim Jong Un and Russia"
    assert LAVROV.startswith("Sergei Lavrov")


@pytest.mark.parametrize(
    ("who", "told"),
    [
        (["Sergei Lavrof"], "Did you mean 'Sergei Lavrov'"),
        (["PRK", "north korea"], "Both parties are North Korea"),
        (["PRK", "RUS", "CHN"], "3 were given"),
        ([], "0 were given"),
        (["  "], "empty"),
    ],
)
def test_make_brief_refuses_unknown_parties(record: Record, who: list[str], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        make_brief(record, who)
