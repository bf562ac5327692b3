"""One way of writing days and moments in the whole window: in sentences as people say them, in tables as columns want them."""

import re
from datetime import date

import pytest

from tests.house.tree import ROOT
from ui.shared.due import day_words, said_day, said_month, said_time, table_day, table_time

STAMP = "2026-11-22T16:05:00Z"
"""Five past midnight of the next day in China."""


def test_a_stored_moment_is_told_in_the_time_of_china() -> None:
    assert said_time(STAMP) == "2026年11月23日 00:05"
    assert said_day(STAMP) == "2026年11月23日"
    assert table_time(STAMP) == "2026-11-23 00:05"


def test_a_day_is_a_day_wherever_the_clock_stands() -> None:
    assert said_day("2026-11-03") == "2026年11月3日"
    assert said_day(date(2026, 11, 3)) == "2026年11月3日"
    assert said_month(date(2026, 11, 3)) == "2026年11月"
    assert table_day(date(2026, 11, 3)) == "2026-11-03"
    assert day_words(date(2027, 1, 3), date(2026, 11, 3)) == "2027年1月3日"


@pytest.mark.parametrize("tell", [said_time, said_day, table_time, table_day])
def test_nothing_is_told_as_nothing(tell) -> None:
    assert tell("") == ""


def test_nothing_else_in_the_window_writes_days() -> None:
    own = re.compile(r"strftime|%Y-|\}年\{|\}月\{|isoformat\(\)\[|:%m")
    files = [one for one in (ROOT / "ui").rglob("*.py") if "cli" not in one.parts and one.name != "due.py"]
    found = [
        f"{one.name}: {line.strip()}"
        for one in files
        for line in one.read_text("utf-8").splitlines()
        if own.search(line)
    ]

    assert len(files) > 100
    assert found == []
