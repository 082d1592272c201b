"""Chronology by components: what it finds is what one program finds in all facts."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import annals
import pytest


def write(path: Path, records: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


def dossier(nth: int, events: int, dice: random.Random, with_conflict: bool) -> list[dict[str, Any]]:
    """Events of hidden days, dated to the day, the month or not at all, ordered as they were, each by two facts;
    with one more, a circle of three."""
    days = sorted(dice.randrange(1, 3600) for _ in range(events))
    name = [f"e{nth}-{n}" for n in range(events)]
    records: list[dict[str, Any]] = []
    for event, day in zip(name, days, strict=True):
        record: dict[str, Any] = {"type": "event", "id": event, "label": event}
        year, month = 2000 + day // 360, day % 360 // 30 + 1
        when = [f"{year}-{month:02}", f"{year}", None, None][dice.randrange(4)]
        if when:
            record["when"] = when
        records.append(record)
    for n in range(2 * events):
        first, second = sorted(dice.sample(range(events), 2))
        if days[first] // 30 < days[second] // 30:
            records.append(
                {"type": "order", "id": f"o{nth}-{n}", "first": name[first], "relation": "before", "second": name[second]}
            )
    if with_conflict:
        for n in range(3):
            records.append(
                {"type": "order", "id": f"x{nth}-{n}", "first": name[n], "relation": "before", "second": name[(n + 1) % 3]}
            )
    records.append({"type": "actor", "id": f"a{nth}", "name": "Ann", "kind": "person", "lifespan": "1990/2009-06"})
    records.append({"type": "claim", "id": f"c{nth}", "speaker": [f"a{nth}"], "at": name[-1], "said": "2009"})
    records.append({"type": "claim", "id": f"b{nth}", "speaker": ["b"], "responds_to": [f"c{nth}"], "to": [f"a{nth}"]})
    return records


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Twenty dossiers in three files, mixed; ten of them have a conflict."""
    home, dice = tmp_path_factory.mktemp("chronology"), random.Random(5)
    records = [{"type": "actor", "id": "b", "name": "Bo", "kind": "person"}]
    records += [one for nth in range(20) for one in dossier(nth, 12, dice, nth % 2 == 0)]
    dice.shuffle(records)
    paths = [home / f"{nth}.jsonl" for nth in range(3)]
    for nth, path in enumerate(paths):
        write(path, records[nth::3])
    return [str(path) for path in paths]


def lines(*words: str) -> list[dict[str, Any]]:
    told = subprocess.run([sys.executable, "-m", "annals", *words, "-q", "-f", "jsonl"], capture_output=True, check=False)
    return [json.loads(line) for line in told.stdout.split(b"\n") if line]


def in_order(rows: list[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


@pytest.mark.parametrize(("on", "bins"), [(None, 1), (None, 7), ("sail", 3)])
def test_components_tell_what_the_whole_tells(facts: list[str], tmp_path: Path, on: str | None, bins: int) -> None:
    if on == "sail":
        pytest.importorskip("pysail")
    found = annals.chronology(facts, on=on, bins=bins, folder=tmp_path)
    conflicts = [one for one in lines("check", *facts) if one["code"].startswith("AN20")]
    assert len({one["records"][0].partition("-")[0] for one in conflicts}) >= 10
    assert in_order(found.conflicts) == in_order(conflicts)
    dates = lines("dates", *facts, "--changed")
    assert len(dates) > 20 and found.dates == sorted(dates, key=lambda row: (row["source"]["file"], row["source"]["line"]))
    # Few events are in no order; who has no lifespan links nothing.
    assert 20 <= found.components < 60 and not list(tmp_path.iterdir())
    assert found.largest < 60


def test_what_cannot_be_divided_is_said(tmp_path: Path) -> None:
    path = tmp_path / "one.jsonl"
    write(path, dossier(0, 12, random.Random(1), False))
    with pytest.warns(annals.FactsWarning, match="one process"):
        found = annals.chronology(path)
    assert found.components < 5 and found.largest > 20


def test_what_is_refused(tmp_path: Path) -> None:
    with pytest.raises(annals.UsageError, match="JSON Lines"):
        annals.chronology(tmp_path / "a.yaml")
    with pytest.raises(annals.UsageError, match="JSON Lines"):
        annals.chronology([])
    torn = tmp_path / "torn.jsonl"
    torn.write_text("{\n", encoding="utf-8")
    with pytest.raises(annals.UsageError, match="folder="):
        annals.chronology(torn, on="sail")
    with pytest.raises(annals.UsageError, match="bins"):
        annals.chronology(torn, bins=0)
    with pytest.raises(annals.FactsError, match=r"torn\.jsonl:1"):
        annals.chronology(torn)


def test_odd_lines_are_told_of_as_the_whole_tells(tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    odd: list[dict[str, Any]] = [
        {"type": "event", "id": ["a", "list"], "label": "no id"},
        # A topic and an event of one id: the first is meant.
        {"type": "topic", "id": "e0-0", "label": "Grain"},
        {"type": "event", "id": "z", "label": "one\u2028line\r, one event", "when": "2001"},
        {"type": "actor", "id": "z", "name": "Bo", "kind": "person"},
    ]
    records = dossier(0, 12, random.Random(1), True) + odd + dossier(1, 12, random.Random(2), True)
    path.write_bytes("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records).encode())
    found = annals.chronology(path, bins=4)
    conflicts = [one for one in lines("check", str(path)) if one["code"].startswith("AN20")]
    assert len(conflicts) >= 2 and in_order(found.conflicts) == in_order(conflicts)
    assert in_order(found.dates) == in_order(lines("dates", str(path), "--changed"))


@pytest.mark.parametrize("line", [b'{"id": "\xff"}', b"[" * 100_000])
def test_what_is_no_json_is_named(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"type": "topic", "id": "t", "label": "T"}\n' + line + b"\n")
    with pytest.raises(annals.FactsError, match=r"a\.jsonl:2"):
        annals.chronology(path)
