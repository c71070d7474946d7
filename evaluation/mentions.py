"""How well the coder knows who is meant: runs it on the labelled mentions up to identity and counts what it got right.

`python -m evaluation.mentions [--misses N]` prints shares by form and overall, then N of the misses.

A mention counts by what the coder says of the mention that shares most characters with the labelled words; where there
is none, all its fields are unknown. `also` in a label holds further values that a careful reader may choose.

- country, sector: every line but places. A pair is right when exactly its states are found, with one sector.
- office: lines whose label has an office, and those of former holders, who must have none.
- actor: lines whose label names one; spellings may differ slightly.
- place: a place is right when the coder has no mention there or sees that it stands as a place.
- by date: lines on which the office rests on the day: the office must be right, and the person where only the office
  is written.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

import msgspec

from dragoman.coding.claims import Claims
from dragoman.coding.draft import Draft
from dragoman.coding.identity import Identity, is_place_use
from dragoman.coding.language import load_pipeline, parse
from dragoman.coding.mentions import Mentions
from dragoman.coding.voice import Voice
from dragoman.errors import InputError
from dragoman.model import Article, Mention

GOLD = Path(__file__).parent / "mentions.gold.jsonl"
FIELDS = ("country", "sector", "office", "actor", "place", "by date")
OFFICE_ALONE = frozenset({"office-alone", "counterpart"})
# "Sergey Lavrov" and "Sergei Lavrov" reach 92 of 100; no two actors of the labelled set come to 90.
SAME_NAME = 90.0


class Also(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Other values that are right as well."""

    country: tuple[str | None, ...] = ()
    sector: tuple[str | None, ...] = ()
    office: tuple[str | None, ...] = ()
    actor: tuple[str | None, ...] = ()


class GoldMention(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One labelled mention: `text` stands at `start` in `context`, an article of `publisher` on `date`.

    `by_date` marks what only the day tells; `place` a name that is no actor here.
    """

    id: str
    text: str
    start: int
    context: str
    date: str
    publisher: str | None
    actor: str | tuple[str, ...] | None
    country: str | tuple[str, ...] | None
    sector: str | None
    office: str | None
    form: str
    by_date: bool = False
    place: bool = False
    also: Also = Also()

    @property
    def end(self) -> int:
        """Offset after the last character of the mention in `context`."""
        return self.start + len(self.text)


@dataclass(slots=True)
class Verdict:
    """What of one labelled mention was found; `right` has an entry for each field that is scored on it."""

    gold: GoldMention
    found: list[Mention]
    right: dict[str, bool] = field(default_factory=dict)


def main() -> int:
    """Score the labelled mentions and print the shares."""
    parser = argparse.ArgumentParser(description="Score actors on the labelled mentions.")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="print the first N misses")
    options = parser.parse_args()
    verdicts = score(read_mentions(GOLD))
    print(table(verdicts))
    for line in list(misses(verdicts))[: options.misses]:
        print(line)
    return 0


def read_mentions(path: Path) -> list[GoldMention]:
    """All labelled mentions of a file; raises `InputError` naming the line whose mention does not stand in its text."""
    mentions: list[GoldMention] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            mention = msgspec.json.decode(line, type=GoldMention)
        except msgspec.MsgspecError as error:
            raise InputError(str(error), source=path.name, line=number) from error
        if mention.context[mention.start : mention.end] != mention.text:
            raise InputError(f"'{mention.text}' does not stand at {mention.start}", source=path.name, line=number)
        mentions.append(mention)
    return mentions


def score(gold: Iterable[GoldMention]) -> list[Verdict]:
    """The verdict on each labelled mention, in order; a context with several is coded once."""
    mentions = list(gold)
    drafts = coded_drafts(mentions)
    return [judge(mention, drafts[_key(mention)]) for mention in mentions]


def coded_drafts(mentions: Sequence[GoldMention]) -> Mapping[tuple[str, str, str | None], Draft]:
    """Each context as far as the coder's loop says who speaks and who is meant."""
    keys = list(dict.fromkeys(_key(m) for m in mentions))
    articles = [
        Article(id=str(number), text=text, published=date, publisher=publisher)
        for number, (text, date, publisher) in enumerate(keys)
    ]
    steps = (Mentions(), Identity(), Claims(), Voice())
    drafts: dict[tuple[str, str, str | None], Draft] = {}
    for key, draft in zip(keys, parse(articles, load_pipeline()), strict=True):
        for step in steps:
            step(draft)
        drafts[key] = draft
    return drafts


def judge(gold: GoldMention, draft: Draft) -> Verdict:
    """Compare what the coder has at the labelled words with the label."""
    found = overlapping(gold, draft.mentions)
    verdict = Verdict(gold, found)
    if gold.place:
        verdict.right["place"] = all(_stands_as_place(m, draft) for m in found)
        return verdict
    one = found[0] if found else None
    if isinstance(gold.country, tuple):
        verdict.right["country"] = {m.country for m in found} == set(gold.country)
        verdict.right["sector"] = {m.sector for m in found} == {gold.sector}
        if isinstance(gold.actor, tuple):
            verdict.right["actor"] = len(found) == len(gold.actor) and all(
                any(same_name(m.actor, name) for m in found) for name in gold.actor
            )
        return verdict
    verdict.right["country"] = (one.country if one else None) in (gold.country, *gold.also.country)
    verdict.right["sector"] = (one.sector if one else None) in (gold.sector, *gold.also.sector)
    if gold.office is not None or gold.sector == "ELI":
        verdict.right["office"] = (one.office if one else None) in (gold.office, *gold.also.office)
    if isinstance(gold.actor, str):
        names = (gold.actor, *gold.also.actor)
        verdict.right["actor"] = any(same_name(one.actor if one else None, name) for name in names)
    if gold.by_date and "office" in verdict.right:
        person = verdict.right.get("actor", True) if gold.form in OFFICE_ALONE else True
        verdict.right["by date"] = one is not None and verdict.right["office"] and person
    return verdict


def overlapping(gold: GoldMention, mentions: Iterable[Mention]) -> list[Mention]:
    """The mention that shares most characters with the label; for a pair all that touch it.

    Of those that share as much the shortest is taken, then one that says who it is.
    """
    shared = [(min(m.end, gold.end) - max(m.start, gold.start), m) for m in mentions]
    touching = [(size, m) for size, m in shared if size > 0]
    if isinstance(gold.country, tuple):
        return [m for _, m in touching]
    touching.sort(key=lambda pair: (-pair[0], pair[1].end - pair[1].start, pair[1].actor is None, pair[1].start))
    return [m for _, m in touching[:1]]


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names are one in different spellings: accents, hyphens, capitals and a letter or two aside."""
    if one is None or other is None:
        return one is other
    return 100 * SequenceMatcher(None, _folded(one), _folded(other), autojunk=False).ratio() >= SAME_NAME


def table(verdicts: Sequence[Verdict]) -> str:
    """Shares by form and overall, '-' where a field is not scored."""
    forms = sorted({v.gold.form for v in verdicts})
    rows = [("all", verdicts), *((form, [v for v in verdicts if v.gold.form == form]) for form in forms)]
    lines = [f"{'form':30}{'n':>6}" + "".join(f"{name:>10}" for name in FIELDS)]
    for name, group in rows:
        lines.append(f"{name:30}{len(group):>6}" + "".join(f"{_share(group, f):>10}" for f in FIELDS))
    return "\n".join(lines)


def shares(verdicts: Sequence[Verdict]) -> dict[str, float]:
    """The share that is right of each field, over the mentions on which it is scored."""
    scored = {name: [v.right[name] for v in verdicts if name in v.right] for name in FIELDS}
    return {f"mention {name}": sum(right) / len(right) for name, right in scored.items() if right}


def misses(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """A line for each labelled mention with something wrong: what was wanted and what there is."""
    for verdict in verdicts:
        gold = verdict.gold
        wrong = [name for name, right in verdict.right.items() if not right and name != "by date"]
        if not wrong:
            continue
        got = "; ".join(f"'{m.text}' {m.actor}/{m.country}/{m.sector}/{m.office}" for m in verdict.found) or "nothing"
        want = f"{gold.actor}/{gold.country}/{gold.sector}/{gold.office}"
        yield (
            f"{gold.id} {gold.form} {','.join(wrong)}: '{gold.text}' {gold.date}\n"
            f"    want {want}\n    got  {got}\n    {gold.context}"
        )


def _key(mention: GoldMention) -> tuple[str, str, str | None]:
    return mention.context, mention.date, mention.publisher


def _stands_as_place(mention: Mention, draft: Draft) -> bool:
    sentence = draft.sentence_at(mention.start)
    span = sentence.token_span(mention.start, mention.end) if sentence else None
    return span is not None and is_place_use(span.root)


def _folded(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(plain.lower().replace("ı", "i").replace("-", " ").replace("’", "'").split())


def _share(verdicts: Iterable[Verdict], name: str) -> str:
    scored = [v.right[name] for v in verdicts if name in v.right]
    return f"{sum(scored) / len(scored):.3f}" if scored else "-"


if __name__ == "__main__":
    sys.exit(main())
