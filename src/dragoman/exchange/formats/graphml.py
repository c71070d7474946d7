"""GraphML of the network of actors, as Gephi, igraph, networkx and yEd read it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from typing import BinaryIO, Final

from dragoman.analysis.incidents import Incident
from dragoman.exchange.formats.network import Edge, Node, network, sound
from dragoman.exchange.formats.tables import Written

NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"
NODE_KEYS: Final = (("label", "string"), ("country", "string"), ("sector", "string"))
EDGE_KEYS: Final = (
    ("weight", "int"), ("score", "double"), ("verbal_cooperation", "int"), ("material_cooperation", "int"),
    ("verbal_conflict", "int"), ("material_conflict", "int"), ("first", "string"), ("last", "string"),
)  # fmt: skip


def write_graphml(found: Iterable[Incident], stream: BinaryIO, title: str) -> Written:
    """One graph, directed but for edges of what both sides do."""
    written = Written()
    nodes, edges = network(found, written)
    root = ET.Element("graphml", {"xmlns": NAMESPACE})
    for kind, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for name, type_name in keys:
            attributes = {"id": f"{kind}_{name}", "for": kind, "attr.name": name, "attr.type": type_name}
            ET.SubElement(root, "key", attributes)
    graph = ET.SubElement(root, "graph", {"id": "actors", "edgedefault": "directed"})
    ET.SubElement(graph, "desc").text = sound(title)
    numbers = {node.key: f"n{number}" for number, node in enumerate(nodes)}
    for node in nodes:
        made = ET.SubElement(graph, "node", {"id": numbers[node.key]})
        _data(made, "node", values_of(node))
    for number, edge in enumerate(edges):
        ends = {"source": numbers[edge.one.key], "target": numbers[edge.other.key]}
        made = ET.SubElement(graph, "edge", {"id": f"e{number}", **ends, "directed": str(edge.directed).lower()})
        _data(made, "edge", counts_of(edge))
    ET.indent(root)
    stream.write(ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")
    return written


def values_of(node: Node) -> dict[str, str | None]:
    """What a node says of itself, by the names of `NODE_KEYS`."""
    return {"label": node.name, "country": node.country, "sector": node.sector}


def counts_of(edge: Edge) -> dict[str, str | None]:
    """What an edge says of itself, by the names of `EDGE_KEYS`."""
    return {
        "weight": str(edge.weight),
        "score": str(edge.score),
        "verbal_cooperation": str(edge.quads[1]),
        "material_cooperation": str(edge.quads[2]),
        "verbal_conflict": str(edge.quads[3]),
        "material_conflict": str(edge.quads[4]),
        "first": min(edge.days, default=None),
        "last": max(edge.days, default=None),
    }


def _data(made: ET.Element, kind: str, values: dict[str, str | None]) -> None:
    for name, value in values.items():
        if value is not None:
            ET.SubElement(made, "data", {"key": f"{kind}_{name}"}).text = sound(value)
