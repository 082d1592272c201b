"""Reads exported graphs and pictures with programs that are not ours: NetworkX, Graphviz, expat.

check_graphs.py FILE...   node-link JSON (.json), DOT (.dot) and SVG (.svg) files
"""

import json
import subprocess
import sys
import xml.dom.minidom

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
    with open(name, encoding="utf-8") as file:
        placed = ' pos="' in file.read()
    for command in [["dot"], ["neato", "-n2"]] if placed else [["dot"]]:
        run = subprocess.run([*command, "-Tsvg", name], capture_output=True, check=False)
        assert run.returncode == 0 and not run.stderr, f"{name}: {run.stderr.decode()}"
        print(f"{name}: drawn by {command[0]} without a warning, {len(run.stdout)} bytes")


def check_svg(name):
    document = xml.dom.minidom.parse(name)
    ids = [one.getAttribute("id") for one in document.getElementsByTagName("g")]
    assert ids and all(ids) and len(set(ids)) == len(ids), f"{name}: ids are not unique"
    print(f"{name}: well-formed, {len(ids)} parts")


CHECKS = {"json": check_json, "dot": check_dot, "svg": check_svg}
for path in sys.argv[1:]:
    CHECKS[path.rsplit(".", 1)[-1]](path)
