"""Rows of answers: light views of their JSON. Attributes are converted when they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from ._dates import Date, Day

_R = TypeVar("_R", bound="Row")


class Row:
    """A row of an answer, or a part of one."""

    __slots__ = ("_json",)
    #: The keys of the JSON that have an attribute.
    _keys: tuple[str, ...] = ()

    def __init__(self, json: Mapping[str, Any]) -> None:
        self._json = json

    def to_dict(self) -> dict[str, Any]:
        """The row as JSON: dictionaries, lists, texts and numbers."""
        import copy

        return copy.deepcopy(dict(self._json))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Row):
            return type(self) is type(other) and self._json == other._json
        return NotImplemented

    def __hash__(self) -> int:
        return hash((type(self).__name__, str(self._json.get("id", len(self._json)))))

    def __repr__(self) -> str:
        shown = (
            f"{key}={_short(getattr(self, key, self._json[key]))}"
            for key in self._named()
            if self._json.get(key) not in (None, [], {})
        )
        return f"{type(self).__name__}({', '.join(shown)})"

    def __str__(self) -> str:
        return claim_words(self._json) or repr(self)

    def _named(self) -> tuple[str, ...]:
        """The keys that its repr shows."""
        return self._keys

    def __reduce__(self) -> tuple[Callable[..., Row], tuple[Any, ...]]:
        return (type(self), (dict(self._json),))

    def __dir__(self) -> list[str]:
        return sorted(set(object.__dir__(self)) - {"_json"})

    # What the generated attributes are made of.

    def _one(self, key: str, kind: type[_R]) -> _R | None:
        value = self._json.get(key)
        return None if value is None else kind(value)

    def _all(self, key: str, kind: type[_R]) -> tuple[_R, ...]:
        return tuple(kind(one) for one in self._json.get(key) or ())

    def _date(self, key: str) -> Date | None:
        from ._dates import of_json

        value = self._json.get(key)
        return None if value is None else of_json(value)

    def _day(self, key: str) -> Day | None:
        from ._dates import Day

        value = self._json.get(key)
        return None if value is None else Day(value)

    def _dates(self, key: str) -> tuple[Date, ...]:
        from ._dates import of_json

        return tuple(of_json(one) for one in self._json.get(key) or ())

    def _days(self, key: str) -> tuple[Day | None, ...]:
        from ._dates import Day

        return tuple(None if one is None else Day(one) for one in self._json.get(key) or ())

    def _values(self, key: str) -> tuple[Any, ...]:
        return tuple(self._json.get(key) or ())

    def _lists(self, key: str) -> tuple[tuple[Any, ...], ...]:
        return tuple(tuple(one) for one in self._json.get(key) or ())


def claim_words(json: Mapping[str, Any]) -> str:
    """Who said what and when, if it is a claim: of two that contradict each other, that is what one wants."""
    if not {"speaker", "said", "quote", "content"} <= json.keys():
        return ""
    who = ", ".join(str(one["name"]) for one in json["speaker"]) or "(no named speaker)"
    when = json["said"]["written"] if json["said"] else "undated"
    what = f"“{json['quote']}”" if json["quote"] else json["content"] or ""
    return f"{who}, {when}: {what}" if what else f"{who}, {when}"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


class Ref(Row):
    """A reference to a record. Its text is the name."""

    __slots__ = ()
    _keys = ("id", "name")

    @property
    def id(self) -> str:
        """Its id."""
        return str(self._json["id"])

    @property
    def name(self) -> str:
        """Its name, or its id if it has no name."""
        return str(self._json["name"])

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"Ref({self.id!r}, {self.name!r})"


class Place(Row):
    """A place in a file; lines and columns count from 1. Its text is ``file:line:column``. Of facts that an
    engine has, only the file is known, and of JSON Lines the line."""

    __slots__ = ()
    _keys: tuple[str, ...] = ("file", "line", "column", "end_line", "end_column")

    @property
    def file(self) -> str:
        """The file."""
        return str(self._json["file"])

    @property
    def line(self) -> int:
        """Line of its first character."""
        return int(self._json["line"])

    @property
    def column(self) -> int:
        """Column of its first character."""
        return int(self._json["column"])

    @property
    def end_line(self) -> int:
        """Line after its last character."""
        return int(self._json["end_line"])

    @property
    def end_column(self) -> int:
        """Column after its last character."""
        return int(self._json["end_column"])

    def as_place(self) -> Place:
        """This place without what else is said of it."""
        return Place({key: self._json[key] for key in Place._keys})

    def __str__(self) -> str:
        known = (self._json.get(key) for key in ("file", "line", "column"))
        return ":".join(str(one) for one in known if one is not None)

    def __repr__(self) -> str:
        return f"Place({str(self)!r})"


def each(value: object) -> Iterator[object]:
    """The values of an argument that takes one or several."""
    if value is None:
        return
    if isinstance(value, (str, bytes, Row)) or not isinstance(value, Iterable):
        yield value
        return
    yield from value
