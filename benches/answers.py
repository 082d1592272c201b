#!/usr/bin/env python3
"""Whether Annals answers as DuckDB does: random selections of the same bulk facts.

    answers.py FACTS.jsonl [--count 1000] [--seed 1] [--annals PROGRAM]

Builds a snapshot and a database of the facts, asks both, and compares the rows. One question in
twenty is asked of the facts themselves. Needs `pip install duckdb`."""
import argparse
import collections
import json
import os
import random
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
parser = argparse.ArgumentParser()
parser.add_argument("facts")
parser.add_argument("--count", type=int, default=1000)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--annals", default=os.path.join(HERE, "..", "target", "release", "annals"))
args = parser.parse_args()
dice = random.Random(args.seed)
counts = collections.Counter()
words, longest = set(), 0
with open(args.facts, encoding="utf-8") as lines:
    for line in lines:
        record = json.loads(line)
        counts[record["type"]] += 1
        if record["type"] == "claim" and len(words) < 100:
            words.update(record["content"].split())
words = sorted(words)


def few(kind, letter):
    count = counts[kind]
    return f"{letter}{min(count - 1, int(count * dice.random() ** 2))}"


def thing():
    kind, letter = dice.choice([("actor", "a"), ("topic", "t"), ("event", "e")])
    return few(kind, letter)


def question():
    """A question to DuckDB and the words that ask Annals the same."""
    kind = dice.choices(("by", "about", "text", "timeline", "subgraph", "path", "contradictions"),
                        (45, 25, 8, 10, 6, 5, 1))[0]
    if kind == "by":
        one = few("actor", "a")
        return ["by", one], ["said", "--by", one]
    if kind == "about":
        one = thing()
        return ["about", one], ["said", "--about", one]
    if kind == "text":
        some = " ".join(dice.sample(words, dice.randrange(3, 7)))
        return ["text", some], ["said", "--text", some.upper() if dice.random() < 0.3 else some]
    if kind == "timeline":
        since = f"{dice.randrange(2014, 2024)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
        until = since[:8] + f"{dice.randrange(int(since[8:]), 29):02}"
        return ["timeline", since, until], ["timeline", "--from", since, "--until", until]
    if kind == "subgraph":
        one = thing()
        return ["subgraph", one], ["subgraph", "--around", one, "--hops", "2"]
    if kind == "path":
        one, two = few("actor", "a"), few("actor", "a")
        return ["path", one, two], ["path", one, two]
    return ["contradictions"], ["positions", "--contradictions"]


def told(kind, rows):
    """What a row of Annals is told by, as DuckDB's rows are."""
    if kind in ("by", "about", "text", "timeline"):
        return [[row["id"]] for row in rows]
    if kind == "contradictions":
        return [[row["speaker"]["id"], row["toward"]["id"], len(row["contradictions"]), len(row["opposed_by"])] for row in rows]
    ends = (lambda row, end: row[end]) if kind == "path" else (lambda row, end: row[end]["id"])
    return [[ends(row, "source"), ends(row, "target"), row["kind"]] for row in rows]


def same(kind, ours, theirs):
    if kind == "path":
        # Of several shortest chains either is right: as long, and from one to the other.
        return len(ours) == max(0, len(theirs) - 1)
    return sorted(map(json.dumps, ours)) == sorted(map(json.dumps, theirs))


with tempfile.TemporaryDirectory() as scratch:
    base, snapshot = os.path.join(scratch, "f.duckdb"), os.path.join(scratch, "f.annals")
    duck = [sys.executable, os.path.join(HERE, "duck.py")]
    subprocess.run([*duck, "build", args.facts, base], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([args.annals, "build", args.facts, "-o", snapshot, "-q"], check=True)
    theirs = subprocess.Popen([*duck, "all", base], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    wrong, empty, all_rows, kinds = 0, 0, 0, collections.Counter()
    for nth in range(args.count):
        ask, words_of_annals = question()
        theirs.stdin.write(json.dumps(ask) + "\n")
        theirs.stdin.flush()
        expected = json.loads(theirs.stdout.readline())
        where = args.facts if nth % 20 == 0 else snapshot
        out = subprocess.run([args.annals, *words_of_annals, where, "-f", "jsonl", "-q"], capture_output=True)
        if out.returncode:
            sys.exit(f"annals {' '.join(words_of_annals)}: {out.stderr.decode()}")
        found = told(ask[0], [json.loads(line) for line in out.stdout.splitlines()])
        kinds[ask[0]] += 1
        empty += not expected
        all_rows += len(expected)
        if not same(ask[0], found, expected):
            wrong += 1
            print(f"{ask}: {len(found)} rows, DuckDB has {len(expected)}: "
                  f"{[one for one in found if one not in expected][:3]} {[one for one in expected if one not in found][:3]}")
    theirs.stdin.close()
shown = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
print(f"{args.count} questions ({shown}), {all_rows} rows, {empty} without any: {wrong} answered otherwise")
sys.exit(wrong > 0)
