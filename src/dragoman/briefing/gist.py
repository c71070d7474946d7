"""The gist of a brief in a handful of sentences of figures, each figure with the incidents that it counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dragoman.analysis.comparison import times
from dragoman.analysis.contested import Contested
from dragoman.analysis.expectation import Unusual
from dragoman.analysis.incidents import Incident
from dragoman.analysis.meetings_log import Encounter, trips
from dragoman.analysis.occurrence import Occurrence
from dragoman.analysis.pledges import Pledge
from dragoman.analysis.series import Series
from dragoman.analysis.sourcing import is_alleged, side_telling
from dragoman.analysis.turning import Turn
from dragoman.briefing.entries import counted, incident_words, place_words
from dragoman.briefing.figures import Figures, Piece, Sentence, sentence
from dragoman.briefing.subject import Subject
from dragoman.briefing.wording import NOUNS, date_words, one_line, shortened

LINES: Final = 3
AHEAD: Final = ("announced", "put off", "possible")


def extent(found: Sequence[Incident], copies: int, figures: Figures) -> Sentence:
    """How many incidents, by how many reports, and how they stand."""
    reports = [report for each in found for report in each.reports]
    articles = {report.article.id for report in reports}
    publishers = {report.article.publisher for report in reports if report.article.publisher}
    copied = f" ({copies} of them {'a copy of another' if copies == 1 else 'copies of others'})" if copies else ""
    groups = [
        ("took place", "took place", [e for e in found if e.standing in ("took place", "goes on")]),
        ("only announced or possible", "announced or possible", [e for e in found if e.standing in AHEAD]),
        ("denied or called off", "denied or called off", [e for e in found if e.status == "denied"]),
        ("told and denied", "contested", [e for e in found if e.standing == "contested"]),
    ]
    parts: list[str | Piece] = []
    for words, label, group in groups:
        if group:
            parts += [", " if parts else "", figures.count(f"Incidents: {label}", group), f" {words}"]
    return sentence(
        Piece(text=counted(len(found), "incident"), to="incidents"),
        " from ",
        Piece(text=counted(len(reports), "report"), to="incidents"),
        " in ",
        Piece(text=counted(len(articles), "article"), to="sources"),
        f"{copied} by ",
        Piece(text=counted(len(publishers), "publisher"), to="sources"),
        ": ",
        *parts,
        ".",
    )


def level(took_place: Sequence[Incident], series: Series | None, turns: Sequence[Turn], figures: Figures) -> Sentence:
    """Cooperation against conflict, deeds against words, the index at the end, and where it turned last."""
    kind = [e for e in took_place if e.quad <= 2], [e for e in took_place if e.quad > 2]
    deeds = [e for e in took_place if e.quad in (2, 4)]
    parts: list[str | Piece] = [
        "Of what took place, ",
        figures.count("Cooperation", kind[0]),
        f" {'is' if len(kind[0]) == 1 else 'are'} cooperation and ",
        figures.count("Conflict", kind[1]),
        " conflict; ",
    ]
    if deeds:
        parts += [figures.count("Deeds", deeds), " is a deed" if len(deeds) == 1 else " are deeds", ", the rest words."]
    else:
        parts += ["all of it is words."]
    if series is not None:
        last = next(point for point in reversed(series.points) if point.found)
        index = f"{signed(last.index.mean)} ({signed(last.index.low)} to {signed(last.index.high)})"
        parts += [" The index stands at ", figures.count(f"Index of {last.label}", last.found, index)]
        when = f"the week of {last.label}" if series.period == "week" else last.label
        parts += [f" in {when}; ", *_turned(turns, figures), "."]
    return sentence(*parts)


def contacts(met: Sequence[Encounter], figures: Figures, seats: tuple[str, str] | None) -> Sentence:
    """Visits either way by `seats` (the capitals of two states), other meetings, calls, letters; the last meeting."""
    if not met:
        return sentence("No meeting, call or letter is reported.")
    parts: list[str | Piece] = []
    made = trips(met)
    ways = (("one", 0, 1), ("other", 1, 0)) if seats is not None else ()
    for side, host, guest in ways:
        received = [visit.what for trip in made if trip.host == side for visit in trip.visits]
        number = sum(trip.host == side for trip in made)
        if number and seats is not None:
            label = f"Visits of {seats[guest]} to {seats[host]}"
            parts += [f"{seats[host]} received {seats[guest]} ", figures.count(label, received, times(number)), "; "]
    visits = [each.what for each in met if each.kind == "visit"]
    if seats is None and visits:
        parts += [figures.count("Visits", visits), f" visit{'' if len(visits) == 1 else 's'}; "]
    for kind, noun in (("meeting", "other meeting"), ("call", "call"), ("message", "letter")):
        chosen = [each.what for each in met if each.kind == kind]
        if chosen:
            words = counted(len(chosen), noun)
            parts += [figures.count(f"{noun.capitalize()}s", chosen), words.removeprefix(str(len(chosen))), "; "]
    parts = parts[:-1]
    last = max((e for e in met if e.what.date and e.kind in ("visit", "meeting")), key=_end, default=None)
    if last is not None:
        place = place_words(last.what.place)
        told = f"{incident_words(last.what)}, {date_words(last.what.date)}" if isinstance(last.what, Incident) else ""
        parts += [". Last: ", Piece(text=told + (f", {place}" if place else ""), to=last.what.id)]
    return sentence(*parts, ".")


def pledged(listed: Sequence[Pledge], day: str | None, figures: Figures) -> Sentence | None:
    """How many pledges are open and overdue, and what became of the others."""
    if not listed or day is None:
        return None
    by_state = {state: [p.what for p in listed if p.state == state] for state in ("overdue", "open")}
    kept = [p.what for p in listed if p.state == "fulfilled"]
    other = [p.what for p in listed if p.state in ("broken", "disputed", "answered")]
    return sentence(
        f"Of {counted(len(listed), 'pledge')} up to {day}, ",
        figures.count("Pledges: overdue", by_state["overdue"], None if by_state["overdue"] else "none"),
        " is overdue, " if len(by_state["overdue"]) <= 1 else " are overdue, ",
        figures.count("Pledges: open", by_state["open"], None if by_state["open"] else "none"),
        " open, ",
        figures.count("Pledges: kept", kept, None if kept else "none"),
        " kept and ",
        figures.count("Pledges: broken, answered or disputed", other, None if other else "none"),
        " broken or answered otherwise.",
    )


def sourcing(found: Sequence[Incident], disputed: Sequence[Contested], figures: Figures) -> Sentence | None:
    """On how much it rests: several independent words, one side alone, third parties alone; what is disputed."""
    if not found:
        return None
    several = [e for e in found if len(e.origins) > 1]
    parts: list[str | Piece] = [
        figures.count("Told by two or more independent sources", several, None if several else "None"),
        f" of {counted(len(found), 'incident')} {'rests' if len(several) <= 1 else 'rest'} "
        "on two or more independent sources",
    ]
    groups = [
        ("told by one side alone", "Told by one side alone", [e for e in found if side_telling(e) is not None]),
        ("alleged by third parties alone", "Alleged by third parties alone", [e for e in found if is_alleged(e)]),
    ]
    for words, label, group in groups:
        if group:
            parts += ["; ", figures.count(label, group), f" {'is' if len(group) == 1 else 'are'} {words}"]
    if disputed:
        both = [each for pair in disputed for each in (pair.denied, *pair.told)]
        told = counted(len(disputed), "claim")
        parts += [
            "; ",
            figures.count("Contested claims", both, told),
            f" {'is' if len(disputed) == 1 else 'are'} denied",
        ]
    return sentence(*parts, ".")


def oddities(listed: Sequence[Unusual], figures: Figures, since: str | None) -> Sentence | None:
    """What the window has unusually many or few of."""
    if not listed or since is None:
        return None
    parts: list[str | Piece] = [f"Unusual since {since}: "]
    for each in listed[:LINES]:
        label = f"Unusual since {since}: {each.type}"
        parts += [
            figures.count(label, each.found, None if each.found else "no"),
            f" {NOUNS[each.type]} where {each.expected:.1f} were to be expected",
            "; ",
        ]
    return sentence(*parts[:-1], ".")


def title_of(subjects: Sequence[Subject]) -> str:
    """'North Korea and Russia'; 'Sergei Lavrov'."""
    return " and ".join(shortened(one_line(s.name), 120) for s in subjects)


def signed(score: float) -> str:
    """A score with its sign, but for zero, which has none."""
    return f"{score:+.1f}".replace("+0.0", "0.0").replace("-0.0", "0.0").replace("-", "−")


def _turned(turns: Sequence[Turn], figures: Figures) -> tuple[str | Piece, ...]:
    if not turns:
        return ("no turning point stands out",)
    last = turns[-1]
    way = "cooperation" if last.rises else "conflict"
    words = f"{signed(last.before)} to {signed(last.after)}"
    return (
        f"it last turned to {way} in {last.label}, from a mean of ",
        figures.count(f"What made the turn of {last.label}", last.made_by, words),
    )


def _end(each: Encounter) -> tuple[str, str, str]:
    what: Occurrence = each.what
    return (what.date.end, what.date.start, what.id) if what.date is not None else ("", "", what.id)
