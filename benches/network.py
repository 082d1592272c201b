#!/usr/bin/env python3
"""Discourse networks beside DuckDB, over bulk facts (benches/make_facts.py): times, memory and sums.

  network.py FACTS.jsonl [PROGRAM]     PROGRAM: target/release/annals

For each question: seconds of DuckDB (to read, to ask), seconds and megabytes of Annals from the facts and from
a snapshot, and whether the number of ties and their weights are the same."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time

import duckdb

FACTS = sys.argv[1]
PROGRAM = sys.argv[2] if len(sys.argv) > 2 else "target/release/annals"
READ = f"""create or replace table u as
select id, unnest(speaker) as i, s.toward as j, s.value as k, said::date as d from (
  select id, speaker, unnest(stance) as s, said
  from read_json('{FACTS}', format='newline_delimited', columns={{type:'VARCHAR', id:'VARCHAR', speaker:'VARCHAR[]',
    stance:'STRUCT(toward VARCHAR, "value" VARCHAR)[]', said:'VARCHAR'}})
  where type='claim') where s.value in ('supports','opposes')"""


def network(where=""):
    """The congruence network of some statements, divided by the mean activity."""
    return f"""with u2 as (select i, j, k from u {where}),
    n as (select i, j, k, count(*)::double as n from u2 group by all),
    t as (select i, sum(n) as t from n group by all),
    w as (select a.i as x, b.i as y, sum(a.n*b.n) as w from n a join n b on a.j=b.j and a.k=b.k and a.i<b.i group by all)
    select w.x, w.y, w.w/((p.t+q.t)/2) as average from w join t p on p.i=w.x join t q on q.i=w.y"""


def timed(work, times=3):
    """The shortest of some runs, and the last result."""
    best, result = float("inf"), None
    for _ in range(times):
        begun = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - begun)
    return best, result


def annals(facts, arguments, output):
    """Seconds, megabytes, and what was written."""

    def run():
        command = [PROGRAM, "network", facts, *arguments, "-f", "jsonl", "-o", output, "-q"]
        process = subprocess.Popen(command)
        _, status, usage = os.wait4(process.pid, 0)
        assert os.waitstatus_to_exitcode(status) == 0, command
        return usage.ru_maxrss / 1024

    seconds, megabytes = timed(run)
    with open(output, encoding="utf-8") as file:
        ties = [json.loads(line) for line in file]
    return seconds, megabytes, ties


def main():
    connection = duckdb.connect()
    connection.execute("set threads=2")
    read, _ = timed(lambda: connection.execute(READ), 2)
    print(f"DuckDB reads the facts in {read:.2f} s", flush=True)
    counts = "select count(*) as n from u group by i order by n desc limit 1 offset 199"
    least = connection.execute(counts).fetchone()[0]
    active = f"where i in (select i from u group by i having count(*) >= {least})"
    questions = {
        "all actors, the 1,000 heaviest": (
            f"select * from ({network()}) order by average desc, x, y limit 1000",
            ["--top", "1000"],
        ),
        f"actors with {least} statements or more": (
            network(active),
            ["--at-least", str(least)],
        ),
        "30 days of all actors": (
            network("where d between date '2018-01-01' and date '2018-01-30'"),
            ["--from", "2018-01-01", "--until", "2018-01-30"],
        ),
    }
    with tempfile.TemporaryDirectory() as folder:
        snapshot, output = os.path.join(folder, "s.annals"), os.path.join(folder, "ties.jsonl")
        subprocess.run([PROGRAM, "build", FACTS, "-o", snapshot, "-q"], check=True)
        for name, (query, arguments) in questions.items():
            seconds, rows = timed(lambda query=query: connection.execute(query).fetchall(), 2)
            of_facts = annals(FACTS, arguments, output)
            of_snapshot = annals(snapshot, arguments, output)
            total = sum(row[-1] for row in rows)
            for _, _, ties in (of_facts, of_snapshot):
                same = len(ties) == len(rows) and abs(sum(tie["weight"][1] for tie in ties) - total) < 1e-6 * total
                assert same, (name, len(ties), len(rows), sum(tie["weight"][1] for tie in ties), total)
            print(
                f"{name}: {len(rows)} ties; DuckDB {seconds:.2f} s; Annals {of_facts[0]:.2f} s, {of_facts[1]:.0f} MB; "
                f"from a snapshot {of_snapshot[0]:.2f} s, {of_snapshot[1]:.0f} MB",
                flush=True,
            )
        pair = [row[0] for row in connection.execute("select i from u group by i order by count(*) desc, i limit 2").fetchall()]
        for facts in (FACTS, snapshot):
            why = [PROGRAM, "network", facts, "--why", *pair, "-f", "json", "-q"]
            seconds, answer = timed(lambda why=why: subprocess.run(why, check=True, capture_output=True).stdout)
            weight = json.loads(answer)["data"]["weight"]
            print(f"--why of {pair[0]} and {pair[1]} from {os.path.basename(facts)}: {seconds:.2f} s, {weight}", flush=True)
    print(f"DuckDB took {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")


main()
