"""Who said what about whom, and when: an event timeline knowledge graph.

    >>> import annals
    >>> store = annals.open("data/kyiv")
    >>> claims = store.said(by="Zelensky", about="NATO")
    >>> len(claims) > 0
    True

Every question is a command of the ``annals`` command line, every argument one of its options, and
every answer is that command's own JSON, with types. See ``docs/python/`` in the repository.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._dates import FUTURE, PAST, Certainty, Date, Day, chronological
    from ._errors import (
        AmbiguousName,
        CheckFailed,
        DateError,
        Error,
        FactsError,
        FactsWarning,
        InternalError,
        MissingPackage,
        UnknownName,
        UsageError,
    )
    from ._chronology import Chronology, chronology
    from ._engine import EngineStore
    from ._answers import Document, Findings, Graph, Picture, Record, Result, Table
    from ._facts import Evidence, Facts
    from ._ingest import ingest
    from ._questions import agree, draft, explain, import_, schema, verify
    from ._row import Place, Ref, Row
    from ._store import Store, loads, open
    from ._tables import suggest, table

# Where each name is: a module is read when a name of it is first used, so that `import annals` and the
# command stay quick.
_NAMES = {
    "_answers": "Document Findings Graph Picture Record Result Table",
    "_chronology": "Chronology chronology",
    "_engine": "EngineStore",
    "_dates": "FUTURE PAST Certainty Date Day chronological",
    "_errors": (
        "AmbiguousName CheckFailed DateError Error FactsError FactsWarning InternalError "
        "MissingPackage UnknownName UsageError"
    ),
    "_facts": "Evidence Facts",
    "_ingest": "ingest",
    "_questions": "agree draft explain import_ schema verify",
    "_row": "Place Ref Row",
    "_store": "Store loads open",
    "_tables": "suggest table",
}
_HOME = {name: module for module, names in _NAMES.items() for name in names.split()}

__all__ = [
    "AmbiguousName",
    "Certainty",
    "CheckFailed",
    "Chronology",
    "Date",
    "DateError",
    "Day",
    "Document",
    "EngineStore",
    "Error",
    "Evidence",
    "FUTURE",
    "Facts",
    "FactsError",
    "FactsWarning",
    "Findings",
    "Graph",
    "InternalError",
    "MissingPackage",
    "PAST",
    "Picture",
    "Place",
    "Record",
    "Ref",
    "Result",
    "Row",
    "Store",
    "Table",
    "UnknownName",
    "UsageError",
    "agree",
    "chronological",
    "chronology",
    "draft",
    "explain",
    "import_",
    "ingest",
    "loads",
    "open",
    "schema",
    "suggest",
    "table",
    "verify",
]


def __getattr__(name: str) -> object:
    import importlib

    if name == "__version__":
        from importlib.metadata import version

        value: object = version("annals-timeline")
    elif name in _HOME:
        value = getattr(importlib.import_module("." + _HOME[name], __name__), name)
    else:
        raise AttributeError(f"module 'annals' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
