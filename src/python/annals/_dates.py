"""Uncertain dates: as written, with the days on which they can begin and end, and how two compare."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cmp_to_key
from typing import TYPE_CHECKING, Any, Final, NoReturn

from . import _annals
from ._errors import missing

if TYPE_CHECKING:
    import pandas

_EPOCH: Final = datetime.date(1970, 1, 1).toordinal()
#: Before all days and after all, in columns of numbers.
_PAST: Final = -(10**15)
_FUTURE: Final = 10**15


class Certainty(StrEnum):
    """Whether something holds when the dates are only partly known.

    >>> from annals import Date
    >>> Date("2023-04").before("2023-04-20")
    <Certainty.POSSIBLY: 'possibly'>
    >>> Date("2023-04").before("2024").certain
    True
    """

    NEVER = "never"
    POSSIBLY = "possibly"
    CERTAINLY = "certainly"

    @property
    def certain(self) -> bool:
        """Whether it holds in every reading of the dates."""
        return self is Certainty.CERTAINLY

    @property
    def possible(self) -> bool:
        """Whether it holds in some reading of the dates."""
        return self is not Certainty.NEVER

    @property
    def _rank(self) -> int:
        return ("never", "possibly", "certainly").index(self.value)

    def __bool__(self) -> NoReturn:
        raise TypeError(
            f"{self.value!r} is neither true nor false: write .certain or .possible"
        )

    def _both(self, other: object, name: str) -> tuple[int, int]:
        if not isinstance(other, Certainty):
            raise TypeError(f"a certainty and {type(other).__name__} have no {name}")
        return (self._rank, other._rank)

    def __lt__(self, other: str) -> bool:
        one, two = self._both(other, "order")
        return one < two

    def __le__(self, other: str) -> bool:
        one, two = self._both(other, "order")
        return one <= two

    def __gt__(self, other: str) -> bool:
        one, two = self._both(other, "order")
        return one > two

    def __ge__(self, other: str) -> bool:
        one, two = self._both(other, "order")
        return one >= two

    def __and__(self, other: Certainty) -> Certainty:
        one, two = self._both(other, "conjunction")
        return _BY_RANK[min(one, two)]

    def __or__(self, other: Certainty) -> Certainty:
        one, two = self._both(other, "disjunction")
        return _BY_RANK[max(one, two)]

    def __invert__(self) -> Certainty:
        return _BY_RANK[2 - self._rank]


_BY_RANK: Final = (Certainty.NEVER, Certainty.POSSIBLY, Certainty.CERTAINLY)


class Day:
    """A day of the proleptic Gregorian calendar, or an open end: ``PAST`` or ``FUTURE``.

    Days have a total order. A day equals the ``datetime.date`` of that day, where there is one.

    >>> Day("2023-04-20") < Day("-0044-03-15")
    False
    >>> int(Day("1970-01-02"))
    1
    """

    __slots__ = ("_number",)
    _number: int

    def __init__(self, day: str | int | datetime.date | Day) -> None:
        object.__setattr__(self, "_number", _day_number(day))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a day cannot be changed")

    def __int__(self) -> int:
        """Days since 1970-01-01; −10¹⁵ and 10¹⁵ for the open ends."""
        return self._number

    def __str__(self) -> str:
        if self._number <= _PAST:
            return "past"
        if self._number >= _FUTURE:
            return "future"
        text = _annals.day_text(self._number)
        # Beyond the years that the calendar names, a day has only a number.
        return text if text is not None else f"day {self._number}"

    def __repr__(self) -> str:
        if self._number <= _PAST:
            return "annals.PAST"
        if self._number >= _FUTURE:
            return "annals.FUTURE"
        text = _annals.day_text(self._number)
        return f"Day({text!r})" if text is not None else f"Day({self._number})"

    def date(self) -> datetime.date:
        """The day as a ``datetime.date``, which ends at the years 1 and 9999.

        Raises ``OverflowError`` beyond.
        """
        date = self._python_date()
        if date is None:
            raise OverflowError(f"{self} is not within the years 1 to 9999 of datetime.date")
        return date

    def _python_date(self) -> datetime.date | None:
        ordinal = self._number + _EPOCH
        if 1 <= ordinal <= datetime.date.max.toordinal():
            return datetime.date.fromordinal(ordinal)
        return None

    def __eq__(self, other: object) -> bool:
        number = _comparable(other)
        return NotImplemented if number is None else self._number == number

    def __hash__(self) -> int:
        date = self._python_date()
        return hash(date) if date is not None else hash(self._number)

    def __lt__(self, other: object) -> bool:
        number = _comparable(other)
        return NotImplemented if number is None else self._number < number

    def __le__(self, other: object) -> bool:
        number = _comparable(other)
        return NotImplemented if number is None else self._number <= number

    def __gt__(self, other: object) -> bool:
        number = _comparable(other)
        return NotImplemented if number is None else self._number > number

    def __ge__(self, other: object) -> bool:
        number = _comparable(other)
        return NotImplemented if number is None else self._number >= number

    def __reduce__(self) -> tuple[Callable[..., Day], tuple[int]]:
        return (Day, (self._number,))


def _day_number(day: object) -> int:
    if isinstance(day, Day):
        return day._number
    if isinstance(day, bool):
        raise TypeError("a day is not a truth value")
    if isinstance(day, int):
        return max(_PAST, min(_FUTURE, day))
    number = _comparable(day)
    if number is not None:
        return number
    if isinstance(day, str):
        found = _of_iso(day)
        if found is None:
            raise ValueError(f"{day!r} is not a day: YYYY-MM-DD, before year 0 and after 9999 with a sign")
        return found
    raise TypeError(f"no day can be made of {type(day).__name__}")


def _of_iso(text: str) -> int | None:
    """The number of a day in ISO 8601; of a year before 0 or after 9999 with a sign."""
    year, *rest = text[1:].split("-")
    if len(rest) != 2 or not all(one.isascii() and one.isdigit() for one in (text[:1].lstrip("+-") + year, *rest)):
        return None
    if len(year) > 8 or len(rest[0]) != 2 or len(rest[1]) != 2:
        return None
    return _annals.day_number(int(text[:1] + year), int(rest[0]), int(rest[1]))


def _comparable(other: object) -> int | None:
    """The number of a day or a ``datetime.date``; a ``datetime`` is no day."""
    if isinstance(other, Day):
        return other._number
    if isinstance(other, datetime.date) and not isinstance(other, datetime.datetime):
        return other.toordinal() - _EPOCH
    return None


#: Before all days: the start of what has always been.
PAST: Final = Day(_PAST)
#: After all days: the end of what never ends.
FUTURE: Final = Day(_FUTURE)


class Date:
    """A date as it was written (EDTF): a day, a month, a year, an interval, and more or less certain.

    >>> date = Date("2023-04")
    >>> date.words
    'Apr 2023'
    >>> date.earliest_start, date.latest_end
    (Day('2023-04-01'), Day('2023-04-30'))
    >>> date.shares_day("2023-04-20")
    <Certainty.POSSIBLY: 'possibly'>

    ``==`` compares what was written. ``<`` raises: dates have no one order.
    """

    __slots__ = ("_native",)
    _native: _annals.Date

    def __init__(
        self, text: str, *, calendar: str = "gregorian", display: str | None = None
    ) -> None:
        if not isinstance(text, str):
            raise TypeError(
                f"a date is written as text (EDTF), not {type(text).__name__}: Date.of() takes other kinds"
            )
        object.__setattr__(self, "_native", _annals.Date(text, calendar, display))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a date cannot be changed")

    @classmethod
    def of(cls, value: object) -> Date:
        """The date of a text, a ``date`` or ``datetime``, a NumPy ``datetime64`` or one of the dates of
        pandas: each as precise as it is.

        >>> import datetime
        >>> Date.of(datetime.date(2023, 4, 20))
        Date('2023-04-20')
        """
        if isinstance(value, Date):
            return value
        if isinstance(value, str):
            return cls(value)
        return cls(_written(value))

    @property
    def written(self) -> str:
        """As it was written."""
        return self._native.written

    @property
    def precision(self) -> str:
        """How precise it is: day, month, season, year, decade, century, second, interval, unknown."""
        return self._native.precision

    @property
    def calendar(self) -> str:
        """The calendar it is written in, gregorian or julian; its days are always Gregorian."""
        return self._native.calendar

    @property
    def display(self) -> str | None:
        """The source's own wording."""
        return self._native.display

    @property
    def words(self) -> str:
        """As people write it, or the source's own wording."""
        return self._native.words

    @property
    def earliest_start(self) -> Day:
        """The first day on which it can begin."""
        return Day(self._native.bounds[0])

    @property
    def latest_start(self) -> Day:
        """The last day on which it can begin."""
        return Day(self._native.bounds[1])

    @property
    def earliest_end(self) -> Day:
        """The first day on which it can end."""
        return Day(self._native.bounds[2])

    @property
    def latest_end(self) -> Day:
        """The last day on which it can end."""
        return Day(self._native.bounds[3])

    @property
    def alternatives(self) -> tuple[tuple[Day, Day, Day, Day], ...]:
        """The four bounds of each reading of which one is meant."""
        each = self._native.alternatives
        return tuple((Day(a), Day(b), Day(c), Day(d)) for a, b, c, d in each)

    def _compare(self, relation: str, other: object) -> Certainty:
        return Certainty(self._native.compare(relation, Date.of(other)._native))

    def before(self, other: object) -> Certainty:
        """Whether it ends on an earlier day than the other starts."""
        return self._compare("before", other)

    def after(self, other: object) -> Certainty:
        """Whether it starts on a later day than the other ends."""
        return self._compare("after", other)

    def shares_day(self, other: object) -> Certainty:
        """Whether they have at least one day in common."""
        return self._compare("shares_day", other)

    def within(self, other: object) -> Certainty:
        """Whether it starts and ends within the other."""
        return self._compare("within", other)

    def contains(self, other: object) -> Certainty:
        """Whether the other starts and ends within it."""
        return self._compare("contains", other)

    def same_days(self, other: object) -> Certainty:
        """Whether they have the same first and the same last day."""
        return self._compare("same_days", other)

    def starts_before(self, other: object) -> Certainty:
        """Whether it starts on an earlier day than the other starts."""
        return self._compare("starts_before", other)

    def starts_not_after(self, other: object) -> Certainty:
        """Whether it starts on the day on which the other starts, or earlier."""
        return self._compare("starts_not_after", other)

    def ends_before(self, other: object) -> Certainty:
        """Whether it ends on an earlier day than the other ends."""
        return self._compare("ends_before", other)

    def ends_not_after(self, other: object) -> Certainty:
        """Whether it ends on the day on which the other ends, or earlier."""
        return self._compare("ends_not_after", other)

    def starts_before_end(self, other: object) -> Certainty:
        """Whether it starts on an earlier day than the other ends."""
        return self._compare("starts_before_end", other)

    def starts_not_after_end(self, other: object) -> Certainty:
        """Whether it starts on the day on which the other ends, or earlier."""
        return self._compare("starts_not_after_end", other)

    def ends_not_after_start(self, other: object) -> Certainty:
        """Whether it ends on the day on which the other starts, or earlier."""
        return self._compare("ends_not_after_start", other)

    def interval(self) -> pandas.Interval[Any]:
        """A ``pandas.Interval`` from its first to its last day, both included.

        Raises ``ValueError`` where an end is open or unknown.
        """
        try:
            import pandas
        except ImportError as error:
            raise missing("pandas", "pandas", "Date.interval()") from error
        first, last = self.earliest_start, self.latest_end
        for end, name in ((first, "start"), (last, "end")):
            if _annals.day_text(int(end)) is None:
                raise ValueError(f"{self.written!r} has no {name} that is known")
        stamps = [pandas.Timestamp(int(day) * 86_400, unit="s") for day in (first, last)]
        return pandas.Interval(stamps[0], stamps[1], closed="both")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Date):
            return NotImplemented
        return self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash(self._identity())

    def _identity(self) -> tuple[str, str, str | None]:
        return (self.written, self.calendar, self.display)

    def _unordered(self, other: object) -> NoReturn:
        raise TypeError(
            "dates have no one order: .before() compares, key=annals.chronological sorts as answers do"
        )

    __lt__ = __le__ = __gt__ = __ge__ = _unordered

    def __str__(self) -> str:
        return self.written

    def __repr__(self) -> str:
        more = "" if self.calendar == "gregorian" else f", calendar={self.calendar!r}"
        more += "" if self.display is None else f", display={self.display!r}"
        return f"Date({self.written!r}{more})"

    def __reduce__(self) -> tuple[Callable[..., Date], tuple[str, str, str | None]]:
        return (_date, self._identity())

    def _repr_html_(self) -> str:
        import html

        shown = html.escape(self.words), html.escape(self.written, quote=True)
        return f'<span title="{shown[1]}">{shown[0]}</span>'


def _date(written: str, calendar: str, display: str | None) -> Date:
    return Date(written, calendar=calendar, display=display)


def of_json(date: Mapping[str, Any]) -> Date:
    """The date of an answer."""
    return Date(date["written"], calendar=date["calendar"], display=date["display"])


def _chronologically(one: object, other: object) -> int:
    return _annals.chronological(Date.of(one)._native, Date.of(other)._native)


#: A key for ``sorted``: the order in which answers list dates.
chronological: Final[Callable[[object], Any]] = cmp_to_key(_chronologically)


def _written(value: object) -> str:
    """A date of another library, in EDTF."""
    if isinstance(value, Day):
        text = str(value)
        if len(text.lstrip("+-")) != 10 or _of_iso(text) is None:
            raise ValueError(f"{text}: EDTF has no such day")
        return text
    if isinstance(value, datetime.datetime):
        if value != value:  # NaT is a datetime, and not equal to itself.
            raise ValueError("NaT is no date")
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    kind = type(value).__module__.partition(".")[0]
    name = type(value).__name__
    if kind == "numpy" and name == "datetime64":
        return _of_numpy(value)
    if kind == "pandas" and name == "Period":
        return _of_period(value)
    if kind == "pandas" and name == "Interval":
        return _of_interval(value)
    raise TypeError(f"no date can be made of {name}")


def _of_numpy(value: Any) -> str:
    text = str(value)
    if text == "NaT":
        raise ValueError("NaT is no date")
    unit = str(value.dtype).partition("[")[2].rstrip("]")
    day = text.partition("T")[0]
    sign = "-" if day.startswith("-") else ""
    year, *rest = day.removeprefix("-").split("-")
    if len(year) > 4:
        # EDTF writes years of more than four digits with a Y, and these as years alone.
        if rest:
            raise ValueError(f"{text}: EDTF has no days of the year {year}")
        return f"Y{sign}{year}"
    parts = {"Y": 0, "M": 1}.get(unit, 2)
    return "-".join([sign + year.zfill(4), *rest[:parts]])


def _of_period(value: Any) -> str:
    unit = str(value.freqstr).partition("-")[0]
    first = value.start_time.date()
    if unit in ("Y", "A", "YE"):
        return f"{first:%Y}".zfill(4)
    if unit in ("M", "ME"):
        return f"{first.year:04}-{first.month:02}"
    if unit in ("D", "B", "h", "min", "s", "ms", "us", "ns"):
        return str(first.isoformat())
    return f"{first.isoformat()}/{value.end_time.date().isoformat()}"


def _of_interval(value: Any) -> str:
    one_day = datetime.timedelta(days=1)
    left, right = (value.left.date(), value.right.date())
    if value.closed in ("right", "neither"):
        left += one_day
    if value.closed in ("left", "neither"):
        right -= one_day
    if right < left:
        raise ValueError(f"{value} has no day in it")
    first, last = left.isoformat(), right.isoformat()
    return str(first) if first == last else f"{first}/{last}"
