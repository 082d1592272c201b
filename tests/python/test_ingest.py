"""A snapshot that is built in parts: its answers are those of one build of all files."""

from __future__ import annotations

import json
from pathlib import Path

import annals
import pytest

ROOT = Path(__file__).parent.parent.parent

ASKED = ["said", "timeline", "positions", "overview", "network", "contradictions"]


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """A dossier in several files, which refer to each other."""
    lines: list[dict[str, object]] = [
        {"type": "actor", "id": f"a{n}", "name": f"Ann {n}", "kind": "person"} for n in range(5)
    ]
    lines.append({"type": "topic", "id": "t", "label": "Topic"})
    lines += [
        {
            "type": "claim",
            "id": f"c{n}",
            "speaker": [f"a{n % 5}"],
            "said": f"2023-04-{n % 28 + 1:02}",
            "stance": [{"toward": "t", "value": ["supports", "opposes"][n % 3 % 2]}],
            "content": f"It stays open {n}.",
        }
        for n in range(60)
    ]
    paths = [tmp_path / f"{nth}.jsonl" for nth in range(4)]
    for nth, path in enumerate(paths):
        path.write_text("".join(json.dumps(line) + "\n" for line in lines[nth::4]), encoding="utf-8")
    return [str(path) for path in paths]


def answers(path: Path) -> list[str]:
    store = annals.open(path)
    return [getattr(store, question)().json() for question in ASKED]


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.suffix in (".parts", ".annals")}


@pytest.mark.parametrize("on", [None, "sail"])
@pytest.mark.parametrize("shards", [None, 2])
def test_parts_answer_as_one_build(files: list[str], tmp_path: Path, on: str | None, shards: int | None) -> None:
    if on == "sail":
        pytest.importorskip("pysail")
    path = annals.ingest(files, tmp_path / "all.annals", on=on, shards=shards, for_cluster=True)
    once = annals.open(*files).build(tmp_path / "once.annals", for_cluster=True)
    assert answers(path) == answers(once)
    assert left(tmp_path) == {"all.annals", "once.annals"}
    parts = {part.name for part in (path / "claims").iterdir()}
    assert len(parts) == (shards or len(files)) + 1
    # The same again gives the same bytes.
    manifest = (path / "manifest.json").read_bytes()
    annals.ingest(files, path, on=on, shards=shards, for_cluster=True)
    assert (path / "manifest.json").read_bytes() == manifest


@pytest.mark.parametrize("on", [None, "sail"])
def test_what_fails_is_built_again_alone(files: list[str], tmp_path: Path, on: str | None) -> None:
    if on == "sail":
        pytest.importorskip("pysail")
    slip = tmp_path / "slip.yaml"
    slip.write_text("annals: 1\nactors: [", encoding="utf-8")
    out = tmp_path / "all.annals"
    with pytest.raises(annals.FactsError, match="1 of 5 parts") as raised:
        annals.ingest([*files, slip], out, on=on)
    assert any("slip.yaml" in note for note in raised.value.__notes__)
    assert left(tmp_path) == {"all.parts"}
    kept = sorted((tmp_path / "all.parts").glob("*.part"))
    built = {part.name: (part / "manifest.json").stat().st_mtime_ns for part in kept}
    assert len(built) == 4
    slip.write_text("annals: 1\nactors: [{id: z, name: Z, kind: person}]\n", encoding="utf-8")
    # Other files are not what is there.
    with pytest.raises(annals.UsageError, match="other files or options"):
        annals.ingest(files, out, on=on, resume=True)
    for part in kept:
        assert (part / "manifest.json").stat().st_mtime_ns == built[part.name]
    path = annals.ingest([*files, slip], out, on=on, resume=True)
    assert annals.open(path).show("z").kind == "actor"
    assert left(tmp_path) == {"all.annals"}


def test_what_no_part_tells_is_a_warning(files: list[str], tmp_path: Path) -> None:
    more = tmp_path / "more.jsonl"
    more.write_text('{"type":"claim","id":"c1","speaker":["nobody"],"content":"x"}\n', encoding="utf-8")
    out = tmp_path / "all.annals"
    with pytest.warns(annals.FactsWarning) as warned:
        annals.ingest([*files, more], out)
    said = str(warned[0].message)
    assert "AN101" in said and "AN102" in said and "more.jsonl:1" in said and ".jsonl:2" in said, said
    with pytest.raises(annals.CheckFailed):
        annals.ingest([*files, more], tmp_path / "none.annals", strict=True)
    assert "none.annals" not in left(tmp_path)


def test_what_cannot_be(files: list[str], tmp_path: Path) -> None:
    with pytest.raises(annals.UsageError, match=r"\.annals"):
        annals.ingest(files, tmp_path / "all")
    with pytest.raises(annals.UsageError, match="no files"):
        annals.ingest([], tmp_path / "all.annals")
    with pytest.raises(annals.UsageError, match="number of parts"):
        annals.ingest(files, tmp_path / "all.annals", shards=0)
    with pytest.raises(annals.UsageError, match="DuckDB"):
        annals.ingest(files, tmp_path / "all.annals", on="duckdb")
    foreign = tmp_path / "all.parts"
    foreign.mkdir(exist_ok=True)
    (foreign / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(annals.UsageError, match=r"mine\.txt"):
        annals.ingest(files, tmp_path / "all.annals")
    assert (foreign / "mine.txt").is_file()
