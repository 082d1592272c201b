"""Each library that reads columns or graphs, without the others: dates from −9999 to 12000, and ends of all kinds."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import pytest
from conftest import DATES, dated

#: What stands in the way of every other library, before anything is imported.
ALONE = """
import importlib.abc, sys
alone, facts = sys.argv[1:]
libraries = {"duckdb", "igraph", "networkx", "numpy", "pandas", "polars", "pyarrow"}
# pandas and igraph bring these along.
others = libraries - {alone} - ({"numpy"} if alone in ("pandas", "networkx") else set())
class Absent(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in others:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Absent())
import warnings
warnings.simplefilter("ignore")
import annals
store = annals.loads(facts, "json")
claims = store.said()
texts = [claim.said.written for claim in claims]
firsts = [claim._json["said"]["first"] for claim in claims]
bounds = [claim.said._native.bounds for claim in claims]
"""

READ = {
    "polars": """
import polars
assert claims.to_polars()["said"].to_list() == texts
frame = claims.with_bounds().to_polars()
keys = [f"said_{end}" for end in ("earliest_start", "latest_start", "earliest_end", "latest_end")]
assert [list(row) for row in frame.select(keys).rows()] == bounds
days = frame["said_first"].cast(polars.Int32).to_list()
assert [None if day is None else annals.Day(first).__int__() for day, first in zip(days, firsts)] == days
assert polars.DataFrame(claims).equals(claims.to_polars())
""",
    "duckdb": """
import duckdb
claims = claims.with_bounds()
rows = duckdb.sql("select said, said_earliest_start, said_latest_start, said_earliest_end, said_latest_end from claims")
assert [[row[0], *row[1:]] for row in rows.fetchall()] == [[text, *each] for text, each in zip(texts, bounds)]
days = duckdb.sql("select said_first - date '1970-01-01' from claims").fetchall()
assert [day for (day,) in days] == [None if first is None else int(annals.Day(first)) for first in firsts]
""",
    "pandas": """
frame = claims.to_pandas()
assert list(frame["said"]) == texts
seconds = frame["said_first"].astype("int64").tolist()
gone = frame["said_first"].isna().tolist()
for second, none, first in zip(seconds, gone, firsts):
    assert none if first is None else second == 86_400 * int(annals.Day(first))
assert claims.to_numpy("said").tolist() == bounds
assert claims.to_pandas(nested=True)["said"][0]["written"] == texts[0]
""",
    "pyarrow": """
import pyarrow
table = claims.to_arrow()
table.validate(full=True)
assert table["said"].to_pylist() == texts
days = table["said_first"].cast(pyarrow.int32()).to_pylist()
assert days == [None if first is None else int(annals.Day(first)) for first in firsts]
""",
    "networkx": """
graph = store.subgraph()
import networkx
made = graph.to_networkx()
assert networkx.utils.graphs_equal(made, networkx.node_link_graph(graph.to_dict(), edges="edges"))
assert len(made) == len(graph.nodes)
""",
    "igraph": """
graph = store.subgraph()
made = graph.to_igraph()
assert made.vcount() == len(graph.nodes) and made.vs.find("a")["label"] == "A. Speaker"
""",
}


@pytest.mark.parametrize("library", READ)
def test_a_library_alone(library: str) -> None:
    if importlib.util.find_spec(library) is None:
        pytest.skip(f"{library} is not installed")
    code = ALONE + READ[library] + f"\nassert {library!r} in sys.modules and not others & set(sys.modules)\n"
    words = [sys.executable, "-c", code, library, dated(DATES)]
    ended = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr
