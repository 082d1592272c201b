"""The examples in docstrings and on the pages are run, and print what stands below them."""

from __future__ import annotations

import doctest
import importlib
import re
from pathlib import Path

import pytest
from conftest import ROOT

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
MODULES = ["annals", *(f"annals.{one}" for one in ("_dates", "_store", "_questions", "_answers", "_row", "_tables", "_facts"))]
PAGES = sorted((ROOT / "docs" / "python").glob("*.md"))


@pytest.mark.parametrize("name", MODULES)
def test_docstrings(name: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(name), optionflags=FLAGS)
    assert failed == 0
    if name in ("annals", "annals._dates", "annals._store", "annals._questions", "annals._tables"):
        assert tried > 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The blocks of a page run one after another, in a folder with the dossiers."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    text = page.read_text()
    blocks = re.findall(r"^```pycon\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert blocks, page
    code = "\n".join(blocks)
    for package in ("polars", "pandas", "duckdb", "networkx", "numpy"):
        if re.search(rf"^>>> import {package}|to_{package}\(", code, re.MULTILINE):
            pytest.importorskip(package)
    if 'on="sail"' in code:
        pytest.importorskip("pysail")
    test = doctest.DocTestParser().get_doctest(code, {}, page.name, str(page), 0)
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    runner.run(test)
    assert runner.failures == 0
