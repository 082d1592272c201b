"""Tables of other libraries as facts."""

from __future__ import annotations

import datetime
from pathlib import Path

import annals
import pytest

ROWS = [
    {"Speaker": "Ines Carvalho", "Date": "2021-05", "Quote": 'not "one" day,\nlater', "Topic": "dredging"},
    {"Speaker": "Helen Drax", "Date": "2021-06-03", "Quote": "it stays open", "Topic": None},
]
MAPPING = {
    "annals-map": 1,
    "records": {
        "speaker": {"type": "actor", "key": "{Speaker}", "name": "{Speaker}", "kind": "person"},
        "claim": {"type": "claim", "speaker": "$speaker", "said": "{Date}", "quote": "{Quote}"},
    },
    "rest": "claim",
}


def test_rows_become_facts(tmp_path: Path) -> None:
    facts = annals.table(ROWS, MAPPING)
    claims = facts.store().said()
    assert [claim.quote for claim in claims] == ['not "one" day,\nlater', "it stays open"]
    assert [str(claim.said) for claim in claims] == ["2021-05", "2021-06-03"]
    assert facts.command is None
    saved = facts.save(tmp_path / "facts.yaml")
    assert annals.open(saved).said().to_dicts()[0]["id"] == claims[0].id
    assert Path(saved).read_text() == str(facts) == str(annals.table(ROWS, MAPPING))
    assert "/tmp" not in str(facts)
    mapping = tmp_path / "map.yaml"
    mapping.write_text(annals.suggest(ROWS))
    assert len(annals.table(ROWS, mapping).store().said()) == 2
    with pytest.raises(FileNotFoundError):
        annals.table(ROWS, tmp_path / "none.yaml")


def test_frames_of_every_library_give_the_same_facts() -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    pyarrow, duckdb = pytest.importorskip("pyarrow"), pytest.importorskip("duckdb")
    wanted = str(annals.table(ROWS, MAPPING))
    frame = polars.DataFrame(ROWS)
    relation = duckdb.sql("select * from frame")
    for data in (pandas.DataFrame(ROWS), frame, pyarrow.Table.from_pylist(ROWS), relation, iter(ROWS)):
        assert str(annals.table(data, MAPPING)) == wanted


def test_cells_keep_what_they_say() -> None:
    from annals._tables import _cell

    assert [_cell(one) for one in (None, float("nan"), True, 2021.0, 0.5, 7)] == ["", "", "true", "2021", "0.5", "7"]
    assert _cell(datetime.date(2021, 5, 3)) == "2021-05-03"
    assert _cell(datetime.datetime(2021, 5, 3)) == "2021-05-03"
    pandas = pytest.importorskip("pandas")
    assert _cell(pandas.Period("2021-05", "M")) == "2021-05"
    assert [_cell(one) for one in (pandas.NaT, pandas.NA, pandas.Timestamp("2021-05-03"))] == ["", "", "2021-05-03"]


@pytest.mark.parametrize("wrong", ["a,b", 3, {"a": 1}, [1, 2], [["a"]]])
def test_what_is_no_table(wrong: object) -> None:
    with pytest.raises(TypeError):
        annals.table(wrong, MAPPING)
    with pytest.raises(annals.UsageError):
        annals.suggest([])


def test_what_cannot_be_read_in_one_way_asks() -> None:
    rows = [{"Speaker": "Ana", "Date": "3/4/2021", "Quote": "Not one day later, as we all said."}]
    with pytest.raises(annals.FactsError, match="the day or the month") as caught:
        annals.table(rows, annals.suggest(rows))
    error = caught.value
    assert error.code == "AN034" and error.findings
    assert str(error.place) == "table.csv:2:5"
    # The folder in which it was read is gone.
    assert "annals-" not in str(error) + error.__notes__[0]
    assert "3/4/2021" in error.__notes__[0] and "dates: dmy" in error.__notes__[0]
    claims = annals.table(rows, annals.suggest(rows) + "\ndates: dmy\n")
    assert "2021-04-03" in claims.json().decode()


def test_a_column_that_is_not_there_is_named() -> None:
    mapping = {"annals-map": 1, "records": {"who": {"type": "actor", "key": "{wo}", "name": "{Who}", "kind": "person"}}}
    with pytest.raises(annals.FactsError, match="no column “wo”") as caught:
        annals.table([{"Who": "Ana"}], mapping)
    assert caught.value.code == "AN031"
    assert str(caught.value.place).startswith("mapping.yaml:1:")
