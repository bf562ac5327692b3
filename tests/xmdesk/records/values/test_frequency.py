"""How often."""

import pytest

from xmdesk.records.values.frequency import read_frequency, show_frequency
from xmdesk.records.values.reading import Bad


@pytest.mark.parametrize(
    ("raw", "unit", "times"),
    [
        ("每日1次", "日", 1),
        ("每天两次", "日", 2),
        ("1次/日", "日", 1),
        ("一日一次", "日", 1),
        ("每周2次", "周", 2),
        ("每星期２次", "周", 2),
        ("每月", "月", 1),
        ("每个月1次", "月", 1),
        ("每季度", "季", 1),
        ("每半年1次", "半年", 1),
        ("每年", "年", 1),
        ("每日不少于2次", "日", 2),
        ("每周巡查2次", "周", 2),
        ("随坏随修", "按需", 0),
        ("随坏随修，24小时内到场", "按需", 0),
        ("按需", "按需", 0),
    ],
)
def test_frequencies_are_read_and_read_back(raw: str, unit: str, times: int) -> None:
    value = read_frequency(raw).value
    assert value == {"unit": unit, "times": times}
    assert read_frequency(show_frequency(value)).value == value
    assert read_frequency(value).value == value


@pytest.mark.parametrize("raw", ["每两天1次", "每月1-2次", "每周二", "每日0次", "常常", 3, {"unit": "旬", "times": 1}])
def test_other_frequencies_wait(raw: object) -> None:
    with pytest.raises(Bad, match="V-FREQUENCY"):
        read_frequency(raw)


def test_nothing_is_an_empty_frequency() -> None:
    assert read_frequency("—").value == read_frequency(None).value == read_frequency({}).value == {}
    assert show_frequency({}) == ""
