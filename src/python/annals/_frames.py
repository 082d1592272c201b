"""Rows as data frames of pandas and arrays of NumPy, whose usual ways fail on years such as −44 and 12000."""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING, Any

from ._errors import UsageError, missing
from ._sheets import rows_of_csv

if TYPE_CHECKING:
    import numpy
    import pandas

    from ._answers import Table

#: What the kind of a value begins with that is a number at least and a number at most.
_RANGE = "range of "

_BOUNDS = ("earliest_start", "latest_start", "earliest_end", "latest_end")


def pandas_frame(table: Table[Any], nested: bool) -> pandas.DataFrame:
    """The rows under the columns of CSV, or as JSON has them."""
    try:
        import pandas
    except ImportError as error:
        raise missing("pandas", "pandas", "to_pandas()") from error
    if nested:
        return pandas.DataFrame(table.to_dicts())
    if not table._has_sheet:
        return _flat_frame(pandas, table)
    kinds = _kinds(table._schema, table._path)
    made, count = _sheet_columns(pandas, table, kinds)
    if table._bounds and count != len(table):
        raise UsageError(
            f"as CSV, `annals {table._line[0]}` has rows of its own, without bounds: to_polars() has them"
        )
    if table._bounds:
        for key in (key for key, kind in kinds.items() if kind == "date"):
            numbers = bounds_array(table, key)
            none = numbers[:, 0] == _none()
            for nth, end in enumerate(_BOUNDS):
                column = pandas.Series(numbers[:, nth]).astype("Int64")
                made[f"{key}_{end}"] = column.mask(none)
    return pandas.DataFrame(made)


def _sheet_columns(pandas: Any, table: Table[Any], kinds: dict[str, str]) -> tuple[dict[str, Any], int]:
    """The columns of CSV, and how many rows they have. Of many rows, few are cells of Python at a time."""
    with table._sheet_lines() as lines:
        rows = rows_of_csv(lines)
        heads = next(rows)
        of = {head: _kind(head, kinds) for head in heads}
        parts: dict[str, list[Any]] = {head: [] for head in heads}
        texts = {head: _Texts() for head in heads}
        count = 0
        while some := list(itertools.islice(rows, _AT_ONCE)):
            count += len(some)
            for head, column in zip(heads, zip(*some, strict=True), strict=True):
                cells = texts[head].same([cell or None for cell in column])
                # Which words there are is known in the end.
                parts[head].append(cells if of[head] == "word" else _series(pandas, of[head], cells))
    made = {}
    for head in heads:
        part = parts.pop(head)
        if of[head] == "word":
            made[head] = _series(pandas, "word", list(itertools.chain.from_iterable(part)))
        elif part:
            made[head] = part[0] if len(part) == 1 else pandas.concat(part, ignore_index=True)
        else:
            made[head] = _series(pandas, of[head], [])
    return made, count


#: So many rows are cells at a time.
_AT_ONCE = 50_000


class _Texts:
    """Texts of which many are the same, each of them once in memory."""

    def __init__(self) -> None:
        self._known: dict[str | None, str | None] = {}
        self._are_many = False

    def same(self, cells: list[str | None]) -> list[str | None]:
        if self._are_many:
            return cells
        cells = list(map(self._known.setdefault, cells, cells))
        # Texts of which each is another would only be held twice.
        self._are_many = len(self._known) > _AT_ONCE // 2
        return cells


def _flat_frame(pandas: Any, table: Table[Any]) -> pandas.DataFrame:
    """Rows that no CSV has: of a reference the name and the id, of at least and at most a column each."""
    kinds = _kinds(table._schema, table._columns_path)
    rows = []
    for row in table.to_dicts():
        flat: dict[str, Any] = {}
        for key, value in row.items():
            kind = kinds.get(key, "")
            if kind.startswith(_RANGE):
                flat[f"{key}_least"], flat[f"{key}_most"] = value
            elif kind == "ref":
                flat[key] = None if value is None else value["name"]
                flat[f"{key}_id"] = None if value is None else value["id"]
            else:
                flat[key] = value
        rows.append(flat)
    frame = pandas.DataFrame(rows)
    for key in ("window_from", "window_until"):
        if key in frame:
            frame[key] = _seconds([None if cell is None else str(cell) for cell in frame[key]])
    return frame


def _kind(head: str, kinds: dict[str, str]) -> str:
    """What a column holds, by the key of the JSON that it comes from."""
    if head in kinds and kinds[head] != "date":
        return kinds[head]
    key, _, end = head.rpartition("_")
    if end in ("first", "last"):
        return "day"
    if end == "precision":
        return "word"
    if head in ("line", "column"):
        return "whole"
    if head in ("least", "most"):
        ranges = {kind for kind in kinds.values() if kind.startswith(_RANGE)}
        return ranges.pop().removeprefix(_RANGE) if len(ranges) == 1 else "number"
    return "text"


@functools.cache
def _kinds(schema: str, path: tuple[str, ...]) -> dict[str, str]:
    """What the keys of rows hold: date, day, ref, word, whole, number, truth, text, range of whole or of
    number."""
    from ._asking import program_json

    root = program_json("schema", [schema])
    at = root
    for key in path:
        at = _in_force(root, at)
        at = at["items"] if key == "[]" else at["properties"][key]
    at = _in_force(root, _in_force(root, at)["items"])
    return {key: _kind_of(root, field) for key, field in at["properties"].items()}


def _in_force(root: dict[str, Any], at: dict[str, Any]) -> dict[str, Any]:
    """What a reference, or a choice with null, leads to."""
    while True:
        if "$ref" in at:
            at = root["$defs"][at["$ref"].rsplit("/", 1)[1]]
        elif "anyOf" in at:
            others = [one for one in at["anyOf"] if one.get("type") != "null"]
            at = others[0] if len(others) == 1 else {}
        else:
            return at


def _kind_of(root: dict[str, Any], field: dict[str, Any]) -> str:
    for one in (field, *field.get("anyOf", ())):
        if one.get("$ref") in ("#/$defs/date", "#/$defs/day", "#/$defs/ref"):
            return str(one["$ref"].rsplit("/", 1)[1])
    at = _in_force(root, field)
    if "enum" in at:
        return "word"
    types = at.get("type")
    kinds = [types] if isinstance(types, str) else [one for one in types or () if one != "null"]
    if kinds == ["array"] and at.get("minItems") == at.get("maxItems") == 2:
        item = _kind_of(root, at["items"])
        return f"{_RANGE}{item}" if item in ("whole", "number") else "text"
    plain = {"boolean": "truth", "integer": "whole", "number": "number"}
    return plain.get(kinds[0], "text") if len(kinds) == 1 else "text"


def _series(pandas: Any, kind: str, cells: list[str | None]) -> Any:
    if kind == "day":
        return pandas.Series(_seconds(cells))
    if kind == "word":
        return pandas.Series(pandas.Categorical(cells))
    if kind == "truth":
        truths = [None if cell is None else cell == "true" for cell in cells]
        return pandas.Series(truths, dtype="boolean" if None in truths else "bool")
    if kind == "whole":
        whole = [None if cell is None else int(cell) for cell in cells]
        return pandas.Series(whole, dtype="Int64" if None in whole else "int64")
    if kind == "number":
        return pandas.Series([None if cell is None else float(cell) for cell in cells], dtype="float64")
    return pandas.Series(cells, dtype="str")


def _seconds(cells: list[str | None]) -> Any:
    """Days as NumPy's ``datetime64[s]``, which holds any year."""
    import numpy

    texts = ["NaT" if cell is None else cell.removeprefix("+") for cell in cells]
    return numpy.array(texts, dtype="datetime64[D]").astype("datetime64[s]")


def _none() -> int:
    """The number that stands where there is no date."""
    return -(2**63)


def bounds_array(
    table: Table[Any], column: str
) -> numpy.ndarray[Any, numpy.dtype[numpy.int64]]:
    """The bounds of a column of dates. A row without a date has the least number everywhere."""
    try:
        import numpy
    except ImportError as error:
        raise missing("numpy", "pandas", "to_numpy()") from error
    kinds = _kinds(table._schema, table._path)
    if kinds.get(column) != "date":
        dates = ", ".join(key for key, kind in kinds.items() if kind == "date")
        raise UsageError(f"{column} has no dates: {dates or 'no column'} has")
    return numpy.frombuffer(table._bounds_of(column), dtype="int64").reshape(-1, 4)
