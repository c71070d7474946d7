"""The cue lexicon of `cues.yaml`: which words give a statement as somebody's, and what they take.

Separate from the claims step because words are knowledge and the reading of sentences is not.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import KnowledgeError
from dragoman.knowledge.files import KNOWLEDGE, read_sections

PREPOSITIONS = frozenset({
    "about", "against", "at", "by", "for", "from", "in", "of", "on", "out", "over", "to", "with",
})  # fmt: skip
FRAMES = frozenset({
    "clause", "quote", "infinitive", "object", "object+infinitive", "object+as", "object+complement", "gerund",
}) | PREPOSITIONS | {f"object+{p}" for p in PREPOSITIONS}  # fmt: skip
FORMS = frozenset({"clause", "infinitive"}) | PREPOSITIONS
LEXICA = {"verbs": FRAMES, "particles": FRAMES, "nouns": FORMS, "adjectives": FORMS}
LISTS = (
    "documents", "experts", "issuing", "light_verbs", "not_labels", "not_sources", "phrases", "possessed", "realizing",
    "receiving", "spokespeople", "unnamed", "vehicles",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cue:
    """A lemma: the group of the lexicon that it stands in and the complements that it takes."""

    lemma: str
    group: str
    frames: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cues:
    """Lemmas with the complements they take (see the head of `cues.yaml`), and closed lists of words.

    A particle verb stands under "point out"; `phrases` are sequences of lower-case words.
    """

    verbs: Mapping[str, Cue]
    particles: Mapping[str, Cue]
    nouns: Mapping[str, Cue]
    adjectives: Mapping[str, Cue]
    light_verbs: frozenset[str]
    phrases: frozenset[tuple[str, ...]]
    possessed: frozenset[str]
    slips: Mapping[str, str]
    realizing: frozenset[str]
    not_labels: frozenset[str]
    not_sources: frozenset[str]
    vehicles: frozenset[str]
    documents: frozenset[str]
    issuing: frozenset[str]
    receiving: frozenset[str]
    experts: frozenset[str]
    unnamed: frozenset[str]
    spokespeople: frozenset[str]

    def verb(self, lemma: str) -> Cue | None:
        """The entry of a verb by the lemma that spaCy gives."""
        return self.verbs.get(self.slips.get(lemma, lemma))

    def entries(self) -> list[str]:
        """Every entry that can open a claim, as 'section: word', sorted: what `unused` is checked against."""
        words = [f"{name}: {word}" for name in LEXICA for word in getattr(self, name)]
        words += [f"phrases: {' '.join(words)}" for words in self.phrases]
        words += [f"possessed: {word}" for word in self.possessed]
        return sorted(words)


@functools.cache
def load_cues(path: Path = KNOWLEDGE / "cues.yaml") -> Cues:
    """Read and check the lexicon; raises `KnowledgeError` naming the entry that is wrong or out of order."""
    content = read_sections(path)
    unknown = sorted(set(content) ^ {*LEXICA, *LISTS, "slips"})
    if unknown:
        raise KnowledgeError(f"{path.name}: sections {', '.join(unknown)} are unknown or missing; mend the file.")
    lexica = {name: _lexicon(path, name, content[name], allowed) for name, allowed in LEXICA.items()}
    lists = {name: _words(path, name, content[name]) for name in LISTS}
    return Cues(
        **lexica,
        light_verbs=lists["light_verbs"],
        phrases=frozenset(tuple(words.split()) for words in lists["phrases"]),
        possessed=lists["possessed"],
        slips=_slips(path, content["slips"], lexica["verbs"]),
        realizing=lists["realizing"],
        not_labels=lists["not_labels"],
        not_sources=lists["not_sources"],
        vehicles=lists["vehicles"],
        documents=lists["documents"],
        issuing=lists["issuing"],
        receiving=lists["receiving"],
        experts=lists["experts"],
        unnamed=lists["unnamed"],
        spokespeople=lists["spokespeople"],
    )


def unused(cues: Cues, used: Iterable[str]) -> list[str]:
    """The entries that are not among `used` (named as in `Cues.entries`): what no test or text calls for."""
    return sorted(set(cues.entries()) - set(used))


def _lexicon(path: Path, section: str, content: Any, allowed: frozenset[str]) -> dict[str, Cue]:
    if section == "particles":
        content = {section: content}
    if not isinstance(content, dict):
        raise KnowledgeError(f"{path.name}, section '{section}': must be groups of entries.")
    lexicon: dict[str, Cue] = {}
    for group, entries in content.items():
        _check_sorted(path, f"{section}, {group}", list(entries))
        for word, frames in entries.items():
            if word in lexicon:
                raise KnowledgeError(f"{path.name}, entry '{word}': stands twice in '{section}'; keep one entry.")
            wrong = sorted(set(frames) - allowed) if isinstance(frames, list) else [str(frames)]
            if wrong or not frames:
                raise KnowledgeError(f"{path.name}, entry '{word}': unknown or no complements {wrong} in '{section}'.")
            lexicon[word] = Cue(word, group, frozenset(frames))
    return lexicon


def _slips(path: Path, content: Any, verbs: Mapping[str, Cue]) -> dict[str, str]:
    slips = dict(content) if isinstance(content, dict) else {}
    for lemma, cue in slips.items():
        if cue not in verbs:
            raise KnowledgeError(f"{path.name}, section 'slips', entry '{lemma}': '{cue}' is no verb of the lexicon.")
    return slips


def _words(path: Path, section: str, content: Any) -> frozenset[str]:
    if not isinstance(content, list) or not all(isinstance(word, str) for word in content):
        raise KnowledgeError(f"{path.name}, section '{section}': must be a list of words.")
    _check_sorted(path, section, content)
    return frozenset(content)


def _check_sorted(path: Path, where: str, words: list[str]) -> None:
    for before, after in itertools.pairwise(words):
        if before >= after:
            raise KnowledgeError(f"{path.name}, section '{where}': '{after}' is out of order or given twice.")
