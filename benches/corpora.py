#!/usr/bin/env python3
"""Checks the orders of public corpora, each document beside a second answer that shares no code with ours.

    corpora.py ANNALS [--timeml FOLDER]... [--tddiscourse FOLDER] [--networks FOLDER]

--timeml       documents in TimeML, such as those of TempEval-3 (github.com/jspotter/TempEval-3): every TLINK
               of a document, with its times as events without a date, DURING read as `equals`
--tddiscourse  TDDiscourse (github.com/aakanksha19/TDDiscourse): all pairs of a document, over its three splits
--networks     networks of lists of Allen's relations in the form of GQR (github.com/m-westphal/gqr,
               data/allen/csp); what is said of them here is only whether each was decided, and how fast

Each relation of the first two stands for one order of the four ends. Such a set can be true unless ends
that are before each other form a circle once equal ends are one (M. Vilain, H. Kautz: Constraint Propagation
Algorithms for Temporal Reasoning, 1986). Prints a line a corpus; exits with 1 if an answer differs, or
is missing."""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as xml

# What a relation says of the ends of two events: (end, sign, end), with 0 and 1 the first, 2 and 3 the second.
ENDS = {
    "before": [(1, "<", 2)],
    "meets": [(1, "=", 2)],
    "starts": [(0, "=", 2), (1, "<", 3)],
    "during": [(2, "<", 0), (1, "<", 3)],
    "finishes": [(2, "<", 0), (1, "=", 3)],
    "equals": [(0, "=", 2), (1, "=", 3)],
}
INVERSE = {"after": "before", "met_by": "meets", "started_by": "starts", "contains": "during",
           "finished_by": "finishes"}
TIMEML = {
    "BEFORE": "before", "AFTER": "after", "IBEFORE": "meets", "IAFTER": "met_by", "INCLUDES": "contains",
    "IS_INCLUDED": "during", "SIMULTANEOUS": "equals", "IDENTITY": "equals", "DURING": "equals",
    "DURING_INV": "equals", "BEGINS": "starts", "BEGUN_BY": "started_by", "ENDS": "finishes",
    "ENDED_BY": "finished_by",
}
TDDISCOURSE = {"b": "before", "a": "after", "i": "contains", "ii": "during", "s": "equals"}
GQR = {"<": "before", ">": "after", "m": "meets", "mi": "met_by", "o": "overlaps", "oi": "overlapped_by",
       "s": "starts", "si": "started_by", "d": "during", "di": "contains", "f": "finishes", "fi": "finished_by",
       "=": "equals"}


def can_be_true(links):
    """Whether events can be placed so that all links (first, relation, second) hold."""
    equal, before = {}, []

    def root(end):
        equal.setdefault(end, end)
        while equal[end] != end:
            equal[end] = equal[equal[end]]
            end = equal[end]
        return end

    for first, relation, second in links:
        if relation in INVERSE:
            first, relation, second = second, INVERSE[relation], first
        ends = [(first, "start"), (first, "end"), (second, "start"), (second, "end")]
        before += [(ends[0], ends[1]), (ends[2], ends[3])]
        for one, sign, other in ENDS[relation]:
            if sign == "=":
                equal[root(ends[one])] = root(ends[other])
            else:
                before.append((ends[one], ends[other]))
    later, waits = {}, {}
    for one, other in {(root(one), root(other)) for one, other in before}:
        later.setdefault(one, []).append(other)
        waits[other] = waits.get(other, 0) + 1
        waits.setdefault(one, 0)
    ready = [end for end, count in waits.items() if count == 0]
    placed = 0
    while ready:
        placed += 1
        for other in later.get(ready.pop(), []):
            waits[other] -= 1
            if waits[other] == 0:
                ready.append(other)
    return placed == len(waits)


def timeml(folders):
    """(name, links) of each document with links."""
    paths = (os.path.join(folder, name) for root in folders for folder, _, names in os.walk(root)
             for name in names if name.endswith(".tml") and not name.startswith("."))
    for path in sorted(paths):
        links = []
        for link in xml.parse(path).iter("TLINK"):
            first = link.get("eventInstanceID") or link.get("timeID")
            second = link.get("relatedToEventInstance") or link.get("relatedToTime")
            relation = TIMEML.get(link.get("relType"))
            if first and second and relation and first != second:
                links.append((first, relation, second))
        if links:
            yield path, links


def tddiscourse(folder):
    for subset in ("TDDMan", "TDDAuto"):
        documents = {}
        for split in ("Train", "Dev", "Test"):
            with open(os.path.join(folder, subset, f"{subset}{split}.tsv"), encoding="utf-8") as rows:
                for row in rows:
                    document, first, second, relation = row.split()
                    documents.setdefault(document, []).append((first, TDDISCOURSE[relation], second))
        for document, links in sorted(documents.items()):
            yield f"{subset} {document}", [link for link in links if link[0] != link[2]]


def networks(folder):
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8") as text:
            links, nth = [], 0
            for line in text:
                edge = re.match(r"\s*(\d+)\s+(\d+)\s+\(([^)]*)\)", line)
                if edge:
                    links.append((edge[1], [GQR[one] for one in edge[3].split()], edge[2]))
                elif line.strip() == ".":
                    nth += 1
                    yield f"{name} {nth}", links
                    links = []


def facts(links):
    """A dossier of events without dates, and their orders."""
    # A list of all thirteen says nothing, and is refused.
    ids = sorted({event for first, _, second in links for event in (first, second)})
    orders = [{"id": f"o{nth}", "first": f"e-{first}", "relation": relation, "second": f"e-{second}"}
              for nth, (first, relation, second) in enumerate(links)
              if isinstance(relation, str) or 0 < len(relation) < 13]
    return {"annals": 1, "events": [{"id": f"e-{one}", "label": one} for one in ids], "orders": orders}


def verdict(annals, path, limit):
    """can, cannot, undecided or stopped, by `annals check`."""
    try:
        run = subprocess.run([annals, "check", path, "-q", "-f", "json"], capture_output=True, check=False,
                             timeout=limit)
    except subprocess.TimeoutExpired:
        return "stopped"
    codes = {one["code"]: one["severity"] for one in json.loads(run.stdout)["data"]}
    other = [code for code, severity in codes.items() if not code.startswith("AN2") and severity == "error"]
    if other:
        sys.exit(f"{path}: {', '.join(other)}: the facts were not read as they were meant")
    if "AN209" in codes:
        return "undecided"
    return "cannot" if any(code.startswith("AN2") and severity == "error" for code, severity in codes.items()) else "can"


def compared(annals, label, documents, has_second, limit):
    """Checks each document, prints a line, and returns how many answers are wrong or missing."""
    counts = dict.fromkeys(("can", "cannot", "undecided", "stopped"), 0)
    differ, slowest, orders = [], 0.0, 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "document.json")
        for name, links in documents:
            with open(path, "w", encoding="utf-8") as out:
                json.dump(facts(links), out)
            begun = time.monotonic()
            ours = verdict(annals, path, limit)
            slowest = max(slowest, time.monotonic() - begun)
            counts[ours] += 1
            orders += len(links)
            if has_second and ours != ("can" if can_be_true(links) else "cannot"):
                differ.append(f"{name}: {ours}")
    total = sum(counts.values())
    if total == 0:
        sys.exit(f"{label}: nothing to check there")
    said = f"{len(differ)} differ" if has_second else "no second answer"
    print(f"{label}: {total} documents, {orders} orders: {counts['can']} can be true, {counts['cannot']} cannot, "
          f"{counts['undecided']} not decided, {counts['stopped']} stopped; {said}; slowest {slowest:.2f} s", flush=True)
    for line in differ:
        print(f"  {line}")
    return len(differ) + counts["stopped"] + (0 if has_second else counts["undecided"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("annals")
    parser.add_argument("--timeml", action="append", default=[])
    parser.add_argument("--tddiscourse")
    parser.add_argument("--networks")
    parser.add_argument("--limit", type=float, default=60)
    args = parser.parse_args()
    if not (args.timeml or args.tddiscourse or args.networks):
        parser.error("name the folder of a corpus")
    wrong = 0
    if args.timeml:
        wrong += compared(args.annals, "TimeML", timeml(args.timeml), True, args.limit)
    if args.tddiscourse:
        wrong += compared(args.annals, "TDDiscourse", tddiscourse(args.tddiscourse), True, args.limit)
    if args.networks:
        wrong += compared(args.annals, "networks", networks(args.networks), False, args.limit)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
