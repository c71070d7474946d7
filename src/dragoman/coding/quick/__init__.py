"""A spaCy pipeline made to do less for the same answers, where it is built as the small English one is.

Each module takes the place of one kind of step and leaves alone what it does not know: vectors of words, their forms
and lemmas, and the walks of the parser and the recogniser of names. `docs/evaluation.md` tells what that saves.
"""

from __future__ import annotations

from spacy.language import Language

from dragoman.coding.quick import forms, vectors, walks

__all__ = ["quicken"]


def quicken(nlp: Language) -> None:
    """Put quicker steps in the place of a pipeline's own; it can then no longer be trained or saved."""
    vectors.quicken(nlp)
    forms.quicken(nlp)
    walks.quicken(nlp)
