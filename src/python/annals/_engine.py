"""Facts that another engine has: Spark, Sail or DuckDB, which reads a snapshot where it lies."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Protocol

from . import _annals
from ._answers import Large
from ._arguments import line, words
from ._errors import UsageError, missing
from ._questions import COMMANDS, Questions

__all__ = ["EngineStore"]

#: The questions that an engine is asked; the others are put to ``annals`` itself.
_ASKED = ("said", "count", "overview", "timeline", "positions", "contradictions", "network")


class _Engine(Protocol):
    """A session of an engine."""

    is_duckdb: bool

    def frame(self, text: str) -> Any:
        """The engine's own data frame of a query, not fetched."""

    def rows(self, text: str) -> list[dict[str, Any]]:
        """The rows of a query."""

    def close(self) -> None:
        """Ends what was started for it."""


class Connect:
    """Spark or Sail, through Spark Connect."""

    is_duckdb = False

    def __init__(self, on: Any) -> None:
        self._server: Any = None
        self._is_own = isinstance(on, str)
        if on == "sail":
            try:
                from pysail.spark import SparkConnectServer
            except ImportError as error:
                raise missing("pysail", "sail", 'on="sail"') from error
            # Else it logs each start and end of a session.
            os.environ.setdefault("RUST_LOG", "error")
            self._server = SparkConnectServer(ip="127.0.0.1", port=0)
            self._server.start(background=True)
            host, port = self._server.listening_address
            on = f"sc://{host}:{port}"
        if isinstance(on, str):
            try:
                from pyspark.sql.connect.session import SparkSession
            except ImportError as error:
                raise missing("pyspark-client", "spark", f"on={on!r}") from error
            on = SparkSession.builder.remote(on).create()
        self.session = on

    def frame(self, text: str) -> Any:
        return self.session.sql(text)

    def rows(self, text: str) -> list[dict[str, Any]]:
        frame = self.frame(text)
        rows: list[dict[str, Any]] = [row.asDict(recursive=True) for row in frame.collect()]
        return rows

    def close(self) -> None:
        if self._is_own:
            self.session.stop()
        if self._server is not None:
            self._server.stop()


class _DuckDB:
    """A connection of DuckDB."""

    is_duckdb = True

    def __init__(self, on: Any) -> None:
        self._is_own = isinstance(on, str)
        if self._is_own:
            try:
                import duckdb
            except ImportError as error:
                raise missing("duckdb", "duckdb", 'on="duckdb"') from error
            on = duckdb.connect()
        self._connection = on

    def frame(self, text: str) -> Any:
        if text.startswith("CREATE"):
            return self._connection.execute(text)
        return self._connection.sql(text)

    def rows(self, text: str) -> list[dict[str, Any]]:
        found = self._connection.execute(text)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def close(self) -> None:
        if self._is_own:
            self._connection.close()


def _engine(on: Any) -> _Engine:
    if on == "duckdb" or type(on).__name__ == "DuckDBPyConnection":
        return _DuckDB(on)
    if isinstance(on, str) and on != "sail" and not on.startswith("sc://"):
        raise UsageError(f"on is sail, duckdb, sc://HOST:PORT or a session, not {on!r}")
    return Connect(on)


def connected(on: Any) -> Connect:
    """Spark or Sail, whose tasks can run functions of Python."""
    engine = _engine(on)
    if not isinstance(engine, Connect):
        engine.close()
        raise UsageError("DuckDB runs on one machine: without on=, processes here build the parts")
    return engine


class EngineStore(Questions):
    """A snapshot that an engine reads. The questions are those of a ``Store``, and so are the rows; one that
    an engine cannot answer raises ``UsageError``.

    ``annals.open(path, on=...)`` makes one. The engine selects; the rows of the answer are fetched, at most
    200,000 of them. ``frame`` has any number, and leaves them where they are.
    """

    __slots__ = ("_engine", "_path")

    def __init__(self, path: str, on: Any, for_cluster: bool = False) -> None:
        self._path = path
        if isinstance(on, str) and on in ("sail", "duckdb") and "://" not in path:
            # An engine that runs here would find nothing, and say so in words about columns.
            os.stat(path)
        self._engine: _Engine | None = _engine(on)
        try:
            for statement in _annals.views(path, self._engine.is_duckdb, for_cluster):
                self._engine.frame(statement)
        except BaseException:
            self.close()
            raise

    def frame(self, question: str, **options: Any) -> Any:
        """The engine's own data frame of a question, with the columns that ``annals sql`` gives it, all of its
        rows, and nothing fetched: of Spark and Sail a ``DataFrame``, of DuckDB a relation.

        >>> import annals
        >>> store = annals.open("facts.annals", on="sail")  # doctest: +SKIP
        >>> store.frame("said", by="zelensky").show()  # doctest: +SKIP
        """
        if question not in _ASKED:
            raise UsageError(f"{question} cannot be asked of an engine; these can: {', '.join(_ASKED)}")
        asked = _annals.EngineQuestion(self._line(question, options), True)
        sql, is_question, _ = asked.first()
        while sql is not None and not is_question:
            sql, is_question, _ = asked.take(self._rows(sql))
        assert sql is not None
        return self._open.frame(sql)

    @property
    def _open(self) -> _Engine:
        if self._engine is None:
            raise ValueError("the store is closed")
        return self._engine

    def _rows(self, sql: str) -> str:
        return json.dumps(self._open.rows(sql), ensure_ascii=False)

    def _line(self, command: str, given: Mapping[str, Any]) -> list[str]:
        if command not in _ASKED:
            raise UsageError(
                f"{command} cannot be asked of an engine; open the snapshot without on= for that"
            )
        known = COMMANDS[command]
        for name in given:
            if name not in known:
                raise TypeError(f"{command} got an unexpected keyword argument {name!r}")
        placed, named = words(known, {k: v for k, v in given.items() if v is not None})
        return line(command, placed, [], named)

    def _ask(self, argv: list[str], large: Large | None = None) -> _annals.Answer:
        asked = _annals.EngineQuestion(argv, False)
        sql, _, answer = asked.first()
        while sql is not None:
            sql, _, answer = asked.take(self._rows(sql))
        assert answer is not None
        return answer

    #: JSON alone.
    _has_forms = False

    @property
    def _is_of_files(self) -> bool:
        return False

    def close(self) -> None:
        """Ends the session, if it was made here, and the server, if one was started."""
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()

    def __enter__(self) -> EngineStore:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        closed = "closed " if self._engine is None else ""
        return f"<{closed}annals.EngineStore of {self._path!r}>"
