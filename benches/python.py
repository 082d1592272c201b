#!/usr/bin/env python3
"""The limits of the Python package, measured: python benches/python.py FACTS.jsonl --annals PROGRAM

The module is that of PYTHONPATH, and should be a release build, as the program should. Times are CPU seconds
(user and system), which a busy machine changes little; delays after Ctrl-C are wall time.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import signal
import subprocess
import sys
import tempfile
import time

POLARS = "import annals, sys; print(annals.open(sys.argv[1], progress=False).said().to_polars().height)"
STREAM = "import annals, polars, sys; print(polars.DataFrame(annals.open(sys.argv[1], progress=False).said()).height)"
#: What polars itself takes for that answer: it is read, not mapped, from a file that polars wrote.
ALONE = "import polars, sys; print(polars.read_ipc(open(sys.argv[1], 'rb')).height)"

CALLS = {
    "open": "annals.open(facts, progress=False)",
    "check": "store.check()",
    "dates": "store.dates()",
    "said": "store.said()",
    "network": "store.network()",
    "draw": "store.draw('claims')",
    "build": "store.build(target, overwrite=True)",
    "import": "annals.import_(sheet, format='table', map=sheet + '.yaml')",
    "columns": "store.said().to_polars()",
    "pandas": "store.said().to_pandas()",
}

#: So many seconds a call may take that is not interrupted before.
MOST = 40.0

MAPPING = """annals-map: 1
records:
  speaker: {type: actor, key: "{Speaker}", name: "{Speaker}", kind: person}
  claim: {type: claim, speaker: $speaker, said: "{Date}", quote: "{Quote}"}
rest: claim
"""

INTERRUPTED = """
import annals, os, sys, time, warnings
warnings.simplefilter("ignore")
facts, what, code, target, sheet = sys.argv[1:]
store = annals.open(facts, progress=False) if what not in ("open", "import") else None
print("ready", flush=True)
sys.stdin.readline()
begun = time.monotonic()
try:
    eval(code)
    print("ended", time.monotonic() - begun, flush=True)
except KeyboardInterrupt:
    caught = time.monotonic()
    busy = [one for one in os.listdir("/proc/self/task") if "annals" in open(f"/proc/self/task/{one}/comm").read()]
    if store is not None:
        assert len(store.said(limit=3)) == 3
    print("caught", caught, len(busy), flush=True)
"""


PACE = """
import annals, sys, threading, time, warnings
warnings.simplefilter("ignore")
facts, what, code, target, sheet = sys.argv[1:]
store = annals.open(facts, progress=False) if what not in ("open", "import") else None
steps = 0
def count():
    global steps
    while not done:
        steps += 1
        time.sleep(0.001)
done = False
counter = threading.Thread(target=count)
counter.start()
def pace(work):
    first, begun = steps, time.monotonic()
    work()
    return (steps - first) / (time.monotonic() - begun)
alone = pace(lambda: time.sleep(2))
meanwhile = pace(lambda: eval(code))
again = pace(lambda: time.sleep(2))
done = True
print(meanwhile, alone, again)
"""


def run(words: list[str], **more: object) -> tuple[float, float, float]:
    """CPU seconds, wall seconds and the most memory, in MB."""
    begun = time.monotonic()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, **more)  # type: ignore[call-overload]
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, words
    return used.ru_utime + used.ru_stime, time.monotonic() - begun, used.ru_maxrss / 1024


def least(words: list[str], times: int) -> float:
    """The least CPU time of several runs, in milliseconds."""
    return min(run(words)[0] for _ in range(times)) * 1000


def starts() -> None:
    python = sys.executable
    bare = least([python, "-c", "pass"], 15)
    imported = least([python, "-c", "import annals"], 15)
    version = least([python, "-m", "annals", "--version"], 15)
    print(f"python -c pass         {bare:7.1f} ms CPU")
    print(f"import annals          {imported:7.1f} ms CPU, {imported - bare:.1f} more (limit 15)")
    print(f"annals --version       {version:7.1f} ms CPU, {version - bare:.1f} more (limit 25)")


def columns(facts: str, annals: str, times: int) -> None:
    python = [sys.executable, "-W", "ignore", "-c"]
    programs = {
        "annals said -f jsonl": [annals, "said", facts, "-f", "jsonl", "-q"],
        "said().to_polars()": [*python, POLARS, facts],
        "polars.DataFrame()": [*python, STREAM, facts],
    }
    # One after the other, so that a busy while counts against all.
    runs = [[run(words) for words in programs.values()] for _ in range(times)]
    least = [[min(one[nth][what] for one in runs) for what in range(3)] for nth in range(len(programs))]
    for name, (cpu, wall, memory) in zip(programs, least, strict=True):
        print(f"{name:22} {cpu:7.1f} s CPU {wall:6.1f} s {memory:7.0f} MB")
    (cpu, _, memory), (own, _, own_memory), _ = least
    print(f"  time {own / cpu:.2f} (limit 1.1), memory {own_memory / memory:.2f} (limit 1.5)")
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "said.arrow")
        written = POLARS.replace("print(", "(").replace(".height", ".write_ipc(sys.argv[2])")
        run([*python, written, facts, file])
        alone, bare = run([*python, ALONE, file])[2], run([*python, "import polars"])[2]
    print(f"  of which polars itself {alone:.0f} MB with the answer read from a file, {bare:.0f} MB without")


def sheet_of(rows: int, file: str) -> str:
    """A table to import, with its mapping beside it."""
    with open(file, "w") as out:
        out.write("Speaker,Date,Quote\n")
        for nth in range(rows):
            day = f"{1900 + nth % 120}-{1 + nth % 12:02}-{1 + nth % 28:02}"
            out.write(f"Speaker {nth % 30_000},{day},word {nth} of many that were said\n")
    with open(file + ".yaml", "w") as out:
        out.write(MAPPING)
    return file


def interrupts(facts: str, sheet: str, times: int, calls: list[str]) -> None:
    dice = random.Random(7)
    for what in calls:
        code = CALLS[what]
        delays, left, long = [], 0, 1.0
        for nth in range(times):
            with tempfile.TemporaryDirectory() as folder:
                target = os.path.join(folder, "facts.annals")
                words = [sys.executable, "-c", INTERRUPTED, facts, what, code, target, sheet]
                process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
                assert process.stdout is not None and process.stdin is not None
                assert process.stdout.readline() == "ready\n"
                process.stdin.write("\n")
                process.stdin.flush()
                # The first call comes to its end, if that is soon.
                wait = MOST if nth == 0 else 0.05 + dice.random() * max(long - 0.1, 0.1)
                ended, _, _ = select.select([process.stdout], [], [], wait)
                sent = time.monotonic()
                if not ended:
                    long = wait if nth == 0 else long
                    os.kill(process.pid, signal.SIGINT)
                told = process.stdout.readline().split()
                process.wait(120)
                if told and told[0] == "ended":
                    long = float(told[1])
                elif told:
                    delays.append(float(told[1]) - sent)
                    left += int(told[2])
                    assert what != "build" or os.listdir(folder) in ([], ["facts.annals"]), os.listdir(folder)
        shown = " ".join(f"{delay:.3f}" for delay in sorted(delays))
        print(f"{what:8} {long:6.1f} s; KeyboardInterrupt after {shown} s (limit 0.2); threads left: {left}", flush=True)


def threads(facts: str, sheet: str, calls: list[str]) -> None:
    """How fast another thread of Python, which counts and sleeps by turns, goes on during each call."""
    for what in calls:
        with tempfile.TemporaryDirectory() as folder:
            words = [sys.executable, "-c", PACE, facts, what, CALLS[what], os.path.join(folder, "facts.annals"), sheet]
            told = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()
        meanwhile, *alone = map(float, told)
        # A machine that others use is slower at times.
        least = meanwhile / max(alone)
        print(f"{what:8} another thread at {least:.2f} of its pace (limit 0.9)", flush=True)


def main() -> None:
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("facts")
    read.add_argument("--annals", default="annals")
    read.add_argument("--rows", type=int, default=1_000_000, help="of the table that is imported")
    read.add_argument("--calls", nargs="+", default=list(CALLS), choices=list(CALLS))
    read.add_argument("--times", type=int, default=6)
    read.add_argument("--only", choices=["starts", "columns", "interrupts", "threads"])
    given = read.parse_args()
    if given.only in (None, "starts"):
        starts()
    if given.only in (None, "columns"):
        columns(given.facts, given.annals, 3)
    if given.only in (None, "interrupts"):
        with tempfile.TemporaryDirectory() as folder:
            sheet = sheet_of(given.rows, os.path.join(folder, "sheet.csv"))
            interrupts(given.facts, sheet, given.times, given.calls)
    if given.only in (None, "threads"):
        with tempfile.TemporaryDirectory() as folder:
            sheet = sheet_of(given.rows, os.path.join(folder, "sheet.csv"))
            threads(given.facts, sheet, [call for call in given.calls if call != "network"])


main()
