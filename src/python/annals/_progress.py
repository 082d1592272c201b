"""How far a long call is, on a terminal or in a notebook."""

from __future__ import annotations

import sys
import time
from types import TracebackType

_PATIENCE = 0.5


class Bar:
    """A line that is written again and again, and taken away at the end."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._width = 0
        self._is_seen = "ipykernel" in sys.modules or bool(sys.stderr and sys.stderr.isatty())

    def __call__(self, done: int, all: int, what: str) -> None:
        if not self._is_seen or time.monotonic() - self._begun < _PATIENCE:
            return
        line = f"{what}: {done / max(all, 1):4.0%} of {all / 1e6:,.1f} MB"
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
        if self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
