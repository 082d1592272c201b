"""Dates, days and three-valued answers."""

from __future__ import annotations

import copy
import datetime
import itertools
import json
import pickle
from collections.abc import Callable
from pathlib import Path

import annals
import pytest
from annals import FUTURE, PAST, Certainty, Date, Day
from conftest import DATES
from hypothesis import given, settings
from hypothesis import strategies as st

RELATIONS = [
    "before",
    "after",
    "shares_day",
    "within",
    "contains",
    "same_days",
    "starts_before",
    "starts_not_after",
    "ends_before",
    "ends_not_after",
    "starts_before_end",
    "starts_not_after_end",
    "ends_not_after_start",
]


def test_a_certainty_is_neither_true_nor_false() -> None:
    for one in Certainty:
        with pytest.raises(TypeError, match=r"\.certain or \.possible"):
            bool(one)  # pyrefly: ignore[invalid-argument]
        with pytest.raises(TypeError):
            if one:  # pyrefly: ignore[invalid-argument]
                pass
        assert one == one.value and one in {"never", "possibly", "certainly"}
        assert json.dumps(one) == f'"{one.value}"'
        for again in (pickle.loads(pickle.dumps(one)), copy.deepcopy(one)):
            assert again is one
    never, possibly, certainly = Certainty
    assert sorted([certainly, never, possibly]) == [never, possibly, certainly]
    assert certainly & possibly is possibly and never | possibly is possibly
    assert ~never is certainly and ~possibly is possibly
    assert [one.certain for one in Certainty] == [False, False, True]
    assert [one.possible for one in Certainty] == [False, True, True]
    match possibly:
        case Certainty.POSSIBLY:
            pass
        case _:
            pytest.fail("it does not match itself")


def test_dates_compare_with_three_values() -> None:
    april = Date("2023-04")
    assert april.before("2023-04-20") is Certainty.POSSIBLY
    assert april.before("2024") is Certainty.CERTAINLY
    assert april.before(datetime.date(2022, 1, 1)) is Certainty.NEVER
    assert april.contains("2023-04-20") is Certainty.POSSIBLY
    assert Date("2023-04-20").within("2023-04-01/2023-04-30").certain
    assert Date("1880/..").latest_end is not None


def test_dates_have_no_order_but_one_for_lists() -> None:
    wrongs: list[Callable[[], object]] = [
        lambda: Date("2023") < Date("2024"),
        lambda: max(Date("2023"), Date("2024")),
    ]
    for wrong in wrongs:
        with pytest.raises(TypeError, match="chronological"):
            wrong()
    each = [Date(text) for text in DATES]
    ordered = sorted(each, key=annals.chronological)
    assert sorted(reversed(ordered), key=annals.chronological)[0] == ordered[0]


def test_a_date_is_what_was_written() -> None:
    julian = Date("1917-10-25", calendar="julian", display="October Revolution")
    assert (julian.earliest_start, julian.words) == (Day("1917-11-07"), "October Revolution")
    assert julian != Date("1917-10-25") and julian == pickle.loads(pickle.dumps(julian))
    assert hash(julian) == hash(copy.copy(julian))
    assert len({Date("2023"), Date("2023"), Date("2023-XX")}) == 2
    with pytest.raises(AttributeError):
        julian.written = "else"  # type: ignore[misc]
    with pytest.raises(TypeError):
        Date(2023)  # type: ignore[arg-type]


def test_a_text_that_is_no_date_says_where_and_what_was_meant() -> None:
    with pytest.raises(annals.DateError) as caught:
        Date("20 April 2023")
    assert caught.value.hint == "2023-04-20" and caught.value.text == "20 April 2023"
    with pytest.raises(annals.DateError) as caught:
        Date("2023-13")
    assert caught.value.offset == 5
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.offset) == (str(caught.value), 5)
    assert isinstance(again, ValueError)


def test_days_are_ordered_and_equal_those_of_python() -> None:
    day = Day("2023-04-20")
    date = datetime.date(2023, 4, 20)
    assert day == date and date == day and hash(day) == hash(date) and day.date() == date
    assert {day: 1}[date] == 1  # type: ignore[index]
    assert PAST < Day("-9999-01-01") < day < Day(4_000_000) < FUTURE
    assert (int(Day("1970-01-01")), str(Day("-0044-03-15"))) == (0, "-0044-03-15")
    assert day > datetime.date(2023, 4, 19)
    assert str(Day("-18000-01-01")) == "-18000-01-01" and str(Day("+12000-12-31")) == "+12000-12-31"
    for wrong in ("2023-04", "2023-02-30", "", "--04-20", "2023-4-20", "20230-\u0661\u0662-01"):
        with pytest.raises(ValueError):
            Day(wrong)
    for far in (PAST, FUTURE, Day("-0044-03-15")):
        with pytest.raises(OverflowError):
            far.date()
        assert pickle.loads(pickle.dumps(far)) == far
    assert day != datetime.datetime(2023, 4, 20)
    with pytest.raises(TypeError):
        day < 5  # noqa: B015


def test_dates_of_other_libraries_keep_their_precision() -> None:
    numpy = pytest.importorskip("numpy")
    pandas = pytest.importorskip("pandas")
    assert Date.of(datetime.datetime(2023, 4, 20, 12)).written == "2023-04-20"
    for text, wanted in [("2023-04", "2023-04"), ("2023", "2023"), ("2023-04-20T10", "2023-04-20"), ("-0044-03-15", "-0044-03-15")]:
        assert Date.of(numpy.datetime64(text)).written == wanted
    assert Date.of(pandas.Period("2023-04", "M")).written == "2023-04"
    assert Date.of(pandas.Period("2023", "Y")).written == "2023"
    assert Date.of(pandas.Period("2023Q2", "Q")).written == "2023-04-01/2023-06-30"
    assert Date.of(pandas.Timestamp("2023-04-20")).written == "2023-04-20"
    interval = Date("2023-04").interval()
    assert Date.of(interval).written == "2023-04-01/2023-04-30"
    for nothing in (pandas.NaT, numpy.datetime64("NaT")):
        with pytest.raises(ValueError):
            Date.of(nothing)
    for open_ended in ("1880/..", "../1880", "1880/"):
        with pytest.raises(ValueError):
            Date(open_ended).interval()
    with pytest.raises(TypeError):
        Date.of(object())


def bounds(date: Date) -> tuple[int, int, int, int]:
    ends = (date.earliest_start, date.latest_start, date.earliest_end, date.latest_end)
    return tuple(int(one) for one in ends)  # type: ignore[return-value]


def test_two_comparisons_of_bounds_say_before() -> None:
    """What columns with bounds are for: the lines of the page about SQL."""
    checked = 0
    for one, other in itertools.product([Date(text) for text in DATES], repeat=2):
        if len(one.alternatives) > 1 or len(other.alternatives) > 1:
            continue
        (_, _, ends, last), (first, begins, _, _) = bounds(one), bounds(other)
        told = one.before(other)
        assert told.certain == (last < first), (one, other)
        assert told.possible == (ends < begins), (one, other)
        checked += 1
    assert checked > 300


years = st.integers(-9999, 9999)


@st.composite
def written(draw: st.DrawFn) -> str:
    year = draw(years)
    text = f"{'-' if year < 0 else ''}{abs(year):04}"
    month = draw(st.none() | st.integers(1, 12))
    if month is not None:
        text += f"-{month:02}"
        day = draw(st.none() | st.integers(1, 28))
        if day is not None:
            text += f"-{day:02}"
    return text + draw(st.sampled_from(["", "?", "~"]))


@settings(max_examples=200, deadline=None)
@given(written(), written(), st.sampled_from(["", "/..", "/"]))
def test_relations_hold_together(one: str, other: str, end: str) -> None:
    a, b = Date(one + end), Date(other)
    assert a.before(b) is b.after(a)
    assert a.within(b) is b.contains(a)
    assert a.shares_day(b) is b.shares_day(a)
    for relation in RELATIONS:
        assert getattr(a, relation)(b) in Certainty
    first, begins, ends, last = bounds(a)
    assert first <= begins and ends <= last
    assert pickle.loads(pickle.dumps(a)) == a


def test_the_cases_of_the_core_are_read(tmp_path: Path) -> None:
    """Whatever EDTF the conformance file has, a date either reads or says why not."""
    for text in [*DATES, "", "x" * 2000, "2023-02-30", "\ud800", "2023\0"]:
        try:
            Date(text)
        except (annals.DateError, UnicodeEncodeError):
            continue
