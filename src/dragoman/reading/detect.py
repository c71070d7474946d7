"""In which language a text is, as a two-letter code, or None when it is too short to tell.

Separate because only English is coded: what is in another language is kept aside with its name.
"""

from __future__ import annotations

import functools
import re

import pycountry
from py3langid.langid import MODEL_FILE, LanguageIdentifier

SUPPORTED = ("en",)
SAMPLE = 20_000  # characters from the start: enough, and a long text costs no more
FEW_LETTERS, TOO_FEW_LETTERS = 60, 30
# Words that make English grammar and are rare as words of other languages written in the same letters.
FUNCTION_WORDS = frozenset({
    "about", "after", "against", "and", "are", "been", "between", "by", "during", "from", "has", "his", "its", "not",
    "of", "said", "than", "that", "the", "their", "they", "this", "to", "was", "were", "which", "who", "with", "would",
})  # fmt: skip
CLEAR_SHARE = 0.12  # of words that are function words; articles in English have 0.15 to 0.4
WORD = re.compile(r"[^\W\d_]+")
CODE = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9]{2,8})*")


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the language of `text`, or None when there is too little to go by.

    Under 60 letters the classifier errs too often to be believed alone. There a text in plain letters is English when
    it has a function word of English, or when it has 30 letters and the classifier says so, and unknown otherwise.
    In longer texts many function words outvote the classifier, which foreign names mislead.
    """
    sample = text[:SAMPLE]
    words = WORD.findall(sample.lower())
    letters = sum(map(len, words))
    plain = sum(len(word) for word in words if word.isascii())
    function_words = sum(word in FUNCTION_WORDS for word in words)
    if letters < FEW_LETTERS:
        if plain < 0.9 * letters:
            return _by_script(words)
        return "en" if function_words or (letters >= TOO_FEW_LETTERS and _classify(sample) == "en") else None
    if function_words >= CLEAR_SHARE * len(words) and plain >= 0.8 * letters:
        return "en"
    return _classify(sample)


def read_code(given: str) -> str | None:
    """The two-letter code that a value such as 'en', 'EN' or 'en-GB' begins with, or None when it is none."""
    match = CODE.fullmatch(given.strip())
    return match[1].lower() if match else None


def name_of(code: str) -> str:
    """The English name of a language: 'Korean' for 'ko'; the code itself where there is none."""
    language = pycountry.languages.get(alpha_2=code)
    return str(language.name).split(" (")[0] if language else code


def _by_script(words: list[str]) -> str | None:
    """A few words in other letters than ours are surely not English; the classifier names them well by their script."""
    foreign = [word for word in words if not word.isascii()]
    if sum(map(len, foreign)) <= 0.5 * sum(map(len, words)):
        return None
    language = _classify(" ".join(words))
    return language if language not in SUPPORTED else None


def _classify(text: str) -> str:
    language, _ = _classifier().classify(text)  # type: ignore[no-untyped-call]
    return str(language)


@functools.cache
def _classifier() -> LanguageIdentifier:
    identifier: LanguageIdentifier = LanguageIdentifier.from_model_file(MODEL_FILE)  # type: ignore[no-untyped-call]
    # Languages of the press: small ones and creoles, which have codes of three letters, draw sentences full of names.
    identifier.set_languages([label for label in identifier.labels if len(label) == 2])  # type: ignore[no-untyped-call]
    return identifier
