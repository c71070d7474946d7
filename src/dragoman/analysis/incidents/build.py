"""Event reports in, incidents out: the public entry, which runs the steps in order."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator, Sequence

from dragoman.analysis.incidents.best import best_date, best_place, best_sides, best_type, intensity_of, is_symmetric
from dragoman.analysis.incidents.course import course, standing_now, standing_of, word_of
from dragoman.analysis.incidents.group import Group
from dragoman.analysis.incidents.grouping import groups_of
from dragoman.analysis.incidents.incident import Incident, Joined
from dragoman.analysis.incidents.origins import origin_of, origins
from dragoman.analysis.incidents.pins import Pins, pinned, united
from dragoman.analysis.incidents.told import Told, told_all
from dragoman.analysis.incidents.why import why
from dragoman.analysis.parties import plain
from dragoman.analysis.reprints import Reprints, find_reprints
from dragoman.model import ReportedEvent
from dragoman.record.decisions import Decision, ReportRef, reference
from dragoman.record.structs import without_collecting


def incidents(
    reported: Iterable[ReportedEvent], *, decisions: Sequence[Decision] = (), reprints: Reprints | None = None
) -> list[Incident]:
    """Put the reports of each happening together, in order of time; the order of the reports does not matter.

    1. Each report is made ready to be compared, with a key of its own.
    2. Reports in the same words in copies of an article (`reprints`, by default found among the articles) are one.
    3. Reports are grouped by the rules of `compare` and `when`; what persons decided to keep apart stays apart.
    4. Groups that persons decided to be one are united.
    5. Each group becomes an incident: best values, how it stands, whose words it rests on.
    """
    with without_collecting():
        told = told_all(reported)
        if reprints is None:
            reprints = find_reprints({t.report.article.id: t.report.article for t in told}.values())
        pins = pinned(decisions, told)
        found = groups_of(told, copies=_copies(told, reprints), pins=pins.labels, apart=pins.apart, explain=why)
        made = [_incident(groups, pins, reprints) for groups in united(found, pins)]
        return sorted(made, key=lambda incident: incident.order)


def references(incident: Incident, *, only: Collection[str] | None = None) -> tuple[ReportRef, ...]:
    """How a decision names the reports of an incident, or those of them with these event ids."""
    keys = {joined.event: joined.report for joined in incident.joined}
    return tuple(
        reference(report, keys[report.event.id])
        for report in incident.reports
        if only is None or report.event.id in only
    )


def _copies(told: Iterable[Told], reprints: Reprints) -> list[list[Told]]:
    """Rows of reports that are the same words for the same act in copies of one article, the original's first."""
    rows: dict[tuple[object, ...], list[Told]] = {}
    for each in told:
        family = reprints.family_of(each.report.article.id)
        if family is not None:
            event = each.event
            key = (family.original, event.type, event.status, each.first, each.second, plain(event.evidence.text))
            rows.setdefault(key, []).append(each)
    found = []
    for (original, *_), row in rows.items():
        if len({t.report.article.id for t in row}) > 1:
            found.append(sorted(row, key=lambda t: (t.report.article.id != original, t.report.article.id, t.key)))
    return found


def _incident(groups: Sequence[Group], pins: Pins, reprints: Reprints) -> Incident:
    """The incident of one group, or of several that persons united."""
    members = [member for group in groups for member in group.members]
    reports = tuple(member.report for member in members)
    origin = functools.cache(lambda key: origin_of(by_key[key].report, reprints))
    by_key = {member.key: member for member in members}

    def voice(member: Told) -> object:
        return origin(member.key)

    date, date_why = best_date(members, voice)
    place, place_why = best_place(members, voice)
    kind, mode, type_why = best_type(members, voice)
    quad, intensity = intensity_of(kind, mode)
    actors, recipients = best_sides(members)
    steps = course(reports)
    planned = any(r.event.status == "planned" for r in reports)
    days = sorted(r.article.published for r in reports if r.article.published)
    anchored = sorted(members, key=_anchor)
    return Incident(
        id=anchored[0].key,
        keys=tuple(member.key for member in anchored),
        reports=reports,
        joined=tuple(_joined(groups, pins)),
        type=kind,
        mode=mode,
        type_why=type_why,
        symmetric=is_symmetric(members, kind, mode),
        quad=quad,
        intensity=intensity,
        actors=actors,
        recipients=recipients,
        date=date,
        date_why=date_why,
        place=place,
        place_why=place_why,
        standing=standing_now(steps),
        course=steps,
        confirmed_by=_words(r for r in reports if r.event.status in ("actual", "habitual")),
        denied_by=_words(r for r in reports if standing_of(r, planned=planned) == "denied"),
        origins=origins(reports, reprints),
        copies=_copies_among(reports, reprints),
        first_reported=days[0] if days else None,
        last_reported=days[-1] if days else None,
    )


def _anchor(told: Told) -> tuple[object, ...]:
    """The report that gives an incident its id: the earliest, so that later ones do not change it."""
    article = told.report.article
    return (article.published or "9999", article.id, told.event.sentence, told.event.evidence.start, told.key)


def _joined(groups: Sequence[Group], pins: Pins) -> Iterator[Joined]:
    for number, group in enumerate(groups):
        for member in group.members:
            reason, note = group.joined.get(member.key), None
            if reason is None:
                reason = "the report that says most" if number == 0 else "a person said that it is the same"
                note = pins.because(member.key)
            yield Joined(report=member.key, event=member.event.id, why=f"{reason} ({note})" if note else reason)


def _words(reports: Iterable[ReportedEvent]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word_of(report) for report in reports))


def _copies_among(reports: Sequence[ReportedEvent], reprints: Reprints) -> int:
    """How many of the articles are copies of others of them."""
    articles = {report.article.id for report in reports}
    families = {family.original if (family := reprints.family_of(a)) else a for a in articles}
    return len(articles) - len(families)
