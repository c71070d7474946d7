"""What a word says of the event that it names or carries: negation, modals, habits, the adjectives before a noun.

Pure functions over a parse; the words are data (`knowledge/status.yaml`).
"""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.coding.dates.tense import verb_above
from dragoman.knowledge.status import StatusLexicon, load_status
from dragoman.model import EventType, Status

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
ARGUMENTS = SUBJECTS | {"dobj", "attr", "oprd", "dative", "obj"}
VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN"})
# Modals whose negation denies ("could not agree"); "may not" leaves it open.
DENYING_MODALS = frozenset({"could", "can", "ca", "would", "will", "wo", "shall", "'ll", "’ll", "'d", "’d"})
WOULD = frozenset({"would", "'d", "’d"})
# Event types that are promises or wills: the future is what makes them.
PROMISES: frozenset[EventType] = frozenset({"AGREE", "THREATEN"})
# The walk is bounded so that a broken parse cannot hold it.
STEPS = 12
# Acts in words: whoever would like to do one does it.
IN_WORDS: frozenset[EventType] = frozenset({"AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE"})
SPEAKING = frozenset({"i", "we"})
INVERTED = frozenset({"had", "should", "were"})


def opens_condition(verb: Token, lexicon: StatusLexicon) -> bool:
    """Whether a verb stands in a clause that nobody asserts: behind "if", or inverted ("Had they attacked, ...")."""
    if any(c.dep_ == "mark" and c.lower_ in lexicon.words.conditional for c in verb.children):
        return True
    if verb.dep_ != "advcl":
        return False
    first = next((t for t in verb.subtree if not t.is_punct), verb)
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    of_it = first.i == verb.i or (first.head.i == verb.i and first.dep_ in ("aux", "auxpass"))
    return of_it and first.lower_ in INVERTED and subject is not None and first.i < subject.i


def is_performed(verb: Token) -> bool:
    """'I would like to thank': whoever says so thanks."""
    wish = verb.head
    polite = verb.dep_ == "xcomp" and wish.lemma_ in ("like", "wish", "want") and wish.dep_ in ("ROOT", "ccomp", "conj")
    if not polite or any(c.dep_ == "neg" for c in wish.children):
        return False
    would = wish.lemma_ != "like" or any(c.dep_ == "aux" and c.lower_ in WOULD for c in wish.children)
    return would and any(c.dep_ in SUBJECTS and c.lower_ in SPEAKING for c in wish.children)


def of_verb(verb: Token, lexicon: StatusLexicon, below: Token | None = None) -> list[Status]:
    """Operators at a verb; what its argument `below` has said for itself ("no talks") is not said twice."""
    said: list[Status] = []
    negated, habit = is_negated(verb, lexicon, below), is_habit(verb, lexicon)
    for child in verb.children:
        word = child.lower_
        if child.dep_ == "aux" and child.tag_ in ("MD", "VBZ", "VBP") and word in lexicon.auxiliaries:
            if habit and word in WOULD:
                continue  # "would kidnap a foreigner every few months"
            if not negated:
                said.append(_modal(verb, child, lexicon))
            elif word not in DENYING_MODALS:
                negated = False
                said.append("hypothetical")
        elif child.dep_ in ("advmod", "npadvmod") and lexicon.adverbs.get(word, "denied") != "denied":
            said.append(lexicon.adverbs[word])
    if habit:
        said.append("habitual")
    if _never_came_to(verb):
        said.append("denied")
    return [*said, "denied"] if negated else said


def of_noun(noun: Token, lexicon: StatusLexicon, event_type: EventType | None = None) -> list[Status]:
    """Operators at a noun: "the planned visit", "no talks", "the visit scheduled for May", "the trip, which will"."""
    said: list[Status] = []
    for child in noun.children:
        word = child.lower_
        if child.dep_ in ("amod", "compound", "nmod", "advmod") and word in lexicon.modifiers:
            # Failed talks were held, a failed attack was not carried out.
            if event_type != "CONSULT" or word != "failed":
                said.append(lexicon.modifiers[word])
        elif child.dep_ == "acl" and child.tag_ in ("VBN", "VBD") and lexicon.modifiers.get(word) == "planned":
            said.append("planned")
        elif child.dep_ == "relcl" and child.lemma_ in lexicon.words.light_verbs:
            said += [s for s in of_verb(child, lexicon) if s == "planned"]
        elif child.dep_ in ("det", "neg", "preconj") and word in lexicon.words.negative_words:
            said.append("denied")
    return said


def is_negated(verb: Token, lexicon: StatusLexicon, below: Token | None = None) -> bool:
    """Whether a verb is denied: by 'not' and 'never', by 'nobody' as argument, by 'at no time'."""
    for child in verb.children:
        word = child.lower_
        if child == below:
            continue
        if child.dep_ == "neg" or (child.dep_ == "advmod" and lexicon.adverbs.get(word) == "denied"):
            following = child.nbor() if child.i + 1 < len(child.doc) else None
            if following is None or following.lower_ not in ("only", "just", "merely"):
                return True
        if child.dep_ == "advmod" and any(c.lower_ == "no" for c in child.children):
            return True
        if child.dep_ in ARGUMENTS and (
            word in lexicon.words.negative_words
            or any(c.dep_ == "det" and c.lower_ in ("no", "neither") for c in child.children)
        ):
            return True
    return _has_phrase(verb, lexicon.words.negative_phrases)


def is_habit(verb: Token, lexicon: StatusLexicon) -> bool:
    """Whether words of time beside a verb make it a habit: 'every Friday', 'twice a week', 'on Sundays'."""
    for token in verb.subtree:
        if _recurs(token, lexicon) and verb_above(token) == verb:
            return True
    if any(c.dep_ == "advcl" and any(w.lower_ == "whenever" for w in c.children) for c in verb.children):
        return True
    return _has_phrase(verb, lexicon.words.habitual_phrases) or _again_and_again(verb, lexicon)


def verb_key(verb: Token) -> str:
    """The verb as the lexicon writes it, with its particle: 'call off', 'turn down'."""
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), None)
    lemma = load_status().words.lemmas.get(verb.lower_, verb.lemma_.lower())
    return f"{lemma} {particle}" if particle else lemma


def is_passive(verb: Token) -> bool:
    """'was called off', 'called off by'."""
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
        return True
    return verb.tag_ == "VBN" and not any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)


def _modal(verb: Token, modal: Token, lexicon: StatusLexicon) -> Status:
    """'would' under a verb of saying in the past is the future told later; elsewhere it is open."""
    if modal.lower_ in WOULD and not any(c.dep_ == "aux" and c.lower_ == "have" for c in verb.children):
        top = verb.head if verb.dep_ == "conj" else verb
        if top.dep_ in ("ccomp", "acl", "relcl") and not any(c.dep_ == "advcl" and _if(c) for c in top.children):
            governor = top.head
            reported = governor.tag_ == "VBD" or any(c.dep_ == "aux" for c in governor.children)
            if reported or top.dep_ == "acl":
                return "planned"
    return lexicon.auxiliaries[modal.lower_]


def _if(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in clause.children)


def _never_came_to(verb: Token) -> bool:
    """'collapsed before they could meet', 'has yet to meet'."""
    before = any(c.dep_ == "mark" and c.lower_ == "before" for c in verb.children)
    could = any(c.dep_ == "aux" and c.lower_ == "could" for c in verb.children)
    head = verb.head
    yet = verb.dep_ == "xcomp" and head.lemma_ in ("have", "be") and any(c.lower_ == "yet" for c in head.children)
    return (before and could) or (yet and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children))


def _recurs(token: Token, lexicon: StatusLexicon) -> bool:
    """'every Friday', 'each session', 'twice a year', 'on Sundays'."""
    words = lexicon.words
    if token.lower_ in words.recurring_days and token.head.lower_ == "on":
        return True
    if token.lower_ not in words.habitual_times and token.lemma_.lower() not in words.habitual_times:
        return False
    if any(c.lower_ in ("every", "each") for c in token.children):
        return True
    before = token.doc[max(token.sent.start, token.i - 2) : token.i]
    return len(before) == 2 and before[0].lower_ in words.frequency and before[1].lower_ in ("a", "an", "per")


def _again_and_again(verb: Token, lexicon: StatusLexicon) -> bool:
    """'year after year', 'night after night'."""
    doc = verb.doc
    return any(
        t.lower_ == "after"
        and 0 < t.i < len(doc) - 1
        and doc[t.i - 1].lower_ == doc[t.i + 1].lower_
        and doc[t.i - 1].lower_ in lexicon.words.habitual_times
        and _beside(doc[t.i - 1], verb)
        for t in verb.sent
    )


def _has_phrase(verb: Token, phrases: frozenset[str]) -> bool:
    """Whether one of these phrases stands beside a verb, with no other verb between."""
    text = verb.sent.text.lower()
    for phrase in sorted(phrases):
        at = text.find(phrase)
        if at >= 0:
            span = verb.doc.char_span(verb.sent.start_char + at, verb.sent.start_char + at + len(phrase))
            if span is not None and _beside(span.root, verb):
                return True
    return False


def _beside(token: Token, verb: Token) -> bool:
    """Whether an adverbial belongs to a verb: it hangs on it, or opens the sentence of which it is the main verb."""
    if verb_above(token) == verb:
        return True
    low, high = sorted((token.i, verb.i))
    between = any(t.pos_ == "VERB" for t in token.doc[low + 1 : high])
    return verb.dep_ == "ROOT" and token.i < verb.i and not between
