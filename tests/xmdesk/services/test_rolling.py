"""A year opens with last year's items; each is confirmed, changed or retired; a finalised list cannot be written to."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.xmdesk.documents.reading import page_texts
from tests.xmdesk.services.due_desk import TODAY, duty, saved
from tests.xmdesk.services.years import HELD, by_subject, last_year
from xmdesk.errors import Fault, WrongUse
from xmdesk.periods import Period
from xmdesk.records.codes import Assessment, DutyChange, ListState, RunState
from xmdesk.records.duty import Inspection, MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.people import Person
from xmdesk.services import drafting
from xmdesk.services.desk import Desk
from xmdesk.services.rolling import Rolling


def test_a_year_opens_with_last_years_items_unconfirmed_under_their_numbers(desk: Desk, rolling: Rolling) -> None:
    old = last_year(desk, "公厕", "路灯", assessment=Assessment.GOOD, remark="旧备注", location="村口")

    opened = rolling.open_year(2026)

    fresh = by_subject(rolling)
    assert (opened.carried, opened.present) == (2, 0)
    assert [fresh[one.subject].item_no for one in old] == [one.item_no for one in old]
    assert {one.uid for one in old}.isdisjoint(one.uid for one in fresh.values())
    one = fresh["公厕"]
    assert (one.change, one.confirmed, one.confirmed_by, one.noticed_on, one.assessment) == (
        DutyChange.CONTINUED,
        None,
        "",
        None,
        None,
    )
    assert (one.location, one.remark, one.year) == ("村口", "旧备注", 2026)
    listed = rolling.list_of(2026)
    assert listed is not None
    assert listed.state is ListState.DRAFT


def test_opening_again_adds_only_what_is_missing_and_keeps_what_was_done(desk: Desk, rolling: Rolling) -> None:
    last_year(desk, "公厕")
    rolling.open_year(2026)
    rolling.confirm([by_subject(rolling)["公厕"].uid], by="郑小满")
    last_year(desk, "后来补录的水池")

    again = rolling.open_year(2026)

    assert (again.carried, again.present) == (1, 1)
    assert by_subject(rolling)["公厕"].confirmed
    steps = len(desk.store.steps())
    assert rolling.open_year(2026).carried == 0
    assert len(desk.store.steps()) == steps


def test_what_ended_last_year_is_not_carried_over(desk: Desk, rolling: Rolling) -> None:
    last_year(desk, "公厕")
    last_year(desk, "旧桥", change=DutyChange.STOPPED)
    last_year(desk, "旧泵", run_state=RunState.SCRAPPED)
    last_year(desk, "水厂", change=DutyChange.HANDED_OVER)
    last_year(desk, "重复项", retired_on="2025-09")

    rolling.open_year(2026)

    assert list(by_subject(rolling)) == ["公厕"]


def test_a_year_without_a_list_before_it_is_refused(desk: Desk, rolling: Rolling) -> None:
    with pytest.raises(Fault) as caught:
        rolling.open_year(2026)
    assert caught.value.code == "ROLL-NO-LIST"
    assert "2025" in caught.value.happened


def test_opening_a_year_is_one_step_of_undo(desk: Desk, rolling: Rolling) -> None:
    last_year(desk, "公厕", "路灯")
    rolling.open_year(2026)

    desk.store.undo()

    assert rolling.items(2026) == []
    assert rolling.list_of(2026) is None


def test_an_item_that_has_no_number_yet_is_still_carried_once(desk: Desk, rolling: Rolling) -> None:
    last_year(desk, "没有领域的条目", kind=None)
    rolling.open_year(2026)
    assert rolling.open_year(2026).carried == 0
    assert by_subject(rolling)["没有领域的条目"].item_no == ""


def test_facilities_name_the_item_of_either_year(desk: Desk, rolling: Rolling) -> None:
    (old,) = last_year(desk, "广场")
    (facility,) = saved(desk, Facility(name="文化广场", duties=[old.uid]))

    rolling.open_year(2026)

    linked = desk.store.get(Facility, facility.uid)
    assert linked is not None
    assert linked.duties == [old.uid, by_subject(rolling)["广场"].uid]


def test_looks_of_the_new_year_move_to_its_items_and_older_ones_stay(desk: Desk, rolling: Rolling) -> None:
    (old,) = last_year(desk, "广场")
    before, after = saved(desk, look(old.uid, "2025-12-30"), look(old.uid, "2026-01-05T09:00"))

    rolling.open_year(2026)

    rows = drafting.rows_of(desk.store, Period("2026Q1"), ("duties", "inspections"))
    assert [(one.uid, one.duty) for one in desk.store.all(Inspection)] == [
        (before.uid, old.uid),
        (after.uid, by_subject(rolling)["广场"].uid),
    ]
    assert {one.duty for one in rows["inspections"]} == {one.uid for one in rows["duties"]}  # type: ignore[attr-defined]


def look(uid: str, at: str) -> Inspection:
    return Inspection(duty=uid, at=at, inspector="郑小满", is_normal=True)


def test_the_same_number_in_two_years_is_no_mistake_and_each_return_takes_its_own_list(
    desk: Desk, rolling: Rolling
) -> None:
    (old,) = last_year(desk, "公厕")
    rolling.open_year(2026)
    new = by_subject(rolling)["公厕"]

    problems = desk.checking.all(Period("2026Q4"))

    assert [one.code for one in problems if one.where.field == "item_no"] == []
    for period, expected in (("2025Q4", old.uid), ("2026Q4", new.uid)):
        rows = drafting.rows_of(desk.store, Period(period), ("duties",))
        assert [one.uid for one in rows["duties"]] == [expected]
        assert [one.year for one in rows["duty_lists"]] == [int(period[:4])]  # type: ignore[attr-defined]


def test_a_new_item_of_the_new_year_gets_a_number_never_used_before(desk: Desk, rolling: Rolling) -> None:
    last_year(desk, "公厕", "路灯")
    rolling.open_year(2026)
    (fresh,) = saved(desk, duty("新亭"))
    assert fresh.item_no.endswith("0003")


def test_many_items_are_confirmed_in_one_step(desk: Desk, rolling: Rolling) -> None:
    last_year(desk, "公厕", "路灯")
    rolling.open_year(2026)
    rolling.confirm([one.uid for one in rolling.unconfirmed(2026)], by="郑小满")

    assert rolling.unconfirmed(2026) == []
    assert {(one.confirmed_on, one.confirmed_by) for one in rolling.items(2026)} == {(TODAY, "郑小满")}
    desk.store.undo()
    assert len(rolling.unconfirmed(2026)) == 2


def test_a_change_needs_its_reason_and_counts_as_looked_at(desk: Desk, rolling: Rolling) -> None:
    last_year(desk, "道路")
    rolling.open_year(2026)
    edited = by_subject(rolling)["道路"].changed(location="村口至学校")
    with pytest.raises(WrongUse, match="ROLL-REASON"):
        rolling.change(edited, reason="  ", by="郑小满")

    rolling.change(edited, reason="拓宽后重新丈量", by="郑小满")

    one = by_subject(rolling)["道路"]
    assert (one.change, one.change_reason, one.confirmed) == (DutyChange.CHANGED, "拓宽后重新丈量", True)


def test_an_item_added_this_year_stays_added_when_it_is_changed(desk: Desk, rolling: Rolling) -> None:
    (one,) = saved(desk, duty("新亭", change=DutyChange.ADDED))
    rolling.change(one.changed(location="村口"), reason="补填", by="郑小满")
    assert by_subject(rolling)["新亭"].change is DutyChange.ADDED


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (DutyChange.STOPPED, RunState.STOPPED),
        (DutyChange.SCRAPPED, RunState.SCRAPPED),
        (DutyChange.HANDED_OVER, RunState.NORMAL),
    ],
)
def test_a_retired_item_is_still_reported_this_year_and_ends_there(
    desk: Desk, rolling: Rolling, kind: DutyChange, state: RunState
) -> None:
    last_year(desk, "旧桥", "公厕")
    rolling.open_year(2026)
    uid = by_subject(rolling)["旧桥"].uid

    rolling.retire([uid], kind=kind, reason="已拆除", by="郑小满")

    one = by_subject(rolling)["旧桥"]
    assert (one.change, one.run_state, one.confirmed, str(one.confirmed_on)) == (kind, state, True, "2026-11-23")
    rows = drafting.rows_of(desk.store, Period("2026Q4"), ("duties",))["duties"]
    assert uid in {row.uid for row in rows}
    rolling.open_year(2027)
    assert list(by_subject(rolling, 2027)) == ["公厕"]


def test_only_an_end_is_a_way_to_retire_and_it_can_be_taken_back(desk: Desk, rolling: Rolling) -> None:
    (one,) = saved(desk, duty("桥"))
    with pytest.raises(WrongUse, match="ROLL-KIND"):
        rolling.retire([one.uid], kind=DutyChange.CHANGED, reason="x", by="")
    rolling.retire([one.uid], kind=DutyChange.STOPPED, reason="封闭", by="郑小满")
    rolling.restore([one.uid], reason="修复通车", by="郑小满")
    back = by_subject(rolling)["桥"]
    assert (back.change, back.run_state, back.change_reason) == (DutyChange.RESTORED, RunState.NORMAL, "修复通车")


@pytest.mark.parametrize("came", ["", "2019-05"])
def test_the_day_on_which_a_thing_came_to_the_village_outlives_its_handing_over_and_its_return(
    desk: Desk, rolling: Rolling, came: str
) -> None:
    (one,) = saved(desk, duty("蓄水池", handed_over_on=came))

    rolling.retire([one.uid], kind=DutyChange.HANDED_OVER, reason="交给镇里", by="郑小满")
    gone = by_subject(rolling)["蓄水池"]
    rolling.restore([one.uid], reason="又收回来了", by="郑小满")
    back = by_subject(rolling)["蓄水池"]

    assert (gone.change, gone.handed_over_on) == (DutyChange.HANDED_OVER, came)
    assert (back.change, back.handed_over_on) == (DutyChange.RESTORED, came)


def test_days_that_have_not_come_and_records_that_are_gone_are_refused(desk: Desk, rolling: Rolling) -> None:
    (one,) = saved(desk, duty("桥"))
    with pytest.raises(WrongUse, match="DESK-FUTURE"):
        rolling.confirm([one.uid], by="郑小满", on=date(2026, 11, 24))
    with pytest.raises(Fault, match="RECORD-GONE"):
        rolling.confirm([one.uid, "00000000-0000-7000-8000-000000000000"], by="郑小满")


def year_of_changes(desk: Desk, rolling: Rolling) -> None:
    """One item of every fate between 2025 and 2026."""
    people = [Person(name="陈阿土"), Person(name="许国平")]
    saved(desk, *people)
    last_year(desk, "公厕", "道路", "旧桥", "弃用井", keeper_person=people[0].uid)
    rolling.open_year(2026)
    items = by_subject(rolling)
    saved(desk, duty("新亭", change=DutyChange.ADDED))
    rolling.change(items["道路"].changed(location="至学校", keeper_person=people[1].uid), reason="拓宽", by="郑小满")
    rolling.retire([items["旧桥"].uid], kind=DutyChange.SCRAPPED, reason="已拆", by="郑小满")
    desk.registers.retire("duties", items["弃用井"].uid, on="2026-03", reason="误带")
    rolling.confirm([items["公厕"].uid], by="郑小满")


def test_differences_put_every_item_into_one_part_with_its_fields(desk: Desk, rolling: Rolling) -> None:
    year_of_changes(desk, rolling)

    found = rolling.differences(2026)

    assert [one.subject for one in found.added] == ["新亭"]
    assert [one.subject for one in found.unchanged] == ["公厕"]
    assert {one.subject: one.change for one in found.retired} == {
        "旧桥": DutyChange.SCRAPPED,
        "弃用井": DutyChange.STOPPED,
    }
    (changed,) = found.changed
    assert changed.reason == "拓宽"
    assert {(one.label, one.old, one.new) for one in changed.fields} == {
        ("坐落", "", "至学校"),
        ("管护责任人", "陈阿土", "许国平"),
    }


def test_the_difference_table_is_printed_with_old_and_new(desk: Desk, rolling: Rolling) -> None:
    year_of_changes(desk, rolling)

    text = "".join("".join(page_texts(rolling.printed(2026))).split())

    assert "管护责任清单年度变动表" in text
    assert "新增1项，变更1项，核销2项，未变1项" in text
    assert "陈阿土→许国平" in text
    assert "（空）→至学校" in text
    assert "练习" not in text


def finalised(desk: Desk, rolling: Rolling) -> MaintenanceDuty:
    (one,) = saved(desk, duty("公厕"))
    rolling.confirm([one.uid], by="郑小满")
    rolling.finalise(2026, **HELD)
    return rolling.items(2026)[0]


def test_a_list_is_finalised_when_everything_is_confirmed(desk: Desk, rolling: Rolling) -> None:
    (one,) = saved(desk, duty("公厕"))
    with pytest.raises(Fault) as caught:
        rolling.finalise(2026, **HELD)
    assert caught.value.code == "ROLL-UNCONFIRMED"
    assert "1项" in caught.value.happened
    assert "公厕" in caught.value.happened

    rolling.confirm([one.uid], by="郑小满")
    listed = rolling.finalise(2026, **HELD)

    assert (listed.state, listed.reviewed_by, listed.meeting_on) == (ListState.FINAL, "叶美澄", date(2026, 11, 10))
    assert rolling.list_of(2026) == listed


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"reviewed_by": " "}, "ROLL-REVIEWER"),
        ({"meeting_on": date(2026, 11, 24)}, "DESK-FUTURE"),
        ({"last": date(2026, 10, 31)}, "ROLL-NOTICE-ORDER"),
        ({"last": date(2026, 11, 24)}, "ROLL-NOTICE-RUNS"),
    ],
)
def test_a_list_is_not_finalised_on_impossible_words(
    desk: Desk, rolling: Rolling, said: dict[str, Any], code: str
) -> None:
    (one,) = saved(desk, duty("公厕"))
    rolling.confirm([one.uid], by="郑小满")
    with pytest.raises(WrongUse) as caught:
        rolling.finalise(2026, **{**HELD, **said})
    assert caught.value.code == code
    listed = rolling.list_of(2026)
    assert listed is not None
    assert listed.state is ListState.DRAFT


def test_a_list_is_announced_before_it_is_final(desk: Desk, rolling: Rolling) -> None:
    saved(desk, duty("公厕"))
    listed = rolling.announce(2026, first=date(2026, 11, 20), last=date(2026, 11, 27))
    assert (listed.state, listed.notice_to) == (ListState.ON_NOTICE, date(2026, 11, 27))
    with pytest.raises(Fault, match="ROLL-NO-LIST"):
        rolling.announce(2024, first=TODAY, last=TODAY)


Write = Callable[[Desk, MaintenanceDuty], object]
WRITES: dict[str, Write] = {
    "save": lambda desk, one: desk.registers.save(one.changed(location="别处")),
    "save many": lambda desk, one: desk.registers.save_all([one.changed(location="别处")], label="改"),
    "add": lambda desk, one: desk.registers.save(duty("新亭")),
    "move away": lambda desk, one: desk.registers.save(one.changed(year=2027)),
    "retire": lambda desk, one: desk.registers.retire("duties", one.uid, on="", reason="误"),
    "confirm": lambda desk, one: Rolling(desk).confirm([one.uid], by="郑小满"),
    "finalise again": lambda desk, one: Rolling(desk).finalise(2026, **HELD),
}


@pytest.mark.parametrize("way", WRITES)
def test_a_finalised_list_cannot_be_written_to(desk: Desk, rolling: Rolling, way: str) -> None:
    one = finalised(desk, rolling)
    with pytest.raises(Fault) as caught:
        WRITES[way](desk, one)
    assert caught.value.code == "LIST-FINAL"
    assert rolling.items(2026) == [one]


def test_a_finalised_list_does_not_close_another_year(desk: Desk, rolling: Rolling) -> None:
    finalised(desk, rolling)
    assert rolling.open_year(2027).carried == 1
    rolling.confirm([one.uid for one in rolling.items(2027)], by="郑小满")
    assert rolling.unconfirmed(2027) == []


def test_a_reopened_list_says_why_and_can_be_written_to(desk: Desk, rolling: Rolling) -> None:
    one = finalised(desk, rolling)
    with pytest.raises(WrongUse, match="ROLL-REASON"):
        rolling.reopen(2026, reason="")

    listed = rolling.reopen(2026, reason="漏列一座公厕")

    assert (listed.state, listed.version) == (ListState.DRAFT, 2)
    assert listed.remark == "2026-11-23重新打开：漏列一座公厕"
    desk.registers.save(one.changed(location="村口"))
    assert rolling.items(2026)[0].location == "村口"
    with pytest.raises(Fault, match="ROLL-NOT-FINAL"):
        rolling.reopen(2026, reason="再次")
