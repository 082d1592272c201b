"""A snapshot that an engine reads: the rows of a store, in the same order and with the same keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import annals
import pytest

ROOT = Path(__file__).parent.parent.parent

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("said", {}),
    ("said", {"by": "Zelensky"}),
    ("said", {"by": "Russia", "rollup": True}),
    ("said", {"about": "dredging by night", "stance": "opposes"}),
    ("said", {"text": "dredging"}),
    ("said", {"retracted": True}),
    ("said", {"as_of": "2021-10-06"}),
    ("said", {"from_": "2021", "until": "2022", "surely": True, "limit": 3}),
    ("count", {"per": ["speaker", "month"]}),
    ("count", {"per": ["about", "stance"], "by": "zelensky"}),
    ("overview", {}),
    ("timeline", {"from_": "2021-10", "until": "2021-11"}),
    ("timeline", {"from_": "1640", "until": "1650"}),
    ("positions", {}),
    ("positions", {"contradictions": True}),
    ("positions", {"changes": True, "limit": 1}),
    ("contradictions", {"by": "Yusuf al-Darwish"}),
    ("network", {}),
    ("network", {"of": "things", "top": 3, "normalise": "no"}),
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("engine") / "facts.annals"
    annals.open(ROOT / "data").build(path, for_cluster=True)
    return str(path)


@pytest.fixture(scope="module", params=["duckdb", "sail"])
def engine(request: pytest.FixtureRequest, snapshot: str) -> Iterator[annals.EngineStore]:
    if request.param == "sail":
        pytest.importorskip("pysail")
    with annals.open(snapshot, on=request.param) as store:
        yield store


def without_texts(value: Any) -> Any:
    """What an engine cannot know is left out: how quotes stand in texts, and where a record of a file that is
    not JSON Lines stands in it."""
    if isinstance(value, list):
        return [without_texts(one) for one in value]
    if not isinstance(value, dict):
        return value
    known = {key: without_texts(one) for key, one in value.items()}
    if "verified" in known:
        known["verified"] = None
    if "source" in known:
        file = known["source"]["file"]
        line = known["source"]["line"] if file.endswith(".jsonl") else None
        known["source"] = {"file": file, "line": line}
    return known


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("question", "options"), ASKED)
def test_rows_are_those_of_the_store(
    engine: annals.EngineStore, snapshot: str, question: str, options: dict[str, Any]
) -> None:
    theirs = json.loads(getattr(engine, question)(**options).json())["data"]
    ours = json.loads(getattr(annals.open(snapshot), question)(**options).json())["data"]
    if question == "contradictions":
        ours = [row for row in ours if row["kind"] != "between"]
    if question == "overview":
        ours["unverified"] = ours["findings"] = None
    assert ours
    assert without_texts(theirs) == without_texts(ours)


def test_rows_are_typed(engine: annals.EngineStore) -> None:
    claims = engine.said(by="Zelensky")
    assert [claim.speaker[0].name for claim in claims] == ["Volodymyr Zelensky"] * len(claims)
    assert claims[0].source.file.endswith("kyiv.yaml") and str(claims[0].source).endswith("kyiv.yaml")
    assert "quotes were not looked up" in claims.warnings[0]


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    with pytest.raises(FileNotFoundError, match="nowhere.annals"):
        annals.open(tmp_path / "nowhere.annals", on="duckdb")


def test_what_is_shown_of_an_answer_is_what_python_shows(engine: annals.EngineStore) -> None:
    overview, claims = engine.overview(), engine.said(by="Zelensky")
    assert str(overview) == repr(overview) and str(claims) == repr(claims)


def test_a_frame_is_the_engine_s_own(engine: annals.EngineStore) -> None:
    frame = engine.frame("said", by="Zelensky")
    assert frame.columns[:2] == ["id", "certain"]
    with pytest.raises(annals.UsageError, match="find cannot be asked of an engine"):
        engine.frame("find", words="x")


def test_what_an_engine_cannot_answer_is_said(engine: annals.EngineStore) -> None:
    with pytest.raises(annals.UsageError, match="promises cannot be asked of an engine"):
        engine.promises()
    with pytest.raises(annals.UsageError, match="verified= cannot be asked in SQL"):
        engine.said(verified="missing")
    with pytest.raises(annals.UsageError, match="a least and a most"):
        engine.network(from_="2023-04-20", until="2023-04-21")
    with pytest.raises(annals.UnknownName, match="nobody-here"):
        engine.said(by="nobody-here")
    with pytest.raises(annals.UsageError, match="as JSON alone"):
        engine.said(by="Zelensky").render("csv")


def test_an_engine_is_named(snapshot: str) -> None:
    with pytest.raises(annals.UsageError, match="on is sail, duckdb"):
        annals.open(snapshot, on="postgres")
    with pytest.raises(annals.UsageError, match="reads one snapshot"):
        annals.open(snapshot, snapshot, on="duckdb")
    store = annals.open(snapshot, on="duckdb")
    store.close()
    with pytest.raises(ValueError, match="closed"):
        store.said()
