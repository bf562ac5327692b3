"""An item that the list before did not have is 新增, however it came into the list, and is never passed for carried over."""

import pytest

from tests.xmdesk.documents.reading import page_texts
from tests.xmdesk.services.due_desk import duty, saved
from tests.xmdesk.services.years import by_subject, last_year
from xmdesk.records.codes import DutyChange
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.services.desk import Desk
from xmdesk.services.items_of_years import FEW, said_truly
from xmdesk.services.rolling import Rolling


def begun_anew(desk: Desk) -> MaintenanceDuty:
    record = desk.registers.new("duties")
    assert isinstance(record, MaintenanceDuty)
    return record


def test_a_new_item_begins_as_added_where_there_is_a_list_before(desk: Desk, rolling: Rolling) -> None:
    alone = begun_anew(desk)
    last_year(desk, "公厕")

    assert (alone.year, alone.change) == (2026, DutyChange.CONTINUED)
    assert begun_anew(desk).change is DutyChange.ADDED


def test_a_copy_is_a_new_item_and_not_confirmed(desk: Desk, rolling: Rolling) -> None:
    last_year(desk, "公厕")
    rolling.open_year(2026)
    rolling.confirm([by_subject(rolling)["公厕"].uid], by="郑小满")

    copy = desk.registers.copied(by_subject(rolling)["公厕"])

    assert isinstance(copy, MaintenanceDuty)
    assert (copy.change, copy.confirmed, copy.confirmed_by) == (DutyChange.ADDED, None, "")


def test_in_the_first_year_a_copy_is_as_the_item_it_was_taken_from(desk: Desk) -> None:
    (one,) = saved(desk, duty("公厕"))

    copy = desk.registers.copied(one)

    assert isinstance(copy, MaintenanceDuty)
    assert copy.change is DutyChange.CONTINUED


@pytest.mark.parametrize("number", [1, FEW + 1])
def test_one_that_is_confirmed_as_carried_over_counts_as_added(desk: Desk, rolling: Rolling, number: int) -> None:
    last_year(desk, *(f"公厕{at}" for at in range(number)))
    rolling.open_year(2026)
    news = saved(desk, *(duty(f"新亭{at}") for at in range(number)))
    known = rolling.items(2026)

    rolling.confirm([one.uid for one in known], by="郑小满")

    told = {one.uid: one.change for one in rolling.items(2026)}
    assert {told[one.uid] for one in news} == {DutyChange.ADDED}
    assert {told[one.uid] for one in known if one.uid not in {new.uid for new in news}} == {DutyChange.CONTINUED}


def test_one_that_ended_the_year_before_and_is_claimed_again_is_not_called_new(desk: Desk, rolling: Rolling) -> None:
    (old,) = last_year(desk, "旧桥", change=DutyChange.STOPPED, change_reason="改道")
    again = duty("旧桥", item_no=old.item_no, confirmed=True)

    assert [one.change for one in said_truly(desk.store, [again])] == [DutyChange.CONTINUED]


def test_the_difference_table_never_calls_a_new_item_carried_over(desk: Desk, rolling: Rolling) -> None:
    last_year(desk, "公厕")
    rolling.open_year(2026)
    saved(desk, duty("新亭"))

    text = "".join("".join(page_texts(rolling.printed(2026))).split())

    assert "新亭" in text
    assert "上年清单没有" in text
    assert DutyChange.CONTINUED.value not in text
