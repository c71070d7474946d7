"""Drafts for tests of single steps: a text is parsed, and mentions are put in by hand."""

from __future__ import annotations

from dragoman.coding.draft import Draft
from dragoman.coding.language import load_pipeline, parse
from dragoman.model import Article, Mention


def draft(text: str, *mentions: tuple[str, str | None, str | None], **article: object) -> Draft:
    """A parsed draft. Each mention is (text as it stands, canonical actor, country), placed where it first occurs."""
    made = next(parse([Article(id="test", text=text, **article)], load_pipeline()))  # type: ignore[arg-type]
    for number, (words, actor, country) in enumerate(mentions):
        start = text.index(words)
        made.mentions.append(
            Mention(
                id=f"m{number}",
                start=start,
                end=start + len(words),
                text=words,
                actor=actor,
                country=country,
                how="name",
            )
        )
    made.mentions.sort(key=lambda m: m.start)
    return made
