"""On how many independent words an incident rests: copies of a text count once, and so does a side with its media."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dragoman.analysis.parties import plain
from dragoman.analysis.reprints import Reprints, outlet_name
from dragoman.analysis.sourcing import source_of
from dragoman.model import ReportedEvent

OriginKind = Literal["side", "state", "speaker", "unnamed", "outlet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One word on which reports rest, and the reports (event ids) that do.

    A side of the event, its officials and its state media are one ("side", `name` the state's code), and so are the
    people of a third state ("state"). Others who are quoted count by name ("speaker"), and where they have none by the
    outlet that quotes them ("unnamed"). What an outlet tells in its own words is the outlet's that first wrote it.
    """

    kind: OriginKind
    name: str
    reports: tuple[str, ...]


def origins(reports: Iterable[ReportedEvent], reprints: Reprints) -> tuple[Origin, ...]:
    """The independent origins of some reports, in the order in which they were published."""
    ordered = sorted(reports, key=lambda r: (r.article.published or "9999", r.article.id, r.event.id))
    found: dict[tuple[OriginKind, str], tuple[str, list[str]]] = {}
    for report in ordered:
        kind, name = origin_of(report, reprints)
        found.setdefault((kind, plain(name)), (name, []))[1].append(report.event.id)
    return tuple(Origin(kind=kind, name=name, reports=tuple(ids)) for (kind, _), (name, ids) in found.items())


def origin_of(report: ReportedEvent, reprints: Reprints) -> tuple[OriginKind, str]:
    """Kind and name of the origin of one report."""
    source = source_of(report)
    if source.standing in ("party", "state media") and source.country is not None:
        return "side", source.country
    outlet = reprints.origin_of(report.article) or report.article.id
    own = {report.article.publisher, report.article.reprint_of}
    if source.standing in ("press", "state media"):
        return "outlet", outlet if source.name in own else outlet_name(source.name) or outlet
    if source.anonymous or source.name is None:
        return "unnamed", outlet
    if source.country is not None and source.expert is None:
        return "state", source.country
    return "speaker", source.name
