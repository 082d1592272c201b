"""What the tests of the package share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import annals
import pytest

ROOT = Path(__file__).parent.parent.parent

#: Facts with dates of every kind.
DATES = [
    "2023-04-20",
    "2023-04",
    "2023",
    "2001-21",
    "156X",
    "15XX",
    "1964/2008",
    "1880/..",
    "../1880",
    "1880/",
    "/1880",
    "../..",
    "[1667,1672]",
    "{1667,1672}",
    "2004-01-01T10:10:10Z",
    "-0044-03-15",
    "-9999",
    "9999-12-31",
    "Y12000",
    "Y17E7",
    "1900~",
    "2023-04-20?",
    "1997-XX-15",
]


@pytest.fixture(scope="session", autouse=True)
def at_the_root() -> Iterator[None]:
    """Paths are those of the repository."""
    before = Path.cwd()
    os.chdir(ROOT)
    yield
    os.chdir(before)


@pytest.fixture(scope="session")
def kyiv(at_the_root: None) -> annals.Store:
    return annals.open("data/kyiv")


@pytest.fixture(scope="session")
def harbour(at_the_root: None) -> annals.Store:
    return annals.open("data/harbour")


Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(scope="session")
def program() -> Run:
    """Runs the command as a process of its own: the program that ANNALS names, or that of the package."""
    named = os.environ.get("ANNALS")
    words = [named] if named else [sys.executable, "-m", "annals"]

    def run(*arguments: str, **more: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(  # type: ignore[call-overload,no-any-return]
            [*words, *arguments], capture_output=True, timeout=120, cwd=ROOT, **more
        )

    return run


def dated(dates: list[str]) -> str:
    """Facts with a claim of each date."""
    import json

    claims = [
        {"id": f"c{nth}", "speaker": "a", "content": f"said on {date}", "said": date}
        for nth, date in enumerate(dates)
    ]
    actors = [{"id": "a", "name": "A. Speaker", "kind": "person"}]
    return json.dumps({"annals": 1, "actors": actors, "claims": claims})


@pytest.fixture(scope="session")
def dates_store() -> annals.Store:
    return annals.loads(dated(DATES), "json")
