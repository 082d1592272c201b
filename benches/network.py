#!/usr/bin/env python3
"""Discourse networks beside DuckDB, over bulk facts (benches/make_facts.py): times, memory and sums.

  network.py FACTS.jsonl [PROGRAM]     PROGRAM: target/release/annals

For each question: seconds of DuckDB (to read, to ask), seconds and megabytes of Annals from the facts and from
a snapshot, and whether the number of ties and their weights are the same. In brackets: seconds of CPU time, which
other work on the machine disturbs little. Each is the median of three runs, of DuckDB's long queries of one or two."""

import json
import os
import resource
import statistics
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


class Times:
    """Seconds of some runs, and seconds of CPU time: the median of each."""

    def __init__(self):
        self.seconds, self.cpu = [], []

    def take(self, seconds, cpu):
        self.seconds.append(seconds)
        self.cpu.append(cpu)

    def __str__(self):
        return f"{statistics.median(self.seconds):.2f} s [{statistics.median(self.cpu):.2f}]"


def timed(work, times=3):
    """The times of some runs, of long ones of one, and the last result."""
    taken, result = Times(), None
    for _ in range(times):
        begun, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
        result = work()
        seconds, now = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF)
        taken.take(seconds, now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime)
        if seconds > 10:
            break
    return taken, result


# A process is said to have taken what the one had that began it: so it is begun by a small one.
LAUNCHER = """import os, resource, subprocess, sys, time
begun = time.perf_counter()
status = subprocess.run(sys.argv[1:]).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)
sys.exit(status)"""


def annals(arguments, times=3):
    """Runs the program: times, megabytes."""
    taken, most = Times(), 0
    for _ in range(times):
        command = [sys.executable, "-c", LAUNCHER, PROGRAM, "network", *arguments, "-q"]
        seconds, cpu, megabytes = map(float, subprocess.run(command, check=True, capture_output=True).stdout.split())
        taken.take(seconds, cpu)
        most = max(most, int(megabytes))
    return taken, most


def ties_in(output):
    with open(output, encoding="utf-8") as file:
        return [json.loads(line)["weight"][1] for line in file]


def main():
    connection = duckdb.connect()
    connection.execute("set threads=2")
    read, _ = timed(lambda: connection.execute(READ), 3)
    print(f"DuckDB reads the facts in {read}", flush=True)
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
            theirs, rows = timed(lambda query=query: connection.execute(query).fetchall(), 2)
            total, ours = sum(row[-1] for row in rows), []
            for facts in (FACTS, snapshot):
                ours.append(annals([facts, *arguments, "-f", "jsonl", "-o", output]))
                ties = ties_in(output)
                same = len(ties) == len(rows) and abs(sum(ties) - total) < 1e-6 * total
                assert same, (name, len(ties), len(rows), sum(ties), total)
            (of_facts, facts_mb), (of_snapshot, snapshot_mb) = ours
            print(
                f"{name}: {len(rows)} ties, the same; DuckDB {theirs}; Annals {of_facts}, {facts_mb} MB; "
                f"from a snapshot {of_snapshot}, {snapshot_mb} MB",
                flush=True,
            )
        pair = [row[0] for row in connection.execute("select i from u group by i order by count(*) desc, i limit 2").fetchall()]
        theirs, rows = timed(lambda: connection.execute(network(f"where i in {tuple(pair)}")).fetchall())
        for facts in (FACTS, snapshot):
            of_why, megabytes = annals([facts, "--why", *pair, "-f", "json", "-o", output])
            with open(output, encoding="utf-8") as file:
                weight = json.load(file)["data"]["weight"]
            assert abs(weight[0] - rows[0][-1]) < 1e-9 * weight[0] and weight[0] == weight[1], (weight, rows)
            print(f"--why of {pair[0]} and {pair[1]} from {os.path.basename(facts)}: {of_why}, {megabytes} MB; DuckDB {theirs}", flush=True)
    print(f"DuckDB took {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")


main()
