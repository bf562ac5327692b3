"""Days as people write them (trust.md BA6–BA9, BG1, BG3)."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xmdesk.records.values.dates import (
    earliest,
    latest,
    read_day,
    read_moment,
    read_partial_day,
    read_year,
    show_day,
    show_partial,
)
from xmdesk.records.values.reading import Bad


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("2025年11月", "2025-11"),
        ("2025年11月份", "2025-11"),
        ("1962.11", "1962-11"),
        ("1972.03", "1972-03"),
        (1962.11, "1962-11"),
        ("2014.8.24", "2014-08-24"),
        ("2026/4/18", "2026-04-18"),
        ("2026-4-18", "2026-04-18"),
        ("20260418", "2026-04-18"),
        (20260418, "2026-04-18"),
        ("202604", "2026-04"),
        ("2022年", "2022"),
        (2022, "2022"),
        ("2026年1月5日", "2026-01-05"),
        ("2026年1月5号", "2026-01-05"),
        ("2026年1月5日（星期一）", "2026-01-05"),
        ("２０２６．１．５", "2026-01-05"),
        ("2026-01-05 08:30:00", "2026-01-05"),
        ("2026-01-05T08:30:00Z", "2026-01-05"),
        ("二〇二六年", "2026"),
        ("二〇二六年一月五日", "2026-01-05"),
        ("二○二六年十一月二十三日", "2026-11-23"),
        (datetime.fromisoformat("2022-04-05"), "2022-04-05"),
        (date(2022, 4, 5), "2022-04-05"),
        ("无", ""),
        (None, ""),
    ],
)
def test_days_keep_the_precision_that_was_given(raw: object, value: str) -> None:
    assert read_partial_day(raw).value == value


def test_serials_follow_the_date_system_of_the_workbook() -> None:
    found = read_partial_day(45231)
    assert found.value == "2023-11-01"
    assert (found.notes[0].code, found.notes[0].facts) == ("V-DATE-SERIAL", {"number": 45231, "day": "2023-11-01"})
    assert read_day(45231 - 1462, epoch_1904=True).value == date(2023, 11, 1)
    assert read_partial_day(45231.75).value == "2023-11-01"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("03/04/2026", "V-DATE-AMBIGUOUS"),
        ("1月5号", "V-DATE-NO-YEAR"),
        ("1.5", "V-DATE-NO-YEAR"),
        ("2026-02-30", "V-DATE-DAY"),
        ("2026年2月29日", "V-DATE-DAY"),
        (20260230, "V-DATE-DAY"),
        ("0000-00-00", "V-DATE-YEAR"),
        ("2026-13", "V-DATE-MONTH"),
        ("26年", "V-DATE-SHORT-YEAR"),
        ("98.5.3", "V-DATE-SHORT-YEAR"),
        ("农历八月十五", "V-DATE-LUNAR"),
        ("2026年正月初五", "V-DATE-LUNAR"),
        (2025.1, "V-DATE-TENTH"),
        ("2025年3月-4月", "V-DATE"),
        ("2026.0", "V-DATE"),
        ("2026.5.0", "V-DATE"),
        (float("nan"), "V-DATE"),
        (True, "V-DATE"),
        ("同上", "V-DITTO"),
        ("#VALUE!", "V-CELL-ERROR"),
    ],
)
def test_unclear_days_wait_for_a_stated_reason(raw: object, code: str) -> None:
    with pytest.raises(Bad) as bad:
        read_partial_day(raw)
    assert bad.value.code == code


def test_an_ambiguous_day_names_both_readings() -> None:
    with pytest.raises(Bad) as bad:
        read_day("03/04/2026")
    assert (bad.value.facts["first"], bad.value.facts["second"]) == ("3 月 4 日", "4 月 3 日")
    assert read_day("25/12/2026").value == date(2026, 12, 25)
    assert [note.code for note in read_day("25/12/2026").notes] == ["V-DATE-ORDER"]


def test_a_full_day_is_required_where_the_field_is_a_day() -> None:
    assert read_day("2026.1.5").value == date(2026, 1, 5)
    assert read_day("").value is None
    with pytest.raises(Bad, match="V-DATE-PARTIAL"):
        read_day("2025年11月")


def test_years() -> None:
    assert read_year("2022年").value == 2022
    assert read_year(2021).value == 2021
    assert read_year("").value is None
    assert (read_year("2005年4月").value, read_year("2005年4月").notes[0].code) == (2005, "V-YEAR-ONLY")


def test_a_year_that_went_through_a_column_of_numbers_is_tidied() -> None:
    assert (read_year("2020.0").value, [note.code for note in read_year("2020.0").notes]) == (2020, ["V-TIDIED"])


@pytest.mark.parametrize("raw", ["20", 20, "约2015", "2015年左右", "2015-2016", "不详"])
def test_what_is_no_year_is_told_to_be_written_in_four_digits(raw: object) -> None:
    with pytest.raises(Bad) as bad:
        read_year(raw)
    assert (bad.value.code, bad.value.facts) == ("V-YEAR", {"text": str(raw)})


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("2026-11-23 14:05", "2026-11-23T14:05"),
        ("2026-11-23T14:05", "2026-11-23T14:05"),
        ("2026年11月23日 8:05", "2026-11-23T08:05"),
        ("2026年11月23日14点05分", "2026-11-23T14:05"),
        (datetime.fromisoformat("2026-11-23T14:05"), "2026-11-23T14:05"),
        (datetime.fromisoformat("2026-11-23"), "2026-11-23"),
        ("2026.11.23", "2026-11-23"),
        ("", ""),
    ],
)
def test_moments_are_kept_to_the_minute(raw: object, value: str) -> None:
    assert read_moment(raw).value == value


def test_an_impossible_hour_waits() -> None:
    with pytest.raises(Bad, match="V-TIME"):
        read_moment("2026-11-23 25:00")


def test_a_partial_day_spans_from_earliest_to_latest() -> None:
    assert (earliest("2025"), latest("2025")) == (date(2025, 1, 1), date(2025, 12, 31))
    assert (earliest("2024-02"), latest("2024-02")) == (date(2024, 2, 1), date(2024, 2, 29))
    assert earliest("2026-01-05") == latest("2026-01-05") == date(2026, 1, 5)


def test_days_are_shown_without_leading_zeros() -> None:
    assert show_day(date(2026, 1, 5)) == "2026年1月5日"
    assert (show_partial("2025-11"), show_partial("2025"), show_partial("")) == ("2025年11月", "2025年", "")


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1000, 1, 1), date(2199, 12, 31)), st.sampled_from([4, 7, 10]))
def test_what_is_shown_reads_back(day: date, precision: int) -> None:
    partial = day.isoformat()[:precision]
    assert read_partial_day(show_partial(partial)).value == partial
    assert read_partial_day(partial).value == partial
    assert earliest(partial) <= day <= latest(partial)
