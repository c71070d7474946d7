"""Workers for tests of coding on several processes; spawned processes import them by name, so they stay light."""

from __future__ import annotations

import os
import time

from dragoman.coding.parallel import Setup
from dragoman.model import Article, CodedArticle, CoderInfo, Problem

INFO = CoderInfo(version="1.0", model="hand")


def start(setup: Setup) -> None:
    """No coder is loaded."""


def code(batch: list[Article]) -> list[CodedArticle | Problem]:
    """Articles are coded as empty; one with the text 'deadly' kills its process, one with 'slow' takes its time."""
    for article in batch:
        if article.text == "deadly":
            os._exit(1)
        if article.text == "slow":
            time.sleep(0.3)
    return [CodedArticle(article=article, coder=INFO) for article in batch]
