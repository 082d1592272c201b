"""Facts from Python: records made one by one, checked, and saved as a fact file."""

from __future__ import annotations

import datetime
import json
import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from . import _annals
from ._answers import Findings
from ._arguments import PathLike
from ._dates import Date, Day
from ._errors import UsageError
from ._records import FIELDS, KINDS, Records
from ._row import Ref

if TYPE_CHECKING:
    from ._asking import Written
    from ._rows import Finding
    from ._store import Store

_HERE = os.path.dirname(os.path.abspath(__file__))


class Evidence:
    """A passage of a document.

    >>> import annals
    >>> annals.Evidence("minutes", quote="not one day later", page=3)
    Evidence(document='minutes', quote='not one day later', page=3)
    """

    __slots__ = ("_fields",)

    def __init__(
        self,
        document: object,
        *,
        quote: str | None = None,
        page: str | int | None = None,
        spans: Any = None,
    ) -> None:
        fields = {"document": document, "quote": quote, "page": page, "spans": spans}
        self._fields = {name: value for name, value in fields.items() if value is not None}

    def __repr__(self) -> str:
        return f"Evidence({', '.join(f'{name}={value!r}' for name, value in self._fields.items())})"


class OwnFindings(Findings[Any]):
    """What is wrong with facts that are in no file."""

    __slots__ = ()

    @property
    def command(self) -> None:
        """None: no command reads what is in memory."""
        return None


class Facts(Records):
    """Records made one by one. Each method makes one and returns a reference to it, which others take.

    Adding a record checks types only; whatever else is wrong with it is a finding of ``check()``, placed
    at the line of your script that made it.

    >>> import annals
    >>> facts = annals.Facts()
    >>> mayor = facts.actor("Ines Carvalho", kind="person")
    >>> dredging = facts.topic("dredging")
    >>> claim = facts.claim(speaker=mayor, about=dredging, stance="opposes", said="2021-05", content="No.")
    >>> mayor.id, claim.id
    ('ines-carvalho', 'ines-carvalho-no')
    >>> facts.store().positions()[0].speaker.name
    'Ines Carvalho'
    """

    def __init__(self) -> None:
        #: Kind, fields, and where each was made.
        self._made: list[tuple[str, dict[str, Any], tuple[str, int] | None]] = []
        self._ids: set[str] = set()

    def __len__(self) -> int:
        return len(self._made)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return f"<annals.Facts: {len(self)} records>"

    def _add(self, kind: str, given: Mapping[str, Any], more: Mapping[str, Any]) -> Ref:
        for name in more:
            if not name.startswith("x_"):
                raise TypeError(_unknown(kind, name))
        fields = {name: value for name, value in given.items() if value is not None}
        fields |= more
        record = {name.rstrip("_"): _value(name, value) for name, value in fields.items()}
        record = {"id": record.pop("id", None) or self._new_id(kind, record), **record}
        self._ids.add(str(record["id"]))
        self._made.append((kind, record, _caller()))
        name = next((record[key] for key in ("name", "label", "title") if key in record), record["id"])
        return Ref({"id": str(record["id"]), "name": str(name)})

    def _new_id(self, kind: str, record: Mapping[str, Any]) -> str:
        """An id of the words that tell the record apart."""
        named = [record[key] for key in ("name", "label", "title") if key in record]
        if not named:
            ends = [record.get(key) for key in ("speaker", "from", "first", "kind", "relation", "to", "second")]
            words = str(record.get("quote") or record.get("content") or "").split()[:4]
            named = [*(one for one in ends if isinstance(one, str)), *words]
        wanted = _annals.slug(" ".join(str(one) for one in named)) or kind
        made, nth = wanted, 1
        while made in self._ids:
            nth += 1
            made = f"{wanted}-{nth}"
        return made

    def extend(self, facts: Written | Facts | Mapping[str, Any]) -> None:
        """Adds all records of other facts: those of ``annals.table`` or ``import_``, of another ``Facts``,
        or as JSON."""
        if isinstance(facts, Facts):
            for kind, record, where in facts._made:
                self._made.append((kind, dict(record), where))
                self._ids.add(str(record["id"]))
            return
        found = facts if isinstance(facts, Mapping) else json.loads(facts.json())
        singular = {plural: kind for kind, plural in KINDS.items()}
        for plural, records in found.items():
            if plural == "annals":
                continue
            if plural not in singular:
                raise UsageError(f"facts have no {plural!r}; they have {', '.join(singular)}")
            for record in records:
                self._made.append((singular[plural], dict(record), _caller()))
                if "id" in record:
                    self._ids.add(str(record["id"]))

    def _written(self, form: str) -> tuple[str, list[int]]:
        """The facts as a file, and which record stands on which of its lines."""
        lines: list[str] = []
        at: list[int] = []

        def put(text: str, nth: int = -1) -> None:
            lines.append(text)
            at.append(nth)

        if form == "jsonl":
            for nth, (kind, record, _) in enumerate(self._made):
                # A kind of actor is a field of its own.
                put(json.dumps({"type": kind, **record}, ensure_ascii=False), nth)
            return "".join(line + "\n" for line in lines), at
        put("annals: 1" if form == "yaml" else '{"annals": 1')
        for kind, plural in KINDS.items():
            records = [(nth, one) for nth, (of, one, _) in enumerate(self._made) if of == kind]
            if not records:
                continue
            if form == "yaml":
                put("")
                put(f"{plural}:")
            else:
                put(f',"{plural}": [')
            for place, (nth, record) in enumerate(records):
                text = json.dumps(record, ensure_ascii=False)
                comma = "," if place + 1 < len(records) else ""
                put(f"  - {text}" if form == "yaml" else f"  {text}{comma}", nth)
            if form == "json":
                put("]")
        if form == "json":
            put("}")
        return "".join(line + "\n" for line in lines), at

    def store(self) -> Store:
        """A store of these facts; as with ``annals.open``, a ``FactsWarning`` says what ``check()`` would
        show."""
        from ._store import looked_at

        return looked_at(self._store(), False)

    def _store(self) -> Store:
        from ._store import Store

        memory = (self._written("json")[0], "facts.json")
        return Store(_annals.Store.loads(*memory), (), (), memory)

    def check(self) -> Findings[Finding]:
        """What is wrong with the facts. Places are those in your script, or in a cell of your notebook."""
        found = self._store().check()
        _, at = self._written("json")
        answer = json.loads(found.json())
        for finding in answer["data"]:
            for place in finding["places"]:
                nth = at[place["line"] - 1] if place["file"].endswith("facts.json") else -1
                where = self._made[nth][2] if nth >= 0 else None
                if where is not None:
                    line = where[1]
                    place |= {"file": where[0], "line": line, "column": 1, "end_line": line, "end_column": 1}
        native = _annals.Answer(json.dumps(answer, ensure_ascii=False).encode(), list(found.warnings), 0)
        return OwnFindings(None, found.argv[1:], found._kind, "check", native=native)

    def save(self, path: PathLike, *, overwrite: bool = False) -> str:
        """Writes a fact file, whole or not at all: YAML, JSON or JSON Lines, as its ending says. The same
        records give the same bytes. Returns the path."""
        target = os.fspath(path)
        ending = os.path.splitext(target)[1].lower()
        forms = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".jsonl": "jsonl"}
        if ending not in forms:
            raise UsageError(f"{target}: facts are saved as .yaml, .json or .jsonl")
        if not overwrite and os.path.lexists(target):
            import errno

            raise FileExistsError(errno.EEXIST, "overwrite=True replaces it", target)
        import tempfile

        text, _ = self._written(forms[ending])
        handle, beside = tempfile.mkstemp(prefix=".annals-", dir=os.path.dirname(target) or ".")
        try:
            with open(handle, "w", encoding="utf-8", newline="\n") as out:
                out.write(text)
            os.replace(beside, target)
        except BaseException:
            os.unlink(beside)
            raise
        return target


def _caller() -> tuple[str, int] | None:
    """Where in the code of the user a record is made."""
    frame = sys._getframe(1)
    while frame is not None and os.path.abspath(frame.f_code.co_filename).startswith(_HERE + os.sep):
        back = frame.f_back
        if back is None:
            return None
        frame = back
    file, line = frame.f_code.co_filename, frame.f_lineno
    cells = frame.f_globals.get("In")
    if isinstance(cells, list) and not os.path.exists(file):
        return (f"notebook cell {len(cells) - 1}", line)
    return (file, line)


def _unknown(kind: str, name: str) -> str:
    import difflib

    near = difflib.get_close_matches(name, FIELDS[kind], n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ", and those of your own begin with x_"
    return f"{kind}() has no field {name!r}{hint}"


def _value(name: str, value: Any) -> Any:
    """A value as facts have it."""
    if isinstance(value, (str, bool, int, float)):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, Evidence):
        return {key: _value(key, one) for key, one in value._fields.items()}
    if isinstance(value, Date):
        more = {} if value.calendar == "gregorian" else {"calendar": value.calendar}
        more |= {} if value.display is None else {"display": value.display}
        return {"edtf": value.written, **more} if more else value.written
    if isinstance(value, (Day, datetime.date)):
        return Date.of(value).written
    if isinstance(value, Mapping):
        return {str(key): _value(name, one) for key, one in value.items()}
    found = getattr(value, "id", None)
    if isinstance(found, str):
        return found
    if isinstance(value, (list, tuple)):
        return [_value(name, one) for one in value]
    try:
        return Date.of(value).written
    except TypeError:
        raise TypeError(f"{name} cannot be {type(value).__name__}") from None
