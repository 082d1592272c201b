"""Errors: their classes, what they know, and that they can be pickled."""

from __future__ import annotations

import pickle
import warnings
from collections.abc import Callable
from pathlib import Path

import annals
import pytest

FAULTY = """annals: 1
actors: [{id: a, name: A, kind: person}]
claims:
  - {id: c1, speaker: nobody, content: x, said: 2023-04-20}
"""


def test_files_that_are_not_there() -> None:
    with pytest.raises(FileNotFoundError) as caught:
        annals.open("no/such/file.yaml")
    assert caught.value.filename == "no/such/file.yaml"
    with pytest.raises(FileNotFoundError):
        annals.open("data/kyiv", texts="no/such/folder")


def test_settings_may_be_another_file(tmp_path: Path) -> None:
    file, settings = tmp_path / "facts.yaml", tmp_path / "own.toml"
    file.write_text("annals: 1\nactors: [{id: ship, name: The Hope, kind: vessel}]\n")
    with pytest.warns(annals.FactsWarning):
        annals.open(file)
    settings.write_text('[vocabulary]\nactor_kinds = ["vessel"]\n')
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        store = annals.open(file, config=settings)
        again = pickle.loads(pickle.dumps(store))
    said = again.said()
    assert said.argv == ("annals", "said", str(file), "--config", str(settings))
    with pytest.raises(FileNotFoundError):
        annals.open(file, config=tmp_path / "none.toml")
    settings.write_text("[vocabulary]\nkinds = []\n")
    with pytest.raises(annals.Error, match="own.toml:2:1: unknown field"):
        annals.open(file, config=settings)
    with pytest.raises(TypeError):
        store.said(config=settings)  # type: ignore[call-arg]


def test_facts_that_do_not_parse_have_a_place(tmp_path: Path) -> None:
    file = tmp_path / "broken.json"
    file.write_text('{"annals": 1,\n "claims": [}')
    with pytest.raises(annals.FactsError) as caught:
        annals.open(file)
    error = caught.value
    assert error.place is not None and error.place.line == 2
    assert error.place.file.endswith("broken.json") and error.code is not None
    # The excerpt that the command shows is in the traceback.
    assert any("broken.json" in note for note in error.__notes__)
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.code, str(again.place)) == (str(error), error.code, str(error.place))


def test_faulty_facts_warn(tmp_path: Path) -> None:
    file = tmp_path / "faulty.yaml"
    file.write_text(FAULTY)
    with pytest.warns(annals.FactsWarning, match="annals check"):
        store = annals.open(file)
    findings = store.check()
    assert findings.summary.errors > 0 and findings[0].code.startswith("AN")
    with pytest.raises(annals.CheckFailed) as caught:
        findings.raise_for_errors()
    assert caught.value.place is not None and caught.value.place.line == 4
    with pytest.raises(annals.CheckFailed) as caught:
        annals.open(file, strict=True)
    assert caught.value.findings
    with pytest.raises(annals.CheckFailed):
        store.said(strict=True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        annals.open("data/harbour").check().raise_for_errors()


def test_names_that_are_unknown_or_of_several(kyiv: annals.Store) -> None:
    with pytest.raises(annals.UnknownName) as caught:
        kyiv.said(by="Zelenski")
    assert caught.value.asked == "Zelenski" and "zelensky" in dict(caught.value.nearest)
    assert isinstance(caught.value, (ValueError, LookupError))
    store = annals.loads(
        "annals: 1\nactors:\n  - {id: a, name: Same, kind: person}\n  - {id: b, name: Same, kind: person}\n"
    )
    with pytest.raises(annals.AmbiguousName) as ambiguous:
        store.said(by="Same")
    assert {one[0] for one in ambiguous.value.candidates} == {"a", "b"}
    for error in (caught.value, ambiguous.value):
        again = pickle.loads(pickle.dumps(error))
        assert type(again) is type(error) and again.__dict__ == error.__dict__


def test_errors_name_arguments_not_options(kyiv: annals.Store) -> None:
    cases: list[tuple[Callable[[], object], str]] = [
        (lambda: kyiv.changes(), 'from_= is missing: the day from which on it is new, as in from_="2021-10-06"'),
        (lambda: kyiv.said(rollup=True), "rollup=True adds those who stood for an actor: give one with by=, to= or about="),
        (lambda: kyiv.said(stance="likes"), "invalid value 'likes' for stance=\n"),  # type: ignore[arg-type]
        (lambda: kyiv.draw("claims", id_prefix="!"), "invalid value '!' for id_prefix=: "),
        (lambda: kyiv.network(nth=99, window="P30D"), "nth=99: "),
    ]
    for asked, says in cases:
        with pytest.raises(annals.UsageError) as caught:
            asked()
        assert str(caught.value).startswith(says)
    # Names are as they were given, and commands are commands.
    with pytest.raises(annals.UnknownName, match='^"--by" is not'):
        kyiv.said(by="--by")
    assert "(use texts=)" in kyiv.said(by="Putin").warnings[0]
    from annals._wording import in_python

    assert in_python("`annals said --by A` shows more, without --by") == "`annals said --by A` shows more, without by="
    assert in_python('--scale three, --window P30D, --about "a b", --quiet, a--by') == (
        'scale="three", window="P30D", about="a b", --quiet, a--by'
    )


def test_wrong_arguments(kyiv: annals.Store) -> None:
    with pytest.raises(annals.DateError):
        kyiv.said(from_="20 April 2023")
    with pytest.raises(annals.UsageError):
        kyiv.said(stance="likes")  # type: ignore[arg-type]
    with pytest.raises(annals.UsageError):
        kyiv.said(rollup=True)
    with pytest.raises(TypeError, match="Did you mean 'stance'"):
        kyiv.said(stanse="supports")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Did you mean 'by'"):
        kyiv.said(speaker="Putin")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Did you mean 'from_'"):
        kyiv.said(since="2023")  # type: ignore[call-arg]
    for wrong in (3, object(), True):
        with pytest.raises(TypeError):
            kyiv.said(by=wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        kyiv.said(limit="3")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        kyiv.said(surely="yes")  # type: ignore[arg-type]
    for hostile in ("a\0b", "\ud800"):
        with pytest.raises(annals.UsageError):
            kyiv.said(by=hostile)
    with pytest.raises(annals.UsageError):
        annals.open("data\0kyiv")
    with pytest.raises(annals.UsageError):
        annals.open("-")


ALL = [
    annals.Error,
    annals.FactsError,
    annals.UsageError,
    annals.UnknownName,
    annals.AmbiguousName,
    annals.DateError,
    annals.CheckFailed,
    annals.MissingPackage,
    annals.InternalError,
]


@pytest.mark.parametrize("kind", ALL)
def test_every_error_can_be_pickled(kind: type[annals.Error]) -> None:
    error = kind("words")
    error.code = "AN101"
    error.place = annals.Place({"file": "f", "line": 1, "column": 2, "end_line": 1, "end_column": 3})
    error.add_note("the excerpt")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind and again.args == error.args and again.__notes__ == ["the excerpt"]
    assert again.place == error.place and again.code == "AN101"
