"""Incidents in words: on how much they rest, and all that `dragoman show` says of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.analysis.incidents import Incident, Origin, Step

Rows = list[tuple[str, str]]


def count_words(incident: Incident) -> str:
    """'5 reports, 2 independent words; 2024-06-18 to 2024-06-21'."""
    words = f"{_number(len(incident.reports), 'report')}, {_number(len(incident.origins), 'independent word')}"
    days = [day for day in (incident.first_reported, incident.last_reported) if day]
    return f"{words}; {' to '.join(dict.fromkeys(days))}" if days else words


def incident_rows(incident: Incident) -> Rows:
    """What is known of an incident, how it came to that, and why each of its reports is one of it."""
    from dragoman.briefing.wording import date_words, one_line, side_words

    kind = f"{incident.type}, {incident.mode}" if incident.mode else incident.type
    place = incident.place
    rows = [
        ("Incident", incident.id),
        (
            "Type",
            f"{kind} (quad {incident.quad}, intensity {incident.intensity:+g}): {incident.type_why}",
        ),
        ("Date", f"{date_words(incident.date)}: {incident.date_why}"),
        ("Place", f"{place.name or place.text if place else '(not told)'}: {incident.place_why}"),
        ("One side" if incident.symmetric else "Actor", side_words(incident.actors)),
        ("Other side" if incident.symmetric else "Recipient", side_words(incident.recipients)),
        ("Standing", incident.standing),
    ]
    rows += _under("How it came", [_step(step) for step in incident.course])
    rows.append(("Told by", "; ".join(map(one_line, incident.confirmed_by)) or "nobody as a fact"))
    if incident.denied_by:
        rows.append(("Denied by", "; ".join(map(one_line, incident.denied_by))))
    rows += _under("Rests on", [_origin(origin) for origin in incident.origins])
    copies = f", {_number(incident.copies, 'copy', 'copies')} among them" if incident.copies else ""
    rows.append(("Reported", f"{count_words(incident)}{copies}"))
    return rows + _under("Reports", _reports(incident))


def _reports(incident: Incident) -> list[str]:
    from dragoman.briefing.wording import clause, one_line

    why = {joined.event: joined.why for joined in incident.joined}
    return [
        f"[{r.event.id[:8]}] {r.article.published or '(no day)'} {one_line(r.article.publisher or r.article.id)}: "
        f"“{clause(r.event, 120)}” ({r.event.type}, {r.event.status}). Here because: {one_line(why[r.event.id])}."
        for r in incident.reports
    ]


def _step(step: Step) -> str:
    from dragoman.briefing.wording import one_line

    return f"{step.day or '(no day)'} {step.standing}: {one_line('; '.join(step.by))}"


def _origin(origin: Origin) -> str:
    from dragoman.briefing.wording import one_line
    from dragoman.knowledge.actors import load_actors

    state = load_actors().by_code.get(origin.name)
    name = state.name if state is not None else one_line(origin.name)
    words = {
        "side": f"{name}, a side of it, with its officials and state media",
        "state": f"{name}, which is no side of it",
        "unnamed": f"people without a name, by {name}",
    }
    return f"{words.get(origin.kind, name)} ({_number(len(origin.reports), 'report')})"


def _under(name: str, lines: list[str]) -> Rows:
    return [(name if number == 0 else "", line) for number, line in enumerate(lines)]


def _number(count: int, what: str, many: str | None = None) -> str:
    return f"{count} {what if count == 1 else many or what + 's'}"
