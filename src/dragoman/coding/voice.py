"""Who 'we' and 'I' are: the speaker of the claim they stand in, else whoever writes the article.

That is the state whose own agency it is, or who issues the statement that it is.
"""

from __future__ import annotations

import re

import msgspec

from dragoman.coding.claims.chain import claim_containing
from dragoman.coding.draft import Draft
from dragoman.coding.names import Names, default_names
from dragoman.knowledge.actors import ActorKnowledge
from dragoman.knowledge.coreference import load_coreference
from dragoman.knowledge.entries import Outlet
from dragoman.model import Article, Mention

# A title of somebody's own words.
STATEMENT = re.compile(
    r"^(?:press\s+|joint\s+|official\s+)?(?:statement|remarks|communiqu[eé]|message|address|letter)\b", re.IGNORECASE
)


class Voice:
    """The step that adds mentions for pronouns of the first person; runs after the claims are known."""

    def __init__(self, names: Names | None = None) -> None:
        self.knowledge = (names or default_names()).known.actors

    def __call__(self, draft: Draft) -> None:
        """Resolve 'we', 'our', 'I'; those whose speaker has no state are left out."""
        words = load_coreference().first_person
        home = home_state(draft.article, self.knowledge) or issuer(draft)
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


def home_state(article: Article, knowledge: ActorKnowledge | None = None) -> Mention | None:
    """The state that an article's own voice speaks for: that of the state agency that wrote it, else none."""
    knowledge = knowledge or default_names().known.actors
    written_by = article.reprint_of or article.publisher or (article.dateline.agency if article.dateline else None)
    outlet = _outlet(knowledge, (written_by or "").lower())
    if outlet is None or not outlet.state_media:
        return None
    state = knowledge.state(outlet.country)
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


def _outlet(knowledge: ActorKnowledge, name: str) -> Outlet | None:
    return next((o for o in knowledge.outlets if name in (form.lower() for form in (o.name, *o.names))), None)
