"""Opening hours (domain E4)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xmdesk.records.values.hours import Slot, minutes_per_day, read_hours, show_hours, show_slots, slots_of
from xmdesk.records.values.reading import Bad


@pytest.mark.parametrize(
    ("raw", "shown", "minutes"),
    [
        ("周一至周五 8:00-12:00 14:30-17:30", "周一至周五 8:00-12:00 14:30-17:30", [420] * 5 + [0, 0]),
        ("周一—周五 8:00—12:00 14:30—17:30", "周一至周五 8:00-12:00 14:30-17:30", [420] * 5 + [0, 0]),
        ("星期一到星期五8点至12点，14点半至17点半", "周一至周五 8:00-12:00 14:30-17:30", [420] * 5 + [0, 0]),
        ("周一至周日 8:00—18:00", "每天 8:00-18:00", [600] * 7),
        ("全天24小时", "全天24小时", [1440] * 7),
        ("7×24小时", "全天24小时", [1440] * 7),
        ("工作日 8:00-12:00", "周一至周五 8:00-12:00", [240] * 5 + [0, 0]),
        (
            "周六日 9:00-12:00；周一至周五 8:00-18:00",
            "周一至周五 8:00-18:00；周六至周日 9:00-12:00",
            [600] * 5 + [180] * 2,
        ),
        ("周一、周三、周五 9:00-11:00", "周一 9:00-11:00；周三 9:00-11:00；周五 9:00-11:00", [120, 0] * 3 + [0]),
        ("8:00-18:00（周一至周六）", "周一至周六 8:00-18:00", [600] * 6 + [0]),
        ("周二至周日9:00-17:00（周一闭馆）", "周二至周日 9:00-17:00", [0] + [480] * 6),
        ("每天 上午8:00-12:00，下午2:30-5:30", "每天 8:00-12:00 14:30-17:30", [420] * 7),
        ("每天8:00-次日2:00", "每天 8:00-次日2:00", [1080] * 7),
        ("每天22:00-6:00", "每天 22:00-次日6:00", [480] * 7),
        ("周末 8:00-12:00 11:00-13:00", "周六至周日 8:00-12:00 11:00-13:00", [0] * 5 + [300] * 2),
        ("周1-5 8:00-18:00", "周一至周五 8:00-18:00", [600] * 5 + [0, 0]),
    ],
)
def test_hours_are_read_as_villages_write_them(raw: str, shown: str, minutes: list[int]) -> None:
    week = read_hours(raw).value
    assert show_hours(week) == shown
    assert [minutes_per_day(week, day) for day in range(1, 8)] == minutes


def test_the_stored_form_has_every_weekday_and_two_digit_clocks() -> None:
    week = read_hours("周一至周五 8:00-12:00 14:30-17:30").value
    assert week == {str(day): ["08:00-12:00", "14:30-17:30"] for day in range(1, 6)} | {"6": [], "7": []}
    assert list(week) == ["1", "2", "3", "4", "5", "6", "7"]


def test_bare_times_mean_every_day_with_a_warning() -> None:
    found = read_hours("8：00-12：00，14：00-18：00")
    assert [note.code for note in found.notes] == ["V-HOURS-EVERY-DAY"]
    assert [minutes_per_day(found.value, day) for day in range(1, 8)] == [480] * 7


def test_seven_hours_stay_seven_hours() -> None:
    assert minutes_per_day(read_hours("工作日 8:00-12:00 14:30-17:30").value, 1) == 420


@pytest.mark.parametrize(
    ("raw", "note"),
    [
        ("工作日8:00-18:00，节假日休息", "V-HOURS-HOLIDAY"),
        ("工作日8:00-12:00 11:00-18:00", "V-HOURS-OVERLAP"),
        ("每天18:00-8:00", "V-HOURS-MIDNIGHT"),
    ],
)
def test_doubtful_hours_are_taken_with_a_warning(raw: str, note: str) -> None:
    assert note in [one.code for one in read_hours(raw).notes]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("夏季8:00-12:00，冬季8:30-12:00", "V-HOURS-SEASON"),
        ("5月-9月 8:00-12:00", "V-HOURS-SEASON"),
        ("每天14:30-5:30", "V-HOURS-ORDER"),
        ("每天8:00-8:00", "V-HOURS-ORDER"),
        ("25:00-26:00", "V-HOURS-CLOCK"),
        ("8:70-12:00", "V-HOURS-CLOCK"),
        ("周一至周五", "V-HOURS"),
        ("周一至周五，周日休息", "V-HOURS"),
        ("随时", "V-HOURS"),
        ("节假日 9:00-11:00", "V-HOURS-HOLIDAY-ONLY"),
        ("9:00-11:00（节假日）", "V-HOURS-HOLIDAY-ONLY"),
        ("节假日24小时开放", "V-HOURS-HOLIDAY-ONLY"),
        ("8:00-17:00（周一至周五），9:00-11:00（节假日）", "V-HOURS"),
        ("周一休息，9:00-17:00，周二 8:00-12:00", "V-HOURS"),
        (480, "V-HOURS"),
        ("同上", "V-DITTO"),
    ],
)
def test_hours_that_say_too_little_wait(raw: object, code: str) -> None:
    with pytest.raises(Bad) as bad:
        read_hours(raw)
    assert bad.value.code == code


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("周一至周五 8:00-17:00；节假日 9:00-11:00", "周一至周五 8:00-17:00"),
        ("节假日：9:00-11:00；工作日：8:00-17:00", "周一至周五 8:00-17:00"),
        ("8:00-17:00；节假日 9:00-11:00", "每天 8:00-17:00"),
        ("周一至周五 8:00-17:00；周末及节假日 9:00-11:00", "周一至周五 8:00-17:00；周六至周日 9:00-11:00"),
        ("周一至周五、节假日 8:00-12:00", "周一至周五 8:00-12:00"),
        ("周一至周五 8:00-17:00，双休日、节假日休息", "周一至周五 8:00-17:00"),
        ("节假日休息，8:00-17:00", "每天 8:00-17:00"),
        ("节假日照常 8:00-18:00", "每天 8:00-18:00"),
        ("每天8:00-18:00（含节假日）", "每天 8:00-18:00"),
        ("除法定节假日外每天8:00-17:00", "每天 8:00-17:00"),
        ("全天24小时（节假日不休）", "全天24小时"),
    ],
)
def test_holidays_are_no_weekday_and_told_of(raw: str, shown: str) -> None:
    found = read_hours(raw)
    assert show_hours(found.value) == shown
    assert "V-HOURS-HOLIDAY" in [one.code for one in found.notes]


def test_times_behind_a_day_of_rest_are_those_of_the_other_days() -> None:
    assert show_hours(read_hours("周一闭馆，9:00-17:00").value) == "周二至周日 9:00-17:00"


def test_nothing_is_an_empty_week() -> None:
    assert read_hours(None).value == read_hours("无").value == {}
    assert show_hours({}) == ""


def test_a_slot_past_midnight_ends_after_1440() -> None:
    assert slots_of(read_hours("每天22:00-6:00").value, 1) == [Slot(1320, 1800)]
    assert show_slots(["08:00-12:00", "20:00-02:00"]) == "8:00-12:00 20:00-次日2:00"


clocks = st.tuples(st.integers(0, 1439), st.integers(0, 1440)).filter(lambda pair: pair[0] != pair[1])
weeks = st.dictionaries(st.sampled_from("1234567"), st.lists(clocks, max_size=3), min_size=1)


@settings(max_examples=200, deadline=None)
@given(weeks)
def test_what_is_shown_reads_back(drawn: dict[str, list[tuple[int, int]]]) -> None:
    raw = {
        day: [f"{start // 60:02d}:{start % 60:02d}-{end // 60:02d}:{end % 60:02d}" for start, end in slots]
        for day, slots in drawn.items()
    }
    week = read_hours(raw).value
    assert read_hours(week).value == week
    assert read_hours(show_hours(week)).value == week
    assert all(0 <= minutes_per_day(week, day) <= 1440 for day in range(1, 8))
