"""Answers: the bytes that a command prints, as rows, columns, documents and pictures."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeAlias, TypeVar, overload

from . import _annals
from ._arguments import PathLike, quoted
from ._errors import CheckFailed, UsageError, described, missing
from ._row import Row

if TYPE_CHECKING:
    import numpy
    import pandas
    import polars
    import pyarrow
    from typing import Self

R = TypeVar("R", bound=Row)

#: Of a large answer: the schema, where its rows are, whether dates have bounds, and how many rows are many.
Large: TypeAlias = tuple[str, list[str], bool, int]

#: An answer of so many rows is columns at once, and JSON only when that is asked for.
_LARGE = 100_000

#: So many rows of a large answer are JSON at a time.
_AT_ONCE = 4096

#: So many rows a notebook or a terminal shows, and says how many more there are.
_SHOWN = 20


class Asked(Protocol):
    """What a command line is put to: a store, or the program without one."""

    def _ask(self, argv: list[str], large: Large | None = None) -> _annals.Answer: ...

    @property
    def _is_of_files(self) -> bool: ...

    #: Whether it answers in every form of a command.
    _has_forms: bool


class Result:
    """What a command answers."""

    __slots__ = ("_asked", "_bytes", "_line", "_native")
    #: The form in which it is first asked for.
    _form: str | None = "json"

    def __init__(
        self, asked: Asked | None, line: Sequence[str], native: _annals.Answer | None = None
    ) -> None:
        self._asked = asked
        self._line = tuple(line)
        if native is None:
            native = self._first()
        self._native = native

    def _first(self) -> _annals.Answer:
        return self._again(*(("-f", self._form) if self._form else ()))

    def _again(self, *options: str, large: Large | None = None) -> _annals.Answer:
        """Asks, with some options of output."""
        if self._asked is None:
            raise UsageError(
                "this answer was kept without its facts, as JSON alone: ask its command again"
            )
        command, *rest = self._line
        return self._asked._ask([command, *options, *rest], large)

    def _whole(self) -> _annals.Answer:
        """The answer with what the command prints."""
        return self._native

    def json(self) -> bytes:
        """The answer as JSON: byte for byte what the command prints with ``-f json``."""
        return self._whole().bytes()

    def render(self, form: str) -> str:
        """The answer in another form of the command: table, csv, tsv, md, jsonl and so on."""
        if form == self._form:
            return self._whole().bytes().decode()
        return self._again("-f", form).bytes().decode()

    @property
    def argv(self) -> tuple[str, ...]:
        """The command that gives this answer, as its words."""
        return ("annals", *self._line)

    @property
    def command(self) -> str | None:
        """The command that gives this answer, quoted for a shell; None for facts from memory."""
        if self._asked is not None and not self._asked._is_of_files:
            return None
        return quoted(self.argv)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the command says beside its answer, with arguments in place of options."""
        from ._wording import in_python

        return tuple(map(in_python, self._native.notes))

    def _as_text(self) -> str:
        """What the command shows on a terminal: its table, and below it what it says beside it. Of an engine's
        answer, which has no other form than JSON, what Python shows."""
        if self._asked is None or not self._asked._has_forms:
            return repr(self)
        return "\n".join([self.render("table").rstrip("\n"), *(f"annals: {note}" for note in self.warnings)])

    def save(self, path: PathLike, *, overwrite: bool = False) -> str:
        """Writes the answer to a file, in the form of its ending: whole, or not at all. Returns the path.

        Raises ``FileExistsError`` unless an existing file may be replaced.
        """
        target = _new(path, overwrite)
        self._again("-o", target)
        return target

    def receipt(self, path: PathLike, *, overwrite: bool = False) -> str:
        """Writes a receipt of the answer, which ``annals.verify`` compares with the files: the question,
        the SHA-256 of every file, and the passages behind the answer. Returns the path."""
        target = _new(path, overwrite)
        form = ("-f", self._form) if self._form else ()
        self._again(*form, "--receipt", target)
        return target

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Result):
            return type(self) is type(other) and self._whole().bytes() == other._whole().bytes()
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._whole().bytes())

    def __reduce__(self) -> tuple[Callable[..., Result], tuple[Any, ...]]:
        native = self._whole()
        return (_kept, (type(self), self._line, native.bytes(), native.notes, native.exit, self._more()))

    def _more(self) -> tuple[Any, ...]:
        """What else makes an answer of this kind."""
        return ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.command or quoted(self.argv)}>"


def _kept(
    kind: type[Any],
    line: Sequence[str],
    content: bytes,
    notes: list[str],
    exit: int,
    more: tuple[Any, ...],
) -> Any:
    return kind(None, line, *more, native=_annals.Answer(content, notes, exit))


def _new(path: PathLike, overwrite: bool) -> str:
    target = os.fspath(path)
    if not isinstance(target, str):
        raise TypeError(f"a path is a text or os.PathLike, not {type(path).__name__}")
    if target == "-" or not target:
        raise UsageError("give the name of a file")
    if not overwrite and os.path.lexists(target):
        import errno

        raise FileExistsError(errno.EEXIST, "overwrite=True replaces it", target)
    return target


class Record(Result, Generic[R]):
    """An answer that is one thing. ``data`` has its fields; they are attributes of the record too."""

    __slots__ = ("_kind", "_row")

    def __init__(
        self,
        asked: Asked | None,
        line: Sequence[str],
        kind: type[R],
        native: _annals.Answer | None = None,
    ) -> None:
        self._kind = kind
        self._row: R | None = None
        super().__init__(asked, line, native)

    @property
    def data(self) -> R:
        """Its fields."""
        if self._row is None:
            import json

            self._row = self._kind(json.loads(self._whole().bytes())["data"])
        return self._row

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.data, name)

    def to_dict(self) -> dict[str, Any]:
        """Its fields as JSON: dictionaries, lists, texts and numbers."""
        return self.data.to_dict()

    def _more(self) -> tuple[Any, ...]:
        return (self._kind,)

    def __str__(self) -> str:
        return self._as_text()

    def _repr_html_(self) -> str:
        from ._html import document

        try:
            return document(str(self))
        except Exception as error:  # A notebook would show nothing at all.
            return document(f"{self!r}\n{type(error).__name__}: {error}")


class Table(Result, Generic[R]):
    """Rows. They are made when they are looked at; for many, take columns: ``to_polars()``,
    ``to_pandas()``, or any library that reads Arrow, from the table itself."""

    __slots__ = ("_at", "_bounds", "_kind", "_large", "_path", "_rows", "_schema")
    #: Whether the command writes these rows as CSV.
    _has_sheet = True

    def __init__(
        self,
        asked: Asked | None,
        line: Sequence[str],
        kind: type[R],
        schema: str,
        path: Sequence[str] = ("data",),
        native: _annals.Answer | None = None,
    ) -> None:
        self._kind = kind
        self._schema = schema
        self._path = tuple(path)
        self._bounds = False
        #: Which rows of the answer these are, if not all.
        self._at: Sequence[int] | None = None
        self._rows: _annals.Rows | None = None
        #: A large answer: the columns, of which no JSON was made.
        self._large: _annals.Answer | None = None
        super().__init__(asked, line, native)

    def _first(self) -> _annals.Answer:
        native = self._again("-f", "json", large=self._as_large())
        if native.large is not None:
            self._large = native
        return native

    def _as_large(self) -> Large:
        return (self._schema, list(self._columns_path), self._bounds, _LARGE)

    def _whole(self) -> _annals.Answer:
        if self._native.large is not None:
            self._native = self._again("-f", "json")
        return self._native

    def _all(self) -> _annals.Rows:
        if self._rows is None:
            rows = self._whole().rows(list(self._path))
            if rows is None:
                raise ValueError("there are no rows here")
            self._rows = rows
        return self._rows

    def _some(self, first: int, last: int) -> _annals.Rows:
        """Rows from one to before another. Of a large answer, others are not made for that."""
        if self._rows is None and self._large is not None and self._large.kept:
            return self._large.some(first, last)
        return self._all().slice(first, last, 1)

    @property
    def _columns_path(self) -> tuple[str, ...]:
        """Where the schema of the answer describes these rows."""
        return self._path

    def __len__(self) -> int:
        if self._rows is None and self._large is not None:
            return self._large.large or 0
        return len(self._all())

    def __bool__(self) -> bool:
        return len(self) > 0

    @overload
    def __getitem__(self, at: int) -> R: ...
    @overload
    def __getitem__(self, at: slice) -> Self: ...

    def __getitem__(self, at: int | slice) -> R | Self:
        if isinstance(at, slice):
            return self._sliced(at)
        nth = at + len(self) if at < 0 else at
        if not 0 <= nth < len(self):
            raise IndexError(f"row {at} of {len(self)}")
        return self._row_at(nth)

    def _row_at(self, nth: int) -> R:
        import json

        return self._kind(json.loads(self._some(nth, nth + 1).row(0)))

    def __iter__(self) -> Iterator[R]:
        return map(self._kind, self._dicts())

    def _dicts(self) -> Iterator[dict[str, Any]]:
        import json

        for first in range(0, len(self), _AT_ONCE):
            rows = self._some(first, min(first + _AT_ONCE, len(self)))
            for nth in range(len(rows)):
                yield json.loads(rows.row(nth))

    def _sliced(self, at: slice) -> Self:
        part = self._copy()
        first, last, step = at.indices(len(self))
        part._rows = self._some(first, last) if step == 1 else self._all().slice(first, last, step)
        part._large = None
        part._at = (range(len(self)) if self._at is None else self._at)[at]
        return part

    @property
    def _part(self) -> bool:
        return self._at is not None

    def _has_rows_of(self, count: int) -> bool:
        """Whether so many rows of CSV can be those of the answer."""
        rows = self._whole().rows(list(self._path))
        return rows is not None and len(rows) == count

    @contextlib.contextmanager
    def _sheet_lines(self) -> Generator[Iterable[str]]:
        """These rows as lines of CSV. Those of a large answer are not in memory."""
        if self._at is not None or self._large is None:
            yield io.StringIO(self._sheet(), newline="")
            return
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "rows.csv")
            self._again("-o", file)
            with open(file, encoding="utf-8", newline="") as lines:
                yield lines

    def _sheet(self) -> str:
        """These rows as CSV."""
        text = self.render("csv")
        if self._at is None:
            return text
        import csv

        from ._sheets import rows_of_csv

        heads, *rows = rows_of_csv(io.StringIO(text, newline=""))
        if not self._has_rows_of(len(rows)):
            raise UsageError(
                f"as CSV, `annals {self._line[0]}` has rows of its own: take the whole, or nested=True"
            )
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows([heads, *(rows[nth] for nth in self._at)])
        return out.getvalue()

    def _bounds_of(self, column: str) -> bytearray:
        """The bounds of a column of dates, four numbers of eight bytes a row."""
        rows = self._all() if self._large is None or not self._large.kept else self._large
        return rows.bounds(self._schema, list(self._columns_path), column)

    def _copy(self) -> Self:
        other = object.__new__(type(self))
        for kind in type(self).__mro__:
            for slot in getattr(kind, "__slots__", ()):
                if hasattr(self, slot):
                    object.__setattr__(other, slot, getattr(self, slot))
        return other

    def json(self) -> bytes:
        """The answer as JSON: byte for byte what the command prints with ``-f json``."""
        if self._part:
            raise UsageError("these are some of the rows of an answer: to_dicts() has them")
        return super().json()

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as JSON: dictionaries, lists, texts and numbers."""
        return list(self._dicts())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Table):
            if self._part or other._part:
                return self._kind is other._kind and self.to_dicts() == other.to_dicts()
            return super().__eq__(other)
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Callable[..., Result], tuple[Any, ...]]:
        if self._part:
            raise UsageError("some of the rows of an answer cannot be kept: keep the answer")
        return super().__reduce__()

    def _more(self) -> tuple[Any, ...]:
        return (self._kind, self._schema, self._path)

    # Columns.

    def with_bounds(self) -> Self:
        """The same rows, whose columns have four more for each date, for computing: earliest and latest
        start, earliest and latest end, as days since 1970-01-01; −10¹⁵ is before all days, 10¹⁵ after
        all. One date is certainly before another where ``latest_end < earliest_start``, and certainly
        or possibly where ``earliest_end < latest_start``."""
        other = self._copy()
        other._bounds = True
        if other._large is not None and not other._large.kept and not self._bounds:
            other._large = other._again("-f", "json", large=other._as_large())
        return other

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The rows as an Arrow stream, which polars, DuckDB and pyarrow read."""
        return self._stream(views=False)

    def _stream(self, views: bool) -> object:
        """The rows as an Arrow stream; with views, texts are as polars has them."""
        rows = self._all() if self._large is None else self._large
        return rows.stream(self._schema, list(self._columns_path), self._bounds, views)

    def __arrow_c_schema__(self) -> object:
        """The schema of the columns."""
        return _annals.Rows.schema(self._schema, list(self._columns_path), self._bounds)

    def to_arrow(self) -> pyarrow.Table:
        """A ``pyarrow.Table``."""
        try:
            import pyarrow
        except ImportError as error:
            raise missing("pyarrow", "arrow", "to_arrow()") from error
        return pyarrow.table(self)

    def to_polars(self) -> polars.DataFrame:
        """A polars ``DataFrame``. Of many rows it takes less memory than ``polars.DataFrame(table)``, for which
        texts are copied: pyarrow, which reads the same stream, cannot compute with texts as polars has them."""
        try:
            import polars
        except ImportError as error:
            raise missing("polars", "polars", "to_polars()") from error
        return polars.DataFrame(Stream(self._stream(views=True)))

    def to_pandas(self, *, nested: bool = False) -> pandas.DataFrame:
        """A pandas ``DataFrame`` with the columns of CSV, or with lists where ``nested``.

        Days are ``datetime64[s]``, which holds every year that facts can name.
        """
        from ._frames import pandas_frame

        return pandas_frame(self, nested)

    def to_numpy(self, column: str) -> numpy.ndarray[Any, numpy.dtype[numpy.int64]]:
        """The bounds of a column of dates, as days since 1970-01-01: an array of shape (n, 4)."""
        from ._frames import bounds_array

        return bounds_array(self, column)

    # What people see.

    def show(self, rows: int | None = _SHOWN) -> Shown:
        """The first rows, or all, for a notebook or a terminal."""
        return Shown(self, rows)

    def __str__(self) -> str:
        return repr(self) if self._part else self._as_text()

    def __repr__(self) -> str:
        rows = "1 row" if len(self) == 1 else f"{len(self)} rows"
        of = "of " if self._part else ""
        return f"<{rows} {of}{self.command or quoted(self.argv)}>"

    def _repr_html_(self) -> str:
        from ._html import table

        return table(self, _SHOWN)


class Stream:
    """An Arrow stream, to be taken once."""

    def __init__(self, capsule: object) -> None:
        self._capsule = capsule

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._capsule


class Shown:
    """Some of the rows of a table, as people see them."""

    def __init__(self, table: Table[Any], rows: int | None) -> None:
        self._table = table
        self._rows = rows

    def __repr__(self) -> str:
        from ._html import plain

        return plain(self._table, self._rows)

    def _repr_html_(self) -> str:
        from ._html import table

        return table(self._table, self._rows)


class Findings(Table[R]):
    """What is wrong with the facts."""

    __slots__ = ()

    @property
    def summary(self) -> Any:
        """How many records, errors, warnings and remarks there are."""
        import json

        from ._rows import Summary

        return Summary(json.loads(self._whole().bytes())["summary"])

    def raise_for_errors(self) -> None:
        """Raises ``CheckFailed`` if there are errors."""
        count = self.summary.errors
        if count:
            worst = [one for one in self if getattr(one, "severity", "") == "error"]
            error = CheckFailed(worst[0].message if count == 1 else f"{count} errors, the first: {worst[0].message}")  # type: ignore[attr-defined]
            described(error, worst)
            raise error


class Document(Result):
    """A document: Markdown, HTML or DOCX."""

    __slots__ = ()
    _form = "md"

    def json(self) -> bytes:
        """A document has no JSON: its rows are those of ``said``."""
        raise UsageError("a document has no JSON: ask said() for its rows")

    def to_bytes(self, form: str) -> bytes:
        """The document as a file of some form: md, html, docx."""
        return self._again("-f", form).bytes()

    def __str__(self) -> str:
        return self.render("md")

    def _repr_markdown_(self) -> str:
        return self.render("md")


class Picture(Result):
    """A picture, in SVG. It can be saved as .svg and .dot, and as .png and .pdf if these are built in."""

    __slots__ = ()
    _form = "svg"

    def json(self) -> bytes:
        """A picture has no JSON."""
        raise UsageError("a picture has no JSON: ask the question that it draws")

    @property
    def svg(self) -> str:
        """The picture."""
        return self._native.bytes().decode()

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, str]:
        from ._html import with_own_ids

        return {"image/svg+xml": with_own_ids(self.svg), "text/plain": repr(self)}


class Graph(Result):
    """Nodes and edges."""

    __slots__ = ("_shape",)

    def __init__(
        self,
        asked: Asked | None,
        line: Sequence[str],
        shape: str,
        native: _annals.Answer | None = None,
    ) -> None:
        self._shape = shape
        super().__init__(asked, line, native)

    def _more(self) -> tuple[Any, ...]:
        return (self._shape,)

    @property
    def nodes(self) -> Table[Any]:
        """The nodes as rows. Those of a network have the window that they are in."""
        return self._part_of("nodes")

    @property
    def edges(self) -> Table[Any]:
        """The edges as rows. Those of a network have the window that they are in."""
        return self._part_of("edges")

    def _part_of(self, part: str) -> Table[Any]:
        from ._graphs import part_of

        return part_of(self, part)

    def _is_null(self) -> bool:
        """Whether the answer is that there is none."""
        return self._shape == "path" and self.to_dict()["data"] is None

    def to_dict(self) -> dict[str, Any]:
        """The answer as JSON: dictionaries, lists, texts and numbers."""
        import json

        found: dict[str, Any] = json.loads(self._whole().bytes())
        return found

    def __repr__(self) -> str:
        if self._is_null():
            return super().__repr__()
        nodes, edges = len(self.nodes), len(self.edges)
        return f"<{nodes} nodes and {edges} edges: {self.command or quoted(self.argv)}>"

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, str]:
        from ._graphs import picture_of
        from ._html import document, with_own_ids

        bundle = {"text/plain": repr(self), "text/html": document(repr(self))}
        svg = picture_of(self)
        if svg is not None:
            del bundle["text/html"]
            bundle["image/svg+xml"] = with_own_ids(svg)
        return bundle

    def to_networkx(self, *, flat: bool = False, window: int | None = None) -> Any:
        """A NetworkX ``MultiDiGraph``: that of the node-link JSON. ``flat`` makes texts of lists, so that
        GraphML and GEXF can be written; ``window`` chooses the window of a network."""
        from ._graphs import networkx_graph

        return networkx_graph(self, flat, window)

    def to_igraph(self, *, window: int | None = None) -> Any:
        """An igraph ``Graph``, whose vertices are found by id: ``graph.vs.find("zelensky")``."""
        from ._graphs import igraph_graph

        return igraph_graph(self, window)

