#!/usr/bin/env python3
"""Times the chronology beside one pass of orjson over the same file, in one run. Needs orjson.

    chronology.py ANNALS FACTS.jsonl [FACTS.jsonl …]     files of events and orders, in JSON Lines
    chronology.py ANNALS --corners                       shapes on which a careless method is quadratic

ANNALS is a release build. Prints, for each file, the seconds of the pass, the seconds and megabytes
of `check` and of `dates -f jsonl -o FILE`, the ratios to the pass, how many facts the largest
conflict has that `check` shows, and how many findings there are. Each time is the least of three.
"""

import json
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


def conflicts(annals, path):
    run = subprocess.run([annals, "check", path, "-q", "-f", "json"], capture_output=True, check=False)
    answer = json.loads(run.stdout)
    sizes = [len(one["records"]) for one in answer["data"] if one["severity"] == "error"]
    return max(sizes, default=0), answer["summary"]["errors"]


def events(count, dated=lambda n: None):
    for n in range(count):
        event = {"type": "event", "id": f"e{n}", "label": f"Event {n}"}
        if dated(n):
            event["when"] = dated(n)
        yield event


def order(first, relation, second):
    return {"type": "order", "first": f"e{first}", "relation": relation, "second": f"e{second}"}


def star():
    yield from events(200_001)
    yield from (order(0, "before", n) for n in range(1, 200_001))


def chain():
    yield from events(200_001)
    yield from (order(n, "before", n + 1) for n in range(200_000))


def undated():
    """One component of 300,000 events, three of which have a date."""
    dates = {0: "1900", 150_000: "1950-06", 299_999: "1999-12-31"}
    yield from events(300_000, dates.get)
    yield from (order(n, "before", n + 1) for n in range(299_999))
    yield from (order(n, "starts_before", n + 97) for n in range(0, 299_000, 3))


def small_conflicts():
    yield from events(20_000)
    for n in range(0, 20_000, 4):
        yield from (order(n + k, "before", n + k + 1) for k in range(3))
        yield order(n + 3, "before", n)


def corners(folder):
    for shape in (star, chain, undated, small_conflicts):
        path = os.path.join(folder, f"{shape.__name__}.jsonl")
        with open(path, "w", encoding="utf-8") as out:
            out.writelines(json.dumps(record) + "\n" for record in shape())
        yield path


def row(annals, path, folder):
    out = os.path.join(folder, "dates.jsonl")
    base = check = dates = (float("inf"), 0)
    for _ in range(3):
        # In turn, so that a machine that drifts drifts for all.
        base = min(base, (parsed(path), 0))
        check = min(check, timed([annals, "check", path, "-q"]))
        dates = min(dates, timed([annals, "dates", path, "-q", "-f", "jsonl", "-o", out]))
    largest, errors = conflicts(annals, path)
    name = os.path.basename(path)
    print(
        f"{name:26} {base[0]:7.2f}s {check[0]:7.2f}s {check[1]:6.0f} {check[0] / base[0]:6.2f}"
        f" {dates[0]:7.2f}s {dates[1]:6.0f} {dates[0] / base[0]:6.2f} {largest:8} {errors:8}",
        flush=True,
    )


annals, *files = sys.argv[1:]
with tempfile.TemporaryDirectory() as folder:
    print(
        f"{'file':26} {'orjson':>8} {'check':>8} {'MB':>6} {'ratio':>6}"
        f" {'dates':>8} {'MB':>6} {'ratio':>6} {'conflict':>8} {'errors':>8}"
    )
    for path in corners(folder) if files == ["--corners"] else files:
        row(annals, path, folder)
