"""Graphs for NetworkX and igraph, and their nodes and edges as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import _annals
from ._answers import Table
from ._errors import UsageError, missing
from ._row import Row

if TYPE_CHECKING:
    from ._answers import Graph


class NetworkRow(Row):
    """A node or an edge of a network, in one of its windows. Its keys are its attributes."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        json = self._json
        if name not in json:
            raise AttributeError(name)
        return json[name]

    def _named(self) -> tuple[str, ...]:
        return tuple(self._json)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._json})


class Part(Table[Any]):
    """The nodes or the edges of a graph."""

    __slots__ = ()
    _has_sheet = False

    @property
    def _columns_path(self) -> tuple[str, ...]:
        if self._schema == "network":
            return ("data", "windows", "[]", self._path[-1])
        return self._path


def part_of(graph: Graph, part: str) -> Table[Any]:
    """The nodes or the edges."""
    from . import _rows

    if graph._shape == "network":
        return _of_network(graph, part)
    path = ("data", part) if graph._shape == "path" else (part,)
    kinds: dict[tuple[str, str], type[Row]] = {
        ("graph", "nodes"): _rows.GraphNode,
        ("graph", "edges"): _rows.GraphEdge,
        ("path", "nodes"): _rows.ChainNode,
        ("path", "edges"): _rows.GraphEdge,
    }
    kind = kinds[(graph._shape, part)]
    return Part(graph._asked, graph._line, kind, graph._shape, path, graph._native)


def _of_network(graph: Graph, part: str) -> Table[Any]:
    import json

    rows = [
        {"window_from": window["from"], "window_until": window["until"], **one}
        for window in graph.to_dict()["data"]["windows"]
        for one in window[part]
    ]
    content = json.dumps({"data": {"windows": {part: rows}}}, ensure_ascii=False).encode()
    native = _annals.Answer(content, graph._native.notes, 0)
    path = ("data", "windows", part)
    return Part(graph._asked, graph._line, NetworkRow, "network", path, native)


def _elements(graph: Graph, window: int | None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Nodes and edges as dictionaries; edges have source, target and key."""
    found = graph.to_dict()
    if graph._shape == "graph":
        _no_window(window)
        return found["nodes"], found["edges"]
    data = found["data"]
    if graph._shape == "path":
        _no_window(window)
        return data["nodes"], data["edges"]
    windows = data["windows"]
    if window is None:
        if len(windows) > 1:
            raise UsageError(f"the network has {len(windows)} windows: window=0 takes the first")
        window = 0
    if not windows:
        return [], []
    nodes, edges = windows[window]["nodes"], windows[window]["edges"]
    return nodes, [_of_pair(edge) for edge in edges]


def _no_window(window: int | None) -> None:
    if window is not None:
        raise UsageError("only a network has windows")


def _of_pair(edge: dict[str, Any]) -> dict[str, Any]:
    """An edge of a network; its weight is one number where it is exact."""
    made = {key: value for key, value in edge.items() if key not in ("a", "b", "weight")}
    made["source"], made["target"] = edge["a"]["id"], edge["b"]["id"]
    if isinstance(edge.get("weight"), list):
        least, most = edge["weight"]
        if least == most:
            made["weight"] = least
        else:
            made["weight_least"], made["weight_most"] = least, most
    made["key"] = 0
    return made


def _flat(value: Any) -> Any:
    """A text, a number or a truth value, as GraphML and GEXF take them."""
    if isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "; ".join(value)
    import json

    return json.dumps(value, ensure_ascii=False)


def _attributes(one: dict[str, Any], without: tuple[str, ...], flat: bool) -> dict[str, Any]:
    kept = {key: value for key, value in one.items() if key not in without}
    if not flat:
        return kept
    return {key: _flat(value) for key, value in kept.items() if value is not None}


def networkx_graph(graph: Graph, flat: bool, window: int | None) -> Any:
    """A ``MultiDiGraph``; of a network, whose ties have no direction, a ``MultiGraph``."""
    try:
        import networkx
    except ImportError as error:
        raise missing("networkx", "networkx", "to_networkx()") from error
    nodes, edges = _elements(graph, window)
    made = networkx.MultiGraph() if graph._shape == "network" else networkx.MultiDiGraph()
    if graph._shape == "graph":
        made.graph.update(_attributes(graph.to_dict()["graph"], (), flat))
    for node in nodes:
        made.add_node(node["id"], **_attributes(node, ("id",), flat))
    for edge in edges:
        named = _attributes(edge, ("source", "target", "key"), flat)
        made.add_edge(edge["source"], edge["target"], edge.get("key", 0), **named)
    return made


def igraph_graph(graph: Graph, window: int | None) -> Any:
    """An igraph ``Graph``: a vertex is found by its id, which is its ``name``; its own name is ``label``."""
    try:
        import igraph
    except ImportError as error:
        raise missing("igraph", "igraph", "to_igraph()") from error
    nodes, edges = _elements(graph, window)
    made = igraph.Graph(directed=graph._shape != "network")
    at = {node["id"]: nth for nth, node in enumerate(nodes)}
    made.add_vertices(len(nodes))
    own = ("id", "name", "label")
    keys = dict.fromkeys(key for node in nodes for key in node if key not in own)
    made.vs["name"] = [node["id"] for node in nodes]
    made.vs["label"] = [node.get("label", node.get("name", node["id"])) for node in nodes]
    for key in keys:
        made.vs[key] = [node.get(key) for node in nodes]
    made.add_edges([(at[edge["source"]], at[edge["target"]]) for edge in edges])
    keys = dict.fromkeys(
        key for edge in edges for key in edge if key not in ("source", "target", "key")
    )
    for key in keys:
        made.es[key] = [edge.get(key) for edge in edges]
    return made


#: A graph of so many nodes draws itself in a notebook.
_DRAWN = 60


def picture_of(graph: Graph) -> str | None:
    """The picture of a small graph, as ``annals draw`` makes it of the same options; None if it makes none
    of them, or the graph is large."""
    from ._errors import Error

    kind = {"graph": "graph", "network": "network"}.get(graph._shape)
    if kind is None or graph._asked is None or not 0 < len(graph.nodes) <= _DRAWN:
        return None
    _, *rest = graph._line
    words = ["draw", "-f", "svg", *rest, kind] if "--" in rest else ["draw", "-f", "svg", kind, *rest]
    if "--" in rest:
        at = words.index("--")
        words = [*words[: at + 1], kind, *words[at + 1 : -1]]
    try:
        return graph._asked._ask(words).bytes().decode()
    except Error:
        # Not every option of the question is one of the picture.
        return None
