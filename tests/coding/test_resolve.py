from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.resolve import Question, Resolver, _placed, resolve_file
from dragoman.errors import InputError, UsageError
from tests.knowledge.own_files import write_own


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver()


@pytest.mark.parametrize(
    ("text", "on", "actor", "country", "sector", "how"),
    [
        ("the Russian defence minister", "2023-07-26", "Sergei Shoigu", "RUS", "GOV", "office"),
        ("the Russian defence minister", "2024-06-01", "Andrei Belousov", "RUS", "GOV", "office"),
        ("the Russian defence minister", None, None, "RUS", "GOV", "office"),
        ("KIM JONG UN", "2024-06-01", "Kim Jong Un", "PRK", "GOV", "name"),
        ("the Kremlin", None, "Russia", "RUS", "GOV", "metonym"),
        ("Russian troops", None, None, "RUS", "MIL", "description"),
        ("police", None, None, None, "COP", "description"),
        ("Россия", None, "Russia", "RUS", "GOV", "name"),
        ("북한", None, "North Korea", "PRK", "GOV", "name"),
        ("이란", None, "Iran", "IRN", "GOV", "name"),  # also a particle, and here the whole question
        ("Corea del Norte", None, "North Korea", "PRK", "GOV", "name"),
        ("Guinea Ecuatorial", None, "Equatorial Guinea", "GNQ", "GOV", "name"),  # not Guinea
        ("Island", None, "Iceland", "ISL", "GOV", "name"),
        ("island", None, None, None, None, None),
        ("a warm evening", None, None, None, None, None),
    ],
)
def test_resolve_takes_words_alone(
    resolver: Resolver,
    text: str,
    on: str | None,
    actor: str | None,
    country: str | None,
    sector: str | None,
    how: str | None,
) -> None:
    answer = resolver.resolve(text, on=on)
    assert (answer.actor, answer.country, answer.sector, answer.how) == (actor, country, sector, how)


@pytest.mark.parametrize(
    ("text", "context", "actor", "country"),
    [
        ("he", "Sergei Lavrov flew to Hanoi on Monday. There he met the press.", "Sergei Lavrov", "RUS"),
        ("Lavrov", "Sergei Lavrov flew to Hanoi on Monday.", "Sergei Lavrov", "RUS"),  # within a longer mention
        ("the minister", "Sergei Lavrov flew to Hanoi on Monday.", "Sergei Lavrov", "RUS"),  # not in it: read behind it
        ("the harbour", "Sergei Lavrov saw the harbour.", None, None),
        ("Россия", "The poster said Россия in red.", "Russia", "RUS"),
        (
            "Island",
            "He sailed to Island and back.",
            None,
            None,
        ),  # English text: Latin names of other languages are none
    ],
)
def test_resolve_reads_the_context(
    resolver: Resolver, text: str, context: str, actor: str | None, country: str | None
) -> None:
    answer = resolver.resolve(text, on="2024-06-01", context=context)
    assert (answer.actor, answer.country) == (actor, country)


def test_resolve_names_none_of_several(resolver: Resolver) -> None:
    answer = resolver.resolve("the two countries", context="China and Japan agreed on fish. The two countries signed.")
    assert (answer.actor, answer.country, answer.how) == (None, None, "description")


def test_resolve_many_answers_in_order_as_each_alone(resolver: Resolver) -> None:
    texts = ["Russia", "the Chinese foreign minister", "nothing at all", "NATO"] * 3
    questions = [Question(id=i, text=text, date="2024-06-01") for i, text in enumerate(texts)]
    answers = list(resolver.resolve_many(questions))
    assert [a.id for a in answers] == list(range(len(texts)))
    assert [a.actor_id for a in answers] == [resolver.resolve(t, on="2024-06-01").actor_id for t in texts]


def test_resolve_knows_the_users_own_actors(tmp_path: Path) -> None:
    own = write_own(
        tmp_path, "persons: [{name: Ana Quispe, country: PER, offices: [{office: foreign minister, from: 2026-01-01}]}]"
    )
    answer = Resolver(actors=own).resolve("Peru's foreign minister", on="2026-05-01")
    assert answer.actor_id == "person:ana-quispe"


def test_resolve_file_writes_one_answer_a_line(resolver: Resolver, tmp_path: Path) -> None:
    lines = [
        {"id": "a", "text": "Moscow", "date": None, "context": "Moscow refused.", "more": 1},
        {"id": 2, "text": "x"},
    ]
    (tmp_path / "in").write_text("\n\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    assert resolve_file(tmp_path / "in", tmp_path / "out", resolver) == 2
    first, second = map(json.loads, (tmp_path / "out").read_text(encoding="utf-8").splitlines())
    assert list(first) == ["id", "actor", "actor_id", "country", "sector", "office", "how"]
    assert (first["id"], first["country"]) == ("a", "RUS")
    assert (second["id"], second["country"], second["how"]) == (2, None, None)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ('{"id":"a"}', "text"),
        ('{"text":"x"}', "id"),
        ('{"id":"a","text":" "}', "text"),
        ('{"id":"a","text":5}', "text"),
        ('{"id":"a","text":"x","date":"June 5"}', "date"),
        ('{"id":"a","text":"x","date":"20240605"}', "date"),
        ('{"id":"a","text":"x","context":[]}', "context"),
        ("[]", None),
        ("{", None),
    ],
)
def test_resolve_file_tells_file_line_and_field(
    resolver: Resolver, tmp_path: Path, line: str, field: str | None
) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"id":"ok","text":"Moscow"}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        resolve_file(path, tmp_path / "out", resolver)
    assert (refused.value.source, refused.value.line, refused.value.field) == (str(path), 2, field)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("text", "on"), [("", None), ("Moscow", "yesterday")])
def test_resolve_refuses_what_cannot_be_asked(resolver: Resolver, text: str, on: str | None) -> None:
    with pytest.raises(UsageError):
        resolver.resolve(text, on=on)


@given(st.text(min_size=1).filter(str.strip), st.text(), st.booleans())
def test_resolve_places_are_where_the_words_stand(text: str, context: str, inside: bool) -> None:
    context = f"{context} {text.strip()} {context}" if inside else context
    read, places = _placed(Question(id=1, text=text, context=context))
    assert places
    assert all(read[start:end].casefold() == text.strip().casefold() for start, end in places)
    assert read == context or read.endswith(text.strip())
