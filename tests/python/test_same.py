"""Every question answers byte for byte what the command prints."""

from __future__ import annotations

import itertools
import os
import shlex
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import annals
import pytest
from annals._questions import COMMANDS
from annals._wording import in_python
from conftest import ROOT, Run

#: What each option is given: values that are in the dossiers, and some that are not.
VALUES: dict[str, list[Any]] = {
    "by": ["{speaker}"],
    "to": ["{speaker}"],
    "about": ["{about}", "nobody at all"],
    "via": ["{speaker}"],
    "at": ["{event}"],
    "in_": ["{document}"],
    "stance": ["supports", ["supports", "opposes"]],
    "act": ["asserts"],
    "mode": ["direct"],
    "tag": ["no-such-tag"],
    "text": ["the"],
    "verified": ["exact", "null"],
    "from_": ["2023-04", annals.Date("2022")],
    "until": ["2023"],
    "before": ["{event}"],
    "after": ["{event}"],
    "surely": [True],
    "retracted": [True],
    "as_of": ["2023-05-01"],
    "rollup": [True, "part_of"],
    "identity": ["all", "stated"],
    "limit": [0, 3],
    "strict": [True],
    "per": [["speaker", "stance"], "month"],
    "of": [None],
    "changed": [True],
    "deep": [None],
    "statistics": [True],
    "contradictions": [True],
    "changes": [True],
    "hops": [None],
    "around": ["{speaker}"],
    "nodes": ["actor", ["actor", "claim"]],
    "edges": ["speaker"],
    "in_time": [True],
    "why": [None],
    "measure": ["subtract", "conflict"],
    "normalise": ["jaccard"],
    "duplicates": ["document"],
    "sign": [None],
    "into": [None],
    "date": ["reported"],
    "window": [None],
    "step": [None],
    "every": ["year"],
    "nth": [None],
    "isolates": [True],
    "at_least": [2],
    "things_at_least": [1],
    "above": [0.5],
    "top": [2],
    "scale": ["three"],
    "over": ["topics"],
    "on": ["2024"],
    "state": [None],
    "theme": ["dark"],
    "width": [900],
    "title": ["<b>A title</b> & more"],
    "link": ["https://example.org/{id}"],
    "lanes": ["side"],
    "pages": [None],
    "id_prefix": ["first-"],
}

#: Arguments by place.
PLACED: dict[str, list[tuple[str, ...]]] = {
    "find": [("the",)],
    "show": [("{speaker}",), ("{event}",), ("{claim}",)],
    "order": [("{event}", "{claim}")],
    "path": [("{speaker}", "{about}")],
    "draw": [("claims",), ("timeline",), ("ladder",), ("graph",)],
}
FORMS = {"table": ["table", "csv", "tsv", "md", "jsonl"]}
NOT_HERE = {"agree", "verify", "explain", "schema", "import", "draft", "export", "build"}


def known(store: annals.Store) -> dict[str, str]:
    """Names that are in a dossier."""
    claims = list(store.said())
    first = next(claim for claim in claims if claim.speaker and claim.about)
    events = [entry.id for entry in store.timeline() if entry.kind == "event"]
    document = next(
        passage.document for claim in claims for passage in claim.evidence if passage.document
    )
    return {
        "{speaker}": first.speaker[0].id,
        "{about}": first.about[0].name,
        "{event}": events[0],
        "{document}": document.id,
        "{claim}": first.id,
    }


def filled(value: Any, names: dict[str, str]) -> Any:
    return names.get(value, value) if isinstance(value, str) else value


def calls(names: dict[str, str], each: int, begin: int = 0) -> list[tuple[str, tuple[str, ...], dict[str, Any]]]:
    """Calls of every method, with one option each; one in so many of them."""
    found = []
    for command, options in COMMANDS.items():
        if command in NOT_HERE:
            continue
        needed = {"per": ["speaker"]} if command == "count" else {}
        for placed in PLACED.get(command, [()]):
            by_place = tuple(filled(one, names) for one in placed)
            found.append((command, by_place, dict(needed)))
        for name, option in options.items():
            if not option.flag:
                continue
            for value in VALUES[name]:
                if value is not None:
                    given = {**needed, name: filled(value, names)}
                    by_place = tuple(filled(one, names) for one in PLACED.get(command, [()])[0])
                    found.append((command, by_place, given))
    return [call for nth, call in enumerate(found) if (nth + begin) % each == 0 or not call[2]]


Answered = tuple[str, "bytes | str", "tuple[str, ...]"]


def asked(store: annals.Store, call: tuple[str, tuple[str, ...], dict[str, Any]]) -> tuple[Any, str]:
    """The answer to a call, or the error."""
    command, placed, given = call
    try:
        return getattr(store, command)(*placed, **given), ""
    except annals.Error as error:
        return None, str(error)


def form_of(answer: Any) -> list[str]:
    return ["-f", answer._form]


@pytest.fixture(scope="module")
def dossiers(tmp_path_factory: pytest.TempPathFactory) -> list[annals.Store]:
    folder = tmp_path_factory.mktemp("löカ漢 with spaces")
    stores = [annals.open("data/kyiv"), annals.open("data/harbour")]
    for name, store in (("kyiv", stores[0]), ("harbour", stores[1])):
        stores.append(annals.open(store.build(folder / f"{name}.annals")))
    return stores


def test_every_answer_is_that_of_the_command(dossiers: list[annals.Store], program: Run) -> None:
    compared = 0
    jobs = []
    # Together they try every option, and with ANNALS_THOROUGH each of them does.
    each = [1] * 4 if os.environ.get("ANNALS_THOROUGH") else [2, 4, 4, 4]
    for nth, (store, one_in) in enumerate(zip(dossiers, each, strict=True)):
        jobs += [(store, call) for call in calls(known(store), one_in, nth)]

    def compare(job: tuple[annals.Store, Any]) -> int:
        store, call = job
        answer, error = asked(store, call)
        if answer is None and error:
            # Why not is what the command says, in words of Python.
            given = store._line(call[0], _arguments(call))
            form = ["-f", "svg"] if call[0] == "draw" else []
            said = in_python(program(*given, *form).stderr.decode())
            first = error.splitlines()[0]
            assert first in said or _plain(first) in _plain(said), (call, error, said)
            return 1
        if answer is None:
            assert call[0] == "path"
            return 1
        done = program(*answer.argv[1:], *form_of(answer))
        assert done.stdout == answer._native.bytes(), (call, answer.command, done.stderr[:500])
        assert done.returncode == answer._native.exit, call
        return 1

    with ThreadPoolExecutor(2) as pool:
        compared = sum(pool.map(compare, jobs))
    assert compared >= 400, compared


def _arguments(call: tuple[str, tuple[str, ...], dict[str, Any]]) -> dict[str, Any]:
    command, placed, given = call
    by_place = [name for name, option in COMMANDS[command].items() if not option.flag]
    return {**dict(zip(by_place, placed, strict=False)), **given}


def _plain(text: str) -> str:
    return " ".join(text.split())


def test_every_command_has_a_method() -> None:
    functions = {"import": "import_"}
    for command in COMMANDS:
        name = functions.get(command, command)
        assert hasattr(annals.Store, name) or hasattr(annals, name), command


def test_other_forms_are_those_of_the_command(kyiv: annals.Store, program: Run) -> None:
    tables: list[Callable[[], Any]] = [
        lambda: kyiv.said(by="Putin"),
        lambda: kyiv.positions(),
        lambda: kyiv.timeline(limit=4),
        lambda: kyiv.count(per="speaker"),
    ]
    for made in tables:
        answer = made()
        for form in FORMS["table"]:
            done = program(*answer.argv[1:], "-f", form)
            assert answer.render(form).encode() == done.stdout, (answer.command, form)
    found = kyiv.check()
    for form in ("table", "concise", "sarif", "github", "csv"):
        assert found.render(form).encode() == program(*found.argv[1:], "-f", form).stdout, form


def test_the_command_can_be_pasted_into_a_shell(kyiv: annals.Store, program: Run) -> None:
    answer = kyiv.said(text='a "b" $c', by=["Putin", "Zelensky"])
    assert answer.command is not None
    words = shlex.split(answer.command)
    assert words[0] == "annals"
    assert program(*words[1:], "-f", "json").stdout == answer.json()


def test_values_that_look_like_options(program: Run, tmp_path: Path) -> None:
    facts = 'annals: 1\nactors:\n  - {id: "-x", name: "--by", kind: person}\n'
    file = tmp_path / "-facts.yaml"
    file.write_text(facts)
    store = annals.open(file)
    shown = store.show("--by")
    assert shown.id == "-x"
    assert program(*shown.argv[1:]).returncode == 0
    assert len(store.said(by="-x")) == 0


def test_exports_and_pictures_are_files_of_the_command(
    kyiv: annals.Store, program: Run, tmp_path: Path
) -> None:
    mine = kyiv.export(tmp_path / "graph.gexf", by="Putin")
    theirs = tmp_path / "theirs.gexf"
    assert program("export", "data/kyiv", "--by", "Putin", "-o", str(theirs)).returncode == 0
    assert Path(mine).read_bytes() == theirs.read_bytes()
    with pytest.raises(FileExistsError):
        kyiv.export(mine)
    kyiv.export(mine, by="Zelensky", overwrite=True)
    assert mine.read_bytes() != theirs.read_bytes()
    picture = kyiv.draw("claims", by="Putin")
    done = program(*picture.argv[1:], "-f", "svg")
    assert done.stdout.decode() == picture.svg
    saved = picture.save(tmp_path / "picture.svg")
    assert Path(saved).read_text() == picture.svg


def test_questions_without_a_store(program: Run, tmp_path: Path) -> None:
    agreed = annals.agree("data/harbour", "data/harbour")
    assert agreed.json() == program(*agreed.argv[1:], "-f", "json").stdout
    receipt = annals.open("data/harbour").said(limit=2).receipt(tmp_path / "r.json")
    verified = annals.verify(receipt)
    assert len(verified) == 0
    assert verified.json() == program("verify", str(receipt), "-f", "json").stdout
    assert annals.explain("AN102").encode() == program("explain", "AN102").stdout
    assert annals.schema("said")["properties"]["schema"]["const"] == "annals.said/1"
    table = tmp_path / "ref.bib"
    table.write_text("@book{a, title={A Title}, author={Carvalho, Ines}, year={2021}}\n")
    imported = annals.import_(table)
    assert str(imported).encode() == program("import", str(table)).stdout
    assert len(imported.store()) > 0


def test_the_list_of_values_is_whole() -> None:
    options = set(itertools.chain.from_iterable(COMMANDS[one] for one in COMMANDS if one not in NOT_HERE))
    placed = {name for one in COMMANDS.values() for name, option in one.items() if not option.flag}
    assert options - placed <= VALUES.keys()
    assert ROOT.exists()
