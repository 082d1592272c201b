"""How far a long call is, on a terminal or in a notebook."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Literal, TypeAlias

#: Whoever is told of progress: done, all, what.
Told: TypeAlias = Callable[[int, int, str], object]
#: How progress is told: a function; ``None``, a bar; ``False``, not at all.
Progress: TypeAlias = Told | None | Literal[False]

_PATIENCE = 0.5


def told(progress: Progress) -> contextlib.AbstractContextManager[Told | None]:
    """Whoever is told during a call."""
    if progress is None:
        return Bar()
    return contextlib.nullcontext(progress or None)


class Bar:
    """A line that is written again and again, and taken away at the end."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._width = 0
        #: In a notebook: the output that is shown again and again.
        self._shown: Any = None
        self._is_notebook = "ipykernel" in sys.modules
        self._is_seen = self._is_notebook or bool(sys.stderr and sys.stderr.isatty())

    def __call__(self, done: int, all: int, what: str) -> None:
        if not self._is_seen or time.monotonic() - self._begun < _PATIENCE:
            return
        much = f"{all / 1e6:,.1f} MB" if what == "reading facts" else f"{all:,}"
        line = f"{what}: {done / max(all, 1):4.0%} of {much}"
        self._write(line)

    def _write(self, line: str) -> None:
        if self._is_notebook:
            from IPython.display import display

            text = {"text/plain": line}
            if self._shown is None:
                self._shown = display(text, raw=True, display_id=True)  # type: ignore[no-untyped-call]
            else:
                self._shown.update(text, raw=True)
            return
        self._width = max(self._width, len(line))
        sys.stderr.write("\r" + line.ljust(self._width))
        sys.stderr.flush()

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._shown is not None:
            self._write("")
        if self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
