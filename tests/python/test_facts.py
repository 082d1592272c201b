"""Facts made in Python."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path

import annals
import pytest


def made() -> annals.Facts:
    facts = annals.Facts()
    minutes = facts.document("Minutes of 2021", published=datetime.date(2021, 5, 4), id="minutes")
    mayor = facts.actor("Ines Carvalho", kind="person", aliases=["the mayor"])
    council = facts.actor("Harbour Council", kind="organization")
    facts.relation(from_=mayor, kind="member_of", to=council, when="2020/..")
    topic = facts.topic("dredging")
    facts.claim(
        speaker=mayor,
        about=[topic],
        stance="opposes",
        said=annals.Date("2021-05", display="in May"),
        quote="not one day later",
        evidence=annals.Evidence(minutes, quote="not one day later", page=3),
        x_sheet="a 3",
    )
    return facts


def test_records_refer_to_each_other() -> None:
    store = made().store()
    claim = store.said()[0]
    assert (claim.speaker[0].id, claim.said and claim.said.display) == ("ines-carvalho", "in May")
    assert claim.evidence[0].document is not None and claim.evidence[0].document.id == "minutes"
    assert store.check().summary.errors == 0
    assert store.show("the mayor").id == "ines-carvalho"


@pytest.mark.parametrize("ending", ["yaml", "json", "jsonl"])
def test_saved_facts_are_the_same_every_time(ending: str, tmp_path: Path) -> None:
    one, two = tmp_path / f"one.{ending}", tmp_path / f"two.{ending}"
    made().save(one)
    made().save(two)
    assert one.read_bytes() == two.read_bytes()
    store = annals.open(one)
    rows, wanted = store.said().to_dicts(), made().store().said().to_dicts()
    for row in (*rows, *wanted):
        del row["source"]
    assert rows == wanted and store.check().summary.errors == 0
    with pytest.raises(FileExistsError):
        made().save(one)
    assert len(list(tmp_path.iterdir())) == 2
    with pytest.raises(annals.UsageError):
        made().save(tmp_path / "facts.txt")


def test_findings_say_which_line_made_the_record() -> None:
    facts = annals.Facts()
    facts.actor("A. Speaker", kind="person")
    line = sys._getframe().f_lineno + 1
    facts.claim(speaker="nobody", content="x", said="2023")
    findings = facts.check()
    wrong = next(one for one in findings if one.severity == "error")
    assert (wrong.places[0].file, wrong.places[0].line) == (__file__, line)
    with pytest.raises(annals.CheckFailed) as caught:
        findings.raise_for_errors()
    assert caught.value.place is not None and caught.value.place.line == line


def test_findings_in_notebooks_name_the_cell() -> None:
    facts = annals.Facts()
    cell = {"In": ["", "…", "…"], "facts": facts}
    code = "x = 1\nfacts.claim(speaker='nobody', content='x', said='2023')\n"
    exec(compile(code, "<ipython-input-2>", "exec"), cell)
    wrong = next(one for one in facts.check() if one.severity == "error")
    assert (wrong.places[0].file, wrong.places[0].line) == ("notebook cell 2", 2)


def test_types_and_names_are_checked_at_once() -> None:
    facts = annals.Facts()
    with pytest.raises(TypeError, match="did you mean 'aliases'"):
        facts.actor("A", kind="person", alias=["B"])
    with pytest.raises(TypeError):
        facts.actor("A", kind=object())  # type: ignore[arg-type]
    assert len(facts) == 0
    assert [facts.actor("Same", kind="person").id for _ in range(3)] == ["same", "same-2", "same-3"]


def test_tables_and_other_facts_are_taken_in(tmp_path: Path) -> None:
    facts = made()
    rows = [{"Speaker": "Helen Drax", "Date": "2021-06-03", "Quote": "it stays open"}]
    facts.extend(annals.table(rows, annals.suggest(rows)))
    facts.extend({"annals": 1, "topics": [{"id": "basin", "label": "the basin"}]})
    store = facts.store()
    assert {str(claim.speaker[0]) for claim in store.said()} == {"Ines Carvalho", "Helen Drax"}
    assert store.show("basin").kind == "topic"
    with pytest.raises(annals.UsageError):
        facts.extend({"claim": []})
    assert json.loads(facts._written("json")[0])["annals"] == 1
