"""Coders that stand in for the real one on workers, which import them by name; they find nothing and are quick."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from dragoman.cluster import Job, code_on_cluster
from dragoman.cluster.coders import Plan
from dragoman.cluster.messages import Done
from dragoman.coding.parallel import Results, Setup
from dragoman.errors import UsageError
from dragoman.model import Article, CodedArticle, CoderInfo
from dragoman.record import Record

INFO = CoderInfo(version="1.0", model="hand")


class Stub:
    """Codes articles as empty, taking a little while over each."""

    seconds = 0.0

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def code(self, articles: list[Article]) -> Results:
        time.sleep(self.seconds * len(articles))
        return [CodedArticle(article=article, coder=self.plan.coder) for article in articles]


class Slow(Stub):
    """Slow enough for something to happen meanwhile."""

    seconds = 0.05


class Foreign(Stub):
    """A coder of another installation."""

    def code(self, articles: list[Article]) -> Results:
        raise UsageError("Install the same on all.")


def run(inputs: Sequence[str], record: Record, coder: type[Stub]) -> Iterator[Done]:
    """A run of a stub on the cluster that is connected."""
    setup = Setup("none", None, True)
    return code_on_cluster(Job(paths=inputs, setup=setup, coder=INFO, known_as=INFO, record=record.where), coder)
