"""What follows from the command line is up to date."""

from __future__ import annotations

import subprocess
import sys

from conftest import ROOT


def test_questions_and_rows_are_those_of_the_command_line() -> None:
    words = [sys.executable, str(ROOT / "src/python/generate.py"), "--check"]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
