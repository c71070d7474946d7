"""Words that say whether an event happened, is planned, possible, denied or a habit: `status.yaml`, checked on load."""

from __future__ import annotations

import functools

import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge.files import KNOWLEDGE, make_entry, read_sections
from dragoman.model import Status

PATH = KNOWLEDGE / "status.yaml"

ByStatus = dict[Status, tuple[str, ...]]


class StatusWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The sections of `status.yaml`; `*_governors` take the event in their complement."""

    auxiliaries: ByStatus
    conditional: frozenset[str]
    adverbs: ByStatus
    habitual_times: frozenset[str]
    frequency: frozenset[str]
    recurring_days: frozenset[str]
    habitual_phrases: frozenset[str]
    negative_phrases: frozenset[str]
    clause_governors: ByStatus
    passive_governors: ByStatus
    noun_governors: ByStatus
    adjective_governors: ByStatus
    nominal_governors: ByStatus
    modifiers: ByStatus
    light_verbs: frozenset[str]
    realised_purpose: frozenset[str]
    promises: frozenset[str]
    wishes: frozenset[str]
    prepositions: ByStatus
    negative_words: frozenset[str]
    presupposing: frozenset[str]
    lemmas: dict[str, str]
    averting: frozenset[str]
    implicatives: frozenset[str]
    assertions: frozenset[str]
    reports: frozenset[str]
    dismissals: frozenset[str]
    falsehoods: frozenset[str]
    negated_adjectives: ByStatus
    timetable: frozenset[str]


class StatusLexicon(msgspec.Struct, frozen=True, kw_only=True):
    """The same by word: what each says of the event that it governs."""

    auxiliaries: dict[str, Status]
    adverbs: dict[str, Status]
    clause_governors: dict[str, Status]
    passive_governors: dict[str, Status]
    noun_governors: dict[str, Status]
    adjective_governors: dict[str, Status]
    nominal_governors: dict[str, Status]
    modifiers: dict[str, Status]
    prepositions: dict[str, Status]
    negated_adjectives: dict[str, Status]
    words: StatusWords


@functools.cache
def load_status() -> StatusLexicon:
    """The lexicon, read once a process. Raises `KnowledgeError` for a word that one section gives twice."""
    words = make_entry(PATH, "sections", read_sections(PATH), StatusWords)
    return StatusLexicon(
        auxiliaries=_by_word("auxiliaries", words.auxiliaries),
        adverbs=_by_word("adverbs", words.adverbs),
        clause_governors=_by_word("clause_governors", words.clause_governors),
        passive_governors=_by_word("passive_governors", words.passive_governors),
        noun_governors=_by_word("noun_governors", words.noun_governors),
        adjective_governors=_by_word("adjective_governors", words.adjective_governors),
        nominal_governors=_by_word("nominal_governors", words.nominal_governors),
        modifiers=_by_word("modifiers", words.modifiers),
        prepositions=_by_word("prepositions", words.prepositions),
        negated_adjectives=_by_word("negated_adjectives", words.negated_adjectives),
        words=words,
    )


def _by_word(section: str, groups: ByStatus) -> dict[str, Status]:
    found: dict[str, Status] = {}
    for status, words in groups.items():
        for word in words:
            if word in found:
                raise KnowledgeError(
                    f"{PATH.name}, section '{section}': '{word}' is given twice; keep one status for it."
                )
            found[word] = status
    return found
