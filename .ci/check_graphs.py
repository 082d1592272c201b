"""Reads exported graphs with programs that are not ours, and holds them against the node-link JSON.

check_graphs.py [--gexf-xsd FILE] FILE...

FILE.json is node-link JSON, FILE.dot DOT, FILE.svg a picture. Beside X.json may lie X.gexf, X.graphml, X.cyjs, X.jgf and
the folders X-csv and X-neo4j of the same export: each must have the same nodes and edges.

Neo4j is not run here: its files are held against its documented grammar by check_neo4j.py. The
schema of GEXF is not part of this repository: where FILE is given, lxml validates against it; the
grammar of check_gexf.py, written from the primer of GEXF 1.3, is held in any case.
"""

import collections
import csv
import json
import pathlib
import re
import subprocess
import sys
import xml.dom.minidom

import igraph
import jsonschema
import networkx

import check_gexf
import check_neo4j

csv.field_size_limit(1 << 30)
HERE = pathlib.Path(__file__).parent


def plain(text):
    """A text without the code that stands for what XML cannot hold."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda code: chr(int(code[1], 16)), text or "")


def nodes_of(data):
    """The nodes of the JSON: id, label, kind, first and last day."""
    return sorted((one["id"], one["label"], one["kind"], one["first"] or "", one["last"] or "")
                  for one in data["nodes"])


def edges_of(data):
    """The edges of the JSON: ends, kind, days, facts."""
    return sorted((one["source"], one["target"], one["kind"], one["first"] or "", one["last"] or "",
                   tuple(one["facts"])) for one in data["edges"])


def row(data, clean=lambda text: text):
    """Kind and days of a node or edge with attributes."""
    return tuple(clean(data.get(name) or "") for name in ("kind", "first", "last"))


def same(name, reader, data, nodes, edges):
    assert sorted(nodes) == nodes_of(data), f"{name}: nodes differ, read by {reader}"
    assert sorted(edges) == edges_of(data), f"{name}: edges differ, read by {reader}"
    print(f"{name}: {len(nodes)} nodes, {len(edges)} edges as in the JSON, read by {reader}")


def check_json(name, data):
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


def from_networkx(graph):
    nodes = [(plain(id), plain(one.get("label")), *row(one, plain)) for id, one in graph.nodes(data=True)]
    edges = [(plain(a), plain(b), *row(one, plain), tuple(json.loads(plain(one["facts"]))))
             for a, b, one in graph.edges(data=True)]
    return nodes, edges


def check_graphml(name, data):
    graph = networkx.read_graphml(name, force_multigraph=True)
    assert graph.is_directed(), name
    same(name, f"NetworkX {networkx.__version__}", data, *from_networkx(graph))
    for _, place in graph.nodes(data=True):
        assert isinstance(place.get("lat", 0.0), float), f"{name}: lat is no number"
        assert place.get("unnamed", True) is True, f"{name}: unnamed is no truth"
    graph = igraph.Graph.Read_GraphML(name)
    assert graph.is_directed(), name
    ids = [plain(id) for id in graph.vs["id"]]
    nodes = [(id, plain(one["label"]), *row(one.attributes(), plain)) for id, one in zip(ids, graph.vs)]
    edges = [(ids[one.source], ids[one.target], *row(one.attributes(), plain),
              tuple(json.loads(plain(one["facts"])))) for one in graph.es]
    same(name, f"igraph {igraph.__version__}", data, nodes, edges)


def check_gexf_file(name, data, xsd):
    check_gexf.check(name, xsd)
    graph = networkx.read_gexf(name)
    assert graph.is_directed() or not data["edges"], name
    same(name, f"NetworkX {networkx.__version__}", data, *from_networkx(graph))


def check_cyjs(name, data):
    with open(name, encoding="utf-8") as file:
        elements = json.load(file)["elements"]
    nodes = [one["data"] for one in elements["nodes"]]
    edges = [one["data"] for one in elements["edges"]]
    ids = [one["id"] for one in nodes + edges]
    assert len(set(ids)) == len(ids), f"{name}: an id stands twice"
    kinds = collections.defaultdict(set)
    for which, rows in (("node", nodes), ("edge", edges)):
        for column, value in ((pair) for one in rows for pair in one.items()):
            flat = isinstance(value, (str, int, float, bool)) or all(isinstance(item, str) for item in value)
            assert flat and value is not None, f"{name}: {column} is no column of Cytoscape's"
            kinds[which, column].add(type(value).__name__)
    mixed = {column: types for column, types in kinds.items() if len(types) > 1}
    assert not mixed, f"{name}: columns of several types: {mixed}"
    same(name, "json", data, [(one["id"], one["name"], *row(one)) for one in nodes],
         [(one["source"], one["target"], *row(one), tuple(one["facts"])) for one in edges])


def check_jgf(name, data):
    with open(name, encoding="utf-8") as file:
        whole = json.load(file)
    with open(HERE / "jgf.schema.json", encoding="utf-8") as file:
        jsonschema.Draft202012Validator(json.load(file)).validate(whole)
    graph = whole["graph"]
    nodes = [(id, one["label"], *row(one["metadata"])) for id, one in graph["nodes"].items()]
    edges = [(one["source"], one["target"], one["relation"], one["metadata"]["first"] or "",
              one["metadata"]["last"] or "", tuple(one["metadata"]["facts"])) for one in graph["edges"]]
    assert len({one["id"] for one in graph["edges"]}) == len(edges), f"{name}: an id stands twice"
    same(name, "jsonschema", data, nodes, edges)


def read_back(cell):
    """A cell as it was: characters that steer a terminal are written out as \\u{202e}."""
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), cell)


def check_csv(folder, data):
    def sheet(name):
        with open(folder / name, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
        return [{name: read_back(cell) for name, cell in row.items()} for row in rows]

    nodes, edges = sheet("nodes.csv"), sheet("edges.csv")
    assert list(nodes[0] if nodes else ["Id", "Label", "timeset"])[:3] == ["Id", "Label", "timeset"], folder
    kinds = {(one["Source"], one["Target"], one["Kind"]) for one in edges}
    assert len(kinds) == len(edges), f"{folder}: parallel edges of one Kind"
    assert len({one["Id"] for one in edges}) == len(edges), f"{folder}: an Id stands twice"
    day = r"[+-]?\d{4,}-\d\d-\d\d"
    one = rf"\[({day}|-Infinity), ({day}|Infinity)\]"
    for line in nodes + edges:
        assert re.fullmatch(rf"(<{one}(; {one})*>)?", line["timeset"]), line["timeset"]
    same(str(folder), "csv", data, [(one["Id"], one["Label"], *row(one)) for one in nodes],
         [(one["Source"], one["Target"], one["Label"], one["first"], one["last"],
           tuple(json.loads(one["facts"]))) for one in edges])


def check_neo4j_folder(folder, data):
    nodes, edges = check_neo4j.check(folder)
    def text(value):
        return read_back(value) if isinstance(value, str) else value

    nodes, edges = ([{name: text(value) for name, value in one.items()} for one in all] for all in (nodes, edges))
    same(str(folder), "check_neo4j.py", data, [(one["id"], one["label"] or "", *row(one)) for one in nodes],
         [(one["START_ID"], one["END_ID"], *row(one), tuple(read_back(fact) for fact in one["facts"]))
          for one in edges])


def main(arguments):
    xsd = None
    if arguments[:1] == ["--gexf-xsd"]:
        xsd, arguments = arguments[1], arguments[2:]
    for argument in arguments:
        path = pathlib.Path(argument)
        if path.suffix == ".dot":
            check_dot(argument)
            continue
        if path.suffix == ".svg":
            check_svg(argument)
            continue
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
        check_json(argument, data)
        beside = {".gexf": lambda name, data: check_gexf_file(name, data, xsd),
                  ".graphml": check_graphml, ".cyjs": check_cyjs, ".jgf": check_jgf}
        for ending, check in beside.items():
            if path.with_suffix(ending).exists():
                check(str(path.with_suffix(ending)), data)
        for ending, check in {"-csv": check_csv, "-neo4j": check_neo4j_folder}.items():
            folder = path.with_name(path.stem + ending)
            if folder.exists():
                check(folder, data)


main(sys.argv[1:])
