"""Rows of CSV, whose cells can be as long as texts are."""

from __future__ import annotations

import csv
import threading
from collections.abc import Iterable, Iterator

_LOCK = threading.Lock()
_LIMIT = 2**31 - 1
#: How many are reading, and the limit that was there before.
_reading = 0
_before = 0


def rows_of_csv(lines: Iterable[str]) -> Iterator[list[str]]:
    """The rows of CSV. The csv module has one limit for all, of 131,072 letters a cell: it is higher as long as
    somebody reads here."""
    global _reading, _before
    with _LOCK:
        if _reading == 0:
            _before = csv.field_size_limit(_LIMIT)
        _reading += 1
    try:
        yield from csv.reader(lines)
    finally:
        with _LOCK:
            _reading -= 1
            if _reading == 0:
                csv.field_size_limit(_before)
