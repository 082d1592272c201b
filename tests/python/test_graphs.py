"""Graphs for NetworkX and igraph."""

from __future__ import annotations

import json
from pathlib import Path

import annals
import pytest


def test_networkx_has_the_graph_of_the_json(kyiv: annals.Store, tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    graph = kyiv.subgraph()
    made = graph.to_networkx()
    theirs = networkx.node_link_graph(json.loads(graph.json()), edges="edges")
    assert networkx.utils.graphs_equal(made, theirs)
    assert isinstance(made, networkx.MultiDiGraph)
    flat = graph.to_networkx(flat=True)
    networkx.write_graphml(flat, tmp_path / "g.graphml")
    networkx.write_gexf(flat, tmp_path / "g.gexf")
    assert networkx.read_graphml(tmp_path / "g.graphml").number_of_nodes() == len(graph.nodes)


def test_a_path_is_a_graph_or_none(kyiv: annals.Store) -> None:
    path = kyiv.path("putin", "zelensky")
    assert path is not None and len(path.nodes) == len(path.edges) + 1
    assert path.nodes[0].id == "putin"
    store = annals.loads(
        "annals: 1\nactors:\n  - {id: a, name: A, kind: person}\n  - {id: b, name: B, kind: person}\n"
    )
    assert store.path("a", "b") is None


def test_a_network_has_windows_and_weights(harbour: annals.Store) -> None:
    networkx = pytest.importorskip("networkx")
    network = harbour.network(every="year")
    windows = network.to_dict()["data"]["windows"]
    assert len(network.edges) == sum(len(one["edges"]) for one in windows)
    assert all(edge.window_from for edge in network.edges)
    with pytest.raises(annals.UsageError, match="windows"):
        network.to_networkx()
    pytest.importorskip("polars")
    assert network.edges.to_polars().columns[:2] == ["window_from", "window_until"]
    for nth, window in enumerate(windows[-9:], len(windows) - 9):
        made = network.to_networkx(window=nth)
        assert made.number_of_edges() == len(window["edges"]) and not made.is_directed()
        assert networkx.number_of_nodes(made) == len(window["nodes"])
        for *_, data in made.edges(data=True):
            assert "weight" in data or {"weight_least", "weight_most"} <= data.keys()


def test_igraph_finds_vertices_by_id(kyiv: annals.Store) -> None:
    pytest.importorskip("igraph")
    made = kyiv.subgraph().to_igraph()
    assert made.vs.find("zelensky")["label"] == "Volodymyr Zelensky"
    assert {"kind", "first", "last", "facts"} <= set(made.es.attributes())
    assert made.is_directed()
