"""Columns for polars, DuckDB, pandas and pyarrow, from the answer itself."""

from __future__ import annotations

import csv
import json
import pickle
import random
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import annals
import pytest
from annals import Date
from conftest import DATES, dated


def test_a_table_is_no_sequence(kyiv: annals.Store) -> None:
    """polars reads any Sequence as a list of rows before it looks for Arrow."""
    assert not isinstance(kyiv.said(), Sequence)


def test_polars(kyiv: annals.Store, dates_store: annals.Store) -> None:
    polars = pytest.importorskip("polars")
    claims = kyiv.said()
    frame = polars.DataFrame(claims)
    assert frame.height == len(claims) and frame.equals(claims.to_polars())
    assert frame["speaker"].dtype == polars.List(polars.Struct({"id": polars.String, "name": polars.String}))
    assert frame["said_precision"].dtype == polars.Categorical
    assert frame["id"].to_list() == [claim.id for claim in claims]
    ends = dates_store.said().to_polars()
    assert ends["said_first"].dtype == polars.Date
    assert polars.DataFrame(claims[2:5]).height == 3
    assert polars.DataFrame(kyiv.said(limit=0)).width == frame.width


def test_the_stream_can_be_taken_again(kyiv: annals.Store) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    claims = kyiv.said()
    first, second = pyarrow.table(claims), pyarrow.table(claims)
    assert first.equals(second) and first.equals(claims.to_arrow())
    assert pyarrow.schema(claims) == first.schema
    first.validate(full=True)


def test_every_table_has_columns(kyiv: annals.Store, harbour: annals.Store) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    for store in (kyiv, harbour):
        for table in (
            store.said(),
            store.find("the"),
            store.timeline(),
            store.positions(),
            store.count(per=["speaker", "month", "stance"]),
            store.contradictions(),
            store.changes(from_="1900"),
            store.promises(),
            store.voices(),
            store.dates(),
            store.check(),
        ):
            for one in (table, table.with_bounds()):
                made = pyarrow.table(one)
                made.validate(full=True)
                assert made.num_rows == len(table), table.command
            rows = table.render("csv")
            assert len(table.to_pandas()) == len(list(csv.reader(rows.splitlines(True)))) - 1
        graph = store.subgraph()
        for part in (graph.nodes, graph.edges):
            assert pyarrow.table(part).num_rows == len(part) > 0


def test_duckdb_reads_it_by_name(kyiv: annals.Store) -> None:
    duckdb = pytest.importorskip("duckdb")
    claims = kyiv.said()
    assert duckdb.sql("select count(*) from claims").fetchall() == [(len(claims),)]
    found = duckdb.sql("select id from claims where list_contains([one.id for one in speaker], 'putin')")
    wanted = {claim.id for claim in claims if any(one.id == "putin" for one in claim.speaker)}
    assert {row[0] for row in found.fetchall()} == wanted


def random_date(chance: random.Random) -> str:
    year = chance.choice([chance.randint(2020, 2024), chance.randint(-9999, 9999)])
    text = f"{'-' if year < 0 else ''}{abs(year):04}"
    if chance.random() < 0.7:
        text += f"-{chance.randint(1, 12):02}"
        if chance.random() < 0.7:
            text += f"-{chance.randint(1, 28):02}"
    text = chance.choice([text, text, text, text + "~", f"{text}/..", f"../{text}", f"{text}/", f"/{text}"])
    return chance.choice([text, text, "156X", "15XX", "../..", "2001-21", "Y12000", "Y-17E7"])


def test_sql_tells_certainly_from_possibly() -> None:
    duckdb = pytest.importorskip("duckdb")
    chance = random.Random(28)
    texts = [random_date(chance) for _ in range(100)]
    claims = annals.loads(dated(texts), "json").said().with_bounds()
    rows = duckdb.sql(
        """select a.said, b.said, a.said_latest_end < b.said_earliest_start,
                  a.said_earliest_end < b.said_latest_start
           from claims a, claims b"""
    ).fetchall()
    assert len(rows) == 10_000
    for one, other, certain, possible in rows:
        told = Date(one).before(other)
        assert (told.certain, told.possible) == (certain, possible), (one, other)


def test_pandas_holds_every_year() -> None:
    pandas = pytest.importorskip("pandas")
    texts = ["-0044-03-15", "9999-12-31", "Y12000", "-9999", "2023-04", "1880/.."]
    store = annals.loads(dated(texts), "json")
    frame = store.said().to_pandas()
    assert str(frame["said_first"].dtype) == "datetime64[s]"
    by = frame.set_index("said")["said_first"].astype("int64") // 86_400
    for text in texts:
        assert by[text] == int(Date(text).earliest_start), text
    last = frame.set_index("said")["said_last"]
    assert last.isna()["1880/.."] and not last.isna()["Y12000"]
    assert list(frame.columns) == store.said().render("csv").splitlines()[0].split(",")
    assert str(frame["said_precision"].dtype) == "category"
    assert str(frame["line"].dtype) == "int64"
    nested = store.said().to_pandas(nested=True)
    assert nested["speaker"][0][0]["id"] == "a"
    bounds = store.said().with_bounds().to_pandas()
    assert bounds["said_latest_end"].max() == 10**15
    assert isinstance(store.said(limit=0).to_pandas(), pandas.DataFrame)


def test_numpy_has_the_bounds(dates_store: annals.Store) -> None:
    numpy = pytest.importorskip("numpy")
    found = dates_store.said().to_numpy("said")
    assert found.shape == (len(DATES), 4) and found.dtype == numpy.int64
    for row, claim in zip(found.tolist(), dates_store.said(), strict=True):
        assert claim.said is not None
        assert row[0] == int(claim.said.earliest_start) and row[3] == int(claim.said.latest_end)
    with pytest.raises(annals.UsageError, match="said"):
        dates_store.said().to_numpy("quote")


def test_numpy_and_pandas_of_a_large_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    pandas = pytest.importorskip("pandas")
    numpy = pytest.importorskip("numpy")
    from annals import _answers, _frames

    monkeypatch.setattr(_frames, "_AT_ONCE", 100)
    for facts in (dated(DATES * 20), DUPLICATES):
        store = annals.loads(facts, "json")
        small = [table.with_bounds() for table in (store.said(), store.dates(), store.timeline())]
        monkeypatch.setattr(_answers, "_LARGE", 1)
        large = [table.with_bounds() for table in (store.said(), store.dates(), store.timeline())]
        monkeypatch.undo()
        monkeypatch.setattr(_frames, "_AT_ONCE", 100)
        for one, other in zip(small, large, strict=True):
            assert other._large is not None
            pandas.testing.assert_frame_equal(one.to_pandas(), other.to_pandas())
        assert numpy.array_equal(small[0].to_numpy("said"), large[0].to_numpy("said"))
        # No JSON was made for that.
        assert large[0]._native.large is not None
        dates = [row.said for row in store.said()]
        for row, said in zip(small[0].to_numpy("said").tolist(), dates, strict=True):
            assert row == ([numpy.iinfo("int64").min] * 4 if said is None else said._native.bounds)


DUPLICATES = json.dumps(
    {
        "annals": 1,
        "actors": [{"id": "a", "kind": "person", "name": "A name that is longer than twelve letters"}],
        "claims": [
            {
                "id": f"c{nth}",
                "speaker": "a",
                **({"said": {"edtf": "1700-02-29", "calendar": "julian"}} if nth % 3 else {}),
                **({"quote": "“long” " * 30_000} if nth == 7 else {}),
                "content": "x" * (nth % 20),
            }
            for nth in range(400)
        ],
    }
)


def test_texts_are_those_that_every_library_computes_with(kyiv: annals.Store) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    compute = pytest.importorskip("pyarrow.compute")
    table = pyarrow.table(kyiv.said())
    assert table.schema.field("id").type == pyarrow.string()
    assert "view" not in str(table.schema)
    assert table.filter(compute.equal(table["id"], "putin-no-option")).num_rows == 1


def test_a_package_that_is_missing_is_named(kyiv: annals.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for package, called in [
        ("pandas", kyiv.said().to_pandas),
        ("polars", kyiv.said().to_polars),
        ("pyarrow", kyiv.said().to_arrow),
        ("networkx", kyiv.subgraph().to_networkx),
        ("igraph", kyiv.subgraph().to_igraph),
    ]:
        with monkeypatch.context() as only:
            only.setitem(sys.modules, package, None)
            with pytest.raises(annals.MissingPackage, match="pip install") as caught:
                called()
            assert isinstance(caught.value, ImportError)


def test_a_large_answer_is_columns_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    polars = pytest.importorskip("polars")
    from annals import _answers

    store = annals.loads(dated(DATES * 40), "json")
    small = store.said()
    monkeypatch.setattr(_answers, "_LARGE", 500)
    large = store.said()
    assert large._large is not None and large._large.kept
    assert large.to_polars().equals(small.to_polars())
    assert large.to_polars().equals(polars.DataFrame(large))
    assert large._large is not None and small._large is None
    assert len(large) == len(small) == len(DATES) * 40
    assert polars.DataFrame(large).equals(polars.DataFrame(small))
    bounds = large.with_bounds()
    assert bounds._large is not None and len(bounds) == len(large)
    assert bounds.to_polars().equals(small.with_bounds().to_polars())
    assert polars.DataFrame(bounds).equals(polars.DataFrame(small.with_bounds()))
    # The stream can be taken any number of times, rows are made when they are looked at, and JSON when that is
    # wanted.
    assert polars.DataFrame(large).height == len(small)
    monkeypatch.setattr(_answers, "_AT_ONCE", 100)
    assert large[7] == small[7] and large[-1] == small[-1] and list(large) == list(small)
    assert large[3:6] == small[3:6] and large[9:3] == small[9:3] and large[:0].to_dicts() == []
    assert large.to_dicts() == small.to_dicts() and large._repr_html_() == small._repr_html_()
    assert large._native.large is not None
    assert large[10:3:-2] == small[10:3:-2] and large._native.large is None
    assert large.json() == small.json() and large.warnings == small.warnings
    assert pickle.loads(pickle.dumps(store.said())) == small
    assert [row.id for row in large[3:6]] == [row.id for row in small[3:6]]
    assert polars.DataFrame(large[3:6]).equals(polars.DataFrame(small[3:6]))
    # Nothing is large that has few rows.
    assert store.said(limit=3)._large is None


def test_numbers_of_frames_are_numbers() -> None:
    store = annals.open("data")
    network = store.network()
    tables = {
        "count": store.count(per=["speaker", "month"]),
        "voices": store.voices(),
        "nodes": network.nodes,
        "edges": network.edges,
        **{name: getattr(store, name)() for name in ("said", "timeline", "positions", "dates", "promises", "check")},
    }
    for name, table in tables.items():
        frame = table.to_pandas()
        assert len(frame) > 0, name
        for head in frame:
            cells = [cell for cell in frame[head].dropna() if cell != ""]
            if head not in ("note", "value") and frame[head].dtype.kind == "O" and cells:
                numeric = [cell for cell in cells if not isinstance(cell, str) or _is_number(cell)]
                assert len(numeric) < len(cells), (name, head, cells[:3])
    counts = tables["count"].to_pandas()
    rows = tables["count"].to_dicts()
    assert counts["least"].sum() == sum(row["count"][0] for row in rows)
    assert counts["most"].sum() == sum(row["count"][1] for row in rows)
    edges, weights = network.edges.to_pandas(), [row["weight"] for row in network.edges.to_dicts()]
    assert list(edges["weight_most"]) == [most for _, most in weights]
    assert list(edges["a_id"]) == [row["a"]["id"] for row in network.edges.to_dicts()]
    assert edges.nlargest(1, "weight_most")["weight_most"].item() == max(most for _, most in weights)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_every_question_has_the_same_columns_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    polars = pytest.importorskip("polars")
    from annals import _answers

    for facts in ("data", "tests/fixtures/names.yaml", "tests/fixtures/faulty.yaml"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            store = annals.open(facts)
        asked: list[Callable[[], annals.Table[Any]]] = [
            store.said,
            store.timeline,
            store.positions,
            store.contradictions,
            lambda: store.changes(from_="2000"),
            lambda: store.promises(act="asserts"),
            store.voices,
            store.dates,
            lambda: store.find("the"),
            lambda: store.count(per=["speaker", "month", "about"]),
        ]
        for question in asked:
            small = question().with_bounds()
            monkeypatch.setattr(_answers, "_LARGE", 1)
            large = question().with_bounds()
            monkeypatch.undo()
            assert len(small) == 0 or large._large is not None
            assert polars.DataFrame(large).equals(polars.DataFrame(small)), large.command
            assert large.to_polars().equals(small.to_polars())
            assert large.to_polars().equals(polars.DataFrame(small)), large.command
            # They are the rows of the JSON. Days of some years are more than Python's can be.
            frame = polars.DataFrame(large)
            frame = frame.select([name for name, kind in frame.schema.items() if "Date" not in str(kind)])
            for row, columns in zip(small.to_dicts(), frame.to_dicts(), strict=True):
                for key, value in row.items():
                    date = isinstance(value, dict) and "precision" in value
                    assert key not in columns or _alike(value["written"] if date else value, columns[key]), (key, value)


def _alike(row: Any, column: Any) -> bool:
    """Whether a column has what a row has."""
    if isinstance(column, str) and not isinstance(row, str):
        # What is not always of one type stands there as JSON.
        return bool(json.loads(column) == row)
    if isinstance(row, (str, bool, int, float)) and isinstance(column, type(row)):
        return bool(row == column)
    if isinstance(row, list) and isinstance(column, list):
        return len(row) == len(column) and all(map(_alike, row, column))
    if isinstance(row, dict) and isinstance(column, dict):
        return all(_alike(value, column[key]) for key, value in row.items() if key in column)
    return row is None and column is None
