#!/usr/bin/env python3
"""Annals beside DuckDB over the same bulk facts, in one run; prints the table of docs/benchmarks.md.

    cargo build --release
    python3 benches/compare.py FACTS.jsonl [--runs 3] [--annals PROGRAM] [--scratch FOLDER]

FACTS.jsonl is a file of bulk facts such as benches/make_facts.py makes. Needs `pip install duckdb`.
A time of Annals is that of the whole process, its start included; one of DuckDB is its own, without
the start of Python (benches/duck.py). Each is run --runs times, the two in turn, and the least is
taken; of memory the most. Questions to a snapshot are asked of a fresh process each, DuckDB's too."""
import argparse
import collections
import json
import os
import platform
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
parser = argparse.ArgumentParser()
parser.add_argument("facts")
parser.add_argument("--runs", type=int, default=3)
parser.add_argument("--annals", default=os.path.join(HERE, "..", "target", "release", "annals"))
parser.add_argument("--scratch")
parser.add_argument("--json", help="write all figures to this file as well")
args = parser.parse_args()


def annals(*words):
    """Seconds and peak megabytes of a process, whose answer is thrown away, and how many lines it has."""
    begun = time.perf_counter()
    process = subprocess.Popen([args.annals, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    lines = 0
    while block := process.stdout.read(1 << 20):
        lines += block.count(b"\n")
    error = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"annals {' '.join(words)}: {error.decode()}")
    return {"seconds": seconds, "peak_mb": usage.ru_maxrss / 1024, "rows": lines,
            "cpu": usage.ru_utime + usage.ru_stime}


def duck(*words):
    out = subprocess.run([sys.executable, os.path.join(HERE, "duck.py"), *words], check=True, capture_output=True)
    return json.loads(out.stdout)


def least(runs, *works):
    """Runs each in turn, so many times; of each its least seconds and its most memory."""
    found = [[] for _ in works]
    for _ in range(runs):
        for nth, work in enumerate(works):
            found[nth].append(work())
    best = []
    for one in found:
        first = min(one, key=lambda run: run["seconds"])
        best.append({**first, "peak_mb": max(run["peak_mb"] for run in one)})
    return best


def size(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(path) for name in names)


def asked_for():
    """A speaker of about 200 claims, another, and the words of a claim."""
    spoken, claims, content = collections.Counter(), 0, ""
    with open(args.facts, encoding="utf-8") as lines:
        for line in lines:
            if line.startswith('{"type":"claim"'):
                claims += 1
                record = json.loads(line)
                spoken.update(record["speaker"])
                content = content or record["content"]
    near = sorted(spoken, key=lambda one: (abs(spoken[one] - 200), one))
    words = sorted(set(content.split()))[:6]
    return claims, spoken[near[0]], near[0], near[1], " ".join(words)


claims, count, one, other, words = asked_for()
far = f"a{int(other[1:]) * 9}" if other[1:].isdigit() else other
scratch = tempfile.TemporaryDirectory(dir=args.scratch)
base, snapshot = os.path.join(scratch.name, "facts.duckdb"), os.path.join(scratch.name, "facts.annals")
rows, figures = [], {}


def fresh_duck():
    if os.path.exists(base):
        os.remove(base)
    return duck("build", args.facts, base)


def row(work, ours, theirs, most, aim, unit="s"):
    ratio = ours / theirs
    shown = {"s": lambda n: f"{n * 1000:.0f} ms" if n < 1 else f"{n:.1f} s", "MB": lambda n: f"{n:.0f} MB"}[unit]
    rows.append((work, shown(ours), shown(theirs), f"{ratio:.2f}", most, aim, "yes" if ratio <= most else "**no**"))
    figures[work] = [ours, theirs]
    print(f"  {work}: {shown(ours)} to {shown(theirs)}, {ratio:.2f} of at most {most}", file=sys.stderr)


print(f"{claims} claims; {one} said {count}; {other}, {far}; {words}", file=sys.stderr)
ours, theirs = least(args.runs, lambda: annals("said", args.facts, "--by", one, "-f", "jsonl", "-q"),
                     lambda: duck("memory", args.facts, one))
row("load, check references, answer `said --by`", ours["seconds"], theirs["seconds"], 0.8, 0.5)
row("its peak memory", ours["peak_mb"], theirs["peak_mb"], 0.6, 0.4, "MB")
loading = ours["seconds"]
version = theirs["duckdb"]
ours, theirs = least(args.runs, lambda: annals("build", args.facts, "-o", snapshot, "-q"), fresh_duck)
row("`build`", ours["seconds"], theirs["seconds"], 1.0, 0.6)
figures["memory of `build`"] = [ours["peak_mb"], theirs["peak_mb"]]
row("size of the snapshot", size(snapshot) / 1e6, size(base) / 1e6, 1.0, 0.7, "MB")
questions = [
    ("`said --by`, " + str(count) + " claims", ["said", "--by", one], ["by", one], 0.2, 0.1),
    ("`said --about`", ["said", "--about", one], ["about", one], 1.0, 0.2),
    ("`said --text`", ["said", "--text", words], ["text", words], 1.0, 0.2),
    ("`positions --contradictions`", ["positions", "--contradictions"], ["contradictions"], 1.0, 0.2),
    ("`subgraph --hops 2`", ["subgraph", "--around", one, "--hops", "2"], ["subgraph", one], 1.0, 0.2),
    ("`path`", ["path", one, far], ["path", one, far], 1.0, 0.2),
    ("`timeline --from --until`, a week", ["timeline", "--from", "2020-03-02", "--until", "2020-03-08"],
     ["timeline", "2020-03-02", "2020-03-08"], 1.0, 0.2),
]
for work, ask, of_duck, most, aim in questions:
    ours, theirs = least(args.runs, lambda: annals(*ask, snapshot, "-f", "jsonl", "-q"),
                         lambda: duck("ask", base, *of_duck))
    there = len(theirs["answers"]["rows"]) - (of_duck[0] == "path")
    if ours["rows"] != there:
        print(f"  {work}: {ours['rows']} rows, DuckDB has {there}", file=sys.stderr)
    row(work + ", cold, on the snapshot", ours["seconds"], theirs["seconds"], most, aim)
warm = duck("warm", base, one)
figures["warm query of DuckDB"] = warm["query"]
[ours] = least(args.runs, lambda: annals("check", args.facts, "-q"))
row("`check` with chronology, beside load and answer", ours["seconds"], loading, 1.5, 1.2)

program = subprocess.run([args.annals, "--version"], capture_output=True, text=True).stdout.strip()
memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
print(f"{claims:,} claims, {size(args.facts) / 1e6:.0f} MB of JSON Lines; {os.cpu_count()} cores, "
      f"{memory:.0f} GiB, {platform.system()} {platform.machine()}; {program}, DuckDB {version}; "
      f"{time.strftime('%Y-%m-%d')}; the least of {args.runs} runs.\n")
print("| work | Annals | DuckDB | ratio | at most | aim | met |\n|---|---|---|---|---|---|---|")
for cells in rows:
    print("| " + " | ".join(str(cell) for cell in cells) + " |")
print(f"\nDuckDB's warm query of `said --by`: {warm['query'][0] * 1000:.1f} ms.")
if args.json:
    with open(args.json, "w", encoding="utf-8") as out:
        json.dump(figures, out, indent=1)
