from datetime import UTC, datetime, timedelta

import pytest

from tests.xmdesk.services.stories import QUARTER, Offices
from xmdesk import clock
from xmdesk.errors import Fault, WrongUse
from xmdesk.records.values.dates import show_moment
from xmdesk.sealed.update import split
from xmdesk.services.reviewing import Point


def trouble(act: object) -> str:
    assert callable(act)
    with pytest.raises(Fault) as stopped:
        act()
    return stopped.value.code


@pytest.mark.parametrize("late", [timedelta(hours=26), timedelta(days=730), timedelta(days=20_000)])
def test_nothing_is_sealed_while_the_clock_is_behind_what_is_known(offices: Offices, late: timedelta) -> None:
    with clock.frozen(offices.village.time.floor() - late):
        assert trouble(offices.seal) == "T-CLOCK-SLOW"
        assert trouble(lambda: offices.district.tasks.issue(QUARTER, due_on=QUARTER.last, out=offices.folder)) == (
            "T-CLOCK-SLOW"
        )
    assert list((offices.folder / "out").iterdir()) == []


def test_the_message_names_both_times(offices: Offices) -> None:
    with clock.frozen(datetime(2024, 1, 3, 1, 30, tzinfo=UTC)), pytest.raises(Fault) as stopped:
        offices.seal()
    assert "2024年1月3日 09:30" in stopped.value.happened
    assert show_moment(offices.village.time.floor()) in stopped.value.happened


def test_clocks_that_differ_by_an_hour_seal_with_the_later_time(offices: Offices) -> None:
    floor = offices.village.time.floor()
    with clock.frozen(floor - timedelta(hours=1)):
        sealed = offices.seal()
    assert split(sealed.path.read_bytes()).signed_at == floor


def test_a_leap_of_more_than_a_year_waits_until_somebody_says_that_the_clock_is_right(offices: Offices) -> None:
    with clock.frozen(offices.village.time.floor() + timedelta(days=450)):
        assert trouble(offices.seal) == "T-CLOCK-FAST"
        with pytest.raises(WrongUse):
            offices.village.time.confirm("  ")
        offices.village.time.confirm("已与手机时间核对")
        assert offices.seal().path.exists()
    assert any("已与手机时间核对" in one.label for one in offices.village.store.steps())


def test_a_confirmed_slow_clock_still_seals_with_no_time_before_the_floor(offices: Offices) -> None:
    floor = offices.village.time.floor()
    with clock.frozen(floor - timedelta(days=3)):
        offices.village.time.confirm("区里的文件日期写错了")
        sealed = offices.seal()
    assert split(sealed.path.read_bytes()).signed_at == floor


def test_receipts_slips_and_tasks_raise_the_floor(offices: Offices) -> None:
    before = offices.village.time.floor()
    offices.receive(offices.seal().path)
    (received,) = offices.district.inbox.submissions()
    with clock.frozen(before + timedelta(days=9)):
        slip = offices.district.reviewing.send_back(received, [Point("", "", "", "改")], offices.folder / "slip.pdf")
        offices.village.reviewing.take(slip)
    assert offices.village.time.floor() == before + timedelta(days=9)
    with clock.frozen(before + timedelta(days=10)):
        task = offices.district.tasks.issue(QUARTER, due_on=QUARTER.last, out=offices.folder / "task")
        offices.village.reviewing.take(task.path)
    assert offices.village.time.floor() == before + timedelta(days=10)
