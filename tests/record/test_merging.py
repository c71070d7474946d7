from __future__ import annotations

from pathlib import Path

import msgspec

from dragoman.model import CodedArticle, Mention, Party
from dragoman.record import Record
from tests.knowledge.own_files import write_own
from tests.record.builders import coded, event

OLD = "provisional:r-o-ankrah-gha"


def article() -> CodedArticle:
    """An article in which one whom nobody knows does something to Russia."""
    party = Party(mention="m", text="R. O'Ankrah", actor="R. O'Ankrah", actor_id=OLD, sector="GOV")
    told = msgspec.structs.replace(event("e"), actors=(party,))
    mention = Mention(id="m", start=0, end=3, text="The", actor="R. O'Ankrah", actor_id=OLD, how="name")
    return msgspec.structs.replace(coded("a", told), mentions=(mention,))


def test_merging_is_seen_in_everything_that_is_read(tmp_path: Path) -> None:
    record = Record.create(tmp_path)
    record.append([article()])
    assert [e.event.actors[0].actor_id for e in record.events()] == [OLD]
    write_own(tmp_path, f"merge: [{{from: '{OLD}', into: 'person:ruth', name: \"Ruth O'Ankrah\", country: GHA}}]")

    (told,) = record.reported(party="Ruth O'Ankrah")
    (party,) = told.event.actors
    assert (party.actor, party.actor_id, party.country, party.sector) == ("Ruth O'Ankrah", "person:ruth", "GHA", "GOV")
    assert party.text == "R. O'Ankrah"
    assert told.event.recipients == article().events[0].recipients
    assert record.reported(between=("GHA", "RUS")) == [told]
    assert record.reported(party=OLD) == []
    assert record.coded("a").mentions[0].actor_id == "person:ruth"
    assert record.events().arrow()["actors"].to_pylist()[0][0]["country"] == "GHA"
    assert record.sql("SELECT actor FROM mentions").to_pylist() == [{"actor": "Ruth O'Ankrah"}]


def test_merging_is_undone_with_its_entry(tmp_path: Path) -> None:
    record = Record.create(tmp_path)
    record.append([article()])
    path = write_own(tmp_path, f"merge: [{{from: '{OLD}', into: 'person:ruth', name: Ruth}}]")
    assert record.coded("a") != article()
    path.unlink()
    assert record.coded("a") == article()
