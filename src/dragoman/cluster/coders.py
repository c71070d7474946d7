"""Coding on a cluster: a coder in a process of its own beside each worker, so that no article takes the worker with it.

An article that ends its process every time is told apart from its neighbours and becomes a problem; that a machine is
lost is Ray's to notice, which gives its articles to another.
"""

from __future__ import annotations

import tempfile
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import NamedTuple

import msgspec

from dragoman.coding.parallel import KILLED, Results, Setup, Workers
from dragoman.errors import UsageError
from dragoman.knowledge.own import OWN_FILE, imported_file
from dragoman.model import Article, CodedArticle, CoderInfo


class Plan(NamedTuple):
    """What a worker makes its coder of, wherever it is: the user's file of actors goes along with its imports."""

    pipeline: str
    fast: bool
    coder: CoderInfo
    actors: bytes | None = None
    imported: bytes | None = None


def plan_of(setup: Setup, coder: CoderInfo) -> Plan:
    """The plan of a setup on this machine."""
    own = setup.actors
    files = (own, imported_file(own)) if own is not None else ()
    actors, imported = (path.read_bytes() if path.exists() else None for path in files) if files else (None, None)
    return Plan(setup.pipeline, setup.fast, coder, actors, imported)


class ProcessCoder:
    """The coder of a plan, in a process beside this one."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._folder = tempfile.TemporaryDirectory(prefix="dragoman-")
        self.setup = Setup(plan.pipeline, self._own_file(), plan.fast)
        self._workers = Workers(1, self.setup)

    def code(self, articles: list[Article]) -> Results:
        """What became of articles, in their order. Raises `UsageError` where this machine has another coder."""
        try:
            results = self._workers.submit(articles).result()
        except BrokenProcessPool:
            self._workers.restart()
            results = [result for article in articles for result in self._alone(article)]
        other = next((r.coder for r in results if isinstance(r, CodedArticle) and r.coder != self._plan.coder), None)
        if other is not None:
            raise UsageError(
                f"A machine of the cluster codes as {other.model} of Dragoman {other.version}, and not as "
                f"{self._plan.coder.model} of Dragoman {self._plan.coder.version}. Install the same on all."
            )
        return results

    def close(self) -> None:
        """End the process."""
        self._workers.stop()
        self._folder.cleanup()

    def _alone(self, article: Article) -> Results:
        from dragoman.coding.coder import failure

        try:
            return self._workers.submit([article]).result()
        except BrokenProcessPool as error:
            self._workers.restart()
            return [msgspec.structs.replace(failure(article, error), reason=KILLED)]

    def _own_file(self) -> Path | None:
        if self._plan.actors is None and self._plan.imported is None:
            return None
        own = Path(self._folder.name) / OWN_FILE
        for path, content in ((own, self._plan.actors), (imported_file(own), self._plan.imported)):
            if content is not None:
                path.write_bytes(content)
        return own
