"""Who did what to whom as a network: incidents in, nodes and edges with counts out, for `graphml` and `gexf`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from dragoman.analysis.incidents import Incident
from dragoman.exchange.formats.parts import NOT_ACTUAL, pairs, state_name
from dragoman.exchange.formats.tables import Written
from dragoman.model import Party

UNSOUND: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""
NOBODY: Final = "pair in which one is not named"
ITSELF: Final = "pair of one with itself"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Node:
    """A state (its code is `key`) or a named actor."""

    key: str
    name: str
    country: str | None
    sector: str | None


@dataclass(slots=True, kw_only=True)
class Edge:
    """What passed from one to another, or, when not `directed`, between them: incidents told as facts."""

    one: Node
    other: Node
    directed: bool
    quads: Counter[int] = field(default_factory=Counter)
    scores: list[float] = field(default_factory=list)
    days: list[str] = field(default_factory=list)

    @property
    def weight(self) -> int:
        """How many incidents."""
        return len(self.scores)

    @property
    def score(self) -> float:
        """The mean of their PLOVER scores."""
        return round(sum(self.scores) / len(self.scores), 3)


def network(found: Iterable[Incident], written: Written) -> tuple[list[Node], list[Edge]]:
    """Nodes and edges, sorted. Whoever has no name of its own stands for its state; `written` counts what is left out.

    `written.rows` is the number of incidents that the network holds.
    """
    nodes: dict[str, Node] = {}
    edges: dict[tuple[str, str, bool], Edge] = {}
    for incident in found:
        if incident.status != "actual":
            written.left_out[NOT_ACTUAL] += 1
            continue
        held = False
        for one, other in _pairs(incident, written):
            nodes.setdefault(one.key, one)
            nodes.setdefault(other.key, other)
            if incident.symmetric and other.key < one.key:
                one, other = other, one
            key = (one.key, other.key, not incident.symmetric)
            edge = edges.setdefault(key, Edge(one=nodes[key[0]], other=nodes[key[1]], directed=key[2]))
            edge.quads[incident.quad] += 1
            edge.scores.append(incident.intensity)
            if incident.date is not None:
                edge.days += [incident.date.start, incident.date.end]
            held = True
        written.rows += held
    return [nodes[key] for key in sorted(nodes)], [edges[key] for key in sorted(edges)]


def sound(text: str) -> str:
    """A text that XML can hold; what it cannot becomes U+FFFD."""
    return UNSOUND.sub("\ufffd", text)


def _pairs(incident: Incident, written: Written) -> list[tuple[Node, Node]]:
    found: dict[tuple[str, str], tuple[Node, Node]] = {}
    for actor, recipient in pairs(incident.actors, incident.recipients):
        one, other = _node(actor), _node(recipient)
        if one is None or other is None:
            written.left_out[NOBODY] += 1
        elif one.key == other.key:
            written.left_out[ITSELF] += 1
        else:
            found.setdefault((one.key, other.key), (one, other))
    return list(found.values())


def _node(party: Party | None) -> Node | None:
    if party is None:
        return None
    state = state_name(party.country)
    if state is not None and party.country and (party.actor is None or party.actor == state):
        return Node(key=party.country, name=state, country=party.country, sector=None)
    if party.actor is None:
        return None
    return Node(key=party.actor_id or party.actor, name=party.actor, country=party.country, sector=party.sector)
