"""Reports in, the tree of their chains of reporting out: who said it first, through whom it went, who published it.

Reports that begin with the same names share a branch, so that five papers that quote one ministry are seen to be one
word. Drawn as nested lists, which are their own text alternative.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

import msgspec

from dragoman.briefing.wording import one_line, shortened
from dragoman.model import ReportedEvent
from dragoman.web.parts import Ref, chain_refs

Part = Literal["source", "through", "outlet"]
SHOWN: Final = 24
"""Reports whose chains are drawn; of more, those that come first."""
UNKNOWN: Final = "publisher not known"


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """One who passed it on: first to say it, on the way, or the publisher; `reports` end here, by label and address."""

    name: str
    href: str | None
    note: str | None
    part: Part
    reports: tuple[Ref, ...] = ()
    then: tuple[Link, ...] = ()


def chain_tree(reports: Iterable[ReportedEvent], labels: Mapping[str, Ref]) -> tuple[Link, ...]:
    """The chains of reports as trees, in the order of the reports; `labels` has by event id how a report is called."""
    roots: dict[str, _Node] = {}
    for number, report in enumerate(reports):
        if number == SHOWN:
            break
        chain = chain_refs(report) or (Ref(name=UNKNOWN),)
        level = roots
        for place, ref in enumerate(chain):
            part: Part = "outlet" if place == len(chain) - 1 else "source" if place == 0 else "through"
            node = level.setdefault(ref.name, _Node(ref=ref, part=part))
            if part == "outlet":
                node.ref = ref  # of all who have this name here, the publisher has a page
                node.reports.append(labels[report.event.id])
            level = node.then
    return tuple(_made(node) for node in roots.values())


def chain_words(tree: Iterable[Link]) -> tuple[str, ...]:
    """The trees in sentences, for those who do not see them: 'Sergei Lavrov, through TASS (R2)'."""
    return tuple(words for root in tree for words in _told(root, ()))


@dataclass(slots=True)
class _Node:
    ref: Ref
    part: Part
    reports: list[Ref] = field(default_factory=list)
    then: dict[str, _Node] = field(default_factory=dict)


def _made(node: _Node) -> Link:
    return Link(
        name=node.ref.name,
        href=node.ref.href,
        note=node.ref.note,
        part=node.part,
        reports=tuple(dict.fromkeys(node.reports)),
        then=tuple(_made(each) for each in node.then.values()),
    )


def _told(link: Link, before: tuple[str, ...]) -> Iterable[str]:
    path = (*before, link.name)
    if link.reports:
        labels = ", ".join(ref.name for ref in link.reports)
        yield f"{shortened(one_line(', through '.join(path)), 400)} ({labels})"
    for each in link.then:
        yield from _told(each, path)
