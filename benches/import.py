#!/usr/bin/env python3
"""Time and memory of importing a table of events, beside DuckDB that reads the same file and writes it
as JSON lines.

    import.py FILE [ANNALS]

FILE is a table of GDELT 2.0, such as benches/make_gdelt.py makes; ANNALS a release build,
target/release/annals if none is named. Needs PyPI's `duckdb`. Both are run three times by turns, and
the best of each counts: seconds of the processors (which do not hang on what else runs) and of the
clock, and the peak of memory. Says whether the import takes at most twice as long, and whether it takes
as much memory for a tenth of the rows.
"""

import os
import subprocess
import sys
import tempfile
import time

DUCKDB = """
import duckdb, sys
duckdb.sql("COPY (SELECT * FROM read_csv('{0}', delim='\\t', header=false, quote='', all_varchar=true)) "
           "TO '{1}' (FORMAT json)")
"""


def timed(arguments):
    begun = time.monotonic()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, f"{arguments} failed"
    return usage.ru_utime + usage.ru_stime, time.monotonic() - begun, usage.ru_maxrss / 1024


def best(runs):
    return tuple(min(run[at] for run in runs) for at in range(3))


table, annals = sys.argv[1], (sys.argv[2:] or ["target/release/annals"])[0]
with tempfile.TemporaryDirectory() as folder:
    out, other = os.path.join(folder, "facts.jsonl"), os.path.join(folder, "rows.json")
    own, theirs = [], []
    for _ in range(3):
        own.append(timed([annals, "import", "gdelt", table, "-o", out, "-q"]))
        theirs.append(timed([sys.executable, "-c", DUCKDB.format(table, other)]))
    own, theirs = best(own), best(theirs)
    lines = 0
    tenth = os.path.join(folder, "tenth.csv")
    with open(table, encoding="utf-8") as rows:
        for _ in rows:
            lines += 1
    with open(table, encoding="utf-8") as rows, open(tenth, "w", encoding="utf-8") as part:
        for _, row in zip(range(lines // 10), rows):
            part.write(row)
    few = timed([annals, "import", "gdelt", tenth, "-o", out, "-q"])

print(f"{lines} rows, {os.path.getsize(table) / 1e6:.0f} MB")
print(f"{'':12} {'cpu s':>7} {'clock s':>8} {'peak MB':>8}")
for name, (cpu, clock, peak) in (("annals", own), ("DuckDB", theirs), ("a tenth", few)):
    print(f"{name:12} {cpu:7.1f} {clock:8.1f} {peak:8.0f}")
ratio, growth = own[0] / theirs[0], own[2] / few[2]
fast = ratio <= 2 and own[1] / theirs[1] <= 2
print(f"{ratio:.2f} times the seconds of DuckDB's processors, {own[1] / theirs[1]:.2f} times its clock: "
      + ("at most twice" if fast else "more than twice"))
# Who and where there has been is kept once each, so that a little is more.
print(f"{growth:.2f} times the memory of a tenth of the rows")
sys.exit(not fast or growth > 1.5)
