"""How well the ties of a network fit its blocs, and what changed since the window before: figures, words and links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import msgspec

from dragoman.analysis.blocs import Network, Tie
from dragoman.analysis.blocs_change import Change, change
from dragoman.briefing.wording import one_line, shortened
from dragoman.knowledge.actors import load_actors
from dragoman.web import links
from dragoman.web.charts import signed
from dragoman.web.parts import Ref

CHANGES: Final = 12


class Balance(msgspec.Struct, frozen=True, kw_only=True):
    """How well the ties fit the blocs: the shares, and what they mean in words."""

    signed: int
    friendly: int
    hostile: int
    frustration: float
    triangles: int
    balanced: int
    words: tuple[str, ...]


class ChangeRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is otherwise than in the window before."""

    kind: Literal["turned", "together", "apart"]
    one: Ref
    other: Ref
    href: str
    words: str


class Before(msgspec.Struct, frozen=True, kw_only=True):
    """The window before: its days, its page, its balance, and what has changed since."""

    since: str
    until: str
    href: str
    ties: int
    signed: int
    frustration: float
    changes: tuple[ChangeRow, ...]
    more: int


def balance_of(net: Network) -> Balance:
    """The balance of a network."""
    friendly = sum(tie.sign > 0 for tie in net.ties)
    hostile = sum(tie.sign < 0 for tie in net.ties)
    return Balance(
        signed=friendly + hostile,
        friendly=friendly,
        hostile=hostile,
        frustration=net.frustration,
        triangles=net.triangles,
        balanced=net.balanced,
        words=_balance_words(net, friendly + hostile),
    )


def before_of(past: Network, now: Network, window: tuple[str, str], query: Mapping[str, links.Value]) -> Before:
    """What changed from the network of the window before (`past`) to that of now."""
    rows = _changes(change(past, now), query)
    return Before(
        since=window[0],
        until=window[1],
        href=links.changed("/network", query, since=window[0], until=window[1]),
        ties=len(past.ties),
        signed=sum(1 for tie in past.ties if tie.sign),
        frustration=past.frustration,
        changes=rows[:CHANGES],
        more=max(0, len(rows) - CHANGES),
    )


def actor_ref(key: str) -> Ref:
    """A state or body with its link."""
    return Ref(name=actor_name(key), href=links.actor(key))


def actor_name(key: str) -> str:
    """A state by its name, a body as the record has it."""
    state = load_actors().by_code.get(key)
    return state.name if state is not None else shortened(one_line(key), 40)


def standing_of(tie: Tie) -> str:
    """The sign of a tie in words."""
    return {1: "friendly", -1: "hostile", 0: "no clear sign"}[tie.sign]


def _balance_words(net: Network, told: int) -> tuple[str, ...]:
    if not told:
        return (
            "No tie of this window has a sign: each has too few incidents, or too mixed ones. "
            "Nothing can be said about blocs.",
        )
    words = []
    if net.strained:
        count = len(net.strained)
        words.append(
            f"{net.frustration:.0%} of the weight of all ties with a sign goes against the blocs: "
            f"{count} {'tie is' if count == 1 else 'ties are'} friendly between two blocs or hostile within one."
        )
    else:
        words.append("Every tie with a sign fits the blocs: friendly within them, hostile only between them.")
    if net.triangles:
        words.append(
            f"Of {net.triangles:,} {'triangle' if net.triangles == 1 else 'triangles'} of ties with a sign "
            f"{net.balanced:,} {'is' if net.balanced == 1 else 'are'} balanced: friends share friends and enemies. "
            "With signs thrown at random about half would be."
        )
    else:
        words.append("No three are all tied to each other with a sign, so there is no triangle to be balanced or not.")
    return tuple(words)


def _changes(found: Change, query: Mapping[str, links.Value]) -> tuple[ChangeRow, ...]:
    since, until = query.get("since"), query.get("until")

    def row(kind: Literal["turned", "together", "apart"], one: str, other: str, words: str) -> ChangeRow:
        href = links.dyad(one, other, since=since, until=until)
        return ChangeRow(kind=kind, one=actor_ref(one), other=actor_ref(other), href=href, words=words)

    turned = [
        row(
            "turned",
            each.one,
            each.other,
            f"turned {standing_of(each.after)}, from {signed(each.before.index.mean)} "
            f"to {signed(each.after.index.mean)}",
        )
        for each in sorted(found.turned, key=lambda t: (-abs(t.after.index.mean - t.before.index.mean), t.one, t.other))
    ]
    together = [row("together", one, other, "are now in one bloc") for one, other in found.together]
    apart = [row("apart", one, other, "are no longer in one bloc") for one, other in found.apart]
    return (*turned, *together, *apart)
