"""The predicate lexicon: which words evoke which event type, from `predicates.yaml` and checked against the ontology.

It gives look-up tables by lemma; how words combine in a sentence is the business of `coding.relation`.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

from dragoman.errors import KnowledgeError
from dragoman.knowledge.ontology import TYPES, Ontology, load_ontology
from dragoman.model import EventType

Strength = Literal["strong", "plain", "weak"]
# How far a word alone is to be trusted: a weak one has other senses as common as the one listed.
TRUST: Mapping[Strength, float] = {"strong": 0.9, "plain": 0.75, "weak": 0.4}
PREPOSITIONS = frozenset({"of", "with", "from", "for", "to", "between"})


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Lemmas of one kind of word that evoke one type: an entry of `verbs`, `nouns` or `adjectives`."""

    type: EventType
    lemmas: tuple[str, ...]
    mode: str | None = None
    symmetric: bool = False
    mutual: bool = False
    inverse: bool = False
    object: bool | None = None
    strength: Strength = "plain"


class Matrix(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that decide about the act they govern.

    `hostile` is the type when that act is a hostile one; with `keeps` the act stays an event of its own besides;
    with `infinitive` the words decide only about "to ..." ("told them to leave", not "told them that").
    """

    type: EventType
    lemmas: tuple[str, ...]
    mode: str | None = None
    hostile: EventType | None = None
    keeps: bool = False
    infinitive: bool = False
    mutual: bool = False


class Frame(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Verbs whose type hangs on their object: a lemma, a @class, PERSON, or what the object evokes (TYPE or TYPE/mode).

    `preps`: one of these must hang on the verb; `near`: one of these lemmas must stand below it.
    """

    verbs: tuple[str, ...]
    objects: tuple[str, ...]
    type: EventType | Literal["none"]
    mode: str | None = None
    symmetric: bool = False
    inverse: bool = False
    preps: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file as it stands."""

    classes: dict[str, tuple[str, ...]]
    transparent: tuple[str, ...]
    light: tuple[str, ...]
    undergoing: tuple[str, ...]
    deferring: tuple[str, ...]
    saying: tuple[str, ...]
    obliging: tuple[str, ...]
    idioms: tuple[str, ...]
    carriers: tuple[str, ...]
    carried: tuple[EventType, ...]
    matrices: tuple[Matrix, ...]
    verbs: tuple[Words, ...]
    nouns: tuple[Words, ...]
    adjectives: tuple[Words, ...]
    frames: tuple[Frame, ...]
    content_modes: dict[EventType, dict[EventType, str]]
    announced: dict[Literal["will", "will not", "not"], dict[EventType, EventType]]
    fallback: dict[str, EventType]


@dataclass(frozen=True, slots=True)
class Sense:
    """What a word or frame evokes. `type` is None where a frame says that it evokes nothing."""

    type: EventType | None
    mode: str | None
    symmetric: bool
    inverse: bool
    trust: float
    object: bool | None = None
    mutual: bool = False


@dataclass(frozen=True, slots=True)
class FrameSense:
    """One frame as a verb sees it: what must stand with it to call for the sense."""

    particle: str | None
    lemmas: frozenset[str]
    evoked: frozenset[str]
    person: bool
    preps: frozenset[str]
    near: frozenset[str]
    sense: Sense


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Senses of one kind of word: by single lemma, and by first (verb) or last (noun) lemma of longer entries."""

    single: Mapping[str, Sense]
    longer: Mapping[str, tuple[tuple[tuple[str, ...], Sense], ...]]


@dataclass(frozen=True, slots=True)
class Predicates:
    """The lexicon ready for look-up; all keys are lemmas in lower case."""

    verbs: Lexicon
    nouns: Lexicon
    adjectives: Lexicon
    frames: Mapping[str, tuple[FrameSense, ...]]
    matrices: Mapping[str, tuple[tuple[tuple[str, ...], Matrix], ...]]
    light: frozenset[str]
    undergoing: frozenset[str]
    deferring: frozenset[str]
    saying: frozenset[str]
    obliging: frozenset[str]
    idioms: frozenset[str]
    carriers: frozenset[str]
    carried: frozenset[EventType]
    transparent: frozenset[str]
    content_modes: Mapping[EventType, Mapping[EventType, str]]
    promised: Mapping[EventType, EventType]
    declined: Mapping[EventType, EventType]
    withheld: Mapping[EventType, EventType]
    fallback: Mapping[str, EventType]

    def __len__(self) -> int:
        """How many entries and verb-object frames there are."""
        words = sum(
            len(x.single) + sum(len(entries) for entries in x.longer.values())
            for x in (self.verbs, self.nouns, self.adjectives)
        )
        return words + sum(len(frames) for frames in self.frames.values())


@functools.cache
def load_predicates(path: Path | None = None) -> Predicates:
    """The lexicon from `path`, by default the one that comes with Dragoman; read and checked once a process.

    Raises `KnowledgeError` naming the entry that is wrong: an unknown type or mode, a word listed twice as the same
    kind of word, an unknown class.
    """
    source = path or resources.files("dragoman.knowledge").joinpath("predicates.yaml")
    name = path.name if path else "predicates.yaml"
    try:
        content: Any = yaml.load(source.read_text(encoding="utf-8"), yaml.CSafeLoader)
        entries = msgspec.convert(content, Source)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise KnowledgeError(f"{name} cannot be read as a predicate lexicon: {error}") from error
    _check(entries, load_ontology(), name)
    return Predicates(
        verbs=_lexicon(entries.verbs, _first_word),
        nouns=_lexicon(entries.nouns, _head_noun),
        adjectives=_lexicon(entries.adjectives, _first_word),
        frames=_frames(entries),
        matrices=_matrices(entries.matrices),
        light=frozenset(entries.light),
        undergoing=frozenset(entries.undergoing),
        deferring=frozenset(entries.deferring),
        saying=frozenset(entries.saying),
        obliging=frozenset(entries.obliging),
        idioms=frozenset(entries.idioms),
        carriers=frozenset(entries.carriers),
        carried=frozenset(entries.carried),
        transparent=frozenset(entries.transparent),
        content_modes=entries.content_modes,
        promised=entries.announced["will"],
        declined=entries.announced["will not"],
        withheld=entries.announced["not"],
        fallback=entries.fallback,
    )


def _check(entries: Source, ontology: Ontology, name: str) -> None:
    for kind, group in (("verbs", entries.verbs), ("nouns", entries.nouns), ("adjectives", entries.adjectives)):
        _check_listed_once((lemma for words in group for lemma in words.lemmas), f"{name}: {kind}")
    _check_listed_once((lemma for matrix in entries.matrices for lemma in matrix.lemmas), f"{name}: matrices")
    for listed, what in (
        (entries.light, "light"),
        (entries.deferring, "deferring"),
        (entries.transparent, "transparent"),
    ):
        _check_listed_once(listed, f"{name}: {what}")
    words: tuple[Words | Matrix | Frame, ...] = (*entries.verbs, *entries.nouns, *entries.adjectives)
    for entry in (*words, *entries.matrices, *entries.frames):
        if entry.mode is not None and (entry.type == "none" or entry.mode not in ontology.type(entry.type).modes):
            raise KnowledgeError(f"{name}: {entry.type} has no mode '{entry.mode}' (in the entry {_first(entry)}).")
    for frame in entries.frames:
        unknown = [o for o in frame.objects if o.startswith("@") and o[1:] not in entries.classes]
        unknown += [o for o in frame.objects if o[0].isupper() and o != "PERSON" and not _is_evoked(o, ontology)]
        if unknown:
            raise KnowledgeError(
                f"{name}: frame {_first(frame)} names {', '.join(unknown)}, which is no class or type."
            )
    used = {o[1:] for frame in entries.frames for o in frame.objects if o.startswith("@")}
    if idle := sorted(set(entries.classes) - used):
        raise KnowledgeError(f"{name}: no frame uses the class {', '.join(idle)}; take it out or use it.")


def _check_listed_once(lemmas: Iterable[str], where: str) -> None:
    counts = Counter(lemmas)
    if twice := sorted(lemma for lemma, n in counts.items() if n > 1):
        raise KnowledgeError(f"{where} list these more than once: {', '.join(twice)}.")
    if odd := sorted(lemma for lemma in counts if lemma != lemma.lower().strip() or not lemma):
        raise KnowledgeError(f"{where}: write these in lower case without outer spaces: {', '.join(odd)}.")


def _is_evoked(name: str, ontology: Ontology) -> bool:
    kind, _, mode = name.partition("/")
    return kind in TYPES and (not mode or mode in ontology.type(kind).modes)


def _first(entry: Words | Matrix | Frame) -> str:
    words = entry.verbs if isinstance(entry, Frame) else entry.lemmas
    return f"that begins with '{words[0]}'" if words else "without words"


def _first_word(parts: tuple[str, ...]) -> int:
    return 0


def _head_noun(parts: tuple[str, ...]) -> int:
    """ "phone call": the last word; "message of condolence": the word before the preposition."""
    return next((i - 1 for i, part in enumerate(parts) if i and part in PREPOSITIONS), len(parts) - 1)


def _lexicon(groups: Iterable[Words], head: Callable[[tuple[str, ...]], int]) -> Lexicon:
    single: dict[str, Sense] = {}
    longer: dict[str, list[tuple[tuple[str, ...], Sense]]] = {}
    for words in groups:
        sense = Sense(
            words.type, words.mode, words.symmetric, words.inverse, TRUST[words.strength], words.object, words.mutual
        )
        for lemma in words.lemmas:
            parts = tuple(lemma.split())
            if len(parts) == 1:
                single[lemma] = sense
            else:
                at = head(parts)
                longer.setdefault(parts[at], []).append((parts[:at] + parts[at + 1 :], sense))
    return Lexicon(single, {lemma: tuple(sorted(found, key=_longest)) for lemma, found in longer.items()})


def _longest(entry: tuple[tuple[str, ...], object]) -> tuple[int, tuple[str, ...]]:
    return -len(entry[0]), entry[0]


def _frames(entries: Source) -> dict[str, tuple[FrameSense, ...]]:
    by_verb: dict[str, list[FrameSense]] = {}
    for frame in entries.frames:
        lemmas: set[str] = set()
        for name in frame.objects:
            lemmas.update(entries.classes[name[1:]] if name.startswith("@") else [] if name[0].isupper() else [name])
        kind = None if frame.type == "none" else frame.type
        for verb in frame.verbs:
            first, _, particle = verb.partition(" ")
            made = FrameSense(
                particle=particle or None,
                lemmas=frozenset(lemmas),
                evoked=frozenset(o for o in frame.objects if o[0].isupper() and o != "PERSON"),
                person="PERSON" in frame.objects,
                preps=frozenset(frame.preps),
                near=frozenset(frame.near),
                sense=Sense(kind, frame.mode, frame.symmetric, frame.inverse, TRUST["strong"]),
            )
            by_verb.setdefault(first, []).append(made)
    # Of the frames of a verb, those with its particle come first: "give up weapons" is not "give weapons".
    return {verb: tuple(sorted(found, key=lambda f: f.particle is None)) for verb, found in by_verb.items()}


def _matrices(matrices: Iterable[Matrix]) -> dict[str, tuple[tuple[tuple[str, ...], Matrix], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], Matrix]]] = {}
    for matrix in matrices:
        for lemma in matrix.lemmas:
            first, *rest = lemma.split()
            found.setdefault(first, []).append((tuple(rest), matrix))
    return {lemma: tuple(sorted(entries, key=_longest)) for lemma, entries in found.items()}
