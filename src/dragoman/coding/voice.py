"""Who 'we' and 'I' are: the speaker of the claim they stand in, else the state whose own agency writes the article."""

from __future__ import annotations

import msgspec

from dragoman.coding.claims.chain import claim_containing
from dragoman.coding.draft import Draft
from dragoman.coding.names import Names, default_names
from dragoman.knowledge.actors import ActorKnowledge
from dragoman.knowledge.coreference import load_coreference
from dragoman.knowledge.entries import Outlet
from dragoman.model import Article, Mention


class Voice:
    """The step that adds mentions for pronouns of the first person; runs after the claims are known."""

    def __init__(self, names: Names | None = None) -> None:
        self.knowledge = (names or default_names()).known.actors

    def __call__(self, draft: Draft) -> None:
        """Resolve 'we', 'our', 'I'; those whose speaker has no state are left out."""
        words = load_coreference().first_person
        home = home_state(draft.article, self.knowledge)
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


def _outlet(knowledge: ActorKnowledge, name: str) -> Outlet | None:
    return next((o for o in knowledge.outlets if name in (form.lower() for form in (o.name, *o.names))), None)
