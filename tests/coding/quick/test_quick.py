"""A quickened pipeline says of every word what spaCy's own says."""

from __future__ import annotations

import functools

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from dragoman.coding.language import DEFAULT_PIPELINE
from dragoman.coding.quick import quicken, threads, vectors

SENTENCES = [
    "The foreign ministers of Norway and Peru met in Oslo on Tuesday and signed two agreements.",
    "There are talks, and there's hope: let's see what they're gonna say.",
    "“We won't yield,” he said; she ain't sure it was him who'd got\tta leave.",
    "  Leading spaces,\u00a0and others  between.",
    "Troops fired 20 rockets at 5 p.m. after Ms. Adeyemi's U.N. envoys left.",
    "NOTHIN' HAPPENED",
    "Quito",
    "…",
]
PIECES = [
    "Norway", "met", "Peru's", "there", "is", "let", "'s", "gon", "na", " ", "  ", "\t", ",", "in 1997", "İ", "🇳🇴", ".",
]  # fmt: skip
QUICK = ["tok2vec", "tagger", "quick_parser", "quick_forms", "quick_ner"]


@functools.cache
def own() -> Language:
    return spacy.load(DEFAULT_PIPELINE)


@functools.cache
def quick() -> Language:
    nlp = spacy.load(DEFAULT_PIPELINE)
    quicken(nlp)
    return nlp


def said(doc: Doc) -> list[tuple[object, ...]]:
    return [
        (t.text, t.tag_, t.pos_, t.dep_, t.head.i, t.lemma_, str(t.morph), t.ent_type_, t.ent_iob_, t.is_sent_start)
        for t in doc
    ]


def test_quick_takes_the_place_of_the_steps_it_knows() -> None:
    assert quick().pipe_names == QUICK


@pytest.mark.parametrize("text", SENTENCES)
def test_quick_says_of_one_text_what_spacy_says(text: str) -> None:
    assert said(quick()(text)) == said(own()(text))


@pytest.mark.parametrize("batch", [1, 3, 64])
def test_quick_says_of_many_texts_what_spacy_says(batch: int) -> None:
    texts = ["", *SENTENCES, "", *reversed(SENTENCES), " ".join(SENTENCES) * 3]
    theirs = own().pipe(texts)
    assert [said(d) for d in quick().pipe(texts, batch_size=batch)] == [said(d) for d in theirs]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
def test_quick_says_of_odd_texts_what_spacy_says(text: str) -> None:
    assert said(quick()(text)) == said(own()(text))


def test_vectors_are_those_of_spacy() -> None:
    docs = [own().make_doc(text) for text in ["", *SENTENCES]]
    model = own().get_pipe("tok2vec").model  # type: ignore[attr-defined]
    assert vectors.is_known(model)
    for theirs, ours in zip(model.predict(docs), vectors.quick(model).predict(docs), strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-4)


def test_vectors_are_the_same_when_words_were_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    docs = [own().make_doc(text) for text in SENTENCES]
    model = own().get_pipe("tok2vec").model  # type: ignore[attr-defined]
    monkeypatch.setattr(vectors, "MOST_WORDS", 10)
    forgetful = vectors.quick(model)
    for doc in docs * 2:
        np.testing.assert_allclose(forgetful.predict([doc])[0], model.predict([doc])[0], atol=1e-4)


def test_quick_leaves_a_pipeline_of_another_build_as_it_is() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("attribute_ruler")
    quicken(nlp)
    assert nlp.pipe_names == ["sentencizer", "attribute_ruler"]


def test_quick_leaves_rules_that_look_further_to_spacy() -> None:
    nlp = spacy.load(DEFAULT_PIPELINE)
    nlp.get_pipe("attribute_ruler").add([[{"SHAPE": "Xxxx"}]], {"LEMMA": "name"})  # type: ignore[attr-defined]
    quicken(nlp)
    assert nlp.pipe_names == ["tok2vec", "tagger", "quick_parser", "attribute_ruler", "lemmatizer", "quick_ner"]


def test_threads_are_given_back() -> None:
    switch = threads._threads()
    if switch is None:
        pytest.skip("numpy's linear algebra is not OpenBLAS here")
    before = switch.number()
    switch.use(2)
    try:
        with threads.one_thread():
            assert switch.number() == 1
        assert switch.number() == 2
    finally:
        switch.use(before)
