"""Holds a folder for Neo4j against the grammar that Neo4j documents, since Neo4j is not run here.

Whether the script is Cypher at all, check_graphs.mjs asks Neo4j's own parser.

The sheets are read as the importer does with --array-delimiter=U+001F --multiline-fields=true
--legacy-style-quoting=true, which is how LOAD CSV reads them too; the script must be of the few
statements that load them.
"""

import re

BETWEEN = "\x1f"
TYPES = {
    "string": ".*",
    "string[]": ".*",
    "double": r"-?\d+(\.\d+)?([eE]-?\d+)?",
    "long": r"-?\d+",
    "boolean": "true|false",
    "date": r"(\d{4}|[+-]\d{4,9})-\d\d-\d\d",
}
NAME = r"[^\W]+"
READ = {
    "string": "{cell}",
    "string[]": "split({cell}, '\\u001F')",
    "double": "toFloat({cell})",
    "long": "toInteger({cell})",
    "boolean": "toBoolean({cell})",
    "date": "date({cell})",
}


def rows(text):
    """The fields of a sheet; None where there is nothing, which an empty text in quotes is not."""
    at, row = 0, []
    while at < len(text):
        if text[at] == '"':
            field, at = "", at + 1
            while True:
                c, after = text[at], text[at + 1:at + 2]
                if c == "\\" and after in ('"', "\\"):
                    field, at = field + after, at + 2
                elif c == '"' and after == '"':
                    field, at = field + '"', at + 2
                elif c == '"':
                    at += 1
                    break
                else:
                    field, at = field + c, at + 1
            assert text[at] in ",\n", f"{text[at:at + 20]!r} stands after a quotation mark"
        else:
            end = re.compile("[,\n]").search(text, at).start()
            field, at = text[at:end] or None, end
            assert field is None or "\r" not in field, f"{field!r} has a line end"
        row.append(field)
        if text[at] == "\n":
            yield row
            row = []
        at += 1
    assert not row, "the last line has no end"


def value(kind, field):
    if field is None:
        return None
    assert re.fullmatch(TYPES[kind], field, re.DOTALL), f"{field!r} is no {kind}"
    return field.split(BETWEEN) if kind == "string[]" else field


def sheet(path, special):
    lines = rows(path.read_bytes().decode())
    headings = next(lines)
    names, kinds = [], []
    for heading in headings:
        name, kind = heading.split(":")
        names.append(name if kind not in special else (name or kind))
        kinds.append("string" if kind in special else kind)
        assert not name or re.fullmatch(NAME, name), f"{heading} is no heading"
    assert {one.split(":")[1] for one in headings} >= special, f"{path}: {special} are not all there"
    assert len(set(names)) == len(names), f"{path}: a heading stands twice"
    table = []
    for line in lines:
        assert len(line) == len(headings), f"{path}: {line} has {len(line)} fields"
        table.append({name: value(kind, field) for name, kind, field in zip(names, kinds, line)})
    return headings, table


def properties(words, headings, name):
    """Whether each property is read from its own column, as its type wants it."""
    for one in re.findall(r"`(\w+)`: ((?:[^,(]|\([^)]*\))+)", words):
        heading = next(other for other in headings if other.split(":")[0] == one[0])
        wanted = READ[heading.split(":")[1]].format(cell=f"row.`{heading}`")
        assert one[1] == wanted, f"{name}: {one}"


NODES = re.compile(r"""LOAD CSV WITH HEADERS FROM 'file:///nodes\.csv' AS row
WITH row WHERE row\.`kind:string` = '(?P<kind>\w+)'
CALL \(row\) \{
  MERGE \(n:Annals \{id: row\.`id:ID`\}\)
  SET n:(?P<label>\w+), n \+= \{(?P<set>[^{}\n]+)\}
\} IN TRANSACTIONS OF 1000 ROWS""")
EDGES = re.compile(r"""LOAD CSV WITH HEADERS FROM 'file:///relationships\.csv' AS row
WITH row WHERE row\.`:TYPE` = '(?P<kind>\w+)'
CALL \(row\) \{
  MATCH \(a:Annals \{id: row\.`:START_ID`\}\)
  MATCH \(b:Annals \{id: row\.`:END_ID`\}\)
  MERGE \(a\)-\[r:`(?P=kind)` \{id: row\.`id:string`\}\]->\(b\)
  SET r \+= \{(?P<set>[^{}\n]+)\}
\} IN TRANSACTIONS OF 1000 ROWS""")
CONSTRAINT = "CREATE CONSTRAINT annals_id IF NOT EXISTS FOR (n:Annals) REQUIRE n.id IS UNIQUE"


def script(path, node_headings, nodes, edge_headings, edges):
    lines = path.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("//"))
    statements = [one.strip() for one in text.split(";\n")]
    statements = [one.removesuffix(";") for one in statements if one]
    assert statements[0] == CONSTRAINT, statements[0]
    kinds, types = set(), set()
    for statement in statements[1:]:
        of_nodes, of_edges = NODES.fullmatch(statement), EDGES.fullmatch(statement)
        assert of_nodes or of_edges, f"{path}: {statement}"
        if of_nodes:
            kinds.add((of_nodes["kind"], of_nodes["label"]))
            properties(of_nodes["set"], node_headings, path)
        else:
            types.add(of_edges["kind"])
            properties(of_edges["set"], edge_headings, path)
    loaded = {(one["kind"], one["LABEL"].split(BETWEEN)[1]) for one in nodes}
    assert kinds == loaded, f"{path}: {kinds} are loaded, there are {loaded}"
    assert types == {one["TYPE"] for one in edges}, f"{path}: {types}"


def check(folder):
    node_headings, nodes = sheet(folder / "nodes.csv", {"ID", "LABEL"})
    edge_headings, edges = sheet(folder / "relationships.csv", {"START_ID", "END_ID", "TYPE"})
    ids = {one["id"] for one in nodes}
    assert len(ids) == len(nodes) and None not in ids, f"{folder}: an id stands twice"
    for node in nodes:
        label = node["LABEL"].split(BETWEEN)
        assert label == ["Annals", node["kind"].capitalize()], f"{folder}: {label}"
    for edge in edges:
        assert edge["START_ID"] in ids and edge["END_ID"] in ids, f"{folder}: {edge} leads nowhere"
        assert edge["TYPE"] and re.fullmatch(NAME, edge["TYPE"]), f"{folder}: {edge['TYPE']}"
    script(folder / "load.cypher", node_headings, nodes, edge_headings, edges)
    return nodes, edges
