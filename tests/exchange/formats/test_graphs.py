"""GraphML and GEXF of the same network."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from dragoman.analysis.incidents import incidents
from dragoman.exchange.formats.gexf import write_gexf
from dragoman.exchange.formats.graphml import write_graphml
from dragoman.exchange.formats.network import network, sound
from dragoman.exchange.formats.tables import Written
from tests.briefing.builders import report
from tests.exchange.formats.world import found

G = "{http://graphml.graphdrawing.org/xmlns}"
X = "{http://gexf.net/1.3}"


def test_graphml_keeps_to_the_rules_of_its_schema() -> None:
    out = io.BytesIO()
    written = write_graphml(found(), out, "North Korea & Russia")
    assert (written.rows, dict(written.left_out)) == (3, {"not told as a fact": 1})
    root = ET.fromstring(out.getvalue())
    keys = {key.get("id"): (key.get("for"), key.get("attr.type")) for key in root.findall(f"{G}key")}
    graph = root.find(f"{G}graph")
    assert root.tag == f"{G}graphml"
    assert graph is not None
    assert [child.tag for child in root] == [f"{G}key"] * len(keys) + [f"{G}graph"]
    assert graph.findtext(f"{G}desc") == "North Korea & Russia"
    ids = [node.get("id") for node in graph.findall(f"{G}node")]
    assert len(set(ids)) == len(ids)
    for kind in ("node", "edge"):
        for each in graph.findall(f"{G}{kind}"):
            for data in each.findall(f"{G}data"):
                assert keys[data.get("key")][0] == kind
    for edge in graph.findall(f"{G}edge"):
        assert {edge.get("source"), edge.get("target")} <= set(ids)
        assert edge.get("directed") in ("true", "false")


def test_graphs_round_trip_the_network() -> None:
    nodes, edges = network(found(), Written())
    graphml, gexf = io.BytesIO(), io.BytesIO()
    write_graphml(found(), graphml, "t")
    write_gexf(found(), gexf, "t")
    assert _read_graphml(graphml.getvalue()) == _read_gexf(gexf.getvalue())
    assert _read_gexf(gexf.getvalue()) == {(e.one.name, e.other.name, e.directed, e.weight, e.score) for e in edges}
    assert len(nodes) == 6


def test_gexf_keeps_to_the_rules_of_its_schema() -> None:
    out = io.BytesIO()
    write_gexf(found(), out, "t")
    root = ET.fromstring(out.getvalue())
    graph = root.find(f"{X}graph")
    assert root.get("version") == "1.3"
    assert graph is not None
    assert [child.tag.removeprefix(X) for child in graph] == ["attributes", "attributes", "nodes", "edges"]
    declared = {a.get("id") for a in graph.iter(f"{X}attribute")}
    assert {a.get("for") for a in graph.iter(f"{X}attvalue")} <= declared
    edge = next(e for e in graph.iter(f"{X}edge") if e.get("start"))
    assert (edge.get("start") or "") <= (edge.get("end") or "")


def test_network_joins_what_both_do_in_one_edge_either_way_round() -> None:
    met = [
        report("a", "PRK", "RUS", date="2024-01-05", evidence="The two sides met in the north"),
        report("b", "RUS", "PRK", date="2024-05-05", evidence="A second meeting was held in spring"),
        report("c", "PRK", None, type="MOBILIZE", date="2024-06-05", evidence="Troops were moved to the coast"),
    ]
    written = Written()
    _, [edge] = network(incidents(met), written)
    assert (edge.directed, edge.weight, edge.quads[1], edge.one.key) == (False, 2, 2, "PRK")
    assert dict(written.left_out) == {"pair in which one is not named": 1}


@given(st.text())
def test_network_sound_text_is_xml(text: str) -> None:
    made = ET.Element("a")
    made.text = sound(text)
    assert ET.fromstring(ET.tostring(made, encoding="utf-8")).tag == "a"


def _read_graphml(text: bytes) -> set[tuple[str, str, bool, int, float]]:
    graph = ET.fromstring(text)
    names = {n.get("id"): _data(n)["node_label"] for n in graph.iter(f"{G}node")}
    return {
        (names[e.get("source")], names[e.get("target")], e.get("directed") == "true", int(_data(e)["edge_weight"]),
         float(_data(e)["edge_score"]))
        for e in graph.iter(f"{G}edge")
    }  # fmt: skip


def _data(element: ET.Element) -> dict[str, str]:
    return {data.get("key") or "": data.text or "" for data in element.findall(f"{G}data")}


def _read_gexf(text: bytes) -> set[tuple[str, str, bool, int, float]]:
    graph = ET.fromstring(text)
    names = {n.get("id"): n.get("label") or "" for n in graph.iter(f"{X}node")}
    read = set()
    for edge in graph.iter(f"{X}edge"):
        values = {v.get("for"): v.get("value") or "" for v in edge.iter(f"{X}attvalue")}
        ends = names[edge.get("source")], names[edge.get("target")]
        read.add((*ends, edge.get("type") == "directed", int(edge.get("weight") or 0), float(values["score"])))
    return read
