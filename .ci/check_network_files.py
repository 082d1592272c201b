"""Reads networks of `annals network` with programs that are not ours, and holds them against its JSON.

check_network_files.py [--gexf-xsd FILE] STEM...

Beside STEM.json lie STEM.graphml, STEM.gexf, STEM.net and STEM.cyjs of the same network: each must have the same nodes,
edges, weights and attributes. STEM.json has one window or several.
"""

import collections
import json
import re
import sys

import igraph
import networkx

import check_gexf


def plain(text):
    """A text without the code that stands for what XML cannot hold."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda code: chr(int(code[1], 16)), text or "")


def edge(row, window):
    return (row["a"]["id"], row["b"]["id"], *row["weight"], row["exact"], window["from"] or "", window["until"] or "")


def names(window):
    """Names by the ids of nodes; a thing of an affiliation that is an actor as well is no node of its own here."""
    return {node["id"]: node["name"] for node in window["nodes"]}


def same(name, reader, ours, theirs):
    ours, theirs = (collections.Counter(rows) for rows in (ours, theirs))
    assert ours == theirs, f"{name}, read by {reader}: {(ours - theirs).most_common(3)} or {(theirs - ours).most_common(3)}"


def whole(id):
    return plain(id).removesuffix(" (thing)")


def check_graphml(name, data):
    edges = [edge(row, window) for window in data["windows"] for row in window["edges"]]
    labels = {id: label for window in data["windows"] for id, label in names(window).items()}
    directed = data["measure"] == "affiliation"
    graph = networkx.read_graphml(name, force_multigraph=True)
    assert graph.is_directed() == directed, name
    same(name, "NetworkX", edges, [(*sides(whole(a), whole(b), directed), one["least"], one["most"], one["exact"], one.get("from", ""), one.get("until", ""))
                                   for a, b, one in graph.edges(data=True)])
    for id, node in graph.nodes(data=True):
        assert plain(node["label"]) == labels[whole(id)] and isinstance(node["statements"], int), f"{name}: {id} {node}"
    assert {whole(id) for id in graph} == set(labels), f"{name}: nodes differ"
    assert all(isinstance(one["weight"], float) and one["weight"] == one["most"] for *_, one in graph.edges(data=True)), name
    graph = igraph.Graph.Read_GraphML(name)
    assert graph.is_directed() == directed, name
    ids = [whole(id) for id in graph.vs["id"]] if graph.vcount() else []
    assert set(ids) == set(labels), f"{name}: nodes differ, read by igraph"
    assert all(plain(one["label"]) == labels[id] for id, one in zip(ids, graph.vs)), name
    same(name, "igraph", edges, [(*sides(ids[one.source], ids[one.target], directed), one["least"], one["most"], bool(one["exact"]), one["from"] or "", one["until"] or "")
                                 for one in graph.es])
    print(f"{name}: {len(labels)} nodes, {len(edges)} edges as in the JSON, read by NetworkX and igraph")


def sides(one, other, directed):
    """An edge that has no direction leads from the lower id."""
    return (one, other) if directed or one.encode() <= other.encode() else (other, one)


def check_gexf_file(name, data, xsd):
    check_gexf.check(name, xsd)
    graph = networkx.read_gexf(name)
    directed = data["measure"] == "affiliation"
    pairs = {(row["a"]["id"], row["b"]["id"]) for window in data["windows"] for row in window["edges"]}
    found = {sides(whole(a), whole(b), directed) for a, b in graph.edges()}
    assert found == pairs, f"{name}: {found ^ pairs}"
    labels = {id: label for window in data["windows"] for id, label in names(window).items()}
    assert {whole(id): plain(node["label"]) for id, node in graph.nodes(data=True)} == labels, f"{name}: nodes differ"
    most = collections.defaultdict(lambda: float("-inf"))
    for window in data["windows"]:
        for row in window["edges"]:
            pair = row["a"]["id"], row["b"]["id"]
            most[pair] = max(most[pair], row["weight"][1])
    if len(data["windows"]) == 1:
        for a, b, one in graph.edges(data=True):
            pair = sides(whole(a), whole(b), directed)
            row = next(row for row in data["windows"][0]["edges"] if (row["a"]["id"], row["b"]["id"]) == pair)
            assert (one["least"], one["most"], one["weight"], one["exact"]) == (*row["weight"], row["weight"][1], row["exact"]), f"{name}: {pair}"
    else:
        # Through time, values are lists of value, first and last.
        for a, b, one in graph.edges(data=True):
            values = [value for value, *_ in one["most"]]
            assert max(values) == most[sides(whole(a), whole(b), directed)], f"{name}: {a} {b} {one}"
    print(f"{name}: {len(labels)} nodes, {len(pairs)} edges as in the JSON, read by NetworkX; its grammar holds")


def check_pajek(name, data):
    if len(data["windows"]) > 1:
        with open(name, encoding="utf-8") as file:
            text = file.read()
        assert text.count("*Network ") == len(data["windows"]), name
        print(f"{name}: {len(data['windows'])} networks")
        return
    window = data["windows"][0]
    directed = data["measure"] == "affiliation"
    graph = networkx.read_pajek(name)
    assert graph.is_directed() == directed or not graph.edges, name
    assert len(graph) == len(window["nodes"]), f"{name}: {len(graph)} nodes, not {len(window['nodes'])}"
    weights = sorted(row["weight"][1] for row in window["edges"])
    assert sorted(one["weight"] for *_, one in graph.edges(data=True)) == weights, f"{name}: weights differ, read by NetworkX"
    unique = {label for label, count in collections.Counter(node["name"] for node in window["nodes"]).items() if count == 1 and re.fullmatch(r"[^\"\\\n]+", label)}
    ours = [(*sorted((row["a"]["name"], row["b"]["name"])), row["weight"][1]) for row in window["edges"]]
    theirs = [(*sorted((a, b)), one["weight"]) for a, b, one in graph.edges(data=True)]
    same(name, "NetworkX", [row for row in ours if set(row[:2]) <= unique], [row for row in theirs if set(row[:2]) <= unique])
    graph = igraph.Graph.Read_Pajek(name)
    assert graph.vcount() == len(window["nodes"]) and graph.ecount() == len(weights), f"{name}: read by igraph"
    assert not weights or sorted(graph.es["weight"]) == weights, f"{name}: weights differ, read by igraph"
    ids = [node["id"] for node in window["nodes"]]
    if not directed:
        same(name, "igraph", [(row["a"]["id"], row["b"]["id"], row["weight"][1]) for row in window["edges"]],
             [(*sides(ids[one.source], ids[one.target], False), one["weight"]) for one in graph.es])
    print(f"{name}: {len(ids)} vertices, {len(weights)} lines as in the JSON, read by NetworkX and igraph")


def main(arguments):
    xsd = None
    if arguments[:1] == ["--gexf-xsd"]:
        xsd, arguments = arguments[1], arguments[2:]
    for stem in arguments:
        with open(f"{stem}.json", encoding="utf-8") as file:
            data = json.load(file)["data"]
        assert any(window["edges"] for window in data["windows"]), f"{stem}: there is nothing to compare"
        check_graphml(f"{stem}.graphml", data)
        check_gexf_file(f"{stem}.gexf", data, xsd)
        check_pajek(f"{stem}.net", data)


main(sys.argv[1:])
