"""Who 'we' and 'I' are: the speaker of the claim they stand in, else whoever writes the article.

That is the state whose own agency it is, or who issues the statement that it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from dragoman.coding.claims.chain import claim_containing
from dragoman.coding.draft import Draft
from dragoman.coding.names import Atom, Names, default_names
from dragoman.knowledge.actors import ActorKnowledge
from dragoman.knowledge.coreference import load_coreference
from dragoman.knowledge.entries import Outlet
from dragoman.model import Article, Mention

# A publisher that is a part of a state.
AUTHORITY = re.compile(
    r"^(?:the\s+)?(?:press\s+(?:service|office)\s+of\s+the\s+)?"
    r"(?:(?:\w+\s+)?ministry|government|presidency|parliament|cabinet|embassy|department|office)\b",
    re.IGNORECASE,
)
# A title of somebody's own words.
STATEMENT = re.compile(
    r"^(?:press\s+|joint\s+|official\s+)?(?:statement|remarks|communiqu[eé]|message|address|letter)\b", re.IGNORECASE
)


class Voice:
    """The step that adds mentions for pronouns of the first person; runs after the claims are known."""

    def __init__(self, names: Names | None = None) -> None:
        self.names = names or default_names()

    def __call__(self, draft: Draft) -> None:
        """Resolve 'we', 'our', 'I'; those whose speaker has no state are left out."""
        words = load_coreference().first_person
        home = home_state(draft.article, self.names) or issuer(draft)
        speakers = {(m.start, m.end): m for m in draft.mentions}
        added: list[Mention] = []
        for sentence in draft.sentences:
            for token in sentence.tokens:
                if token.lower_ not in words or token.pos_ not in ("PRON", "DET"):
                    continue
                start = sentence.offset(token)
                claim = claim_containing(draft, start, start + len(token))
                whom = home
                if claim is not None and claim.speaker is not None:
                    inside = [
                        m for m in draft.mentions if claim.speaker.start <= m.start and m.end <= claim.speaker.end
                    ]
                    whom = speakers.get((claim.speaker.start, claim.speaker.end)) or next(
                        (m for m in inside if m.country), None
                    )
                if whom is not None and whom.country is not None:
                    added.append(
                        msgspec.structs.replace(
                            whom, start=start, end=start + len(token), text=token.text, how="pronoun"
                        )
                    )
        merged = sorted([*draft.mentions, *added], key=lambda m: (m.start, m.end))
        draft.mentions = [msgspec.structs.replace(m, id=f"m{i}") for i, m in enumerate(merged)]


def home_state(article: Article, names: Names | None = None) -> Mention | None:
    """The state that an article's own voice speaks for, else none.

    That of the state agency, or of the ministry or other authority, that wrote it.
    """
    names = names or default_names()
    knowledge = names.known.actors
    written_by = article.reprint_of or article.publisher or (article.dateline.agency if article.dateline else None)
    outlet = _outlet(knowledge, (written_by or "").lower())
    code = _authority(written_by, names) if outlet is None else outlet.country if outlet.state_media else None
    if code is None:
        return None
    state = knowledge.state(code)
    return Mention(
        id="",
        start=0,
        end=0,
        text="",
        actor=state.name,
        actor_id=f"state:{state.code}",
        country=state.code,
        sector="GOV",
        how="pronoun",
    )


def issuer(draft: Draft) -> Mention | None:
    """Whose statement an article is that is nothing else: its title says that it is one, its first subject whose."""
    first = next((s for s in draft.sentences if s.furniture is None), None)
    if first is None or not STATEMENT.search(draft.article.title or ""):
        return None
    for mention in draft.mentions:
        span = first.token_span(mention.start, mention.end) if first.start <= mention.start < first.end else None
        if span is not None and span.root.dep_ == "nsubj" and span.root.head.i == first.tokens.root.i:
            return mention if mention.country is not None and mention.sector != "JRN" else None
    return None


def _authority(publisher: str | None, names: Names) -> str | None:
    """The state of a publisher that is an authority: "Ministry of Defence of Peru", "Government of India"."""
    if publisher is None:
        return None
    atoms = names.find(publisher)
    states = {a.country for a in atoms}
    known = any(a.kind in ("organ", "metonym") for a in atoms)
    if len(states) != 1 or not (known or AUTHORITY.match(_without(publisher, atoms))):
        return None
    return states.pop()


def _without(text: str, atoms: Sequence[Atom]) -> str:
    """A publisher's name without the state that begins it: "Israel Ministry of Foreign Affairs"."""
    first = next((a for a in atoms if a.start == 0), None)
    return text[first.end :].lstrip() if first is not None else text


def _outlet(knowledge: ActorKnowledge, name: str) -> Outlet | None:
    return next((o for o in knowledge.outlets if name in (form.lower() for form in (o.name, *o.names))), None)
