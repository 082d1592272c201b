"""Reads exported graphs with programs that are not ours: NetworkX and Graphviz.

check_graphs.py FILE...   node-link JSON (.json) and DOT (.dot) files
"""

import json
import subprocess
import sys

import networkx


def check_json(name):
    with open(name, encoding="utf-8") as file:
        data = json.load(file)
    graph = networkx.node_link_graph(data, edges="edges")
    nodes, edges = len(data["nodes"]), len(data["edges"])
    assert graph.is_directed() and graph.is_multigraph(), name
    assert graph.number_of_nodes() == nodes, f"{name}: nodes are lost"
    assert graph.number_of_edges() == edges, f"{name}: edges are lost"
    keys = {(edge["source"], edge["target"], edge["key"]) for edge in data["edges"]}
    assert len(keys) == edges, f"{name}: keys are not unique"
    print(f"{name}: {nodes} nodes, {edges} edges, read by NetworkX {networkx.__version__}")


def check_dot(name):
    run = subprocess.run(["dot", "-Tsvg", name], capture_output=True, check=False)
    assert run.returncode == 0 and not run.stderr, f"{name}: {run.stderr.decode()}"
    print(f"{name}: drawn by Graphviz without a warning, {len(run.stdout)} bytes")


for path in sys.argv[1:]:
    check_json(path) if path.endswith(".json") else check_dot(path)
