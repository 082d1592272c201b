"""A snapshot that is built in parts: by several processes here, or by the tasks of an engine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ._engine import Connect, connected
from ._errors import CheckFailed, Error, FactsError, FactsWarning, UsageError

__all__ = ["ingest"]

PathLike = str | os.PathLike[str]

#: What is noted of the shards whose parts are kept.
_LIST = "shards.json"


def ingest(
    paths: PathLike | Iterable[PathLike],
    out: PathLike,
    *,
    on: object = None,
    shards: int | None = None,
    workers: int | None = None,
    texts: PathLike | Iterable[PathLike] = (),
    config: PathLike | None = None,
    for_cluster: bool = False,
    strict: bool = False,
    resume: bool = False,
) -> Path:
    """Builds a snapshot in parts, one task each, and joins them: it answers as one build of all files.

    :param paths: fact files, or folders of them. Each is a part of its own, or see ``shards``.
    :param out: the snapshot to write, ``NAME.annals``. Its parts are built in ``NAME.parts`` beside it, which
        is removed when they are joined.
    :param on: the engine whose workers build the parts: ``sail`` starts one here, ``sc://host:15002`` is Spark
        or Sail elsewhere, and a session is used as it is. All workers must have this package, and see the files
        and the folder of ``out`` under the same names. Without it, processes here build them.
    :param shards: spread the files over so many parts, by size.
    :param workers: how many processes at a time, without ``on``; by default one for each core.
    :param texts: folders with the texts of documents.
    :param config: a file of settings, in place of the ``annals.toml`` in or above the files.
    :param for_cluster: also write the two large tables that only engines read.
    :param strict: raise ``CheckFailed`` and write nothing if ``annals check`` would show errors or warnings.
    :param resume: take the parts that an earlier call with the same arguments left, and build the others.

    The join runs here, and reads all facts once more, into memory. What it finds that no part tells alone (ids
    that several records have, references that lead nowhere) is a ``FactsWarning``. If parts cannot be built,
    ``FactsError`` says which and why; the others are kept for ``resume``.

    >>> import annals, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = annals.ingest(["data/kyiv", "data/harbour"], f"{folder}/all.annals")
    ...     len(annals.open(path)) > 100
    True
    """
    all_paths = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    named = [os.fspath(path) for path in all_paths]
    folders = [texts] if isinstance(texts, (str, os.PathLike)) else list(texts)
    out = Path(out)
    if not named:
        raise UsageError("there are no files to build a snapshot of")
    if out.suffix != ".annals":
        raise UsageError(f"a snapshot is a folder whose name ends in .annals, but {out} does not")
    groups = [[path] for path in named] if shards is None else _spread(named, shards)
    options = [word for folder in folders for word in ("--texts", os.fspath(folder))]
    options += ["--config", os.fspath(config)] if config is not None else []
    options += ["--for-cluster"] if for_cluster else []
    home = out.with_suffix(".parts")
    parts = [home / f"{nth:05}.part" for nth in range(len(groups))]
    engine = None if on is None else connected(on)
    try:
        _prepare(home, {"shards": groups, "options": options}, parts, resume)
        wanted = [nth for nth, part in enumerate(parts) if not (part / "manifest.json").is_file()]
        lines = {nth: ["--shard", *options, "-o", str(parts[nth]), "--", *groups[nth]] for nth in wanted}
        built = _by_processes(lines, workers) if engine is None else _by_engine(lines, engine)
    finally:
        if engine is not None:
            engine.close()
    failed = [(nth, said) for nth, code, said in sorted(built) if code != 0]
    if failed:
        error = FactsError(
            f"{len(failed)} of {len(parts)} parts could not be built; the others are in {home}: correct what is "
            "wrong and call this with resume=True"
        )
        for nth, said in failed:
            error.add_note(f"{', '.join(groups[nth])}: {said}")
        raise error
    line = ["--join", *(["--strict"] if strict else []), "-o", str(out), "--", *map(str, parts)]
    code, said = _run(line)
    if code != 0:
        kinds: dict[int, type[Error]] = {1: CheckFailed, 2: UsageError}
        raise kinds.get(code, FactsError)(said)
    for part in parts:
        shutil.rmtree(part)
    (home / _LIST).unlink()
    home.rmdir()
    found = [one for one in said.splitlines() if not one.endswith(f"in {out}")]
    if any(found):
        warnings.warn("\n".join(found).strip(), FactsWarning, stacklevel=2)
    return out


def _spread(paths: Sequence[str], shards: int) -> list[list[str]]:
    """Files in so many groups of about the same size, each in the order given."""
    if shards < 1:
        raise UsageError(f"shards is a number of parts, not {shards}")
    groups: list[list[int]] = [[] for _ in range(min(shards, len(paths)))]
    sizes = [0] * len(groups)
    size = {nth: _size(path) for nth, path in enumerate(paths)}
    for nth in sorted(size, key=lambda nth: (-size[nth], nth)):
        least = sizes.index(min(sizes))
        groups[least].append(nth)
        # A file of nothing counts as well: no group stays empty.
        sizes[least] += size[nth] + 1
    return [[paths[nth] for nth in sorted(group)] for group in groups]


def _size(path: str) -> int:
    if not os.path.isdir(path):
        return os.path.getsize(path) if os.path.exists(path) else 0
    return sum(_size(os.path.join(path, name)) for name in os.listdir(path))


def _prepare(home: Path, about: dict[str, Any], parts: Sequence[Path], resume: bool) -> None:
    """Makes the folder of the parts; without ``resume`` none of them is there afterwards."""
    noted = home / _LIST
    if resume and noted.is_file():
        if json.loads(noted.read_text(encoding="utf-8")) != about:
            raise UsageError(f"the parts in {home} are of other files or options; call this without resume=True")
        return
    home.mkdir(parents=True, exist_ok=True)
    foreign = {one.name for one in home.iterdir()} - {part.name for part in home.glob("*.part")} - {_LIST}
    if foreign:
        raise UsageError(f"{home} contains {min(foreign)}, which is no part; the parts are built in that folder")
    for part in home.glob("*.part"):
        shutil.rmtree(part)
    noted.write_text(json.dumps(about), encoding="utf-8")


def _run(line: Sequence[str]) -> tuple[int, str]:
    """``annals build`` in a process of its own: its exit code, and what it says."""
    run = subprocess.run(
        [sys.executable, "-m", "annals", "build", "--color", "never", *line],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    lines = (one.removeprefix("annals: ") for one in run.stderr.splitlines())
    return run.returncode, "\n".join(lines).strip()


Built = tuple[int, int, str]


def _by_processes(lines: dict[int, list[str]], workers: int | None) -> list[Built]:
    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
        runs = pool.map(_run, lines.values())
        return [(nth, code, said) for nth, (code, said) in zip(lines, runs, strict=True)]


def _by_engine(lines: dict[int, list[str]], engine: Connect) -> list[Built]:
    """One task of the engine for each part."""
    if not lines:
        return []
    # As many partitions as rows: each is a task.
    frame = engine.session.range(0, len(lines), 1, len(lines))
    told = frame.mapInArrow(_task(list(lines.items())), "nth int, code int, said string")
    return [(row.nth, row.code, row.said) for row in told.collect()]


def _task(lines: list[tuple[int, list[str]]]) -> Callable[[Iterator[Any]], Iterator[Any]]:
    def build(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow

        for batch in batches:
            for row in batch.column(0).to_pylist():
                nth, line = lines[row]
                code, said = _run(line)
                if code < 0:
                    # It was killed: the engine tries it again.
                    raise RuntimeError(f"building part {nth} was ended by signal {-code}")
                columns = [
                    pyarrow.array([nth], pyarrow.int32()),
                    pyarrow.array([code], pyarrow.int32()),
                    pyarrow.array([said], pyarrow.string()),
                ]
                yield pyarrow.RecordBatch.from_arrays(columns, names=["nth", "code", "said"])

    return build
