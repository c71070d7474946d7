"""What a search found as rows of its page: plain values with links, and the words looked for marked."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from dragoman.briefing.wording import one_line, seen, shortened
from dragoman.knowledge.actors import load_actors
from dragoman.record.search import Hit, Kind, Piece
from dragoman.web import links
from dragoman.web.desk import Desk
from dragoman.web.errors import NotFoundError
from dragoman.web.parts import Mark, Ref, When, chain_refs, publisher_ref, report_row, sourcing_marks


class HitRow(msgspec.Struct, frozen=True, kw_only=True):
    """One article, claim or event. `head` leads to the article or the incident; `article` is where it stands."""

    kind: Kind
    id: str
    href: str
    head: tuple[Piece, ...]
    by: Ref | None
    text: tuple[Piece, ...]
    when: When
    article: Ref
    outlet: Ref | None
    chain: tuple[Ref, ...]
    marks: tuple[Mark, ...]
    quad: int | None
    place: str | None
    url: str | None


def hit_row(desk: Desk, hit: Hit) -> HitRow:
    """A hit as a row."""
    if hit.found.kind == "event":
        try:
            return _event(desk, hit)
        except NotFoundError:  # the index is a moment behind or ahead of the desk
            pass
    found = hit.found
    return HitRow(
        kind=found.kind,
        id=found.id,
        href=links.article(found.article, found.id.rpartition("/")[2] if found.kind == "claim" else None),
        head=_clean(hit.title) or (Piece(_article(hit).name, False),),
        by=_speaker(hit),
        text=_clean(hit.text),
        when=When(words=found.published or "no date", start=found.published, end=found.published),
        article=_article(hit),
        outlet=publisher_ref(found.publisher),
        chain=_chain(hit) if found.kind == "claim" else (),
        marks=_marks(desk, hit),
        quad=None,
        place=None,
        url=links.safe_url(found.url) if found.url else None,
    )


def _event(desk: Desk, hit: Hit) -> HitRow:
    report, incident = desk.event(hit.found.id)
    row = report_row(report)
    kind = f"{row.type}, {row.mode}" if row.mode else row.type
    return HitRow(
        kind="event",
        id=row.id,
        href=links.incident(incident.id),
        head=(Piece(row.what, False),),
        by=None,
        text=_clean(hit.text),
        when=row.when,
        article=Ref(name=_article(hit).name, href=row.href),
        outlet=row.publisher,
        chain=chain_refs(report),
        marks=(
            Mark(kind="quad", text=kind, value=str(row.quad)),
            Mark(kind="plain", text=row.status),
            *sourcing_marks(incident),
        ),
        quad=row.quad,
        place=row.place,
        url=None,
    )


def _article(hit: Hit) -> Ref:
    day = f"article of {hit.found.published}" if hit.found.published else "article without a title"
    title = shortened(one_line(hit.found.title or day), 120)
    return Ref(name=title, href=links.article(hit.found.article))


def _speaker(hit: Hit) -> Ref | None:
    """Who says it: a state by its code, another by name; without a link where nobody known is meant."""
    found = hit.found
    if found.kind != "claim" or not found.who:
        return None
    state = load_actors().by_code.get(found.country or "")
    key = found.country if state is not None and state.name == found.actor else found.actor
    note = state.name if state is not None and state.name != found.actor else None
    return Ref(name=shortened(one_line(found.who[0]), 90), href=links.actor(key) if key else None, note=note)


def _chain(hit: Hit) -> tuple[Ref, ...]:
    found = hit.found
    return tuple(
        Ref(name=shortened(one_line(name), 90), href=links.outlet(name) if name == found.publisher else None)
        for name in found.said_by
    )


def _marks(desk: Desk, hit: Hit) -> tuple[Mark, ...]:
    if hit.found.kind == "claim":
        words = {"direct": "quoted", "indirect": "in other words", "mixed": "partly quoted"}
        return (Mark(kind="plain", text=words.get(hit.found.mode or "", "said")),)
    number = len(desk.reports_in(hit.found.article))
    return (Mark(kind="sourcing", text=f"{number} event{'' if number == 1 else 's'}"),)


def _clean(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Without what cannot be seen or steers, and white space folded; the pieces still join as they did."""
    made = (Piece(re.sub(r"\s+", " ", seen(piece.text)), piece.hit) for piece in pieces)
    return tuple(piece for piece in made if piece.text)
