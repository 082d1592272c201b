"""Errors and warnings. All can be pickled, and have ``code``, ``place`` and ``findings``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._row import Place


class Error(Exception):
    """What goes wrong in Annals. Its text is what the command would print, with arguments in place of options."""

    #: The code of the first finding, as ``annals explain`` knows it.
    code: str | None = None
    #: Where in a file it is, if it is in one.
    place: Place | None = None
    #: The findings behind it, as the rows of ``store.check()``.
    findings: tuple[Any, ...] = ()

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return (_remade, (type(self), self.args, dict(self.__dict__)))


class FactsError(Error):
    """Facts, a configuration or a snapshot cannot be read or parsed (exit code 3)."""


class UsageError(Error, ValueError):
    """The question cannot be asked so (exit code 2)."""


class UnknownName(UsageError, LookupError):
    """Nothing is named so."""

    #: What was looked up.
    asked: str = ""
    #: What is near: id and name, best first.
    nearest: tuple[tuple[str, str], ...] = ()


class AmbiguousName(UsageError, LookupError):
    """Several records are named so."""

    #: What was looked up.
    asked: str = ""
    #: The records: id, name, and what tells them apart.
    candidates: tuple[tuple[str, str, str], ...] = ()


class DateError(UsageError):
    """A text is no date in EDTF."""

    #: The text.
    text: str = ""
    #: Where in the text it goes wrong, in characters.
    offset: int = 0
    #: The date in EDTF, where the text can only mean one.
    hint: str | None = None


class CheckFailed(Error):
    """There are errors among the facts: ``raise_for_errors()``, ``strict=True``."""


class MissingPackage(Error, ImportError):
    """A method needs a package that is not installed."""


class InternalError(Error, RuntimeError):
    """A fault of Annals itself. Please report it, with what was called."""


class FactsWarning(UserWarning):
    """There are errors or warnings among the facts; ``store.check()`` lists them."""


def _remade(kind: type[Error], args: tuple[Any, ...], state: dict[str, Any]) -> Error:
    error = kind(*args)
    error.__dict__.update(state)
    return error


def from_native(kind: str, message: str, details: str) -> Error:
    """The error that the native module tells of; the details are JSON."""
    import json

    from ._wording import in_python

    known: dict[str, Any] = json.loads(details) or {}
    message = in_python(message)
    if kind == "unknown":
        unknown = UnknownName(message)
        unknown.asked = known["asked"]
        unknown.nearest = tuple((one[0], one[1]) for one in known["nearest"])
        return unknown
    if kind == "ambiguous":
        ambiguous = AmbiguousName(message)
        ambiguous.asked = known["asked"]
        ambiguous.candidates = tuple((one[0], one[1], one[2]) for one in known["candidates"])
        return ambiguous
    if kind == "date":
        return _date_error(message, known)
    if kind == "internal":
        return InternalError(
            f"Annals failed: {message}. This is a fault of Annals: please report it, with what was called."
        )
    if kind == "usage":
        return UsageError(message)
    if kind == "strict":
        return CheckFailed(message)
    return _facts_error(message, known)


def _date_error(reason: str, known: dict[str, Any]) -> DateError:
    hint = known["hint"]
    if hint is None:
        more = " (dates are EDTF: 2023-04-20, 2023-04, 2023)"
    else:
        more = "" if hint in reason else f"; did you mean {hint}?"
    error = DateError(f"{known['text']!r} is not a date: {reason}{more}")
    error.text, error.offset, error.hint = known["text"], known["offset"], hint
    return error


def _facts_error(message: str, known: dict[str, Any]) -> FactsError:
    error = FactsError(message)
    described(error, known.get("findings", ()))
    for drawn in known.get("drawn", ()):
        error.add_note(drawn)
    return error


def described(error: Error, findings: Any) -> None:
    """Gives an error the findings behind it, and code and place of the first."""
    from ._rows import Finding

    error.findings = tuple(one if isinstance(one, Finding) else Finding(one) for one in findings)
    if error.findings:
        first = error.findings[0]
        error.code = first.code
        if first.places:
            error.place = first.places[0].as_place()


def without(error: Error, folder: str) -> Error:
    """The same error, whose places and words do not name a folder."""
    import json

    rows = json.dumps([one.to_dict() for one in error.findings]).replace(json.dumps(folder)[1:-1], "")
    again = type(error)(*(str(one).replace(folder, "") for one in error.args))
    described(again, json.loads(rows))
    for note in getattr(error, "__notes__", ()):
        again.add_note(note.replace(folder, ""))
    return again


def missing(package: str, extra: str, what: str) -> MissingPackage:
    """The error of a method that needs a package."""
    return MissingPackage(
        f"{what} needs {package}, which is not installed: pip install 'annals-timeline[{extra}]'"
    )
