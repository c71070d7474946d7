"""The coder beside a worker: an article that ends its process is told apart; another installation is refused."""

from __future__ import annotations

import msgspec
import pytest

from dragoman.cluster.coders import ProcessCoder, plan_of
from dragoman.coding import parallel
from dragoman.coding.parallel import KILLED, Setup
from dragoman.errors import UsageError
from dragoman.knowledge.own import IMPORTED_FILE, OWN_FILE
from dragoman.model import Article, CoderInfo, Problem
from tests.coding import workers

SETUP = Setup("none", None, True)


@pytest.fixture(autouse=True)
def _light_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_start", workers.start)
    monkeypatch.setattr(parallel, "_code", workers.code)


def test_coder_sets_aside_the_article_that_kills_its_process_and_no_other() -> None:
    coder = ProcessCoder(plan_of(SETUP, workers.INFO))
    found = coder.code([Article(id=text, text=text) for text in ("rain", "deadly", "snow")])
    coder.close()
    assert [f.reason if isinstance(f, Problem) else f.article.id for f in found] == ["rain", KILLED, "snow"]


def test_coder_of_another_installation_is_refused() -> None:
    coder = ProcessCoder(plan_of(SETUP, CoderInfo(version="9.0", model="other")))
    with pytest.raises(UsageError, match=r"Dragoman 9\.0.*Install the same"):
        coder.code([Article(id="a", text="rain")])
    coder.close()


def test_coder_has_the_actors_of_the_drivers_machine(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("record")
    (folder / OWN_FILE).write_text("persons: []\n", encoding="utf-8")
    (folder / IMPORTED_FILE).write_text("", encoding="utf-8")
    plan = plan_of(SETUP._replace(actors=folder / OWN_FILE), workers.INFO)
    coder = ProcessCoder(msgspec.msgpack.decode(msgspec.msgpack.encode(plan), type=type(plan)))
    own = coder.setup.actors
    assert own is not None
    assert own.parent != folder
    assert (own.read_bytes(), own.with_name(IMPORTED_FILE).read_bytes()) == (b"persons: []\n", b"")
    coder.close()
