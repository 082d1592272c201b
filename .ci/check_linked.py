"""Reads exported linked data with a program that is not ours, and holds it against the facts.

check_linked.py NAME...   NAME.nq, NAME.jsonld and NAME.jsonl (facts) of the same selection
"""

import json
import logging
import sys
from collections import Counter
from urllib.parse import quote

import rdflib
from rdflib.compare import isomorphic

# Values stay as they are written; of a day before our era Python has no notion, and rdflib says so.
rdflib.NORMALIZE_LITERALS = False
logging.getLogger("rdflib.term").setLevel(logging.ERROR)

PREFIXES = """
PREFIX annals: <urn:annals:vocabulary#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX time: <http://www.w3.org/2006/time#>
"""


def graph_of(name, form):
    dataset = rdflib.Dataset()
    dataset.parse(name, format=form)
    graph = rdflib.Graph()
    for subject, predicate, value, _ in dataset.quads():
        graph.add((subject, predicate, value))
    return graph


def rows(graph, query):
    return [tuple(value.toPython() if value is not None else None for value in row)
            for row in graph.query(PREFIXES + query)]


def as_list(value):
    return value if isinstance(value, list) else [value]


def check(name):
    quads, json_ld = graph_of(name + ".nq", "nquads"), graph_of(name + ".jsonld", "json-ld")
    with open(name + ".nq", encoding="utf-8") as file:
        lines = set(file.read().split("\n")) - {""}
    assert len(lines) == len(quads), f"{name}: {len(lines)} lines, {len(quads)} statements"
    assert len(quads) == len(json_ld) and isomorphic(quads, json_ld), f"{name}: the two differ"
    with open(name + ".jsonl", encoding="utf-8") as file:
        facts = [json.loads(line) for line in file.read().split("\n") if line]

    kinds = Counter(record["type"] for record in facts)
    for kind, count in kinds.items():
        found = rows(quads, f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?x a annals:{kind.title()} }}")
        assert found == [(count,)], (name, kind, found, count)
    labels = {(record["type"], record["id"]): record.get("name", record.get("label", record.get("title")))
              for record in facts if record["type"] not in ("claim", "relation", "order")}
    for (kind, record), label in labels.items():
        subject = rdflib.URIRef(f"urn:annals:{kind}/{quote(record, safe='-._~')}")
        assert str(quads.value(subject, rdflib.DCTERMS.identifier)) == record, subject
        assert str(quads.value(subject, rdflib.RDFS.label)) == label, (subject, label)

    evidence = [(record, one) for record in facts for one in as_list(record.get("evidence", []))]
    quotes = Counter(one["quote"] for _, one in evidence if "quote" in one)
    exact = rows(quads, "SELECT ?q { ?note oa:hasBody ?x; oa:hasTarget ?t. ?t oa:hasSelector ?s. "
                        "?s a oa:TextQuoteSelector; oa:exact ?q }")
    assert Counter(quote for quote, in exact) == quotes, name
    sources = rows(quads, "SELECT ?note { ?note a oa:Annotation; oa:hasTarget/oa:hasSource/dcterms:identifier ?d }")
    assert len(sources) == sum("document" in one for _, one in evidence), name
    said = Counter((record["id"], speaker) for record in facts if record["type"] == "claim"
                   for speaker in set(as_list(record.get("speaker", []))))
    attributed = rows(quads, "SELECT ?c ?a { ?claim a schema:Claim; dcterms:identifier ?c; "
                             "prov:wasAttributedTo/dcterms:identifier ?a }")
    assert Counter(attributed) == said, name
    dated = [record for record in facts if record["type"] in ("event", "relation") and "when" in record]
    intervals = rows(quads, "SELECT ?x ?e { ?x time:hasTime ?i. ?i a time:Interval; annals:edtf ?e }")
    assert len(intervals) == len(dated), name
    ends = rows(quads, "SELECT ?e { ?i time:hasBeginning|time:hasEnd ?e. ?e time:inXSDDate ?d }")
    some = rows(quads, "SELECT ?e { ?i time:hasBeginning|time:hasEnd ?e }")
    assert len(ends) == len(some), f"{name}: an end without a day"
    print(f"{name}: {len(quads)} statements, the same in N-Quads and JSON-LD, {len(quotes)} quotes, "
          f"{len(dated)} intervals, read by rdflib {rdflib.__version__}")


for path in sys.argv[1:]:
    check(path)
