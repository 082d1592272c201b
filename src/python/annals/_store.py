"""Opening facts, and views of them."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, overload

from . import _annals
from ._answers import Large
from ._arguments import PathLike, When, line, words
from ._errors import CheckFailed, FactsWarning, UsageError, described
from ._progress import Progress, told
from ._questions import COMMANDS, Questions

if TYPE_CHECKING:
    from ._engine import EngineStore

__all__ = ["Store", "loads", "open"]


class Store(Questions):
    """Facts that were read, and every question to them. It is never changed, and can be used from any
    number of threads.

    ``annals.open`` and ``annals.loads`` make one.
    """

    __slots__ = ("_config", "_defaults", "_facts", "_memory", "_native", "_progress", "_texts")

    def __init__(
        self,
        native: _annals.Store,
        facts: tuple[str, ...],
        texts: tuple[str, ...],
        memory: tuple[str, str] | None = None,
        defaults: Mapping[str, Any] | None = None,
        progress: Progress = None,
        config: str | None = None,
    ) -> None:
        self._native: _annals.Store | None = native
        self._progress = progress
        self._facts = facts
        self._texts = texts
        self._config = config
        self._memory = memory
        self._defaults = dict(defaults or {})

    def where(self, **selection: Any) -> Store:
        """A view: a store whose questions have these options, unless a call gives others.

        >>> import annals
        >>> kyiv = annals.open("data/kyiv").where(by="Zelensky")
        >>> {str(claim.speaker[0]) for claim in kyiv.said()}
        {'Volodymyr Zelensky'}

        A question that does not have one of the options raises ``UsageError``.
        """
        known = {
            name
            for options in COMMANDS.values()
            for name, option in options.items()
            if option.flag
        }
        for name in selection:
            if name not in known:
                raise TypeError(_unknown(name, known, "where()"))
        defaults = {**self._defaults, **{k: v for k, v in selection.items() if v is not None}}
        return self._like(self._open, defaults)

    def as_of(self, day: When) -> Store:
        """A view of what was known at the end of a day: recorded, or else published, by then, and not
        yet retracted. What is no date raises ``DateError`` at once."""
        from ._dates import Date

        Date.of(day)
        return self.where(as_of=day)

    def window(self, from_: When | None = None, until: When | None = None) -> Store:
        """A view of what can lie between the first day of one date and the last day of another."""
        from ._dates import Date

        for day in (from_, until):
            if day is not None:
                Date.of(day)
        return self.where(from_=from_, until=until)

    def reload(self) -> Store:
        """The facts as their files are now; files that have not changed are not read again. This store
        keeps its answers."""
        with told(self._progress) as bar:
            return self._like(self._open.reload(bar), self._defaults)

    def _like(self, native: _annals.Store, defaults: Mapping[str, Any]) -> Store:
        return Store(native, self._facts, self._texts, self._memory, defaults, self._progress, self._config)

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths that were opened, as they were given; none if it is of a text."""
        return self._facts

    def __len__(self) -> int:
        """The number of records."""
        return self._open.records()

    def __bool__(self) -> bool:
        return True

    @property
    def _open(self) -> _annals.Store:
        if self._native is None:
            raise ValueError("the store is closed")
        return self._native

    def close(self) -> None:
        """Frees the facts, as ``with`` does at its end."""
        self._native = None

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        if self._native is None:
            return "<closed annals.Store>"
        shown = ["text"] if self._memory else [repr(path) for path in self._facts or (".",)]
        view = [f"{name}={value!r}" for name, value in self._defaults.items()]
        return f"<annals.Store of {', '.join(shown + view)}: {len(self)} records>"

    def _repr_html_(self) -> str:
        from ._html import document

        if self._native is None:
            return document(repr(self))
        words = [repr(self)]
        try:
            words.append(self._like(self._open, {}).overview().render("table"))
        except Exception as error:  # A notebook would show nothing at all.
            words.append(f"{type(error).__name__}: {error}")
        return document("\n".join(words))

    def _line(self, command: str, given: Mapping[str, Any]) -> list[str]:
        options = COMMANDS[command]
        defaults = self._defaults
        for name in defaults:
            if name not in options:
                raise UsageError(
                    f"`annals {command}` has no option {name.strip('_')}, which the view has: ask the store itself"
                )
        asked = {name: value for name, value in given.items() if value is not None}
        placed, named = words(options, {**defaults, **asked})
        texts = [word for folder in self._texts for word in ("--texts", folder)]
        config = [] if self._config is None else ["--config", self._config]
        return line(command, placed, self._facts, [*texts, *config, *named])

    def _ask(self, argv: list[str], large: Large | None = None) -> _annals.Answer:
        with told(self._progress) as bar:
            return self._open.ask(argv, bar, large)

    @property
    def _is_of_files(self) -> bool:
        return self._memory is None

    def __reduce__(self) -> tuple[Callable[..., Store], tuple[Any, ...]]:
        sums = None if self._memory else self._open.sums()
        return (_reopened, (self._facts, self._texts, self._memory, self._defaults, sums, self._config))


def _reopened(
    facts: tuple[str, ...],
    texts: tuple[str, ...],
    memory: tuple[str, str] | None,
    defaults: dict[str, Any],
    sums: list[tuple[str, str]] | None,
    config: str | None,
) -> Store:
    """A store that was pickled, opened again; files must be as they were."""
    if memory is not None:
        return Store(_annals.Store.loads(*memory), (), (), memory, defaults)
    store = Store(_opened(facts, texts, config), facts, texts, None, defaults, config=config)
    now = store._open.sums()
    if now != sums:
        changed = sorted({name for name, _ in set(now) ^ set(sums or ())})
        raise UsageError(f"changed since the store was pickled: {', '.join(changed)}")
    return store


def _opened(
    facts: tuple[str, ...], texts: tuple[str, ...], config: str | None, progress: Progress = False
) -> _annals.Store:
    for path in (*facts, *texts, *([] if config is None else [config])):
        if not os.path.lexists(path):
            import errno

            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
    with told(progress) as bar:
        return _annals.Store.open(list(facts or (".",)), list(texts), config, bar)


def _path(path: PathLike) -> str:
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(f"a path is a text or os.PathLike, not {type(path).__name__}")
    text = os.fspath(path)
    if not isinstance(text, str):
        text = os.fsdecode(text)
    if text == "-":
        raise UsageError("a store reads files: give it ./- for a file called -")
    if "\0" in text:
        raise UsageError(f"{text!r} has a NUL in it")
    return text


@overload
def open(
    *paths: PathLike,
    texts: PathLike | Iterable[PathLike] = (),
    config: PathLike | None = None,
    strict: bool = False,
    progress: Progress = None,
    on: None = None,
) -> Store: ...
@overload
def open(*paths: PathLike, on: object, for_cluster: bool = False) -> EngineStore: ...
def open(
    *paths: PathLike,
    texts: PathLike | Iterable[PathLike] = (),
    config: PathLike | None = None,
    strict: bool = False,
    progress: Progress = None,
    on: object = None,
    for_cluster: bool = False,
) -> Store | EngineStore:
    """Reads fact files, folders of them and snapshots; without paths, the current folder.

    :param texts: folders with the texts of documents.
    :param config: a file of settings to use, instead of the ``annals.toml`` in or above the first path. A
        snapshot has its settings in it.
    :param strict: raise ``CheckFailed`` if ``annals check`` finds an error; otherwise a
        ``FactsWarning`` says what it would show.
    :param progress: ``None`` shows on a terminal or in a notebook how far reading is, and later each
        question, after half a second; ``False`` shows nothing; a function is given how much is done, of
        how much, and what (``reading facts``: in bytes), by the thread that called. What it raises ends
        the call.
    :param on: the engine that reads one snapshot in place of Annals: ``sail`` and ``duckdb`` start one here,
        ``sc://host:15002`` is Spark or Sail elsewhere, and a session of Spark or a connection of DuckDB is
        used as it is. The path is then named as the engine names it.
    :param for_cluster: with ``on``: the snapshot was built with ``--for-cluster``, which ``text=`` needs. Where
        the folder can be seen, this is known.

    Raises ``FactsError`` for what cannot be read or parsed, and ``FileNotFoundError``.

    >>> import annals
    >>> with annals.open("data/harbour") as store:
    ...     len(store.said()) > 0
    True
    """
    folders = (texts,) if isinstance(texts, (str, os.PathLike)) else tuple(texts)
    facts = tuple(_path(path) for path in paths)
    if on is not None:
        from ._engine import EngineStore

        if len(facts) != 1 or folders or config is not None or strict:
            raise UsageError("an engine reads one snapshot, without texts=, config=, strict=")
        return EngineStore(facts[0], on, for_cluster)
    named = tuple(_path(folder) for folder in folders)
    settings = None if config is None else _path(config)
    native = _opened(facts, named, settings, progress)
    store = Store(native, facts, named, progress=progress, config=settings)
    return looked_at(store, strict)


def loads(text: str, format: str = "yaml", *, strict: bool = False) -> Store:
    """Reads facts from a text: yaml, json or jsonl.

    >>> import annals
    >>> store = annals.loads("annals: 1\\nactors: [{id: nato, name: NATO, kind: organization}]")
    >>> len(store)
    1
    """
    if not isinstance(text, str):
        raise TypeError(f"facts are a text, not {type(text).__name__}")
    if format not in ("yaml", "json", "jsonl"):
        raise UsageError(f"facts are yaml, json or jsonl, not {format!r}")
    memory = (text, f"facts.{format}")
    return looked_at(Store(_annals.Store.loads(*memory), (), (), memory), strict)


def looked_at(store: Store, strict: bool) -> Store:
    """Says what is wrong with the facts."""
    problems = store._open.problems()
    if problems and strict:
        findings = store.check()
        if findings.summary.errors:
            error = CheckFailed("; ".join(problems))
            described(error, [one for one in findings if one.severity == "error"])
            raise error
    if problems:
        warnings.warn("; ".join(problems), FactsWarning, stacklevel=3)
    return store


def _unknown(name: str, known: Iterable[str], where: str) -> str:
    import difflib

    near = difflib.get_close_matches(name, list(known), n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    return f"{where} got an unexpected keyword argument {name!r}{hint}"
