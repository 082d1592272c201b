"""Ctrl-C, and other threads, while the core works."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import annals
import pytest

CLAIMS = 20_000


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Facts that take a while."""
    file = tmp_path_factory.mktemp("many") / "facts.jsonl"
    with file.open("w") as out:
        out.write(json.dumps({"type": "actor", "id": "a", "name": "A. Speaker", "kind": "person"}) + "\n")
        for nth in range(CLAIMS):
            day = f"{1900 + nth % 120}-{1 + nth % 12:02}-{1 + nth % 28:02}"
            claim = {"type": "claim", "id": f"c{nth}", "speaker": "a", "content": f"word {nth}", "said": day}
            out.write(json.dumps(claim) + "\n")
    sheet = file.with_name("sheet.csv")
    with sheet.open("w") as out:
        out.write("Speaker,Date,Topic,Stance,Quote\n")
        for nth in range(CLAIMS):
            day = f"{1900 + nth % 120}-{1 + nth % 12:02}-{1 + nth % 28:02}"
            out.write(f"Speaker {nth % 300},{day},Topic {nth % 50},supports,word {nth}\n")
    file.with_name("map.yaml").write_text(
        """annals-map: 1
records:
  speaker: {type: actor, key: "{Speaker}", name: "{Speaker}", kind: person}
  claim: {type: claim, speaker: $speaker, said: "{Date}", quote: "{Quote}"}
rest: claim
"""
    )
    ties = file.with_name("ties.jsonl")
    with ties.open("w") as out:
        for nth in range(2_000):
            out.write(json.dumps({"type": "actor", "id": f"a{nth}", "name": f"A {nth}", "kind": "person"}) + "\n")
        for nth in range(CLAIMS):
            day = f"{2000 + nth % 20}-{1 + nth % 12:02}-{1 + nth % 28:02}"
            stance = [{"toward": f"a{nth % 7}", "value": ("supports", "opposes")[nth % 2]}]
            made = {"type": "claim", "id": f"c{nth}", "speaker": f"a{nth * 13 % 2_000}", "said": day}
            out.write(json.dumps({**made, "content": "x", "about": [f"a{nth % 7}"], "stance": stance}) + "\n")
    return file


WAITS = """
import annals, os, sys, time
facts, what, target = sys.argv[1:]
# What is interrupted is our own work. A KeyboardInterrupt out of a text that is executed, as some modules do when
# they are imported, makes Python exit with the signal even where it is caught (unhandled_keyboard_interrupt).
if what == "columns":
    import polars
if what == "numpy":
    import numpy
if what != "open":
    store = annals.open(facts)
folder = os.path.dirname(facts)
ties = annals.open(os.path.join(folder, "ties.jsonl"), progress=False) if what == "network" else None
mapping = os.path.join(folder, "map.yaml")
calls = {
    "open": lambda: annals.open(facts),
    "ask": lambda: store.said(),
    "check": lambda: annals.open(facts, progress=False).check(),
    "dates": lambda: store.dates(),
    "draw": lambda: store.draw("claims"),
    "network": lambda: ties.network(window="P30D"),
    "import": lambda: annals.import_(os.path.join(folder, "sheet.csv"), format="table", map=mapping),
    "columns": lambda: store.said().to_polars(),
    "numpy": lambda: store.said().to_numpy("said"),
    "save": lambda: store.said().save(target, overwrite=True),
    "build": lambda: store.build(target, overwrite=True),
}
print("begun", flush=True)
try:
    while True:
        calls[what]()
except KeyboardInterrupt:
    caught = time.time()
# No thread of the core works on: each looks every 50 ms, if it has its turn.
def name(task):
    try:
        return open(f"/proc/self/task/{task}/comm").read()
    except OSError:  # it has ended meanwhile
        return ""
def working():
    tasks = "/proc/self/task"
    return [one for one in os.listdir(tasks) if "annals" in name(one)] if os.path.isdir(tasks) else []
while working() and time.time() - caught < 3:
    time.sleep(0.01)
assert not working()
if what != "open":
    assert len(store.said(limit=3)) == 3
print(caught, flush=True)
"""


@pytest.mark.parametrize(
    "what", ["open", "ask", "check", "dates", "draw", "save", "build", "network", "import", "columns", "numpy"]
)
def test_ctrl_c_is_an_exception_at_once(many: Path, tmp_path: Path, what: str) -> None:
    target = tmp_path / ("facts.annals" if what == "build" else "answer.json")
    words = [sys.executable, "-c", WAITS, str(many), what, str(target)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    time.sleep(0.4)
    sent = time.time()
    os.kill(process.pid, signal.SIGINT)
    caught = float(process.stdout.readline())
    assert process.wait(60) == 0
    # On a busy machine the waiting thread may have to wait for its turn.
    if what == "build":
        assert [one.name for one in tmp_path.iterdir()] in ([], [target.name])
    elif what == "save":
        # Nothing half done: the file is whole, or not there.
        if target.exists():
            assert len(json.loads(target.read_text())["data"]) == CLAIMS
        assert [one.name for one in tmp_path.iterdir()] in ([], [target.name])
    assert caught - sent < 1


def test_other_threads_run_meanwhile(many: Path) -> None:
    code = """
import annals, sys, threading, time
steps = 0
def count():
    global steps
    while not done:
        steps += 1
        time.sleep(0.001)
done = False
counter = threading.Thread(target=count)
counter.start()
annals.open(sys.argv[1]).said()
done = True
counter.join()
print(steps)
"""
    words = [sys.executable, "-c", code, str(many)]
    shown = subprocess.run(words, capture_output=True, text=True, check=True, timeout=120)
    # A thread that stood still would have counted one or two, however busy the machine is.
    assert int(shown.stdout) > 20


def test_progress_is_told_by_the_thread_that_called(many: Path) -> None:
    import threading

    told: list[tuple[int, int, str, int]] = []

    def tell(done: int, all: int, what: str) -> None:
        told.append((done, all, what, threading.get_ident()))

    annals.open(many, progress=tell)
    size = many.stat().st_size
    assert told and told[-1] == (size, size, "reading facts", threading.get_ident())
    assert [one[0] for one in told] == sorted(one[0] for one in told)

    # Later questions tell it too.
    told.clear()
    annals.open(many, progress=tell).check()
    assert {"reading facts", "checking facts"} <= {one[2] for one in told}

    class Enough(Exception):
        pass

    def stop(done: int, all: int, what: str) -> None:
        raise Enough

    with pytest.raises(Enough):
        annals.open(many, progress=stop)
    assert len(annals.open(many, progress=False)) == CLAIMS + 1
