"""Times of day as people at a desk type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xmdesk.records.values.cells import quote
from xmdesk.records.values.dates import read_moment
from xmdesk.records.values.reading import Bad
from xmdesk.records.values.yearless import with_day, with_year

TODAY = date(2026, 11, 23)


def read(text: str) -> str:
    """Read a moment as a form does."""
    return read_moment(with_year(with_day(text, TODAY), TODAY, is_past=True)).value


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("8:30", "08:30"),
        ("８：３０", "08:30"),
        ("8点", "08:00"),
        ("8 点", "08:00"),
        ("8点钟", "08:00"),
        ("8点整", "08:00"),
        ("8时", "08:00"),
        ("8点半", "08:30"),
        ("8点一刻", "08:15"),
        ("8点5分", "08:05"),
        ("8时30分", "08:30"),
        ("8点05", "08:05"),
        ("八点半", "08:30"),
        ("十点二十分", "10:20"),
        ("上午8点", "08:00"),
        ("早上 7:50", "07:50"),
        ("凌晨12点", "00:00"),
        ("中午12点", "12:00"),
        ("中午1点", "13:00"),
        ("下午3点", "15:00"),
        ("下午 3:20", "15:20"),
        ("下午15点", "15:00"),
        ("晚上8点半", "20:30"),
    ],
)
@pytest.mark.parametrize("day", ["", "2026-11-23 ", "2026年11月23日", "11.23 ", "11月23日", "11月23号 "])
def test_a_time_is_read_with_its_day_and_alone_it_is_today(text: str, hour: str, day: str) -> None:
    assert read(f"{day}{text}") == f"2026-11-23T{hour}"


def test_a_day_part_needs_no_space_before_it() -> None:
    assert read("11.23下午3点") == read("2026-11-23下午3点") == "2026-11-23T15:00"


@pytest.mark.parametrize("text", ["25:00", "8:60", "24点", "8点61分", "下午8点半30", "早上3点", "晚上12点", "上午15点"])
def test_what_no_clock_shows_waits(text: str) -> None:
    with pytest.raises(Bad):
        read(f"2026-11-23 {text}")


@pytest.mark.parametrize("text", ["8点多", "上午", "昨天 8点", "8:30-9:30", "八点左右"])
def test_what_is_no_time_is_shown_as_it_was_typed(text: str) -> None:
    with pytest.raises(Bad) as bad:
        read(text)

    assert (bad.value.code, bad.value.facts) == ("V-MOMENT", {"text": text})


def test_a_time_without_its_day_waits_where_nobody_sees_what_was_taken_for_it() -> None:
    with pytest.raises(Bad, match="V-MOMENT"):
        read_moment("8:30")


@given(st.times(), st.sampled_from(["{0}:{1:02d}", "{0}点{1}分", "{0:02d}时{1:02d}"]))
def test_every_minute_of_a_day_is_read(time, way: str) -> None:
    assert read(f"11.23 {way.format(time.hour, time.minute)}") == f"2026-11-23T{time:%H:%M}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-11-23 8点多", "2026-11-23 8点多"),
        ("20261123 8点多", "20261123 8点多"),
        ("11.23.8.30", "11.23.8.30"),
        ("11.23 8.30.", "11.23 8.30."),
        ("138 0000 8117", "***"),
        ("110105 1949 12 31", "***"),
        ("7018000点", "***点"),
        ("11010519491231", "***"),
    ],
)
def test_what_was_typed_is_shown_unless_it_may_be_a_number_of_somebody(text: str, shown: str) -> None:
    assert quote(text) == shown
