"""Tables of other libraries as facts, through the mapping of ``annals import table``."""

from __future__ import annotations

import csv
import datetime
import io
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from . import _annals
from ._answers import Large
from ._arguments import PathLike, line
from ._asking import Written
from ._errors import Error, UsageError, without

#: What a table is called where a message names a place in it.
_NAME = "table.csv"


class _Kept:
    """A table and its mapping, written to a folder whenever the command reads them."""

    _is_of_files = False
    _has_forms = True

    def __init__(self, content: str, mapping: str | None) -> None:
        self._content = content
        self._mapping = mapping

    def _ask(self, argv: list[str], large: Large | None = None) -> _annals.Answer:
        import tempfile

        with tempfile.TemporaryDirectory(prefix="annals-") as folder:
            texts = {_NAME: self._content, "mapping.yaml": self._mapping}
            for name, text in texts.items():
                if text is not None:
                    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as out:
                        out.write(text)
            try:
                return _annals.ask([os.path.join(folder, one) if one in texts else one for one in argv])
            except Error as error:
                # The folder is nobody's but ours, and gone when this is read.
                raise without(error, folder + os.sep) from None


def table(data: object, mapping: PathLike | Mapping[str, Any]) -> Written:
    """Facts from a table, through a mapping that says which column is which field.

    :param data: a pandas or polars ``DataFrame``, a pyarrow ``Table``, a DuckDB relation, or an iterable
        of dictionaries. ``None``, ``NaN``, ``NaT`` and ``NA`` are empty cells; dates keep their precision.
    :param mapping: a mapping file of ``annals import table``, or what would be in one: as text of several
        lines, or as a dictionary. ``annals.suggest(data)`` gives one to begin from.

    >>> import annals
    >>> rows = [{"Speaker": "Ines Carvalho", "Date": "2021-05", "Quote": "not one day later"}]
    >>> facts = annals.table(rows, annals.suggest(rows))
    >>> facts.store().said()[0].quote
    'not one day later'
    """
    kept = _Kept(_csv(data), _mapping(mapping))
    return Written(kept, line("import", ["table", _NAME], [], ["--map", "mapping.yaml"]))


def suggest(data: object) -> str:
    """A mapping to begin from, with the reason for each line: for ``annals.table``, once it is corrected.

    >>> import annals
    >>> print(annals.suggest([{"Speaker": "Ines Carvalho", "Quote": "not one day later"}]))
    # A first mapping, made from headings and values...
    """
    kept = _Kept(_csv(data), None)
    return kept._ask(line("import", ["table", _NAME], [], ["--suggest"])).bytes().decode()


def _mapping(mapping: PathLike | Mapping[str, Any]) -> str:
    if isinstance(mapping, Mapping):
        import json

        # YAML reads JSON.
        return json.dumps(mapping, ensure_ascii=False)
    if isinstance(mapping, str) and "\n" in mapping:
        return mapping
    if isinstance(mapping, (str, os.PathLike)):
        with open(mapping, encoding="utf-8") as file:
            return file.read()
    raise TypeError(f"a mapping is a file, a text or a dictionary, not {type(mapping).__name__}")


def _csv(data: object) -> str:
    """A table as CSV."""
    heads, rows = _rows(data)
    if not heads:
        raise UsageError("the table has no columns")
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def _rows(data: Any) -> tuple[list[str], Iterator[Iterable[Any]]]:
    """The headings and the rows of a table."""
    library = type(data).__module__.partition(".")[0]
    if library == "pandas" and hasattr(data, "itertuples"):
        return [str(name) for name in data.columns], data.itertuples(index=False, name=None)
    if library == "polars" and hasattr(data, "iter_rows"):
        return list(data.columns), data.iter_rows()
    if library == "pyarrow" and hasattr(data, "column_names"):
        columns = [data.column(nth).to_pylist() for nth in range(data.num_columns)]
        return list(data.column_names), iter(zip(*columns, strict=True))
    if library in ("duckdb", "_duckdb") and hasattr(data, "fetchall"):
        return list(data.columns), iter(data.fetchall())
    if isinstance(data, (str, bytes, Mapping)) or not hasattr(data, "__iter__"):
        raise TypeError(f"{type(data).__name__} is no table: give a data frame or rows as dictionaries")
    kept = list(data)
    for nth, row in enumerate(kept):
        if not isinstance(row, Mapping):
            raise TypeError(f"row {nth} is no dictionary but {type(row).__name__}")
    heads = list(dict.fromkeys(str(key) for row in kept for key in row))
    return heads, ([row.get(head) for head in heads] for row in kept)


def _cell(value: Any) -> str:
    """A value as a cell; what is missing is empty."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if type(value).__name__ in ("NAType", "NaTType"):
        return ""
    kind = type(value).__module__.partition(".")[0]
    if isinstance(value, float) or (kind == "numpy" and hasattr(value, "is_integer")):
        if value != value:
            return ""
        # A column of numbers with gaps has 2021 as 2021.0.
        return str(int(value)) if float(value).is_integer() else repr(float(value))
    if isinstance(value, datetime.datetime):
        moment = value.time()
        return value.date().isoformat() if moment == datetime.time() else value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if kind in ("pandas", "numpy") and type(value).__name__ in ("Period", "Interval", "datetime64"):
        from ._dates import Date

        return "" if str(value) == "NaT" else Date.of(value).written
    if isinstance(value, (list, tuple)):
        return "; ".join(_cell(one) for one in value)
    return str(value)
