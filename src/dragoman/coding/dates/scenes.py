"""Scenes of a story: what a paragraph tells after a dated sentence happened at the same time.

Takes undated acts, the parsed sentences and their times, and gives dates. Separate from `links`, which passes on the
dates of events; a scene is set by any sentence whose main verb has a time, event or not: "The deal came in June."
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from dragoman.coding.dates.attach import Time, dating
from dragoman.coding.dates.links import event_date, is_told, teller
from dragoman.coding.dates.tense import is_past, is_pluperfect
from dragoman.coding.draft import Candidate, Draft, Sentence
from dragoman.knowledge.calendar import load_calendar
from dragoman.model import EventDate

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
VERBAL = frozenset({"VERB", "AUX"})
SPANS = frozenset({"day", "month"})


def told_in_scene(draft: Draft, candidates: Sequence[Candidate], times: Sequence[Time]) -> dict[int, EventDate]:
    """Dates for undated acts told in the simple past, by the last dated sentence before them in their paragraph.

    A sentence in another tense, or with a time that dates something else, ends the scene; whoever the dated sentence
    does not name, where it names anybody, comes in later ("Berlin called off talks").
    """
    found: dict[int, EventDate] = {}
    scenes = scenes_of(draft.sentences, times)
    for number, undated in enumerate(candidates):
        scene = scenes.get(undated.sentence.index)
        if undated.date is not None or undated.status != "actual" or scene is None or scene.interval is None:
            continue
        if is_told(teller(undated)) and not _later(teller(undated)) and _takes_part(draft, undated, scene.sentence):
            found[number] = event_date(scene.interval, scene.found.text)
    return found


def _later(verb: Token) -> bool:
    """'Then banned', 'later refused'."""
    return any(c.lower_ in load_calendar().later for c in verb.children)


def _takes_part(draft: Draft, act: Candidate, scene: Sentence) -> bool:
    """Whether an actor is one of those whom the scene's first sentence names, or it only sets the scene."""
    there = {m.country or m.actor for m in draft.mentions if scene.start <= m.start < scene.end} - {None}
    if not there:
        return scene.tokens.root.lemma_ in load_calendar().setting
    return any((m.country or m.actor) in there for m in act.actors)


def scenes_of(sentences: Sequence[Sentence], times: Sequence[Time]) -> Mapping[int, Time]:
    """The time of the scene in which each sentence without a time of its own stands, by the sentence's number."""
    inside: dict[int, Time] = {}
    scene: Time | None = None
    paragraph: int | None = None
    for sentence in sentences:
        if sentence.paragraph != paragraph:
            paragraph, scene = sentence.paragraph, None
        here = [t for t in times if t.sentence.index == sentence.index]
        if here:
            scene = day_of_main_verb(sentence, here)
        elif scene is not None and _goes_on(sentence.tokens.root):
            inside[sentence.index] = scene
        else:
            scene = None
    return inside


def day_of_main_verb(sentence: Sentence, here: Sequence[Time]) -> Time | None:
    """The day or month in the past that dates a sentence's main verb."""
    root = sentence.tokens.root
    if not _goes_on(root):
        return None
    verb = Candidate(sentence, root, sentence.start, sentence.end, [], [])
    time = dating(verb, here, frozenset())
    if time is None or time.interval is None or time.found.relation != "in" or time.interval.granularity not in SPANS:
        return None
    of_subject = any(time.span.root in c.subtree for c in root.children if c.dep_ in SUBJECTS)
    # "The vote of Monday was close" sets no scene; "the next morning war was there" does, however it is parsed.
    opens = time.span.start == sentence.tokens.start and time.span.root.dep_ != "poss"
    return None if of_subject and not opens else time


def _goes_on(root: Token) -> bool:
    """Whether a main verb tells a story on: simple past, not what was before it."""
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in root.children)
    return root.pos_ in VERBAL and is_past(root) and not is_pluperfect(root) and not perfect
