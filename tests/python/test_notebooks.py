"""The notebooks of docs/python run to their end, and show what they should without script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import annals
import pytest
from conftest import ROOT

NOTEBOOKS = sorted((ROOT / "docs" / "python" / "notebooks").glob("*.md"))
#: How often each of them shows an answer of ours, at least.
SHOWN = {"ten-minutes": 7, "pandas": 2, "uncertain-dates": 0, "networks": 3, "many-claims": 2}


def executed(notebook: Path, folder: Path) -> Any:
    """The notebook with its outputs, run in a folder that has the dossiers."""
    jupytext = pytest.importorskip("jupytext")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    (folder / "data").symlink_to(ROOT / "data")
    read = jupytext.read(notebook)
    client = nbclient.NotebookClient(
        read, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    )
    return client.execute()


def outputs(notebook: Any) -> list[tuple[str, str]]:
    """What is shown, each with its type."""
    found: list[tuple[str, str]] = []
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            assert output.output_type != "error", output
            if output.output_type == "stream":
                assert output.name == "stdout", output.text
            found += [(kind, str(text)) for kind, text in output.get("data", {}).items()]
    return found


def test_all_are_here() -> None:
    assert [notebook.stem for notebook in NOTEBOOKS] == sorted(SHOWN)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda one: one.stem)
def test_it_runs(notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for package in ("pandas", "polars", "duckdb", "networkx"):
        if f"import {package}" in notebook.read_text():
            pytest.importorskip(package)
    # The kernel is a process of its own, in another folder.
    monkeypatch.setenv("PYTHONPATH", str(Path(annals.__file__).parent.parent))
    shown = outputs(executed(notebook, tmp_path))
    ours = [text for kind, text in shown if kind in ("text/html", "image/svg+xml")]
    ours = [text for text in ours if "annals" in text]
    assert len(ours) >= SHOWN[notebook.stem]
    if notebook.stem == "uncertain-dates":
        assert any("Apr 2023" in text for kind, text in shown if kind == "text/html")
        assert any("possibly" in text and "certainly" in text for _, text in shown)
    for text in ours:
        assert "<script" not in text and "javascript:" not in text
    pictures = [text for kind, text in shown if kind == "image/svg+xml"]
    ids = [one.split('"', 1)[0] for text in pictures for one in text.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
