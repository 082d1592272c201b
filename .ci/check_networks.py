"""Holds `annals network` against Discourse Network Analyzer, and its bounds against every reading of small dossiers.

    check_networks.py ANNALS [FOLDER]

FOLDER has what does not belong to this repository: the numbers that DNA itself gave (*.gold.tsv.gz) and oracle.py, which
computes networks anew. Without it, only small dossiers are tried. A sample of all is; with ANNALS_THOROUGH=1 everything.
"""

import collections
import datetime
import itertools
import json
import math
import os
import pathlib
import random
import subprocess
import sys
import tempfile

ANNALS = sys.argv[1] if len(sys.argv) > 1 else "annals"
THOROUGH = "ANNALS_THOROUGH" in os.environ
DAY = datetime.date(2020, 1, 1).toordinal()
RANGE = (DAY, DAY + 180)


def network(facts, *arguments):
    run = subprocess.run([ANNALS, "network", facts, *arguments, "-f", "json", "-q"], capture_output=True, check=False)
    assert run.returncode == 0, (arguments, run.stderr.decode())
    return json.loads(run.stdout)["data"]


def close(one, other):
    return abs(one - other) <= 1e-9 * max(1.0, abs(one), abs(other))


# The numbers of DNA.

DUPLICATES = {"include": "keep", "document": "document", "week": "dna-week", "month": "dna-month", "year": "year", "acrossrange": "range"}


def options(case, kind, first, last):
    """The command for a case of DNA; None where the two are not the same, as the documentation says."""
    if "doc:" in case["v1"] + case["v2"] or case["kernel"] != "no" or case["window"] == "events":
        return None
    two, ignore = case["network"] == "twomode", case["aggregation"] == "ignore"
    if not two and ignore and case["normalisation"] == "jaccard" and case["duplicates"] != "include" and case["qualifier"]:
        return None
    arguments = ["--over", "topics", "--duplicates", DUPLICATES[case["duplicates"]], "--normalise", case["normalisation"]]
    if two:
        arguments += ["--measure", "affiliation", "--sign", {"ignore": "any", "subtract": "net", "combine": "kinds"}[case["aggregation"]]]
    else:
        arguments += ["--measure", case["aggregation"]]
    if "organization" in (case["v1"], case["v2"]):
        arguments += ["--into", "organization"]
    if case["v1"] == "concept":
        arguments += ["--of", "things"]
    if kind == "integer":
        arguments += ["--scale", "three"]
    if case["isolates"] == "true":
        arguments += ["--isolates"]
    if case["window"] != "no":
        arguments += ["--window", f"{case['window']}:{case['size']}"]
    if case["window"] != "no" or case["start"] != "01.01.1900" or case["stop"] != "31.12.2099":
        arguments += ["--from", first.isoformat(), "--until", last.isoformat()]
    return arguments


def facts_of(oracle, name, case, folder, made={}):
    """The statements of a case as facts: without those that are excluded; for organizations, those that have one."""
    alone = "organization" not in (case["v1"], case["v2"])
    # Without a qualifier there are no stances; topics are only spoken of.
    bare = not case["qualifier"]
    key = (name, alone, bare, case["exclude"])
    if key not in made:
        path = str(pathlib.Path(folder, f"{len(made)}.jsonl"))
        oracle.facts(name, path, alone)
        if case["exclude"]:
            excluded = [pair.split("=", 1) for pair in case["exclude"].split(";")]
            _, statements = oracle.read_tsv(oracle.gold(f"{name}.statements.tsv.gz"))
            out = {f"s{one.id}" for one in statements if any(one.v[key] == value for key, value in excluded)}
            lines = pathlib.Path(path).read_text(encoding="utf-8").splitlines(keepends=True)
            pathlib.Path(path).write_text("".join(line for line in lines if json.loads(line)["id"] not in out), encoding="utf-8")
        if bare:
            lines = [json.loads(line) for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines()]
            lines = [{field: value for field, value in line.items() if field != "stance"} for line in lines]
            pathlib.Path(path).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        made[key] = path
    return made[key]


def against_dna(oracle, folder):
    tried = left_out = matrices = 0
    for name in ("bool", "sample", "three"):
        kind, statements = oracle.read_tsv(oracle.gold(f"{name}.statements.tsv.gz"))
        theirs = oracle.gold_of(oracle.gold(f"{name}.gold.tsv.gz"))
        days = sorted(one.when.date() for one in statements)
        cases = oracle.cases(oracle.gold(f"{name}.cases.tsv.gz"))
        for case in cases if THOROUGH else cases[::17]:
            first, last = (datetime.datetime.strptime(case[end], "%d.%m.%Y").date() for end in ("start", "stop"))
            arguments = options(case, kind, max(first, days[0]), min(last, days[-1]))
            if arguments is None:
                left_out += 1
                continue
            ours = network(facts_of(oracle, name, case, folder), *arguments)["windows"]
            wanted = theirs.get(case["case"], [])
            assert len(ours) == len(wanted), (name, case, len(ours), len(wanted))
            for window, (*_, rows, _, weights) in zip(ours, wanted):
                found = {}
                for edge in window["edges"]:
                    assert edge["exact"] and edge["weight"][0] == edge["weight"][1], (name, case, edge)
                    one, other = edge["a"]["id"][1:], edge["b"]["id"][1:]
                    found[one, other] = edge["weight"][0]
                    if case["network"] == "onemode":
                        found[other, one] = edge["weight"][0]
                for key in found.keys() | weights.keys():
                    assert close(found.get(key, 0.0), weights.get(key, 0.0)), (name, case, key, found.get(key), weights.get(key))
                nodes = sum(node["kind"] != "topic" or case["v1"] == "concept" for node in window["nodes"])
                assert case["exclude"] or nodes == rows, (name, case, nodes, rows)
                matrices += 1
            tried += 1
    print(f"{tried} cases of DNA, {matrices} matrices: all numbers are the same; {left_out} left out")


def with_years_told_apart(oracle, folder):
    """Duplicates of weeks and months of different years are none: DNA takes them for some, the oracle need not."""
    tried = matrices = 0
    for name in ("bool", "sample", "three"):
        kind, statements = oracle.read_tsv(oracle.gold(f"{name}.statements.tsv.gz"))
        days = sorted(one.when.date() for one in statements)
        cases = [case for case in oracle.cases(oracle.gold(f"{name}.cases.tsv.gz")) if case["duplicates"] in ("week", "month")]
        for case in cases if THOROUGH else cases[::13]:
            first, last = (datetime.datetime.strptime(case[end], "%d.%m.%Y").date() for end in ("start", "stop"))
            arguments = options(case, kind, max(first, days[0]), min(last, days[-1]))
            if arguments is None:
                continue
            at = arguments.index("--duplicates") + 1
            arguments[at] = case["duplicates"]
            ours = network(facts_of(oracle, name, case, folder), *arguments)["windows"]
            wanted = list(oracle.run(kind, statements, case, dna=False))
            assert len(ours) == len(wanted), (name, case, len(ours), len(wanted))
            for window, (*_, weights) in zip(ours, wanted):
                found = {(edge["a"]["id"][1:], edge["b"]["id"][1:]): edge["weight"][0] for edge in window["edges"]}
                if case["network"] == "onemode":
                    found.update({(other, one): weight for (one, other), weight in found.items()})
                for key in found.keys() | weights.keys():
                    assert close(found.get(key, 0.0), weights.get(key, 0.0)), (name, case, key, found.get(key), weights.get(key))
                matrices += 1
            tried += 1
    print(f"{tried} cases of weeks and months, {matrices} matrices: the numbers are those of years told apart")


# Small dossiers of uncertain dates and relations.


def dossier(dice, into):
    """Claims of which few are uncertain, as facts and as what the readings need."""
    free = dice.random() < 0.5
    claims, uncertain = [], 0
    for number in range(dice.randint(3, 8)):
        says = {dice.choice("xyz"): dice.choice(["opposes", "supports", "neutral"])}
        if not free and dice.random() < 0.4:
            says[dice.choice("xyz")] = dice.choice(["opposes", "supports"])
        first = DAY + dice.randrange(-20, 190)
        last, tie = first, "sure"
        if uncertain < 4 and dice.random() < 0.6:
            uncertain += 1
            last = first + dice.choice([10, 35, 70])
            tie = dice.choice(["sure", "sure", "unsure"]) if into else "sure"
        nodes = ["A", "B"] if not free and dice.random() < 0.3 else [dice.choice("ABC" if free else "AB")]
        claims.append({"id": f"k{number}", "nodes": nodes, "says": says, "first": first, "last": last, "tie": tie,
                       "document": dice.choice(["d0", "d1", "d2"])})
    return free, claims


def speakers(claim, into):
    """Who says a claim: its nodes; or one person who stands for them, surely or not."""
    return ["p" + "".join(claim["nodes"]) + ("?" if claim["tie"] == "unsure" else "")] if into else claim["nodes"]


def written(claims, into):
    lines = [{"type": "topic", "id": thing, "label": f"Thing {thing}"} for thing in "xyz"]
    lines += [{"type": "document", "id": f"d{n}", "title": f"Document {n}"} for n in range(3)]
    lines += [{"type": "actor", "id": node, "name": f"Node {node}", "kind": "organization"} for node in "ABC"]
    people = sorted({one for claim in claims for one in speakers(claim, into)}) if into else []
    for person in people:
        key = person.replace("?", "-unsure")
        lines.append({"type": "actor", "id": key, "name": f"Person {key}", "kind": "person"})
        lines += [{"type": "relation", "id": f"{key}-{node}", "from": key, "kind": "represents", "to": node,
                   **({} if "?" in person else {"when": "1990/.."})} for node in person[1:].rstrip("?")]
    for claim in claims:
        first, last = (datetime.date.fromordinal(claim[end]).isoformat() for end in ("first", "last"))
        lines.append({"type": "claim", "id": claim["id"], "speaker": [one.replace("?", "-unsure") for one in speakers(claim, into)],
                      "stance": [{"toward": thing, "value": value} for thing, value in claim["says"].items()],
                      "said": first if first == last else f"[{first}..{last}]", "evidence": [{"document": claim["document"]}]})
    return "".join(json.dumps(line) + "\n" for line in lines)


def readings(claim, window, duplicates):
    """Days that stand for all on which it can have been said; None: it does not count for its nodes."""
    edges = {window[0], window[1] + 1, RANGE[0], RANGE[1] + 1}
    days = [day for day in range(claim["first"], claim["last"] + 1)
            if day == claim["first"] or day in edges or period(day, duplicates) != period(day - 1, duplicates)]
    return days + ([None] if claim["tie"] == "unsure" else [])


def period(day, duplicates):
    date = datetime.date.fromordinal(day)
    return {"week": (day - 1) // 7, "month": (date.year, date.month), "year": date.year}.get(duplicates, 0)


def counted(claims, days, window, duplicates, levels, drops, alone):
    """What each node says, in one reading; and how many claims of one speaker count for A and B."""
    groups, shared = collections.defaultdict(dict), collections.defaultdict(set)
    for claim, day in zip(claims, days):
        if day is None or not RANGE[0] <= day <= RANGE[1]:
            continue
        inside = window[0] <= day <= window[1]
        group = {"keep": claim["id"], "document": (claim["document"], inside)}.get(duplicates, period(day, duplicates))
        for thing, value in claim["says"].items():
            level = 0 if drops else levels.get(value)
            if level is None:
                continue
            for node in claim["nodes"]:
                first = groups[node, thing, level]
                first[group] = min(first.get(group, day), day)
            if alone and inside and len(claim["nodes"]) > 1:
                shared[thing, level].add(group)
    counts = {node: {} for node in "ABC"}
    for (node, thing, level), firsts in groups.items():
        inside = sum(window[0] <= day <= window[1] for day in firsts.values())
        if inside:
            counts[node][thing, level] = inside
    return counts, {cell: len(of) for cell, of in shared.items()}


def weight(x, y, shared, measure, normalise, widest):
    """The weight of two nodes, by the formulas."""
    def adds(one, other):
        apart = abs(one - other) / widest
        return {"ignore": 1.0, "congruence": 1.0 - apart, "conflict": apart, "subtract": 1.0 - 2.0 * apart}[measure]

    top = sum(n * m * adds(k, l) for (j, k), n in x.items() for (i, l), m in y.items() if i == j)
    top -= sum(n * adds(k, k) for (j, k), n in shared.items())
    only = sum(n for cell, n in x.items() if cell not in y) + sum(n for cell, n in y.items() if cell not in x)
    both = sum(n * y[cell] for cell, n in x.items() if cell in y)
    one, other = sum(x.values()), sum(y.values())
    below = {"no": 1.0, "average": (one + other) / 2, "jaccard": only + both, "cosine": one * other}[normalise]
    return top / below if below else 0.0


def against_readings(folder):
    dice, exact, wider, tried = random.Random(27), 0, 0, 0
    duplicates_of = ["keep", "document", "range", "month", "week", "year"]
    for trial in range(1000 if THOROUGH else 48):
        into, duplicates = trial % 3 == 2, duplicates_of[trial % 6]
        if into and duplicates not in ("keep", "document"):
            duplicates = dice.choice(["keep", "document"])
        free, claims = dossier(dice, into)
        window = dice.choice([RANGE, (DAY + 31, DAY + 59), (DAY + 20, DAY + 70)])
        each = [readings(claim, window, duplicates) for claim in claims]
        if math.prod(map(len, each)) > (20000 if THOROUGH else 600):
            continue
        path = pathlib.Path(folder, "dossier.jsonl")
        path.write_text(written(claims, into), encoding="utf-8")
        scale = dice.choice(["two", "two", "three"])
        levels = {"two": {"opposes": 0, "supports": 1}, "three": {"opposes": 0, "neutral": 1, "supports": 2}}[scale]
        measure = dice.choice(["congruence", "conflict", "subtract", "ignore"])
        normalise = dice.choice(["no", "average", "jaccard", "cosine"])
        if measure == "ignore" and duplicates == "keep" and scale == "two":
            # What is spoken of without a level is not told apart from what is opposed.
            levels = {**levels, "neutral": 0}
        drops = measure == "ignore" and duplicates != "keep"
        seen = collections.defaultdict(lambda: [math.inf, -math.inf])
        for days in itertools.product(*each):
            counts, shared = counted(claims, days, window, duplicates, levels, drops, into)
            for one, other in (("A", "B"), ("A", "C"), ("B", "C")):
                value = weight(counts[one], counts[other], shared if (one, other) == ("A", "B") else {}, measure, normalise, len(set(levels.values())) - 1)
                ends = seen[one, other]
                seen[one, other] = [min(ends[0], value), max(ends[1], value)]
        arguments = ["--measure", measure, "--normalise", normalise, "--duplicates", duplicates, "--scale", scale,
                     *(["--into", "organization"] if into else [])]
        # Duplicates are left out over all of the range: a window within it is one of several.
        first, last = (datetime.date.fromordinal(day).isoformat() for day in RANGE)
        length = window[1] - window[0] + 1
        within = ["--window", f"P{length}D", "--step", "P1D"]
        answer = network(str(path), *arguments, "--from", first, "--until", last, *within)
        start = datetime.date.fromordinal(window[0]).isoformat()
        found = [one for one in answer["windows"] if one["from"] == start]
        assert len(found) == 1, (start, arguments)
        edges = {(edge["a"]["id"], edge["b"]["id"]): edge for edge in found[0]["edges"]}
        case = (trial, arguments, window, claims)
        for pair, (least, most) in seen.items():
            edge = edges.get(pair, {"weight": [0.0, 0.0], "exact": True})
            ours = edge["weight"]
            assert ours[0] <= least + 1e-9 and most - 1e-9 <= ours[1], f"{pair}: {ours} does not enclose {least}, {most}: {case}"
            same = close(ours[0], least) and close(ours[1], most)
            assert same or not edge["exact"], f"{pair}: {ours} is said to be {least}, {most}: {case}"
            assert edge["exact"] or not free, f"{pair}: {ours} is not said to be exact: {case}"
            exact, wider = exact + same, wider + (not same)
        tried += 1
    print(f"{tried} uncertain dossiers, {exact + wider} weights: {exact} are the ends of all readings, {wider} enclose them")


def main():
    with tempfile.TemporaryDirectory() as folder:
        against_readings(folder)
        if len(sys.argv) > 2:
            sys.path.insert(0, sys.argv[2])
            sys.dont_write_bytecode = True
            import oracle
            against_dna(oracle, folder)
            with_years_told_apart(oracle, folder)


if __name__ == "__main__":
    main()
