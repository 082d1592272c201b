"""Holds a GEXF file against the grammar of GEXF 1.3, as its primer has it, with a strict parser.

Stricter than the schema where the primer is: ids are unique, ends are nodes, an edge is known by its
ends and its kind, values are of their attribute's type, a stretch ends after it starts.
"""

import datetime
import re

from lxml import etree

NAMESPACE = "{http://gexf.net/1.3}"
# Of each element: the attributes it must have, those it may have, the elements that may stand in it.
GRAMMAR = {
    "gexf": ({"version"}, {"variant"}, ["meta", "graph"]),
    "meta": (set(), {"lastmodifieddate"}, ["creator", "keywords", "description"]),
    "creator": (set(), set(), []),
    "keywords": (set(), set(), []),
    "description": (set(), set(), []),
    "graph": (set(), {"timeformat", "start", "end", "timestamp", "mode", "timerepresentation",
                      "timezone", "defaultedgetype", "idtype"}, ["attributes", "nodes", "edges"]),
    "attributes": ({"class"}, {"mode"}, ["attribute"]),
    "attribute": ({"id", "title", "type"}, set(), ["default", "options"]),
    "nodes": (set(), {"count"}, ["node"]),
    "node": ({"id"}, {"label", "start", "end"}, ["spells", "attvalues"]),
    "edges": (set(), {"count"}, ["edge"]),
    "edge": ({"source", "target"}, {"id", "type", "label", "kind", "weight", "start", "end"},
             ["spells", "attvalues"]),
    "spells": (set(), set(), ["spell"]),
    "spell": (set(), {"start", "end"}, []),
    "attvalues": (set(), set(), ["attvalue"]),
    "attvalue": ({"for", "value"}, {"start", "end"}, []),
}
TYPES = {
    "string": ".*",
    "boolean": "true|false",
    "double": r"-?[0-9]+(\.[0-9]+)?([eE]-?[0-9]+)?",
    "integer": r"-?[0-9]+",
}
# A day of XML Schema: no plus sign, and, before its version 1.1, no year 0.
DAY = re.compile(r"-?([1-9][0-9]{4,}|[0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


def tag(element):
    assert element.tag.startswith(NAMESPACE), f"{element.tag} is not of GEXF 1.3"
    return element.tag.removeprefix(NAMESPACE)


def day(text):
    assert DAY.fullmatch(text) and not text.lstrip("-").startswith("0000"), f"{text} is no day of GEXF"
    assert text.startswith("-") or len(text) == 10, f"Gephi cannot read {text}"
    if not text.startswith("-"):
        datetime.date.fromisoformat(text)
    year, month, of_month = text.lstrip("-").split("-")
    return (-int(year) if text.startswith("-") else int(year), int(month), int(of_month))


def stretch(name, element):
    bounds = [element.get("start"), element.get("end")]
    days = [day(bound) for bound in bounds if bound is not None]
    assert days == sorted(set(days)), f"{name}: {bounds} ends before or when it starts"
    return len(days)


def walk(name, element):
    must, may, inside = GRAMMAR[tag(element)]
    have = set(element.attrib)
    assert must <= have and have <= must | may, f"{name}: {tag(element)} has {have}"
    order = [tag(child) for child in element]
    assert set(order) <= set(inside), f"{name}: {order} in {tag(element)}"
    if tag(element) in ("gexf", "graph"):
        assert order == sorted(order, key=inside.index), f"{name}: {order} in {tag(element)}"
    if tag(element) in ("node", "edge"):
        assert len(order) == len(set(order)), f"{name}: {order} in {tag(element)}"
        spells = [spell for child in element if tag(child) == "spells" for spell in child]
        bounded = stretch(name, element)
        assert not (spells and bounded), f"{name}: both bounds and spells"
    if tag(element) == "spells":
        assert len(element) > 0, f"{name}: no spell in spells"
    if tag(element) == "spell":
        assert stretch(name, element), f"{name}: a spell without bounds"
    for child in element:
        walk(name, child)


def covers(name, element, attributes):
    """Whether the stretch is from the first day of the date up to the day after its last."""
    if element.find(f"{NAMESPACE}spells") is not None or ";" in attributes.get("written", ""):
        return
    first, last = attributes.get("first"), attributes.get("last")
    if first and re.fullmatch(r"(?!0000)\d{4}-..-..", first):
        assert element.get("start") == first, f"{name}: {dict(element.attrib)}"
    if last and re.fullmatch(r"(?!0000)\d{4}-..-..", last) and last != "9999-12-31":
        after = datetime.date.fromisoformat(last) + datetime.timedelta(days=1)
        assert element.get("end") == after.isoformat(), f"{name}: {dict(element.attrib)}"


def values(name, graph, which):
    declared, titles = {}, {}
    for attributes in graph.findall(f"{NAMESPACE}attributes[@class='{which}']"):
        for one in attributes:
            assert one.get("id") not in declared, f"{name}: attribute {one.get('id')} stands twice"
            declared[one.get("id")] = one.get("type")
            titles[one.get("id")] = one.get("title")
    for element in graph.iterfind(f"{NAMESPACE}{which}s/{NAMESPACE}{which}"):
        given = element.iterfind(f"{NAMESPACE}attvalues/*")
        covers(name, element, {titles[one.get("for")]: one.get("value") for one in given})
    for value in graph.iterfind(f"{NAMESPACE}{which}s/{NAMESPACE}{which}/{NAMESPACE}attvalues/*"):
        pattern = TYPES[declared[value.get("for")]]
        assert re.fullmatch(pattern, value.get("value"), re.DOTALL), f"{name}: {dict(value.attrib)}"


def check(name, xsd=None):
    tree = etree.parse(name, etree.XMLParser(huge_tree=True, resolve_entities=False))
    root = tree.getroot()
    if xsd is not None:
        schema = etree.XMLSchema(etree.parse(xsd))
        assert schema.validate(tree), f"{name}: {schema.error_log}"
    assert tag(root) == "gexf" and root.get("version") == "1.3", name
    walk(name, root)
    graph = root.find(f"{NAMESPACE}graph")
    nodes = [node.get("id") for node in graph.find(f"{NAMESPACE}nodes")]
    edges = list(graph.find(f"{NAMESPACE}edges"))
    assert len(set(nodes)) == len(nodes), f"{name}: a node stands twice"
    assert len({edge.get("id") for edge in edges}) == len(edges), f"{name}: an edge stands twice"
    known = {(edge.get("source"), edge.get("target"), edge.get("kind")) for edge in edges}
    assert len(known) == len(edges), f"{name}: parallel edges of one kind"
    ends = {edge.get(end) for edge in edges for end in ("source", "target")}
    assert ends <= set(nodes), f"{name}: edges lead to no node"
    for which in ("node", "edge"):
        values(name, graph, which)
    by = "lxml with the schema, and check_gexf.py" if xsd else "lxml and check_gexf.py"
    print(f"{name}: GEXF 1.3 as its primer has it, read by {by}")
