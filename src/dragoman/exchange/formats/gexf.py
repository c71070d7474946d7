"""GEXF 1.3 of the network of actors, as Gephi reads it: each edge stands from its first to its last day."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from typing import BinaryIO, Final

from dragoman.analysis.incidents import Incident
from dragoman.exchange.formats.graphml import EDGE_KEYS, NODE_KEYS, counts_of, values_of
from dragoman.exchange.formats.network import network, sound
from dragoman.exchange.formats.tables import Written

NAMESPACE: Final = "http://gexf.net/1.3"
TYPES: Final = {"int": "integer", "double": "double", "string": "string"}
BUILT_IN: Final = ("label", "weight", "first", "last")
"""Values that GEXF has places of its own for."""


def write_gexf(found: Iterable[Incident], stream: BinaryIO, title: str) -> Written:
    """One graph, directed but for edges of what both sides do."""
    written = Written()
    nodes, edges = network(found, written)
    root = ET.Element("gexf", {"xmlns": NAMESPACE, "version": "1.3"})
    meta = ET.SubElement(root, "meta")
    ET.SubElement(meta, "creator").text = "Dragoman"
    ET.SubElement(meta, "description").text = sound(title)
    head = {"defaultedgetype": "directed", "mode": "dynamic", "timeformat": "date"}
    graph = ET.SubElement(root, "graph", head)
    for kind, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        attributes = ET.SubElement(graph, "attributes", {"class": kind})
        for name, type_name in keys:
            if name not in BUILT_IN:
                ET.SubElement(attributes, "attribute", {"id": name, "title": name, "type": TYPES[type_name]})
    numbers = {node.key: f"n{number}" for number, node in enumerate(nodes)}
    all_nodes, all_edges = ET.SubElement(graph, "nodes"), ET.SubElement(graph, "edges")
    for node in nodes:
        made = ET.SubElement(all_nodes, "node", {"id": numbers[node.key], "label": sound(node.name)})
        _values(made, values_of(node))
    for number, edge in enumerate(edges):
        values = counts_of(edge)
        attributes_of = {
            "id": f"e{number}",
            "source": numbers[edge.one.key],
            "target": numbers[edge.other.key],
            "type": "directed" if edge.directed else "undirected",
            "weight": values["weight"],
            "start": values["first"],
            "end": values["last"],
        }
        made = ET.SubElement(all_edges, "edge", {name: value for name, value in attributes_of.items() if value})
        _values(made, values)
    ET.indent(root)
    stream.write(ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")
    return written


def _values(made: ET.Element, values: dict[str, str | None]) -> None:
    own = {name: value for name, value in values.items() if value is not None and name not in BUILT_IN}
    if own:
        holder = ET.SubElement(made, "attvalues")
        for name, value in own.items():
            ET.SubElement(holder, "attvalue", {"for": name, "value": sound(value)})
