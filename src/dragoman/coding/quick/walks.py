"""The parser's and the entity recogniser's walks through texts, many texts abreast, with the interpreter's lock held.

spaCy's own walk lets go of the lock and takes it back at nearly every look at a word, which costs more than the walk.
Here each step is one call for all texts that are still being read. The same choices are made, by the same scores.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from spacy.language import Language
from spacy.pipeline import DependencyParser, EntityRecognizer
from spacy.tokens import Doc
from thinc.api import NumpyOps

from dragoman.coding.quick.threads import one_thread

WALKERS = {"parser": "quick_parser", "ner": "quick_ner"}


def quicken(nlp: Language) -> None:
    """Let a pipeline's greedy parser and entity recogniser walk many texts abreast."""
    for name, quick in WALKERS.items():
        if name not in nlp.pipe_names:
            continue
        walker = nlp.get_pipe(name)
        if isinstance(walker, DependencyParser | EntityRecognizer) and walker.cfg["beam_width"] == 1:
            for node in walker.model.walk():
                node.ops = NumpyOps(use_blis=False)
            nlp.disable_pipe(name)
            nlp.add_pipe(quick, before=name)


@Language.factory("quick_parser")
def _parser(nlp: Language, name: str) -> Walk:
    return Walk(nlp.get_pipe("parser"))


@Language.factory("quick_ner")
def _recogniser(nlp: Language, name: str) -> Walk:
    return Walk(nlp.get_pipe("ner"))


class Walk:
    """A step of a pipeline that walks as the parser or recogniser that it stands for."""

    def __init__(self, walker: Any) -> None:
        self.walker = walker

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one text."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Annotate a stream of texts, `batch_size` abreast, in order."""
        stream = iter(docs)
        while batch := list(itertools.islice(stream, batch_size)):
            with one_thread():
                states = self._walked(batch)
            self.walker.set_annotations(batch, states)
            yield from batch

    def _walked(self, docs: list[Doc]) -> list[Any]:
        states: list[Any] = self.walker.moves.init_batch(docs)
        going = [state for state in states if not state.is_final()]
        if not going:
            return states
        model = self.walker.model.predict(docs)
        while going:
            going = self.walker.transition_states(going, model.predict(going))
        return states
