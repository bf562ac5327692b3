"""Days typed without their year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xmdesk.records.values.dates import read_day, read_moment, read_partial_day, show_day
from xmdesk.records.values.reading import Bad
from xmdesk.records.values.yearless import with_month, with_year

TODAY = date(2026, 11, 29)


def read(text: str, *, is_past: bool = False) -> str:
    return read_partial_day(with_year(text, TODAY, is_past=is_past)).value


@pytest.mark.parametrize(
    "text",
    [
        "12.5",
        "12月5日",
        "12月5号",
        "12月5",
        "12/5",
        "12-5",
        "12。5",
        "１２．５",
        " 12.5 ",
        "12月 5日",
        "12月5日（星期六）",
    ],
)
def test_a_day_without_year_is_a_day_of_this_year(text: str) -> None:
    assert read(text) == "2026-12-05"


def test_a_day_that_must_have_passed_is_the_last_of_its_name() -> None:
    assert read("12.5", is_past=True) == "2025-12-05"
    assert read("11.30", is_past=True) == "2025-11-30"
    assert read("11.29", is_past=True) == "2026-11-29"
    assert read("12月", is_past=True) == "2025-12"


def test_a_month_without_year_is_a_month_of_this_year() -> None:
    assert (read("3月"), read("12月份")) == ("2026-03", "2026-12")


def test_the_hour_stays_with_its_day() -> None:
    whole = [with_year(text, TODAY, is_past=True) for text in ("11.5 14:30", "11月5日 14点30分", "11月5日14点30分")]

    assert [read_moment(one).value for one in whole] == ["2026-11-05T14:30"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "25.3",
        "13.1",
        "0.5",
        "5.0",
        "12.32",
        "12",
        "2024.5",
        "2024.5.1",
        "26.5.1",
        "20240501",
        "12.5学时",
        "无",
        "",
        "年底",
    ],
)
def test_what_is_no_day_of_a_year_stays_as_it_was_typed(text: str) -> None:
    assert with_year(text, TODAY, is_past=False) == text


@pytest.mark.parametrize(("text", "code"), [("25.3", "V-DATE-NO-YEAR"), ("2.30", "V-DATE-DAY"), ("2.29", "V-DATE-DAY")])
def test_two_numbers_that_are_no_day_are_refused_as_ever(text: str, code: str) -> None:
    with pytest.raises(Bad, match=code):
        read(text)


@given(
    st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.integers(0, 364), st.sampled_from(["{}月{}日", "{}.{}", "{}/{}"])
)
def test_every_day_of_the_last_year_is_found_again_without_its_year(today: date, ago: int, way: str) -> None:
    day = today - timedelta(days=ago)

    assert read_day(with_year(way.format(day.month, day.day), today, is_past=True)).value == day


@given(st.dates(date(1000, 1, 1), date(2199, 12, 31)), st.booleans())
def test_a_day_with_its_year_stays_as_it_is(day: date, is_past: bool) -> None:
    assert with_year(show_day(day), TODAY, is_past=is_past) == show_day(day)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("今天", "2026-11-29"),
        ("今日 8:30", "2026-11-29T08:30"),
        ("昨天", "2026-11-28"),
        ("昨天8点半", "2026-11-28T08:30"),
        ("昨日下午3点", "2026-11-28T15:00"),
        ("前天", "2026-11-27"),
        ("大前天", "2026-11-26"),
        ("明天", "2026-11-30"),
        ("后天上午9点", "2026-12-01T09:00"),
        ("大后天", "2026-12-02"),
        ("23日", "2026-11-23"),
        ("23号8点半", "2026-11-23T08:30"),
        ("２３日 8:30", "2026-11-23T08:30"),
        ("23日（星期一）", "2026-11-23"),
    ],
)
def test_a_day_by_its_name_or_without_its_month_is_seen_from_today(text: str, moment: str) -> None:
    assert read_moment(with_month(text, TODAY, is_past=True)).value == moment


def test_a_day_of_the_month_that_must_have_passed_is_of_the_month_before() -> None:
    assert with_month("30日", TODAY, is_past=True) == "2026年10月30日"
    assert with_month("30日", TODAY, is_past=False) == "2026年11月30日"
    assert with_month("31日", date(2027, 1, 2), is_past=True) == "2026年12月31日"


@pytest.mark.parametrize(
    "text", ["31日", "0日", "23", "23天", "今年", "昨", "后日期", "11月23日", "2026年11月23日", ""]
)
def test_what_is_no_day_of_this_month_stays_as_it_was_typed(text: str) -> None:
    assert with_month(text, TODAY, is_past=False) == text
