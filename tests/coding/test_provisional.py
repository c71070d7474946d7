from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.coding.coder import Coder
from dragoman.coding.provisional import is_known, provisional_id
from dragoman.model import Article, Mention
from tests.coding.articles import code
from tests.knowledge.own_files import write_own

TEXT = "Ruth Ankrah, the Ghanaian trade minister, met Sergei Lavrov in Accra. Ankrah said that she was glad."


def ids(mentions: tuple[Mention, ...]) -> dict[str, str | None]:
    return {m.text: m.actor_id for m in mentions}


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("Ruth Ankrah", "GHA", "provisional:ruth-ankrah-gha"),
        ("Ruth Ankrah", None, "provisional:ruth-ankrah-zz"),
        ("José  O'Neill-Ruiz", "PER", "provisional:jose-o-neill-ruiz-per"),
        ("Ankrah", "GHA", None),
        ("李 明", "CHN", None),
    ],
)
def test_provisional_id_is_of_name_and_state(name: str, country: str | None, expected: str | None) -> None:
    assert provisional_id(name, country) == expected


def test_provisional_id_is_one_in_an_article_and_for_unknown_persons_only() -> None:
    found = ids(code(TEXT).mentions)
    assert found["Ruth Ankrah"] == found["Ankrah"] == found["she"] == "provisional:ruth-ankrah-gha"
    assert found["Sergei Lavrov"] == "person:sergei-lavrov"


def test_provisional_persons_of_no_state_are_no_sides() -> None:
    mention = Mention(id="", start=0, end=1, text="x", actor_id="provisional:ana-quispe-zz", how="name")
    assert not is_known(mention)
    assert is_known(Mention(id="", start=0, end=1, text="x", actor_id="body:un", how="name"))


def test_provisional_ids_are_merged_and_own_persons_win_in_later_coding(tmp_path: Path) -> None:
    own = write_own(
        tmp_path,
        """
        persons:
          - {name: Ruth Ankrah-Osei, country: GHA, sector: BUS, offices: [{office: trade minister, from: 2020}]}
        merge:
          - {from: provisional:ruth-ankrah-gha, into: person:ruth-ankrah-osei, name: Ruth Ankrah-Osei, country: GHA}
        """,
    )
    coder = Coder(actors=own)
    mentions = coder.code(Article(id="a", text=TEXT, published="2024-08-02")).mentions
    for mention in mentions:
        if mention.text in ("Ruth Ankrah", "Ankrah", "she"):
            assert (mention.actor, mention.actor_id) == ("Ruth Ankrah-Osei", "person:ruth-ankrah-osei")
            assert mention.office == "Trade Minister of Ghana"
    assert coder.info.model.startswith(f"{Coder().info.model}+actors-")


def test_provisional_own_single_names_and_groups_are_found(tmp_path: Path) -> None:
    own = write_own(
        tmp_path,
        """
        persons: [{name: Ana Quispe, names: [Anita], country: PER, sector: REB}]
        groups: [{name: the Sea Lions, names: [Sea Lions], sector: REB, country: GHA}]
        """,
    )
    text = "The Sea Lions attacked Ghanaian troops on Monday, Anita told reporters."
    found = {m.actor_id: m for m in Coder(actors=own).code(Article(id="a", text=text)).mentions}
    assert found["group:the-sea-lions"].country == "GHA"
    assert found["person:ana-quispe"].sector == "REB"
