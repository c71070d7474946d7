"""The contexts of an event (military, economic, cbrn ...) from its sentence's words, by `knowledge/contexts.yaml`."""

from __future__ import annotations

import functools
import re
from importlib import resources

from dragoman.errors import KnowledgeError
from dragoman.knowledge.files import typed_yaml
from dragoman.knowledge.ontology import load_ontology


def contexts_of(text: str) -> tuple[str, ...]:
    """The contexts whose words occur in the text, in the order of the codebook."""
    lowered = text.lower()
    return tuple(name for name, pattern in _patterns() if pattern.search(lowered))


@functools.cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    text = resources.files("dragoman.knowledge").joinpath("contexts.yaml").read_text("utf-8")
    words = typed_yaml(text)
    known = load_ontology().contexts
    unknown = sorted(set(words) - set(known))
    if unknown:
        raise KnowledgeError(f"contexts.yaml: '{unknown[0]}' is no context of ontology.yaml.")
    return tuple((name, re.compile("|".join(map(_pattern, words[name])))) for name in known if name in words)


def _pattern(word: str) -> str:
    """A word is a stem when it ends in '*'."""
    stem = word.removesuffix("*")
    return rf"\b{re.escape(stem)}" + ("" if stem != word else r"\b")
