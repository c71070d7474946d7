"""The gist of a brief in three to five sentences of figures, and its method and limits in five lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dragoman.analysis.happenings import Happening
from dragoman.analysis.meetings import Meetings
from dragoman.analysis.sourcing import Contested, Standing, is_alleged, side_telling, standings
from dragoman.briefing.subject import Subject
from dragoman.briefing.wording import date_words, event_words, one_line, party_words, shortened
from dragoman.model import ReportedEvent

TOP_PAIRS: Final = 3


def gist_of(
    reported: Sequence[ReportedEvent],
    found: Sequence[Happening],
    met: Sequence[Meetings],
    planned: Sequence[Happening],
    disputed: Sequence[Contested],
) -> tuple[str, ...]:
    """The sentences; `planned` is what lies ahead of the last article, the nearest first."""
    took_place = [h for h in found if h.event.status == "actual"]
    sentences = [_extent(reported, found, took_place), _meetings(met), _balance(took_place), _ahead(reported, planned)]
    return tuple(s for s in (*sentences, _voices(took_place), _doubts(took_place, disputed)) if s is not None)


def method_of(found: Sequence[Happening]) -> tuple[str, ...]:
    """How the brief was made and what to mind, in five lines."""
    dated = [h.date for h in found if h.date is not None]
    stated = sum(date.basis == "stated" for date in dated)
    return (
        "Events were coded automatically by the PLOVER scheme. Every line leads to its sentence by the event's id: "
        "read it before you rely on it.",
        "A happening puts together reports of the same type, status and sides with compatible persons and dates. "
        "Reprints and rewrites are not told apart yet, so many reports need not mean many independent sources.",
        f"Of {_count(len(found), 'happening')}, {stated} take their date from words of the text, {len(dated) - stated} "
        f"from the dateline or the day of publication, and {len(found) - len(dated)} have none; these are not charted.",
        "Scores are PLOVER's, from -10 (conflict) to +10 (cooperation); a mean over few happenings says little.",
        "'Alleged' rests only on the word of third parties, 'only ... says so' on that of one side and its media. "
        "What is planned, possible or denied is not counted as having happened, and not charted.",
    )


def _extent(reported: Sequence[ReportedEvent], found: Sequence[Happening], took_place: Sequence[Happening]) -> str:
    articles = {r.article.id for r in reported}
    publishers = {r.article.publisher for r in reported if r.article.publisher}
    verb = "tells" if len(reported) == 1 else "tell"
    told = (
        f"{_count(len(reported), 'event report')} from {_count(len(articles), 'article')} of "
        f"{_count(len(publishers), 'publisher')} {verb} of {_count(len(found), 'happening')}"
    )
    if len(took_place) == len(found):
        return f"{told}."
    return f"{told}, of which {len(took_place)} are said to have taken place."


def _meetings(met: Sequence[Meetings]) -> str | None:
    of_persons = [m for m in met if m.of_persons]
    counted = {h.event.id: h for m in of_persons or met for h in m.happenings}
    if not counted:
        return "No meeting is reported."
    last = max((h for h in counted.values() if h.date), key=lambda h: h.order, default=None)
    pairs = "; ".join(
        f"{party_words(m.one)} – {party_words(m.other)} {len(m.happenings)}" for m in (of_persons or met)[:TOP_PAIRS]
    )
    kind = "between named persons" if of_persons else "at the level of offices and states"
    most = f" ({pairs})" if len(of_persons or met) <= TOP_PAIRS else f" (most often {pairs})"
    told = f"{_count(len(counted), 'meeting')} {kind} {_are(len(counted))} reported{most}"
    if last is None:
        return f"{told}, none with a date."
    place = f" ({one_line(last.place.name or last.place.text)})" if last.place else ""
    return f"{told}, the last dated {date_words(last.date)}{place}."


def _balance(took_place: Sequence[Happening]) -> str | None:
    if not took_place:
        return None
    conflict = sum(h.event.quad > 2 for h in took_place)
    cooperation = len(took_place) - conflict
    material = sum(h.event.quad in (2, 4) for h in took_place)
    mean = sum(h.event.intensity for h in took_place) / len(took_place)
    deeds = f"{material} {_are(material)} deeds, the rest words" if material else "all of it is words"
    share = round(100 * cooperation / len(took_place))
    return (
        f"Of what took place, {share} % is cooperation ({cooperation}) and {100 - share} % conflict ({conflict}); "
        f"{deeds}. The mean PLOVER score is {_signed(mean)}."
    )


def _ahead(reported: Sequence[ReportedEvent], planned: Sequence[Happening]) -> str | None:
    last = max((r.article.published for r in reported if r.article.published), default=None)
    if last is None:
        return None
    if not planned:
        return f"Nothing is reported as planned beyond the last article ({last})."
    first = planned[0]
    when = f" ({date_words(first.date)})" if first.date else ""
    return f"Planned next: {shortened(event_words(first.named), 160)}{when}."


def _voices(took_place: Sequence[Happening]) -> str | None:
    """On whose word it rests: of every happening the best source counts, a party before its media before others."""
    counted = standings(took_place)
    words: list[tuple[Standing, str]] = [
        ("party", "stated by a party"),
        ("state media", "by state media of a party"),
        ("press", "by the press in its own words"),
    ]
    told = [f"{counted[standing]} {said}" for standing, said in words if counted[standing]]
    if not told:
        return None
    one_sided = sum(side_telling(h) is not None for h in took_place)
    alone = f"; of {one_sided}, only one side says so" if one_sided else ""
    listed = told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"
    return f"By the best source of each: {listed}{alone}."


def _doubts(took_place: Sequence[Happening], disputed: Sequence[Contested]) -> str | None:
    alleged = sum(map(is_alleged, took_place))
    parts = []
    if alleged:
        parts.append(f"{_count(alleged, 'happening')} {_rest(alleged)} only on the word of third parties")
    if disputed:
        parts.append(f"{len(disputed)} {_are(len(disputed))} denied by somebody")
    if not parts:
        return None
    return "; ".join(parts) + "."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _signed(score: float) -> str:
    """With its sign, but for zero, which has none."""
    return f"{score:+.1f}".replace("+0.0", "0.0").replace("-0.0", "0.0")


def _rest(number: int) -> str:
    return "rests" if number == 1 else "rest"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def title_of(subjects: Sequence[Subject]) -> str:
    """'North Korea and Russia'; 'Sergei Lavrov'."""
    return " and ".join(one_line(s.name) for s in subjects)
