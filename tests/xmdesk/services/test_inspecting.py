"""Rounds over many objects, issues through to their recheck, and the day of the next look."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.xmdesk.services.due_desk import TODAY, duty, saved
from xmdesk.errors import Fault, WrongUse
from xmdesk.records.codes import FundSource, Impact, InspectionKind, IssueState
from xmdesk.records.duty import Inspection
from xmdesk.records.values.frequency import UNITS
from xmdesk.services.desk import Desk
from xmdesk.services.inspecting import Inspecting, Issue, Look, Round, cycle_days, next_after

ROUND = Round("2026-11-20T09:30", "郑小满", InspectionKind.REGULAR)
WEEKLY = {"unit": "周", "times": 1}


@pytest.fixture
def issue(desk: Desk) -> Inspection:
    (one,) = saved(desk, duty())
    found = Issue("水龙头漏水", Impact.USE, due_on=date(2026, 11, 30))
    return Inspecting(desk).record([Look(one.uid, issue=found)], done=ROUND)[0]


def test_one_round_is_recorded_for_many_objects_in_one_step(desk: Desk) -> None:
    duties = saved(desk, *(duty(f"路灯{number}号") for number in range(5)))
    looks = [Look(one.uid) for one in duties]
    looks[2] = Look(duties[2].uid, issue=Issue("不亮", Impact.SAFETY))

    made = Inspecting(desk).record(looks, done=ROUND)

    assert [one.is_normal for one in made] == [True, True, False, True, True]
    assert {(one.at, one.inspector, one.kind) for one in made} == {(ROUND.at, "郑小满", InspectionKind.REGULAR)}
    assert (made[2].finding, made[2].impact, made[2].state) == ("不亮", Impact.SAFETY, IssueState.OPEN)
    desk.store.undo()
    assert desk.registers.count("inspections") == 0


def test_the_same_round_twice_is_recorded_once(desk: Desk) -> None:
    one, other = saved(desk, duty("公厕"), duty("水池"))
    inspecting = Inspecting(desk)
    inspecting.record([Look(one.uid)], done=ROUND)

    again = inspecting.record([Look(one.uid), Look(other.uid), Look(other.uid)], done=ROUND)

    assert [made.duty for made in again] == [other.uid]
    assert desk.registers.count("inspections") == 2


def test_trouble_found_later_the_same_day_is_never_recorded_already(desk: Desk) -> None:
    (one,) = saved(desk, duty())
    inspecting = Inspecting(desk)
    inspecting.record([Look(one.uid)], done=ROUND)

    for finding in ("盖板断了", "盖板断了", "灯不亮"):
        inspecting.record([Look(one.uid, issue=Issue(finding))], done=ROUND)

    assert sorted(made.finding for made in desk.store.all(Inspection)) == ["", "灯不亮", "盖板断了", "盖板断了"]


def test_each_trouble_at_one_object_is_recorded_and_no_normal_look_beside_it(desk: Desk) -> None:
    (one,) = saved(desk, duty())
    looks = [
        Look(one.uid),
        Look(one.uid, issue=Issue("盖板断了")),
        Look(one.uid, kind=ROUND.kind, issue=Issue("灯不亮")),
    ]

    made = Inspecting(desk).record(looks, done=ROUND)

    assert [look.finding for look in made] == ["盖板断了", "灯不亮"]


def test_a_look_that_was_retired_can_be_recorded_again(desk: Desk) -> None:
    (one,) = saved(desk, duty())
    inspecting = Inspecting(desk)
    (wrong,) = inspecting.record([Look(one.uid)], done=ROUND)
    desk.registers.retire("inspections", wrong.uid, on="", reason="登记错了")

    assert len(inspecting.record([Look(one.uid)], done=ROUND)) == 1
    assert inspecting.record([Look(one.uid)], done=ROUND) == []


@pytest.mark.parametrize(
    ("done", "code"),
    [
        (Round("2026-11-24", "郑小满"), "DESK-FUTURE"),
        (Round("2026-11-23T12:01", "郑小满"), "DESK-FUTURE"),
        (Round("2024-12-31", "郑小满"), "INSPECT-OLD"),
        (Round("1926-11-20T09:30", "郑小满"), "INSPECT-OLD"),
        (Round("2026-11-20", " "), "INSPECT-WHO"),
        (Round("2026-11-20", "郑小满", None), "INSPECT-KIND"),
    ],
)
def test_a_round_needs_an_inspector_a_kind_and_a_time_that_has_come_and_is_not_long_ago(
    desk: Desk, done: Round, code: str
) -> None:
    (one,) = saved(desk, duty())
    with pytest.raises(WrongUse) as caught:
        Inspecting(desk).record([Look(one.uid)], done=done)
    assert caught.value.code == code


def test_a_round_of_this_minute_or_of_last_year_is_recorded(desk: Desk) -> None:
    (one,) = saved(desk, duty())
    for at in ("2026-11-23T12:00", "2025-01-01"):
        assert Inspecting(desk).record([Look(one.uid)], done=Round(at, "郑小满"))


def test_trouble_cannot_be_wanted_done_before_it_was_found(desk: Desk) -> None:
    (one,) = saved(desk, duty("公厕"))
    looks = [Look(one.uid, issue=Issue("漏水", due_on=date(2026, 11, 19)))]
    with pytest.raises(WrongUse, match="INSPECT-DUE") as caught:
        Inspecting(desk).record(looks, done=ROUND)
    assert "公厕" in caught.value.happened
    assert desk.registers.count("inspections") == 0


def test_a_round_over_nothing_or_over_something_gone_is_refused(desk: Desk) -> None:
    with pytest.raises(WrongUse, match="INSPECT-NONE"):
        Inspecting(desk).record([], done=ROUND)
    with pytest.raises(Fault, match="RECORD-GONE"):
        Inspecting(desk).record([Look("00000000-0000-7000-8000-000000000000")], done=ROUND)


def test_an_issue_goes_from_found_to_rechecked(desk: Desk, issue: Inspection) -> None:
    inspecting = Inspecting(desk)
    assert [one.uid for one in inspecting.issues()] == [issue.uid]

    working = inspecting.dispatch(issue.uid, due_on=date(2026, 11, 25))
    done = inspecting.repaired(issue.uid, on=date(2026, 11, 22), cost=Decimal("35.5"), source=FundSource.COLLECTIVE)
    checked = inspecting.recheck(issue.uid, by="郑建新")

    assert (working.state, working.due_on) == (IssueState.WORKING, date(2026, 11, 25))
    assert (done.state, done.done_on, done.cost) == (IssueState.REPAIRED, date(2026, 11, 22), Decimal("35.5"))
    assert (checked.state, checked.rechecked_by) == (IssueState.RECHECKED, "郑建新")
    assert inspecting.issues() == []


def test_what_is_not_said_at_handing_over_stays_and_what_is_empty_is_taken_away(desk: Desk, issue: Inspection) -> None:
    inspecting, person = Inspecting(desk), desk.registers.person_for("叶美澄").uid
    inspecting.dispatch(issue.uid, repair_person=person, due_on=date(2026, 11, 25))

    kept = inspecting.dispatch(issue.uid, repair_person=person)
    emptied = inspecting.dispatch(issue.uid, due_on=None)

    assert (kept.due_on, emptied.repair_person, emptied.due_on) == (date(2026, 11, 25), person, None)
    with pytest.raises(WrongUse, match="REPAIR-NOBODY"):
        inspecting.dispatch(issue.uid, repair_person="")


def test_a_recheck_that_fails_sends_the_issue_back_to_repair(desk: Desk, issue: Inspection) -> None:
    inspecting = Inspecting(desk)
    inspecting.repaired(issue.uid, on=TODAY)

    again = inspecting.recheck(issue.uid, by="郑建新", passed=False)

    assert (again.state, again.done_on, again.rechecked_by) == (IssueState.WORKING, None, "")


def test_what_was_reported_upwards_can_still_be_repaired(desk: Desk, issue: Inspection) -> None:
    inspecting = Inspecting(desk)
    assert inspecting.escalate(issue.uid).state is IssueState.ESCALATED
    assert inspecting.issues() == []
    assert inspecting.repaired(issue.uid, on=TODAY).state is IssueState.REPAIRED


@pytest.mark.parametrize(("on", "code"), [(date(2026, 11, 19), "REPAIR-DATE"), (date(2026, 11, 24), "DESK-FUTURE")])
def test_a_repair_lies_between_its_finding_and_today(desk: Desk, issue: Inspection, on: date, code: str) -> None:
    with pytest.raises(WrongUse, match=code) as caught:
        Inspecting(desk).repaired(issue.uid, on=on)
    assert caught.value.facts["field"] == "done_on"


@pytest.mark.parametrize("cost", [Decimal("-0.01"), Decimal("NaN")])
def test_a_cost_is_a_number_not_below_nothing(desk: Desk, issue: Inspection, cost: Decimal) -> None:
    with pytest.raises(WrongUse, match="REPAIR-COST"):
        Inspecting(desk).repaired(issue.uid, on=TODAY, cost=cost)


def test_steps_out_of_order_are_refused_with_the_present_state(desk: Desk, issue: Inspection) -> None:
    with pytest.raises(WrongUse) as caught:
        Inspecting(desk).recheck(issue.uid, by="郑建新")
    assert "待处理" in caught.value.happened


def test_a_repair_cannot_be_wanted_before_it_was_found(desk: Desk, issue: Inspection) -> None:
    with pytest.raises(WrongUse, match="REPAIR-DATE"):
        Inspecting(desk).dispatch(issue.uid, due_on=date(2026, 11, 1))


@pytest.mark.parametrize(
    ("unit", "times", "expected"),
    [
        ("日", 1, date(2026, 2, 1)),
        ("日", 3, date(2026, 2, 1)),
        ("周", 1, date(2026, 2, 7)),
        ("周", 2, date(2026, 2, 3)),
        ("月", 1, date(2026, 2, 28)),
        ("月", 2, date(2026, 2, 15)),
        ("季", 1, date(2026, 4, 30)),
        ("季", 3, date(2026, 2, 28)),
        ("半年", 1, date(2026, 7, 31)),
        ("年", 1, date(2027, 1, 31)),
        ("年", 4, date(2026, 4, 30)),
        ("按需", 0, None),
    ],
)
def test_the_next_look_follows_the_cycle(unit: str, times: int, expected: date | None) -> None:
    assert next_after(date(2026, 1, 31), {"unit": unit, "times": times}) == expected


@given(st.sampled_from(UNITS), st.integers(1, 999), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_next_look_always_lies_after_the_last(unit: str, times: int, last: date) -> None:
    frequency = {"unit": unit, "times": times}
    following = next_after(last, frequency)
    assert following is not None
    assert following > last
    assert (cycle_days(frequency) or 0) >= 1


def seen(duty_uid: str, at: str, **values: Any) -> Inspection:
    return Inspection.model_validate({"duty": duty_uid, "at": at, "inspector": "郑小满", "is_normal": True, **values})


def test_the_newest_look_up_to_the_day_counts(desk: Desk) -> None:
    (one,) = saved(desk, duty(frequency=WEEKLY))
    saved(desk, seen(one.uid, "2026-11-02T09:00"), seen(one.uid, "2026-11-16"), seen(one.uid, "2026-10-01"))

    assert Inspecting(desk).next_due(one, TODAY) == date(2026, 11, 23)
    assert Inspecting(desk).next_due(one, date(2026, 11, 10)) == date(2026, 11, 9)


def test_reports_of_residents_and_retired_records_are_no_looks_of_ours(desk: Desk) -> None:
    (one,) = saved(desk, duty(frequency=WEEKLY))
    saved(
        desk,
        seen(one.uid, "2026-11-20", kind=InspectionKind.REPORTED),
        seen(one.uid, "2026-11-19", retired_on="2026-11-20"),
        seen(one.uid, "2026-11-12"),
    )
    assert Inspecting(desk).next_due(one, TODAY) == date(2026, 11, 19)


def test_a_cycle_without_any_look_begins_with_the_year_or_the_term(desk: Desk) -> None:
    one, later, free = saved(
        desk, duty("甲", frequency=WEEKLY), duty("乙", frequency=WEEKLY, term_from=date(2026, 11, 1)), duty("丙")
    )
    inspecting = Inspecting(desk)
    assert inspecting.next_due(one, TODAY) == date(2026, 1, 8)
    assert inspecting.next_due(later, TODAY) == date(2026, 11, 8)
    assert inspecting.next_due(free, TODAY) is None
    assert [(due.duty.uid, due.last) for due in inspecting.due(TODAY)] == [(one.uid, None), (later.uid, None)]


def test_a_look_at_last_years_row_counts_for_this_years(desk: Desk) -> None:
    old, new = saved(desk, duty(year=2025, item_no="1", frequency=WEEKLY), duty(item_no="1", frequency=WEEKLY))
    saved(desk, seen(old.uid, "2026-11-20"))

    assert Inspecting(desk).next_due(new, TODAY) == date(2026, 11, 27)
    assert [(due.duty.uid, due.due_on) for due in Inspecting(desk).due(TODAY)] == [(new.uid, date(2026, 11, 27))]
