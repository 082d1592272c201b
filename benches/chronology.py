#!/usr/bin/env python3
"""Times the chronology beside one pass of orjson over the same file, in one run.

    chronology.py ANNALS FACTS.jsonl [FACTS.jsonl …]

ANNALS is a release build; the facts are events and orders in JSON Lines. Prints, for each file, the
seconds and megabytes of `check` and of `dates -f jsonl`, and their ratio to the pass. Needs orjson.
"""

import os
import subprocess
import sys
import tempfile
import time

import orjson


def timed(arguments):
    begun = time.monotonic()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return time.monotonic() - begun, usage.ru_maxrss / 1024


def parsed(path):
    begun = time.monotonic()
    with open(path, "rb") as lines:
        for line in lines:
            orjson.loads(line)
    return time.monotonic() - begun


annals, *files = sys.argv[1:]
print(f"{'file':24} {'orjson':>8} {'check':>8} {'MB':>6} {'ratio':>6} {'dates':>8} {'MB':>6} {'ratio':>6}")
for path in files:
    base = min(parsed(path) for _ in range(2))
    check, check_mb = min(timed([annals, "check", path, "-q"]) for _ in range(2))
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "dates.jsonl")
        dates, dates_mb = timed([annals, "dates", path, "-q", "-f", "jsonl", "-o", out])
    name = os.path.basename(path)
    print(f"{name:24} {base:7.2f}s {check:7.2f}s {check_mb:6.0f} {check / base:6.1f} {dates:7.2f}s {dates_mb:6.0f} {dates / base:6.1f}")
