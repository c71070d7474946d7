"""The coder: articles in, coded articles out. A newcomer reads this file first.

An article is parsed, and the resulting draft goes through the steps in order; each step reads what earlier ones wrote
and writes fields of its own. What the draft then holds is frozen into a `CodedArticle`.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from dragoman.coding.batches import batches
from dragoman.coding.candidates import Candidates
from dragoman.coding.claims import Claims
from dragoman.coding.confidence import Confidence
from dragoman.coding.dates import DateStep
from dragoman.coding.draft import Draft
from dragoman.coding.freeze import freeze
from dragoman.coding.identity import Identity
from dragoman.coding.language import DEFAULT_PIPELINE, load_pipeline, parse
from dragoman.coding.mentions import Mentions
from dragoman.coding.names import Names, default_names
from dragoman.coding.places import PlaceStep
from dragoman.coding.relation import RelationTyper
from dragoman.coding.status import StatusStep
from dragoman.coding.voice import Voice
from dragoman.knowledge.known import known_with
from dragoman.knowledge.own import own_digest
from dragoman.model import Article, CodedArticle, CoderInfo, Problem
from dragoman.version import __version__

Step = Callable[[Draft], None]
Report = Callable[[Problem], None]
BATCH = 16  # articles parsed together; what one interruption can lose of work not yet handed on
log = logging.getLogger("dragoman")


class Coder:
    """Codes articles by the codebook on one machine, without network or GPU.

    `pipeline` names an installed spaCy pipeline with tagger, parser, lemmatizer and entity recogniser; `actors` is a
    user's own file of actors (see docs/actors.md), which wins over what Dragoman knows. `fast` goes by the lexicon
    alone, without the relation model (docs/evaluation.md tells what that costs).
    """

    def __init__(self, pipeline: str = DEFAULT_PIPELINE, actors: Path | None = None, *, fast: bool = False) -> None:
        self.pipeline = pipeline
        self.actors = actors
        self.fast = fast
        self.nlp = load_pipeline(pipeline)
        self.steps: tuple[Step, ...] = (
            *who_steps(names_with(actors)),
            *what_steps(fast=fast),
            StatusStep(),
            DateStep(),
            PlaceStep(),
        )
        self.info = coder_info(pipeline, actors, fast=fast)

    def code(self, article: Article) -> CodedArticle:
        """Code one article. Whatever goes wrong in a step is raised."""
        (draft,) = parse([article], self.nlp)
        return self._coded(draft)

    def code_many(
        self, articles: Iterable[Article], *, processes: int = 1, report: Report | None = None
    ) -> Iterator[CodedArticle]:
        """Code a stream of articles, in order, with bounded memory, on that many processes.

        An article on which coding fails is left out and given to `report` with the reason (without `report`, logged).
        """
        tell = report or log_problem
        if processes > 1:
            from dragoman.coding.parallel import Setup, code_in_processes

            results = code_in_processes(articles, processes, Setup(self.pipeline, self.actors, self.fast))
        else:
            results = itertools.chain.from_iterable(self.code_batch(b) for b in batches(articles, BATCH))
        for result in results:
            if isinstance(result, Problem):
                tell(result)
            else:
                yield result

    def code_batch(self, articles: Iterable[Article]) -> Iterator[CodedArticle | Problem]:
        """Code articles that are parsed together; a failure is that one article's only."""
        batch = list(articles)
        try:
            drafts: list[Draft | Problem] = list(parse(batch, self.nlp))
        except Exception:  # one paragraph breaks the parser: find out whose it is
            drafts = [self._parsed(article) for article in batch]
        for draft in drafts:
            if isinstance(draft, Problem):
                yield draft
                continue
            try:
                yield self._coded(draft)
            except Exception as error:
                yield failure(draft.article, error)

    def _parsed(self, article: Article) -> Draft | Problem:
        try:
            return next(parse([article], self.nlp))
        except Exception as error:
            return failure(article, error)

    def _coded(self, draft: Draft) -> CodedArticle:
        for step in self.steps:
            step(draft)
        return freeze(draft, self.info)


def who_steps(names: Names) -> tuple[Step, ...]:
    """The steps that find out who is mentioned."""
    return Mentions(names), Identity(names), Claims(), Voice(names)


def what_steps(*, fast: bool) -> tuple[Step, ...]:
    """The steps that find out what is done and how sure that is: by the lexicon alone, or with the relation model."""
    if fast:
        return Candidates(RelationTyper()), Confidence()
    from dragoman.coding.learned.candidates import LearnedCandidates
    from dragoman.coding.learned.judging import load_judgement
    from dragoman.coding.learned.model import load_model

    return (LearnedCandidates(RelationTyper(), load_model(), load_judgement()),)


def names_with(actors: Path | None) -> Names:
    """The names that are looked for: ours, with those of a user's file of actors where one is given."""
    return default_names() if actors is None else Names(known_with(actors))


def coder_info(pipeline: str = DEFAULT_PIPELINE, actors: Path | None = None, *, fast: bool = False) -> CoderInfo:
    """What makes the codings of this installation: Dragoman's version, its model, the pipeline, a user's actors."""
    if fast:
        name = "lexicon"
    else:
        from dragoman.coding.learned.model import load_model

        name = load_model().card.name
    model = f"{name}/{pipeline}-{_pipeline_version(pipeline)}"
    return CoderInfo(version=__version__, model=model if actors is None else f"{model}+actors-{own_digest(actors)}")


def _pipeline_version(pipeline: str) -> str:
    return str(load_pipeline(pipeline).meta["version"])


def failure(article: Article, error: BaseException) -> Problem:
    """The problem that keeps aside an article on which coding failed."""
    return Problem(
        kind="failed",
        stage="coding",
        source=article.url or article.id,
        article_id=article.id,
        reason=f"{type(error).__name__}: {error}",
        content=article.text[:10_000],
    )


def log_problem(problem: Problem) -> None:
    """Tell of a problem in the log of the program that uses Dragoman as a library."""
    log.warning("%s: %s", problem.source, problem.reason)
