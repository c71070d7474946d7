"""Part of speech, form and lemma of words, by spaCy's own rules, each asked once.

It stands in for the attribute ruler and the lemmatizer of spaCy's pipelines, which match every rule against every word
of every text. A pipeline whose rules look at more than words, tags and roles keeps its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc, MorphAnalysis, Token

NAME = "quick_forms"
RULER, LEMMATIZER = "attribute_ruler", "lemmatizer"
LOOKED_AT = frozenset({"LOWER", "TAG", "DEP", "IS_SPACE"})
MOST = 100_000  # lemmas that are remembered at a time


class Form(NamedTuple):
    """What the ruler makes of a word: hashes in the vocabulary's strings (no lemma is 0), and its morphology."""

    tag: int
    dep: int
    pos: int
    morph: MorphAnalysis
    lemma: int


def quicken(nlp: Language) -> None:
    """Let a pipeline's rules for words be asked once, where they look at nothing but the word, its tag and its role."""
    names = nlp.pipe_names
    if RULER not in names or LEMMATIZER not in names or names.index(LEMMATIZER) != names.index(RULER) + 1:
        return
    ruler, lemmatizer = nlp.get_pipe(RULER), nlp.get_pipe(LEMMATIZER)
    if not isinstance(ruler, AttributeRuler) or not isinstance(lemmatizer, Lemmatizer) or "morphologizer" in names:
        return
    plain = all(_is_plain(rule[0]) for rule in _rules(ruler) if len(rule) == 1)
    if plain and lemmatizer.mode == "rule" and not lemmatizer.overwrite:
        index = lemmatizer.lookups.get_table("lemma_index", {})
        for kind, words in index.items():
            index[kind] = dict.fromkeys(words)  # spaCy searches these lists of thousands from their beginning
        nlp.disable_pipe(RULER)
        nlp.disable_pipe(LEMMATIZER)
        nlp.add_pipe(NAME, before=RULER)


@Language.factory(NAME)
def _made(nlp: Language, name: str) -> Forms:
    ruler, lemmatizer = nlp.get_pipe(RULER), nlp.get_pipe(LEMMATIZER)
    assert isinstance(ruler, AttributeRuler)
    assert isinstance(lemmatizer, Lemmatizer)
    return Forms(ruler, lemmatizer)


class Forms:
    """A step of a pipeline that does what its ruler and its lemmatizer would."""

    def __init__(self, ruler: AttributeRuler, lemmatizer: Lemmatizer) -> None:
        self.ruler, self.lemmatizer = ruler, lemmatizer
        self.vocab = ruler.vocab
        wanted = [rule[0]["LOWER"] for rule in _rules(ruler) if len(rule) == 1 and "LOWER" in rule[0]]
        self.words = frozenset(word for each in wanted for word in _words(each))
        self.shapes = [re.compile(each["REGEX"]) for each in wanted if "REGEX" in each and not isinstance(each, str)]
        self.spanning = Matcher(ruler.vocab)
        for number, rule in enumerate(_rules(ruler)):
            if len(rule) > 1:
                self.spanning.add(str(number), [rule])
        self.named: dict[int, bool] = {}
        self.forms: dict[tuple[int, int, int], Form] = {}
        self.lemmas: dict[tuple[int, int, str], int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Write part of speech, morphology and lemma of each word; where a rule spans words, spaCy's own steps do."""
        if self.spanning(doc):
            return self.lemmatizer(self.ruler(doc))
        for token in doc:
            named = self.named.get(token.orth)
            orth = token.orth if (self._is_named(token) if named is None else named) else 0
            form = self.forms.get((orth, token.tag, token.dep)) or self._ruled(orth, token)
            if form.tag != token.tag:
                token.tag = form.tag
            if form.dep != token.dep:
                token.dep = form.dep
            token.pos = form.pos
            token.morph = form.morph
            key = (token.orth, form.pos, str(form.morph))
            token.lemma = form.lemma or self.lemmas.get(key) or self._lemma(key, token)
        return doc

    def _is_named(self, token: Token) -> bool:
        """Whether a rule asks for this very word; for all others their tag and role decide."""
        word = token.lower_
        named = token.is_space or word in self.words or any(shape.search(word) for shape in self.shapes)
        self.named[token.orth] = named
        return named

    def _ruled(self, orth: int, token: Token) -> Form:
        """What the ruler makes of a text of this word alone."""
        (word,) = self.ruler(Doc(self.vocab, words=[token.text], tags=[token.tag_], deps=[token.dep_], heads=[0]))
        form = Form(word.tag, word.dep, word.pos, word.morph, word.lemma)
        self.forms[orth, token.tag, token.dep] = form
        return form

    def _lemma(self, key: tuple[int, int, str], token: Token) -> int:
        if len(self.lemmas) >= MOST:
            self.lemmas.clear()
            self.named.clear()
        self.lemmas[key] = self.vocab.strings.add(self.lemmatizer.lemmatize(token)[0])
        return self.lemmas[key]


def _rules(ruler: AttributeRuler) -> Iterator[list[dict[str, Any]]]:
    patterns: list[Any] = ruler.patterns
    return (rule for entry in patterns for rule in entry["patterns"])


def _words(wanted: str | Mapping[str, Any]) -> list[str]:
    """The words in lower case that a rule names."""
    return [wanted] if isinstance(wanted, str) else list(wanted.get("IN", ()))


def _is_plain(token: Mapping[str, Any]) -> bool:
    """Whether a rule looks at no more of a word than is remembered."""
    wanted = token.get("LOWER", "")
    return set(token) <= LOOKED_AT and (isinstance(wanted, str) or set(wanted) <= {"IN", "REGEX"})
