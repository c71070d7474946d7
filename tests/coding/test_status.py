"""Status of a trigger from its sentence: each rule of language takes one sentence and leaves another."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.coding.claims import Claims
from dragoman.coding.status import StatusStep, status_of
from dragoman.errors import KnowledgeError
from dragoman.knowledge import status as knowledge
from dragoman.model import EventType, Mention
from tests.coding.candidates import add
from tests.coding.drafts import draft

ACTUAL = [
    ("Zambia did not hesitate to endorse the plan.", "endorse"),
    ("Before visiting Hanoi, the king stopped in Vientiane.", "visiting"),
    ("Who shot the mayor?", "shot"),
    ("The monks stopped feeding the troops.", "feeding"),
    ("The group claims that the army shot the boys.", "shot"),
    ("Kim refused to meet Lee.", "refused"),
    ("The leaders agreed to hold talks.", "agreed"),
    ("Why did Russia attack Ukraine?", "attack"),
    ("Seoul accused Pyongyang of sending troops to Russia.", "sending"),
    ("Kyiv said Russia attacked the city.", "attacked"),
    ("Kim met Putin to discuss trade.", "discuss"),
    ("The meeting took place in Hanoi.", "meeting"),
    ("Kim met Putin and will visit Moscow.", "met"),
    ("Kim did not meet Moon but sent a letter.", "sent"),
    ("Iran is believed to have attacked the ship.", "attacked"),
    ("The ministers held talks in Geneva.", "talks"),
    ("Washington imposed sanctions on Moscow.", "sanctions"),
    ("Ahead of the visit, Lavrov criticised Washington.", "criticised"),
    ("Putin was the first leader to visit Pyongyang since 2000.", "visit"),
    ("Xi is visiting Moscow.", "visiting"),
    ("Kim met not only Putin but also Xi.", "met"),
    ("The attack, which Moscow denies, killed three people.", "attack"),
]
PLANNED = [
    ("The meeting scheduled for Tuesday will be chaired by Angola.", "meeting"),
    ("The trip, which will take the king to Asia, has two parts.", "trip"),
    ("The parties agreed on talks in Geneva.", "talks"),
    ("Unions have called a strike.", "strike"),
    ("A parade is to be held in May.", "parade"),
    ("The date for the talks has been fixed.", "talks"),
    ("Biden will host a summit at Camp David.", "host"),
    ("Biden will host a summit at Camp David.", "summit"),
    ("Putin is to visit Pyongyang next month.", "visit"),
    ("The two are set to meet in May.", "meet"),
    ("Kim plans to visit Russia.", "visit"),
    ("Kim was scheduled to meet Putin.", "meet"),
    ("The talks are expected to begin on Monday.", "talks"),
    ("Moscow is preparing for Putin's visit.", "visit"),
    ("Lavrov announced an upcoming visit to China.", "visit"),
    ("The leaders agreed to hold talks.", "talks"),
    ("The leaders vowed to expand trade.", "expand"),
    ("The summit was postponed.", "summit"),
    ("Kim arrived in Moscow to meet Putin.", "meet"),
    ("Moscow said it would send grain to Pyongyang.", "send"),
    ("The visit is planned for May.", "visit"),
    ("Kim met Putin and will visit Moscow.", "visit"),
    ("Putin has agreed to visit North Korea.", "visit"),
    ("Wang Yi will meet and hold talks with Lavrov.", "talks"),
    ("The two countries agreed that they would cooperate.", "cooperate"),
    ("Lavrov said the planned visit had been delayed.", "visit"),
    ("The talks will resume on Monday.", "talks"),
]
HYPOTHETICAL = [
    ("The army is capable of invading within days.", "invading"),
    ("A war over the reef is conceivable.", "war"),
    ("The condition for a deal is that Tehran free the sailors.", "free"),
    ("It is not clear that the generals met.", "met"),
    ("The report does not say that the army shot the boys.", "shot"),
    ("The marines simulated an attack on a port.", "attack"),
    ("The opposition is in favour of talks.", "talks"),
    ("Were the union to pay, the deal would hold.", "pay"),
    ("The walls are there to prevent an attack.", "attack"),
    ("Russia could help North Korea.", "help"),
    ("Kim may visit Moscow.", "visit"),
    ("Kim may not visit Moscow.", "visit"),
    ("It is unclear whether Moscow would help Pyongyang.", "help"),
    ("If Russia attacks Poland, NATO will respond.", "attacks"),
    ("The US would respond if North Korea attacked.", "respond"),
    ("Seoul urged Pyongyang to return to talks.", "return"),
    ("Pyongyang threatened to attack Seoul.", "attack"),
    ("Moscow wants to buy shells from Pyongyang.", "buy"),
    ("Seoul hopes to resume talks with Pyongyang.", "talks"),
    ("Will Russia attack Ukraine?", "attack"),
    ("Moscow did not rule out talks with Kyiv.", "talks"),
    ("Biden called for talks with Kim.", "talks"),
    ("The two sides discussed the possibility of a summit.", "summit"),
    ("A full-scale assault could lead to a flow of refugees.", "assault"),
    ("The plan is designed to prevent an attack on the city.", "attack"),
    ("Kim is likely to visit Russia.", "visit"),
    ("Putin invited Kim to visit Russia.", "visit"),
    ("Washington is considering sanctions on Moscow.", "sanctions"),
    ("China supports efforts to resume dialogue.", "resume"),
    ("Putin expects Kim to visit Moscow.", "visit"),
]
DENIED = [
    ("Ankara rejected claims that it had shelled the camp.", "shelled"),
    ("It is not true that the generals met.", "met"),
    ("The claim that our pilots hit the convoy is a lie.", "hit"),
    ("Rumours of a secret meeting were denied by both capitals.", "meeting"),
    ("The guerrillas have yet to free the pilots.", "free"),
    ("At no time did the minister speak with the lobbyist.", "speak"),
    ("Security forces foiled an attack on the parliament.", "attack"),
    ("The guards prevented the mob from storming the embassy.", "storming"),
    ("The envoy stayed away from the talks.", "talks"),
    ("The talks collapsed before the chiefs could meet.", "meet"),
    ("The premier turned down an invitation to visit Minsk.", "visit"),
    ("The senate voted against ratifying the pact.", "ratifying"),
    ("Kim did not attend the summit.", "attend"),
    ("No talks were held on Thursday.", "talks"),
    ("No talks were held on Thursday.", "held"),
    ("Kim never met Biden.", "met"),
    ("Kim left Vladivostok without meeting Putin.", "meeting"),
    ("Kim refused to meet Lee.", "meet"),
    ("Seoul denied that its troops attacked the North.", "attacked"),
    ("Lavrov denied meeting Blinken.", "meeting"),
    ("The visit was called off.", "visit"),
    ("Putin cancelled his trip to Turkey.", "trip"),
    ("There are no plans for a meeting between Kim and Biden.", "meeting"),
    ("They are not expected to meet.", "meet"),
    ("Kim is unlikely to visit Russia.", "visit"),
    ("Trump failed to reach a deal with Kim.", "deal"),
    ("The two leaders could not reach an agreement.", "agreement"),
    ("Tehran rejected talks with Washington.", "talks"),
    ("China has not imposed sanctions on Russia.", "sanctions"),
]
HABITUAL = [
    ("Farmers demonstrate outside the ministry every Friday.", "demonstrate"),
    ("The leaders speak by telephone once a month.", "speak"),
    ("The general visits shrines on Sundays.", "visits"),
    ("Year after year Oslo pays for the clinics.", "pays"),
    ("As a rule the islands share their data.", "share"),
    ("Whenever he is in London, the sultan meets the trustees.", "meets"),
    ("Over the years the gang would kidnap a foreigner every few months.", "kidnap"),
    ("North Korea frequently labels the US an enemy.", "labels"),
    ("Russia regularly attacks Ukraine.", "attacks"),
    ("Russia has a history of mounting attacks on its neighbours.", "attacks"),
    ("The two armies hold annual exercises.", "exercises"),
    ("Kim used to meet Chinese envoys.", "meet"),
    ("Every year the two navies hold drills.", "drills"),
    ("Russia keeps attacking Ukrainian cities.", "attacking"),
]


@pytest.mark.parametrize(("text", "trigger"), ACTUAL)
def test_status_actual(text: str, trigger: str) -> None:
    assert status_of(add(draft(text), trigger).trigger) == "actual"


@pytest.mark.parametrize(("text", "trigger"), PLANNED)
def test_status_planned(text: str, trigger: str) -> None:
    assert status_of(add(draft(text), trigger).trigger) == "planned"


@pytest.mark.parametrize(("text", "trigger"), HYPOTHETICAL)
def test_status_hypothetical(text: str, trigger: str) -> None:
    assert status_of(add(draft(text), trigger).trigger) == "hypothetical"


@pytest.mark.parametrize(("text", "trigger"), DENIED)
def test_status_denied(text: str, trigger: str) -> None:
    assert status_of(add(draft(text), trigger).trigger) == "denied"


@pytest.mark.parametrize(("text", "trigger"), HABITUAL)
def test_status_habitual(text: str, trigger: str) -> None:
    assert status_of(add(draft(text), trigger).trigger) == "habitual"


@pytest.mark.parametrize(
    ("text", "trigger", "event_type", "status"),
    [
        ("Moscow will help Pyongyang.", "help", "AGREE", "actual"),
        ("Moscow will help Pyongyang.", "help", "AID", "planned"),
        ("The two sides will agree on a timetable.", "agree", "AGREE", "planned"),
        ("Moscow said it would support Pyongyang.", "support", "AGREE", "actual"),
        ("Seoul hopes to deepen cooperation with Tokyo.", "deepen", "AGREE", "actual"),
        ("Pyongyang will strike back.", "strike", "THREATEN", "actual"),
        ("I would like to thank Tokyo.", "thank", "SUPPORT", "actual"),
        ("He would like to thank Tokyo.", "thank", "SUPPORT", "hypothetical"),
        ("We would not like to thank Tokyo.", "thank", "SUPPORT", "denied"),
        ("Our commitment is to help Moscow.", "commitment", "AGREE", "actual"),
        ("An agreement is to be signed in Moscow.", "agreement", "AGREE", "planned"),
        ("Our people will always support Moscow.", "support", "AGREE", "actual"),
        ("Tokyo could ask Seoul to attend.", "ask", "REQUEST", "hypothetical"),
        ("The failed talks embarrassed the hosts.", "talks", "CONSULT", "actual"),
        ("The failed attack embarrassed the general.", "attack", "ASSAULT", "denied"),
        ("Washington must not ignore the warning.", "ignore", "REQUEST", "actual"),
        ("Kyiv will not negotiate with Moscow.", "negotiate", "REJECT", "actual"),
        ("Kyiv will not negotiate with Moscow.", "negotiate", "CONSULT", "denied"),
    ],
)
def test_status_promise_is_the_event(text: str, trigger: str, event_type: EventType, status: str) -> None:
    assert status_of(add(draft(text), trigger).trigger, event_type) == status


@pytest.mark.parametrize(
    ("text", "trigger", "status"),
    [
        ("Putin visits Beijing next month.", "visits", "planned"),
        ("Putin visited Beijing on May 16.", "visited", "actual"),
        ("Talks begin on Friday.", "begin", "planned"),
        ("The visit, which begins on Friday, is his first.", "visit", "planned"),
        ("The premier is meeting the sheikh on Friday.", "meeting", "planned"),
        ("The premier meets the sheikh on Fridays.", "meets", "habitual"),
        ("Officials discussed next month's visit.", "visit", "planned"),
        ("Putin met Xi ahead of the forum in June 2024.", "met", "actual"),
    ],
)
def test_status_times_that_lie_ahead(text: str, trigger: str, status: str) -> None:
    made = draft(text, published="2024-05-20")
    candidate = add(made, trigger, "CONSULT")
    StatusStep()(made)
    assert candidate.status == status


WORDS = ["if", "not", "will", "Kim", "meet", "to", "plan", "deny", "no", "?", "that", "said", "could", "the", "refused"]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=12,
    )
)
def test_status_of_any_words_is_a_status(words: list[str]) -> None:
    made = draft(" ".join(["Kim", *words]))
    found = {status_of(token) for sentence in made.sentences for token in sentence.tokens}
    assert found <= {"actual", "planned", "hypothetical", "denied", "habitual"}


def test_status_lexicon_names_a_word_given_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = knowledge.PATH.read_text(encoding="utf-8")
    broken = tmp_path / "status.yaml"
    broken.write_text(text.replace("    - abstain\n", "    - abstain\n    - plan\n", 1), encoding="utf-8")
    monkeypatch.setattr(knowledge, "PATH", broken)
    with pytest.raises(KnowledgeError, match=r"clause_governors.*'plan' is given twice"):
        knowledge.load_status.__wrapped__()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The Daily said Norway would aid Malawi.", "planned"),
        ("Norway said it would aid Malawi.", "actual"),
        ("Norway would aid Malawi.", "hypothetical"),
    ],
)
def test_status_a_promise_is_the_word_of_its_own_actor(text: str, status: str) -> None:
    made = draft(text, ("Norway", "Norway", "NOR"), ("Malawi", "Malawi", "MWI"))
    if text.startswith("The Daily"):
        made.mentions.insert(0, Mention(id="o", start=4, end=9, text="Daily", actor="Daily", sector="JRN", how="name"))
    Claims()(made)
    candidate = add(made, "aid", "AGREE", "Norway", "Malawi")
    StatusStep()(made)
    assert candidate.status == status
