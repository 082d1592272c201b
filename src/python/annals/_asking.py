"""What the generated questions are made of."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from . import _annals
from ._answers import Asked, Large, Result
from ._arguments import PathLike, line, text_of, words
from ._errors import UsageError

if TYPE_CHECKING:
    from ._store import Store

P = ParamSpec("P")
T = TypeVar("T")


def named(method: Callable[P, T]) -> Callable[P, T]:
    """A method that says which argument may have been meant by an unknown one."""

    @functools.wraps(method)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return method(*args, **kwargs)
        except TypeError as error:
            trace = error.__traceback__
            # Only of this call, not of what it calls.
            if trace is None or trace.tb_next is None:
                _advise(error, method)
            raise

    return call


def _advise(error: TypeError, method: Callable[..., Any]) -> None:
    text = str(error)
    before, _, after = text.partition("unexpected keyword argument '")
    if not after or "Did you mean" in text:
        return
    import difflib
    import inspect

    wrong = after.partition("'")[0]
    known = [name for name in inspect.signature(method).parameters if name != "self"]
    from ._questions import SYNONYMS

    plain = {name.rstrip("_"): name for name in known}
    meant = SYNONYMS.get(wrong)
    near = [meant.rstrip("_")] if meant in known else difflib.get_close_matches(wrong, plain, n=1)
    if near:
        error.args = (f"{text}. Did you mean '{plain[near[0]]}'?",)


class Program:
    """The program without a store: commands that open what they are given, or nothing."""

    _is_of_files = True
    _has_forms = True

    def _ask(self, argv: list[str], large: Large | None = None) -> _annals.Answer:
        from ._progress import told

        with told(None) as bar:
            return _annals.ask(argv, bar)

    def __reduce__(self) -> str:
        return "PROGRAM"


PROGRAM = Program()


def program_line(
    command: str,
    paths: Sequence[PathLike],
    given: Mapping[str, Any],
    texts: PathLike | Iterable[PathLike] = (),
    config: PathLike | None = None,
) -> list[str]:
    """The command line of a question that is put to no store."""
    from ._questions import COMMANDS

    folders = (texts,) if isinstance(texts, (str, os.PathLike)) else tuple(texts)
    placed, options = words(COMMANDS[command], given)
    by_place = [*placed, *(text_of("path", "path", path) for path in paths)]
    for word in (*by_place, *(os.fspath(folder) for folder in folders)):
        if word == "-":
            raise UsageError("standard input is Python's: give it ./- for a file called -")
    more = [word for folder in folders for word in ("--texts", text_of("texts", "path", folder))]
    if config is not None:
        more += ["--config", text_of("config", "path", config)]
    return line(command, by_place, [], [*more, *options])


def program_text(command: str, placed: list[str]) -> str:
    """What a command prints."""
    return _annals.ask(line(command, [text_of("argument", "text", one) for one in placed], [], [])).bytes().decode()


def program_json(command: str, placed: list[str]) -> dict[str, Any]:
    """The JSON that a command prints."""
    import json

    found: dict[str, Any] = json.loads(program_text(command, placed))
    return found


def written(
    asked: Asked, argv: list[str], path: PathLike, form: str | None, overwrite: bool
) -> Path:
    """Has a command write a file or folder; returns its path."""
    target = Path(os.fspath(path))
    if not overwrite and os.path.lexists(target):
        import errno

        raise FileExistsError(errno.EEXIST, "overwrite=True replaces it", str(target))
    command, *rest = argv
    forms = [] if form is None else ["--format", text_of("format", "text", form)]
    asked._ask([command, *forms, f"--output={target}", *rest])
    return target


class Written(Result):
    """Facts that a command has written."""

    __slots__ = ()
    _form: str | None = None

    def json(self) -> bytes:
        """The facts as one JSON object."""
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            target = os.path.join(folder, "facts.json")
            self._again("-o", target)
            return Path(target).read_bytes()

    def render(self, form: str) -> str:
        """The facts as yaml, json or jsonl."""
        if form == "yaml":
            return str(self)
        if form == "json":
            return self.json().decode()
        raise UsageError(f"facts are shown as yaml or json, not {form!r}: save() writes .jsonl")

    def store(self) -> Store:
        """A store of these facts alone."""
        from ._store import loads

        return loads(str(self), "yaml")

    def __str__(self) -> str:
        return self._native.bytes().decode()


class Drafted(Written):
    """Facts that are proposed from a text; they count for nothing until somebody accepts them."""

    __slots__ = ()
    _form = "yaml"

    def json(self) -> bytes:
        """The proposals as one JSON object, byte for byte what the command prints with ``-f json``."""
        return self._again("-f", "json").bytes()

    def render(self, form: str) -> str:
        """The proposals as table, yaml, json, jsonl or spans."""
        return self._again("-f", form).bytes().decode()
