from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.briefing import brief_of, make_brief
from dragoman.briefing.subject import Subject
from dragoman.errors import UsageError
from dragoman.model import CodedArticle, CoderInfo
from dragoman.record import Record
from tests.briefing.builders import report
from tests.briefing.samples import KIM, LAVROV, ORDINARY, PRK, RUS, ordinary


def test_brief_tells_the_gist_in_figures() -> None:
    brief = ordinary()
    assert brief.title == "North Korea and Russia"
    assert "8 event reports from 8 articles of 3 publishers tell of 7 happenings" in brief.gist[0]
    assert "1 meeting between named persons is reported (Kim Jong Un – Sergei Lavrov 1)" in brief.gist[1]
    assert "100 % is cooperation (4)" in brief.gist[2]
    assert "1 happening rests only on the word of third parties; 1 is denied by somebody." in brief.gist


def test_brief_names_what_is_planned_after_the_last_article() -> None:
    last = [r for r in ORDINARY if (r.article.published or "") <= "2024-05-01"]
    brief = brief_of(last, (PRK, RUS))
    assert "Planned next: Vladimir Putin to visit North Korea (Jun 2024)." in brief.gist
    assert [line.id for line in brief.planned] == ["e6000000"]


def test_brief_says_what_became_of_a_plan() -> None:
    went = report("e900000000009", "Vladimir Putin/RUS", "PRK", mode="visit", date="2024-06-19")
    (planned,) = brief_of([*ORDINARY, went], (PRK, RUS)).planned
    assert planned.note == "took place by other reports"
    assert planned.see == "e9000000"


def test_brief_tells_dated_plans_of_others_in_the_same_articles() -> None:
    day = "2024-09-01"
    others = [
        report("f1", "USA", "JPN", status="planned", date=day, article="a-e100000000001"),
        report("f2", "USA", "KOR", status="planned", date=day),
        report("f3", "USA", "CHN", status="planned", article="a-e100000000001"),
    ]
    brief = brief_of(ORDINARY, (PRK, RUS), around=[*others, *ORDINARY])
    assert [line.id for line in brief.around] == ["f1"]
    assert brief.reports[-1].id == "f1"


def test_brief_counts_meetings_by_pair_with_place_and_event() -> None:
    (row,) = ordinary().meetings
    assert row.pair == "Kim Jong Un – Sergei Lavrov"
    assert [(t.date, t.place, t.id) for t in row.times] == [("2023-10-19", "Pyongyang", "e1000000")]


def test_brief_sets_denial_beside_the_claim_and_marks_it() -> None:
    brief = ordinary()
    (pair,) = brief.contested
    assert pair.denied.id == "e4000000"
    assert [line.id for line in pair.told] == ["e3000000"]
    (alleged,) = brief.alleged
    assert alleged.marks == ("alleged", "contested")
    assert alleged.according == "Ann Lee, by Morning Paper (published 2023-10-30)"


def test_brief_keeps_what_is_undated_out_of_order_and_chart() -> None:
    brief = ordinary()
    assert [line.id for line in brief.happened] == ["e1000000", "e5000000", "e7000000"]
    assert brief.undated == ()
    assert brief.undated_elsewhere == 1
    assert brief.series is not None
    assert brief.series.undated == 1


def test_brief_tells_what_each_said_of_the_other() -> None:
    korea, russia = ordinary().said
    assert korea.heading == "North Korea on Russia"
    assert [(s.speaker, s.line.id) for s in korea.sayings] == [("Kim Jong Un", "e7000000")]
    assert [(s.speaker, s.line.id) for s in russia.sayings] == [("Sergei Lavrov", "e5000000")]


def test_brief_quotes_a_happening_in_full_only_once() -> None:
    brief = ordinary()
    (promised,) = brief.promised
    assert promised.clauses == ()
    assert any(line.id == promised.id and line.clauses for line in brief.happened)


def test_brief_names_sources_and_whose_media_they_are() -> None:
    kinds = {source.publisher: (source.articles, source.reports, source.kind) for source in ordinary().sources}
    assert kinds["KCNA"] == (1, 1, "state media of North Korea")
    assert kinds["Morning Paper"] == (6, 6, None)


def test_brief_has_a_report_card_for_every_report() -> None:
    brief = ordinary()
    assert {card.event_id for card in brief.reports} == {r.event.id for r in ORDINARY}
    first = next(card for card in brief.reports if card.id == "e1000000")
    assert (first.before, first.clause, first.after) == (
        "On a grey morning. ",
        "Kim received Lavrov in Pyongyang",
        ". Nobody else came.",
    )


def test_brief_on_one_person_lists_counterparts() -> None:
    brief = brief_of(ORDINARY, (Subject(name="Sergei Lavrov"),))
    rows = [(c.name, c.happenings, c.meetings, c.cooperation, c.conflict) for c in brief.counterparts]
    assert rows == [("Kim Jong Un", 1, 1, 1, 0), ("North Korea", 1, 0, 1, 0)]


def test_brief_short_ids_are_unique() -> None:
    reports = [report(f"eaaaaaaaa{n}", "PRK", "RUS", date=f"2024-01-0{n}") for n in range(1, 4)]
    brief = brief_of(reports, (PRK, RUS))
    assert [line.id for line in brief.happened] == ["eaaaaaaaa1", "eaaaaaaaa2", "eaaaaaaaa3"]


def test_brief_of_nothing_is_empty() -> None:
    brief = brief_of([], (PRK, RUS))
    assert brief.gist == ()
    assert brief.reports == ()
    assert brief.series is None


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
    assert len(brief.reports) == 8


def test_make_brief_keeps_to_the_window(record: Record) -> None:
    brief = make_brief(record, ["PRK", "RUS"], since="2024")
    assert brief.window.since == "2024"
    assert [line.id for line in brief.happened] == ["e7000000"]


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
