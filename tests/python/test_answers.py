"""Rows, views, files, pickling, threads and processes."""

from __future__ import annotations

import concurrent.futures
import json
import multiprocessing
import pickle
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import annals
import pytest
from conftest import ROOT


def test_rows_have_the_keys_of_the_json(kyiv: annals.Store) -> None:
    claims = kyiv.said()
    whole = json.loads(claims.json())["data"]
    assert claims.to_dicts() == whole == [claim.to_dict() for claim in claims]
    claim = next(one for one in claims if one.speaker and one.said and one.evidence)
    raw = claim.to_dict()
    assert str(claim.speaker[0]) == raw["speaker"][0]["name"]
    assert claim.speaker[0].id == raw["speaker"][0]["id"]
    assert claim.said is not None and claim.said.written == raw["said"]["written"]
    place = raw["source"]
    assert str(claim.source) == f"{place['file']}:{place['line']}:{place['column']}"
    assert claim.evidence[0].quote == raw["evidence"][0]["quote"]
    for one in claims:
        for name in type(one)._keys:
            getattr(one, name + "_" if name in ("from", "in", "as") else name)


def test_every_row_of_every_table_can_be_read(kyiv: annals.Store, harbour: annals.Store) -> None:
    read = 0
    for store in (kyiv, harbour):
        tables: list[annals.Table[Any]] = [store.said(), store.find("the"), store.timeline(), store.positions()]
        tables += [store.count(per=["speaker", "month"]), store.contradictions(), store.changes(from_="1900")]
        tables += [store.promises(), store.voices(), store.dates(), store.check()]
        graph = store.subgraph()
        for table in [*tables, graph.nodes, graph.edges]:
            for row in table:
                read += 1
                names = [name for name in dir(type(row)) if not name.startswith("_")]
                for name in names:
                    getattr(row, name)
                assert pickle.loads(pickle.dumps(row)) == row
                assert repr(row)
    assert read > 500


def test_tables_are_lists_of_rows(kyiv: annals.Store) -> None:
    claims = kyiv.said()
    assert claims[0] == next(iter(claims)) and claims[-1] == claims[len(claims) - 1]
    assert [one.id for one in claims[1:9:3]] == [one.id for one in claims][1:9:3]
    assert claims[::-1][0] == claims[-1] and len(claims[5:2]) == 0
    assert claims[2:][1] == claims[3] and claims[2:8][1:][0] == claims[3]
    assert claims == kyiv.said() and claims != kyiv.said(limit=1)
    with pytest.raises(IndexError):
        claims[len(claims)]
    with pytest.raises(annals.UsageError):
        claims[:2].json()
    assert claims[:2].to_pandas()["id"].tolist() == [one.id for one in claims[:2]]


def test_records_have_attributes(kyiv: annals.Store) -> None:
    overview = kyiv.overview()
    assert overview.counts.claims == overview.data.counts.claims == len(kyiv.said())
    assert kyiv.show("putin").label == "Vladimir Putin"
    with pytest.raises(AttributeError):
        overview.nothing  # noqa: B018


def test_views_are_options(kyiv: annals.Store) -> None:
    view = kyiv.where(by="Zelensky").as_of("2023-06")
    assert view.said().argv == ("annals", "said", "data/kyiv", "--by", "Zelensky", "--as-of", "2023-06")
    assert view.said() == kyiv.said(by="Zelensky", as_of="2023-06")
    assert view.said(by="Putin").argv[4] == "Putin"
    window = kyiv.window("2023-04", "2023-05")
    assert window.timeline() == kyiv.timeline(from_="2023-04", until="2023-05")
    assert "by='Zelensky'" in repr(view)
    # What a question cannot be asked is not left out silently.
    with pytest.raises(annals.UsageError, match="dates"):
        view.dates()
    with pytest.raises(TypeError, match="did you mean 'about'"):
        kyiv.where(abuot="Zelensky")


def test_things_are_ids_names_refs_and_rows(kyiv: annals.Store) -> None:
    claim = next(one for one in kyiv.said() if one.speaker)
    ref = claim.speaker[0]
    wanted = kyiv.said(by=ref.id)
    assert wanted == kyiv.said(by=ref) == kyiv.said(by=[ref])
    assert kyiv.show(claim).id == claim.id
    shown = kyiv.show(kyiv.timeline()[0])
    assert shown.id == kyiv.timeline()[0].id


def test_answers_are_saved_whole_and_never_over_a_file(kyiv: annals.Store, tmp_path: Path) -> None:
    claims = kyiv.said(limit=3)
    path = claims.save(tmp_path / "löカ漢.csv")
    assert Path(path).read_text() == claims.render("csv")
    with pytest.raises(FileExistsError):
        claims.save(path)
    kyiv.said(limit=1).save(path, overwrite=True)
    assert len(Path(path).read_text().splitlines()) == 2
    with pytest.raises(annals.UsageError):
        claims.save(tmp_path / "claims.unknown")
    with pytest.raises(annals.UsageError):
        claims.save("data/kyiv/kyiv.yaml", overwrite=True)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["löカ漢.csv"]


def test_documents(kyiv: annals.Store, tmp_path: Path) -> None:
    brief = kyiv.brief(by="Putin")
    assert str(brief).startswith("#") and brief.render("html").startswith("<!")
    assert brief.to_bytes("docx")[:2] == b"PK"
    with pytest.raises(annals.UsageError, match="said"):
        brief.json()
    assert Path(brief.save(tmp_path / "b.html")).read_text().startswith("<!")


def test_facts_from_memory_have_no_command() -> None:
    store = annals.loads("annals: 1\nactors: [{id: nato, name: NATO, kind: organization}]")
    assert store.show("NATO").command is None
    assert len(store) == 1 and store.paths == ()
    assert annals.loads('{"annals": 1}', "json").said().json()


def test_a_closed_store_says_so() -> None:
    with annals.open("data/harbour") as store:
        claims = store.said()
    assert len(claims) > 0
    with pytest.raises(ValueError, match="closed"):
        store.said()


def test_reload_reads_what_changed(tmp_path: Path) -> None:
    file = tmp_path / "facts.yaml"
    file.write_text("annals: 1\nactors: [{id: nato, name: NATO, kind: organization}]\n")
    store = annals.open(file)
    before = store.overview()
    file.write_text(
        "annals: 1\nactors:\n  - {id: nato, name: NATO, kind: organization}\n  - {id: eu, name: EU, kind: organization}\n"
    )
    assert (len(store.reload()), len(store)) == (2, 1)
    assert store.overview() == before


def test_stores_and_answers_can_be_pickled(kyiv: annals.Store, tmp_path: Path) -> None:
    view = kyiv.where(by="Putin")
    assert pickle.loads(pickle.dumps(view)).said() == view.said()
    answers = [kyiv.said(), kyiv.overview(), kyiv.subgraph(), kyiv.brief(), kyiv.draw("claims"), kyiv.check()]
    for answer in answers:
        again = pickle.loads(pickle.dumps(answer))
        assert again == answer and again.argv == answer.argv and again.warnings == answer.warnings
        with pytest.raises(annals.UsageError, match="kept"):
            again.render("nothing")
    memory = annals.loads("annals: 1\nactors: [{id: nato, name: NATO, kind: organization}]")
    assert pickle.loads(pickle.dumps(memory)).show("nato") == memory.show("nato")
    file = tmp_path / "facts.yaml"
    file.write_text("annals: 1\nactors: [{id: nato, name: NATO, kind: organization}]\n")
    kept = pickle.dumps(annals.open(file))
    file.write_text("annals: 1\nactors: [{id: nato, name: Nato, kind: organization}]\n")
    with pytest.raises(annals.UsageError, match="changed"):
        pickle.loads(kept)


def test_threads_share_a_store(kyiv: annals.Store) -> None:
    questions: dict[str, Callable[[], annals.Result]] = {
        **{
            name: getattr(kyiv, name)
            for name in (
                "said timeline positions contradictions promises voices dates check overview network subgraph brief"
            ).split()
        },
        "count": lambda: kyiv.count(per=["speaker", "month"]),
        "find": lambda: kyiv.find("NATO"),
        "changes": lambda: kyiv.changes(from_="2023"),
        "show": lambda: kyiv.show("putin"),
        "order": lambda: kyiv.order("visit", "putin-no-option"),
        "path": lambda: kyiv.path("putin", "zelensky") or pytest.fail("there is a path"),
        "draw": lambda: kyiv.draw("claims"),
        "why": lambda: kyiv.dates(why="visit"),
    }

    def bytes_of(name: str) -> bytes:
        answer = questions[name]()
        return answer._native.bytes()

    wanted = {name: bytes_of(name) for name in questions}
    # Whatever asks a store is here.
    others = {"export", "build"}
    from annals._questions import Questions

    methods = {name for name in vars(Questions) if not name.startswith("_")}
    assert methods - others == wanted.keys() - {"why"}
    failed: list[str] = []

    def ask() -> None:
        for name, answer in wanted.items():
            if bytes_of(name) != answer:
                failed.append(name)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed


def asked(store: annals.Store) -> int:
    return len(store.said(by="Putin"))


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_processes_share_a_store(kyiv: annals.Store, method: str) -> None:
    context = multiprocessing.get_context(method)
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=context) as pool:
        counts = list(pool.map(asked, [kyiv] * 4, timeout=120))
    assert counts == [asked(kyiv)] * 4
    assert ROOT.exists()


def test_what_another_store_has_read_can_be_replaced(kyiv: annals.Store, tmp_path: Path) -> None:
    """A process lives on: what was read once, by whom ever, is not an input for ever."""
    file = tmp_path / "facts.json"
    file.write_text('{"annals": 1}')
    annals.open(file).said()
    saved = kyiv.said(limit=1).save(file, overwrite=True)
    assert len(json.loads(Path(saved).read_text())["data"]) == 1
