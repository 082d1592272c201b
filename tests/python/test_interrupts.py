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
    return file


WAITS = """
import annals, sys, time
if sys.argv[2] != "open":
    store = annals.open(sys.argv[1])
print("begun", flush=True)
try:
    while True:
        if sys.argv[2] == "open":
            annals.open(sys.argv[1])
        elif sys.argv[2] == "save":
            store.said().save(sys.argv[3], overwrite=True)
        else:
            store.said()
except KeyboardInterrupt:
    caught = time.time()
if sys.argv[2] != "open":
    assert len(store.said(limit=3)) == 3
print(caught, flush=True)
"""


@pytest.mark.parametrize("what", ["open", "ask", "save"])
def test_ctrl_c_is_an_exception_at_once(many: Path, tmp_path: Path, what: str) -> None:
    target = tmp_path / "answer.json"
    words = [sys.executable, "-c", WAITS, str(many), what, str(target)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    time.sleep(0.4)
    sent = time.time()
    os.kill(process.pid, signal.SIGINT)
    caught = float(process.stdout.readline())
    assert process.wait(60) == 0
    if what == "save":
        # Nothing half done: the file is whole, or not there.
        if target.exists():
            assert len(json.loads(target.read_text())["data"]) == CLAIMS
        assert [one.name for one in tmp_path.iterdir()] in ([], [target.name])
    else:
        assert caught - sent < 0.5


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
begun = time.time()
annals.open(sys.argv[1]).said()
took = time.time() - begun
done = True
counter.join()
print(steps / max(took, 0.001))
"""
    words = [sys.executable, "-c", code, str(many)]
    shown = subprocess.run(words, capture_output=True, text=True, check=True, timeout=120)
    # A thread that stood still would have counted a few steps in all.
    assert float(shown.stdout) > 100


def test_progress_is_told_by_the_thread_that_called(many: Path) -> None:
    import threading

    told: list[tuple[int, int, str, int]] = []

    def tell(done: int, all: int, what: str) -> None:
        told.append((done, all, what, threading.get_ident()))

    annals.open(many, progress=tell)
    size = many.stat().st_size
    assert told and told[-1] == (size, size, "reading facts", threading.get_ident())
    assert [one[0] for one in told] == sorted(one[0] for one in told)

    class Enough(Exception):
        pass

    def stop(done: int, all: int, what: str) -> None:
        raise Enough

    with pytest.raises(Enough):
        annals.open(many, progress=stop)
    assert len(annals.open(many, progress=False)) == CLAIMS + 1
