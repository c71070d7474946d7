"""The sections of a brief below its timeline: pledges, contested claims, what was unusual, sources and method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.analysis.contested import Contested
from dragoman.analysis.expectation import Unusual
from dragoman.analysis.incidents import Incident
from dragoman.analysis.pledges import Pledge, open_at
from dragoman.analysis.reprints import Reprints
from dragoman.analysis.sourcing import MATERIAL, Standing, is_outlet, source_of, state_media_of
from dragoman.briefing.entries import Entry, ShortIds, counted, sourced
from dragoman.briefing.figures import Figures, Sentence, sentence
from dragoman.briefing.wording import NOUNS, clause, date_words, one_line, shortened, side_words
from dragoman.knowledge.actors import load_actors
from dragoman.model import ReportedEvent

PLEDGES: Final = 5
DISPUTES: Final = 4
SIDES: Final = 3
QUOTED: Final = 6
STANDINGS: Final[Mapping[Standing, str]] = {
    "party": "a party to it",
    "state media": "state media of a party",
    "press": "press",
    "third party": "a third party",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeRow:
    """One pledge: whether open or overdue, its kind, by whom to whom, in which words, when made and due."""

    state: str
    kind: str
    who: str
    words: str
    made: str
    due: str
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one report says in a dispute: its words, who says so, and the short id of the report."""

    words: str
    according: str
    event: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A claim and its denial side by side."""

    what: str
    told: tuple[Said, ...]
    denied: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publisher: articles (of them copies of others), event reports, and its kind, empty where nobody knows it."""

    name: str
    kind: str
    articles: int
    copies: int
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Somebody on whose word incidents rest, and how that one stands to them."""

    name: str
    kind: str
    incidents: Sentence


def pledge_rows(listed: Sequence[Pledge], entries: Mapping[str, Entry], most: int = PLEDGES) -> tuple[PledgeRow, ...]:
    """Overdue pledges, then open ones with a day, then the latest of those without; at most so many."""
    waiting = open_at(listed)
    due = [p for p in waiting if p.state == "overdue" or p.due is not None]
    rest = [p for p in waiting if p not in due]
    chosen = due[:most]
    latest = rest[::-1][: most - len(chosen)]
    return tuple(_pledge_row(p, entries[p.what.id]) for p in (*chosen, *latest))


def disputes_of(disputed: Sequence[Contested], entries: Mapping[str, Entry], ids: ShortIds) -> tuple[Dispute, ...]:
    """What is told and denied, deeds first."""
    ordered = sorted(disputed, key=lambda pair: pair.told[0].quad not in MATERIAL)[:DISPUTES]
    return tuple(
        Dispute(
            what=entries[pair.told[0].id].what,
            told=_said([r for t in pair.told for r in t.reports if r.event.status in ("actual", "habitual")], ids),
            denied=_said([r for r in pair.denied.reports if r.event.status == "denied"], ids),
        )
        for pair in ordered
    )


def unusual_lines(
    listed: Sequence[Unusual], names: tuple[str, str], figures: Figures, since: str, until: str
) -> tuple[Sentence, ...]:
    """One sentence for each type that comes oftener or less often than the past lets expect."""
    ways = {"both": "between the two", "out": f"by {names[0]}", "back": f"by {names[1]}"}
    return tuple(
        sentence(
            f"{NOUNS[each.type].capitalize()} ({each.type}) {ways[each.direction]}: ",
            figures.count(f"Unusual since {since}: {each.type}", each.found, None if each.found else "none"),
            f" from {since} to {until}, where the {each.past} before lead one to expect {each.expected:.1f}; "
            f"the chance of so many or {'more' if each.more else 'fewer'} is {percent(each.chance)}.",
        )
        for each in listed
    )


def sources_of(found: Sequence[Incident], reprints: Reprints) -> tuple[Source, ...]:
    """The publishers, most articles first."""
    groups: dict[str, list[ReportedEvent]] = {}
    for report in (r for each in found for r in each.reports):
        name = shortened(one_line(report.article.publisher or "Publisher not known"), 120)
        groups.setdefault(name, []).append(report)
    rows = [
        Source(
            name=name,
            kind=_outlet_kind(name),
            articles=len({r.article.id for r in group}),
            copies=len({r.article.id for r in group if is_copy(r, reprints)}),
            reports=len(group),
        )
        for name, group in groups.items()
    ]
    return tuple(sorted(rows, key=lambda s: (-s.articles, -s.reports, s.name)))


def quoted_in(found: Sequence[Incident], figures: Figures) -> tuple[Quoted, ...]:
    """Who is quoted most, with how often and how each stands to what is told."""
    incidents: dict[str, dict[str, Incident]] = {}
    kinds: dict[str, Counter[str]] = {}
    for each in found:
        for report in each.reports:
            source = source_of(report)
            if report.claim is None or source.name is None or source.standing == "press":
                continue
            name = shortened(one_line(source.name), 90)
            state = load_actors().by_code.get(source.country or "")
            kind = STANDINGS[source.standing] + (f" ({state.name})" if state is not None else "")
            incidents.setdefault(name, {})[each.id] = each
            kinds.setdefault(name, Counter())[kind + (", not named" if source.anonymous else "")] += 1
    ranked = sorted(incidents, key=lambda name: (-len(incidents[name]), name))[:QUOTED]
    return tuple(
        Quoted(
            name=name,
            kind=min(kinds[name], key=lambda kind: (-kinds[name][kind], kind)),
            incidents=sentence(figures.count(f"On the word of {name}", incidents[name].values())),
        )
        for name in ranked
    )


def is_copy(report: ReportedEvent, reprints: Reprints) -> bool:
    """Whether its article is a copy of another."""
    family = reprints.family_of(report.article.id)
    return family is not None and family.original != report.article.id


def method_of(found: Sequence[Incident]) -> tuple[str, ...]:
    """How the brief was made and what to mind, in five lines."""
    dated = [each.date for each in found if each.date is not None]
    stated = sum(date.basis == "stated" for date in dated)
    return (
        "Events were coded automatically by the PLOVER scheme, with errors: follow a line to its sentence before you "
        "rely on it.",
        "An incident is one happening with all its reports. Copies of an article count once, and so does a side with "
        "its officials and state media; 'independent' means no more than that.",
        f"Of {counted(len(found), 'incident')}, {stated} {'takes its date' if stated == 1 else 'take their date'} from "
        f"words of the text, {len(dated) - stated} from the dateline or publication; {len(found) - len(dated)} have "
        "none and are not charted.",
        "The index is the mean PLOVER score, from −10 (conflict) to +10 (cooperation), drawn to that of the whole "
        "series where reports are few; the band holds the true mean with a chance of 95 %.",
        "What is announced, possible or denied is not counted as having taken place. A record tells what its articles "
        "tell: silence is no evidence.",
    )


def percent(chance: float) -> str:
    """'1.8 %', 'under 0.1 %'."""
    return "under 0.1 %" if chance < 0.001 else f"{100 * chance:.1f} %"


def _pledge_row(pledge: Pledge, entry: Entry) -> PledgeRow:
    to = f" to {side_words(pledge.to)}" if pledge.to else ""
    report = next((r for r in pledge.what.reports if r.event.status == "planned"), pledge.what.reports[0])
    if pledge.kind != "schedule":
        report = pledge.what.reports[0]
    return PledgeRow(
        state=pledge.state,
        kind=pledge.kind,
        who=shortened(f"{side_words(pledge.by)}{to}", 120),
        words=clause(report.event, 120),
        made=pledge.made or "day not known",
        due=date_words(pledge.due) if pledge.due is not None else "",
        entry=entry,
    )


def _said(reports: Sequence[ReportedEvent], ids: ShortIds) -> tuple[Said, ...]:
    """One of the same words each, at most a few."""
    found: dict[str, Said] = {}
    for report in reports:
        words = clause(report.event, 220)
        found.setdefault(words, Said(words=words, according=sourced(report), event=ids[report.event.id]))
    return tuple(found.values())[:SIDES]


def _outlet_kind(publisher: str) -> str:
    code = state_media_of(publisher)
    if code:
        return f"state media of {load_actors().state(code).name}"
    return "news outlet" if is_outlet(publisher) else ""
