#!/usr/bin/env python3
"""Asks random questions of a snapshot through `annals sql`, in DuckDB, and holds the rows, in their order, against
those of the command: check_sql.py ANNALS SNAPSHOT COUNT."""
import json
import random
import subprocess
import sys

import duckdb

program, snapshot, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
dice = random.Random(7)


def annals(*words):
    """What the program prints; None where it refuses."""
    run = subprocess.run([program, *words], capture_output=True, text=True, check=False)
    assert run.returncode in (0, 2), (words, run.stderr)
    return run.stdout if run.returncode == 0 else None


engine = duckdb.connect()
engine.execute(annals("sql", "--views", snapshot))


def every(table, column):
    rows = engine.sql(f"select distinct {column} from {table} where {column} is not null order by 1")
    return [row[0] for row in rows.fetchall()]


actors, addressees = every("claim_speaker", "actor"), every("claim_to", "actor")
things = every("claim_stance", "toward") + every("claim_about", "thing")
documents, tags = every("claim_evidence", "document"), every("claim_tag", "tag")
represented = every("relations", "to_id")
words = sorted({word for text in every("claims", "content")[:500] for word in text.split()})


def some(chance, option, values):
    return [option, str(dice.choice(values))] if values and dice.random() < chance else []


def date():
    year, month, day = dice.randrange(2013, 2025), dice.randrange(1, 13), dice.randrange(1, 29)
    return dice.choice([f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-{day:02}", f"[{year}, {year + 3}]"])


def window(chance):
    return some(chance, "--from", [date()]) + some(chance, "--until", [date()])


def selection():
    return (
        some(0.4, "--by", actors) + some(0.1, "--by", actors) + some(0.3, "--about", things)
        + some(0.15, "--to", addressees) + some(0.1, "--in", documents) + some(0.1, "--tag", tags)
        + some(0.2, "--stance", ["supports", "opposes"]) + some(0.2, "--act", ["asserts", "denies", "promises"])
        + some(0.2, "--text", words) + window(0.4) + some(0.3, "--as-of", [date()])
        + some(0.1, "--limit", [1, 3, 20]) + dice.choice([[], [], [], ["--surely"], ["--retracted"]])
    )


rows = {"said": 0, "timeline": 0, "subgraph": 0}


def compare(question, options):
    query, answer = annals("sql", question, snapshot, *options), annals(question, snapshot, *options, "-f", "jsonl", "-q")
    assert (query is None) == (answer is None), (question, options)
    if query is None:
        return
    theirs = engine.execute(query).fetchall()
    ours = [json.loads(line) for line in answer.splitlines()]
    if question == "subgraph":
        # The list has an edge for each passage and stance; the query has each once, in another order.
        ours = sorted({(one["source"]["id"], one["target"]["id"], one["kind"]) for one in ours})
        theirs = sorted(theirs)
    else:
        ours, theirs = [(one["id"], one["certain"]) for one in ours], [row[:2] for row in theirs]
    assert ours == theirs, (question, options, len(ours), len(theirs), [pair for pair in zip(ours, theirs) if pair[0] != pair[1]][:3])
    rows[question] += len(ours)


for nth in range(count):
    compare("said", selection())
    if nth % 3 == 0:
        compare("timeline", window(0.8) + dice.choice([[], ["--surely"], ["--retracted"]]))
    if nth % 3 == 1 and represented:
        compare("said", ["--by", dice.choice(represented), "--rollup", *window(0.5)])
    if nth % 3 == 2:
        compare("subgraph", ["--around", dice.choice(actors), "--hops", dice.choice("12")])
assert all(rows.values()), rows
print(f"{count} random selections in SQL: " + ", ".join(f"{rows[one]} rows of {one}" for one in rows))
