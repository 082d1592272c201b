#!/usr/bin/env python3
"""How long building takes: prints the table of docs/performance.md.

    python3 benches/build_times.py [--rows first,release,test,edits] [--edit FILE]… [--target FOLDER]

Builds into a folder of its own that is removed afterwards, with the crates downloaded before:

  first    the README's first command, in a clean clone
  release  `cargo build --release`, clean
  test     `cargo test`, clean: building, and with running
  edits    `cargo build` after a line is added to a file, one of each part of the program

Each row has the seconds that passed and those of processors (user and system): the second hardly depends
on what else the machine does. An edit is undone, also when the run is broken off. Run it in a clone of
which nothing else builds; --runs 3 takes the median."""
import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
# Of each part the file that is edited: the first that is there.
EDITS = [
    ("time", ["src/time/date.rs", "src/time/lib.rs", "src/time/mod.rs", "src/time/src/lib.rs"]),
    ("load", ["src/load/lib.rs", "src/load/mod.rs", "src/load/src/lib.rs"]),
    ("import", ["src/import/lib.rs", "src/import/mod.rs", "src/import/src/lib.rs"]),
    ("draw", ["src/draw/lib.rs", "src/draw/mod.rs", "src/draw/src/lib.rs"]),
    ("cli", ["src/cli/lib.rs", "src/cli/mod.rs", "src/cli/src/lib.rs"]),
]
parser = argparse.ArgumentParser()
parser.add_argument("--rows", default="first,release,test,edits")
parser.add_argument("--edit", action="append", default=[], metavar="FILE", help="edit these files instead")
parser.add_argument("--runs", type=int, default=1)
parser.add_argument("--target", help="build here; the folder must not exist")
args = parser.parse_args()
target = args.target or os.path.join(tempfile.mkdtemp(), "target")
if os.path.exists(target):
    sys.exit(f"{target} is there already")
environment = {**os.environ, "CARGO_TARGET_DIR": target, "CARGO_TERM_PROGRESS_WHEN": "never"}


def cargo(*words):
    """Seconds that pass, and seconds of processors."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    run = subprocess.run(["cargo", *words], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL,
                         stderr=subprocess.PIPE, text=True)
    passed, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode:
        sys.exit(f"cargo {' '.join(words)}:\n{run.stderr[-2000:]}")
    return passed, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def clean():
    shutil.rmtree(target, ignore_errors=True)


def row(work, measure):
    found = [measure() for _ in range(args.runs)]
    passed, processors = (statistics.median(one[nth] for one in found) for nth in (0, 1))
    print(f"| {work} | {passed:.0f} s | {processors:.0f} s |", flush=True)


def first():
    clean()
    return cargo("run", "--locked", "--", "said", "data")


def release():
    clean()
    return cargo("build", "--locked", "--release")


def built():
    clean()
    return cargo("test", "--locked", "--no-run")


def edited(path):
    """A build after a line is added to a file."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        with open(path, "a", encoding="utf-8") as file:
            # Something that is compiled: a comment alone would be found to change nothing.
            file.write("\n#[doc(hidden)]\n#[must_use]\npub fn edited_by_build_times() -> u64 {\n    "
                       f"{time.time_ns()}\n}}\n")
        return cargo("build", "--locked")
    finally:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)


def edits():
    cargo("build", "--locked")
    files = [(path, path) for path in args.edit]
    if not files:
        for part, paths in EDITS:
            there = [path for path in paths if os.path.exists(os.path.join(ROOT, path))]
            files += [(part, there[0])] if there else []
    for part, path in files:
        row(f"`cargo build` after an edit in `{part}`", lambda: edited(os.path.join(ROOT, path)))


subprocess.run(["cargo", "fetch", "--locked"], cwd=ROOT, check=True)
print(f"{os.cpu_count()} cores; {subprocess.run(['rustc', '--version'], capture_output=True, text=True).stdout.strip()}\n")
print("| work | passed | of processors |\n|---|---|---|")
try:
    for wanted in args.rows.split(","):
        if wanted == "first":
            row("the README's first command, clean", first)
        elif wanted == "release":
            row("`cargo build --release`, clean", release)
        elif wanted == "test":
            row("`cargo test --no-run`, clean", built)
            row("`cargo test`, built", lambda: cargo("test", "--locked"))
        elif wanted == "edits":
            edits()
        else:
            sys.exit(f"there is no row {wanted}")
finally:
    clean()
