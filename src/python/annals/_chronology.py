"""Chronology by components: what no fact links in time is looked at apart, by processes here or tasks of an engine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ._engine import Connect, connected
from ._errors import FactsError, FactsWarning, UsageError

__all__ = ["Chronology", "chronology"]

PathLike = str | os.PathLike[str]

#: The fields of each kind of record that link it to others in time, as far as those can have a date.
_LINKS = {
    "order": ("first", "second"),
    "event": ("part_of", "causes", "participants", "evidence"),
    "claim": ("at", "responds_to", "repeats", "as", "speaker", "evidence"),
    "relation": ("from", "to", "evidence"),
}
#: The findings that come of what facts say about time together.
_CONFLICTS = "AN20"
#: A component of more than this share of all records is named.
_LARGE = 0.5


@dataclass(frozen=True)
class Chronology:
    """What all facts together say about time."""

    dates: list[dict[str, Any]]
    """The rows of ``annals dates --changed``: every record whose date the others narrow."""
    conflicts: list[dict[str, Any]]
    """The findings AN201 to AN209 of ``annals check``: facts that cannot all be true."""
    components: int
    """How many groups of records no fact links in time."""
    largest: int
    """How many records the largest of them has."""


def chronology(
    paths: PathLike | Iterable[PathLike],
    *,
    on: object = None,
    bins: int | None = None,
    workers: int | None = None,
    folder: PathLike | None = None,
) -> Chronology:
    """What ``annals dates --changed`` and ``annals check`` say about time, of facts in many groups that nothing
    links in time: each group is looked at apart.

    :param paths: fact files in JSON Lines.
    :param on: the engine whose tasks do the work, as of ``ingest``. All workers must have this package and
        pandas, and see ``folder`` under the same name. Without it, processes here do.
    :param bins: into how many files the groups are packed; each is one task. By default four for each worker.
    :param workers: how many processes at a time, without ``on``; by default one for each core.
    :param folder: where these files are written, and removed afterwards; needed with ``on``.

    A group is never divided: one with more than half of all records is one task, whatever the number of workers,
    and a ``FactsWarning`` says so.

    >>> import annals, json, tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as home:
    ...     path = Path(home, "a.jsonl")
    ...     lines = [{"type": "event", "id": x, "label": x, "when": d} for x, d in [("a", "2021"), ("b", "2021-03-02")]]
    ...     lines.append({"type": "order", "id": "o", "first": "a", "relation": "before", "second": "b"})
    ...     _ = path.write_text("".join(json.dumps(line) + "\\n" for line in lines))
    ...     found = annals.chronology(path)
    >>> found.dates[0]["id"], found.dates[0]["end"]["narrowed"]
    ('a', ['2021-01-01', '2021-03-01'])
    """
    all_paths = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    files = [os.fspath(path) for path in all_paths]
    other = [path for path in files if not path.endswith(".jsonl")]
    if not files or other:
        what = f"{other[0]} is not" if other else "there are no"
        raise UsageError(f"{what} facts in JSON Lines: `annals export --format jsonl` writes them")
    if on is not None and folder is None:
        raise UsageError("with on=, folder= is a folder that all workers see")
    if bins is not None and bins < 1:
        raise UsageError(f"bins is a number of files, not {bins}")
    engine = None if on is None else connected(on)
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix="annals-chronology-") as home:
            groups = _Groups(files)
            if groups.largest > max(1, _LARGE * groups.count):
                warnings.warn(
                    f"{groups.largest} of {groups.count} records are one group that facts link in time: one process "
                    "looks at all of them",
                    FactsWarning,
                    stacklevel=2,
                )
            cores = workers or os.cpu_count() or 1
            written = groups.write(Path(home), bins or 4 * cores)
            names = [str(path) for path in written]
            told = _by_processes(names, cores) if engine is None else _by_engine(names, engine)
            return groups.joined(written, told)
    finally:
        if engine is not None:
            engine.close()


class _Groups:
    """Records, and which of them facts link in time."""

    def __init__(self, files: list[str]) -> None:
        self.files = files
        #: By number: the id, and the number of another record of the same group, or its own.
        self.parent: list[int] = []
        self.number: dict[str, int] = {}
        #: What has no date of its own: it is repeated wherever it is referred to.
        self.timeless: dict[str, str] = {}
        links: list[tuple[int, list[str]]] = []
        for _, _, line, record in _records(files):
            kind, name = record.get("type"), record.get("id")
            if _is_timeless(record):
                self.timeless.setdefault(record["id"], line)
                continue
            own = len(self.parent)
            self.parent.append(own)
            if isinstance(name, str):
                # Of two with one id the references mean the first; both stay together.
                self.parent[own] = self.number.setdefault(name, own)
            linked = [word for field in _LINKS.get(str(kind), ()) for word in _words(record.get(field))]
            if linked:
                links.append((own, linked))
        for own, linked in links:
            for word in linked:
                other = self.number.get(word)
                if other is not None:
                    self._join(own, other)
        self.count = len(self.parent)
        sizes: dict[int, int] = {}
        for own in range(self.count):
            root = self._root(own)
            sizes[root] = sizes.get(root, 0) + 1
        self.sizes = sizes
        self.largest = max(sizes.values(), default=0)

    def _root(self, own: int) -> int:
        parent = self.parent
        while parent[own] != own:
            parent[own] = parent[parent[own]]
            own = parent[own]
        return own

    def _join(self, one: int, two: int) -> None:
        one, two = self._root(one), self._root(two)
        # The lower number is kept, so that the groups do not depend on the order of links.
        self.parent[max(one, two)] = min(one, two)

    def write(self, home: Path, bins: int) -> list[Path]:
        """Packs the groups into files, each with its lines in the order of all; notes where they come from."""
        bins = max(1, min(bins, len(self.sizes)))
        weights = [0] * bins
        bin_of: dict[int, int] = {}
        for root in sorted(self.sizes, key=lambda root: (-self.sizes[root], root)):
            least = weights.index(min(weights))
            bin_of[root] = least
            weights[least] += self.sizes[root]
        paths = [home / f"{nth:05}.jsonl" for nth in range(bins)]
        self.places: list[list[tuple[str, int]]] = [[] for _ in paths]
        needed: list[dict[str, None]] = [{} for _ in paths]
        own = 0
        outs = [path.open("w", encoding="utf-8", newline="\n") for path in paths]
        try:
            for file, number, line, record in _records(self.files):
                if _is_timeless(record):
                    continue
                nth = bin_of[self._root(own)]
                own += 1
                outs[nth].write(line)
                self.places[nth].append((file, number))
                needed[nth].update((word, None) for word in _words(record) if word in self.timeless)
            for out, words in zip(outs, needed, strict=True):
                out.writelines(self.timeless[word] for word in words)
        finally:
            for out in outs:
                out.close()
        return paths

    def joined(self, paths: list[Path], told: dict[str, str]) -> Chronology:
        """What was found in all files, at the places where the records stand."""
        dates: list[tuple[tuple[int, int], dict[str, Any]]] = []
        conflicts: list[tuple[tuple[int, int], dict[str, Any]]] = []
        order = {file: nth for nth, file in enumerate(sorted(self.files))}
        for nth, path in enumerate(paths):
            answer: dict[str, list[dict[str, Any]]] = json.loads(told[str(path)])
            for into, rows in ((dates, answer["dates"]), (conflicts, answer["conflicts"])):
                for row in rows:
                    places: list[dict[str, Any]] = [row["source"]] if "source" in row else row["places"]
                    for place in places:
                        place["file"], place["line"] = self._place(nth, place)
                        if "end_line" in place:
                            place["end_line"] = place["line"]
                    file, line = (places[0]["file"], places[0]["line"]) if places else ("", 0)
                    into.append(((order.get(file, 0), line), row))
        return Chronology(
            [row for _, row in sorted(dates, key=lambda one: one[0])],
            [row for _, row in sorted(conflicts, key=lambda one: one[0])],
            len(self.sizes),
            self.largest,
        )

    def _place(self, nth: int, place: dict[str, Any]) -> tuple[str, int]:
        """Where a line of one of the files comes from; what is repeated there stays where it is."""
        places = self.places[nth]
        line = int(place["line"])
        return places[line - 1] if line <= len(places) else (place["file"], line)


def _is_timeless(record: dict[str, Any]) -> bool:
    """Whether a record says nothing about time, and others name it."""
    is_such = record.get("type") in ("actor", "topic", "place") and "lifespan" not in record
    return is_such and isinstance(record.get("id"), str)


def _records(files: list[str]) -> Iterator[tuple[str, int, str, dict[str, Any]]]:
    """The records of all files in the order of their names, each with its file, line and text."""
    for file in sorted(files):
        with open(file, "rb") as lines:
            for number, data in enumerate(lines, 1):
                try:
                    line = data.decode("utf-8-sig" if number == 1 else "utf-8")
                    record = json.loads(line) if line.strip() else None
                except (ValueError, RecursionError) as error:
                    raise FactsError(f"{file}:{number}: {error}") from None
                if isinstance(record, dict):
                    yield file, number, line if line.endswith("\n") else line + "\n", record


def _words(value: Any) -> Iterator[str]:
    """All texts in a value, however deep."""
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, (list, dict)):
            left.extend(reversed(one if isinstance(one, list) else list(one.values())))


def _annals(*words: str) -> list[dict[str, Any]]:
    run = subprocess.run(
        [sys.executable, "-m", "annals", *words, "-q", "--color", "never", "-f", "jsonl"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    # Exit code 1 says that there are errors, which are what is looked for.
    if run.returncode not in (0, 1):
        raise FactsError(run.stderr.strip() or f"annals ended with {run.returncode}")
    # Only a line break ends a line: texts have other separators in them.
    return [json.loads(line) for line in run.stdout.split("\n") if line]


def _of_file(path: str) -> str:
    """What one file says about time, as JSON."""
    found = _annals("check", path)
    conflicts = [one for one in found if str(one.get("code", "")).startswith(_CONFLICTS)]
    return json.dumps({"dates": _annals("dates", path, "--changed"), "conflicts": conflicts})


def _by_processes(paths: list[str], workers: int) -> dict[str, str]:
    with ThreadPoolExecutor(workers) as pool:
        return dict(zip(paths, pool.map(_of_file, paths), strict=True))


def _by_engine(paths: list[str], engine: Connect) -> dict[str, str]:
    """One task of the engine for each file."""
    frame = engine.session.range(0, len(paths), 1, len(paths))
    told = frame.groupBy("id").applyInPandas(_task(paths), "nth long, told string").collect()
    return {paths[row.nth]: row.told for row in told}


def _task(paths: list[str]) -> Callable[[Any], Any]:
    def solve(group: Any) -> Any:
        import pandas

        numbers = [int(nth) for nth in group["id"]]
        return pandas.DataFrame({"nth": numbers, "told": [_of_file(paths[nth]) for nth in numbers]})

    return solve
