"""Which expression dates which event, within a sentence and across an article."""

from __future__ import annotations

import pytest

from dragoman.coding.claims import Claims
from dragoman.coding.dates import DateStep
from dragoman.coding.draft import Candidate, Draft
from dragoman.coding.status import StatusStep
from dragoman.model import Dateline, EventType, Furniture
from tests.coding.candidates import add
from tests.coding.drafts import draft

PUBLISHED = "2024-03-15"  # a Friday


def date_of(candidate: Candidate) -> str | None:
    """The date as ISO days, one day or 'first/last'."""
    if candidate.date is None:
        return None
    start, end = candidate.date.start, candidate.date.end
    return start if start == end else f"{start}/{end}"


def dated(made: Draft) -> list[str | None]:
    StatusStep()(made)
    DateStep()(made)
    return [date_of(c) for c in made.candidates]


def one(text: str, trigger: str, event_type: EventType = "CONSULT", nth: int = 0) -> str | None:
    made = draft(text, published=PUBLISHED)
    add(made, trigger, event_type, nth=nth)
    return dated(made)[0]


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("Kim met Lavrov in Pyongyang on Thursday.", "met", "2024-03-14"),
        ("On Thursday, Kim met Lavrov.", "met", "2024-03-14"),
        ("Kim and Lavrov held talks on March 12.", "talks", "2024-03-12"),
        ("Biden will host a summit on Aug. 18.", "summit", "2024-08-18"),
        ("Talks scheduled for Tuesday will cover trade.", "Talks", "2024-03-19"),
        ("The summit held last June changed little.", "summit", "2023-06-01/2023-06-30"),
        ("The meeting, which took place on Monday, was short.", "meeting", "2024-03-11"),
        ("Kim attended Thursday's parade.", "attended", "2024-03-14"),
        ("Choe attended a forum held in Kazan from March 4 to 6.", "attended", "2024-03-04/2024-03-06"),
        ("The 2019 Hanoi summit collapsed.", "summit", "2019-01-01/2019-12-31"),
        ("Wang sent a message of greeting to Lavrov on March 4.", "sent", "2024-03-04"),
        ("They met in Sochi on Monday, where they agreed on a truce.", "agreed", "2024-03-11"),
        ("Rabat ordered the envoys last month to leave.", "ordered", "2024-02-01/2024-02-29"),
        ("Rabat ordered the envoys to leave last month.", "ordered", "2024-02-01/2024-02-29"),
        ("They met on the sidelines of Monday's forum.", "met", "2024-03-11"),
        ("Visiting Accra on Monday, the envoy met nobody.", "met", "2024-03-11"),
        ("The envoys spoke ten days after the March 1 vote.", "spoke", "2024-03-11"),
        ("Before he meets the pope on Saturday, he will visit Rome.", "meets", "2024-03-16"),
        ("The talks begin on Monday.", "begin", "2024-03-18"),
        ("The strike announced for Monday was called off.", "strike", "2024-03-18"),
        ("By Tuesday the ships will have passed the strait.", "passed", "2024-03-19"),
        ("The baskets were handed to officials concerned on March 4.", "handed", "2024-03-04"),
        ("They met in Accra in January and spoke by phone on March 4.", "phone", "2024-03-04"),
        ("Kenya ordered the envoy to leave and withdrew its own from Accra on Monday.", "ordered", "2024-03-11"),
        ("The king received the envoy, who visited Accra on Monday.", "received", "2024-03-11"),
        ("On Monday he is to see the king.", "see", "2024-03-18"),
        ("The envoy returned home by air on Monday after visiting Accra and Lagos.", "visiting", "2024-03-11"),
        ("The envoy returned home on Monday after attending a forum in Accra.", "forum", "2024-03-11"),
    ],
)
def test_dates_direct(text: str, trigger: str, day: str) -> None:
    assert one(text, trigger) == day


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The rebels rejected Monday's offer.", "rejected"),
        ("Baku demanded an apology over the crash of December 25.", "demanded"),
        ("The court sentenced him over a 2017 killing.", "sentenced"),
        ("The king praised the envoy, who resigned on Monday.", "praised"),
        ("The king received envoys that visited Accra on Monday.", "received"),
        ("Tass said on Thursday that Kim met Lavrov.", "met"),  # the day of the report
        ("After talks on Monday, Kim met Lavrov.", "met"),  # the day of the talks
        ("Kim praised the treaty signed in June.", "praised"),  # the treaty's day
        ("Kim met Lavrov ahead of Thursday's parade.", "met"),
        ("Kim sent a message to mark the Day of the Sun.", "sent"),
        ("According to the ministry on Thursday, Kim met Lavrov.", "met"),
        ("The envoy returned on Monday after praising the king.", "praising"),
        ("Kim met Lavrov.", "met"),  # never the day of publication
    ],
)
def test_dates_do_not_leak(text: str, trigger: str) -> None:
    assert one(text, trigger) is None


def test_dates_two_times_in_one_sentence() -> None:
    text = "According to the White House the same day, Biden will host a summit on Aug. 18."
    assert one(text, "host") == "2024-08-18"


def test_dates_joined_verbs_share_a_time_of_one_tense() -> None:
    made = draft("Kim met Lavrov on Thursday and vowed to help Moscow.", published=PUBLISHED)
    add(made, "met", "CONSULT")
    add(made, "vowed", "AGREE")
    assert dated(made) == ["2024-03-14", "2024-03-14"]


def test_dates_joined_verbs_of_two_tenses_do_not() -> None:
    made = draft("Kim met Lavrov on Thursday and will visit Moscow in May.", published=PUBLISHED)
    add(made, "met", "CONSULT")
    add(made, "visit", "CONSULT")
    assert dated(made) == ["2024-03-14", "2024-05-01/2024-05-31"]


def test_dates_present_reproach_takes_the_day_of_saying() -> None:
    assert one("Lavrov said on Thursday that the West is waging a war.", "waging", "ACCUSE") == "2024-03-14"
    assert one("Lavrov said on Thursday that the West had waged a war.", "waged", "ACCUSE") is None


def test_dates_dateline_comes_before_publication() -> None:
    made = draft("Kim met Lavrov on Thursday.", published="2024-03-21", dateline=Dateline(date="2024-03-15"))
    add(made, "met", "CONSULT")
    assert dated(made) == ["2024-03-14"]


def test_dates_keep_expression_granularity_and_basis() -> None:
    made = draft("Kim met Lavrov earlier this month.", published=PUBLISHED)
    candidate = add(made, "met", "CONSULT")
    DateStep()(made)
    assert candidate.date is not None
    assert (candidate.date.expression, candidate.date.granularity, candidate.date.basis) == (
        "earlier this month", "month", "stated",
    )  # fmt: skip


MEETING = (
    "Kim received Shoigu with honours.\n"
    "The meeting, which took place a day before Thursday’s parade, lasted an hour."
)  # fmt: skip


def test_dates_later_mention_dates_the_same_meeting() -> None:
    made = draft(MEETING, ("Kim", "Kim Jong Un", "PRK"), ("Shoigu", "Sergei Shoigu", "RUS"), published=PUBLISHED)
    add(made, "received", "CONSULT", "Kim", "Shoigu")
    add(made, "meeting", "CONSULT", "Kim", "Shoigu")
    assert dated(made) == ["2024-03-13", "2024-03-13"]


def test_dates_sentence_about_the_meeting_dates_it() -> None:
    text = "Kim received Shoigu with honours.\nThe talks were held a day before Thursday's parade."
    made = draft(text, published=PUBLISHED)
    add(made, "received", "CONSULT")
    assert dated(made) == ["2024-03-13"]


def test_dates_meeting_of_others_is_another_meeting() -> None:
    made = draft(MEETING, ("Kim", "Kim Jong Un", "PRK"), ("Shoigu", "Li Hongzhong", "CHN"), published=PUBLISHED)
    add(made, "received", "CONSULT", "Kim", "Shoigu")
    meeting = add(made, "meeting", "CONSULT", "Kim")
    meeting.recipients = []
    meeting.actors = [made.mentions[0].__class__(id="x", start=0, end=1, text="USA", country="USA", how="name")]
    assert dated(made) == [None, "2024-03-13"]


def test_dates_story_goes_on_in_the_simple_past() -> None:
    text = "Kim received Shoigu on March 12. Shoigu thanked Kim for the welcome."
    made = draft(text, ("Kim", "Kim Jong Un", "PRK"), ("Shoigu", "Sergei Shoigu", "RUS"), published=PUBLISHED)
    add(made, "received", "CONSULT", "Kim", "Shoigu")
    add(made, "thanked", "SUPPORT", "Shoigu", "Kim")
    assert dated(made) == ["2024-03-12", "2024-03-12"]


def test_dates_story_leaves_what_had_happened_before() -> None:
    text = "Kim received Shoigu on March 12. Shoigu had thanked Kim for shells."
    made = draft(text, ("Kim", "Kim Jong Un", "PRK"), ("Shoigu", "Sergei Shoigu", "RUS"), published=PUBLISHED)
    add(made, "received", "CONSULT", "Kim", "Shoigu")
    add(made, "thanked", "SUPPORT", "Shoigu", "Kim")
    assert dated(made) == ["2024-03-12", None]


def test_dates_that_day_follows_the_last_day_spoken_of() -> None:
    made = draft(
        "Kim met Shoigu a day before Thursday's parade. A Chinese envoy also arrived that day.", published=PUBLISHED
    )
    add(made, "met", "CONSULT")
    add(made, "arrived", "CONSULT")
    assert dated(made) == ["2024-03-13", "2024-03-13"]


def test_dates_announced_statement_takes_the_day_of_its_release() -> None:
    text = "The Foreign Ministry released on Thursday the following press statement.\nWe strongly denounce the drills."
    made = draft(text, published=PUBLISHED)
    add(made, "denounce", "ACCUSE")
    assert dated(made) == ["2024-03-14"]


def test_dates_announced_statement_without_a_day_rests_on_the_dateline() -> None:
    text = "The Foreign Ministry issued the following statement.\nWe strongly denounce the drills."
    made = draft(text, published="2024-03-16", dateline=Dateline(date=PUBLISHED))
    candidate = add(made, "denounce", "ACCUSE")
    assert dated(made) == [PUBLISHED]
    assert candidate.date is not None
    assert candidate.date.basis == "dateline"


def test_dates_caption_keeps_its_date_to_itself() -> None:
    caption = "Kim meets with Putin, April 25, 2019."
    text = f"{caption}\nKim met Lavrov that day."
    made = draft(text, published=PUBLISHED, furniture=(Furniture(start=0, end=len(caption), kind="caption"),))
    add(made, "meets", "CONSULT")
    add(made, "met", "CONSULT")
    assert dated(made) == ["2019-04-25", None]


def test_dates_without_any_reference() -> None:
    made = draft("Kim met Putin on Sept. 13, 2023. They met again on Friday.")
    add(made, "met", "CONSULT")
    add(made, "met", "CONSULT", nth=1)
    assert dated(made) == ["2023-09-13", None]


@pytest.mark.parametrize(
    ("text", "trigger", "event_type", "day"),
    [
        ('"We condemn the coup," the minister said on Tuesday.', "condemn", "ACCUSE", "2024-03-12"),
        (
            '"We urge restraint," Guterres said on Monday. "We call for talks," he added.',
            "call",
            "REQUEST",
            "2024-03-11",
        ),
        ('"We will continue to back the truce," the minister said on Tuesday.', "back", "SUPPORT", "2024-03-12"),
        ('"We went on to back the truce," the minister said on Tuesday.', "back", "SUPPORT", None),
        ('"We condemn the coup," the minister said.', "condemn", "ACCUSE", None),
        ('"They bombed the port," the minister said on Tuesday.', "bombed", "ASSAULT", None),
        ('"Tomorrow we will meet him," Barzani said on Sunday.', "meet", "CONSULT", "2024-03-11"),
        ("He said on Sunday that he would meet him tomorrow.", "meet", "CONSULT", "2024-03-16"),
    ],
)
def test_dates_of_what_is_said(text: str, trigger: str, event_type: EventType, day: str | None) -> None:
    made = draft(text, published=PUBLISHED)
    Claims()(made)
    add(made, trigger, event_type)
    assert dated(made) == [day]


@pytest.mark.parametrize(
    ("actor", "day"),
    [("We", "2024-03-12"), ("court", None)],  # whose disappointment it is, and whose rejection
)
def test_dates_what_a_speaker_feels_now_about_what_was_done(actor: str, day: str | None) -> None:
    text = '"We are disappointed that the court rejected the request," the minister said on Tuesday.'
    made = draft(text, (actor, None, None), published=PUBLISHED)
    Claims()(made)
    add(made, "rejected", "REJECT", actors=actor)
    assert dated(made) == [day]


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("The leaders spoke on Saturday. They agreed to meet again.", "agreed", "2024-03-09"),
        ("Delegations met on Monday. The talks ended without a deal.", "ended", "2024-03-11"),
        ("The ministers met on Monday. At the meeting, they signed a pact.", "signed", "2024-03-11"),
        ("The leaders spoke on Saturday. Poland agreed to host them.", "agreed", None),
        ("The leaders spoke on Saturday. They had agreed to meet.", "agreed", None),
        ("The vote of Monday was close. They agreed to meet.", "agreed", None),
    ],
)
def test_dates_a_sentence_that_goes_on(text: str, trigger: str, day: str | None) -> None:
    made = draft(text, published=PUBLISHED)
    add(made, trigger, "CONSULT")
    assert dated(made) == [day]


def test_dates_count_from_the_main_clause() -> None:
    made = draft("A day after the North fired a missile, the envoys met on Tuesday.", published=PUBLISHED)
    add(made, "fired", "MOBILIZE")
    add(made, "met", "CONSULT")
    assert dated(made) == ["2024-03-11", "2024-03-12"]


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("Canada has imposed sanctions on ten officials.", "imposed", PUBLISHED),
        ("The minister is meeting his counterpart at the border.", "meeting", PUBLISHED),
        ("Canada imposed sanctions on ten officials.", "imposed", None),
        ("Canada has long supported the rebels.", "supported", None),
        ("In recent months Togo has sheltered families.", "sheltered", None),
        ("The city is quiet. Canada has imposed sanctions.", "imposed", None),
    ],
)
def test_dates_of_a_lead_that_tells_what_has_just_been_done(text: str, trigger: str, day: str | None) -> None:
    made = draft(text, published="2024-03-16", dateline=Dateline(date=PUBLISHED))
    candidate = add(made, trigger, "SANCTION")
    assert dated(made) == [day]
    assert candidate.date is None or candidate.date.basis == "dateline"
