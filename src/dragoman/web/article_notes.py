"""The notes beside an article: its events and claims, who is named in it, its copies, and what went wrong in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from dragoman.analysis.reprints import find_reprints
from dragoman.analysis.reprints.families import Kind
from dragoman.briefing.voices import chain_words, content_words, source_words, speaker_words
from dragoman.briefing.wording import one_line, shortened
from dragoman.model import Article, Claim, CodedArticle, Event, Mention, Party, Problem, ReportedEvent
from dragoman.record.claims import reported_claim
from dragoman.web import links
from dragoman.web.article_text import HOW, mention_ref
from dragoman.web.desk import Desk
from dragoman.web.errors import NotFoundError
from dragoman.web.parts import Mark, Ref, When, chain_refs, place_words, publisher_ref, refs, when
from dragoman.web.report_card import basis_words
from dragoman.web.reviewing import Choice, own_event
from dragoman.web.second import Second, second_opinions

COMPARED: Final = 200
"""Articles at most that are compared with this one to find its copies."""
NAMED: Final = 60
_COPY_WORDS: Final[Mapping[Kind, str]] = {
    "exact": "word for word",
    "furniture": "in other furniture",
    "edited": "with words changed",
    "cut": "cut",
}


class SideRow(msgspec.Struct, frozen=True, kw_only=True):
    """One party of an event: who, the words of the text, and how it is known who is meant."""

    who: Ref
    words: str
    how: str | None


class EventNote(msgspec.Struct, frozen=True, kw_only=True):
    """An event of the article as it stands, with what the coder and persons say of it."""

    label: str
    choice: Choice
    says: str
    marks: tuple[Mark, ...]
    when: When
    date_basis: str
    place: str | None
    symmetric: bool
    actors: tuple[SideRow, ...]
    recipients: tuple[SideRow, ...]
    chain: tuple[Ref, ...]
    source: str
    contexts: tuple[str, ...]
    claim: Ref | None
    incident: Ref | None
    seconds: tuple[Second, ...]


class ClaimNote(msgspec.Struct, frozen=True, kw_only=True):
    """A claim of the article; `tells_of` are the events in it."""

    label: str
    id: str
    speaker: str
    who: Ref | None
    cue: str | None
    kind: str
    content: str
    chain: str
    tells_of: tuple[Ref, ...]


class NamedRow(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is named: how often, in which ways, and the id of the first mention."""

    who: Ref
    offices: tuple[str, ...]
    times: int
    how: str
    first: str
    words: str


class CopyRow(msgspec.Struct, frozen=True, kw_only=True):
    """Another article of the same text."""

    article: Ref
    publisher: Ref | None
    published: str | None
    kind: str


class ProblemRow(msgspec.Struct, frozen=True, kw_only=True):
    """What was kept aside or mended of the article, and why."""

    kind: str
    stage: str
    field: str | None
    reason: str


def event_notes(desk: Desk, coded: CodedArticle, chosen: Sequence[Choice]) -> tuple[EventNote, ...]:
    """The events of an article, also those that a person added or rejected, in the order that is given."""
    mentions = {mention.id: mention for mention in coded.mentions}
    claims = {claim.id: (number, claim) for number, claim in enumerate(coded.claims, start=1)}
    return tuple(
        _event_note(desk, coded.article, choice, f"E{number}", mentions, claims)
        for number, choice in enumerate(chosen, start=1)
    )


def claim_notes(coded: CodedArticle, events: Iterable[EventNote]) -> tuple[ClaimNote, ...]:
    """The claims of an article in their order."""
    telling: dict[str, list[Ref]] = {}
    for note in events:
        if note.claim is not None:
            telling.setdefault(note.claim.name, []).append(Ref(name=note.label, href=f"#note-{note.choice.id}"))
    return tuple(
        _claim_note(coded, claim, f"C{number}", telling.get(f"C{number}", ()))
        for number, claim in enumerate(coded.claims, start=1)
    )


def named(mentions: Iterable[Mention]) -> tuple[NamedRow, ...]:
    """Who is named, those most often named first; words that name nobody known stand by themselves at the end."""
    groups: dict[tuple[bool, str], list[Mention]] = {}
    for mention in mentions:
        groups.setdefault((mention.actor is None, mention.actor or one_line(mention.text)), []).append(mention)
    rows = sorted(groups.items(), key=lambda item: (item[0][0], -len(item[1]), item[1][0].start))
    return tuple(_named_row(group) for _, group in rows[:NAMED])


def copies_of(desk: Desk, article: Article) -> tuple[CopyRow, ...]:
    """The copies of an article among those that report the same incidents; the original first."""
    others = {article.id: article}
    for report in desk.reports_in(article.id):
        for each in desk.event(report.event.id)[1].reports:
            if len(others) < COMPARED:
                others.setdefault(each.article.id, each.article)
    family = find_reprints(others.values()).family_of(article.id) if len(others) > 1 else None
    if family is None:
        return ()
    kinds: dict[str, str] = {copy.article: f"a copy, {_COPY_WORDS[copy.kind]}" for copy in family.copies}
    kinds[family.original] = "the original"
    return tuple(_copy_row(others[key], kinds[key]) for key in family.articles if key != article.id)


def problems_of(desk: Desk, article_id: str) -> tuple[ProblemRow, ...]:
    """What was kept aside or mended of an article."""

    def by_article() -> dict[str, list[Problem]]:
        found: dict[str, list[Problem]] = {}
        for problem in desk.record.failures():
            if problem.article_id is not None:
                found.setdefault(problem.article_id, []).append(problem)
        return found

    return tuple(
        ProblemRow(
            kind="kept aside" if problem.kind == "failed" else "mended",
            stage=problem.stage,
            field=problem.field,
            reason=shortened(one_line(problem.reason), 500),
        )
        for problem in desk.memo("problems", by_article).get(article_id, ())
    )


def _event_note(
    desk: Desk,
    article: Article,
    choice: Choice,
    label: str,
    mentions: Mapping[str, Mention],
    claims: Mapping[str, tuple[int, Claim]],
) -> EventNote:
    event, incident = _as_it_stands(desk, choice.id)
    number, claim = claims.get(event.claim or "", (0, None))
    report = ReportedEvent(event=event, article=article, claim=claim)
    basis = basis_words(event.date)
    chain = chain_refs(report)
    told = when(event.date, article.published)
    said = f"{choice.what}; {told.words}, {basis}; according to {', by '.join(ref.name for ref in chain) or 'nobody'}"
    return EventNote(
        label=label,
        choice=choice,
        says=shortened(f"{said}; confidence {choice.confidence:.2f}", 400),
        marks=(
            Mark(
                kind="quad",
                text=f"{choice.type}, {choice.mode}" if choice.mode else choice.type,
                value=str(choice.quad),
            ),
            Mark(kind="plain", text=choice.status),
        ),
        when=told,
        date_basis=basis,
        place=place_words(event),
        symmetric=event.symmetric,
        actors=_side(event.actors, mentions),
        recipients=_side(event.recipients, mentions),
        chain=chain,
        source=source_words(report),
        contexts=tuple(map(one_line, event.contexts)),
        claim=Ref(name=f"C{number}", href=f"#note-{claim.id}") if claim is not None else None,
        incident=incident,
        seconds=second_opinions(desk, article.id, event),
    )


def _as_it_stands(desk: Desk, event_id: str) -> tuple[Event, Ref | None]:
    """The event, with its incident; one that was rejected, or added a moment ago, is in none."""
    try:
        report, incident = desk.event(event_id)
    except NotFoundError:
        return own_event(desk, event_id)[1], None
    note = f"{len(incident.reports)} reports" if len(incident.reports) > 1 else "only this report"
    return report.event, Ref(name=incident.standing, href=links.incident(incident.id), note=note)


def _side(parties: Iterable[Party], mentions: Mapping[str, Mention]) -> tuple[SideRow, ...]:
    rows = []
    for party in parties:
        mention = mentions.get(party.mention or "")
        who = next(iter(refs([party])))
        how = HOW[mention.how] if mention is not None else None
        rows.append(SideRow(who=who, words=shortened(one_line(party.text), 120), how=how))
    return tuple(rows)


def _claim_note(coded: CodedArticle, claim: Claim, label: str, tells_of: Sequence[Ref]) -> ClaimNote:
    told = reported_claim(claim, coded)
    speaker = claim.speaker
    who = None
    if speaker is not None and told.speakers:
        ref = mention_ref(told.speakers[0])
        who = ref if ref.href != "#named" else None
    return ClaimNote(
        label=label,
        id=claim.id,
        speaker=speaker_words(told),
        who=who,
        cue=shortened(one_line(claim.cue.text), 60) if claim.cue is not None else None,
        kind=claim.kind,
        content=content_words(claim),
        chain=chain_words(claim.chain),
        tells_of=tuple(tells_of),
    )


def _named_row(group: Sequence[Mention]) -> NamedRow:
    first = min(group, key=lambda mention: mention.start)
    ways = Counter(mention.how for mention in group)
    offices = dict.fromkeys(shortened(one_line(m.office), 90) for m in group if m.office)
    return NamedRow(
        who=mention_ref(first),
        offices=tuple(offices)[:3],
        times=len(group),
        how=", ".join(f"{way} {number}" if len(ways) > 1 else way for way, number in ways.most_common()),
        first=first.id,
        words=shortened(one_line(first.text), 90),
    )


def _copy_row(article: Article, kind: str) -> CopyRow:
    title = shortened(one_line(article.title or "(no title)"), 160)
    return CopyRow(
        article=Ref(name=title, href=links.article(article.id)),
        publisher=publisher_ref(article.publisher),
        published=article.published,
        kind=kind,
    )
