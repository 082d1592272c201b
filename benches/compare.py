#!/usr/bin/env python3
"""Annals beside DuckDB over the same bulk facts, in one run; prints the table of docs/benchmarks.md.

    cargo build --release
    python3 benches/compare.py FACTS.jsonl [--runs 5] [--annals PROGRAM] [--before PROGRAM] [--scratch FOLDER]

FACTS.jsonl is a file of bulk facts such as benches/make_facts.py makes. Needs `pip install duckdb`.
A time of Annals is that of the whole process, its start included; one of DuckDB is its own, without
the start of Python (benches/duck.py). Each is run --runs times, in turn, and the median is taken; of
memory too. Questions to a snapshot are asked of a fresh process each, DuckDB's too.

With --before an older build of Annals runs in turn with the two, over a snapshot of its own, and a second
table sets the new build beside it: the ratio of the medians, and the median of the ratios run by run,
which the load of the machine touches less. It exits with 1 if a time is more than --slower (1.05) times
that of before by both, and by more than a millisecond."""
import argparse
import collections
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
parser = argparse.ArgumentParser()
parser.add_argument("facts")
parser.add_argument("--runs", type=int, default=5)
parser.add_argument("--annals", default=os.path.join(HERE, "..", "target", "release", "annals"))
parser.add_argument("--before", help="an older build, run beside the new one")
parser.add_argument("--slower", type=float, default=1.05, help="the most that a time may be of that of before")
parser.add_argument("--scratch")
parser.add_argument("--json", help="write all figures to this file as well")
args = parser.parse_args()


def annals(*words, program=None):
    """Seconds and peak megabytes of a process, whose answer is thrown away, and how many lines it has."""
    begun = time.perf_counter()
    process = subprocess.Popen([program or args.annals, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
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


def medians(runs, works):
    """Runs each of the works, by name, in turn, so many times; of each the medians, and all its times.
    Whatever comes first changes from run to run, so that no work always follows the same one."""
    found = {name: [] for name in works}
    for nth in range(runs):
        names = list(works)
        for name in names[nth % len(names):] + names[:nth % len(names)]:
            found[name].append(works[name]())
    middle = {}
    for name, runs_of in found.items():
        one = {key: statistics.median(run[key] for run in runs_of) for key in ("seconds", "peak_mb", "cpu")
               if key in runs_of[0]}
        middle[name] = {**runs_of[-1], **one, "times": [run["seconds"] for run in runs_of],
                        "peaks": [run["peak_mb"] for run in runs_of]}
    return middle


def of_annals(words, older=None):
    """The works of the new build and, with --before, of the older one."""
    works = {"annals": lambda: annals(*words)}
    if args.before:
        works["before"] = lambda: annals(*(older or words), program=args.before)
    return works


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
older_snapshot = os.path.join(scratch.name, "older.annals")
rows, compared, figures = [], [], {}


def fresh_duck():
    if os.path.exists(base):
        os.remove(base)
    return duck("build", args.facts, base)


def shown(number, unit):
    if unit == "MB":
        return f"{number:.0f} MB"
    return f"{number * 1000:.0f} ms" if number < 1 else f"{number:.1f} s"


def row(work, ours, theirs, most, aim, unit="s"):
    ratio = ours / theirs
    rows.append((work, shown(ours, unit), shown(theirs, unit), f"{ratio:.2f}", most, aim,
                 "yes" if ratio <= most else "**no**"))
    figures[work] = [ours, theirs]
    print(f"  {work}: {shown(ours, unit)} to {shown(theirs, unit)}, {ratio:.2f} of at most {most}", file=sys.stderr)


def beside_before(work, found, key="seconds", each="times", unit="s"):
    """The new build beside the older one."""
    if "before" not in found:
        return
    new, old = found["annals"], found["before"]
    ratio = new[key] / old[key]
    paired = statistics.median(a / b for a, b in zip(new[each], old[each]))
    slower = min(ratio, paired) > args.slower and (unit == "MB" or new[key] - old[key] > 0.001)
    compared.append((work, shown(old[key], unit), shown(new[key], unit), f"{ratio:.2f}", f"{paired:.2f}",
                     f"{new['cpu'] / old['cpu']:.2f}" if key == "seconds" and old["cpu"] else "",
                     "**no**" if slower else "yes"))
    figures[f"{work}, before"] = [new[each], old[each]]
    print(f"  {work}: before {shown(old[key], unit)}, now {shown(new[key], unit)}: {ratio:.2f}, run by run {paired:.2f}",
          file=sys.stderr)


print(f"{claims} claims; {one} said {count}; {other}, {far}; {words}", file=sys.stderr)
work = "load, check references, answer `said --by`"
found = medians(args.runs, {**of_annals(["said", args.facts, "--by", one, "-f", "jsonl", "-q"]),
                            "duck": lambda: duck("memory", args.facts, one)})
ours, theirs = found["annals"], found["duck"]
row(work, ours["seconds"], theirs["seconds"], 0.8, 0.5)
beside_before(work, found)
row("its peak memory", ours["peak_mb"], theirs["peak_mb"], 0.6, 0.4, "MB")
beside_before("its peak memory", found, "peak_mb", "peaks", "MB")
loading = ours["seconds"]
version = theirs["duckdb"]
found = medians(args.runs, {**of_annals(["build", args.facts, "-o", snapshot, "-q"],
                                        ["build", args.facts, "-o", older_snapshot, "-q"]), "duck": fresh_duck})
ours, theirs = found["annals"], found["duck"]
row("`build`", ours["seconds"], theirs["seconds"], 1.0, 0.6)
beside_before("`build`", found)
beside_before("memory of `build`", found, "peak_mb", "peaks", "MB")
figures["memory of `build`"] = [ours["peak_mb"], theirs["peak_mb"]]
row("size of the snapshot", size(snapshot) / 1e6, size(base) / 1e6, 1.0, 0.7, "MB")
if args.before:
    sizes = [size(path) / 1e6 for path in (snapshot, older_snapshot)]
    beside_before("size of the snapshot", dict(zip(("annals", "before"), ({"size": mb, "sizes": [mb]} for mb in sizes))),
                  "size", "sizes", "MB")
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
    found = medians(args.runs, {**of_annals([*ask, snapshot, "-f", "jsonl", "-q"],
                                            [*ask, older_snapshot, "-f", "jsonl", "-q"]),
                                "duck": lambda: duck("ask", base, *of_duck)})
    ours, theirs = found["annals"], found["duck"]
    there = len(theirs["answers"]["rows"]) - (of_duck[0] == "path")
    if ours["rows"] != there:
        print(f"  {work}: {ours['rows']} rows, DuckDB has {there}", file=sys.stderr)
    if args.before and found["before"]["rows"] != ours["rows"]:
        print(f"  {work}: {ours['rows']} rows, {found['before']['rows']} before", file=sys.stderr)
    row(work + ", cold, on the snapshot", ours["seconds"], theirs["seconds"], most, aim)
    beside_before(work + ", cold, on the snapshot", found)
warm = duck("warm", base, one)
figures["warm query of DuckDB"] = warm["query"]
work = "`check` with chronology, beside load and answer"
found = medians(args.runs, of_annals(["check", args.facts, "-q"]))
row(work, found["annals"]["seconds"], loading, 1.5, 1.2)
beside_before("`check` with chronology", found)

program = subprocess.run([args.annals, "--version"], capture_output=True, text=True).stdout.strip()
memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
print(f"{claims:,} claims, {size(args.facts) / 1e6:.0f} MB of JSON Lines; {os.cpu_count()} cores, "
      f"{memory:.0f} GiB, {platform.system()} {platform.machine()}; {program}, DuckDB {version}; "
      f"{time.strftime('%Y-%m-%d')}; medians of {args.runs} runs.\n")
print("| work | Annals | DuckDB | ratio | at most | aim | met |\n|---|---|---|---|---|---|---|")
for cells in rows:
    print("| " + " | ".join(str(cell) for cell in cells) + " |")
print(f"\nDuckDB's warm query of `said --by`: {warm['query'][0] * 1000:.1f} ms.")
if compared:
    older = subprocess.run([args.before, "--version"], capture_output=True, text=True).stdout.strip()
    print(f"\nBeside an older build ({older}), in the same runs:\n")
    print(f"| work | before | now | ratio | run by run | of processor time | at most {args.slower} |\n|---|---|---|---|---|---|---|")
    for cells in compared:
        print("| " + " | ".join(cells) + " |")
if args.json:
    with open(args.json, "w", encoding="utf-8") as out:
        json.dump(figures, out, indent=1)
if any(cells[-1] != "yes" for cells in compared):
    sys.exit(1)
