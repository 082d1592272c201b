#!/usr/bin/env python3
"""The floor: whole processes of a release build over bulk facts, with their time and memory.

    cargo build --release
    python3 benches/floor.py FACTS.jsonl [RUNS]

FACTS.jsonl is a file of bulk facts with an actor a1. Each command is run RUNS times (5); its
least and its median time and its largest memory are printed.
"""
import os, statistics, subprocess, sys, tempfile, time

facts = sys.argv[1]
runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
annals = os.path.join(os.path.dirname(__file__), "..", "target", "release", "annals")
with tempfile.TemporaryDirectory() as folder:
    out = os.path.join(folder, "answer")
    commands = [
        ["check", facts],
        ["said", facts, "--by", "a1", "-f", "json", "-o", out],
        ["said", facts, "-f", "jsonl", "-o", out],
        ["timeline", facts, "-f", "jsonl", "-o", out],
        ["export", facts, "--by", "a1", "--format", "json", "-o", out],
    ]
    print(f"{'least':>7} {'median':>7} {'memory':>8}  command")
    for command in commands:
        times, memory = [], 0
        for _ in range(runs):
            began = time.perf_counter()
            process = subprocess.Popen([annals, *command, "--quiet"], stdout=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)
            times.append(time.perf_counter() - began)
            memory = max(memory, usage.ru_maxrss)
            if status:
                sys.exit(f"annals {' '.join(command)} ended with {status}")
        shown = " ".join(command).replace(facts, "FACTS").replace(out, "FILE")
        print(f"{min(times):6.2f}s {statistics.median(times):6.2f}s {memory // 1024:5} MB  annals {shown}")
