from __future__ import annotations

from msgspec.structs import replace

from dragoman.model import Claim, Event, Mention, Span
from dragoman.record.reviewed import Coding, added_id, overlay
from dragoman.record.reviews import Changes, Kind, Review, verdicts
from tests.record.builders import event, party

TEXT = "On Friday Kim met Putin. Lavrov said that Seoul had threatened the North."


def words(text: str, within: str = TEXT) -> Span:
    start = within.index(text)
    return Span(start=start, end=start + len(text), text=text)


MEETING = replace(event("e1", "PRK", "RUS", date="2024-08-02"), evidence=words("Kim met Putin"))
THREAT = replace(event("e2", "KOR", "PRK", type="THREATEN"), evidence=words("Seoul had threatened the North"))
CLAIM = Claim(id="c1", content=(words("Seoul had threatened the North"),), kind="indirect", chain=("Lavrov", "Post"))


def coding(*events: Event, text: str = TEXT, coding_id: str = "k1") -> Coding:
    return Coding(id=coding_id, text=text, publisher="Post", events=events, claims=(CLAIM,))


def decided(*rows: tuple[Kind, Event, Changes | None]) -> list[Review]:
    when = "2024-08-02T10:00:00+00:00"
    return [Review(kind=k, who="Ann", when=when, article="a1", event=e, changes=c) for k, e, c in rows]


def test_reviewed_rejected_events_are_gone_and_accepted_ones_are_sure() -> None:
    found = overlay(
        verdicts(decided(("reject", THREAT, None), ("accept", MEETING, None))), {"a1": coding(MEETING, THREAT)}
    )
    assert found.hidden == {("k1", 0), ("k1", 1)}
    assert [(row.position, row.event) for row in found.rows] == [(0, replace(MEETING, confidence=1.0))]
    assert found.verdicts["e2"].state == "rejected"
    assert found.coded["e2"].event == THREAT
    assert found.lost == ()


def test_reviewed_an_edit_holds_for_the_same_words_under_another_id_and_takes_the_rest_from_there() -> None:
    rows = decided(("edit", MEETING, Changes(status="denied", recipients=(party("CHN"),))))
    anew = replace(MEETING, id="e9", place=None, sentence=4)
    found = overlay(verdicts(rows), {"a1": coding(anew)})
    [row] = found.rows
    assert (row.event.id, row.event.status, row.event.sentence) == ("e9", "denied", 4)
    assert [p.country for p in row.event.recipients] == ["CHN"]


def test_reviewed_an_edit_is_found_where_the_coder_has_come_to_the_same() -> None:
    rows = decided(("edit", replace(MEETING, type="ACCUSE"), Changes(type="CONSULT")))
    found = overlay(verdicts(rows), {"a1": coding(replace(MEETING, id="e9"))})
    assert found.lost == ()
    assert found.rows[0].event.type == "CONSULT"


def test_reviewed_what_matches_nothing_any_more_is_lost_and_changes_nothing() -> None:
    rows = decided(("reject", MEETING, None), ("accept", THREAT, None))
    found = overlay(verdicts(rows), {"a1": coding(replace(MEETING, id="e9", type="AID"))})
    assert [v.event.id for v in found.lost] == ["e1", "e2"]
    assert (found.rows, found.hidden) == ((), frozenset())
    assert len(overlay(verdicts(rows), {}).lost) == 2


def test_reviewed_two_alike_are_told_apart_by_id_and_by_words() -> None:
    again = replace(MEETING, id="e3", evidence=words("met Putin"))
    rows = decided(("reject", MEETING, None), ("accept", again, None))
    same = overlay(verdicts(rows), {"a1": coding(again, MEETING)})
    assert [(row.position, row.event.id) for row in same.rows] == [(0, "e3")]
    anew = overlay(verdicts(rows), {"a1": coding(replace(again, id="x3"), replace(MEETING, id="x1"))})
    assert [row.event.id for row in anew.rows] == ["x3"]
    assert anew.verdicts["x1"].state == "rejected"


def test_reviewed_a_decision_on_an_older_coding_yields_to_one_on_the_newer() -> None:
    rows = decided(("reject", MEETING, None), ("accept", replace(MEETING, id="e9"), None))
    found = overlay(verdicts(rows), {"a1": coding(replace(MEETING, id="e9"))})
    assert [row.event.id for row in found.rows] == ["e9"]
    assert found.lost == ()


def test_reviewed_added_events_stand_with_claim_chain_and_mentions_of_the_coding() -> None:
    missed = replace(THREAT, id=added_id("a1", THREAT), claim=None, chain=())
    found = overlay(verdicts(decided(("add", missed, None))), {"a1": coding(MEETING)})
    [row] = found.rows
    assert row.position == 1
    assert (row.event.claim, row.event.chain, row.event.sentence) == ("c1", ("Lavrov", "Post"), 1)
    assert row.event.id == missed.id
    assert found.hidden == frozenset()


def test_reviewed_added_events_follow_their_words_and_are_lost_with_them() -> None:
    rows = verdicts(decided(("add", replace(THREAT, id="p1"), None)))
    longer = "SEOUL -- " + TEXT
    [row] = overlay(rows, {"a1": coding(text=longer)}).rows
    assert longer[row.event.evidence.start : row.event.evidence.end] == THREAT.evidence.text
    assert len(overlay(rows, {"a1": coding(text="Nothing of it.")}).lost) == 1


def test_reviewed_an_added_event_that_the_coder_finds_as_well_stands_once() -> None:
    rows = verdicts(decided(("add", replace(THREAT, id="p1"), None)))
    found = overlay(rows, {"a1": coding(MEETING, replace(THREAT, id="e7"))})
    assert [(row.position, row.event.id) for row in found.rows] == [(1, "p1")]
    assert found.hidden == {("k1", 1)}


def test_reviewed_parties_are_at_the_nearest_mention_of_them() -> None:
    north = [
        Mention(id=f"m{n}", start=at, end=at + 3, text="Kim", actor="North Korea", country="PRK", how="name")
        for n, at in enumerate((0, 68))
    ]
    rows = verdicts(decided(("edit", THREAT, Changes(recipients=(party("PRK"),)))))
    found = overlay(rows, {"a1": replace(coding(THREAT), mentions=tuple(north))})
    assert [p.mention for p in found.rows[0].event.recipients] == ["m1"]
