"""Arguments of methods as those of the command line."""

from __future__ import annotations

import datetime
import os
import shlex
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias, runtime_checkable

from ._dates import Date, Day
from ._errors import UsageError
from ._row import each


@runtime_checkable
class HasId(Protocol):
    """What has an id: a ``Ref``, or a row of an answer."""

    @property
    def id(self) -> str: ...


#: A thing: its id, its name or an alias, or what an answer has of it.
Thing: TypeAlias = str | HasId
#: One thing, or several.
Things: TypeAlias = Thing | Iterable[Thing]
#: A date: EDTF, or a date of Python.
When: TypeAlias = str | datetime.date | Date | Day
#: A file or folder.
PathLike: TypeAlias = "str | os.PathLike[str]"


class Option(NamedTuple):
    """An option or argument of a command, as the command line defines it."""

    #: ``--by``; empty for one that has only a place.
    flag: str
    #: What it takes: thing, date, word, text, number, path, list (joined by commas), flag.
    takes: str
    #: Whether it can be given several times.
    is_repeatable: bool = False
    #: Whether it can stand without its value (``--rollup``).
    is_bare: bool = False
    #: How many values one takes.
    values: int = 1


def text_of(name: str, takes: str, value: object) -> str:
    """A value, as it is written on the command line."""
    if takes == "date":
        return _date(value)
    if takes == "path":
        if isinstance(value, (str, os.PathLike)):
            return _clean(name, os.fspath(value), is_path=True)
        raise TypeError(f"{name} is a path, not {type(value).__name__}")
    if isinstance(value, bool):
        raise TypeError(f"{name} takes a value, not {value}")
    if takes == "number":
        if isinstance(value, (int, float)):
            return str(value)
        raise TypeError(f"{name} is a number, not {type(value).__name__}")
    if isinstance(value, str):
        return _clean(name, str.__str__(value))
    if takes == "thing":
        found = getattr(value, "id", None)
        if isinstance(found, str):
            return _clean(name, found)
        raise TypeError(f"{name} is an id, a name, or what has an id, not {type(value).__name__}")
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, os.PathLike):
        return _clean(name, os.fspath(value), is_path=True)
    raise TypeError(f"{name} is a text, not {type(value).__name__}")


def _date(value: object) -> str:
    date = Date.of(value)
    if date.calendar != "gregorian":
        raise UsageError(f"{date.written}: an option takes a date of the Gregorian calendar")
    return date.written


def _clean(name: str, text: str | bytes, is_path: bool = False) -> str:
    if isinstance(text, bytes):
        text = os.fsdecode(text)
    if "\0" in text:
        raise UsageError(f"{name}: {text!r} has a NUL in it")
    if not is_path:
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise UsageError(f"{name}: {text!r} is no text: it has half a character") from error
    return text


def words(options: Mapping[str, Option], given: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """The arguments by place, and those with a name, in the order of the definitions."""
    placed: list[str] = []
    named: list[str] = []
    for name, option in options.items():
        value = given.get(name)
        if value is None or (value is False and option.takes == "flag"):
            continue
        if option.takes == "flag":
            if value is not True:
                raise TypeError(f"{name} is True or False, not {value!r}")
            named.append(option.flag)
            continue
        if not option.flag:
            several = each(value) if option.is_repeatable else iter((value,))
            placed.extend(text_of(name, option.takes, one) for one in several)
            continue
        for one in _values(name, option, value):
            named.extend(_named(option, one))
    return placed, named


def _values(name: str, option: Option, value: Any) -> Iterable[list[str] | None]:
    """The values of each time that an option is given; None where it stands alone."""
    if option.is_bare and isinstance(value, bool):
        if value:
            yield None
        return
    if option.values > 1:
        several = list(each(value))
        if len(several) != option.values:
            raise TypeError(f"{name} takes {option.values} values, not {len(several)}")
        yield [text_of(name, option.takes, one) for one in several]
        return
    if option.takes == "list":
        yield [",".join(text_of(name, "text", one) for one in each(value))]
        return
    for one in each(value) if option.is_repeatable else iter((value,)):
        yield [text_of(name, option.takes, one)]


def _named(option: Option, values: Sequence[str] | None) -> list[str]:
    if values is None:
        return [option.flag]
    if len(values) == 1 and (option.is_bare or values[0].startswith("-") or not values[0]):
        return [f"{option.flag}={values[0]}"]
    return [option.flag, *values]


def line(command: str, placed: Sequence[str], facts: Sequence[str], named: Sequence[str]) -> list[str]:
    """A command line, without the name of the program."""
    by_place = [*placed, *facts]
    if any(word.startswith("-") for word in by_place):
        # After `--`, nothing is an option.
        return [command, *named, "--", *by_place]
    return [command, *by_place, *named]


def quoted(argv: Sequence[str]) -> str:
    """The arguments, quoted for a shell."""
    return shlex.join(argv)


