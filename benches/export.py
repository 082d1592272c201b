#!/usr/bin/env python3
"""Time and memory of exporting, beside those of reading and checking the same facts.

    export.py FACTS [ANNALS]

ANNALS is a release build, target/release/annals if none is named. An export reads and checks the
facts as `check` does; what it takes beyond that is its own. Prints seconds, peak resident megabytes
and their ratio to those of `check`, and says whether it is at most a tenth more.
"""

import os
import subprocess
import sys
import tempfile
import time


def timed(arguments):
    begun = time.monotonic()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) in (0, 1), f"{arguments} failed"
    return time.monotonic() - begun, usage.ru_maxrss / 1024


def size(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(path, name)) for name in os.listdir(path))


facts, annals = sys.argv[1], (sys.argv[2:] or ["target/release/annals"])[0]
seconds, base = timed([annals, "check", facts, "-q"])
print(f"{'':10} {'seconds':>8} {'peak MB':>8} {'ratio':>6} {'written MB':>11}")
print(f"{'check':10} {seconds:8.1f} {base:8.0f}")
most = 0.0
with tempfile.TemporaryDirectory() as folder:
    for name in ("csv", "graphml"):
        out = os.path.join(folder, name)
        seconds, peak = timed([annals, "export", facts, "-q", "--format", name, "-o", out])
        most = max(most, peak / base)
        print(f"{name:10} {seconds:8.1f} {peak:8.0f} {peak / base:6.3f} {size(out) / 1e6:11.0f}")
print("at most a tenth more" if most <= 1.1 else "more than a tenth more")
sys.exit(most > 1.1)
