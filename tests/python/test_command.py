"""The command in the package: four traps of an entry point, and the import."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PYTHON = [sys.executable, "-m", "annals"]


def test_ctrl_c_ends_the_command_at_once() -> None:
    """Python's own handler would only set a flag."""
    waits = [*PYTHON, "said", "-"]
    process = subprocess.Popen(
        waits, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    time.sleep(1.5)
    begun = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert time.monotonic() - begun < 2
    assert process.returncode in (-signal.SIGINT, 130)
    assert b"Traceback" not in said


def test_the_last_line_is_written() -> None:
    done = subprocess.run([*PYTHON, "said", "data/kyiv", "-f", "jsonl"], cwd=ROOT, capture_output=True)
    assert done.returncode == 0
    assert done.stdout.endswith(b"}\n")
    shown = subprocess.run([*PYTHON, "--version"], cwd=ROOT, capture_output=True)
    assert shown.stdout.startswith(b"annals ")


def test_the_command_is_called_annals() -> None:
    lines: list[list[str]] = [[], ["said", "--help"]]
    for words in lines:
        shown = subprocess.run([*PYTHON, *words], cwd=ROOT, capture_output=True, text=True)
        assert "Usage: annals" in shown.stdout
        assert "__main__" not in shown.stdout + shown.stderr
    wrong = subprocess.run([*PYTHON, "sayd"], cwd=ROOT, capture_output=True, text=True)
    assert wrong.returncode == 2
    assert "__main__" not in wrong.stderr


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    both = f"{sys.executable} -m annals said data/kyiv --quiet -f jsonl | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", both], cwd=ROOT, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


def test_import_reads_nothing_that_is_not_needed() -> None:
    code = (
        "import sys; before = set(sys.modules); import annals; new = set(sys.modules) - before;"
        "print(*sorted(one for one in new if one.split('.')[0] != 'annals'))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.split() == []
    code = "import annals, sys; annals.Store; print(*sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"numpy", "pandas", "polars", "pyarrow", "networkx", "IPython", "duckdb", "igraph"}
    assert not heavy & set(shown.stdout.split())


@pytest.mark.parametrize("code", ["import annals; annals.nothing", "from annals import nothing"])
def test_what_is_not_there_is_said(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "nothing" in done.stderr and done.returncode == 1
