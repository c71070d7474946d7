"""A desk out of the one before it and what persons decided since: in a moment, where the record takes long to read.

Only articles decided about are read again, and only incidents around their events are formed anew, by the rules of the
whole. A report that would move between two incidents far from the decision stays where it is until the record has been
read again, which `keeper` sees to; what counts over the whole record (`KEPT`) is until then as it was.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from dragoman.analysis.incidents import Incident, incidents
from dragoman.analysis.parties import plain
from dragoman.model import Event, Party, ReportedEvent
from dragoman.record import Record
from dragoman.record.decisions import Decision, ReportRef, read_decisions
from dragoman.record.reviews import Review, Verdict, read_reviews, verdicts
from dragoman.web.desk import Desk
from dragoman.web.lookup import countries_of, pairs_of
from dragoman.web.second import opinions_stamp

AROUND: Final = 45
"""Days around an event within which incidents of the same sides are formed anew: those that it may belong to."""
MOST: Final = 400
"""Incidents around one event, the nearest; a state alone may have many."""
DECIDED: Final = 60
"""Events decided about since the desk was made, above which it is left to reading all of the record again."""
ROUNDS: Final = 4
OF_TIES: Final = frozenset({"tie", "series", "turns", "chosen", "contacts", "firsts", "pledges", "persons", "tie row"})
"""What is remembered of two parties, who stand second and third in its key."""
KEPT: Final = frozenset(
    {
        "active", "articles by day", "calendar", "calendar ahead", "calendar pledges", "choice of parties", "claims",
        "claims about", "claims by", "claims by place", "claims of outlets", "credits", "map", "named in claims",
        "network", "network read", "network starts", "outlets", "press table", "problems", "recent pledges",
        "review-queue", "source kinds", "speakers", "states", "subject", "turned",
    }
)  # fmt: skip
"""What is remembered of all of the record, takes long to make and may be a decision behind for a while."""
OF_OPINIONS: Final = frozenset({"distances", "opinions", "weighed queue"})
"""Likewise, until another opinion comes; the stamp of their file stands second in its key."""


def patched(desk: Desk) -> Desk | None:
    """The desk with what persons decided and models said since it was made; None where that is too much for this way.

    Raises `RecordError` when decisions or articles cannot be read.
    """
    reviews = tuple(read_reviews(desk.record.path))
    decisions = tuple(read_decisions(desk.record.path))
    if (reviews, decisions) == (desk.reviews, desk.decisions):
        return desk.renewed(_but_old_opinions(desk))
    articles, regrouped = _decided_since(desk.reviews, reviews), _changed(desk.decisions, decisions)
    if len(articles) + len(regrouped) > DECIDED or not articles <= desk.articles.keys():
        return None
    coded = {article: _reports(desk.record, article) for article in sorted(articles)}
    chosen = {each.id: each for each in _touched(desk, coded, regrouped)}
    formed = _formed(desk, chosen, coded, decisions)
    if formed is None:
        return None
    old = [each for key, each in chosen.items() if formed.get(key) != each]
    new = [each for key, each in formed.items() if chosen.get(key) != each]
    return Desk(
        desk.record,
        desk.lookup.altered(old, new) if old or new else desk.lookup,
        desk.articles,
        decisions=decisions,
        reviews=reviews,
        serial=desk.serial + 1,
        remembered=_remembered(desk, (*old, *new)),
    )


def _decided_since(before: Sequence[Review], now: Sequence[Review]) -> set[str]:
    """The articles with an event of which something else stands now than before."""
    was, stands = _standing(before), _standing(now)
    return {key[0] for key in was.keys() | stands.keys() if was.get(key) != stands.get(key)}


def _standing(reviews: Sequence[Review]) -> dict[tuple[str, str], Verdict]:
    return {(verdict.article, verdict.reviews[0].event.id): verdict for verdict in verdicts(reviews)}


def _changed(before: Sequence[Decision], now: Sequence[Decision]) -> list[Decision]:
    """The decisions on incidents that are new, or were taken back."""
    counted = [Counter(map(msgspec.json.encode, each)) for each in (before, now)]
    other = (counted[0] - counted[1]) + (counted[1] - counted[0])
    return [msgspec.json.decode(line, type=Decision) for line in sorted(other)]


def _reports(record: Record, article_id: str) -> list[ReportedEvent]:
    """The reports of an article as they are in the record now."""
    coded = record.coded(article_id)
    claims = {claim.id: claim for claim in coded.claims}
    return [
        ReportedEvent(event=event, article=coded.article, claim=claims.get(event.claim) if event.claim else None)
        for event in coded.events
    ]


def _touched(
    desk: Desk, coded: Mapping[str, Sequence[ReportedEvent]], regrouped: Iterable[Decision]
) -> Iterator[Incident]:
    """The incidents that a decision may change: those of its reports, and those around what it made of an event."""
    for article, now in coded.items():
        before = {report.event.id: report.event for report in desk.reports_in(article)}
        yield from _of_article(desk, article)
        after = {report.event.id: report.event for report in now}
        for key in sorted(before.keys() | after.keys()):
            if before.get(key) != after.get(key):
                for event in (before.get(key), after.get(key)):
                    if event is not None:
                        yield from _around(desk, event, now[0].article.published if now else None)
    for decision in regrouped:
        yield from _named(desk, (*decision.reports, *decision.rest))


def _of_article(desk: Desk, article: str) -> list[Incident]:
    return [desk.lookup.reports[report.event.id][1] for report in desk.reports_in(article)]


def _named(desk: Desk, refs: Iterable[ReportRef]) -> Iterator[Incident]:
    """The incidents of the reports that a decision names, by the words that they share."""
    for ref in refs:
        for report in desk.reports_in(ref.article):
            span = report.event.evidence
            if ref.start < span.end and span.start < ref.end:
                yield desk.lookup.reports[report.event.id][1]


def _around(desk: Desk, event: Event, published: str | None) -> list[Incident]:
    """The incidents of the sides of an event at about its time, the nearest first."""
    found = {each.id: each for each in _of_sides(desk, event)}
    day = event.date.start if event.date is not None else published
    if day is None:
        return list(found.values())[:MOST]
    at = datetime.date.fromisoformat(day).toordinal()
    near = [(away, each.id, each) for each in found.values() if (away := _days_from(at, each)) <= AROUND]
    return [each for _, _, each in sorted(near, key=lambda item: item[:2])[:MOST]]


def _of_sides(desk: Desk, event: Event) -> Iterator[Incident]:
    """The incidents between the states of the two sides; where there are no two, those of whoever is known least."""
    codes = [{party.country for party in side if party.country} for side in (event.actors, event.recipients)]
    pairs = sorted({(min(a, b), max(a, b)) for a in codes[0] for b in codes[1] if a != b})
    if pairs:
        for pair in pairs:
            yield from desk.pairs.get(pair, ())
    else:
        sides = [_of_side(desk, side) for side in (event.actors, event.recipients) if side]
        yield from min(sides, key=len, default=())


def _of_side(desk: Desk, side: Iterable[Party]) -> Sequence[Incident]:
    found: list[Incident] = []
    for party in side:
        if party.country:
            found += desk.lookup.by_country.get(party.country, ())
        elif party.actor:
            found += desk.lookup.by_name.get(plain(party.actor), ())
    return found


def _days_from(day: int, each: Incident) -> int:
    start = each.date.start if each.date is not None else each.first_reported
    end = each.date.end if each.date is not None else each.last_reported
    if start is None or end is None:
        return 0
    first, last = (datetime.date.fromisoformat(text).toordinal() for text in (start, end))
    return max(0, first - day, day - last)


def _formed(
    desk: Desk, chosen: dict[str, Incident], coded: Mapping[str, Sequence[ReportedEvent]], decisions: Sequence[Decision]
) -> dict[str, Incident] | None:
    """The incidents anew, with those added to `chosen` that belong to the question; None where it does not end.

    An incident stays as it was called: the ids of its reports depend on others of their articles, and so, where one
    would change, the incidents of that article are formed with them.
    """
    for _ in range(ROUNDS):
        _with_named(desk, chosen, decisions)
        kept = [r for each in chosen.values() for r in each.reports if r.article.id not in coded]
        found = incidents((*kept, *(r for now in coded.values() for r in now)), decisions=decisions)
        keys = {joined.event: joined.report for each in chosen.values() for joined in each.joined}
        articles = {report.event.id: report.article.id for report in kept}
        moved = {
            articles[joined.event]
            for each in found
            for joined in each.joined
            if joined.event in articles and keys[joined.event] != joined.report
        }
        if not moved:
            return {each.id: each for each in found}
        chosen.update((each.id, each) for article in moved for each in _of_article(desk, article))
    return None


def _with_named(desk: Desk, chosen: dict[str, Incident], decisions: Iterable[Decision]) -> None:
    """Add the incidents that decisions name together with the chosen ones, until there are no more."""
    named = [list(_named(desk, (*decision.reports, *decision.rest))) for decision in decisions]
    added = True
    while added:
        added = False
        for row in named:
            if any(each.id in chosen for each in row) and any(each.id not in chosen for each in row):
                chosen.update((each.id, each) for each in row)
                added = True


def _remembered(desk: Desk, touched: Sequence[Incident]) -> dict[Hashable, object]:
    """What the new desk need not work out again: what is of all of the record, and of ties that are not touched."""
    pairs = {pair for each in touched for pair in pairs_of(each)}
    codes = {code for each in touched for code in countries_of(each)}

    def stays(key: Hashable) -> bool:
        word, rest = (key[0], key[1:]) if isinstance(key, tuple) else (key, ())
        if word in OF_TIES and len(rest) > 1:
            one, other = (rest[0], rest[1]) if isinstance(rest[0], str) else rest[0]
            known = {one, other} <= desk.countries.keys()
            return known and ((min(one, other), max(one, other)) not in pairs if one != other else one not in codes)
        return word in KEPT or word in OF_OPINIONS

    return {key: value for key, value in _but_old_opinions(desk).items() if stays(key)}


def _but_old_opinions(desk: Desk) -> dict[Hashable, object]:
    """All that is remembered, but of opinions only what rests on the last of them."""
    now = opinions_stamp(desk)
    return {
        key: value
        for key, value in desk.remembered().items()
        if not isinstance(key, tuple) or key[0] not in OF_OPINIONS or key[1] == now
    }
