"""Further cycles of an item: each answered by looks of its kind alone, kept over the years, never leaving the book."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import NOON
from tests.xmdesk.services.due_desk import TODAY, at_noon, duty, quiet, saved
from tests.xmdesk.services.stories import QUARTER, Offices, nil_the_rest
from xmdesk.clock import frozen
from xmdesk.errors import Fault, WrongUse
from xmdesk.records.codes import InspectionKind
from xmdesk.records.duty import Inspection, MaintenanceDuty
from xmdesk.records.keeping import Cycle
from xmdesk.services.desk import Desk
from xmdesk.services.inspecting import Due, Inspecting, Issue, Look, Round
from xmdesk.services.reminding import ReminderKind, Reminding

WEEKLY, YEARLY, MONTHLY = {"unit": "周", "times": 1}, {"unit": "年", "times": 1}, {"unit": "月", "times": 1}
DAILY, SPECIAL, REGULAR = InspectionKind.DAILY, InspectionKind.SPECIAL, InspectionKind.REGULAR


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with at_noon(tmp_path) as made:
        quiet(made)
        yield made


def look(uid: str, at: str, kind: InspectionKind) -> Inspection:
    return Inspection.model_validate({"duty": uid, "at": at, "inspector": "郑小满", "is_normal": True, "kind": kind})


def told(dues: list[Due]) -> list[tuple[str, date]]:
    return [(one.frequency_words, one.due_on) for one in dues]


def test_a_further_cycle_is_answered_by_looks_of_its_kind_and_the_list_by_any(desk: Desk) -> None:
    (one,) = saved(desk, duty(frequency=WEEKLY))
    Inspecting(desk).set_cycle([one.uid], SPECIAL, YEARLY)
    saved(desk, look(one.uid, "2026-05-20", SPECIAL), look(one.uid, "2026-11-20", DAILY))

    assert told(Inspecting(desk).due(TODAY)) == [
        ("每周1次", date(2026, 11, 27)),
        ("专项 每年1次", date(2027, 5, 20)),
    ]
    saved(desk, look(one.uid, "2026-11-22", SPECIAL))
    assert told(Inspecting(desk).due(TODAY)) == [
        ("每周1次", date(2026, 11, 29)),
        ("专项 每年1次", date(2027, 11, 22)),
    ]
    assert Inspecting(desk).next_due(one, TODAY) == date(2026, 11, 29)


def test_a_further_cycle_without_any_look_begins_on_the_day_it_was_set(desk: Desk) -> None:
    (one,) = saved(desk, duty())
    Inspecting(desk).set_cycle([one.uid], REGULAR, MONTHLY)

    (due,) = Inspecting(desk).due(TODAY)

    assert (due.kind, due.last, due.due_on, due.near_from) == (REGULAR, None, date(2026, 12, 23), date(2026, 12, 16))


def test_cycles_are_set_for_many_objects_in_one_step_that_undo_takes_back(desk: Desk) -> None:
    duties = saved(desk, *(duty(f"路灯{number}号") for number in range(3)))
    uids = [one.uid for one in duties]
    inspecting = Inspecting(desk)
    inspecting.set_cycle(uids[:1], SPECIAL, MONTHLY)

    made = inspecting.set_cycle([*uids, uids[0]], SPECIAL, YEARLY)

    assert len(made) == 3
    assert [(one.kind, one.frequency) for one in desk.store.all(Cycle)] == [(SPECIAL, YEARLY)] * 3
    step = desk.store.undoable()
    assert step is not None
    assert step.label == "设专项周期 3项"
    assert inspecting.set_cycle(uids, SPECIAL, YEARLY) == []
    desk.store.undo()
    assert [(one.duty, one.frequency) for one in desk.store.all(Cycle)] == [(uids[0], MONTHLY)]


def test_dropping_takes_away_the_cycle_of_that_kind_only(desk: Desk) -> None:
    one, other = saved(desk, duty("甲", frequency=WEEKLY), duty("乙"))
    inspecting = Inspecting(desk)
    inspecting.set_cycle([one.uid, other.uid], SPECIAL, YEARLY)
    inspecting.set_cycle([one.uid], REGULAR, MONTHLY)

    assert len(inspecting.drop_cycle([one.uid, other.uid], SPECIAL)) == 2

    assert [due.frequency_words for due in inspecting.due(TODAY)] == ["每周1次", "定期 每月1次"]
    desk.store.undo()
    assert len(desk.store.all(Cycle)) == 3


@pytest.mark.parametrize(
    ("kind", "frequency", "code"),
    [
        (None, YEARLY, "CYCLE-KIND"),
        (InspectionKind.REPORTED, YEARLY, "CYCLE-KIND"),
        (SPECIAL, {}, "CYCLE-FREQUENCY"),
        (SPECIAL, {"unit": "按需", "times": 0}, "CYCLE-FREQUENCY"),
    ],
)
def test_a_cycle_needs_a_kind_of_ours_and_a_frequency(
    desk: Desk, kind: InspectionKind | None, frequency: dict[str, Any], code: str
) -> None:
    (one,) = saved(desk, duty())
    with pytest.raises(WrongUse) as caught:
        Inspecting(desk).set_cycle([one.uid], kind, frequency)
    assert caught.value.code == code
    assert desk.store.all(Cycle) == []


def test_a_cycle_of_nothing_or_of_something_gone_or_never_set_is_refused(desk: Desk) -> None:
    (one,) = saved(desk, duty())
    with pytest.raises(WrongUse, match="INSPECT-NONE"):
        Inspecting(desk).set_cycle([], SPECIAL, YEARLY)
    with pytest.raises(Fault, match="RECORD-GONE"):
        Inspecting(desk).set_cycle(["00000000-0000-7000-8000-000000000000"], SPECIAL, YEARLY)
    for kind in (SPECIAL, None):
        with pytest.raises(WrongUse, match="CYCLE-NONE"):
            Inspecting(desk).drop_cycle([one.uid], kind)


def test_a_cycle_follows_its_item_into_the_list_of_the_next_year(desk: Desk) -> None:
    (old,) = saved(desk, duty(year=2025, item_no="1"))
    Inspecting(desk).set_cycle([old.uid], SPECIAL, YEARLY)
    (new,) = saved(desk, duty(item_no="1"))
    saved(desk, look(old.uid, "2025-12-01", SPECIAL))

    (due,) = Inspecting(desk).due(TODAY)
    assert (due.duty.uid, due.due_on) == (new.uid, date(2026, 12, 1))

    Inspecting(desk).set_cycle([old.uid, new.uid], SPECIAL, MONTHLY)
    assert [one.frequency for one in desk.store.all(Cycle)] == [MONTHLY]


def test_one_walk_may_hold_looks_of_several_kinds_in_one_step(desk: Desk) -> None:
    one, other = saved(desk, duty("甲"), duty("乙"))
    done = Round("2026-11-23", "郑小满", DAILY)
    looks = [Look(one.uid), Look(one.uid, SPECIAL, Issue("灯杆锈蚀")), Look(one.uid, DAILY), Look(other.uid, REGULAR)]

    made = Inspecting(desk).record(looks, done=done)

    assert [(each.duty, each.kind, each.is_normal) for each in made] == [
        (one.uid, DAILY, True),
        (one.uid, SPECIAL, False),
        (other.uid, REGULAR, True),
    ]
    assert [each.finding for each in Inspecting(desk).record(looks, done=done)] == ["灯杆锈蚀"]
    desk.store.undo()
    desk.store.undo()
    assert desk.store.all(Inspection) == []


def test_reminders_name_each_cycle_and_lead_to_it(desk: Desk) -> None:
    (one,) = saved(desk, duty(frequency=WEEKLY, confirmed=True))
    (cycle,) = Inspecting(desk).set_cycle([one.uid], SPECIAL, MONTHLY)
    saved(desk, look(one.uid, "2026-10-20", SPECIAL), look(one.uid, "2026-11-10", DAILY))

    found = Reminding(desk).today()

    assert [(each.title, each.register, each.uid, each.due_on) for each in found] == [
        ("村口公厕", "duties", one.uid, date(2026, 11, 17)),
        ("村口公厕（专项）", "cycles", cycle.uid, date(2026, 11, 20)),
    ]
    lines = Reminding(desk).ics(found).decode().splitlines()
    assert "SUMMARY:巡查：村口公厕（专项）" in lines
    assert len({line for line in lines if line.startswith("UID:")}) == 2


def test_a_cycle_that_never_had_a_look_is_counted_when_its_day_has_come(desk: Desk) -> None:
    (one,) = saved(desk, duty(confirmed=True))
    with frozen(NOON - timedelta(days=10)):
        Inspecting(desk).set_cycle([one.uid], SPECIAL, WEEKLY)

    assert [(each.kind, each.count) for each in Reminding(desk).today()] == [(ReminderKind.INSPECTION, 1)]


def test_a_return_is_the_same_with_and_without_further_cycles(offices: Offices) -> None:
    desk = offices.village
    nil_the_rest(desk)
    before = _payload(offices)
    made = Inspecting(desk).set_cycle([one.uid for one in desk.store.all(MaintenanceDuty)], SPECIAL, YEARLY)

    assert made
    assert _payload(offices) == before


def _payload(offices: Offices) -> dict[str, object]:
    """What would be sealed, but for the hash of the history before it and the numbers encrypted anew each time."""
    submitting = offices.village.submitting
    whole = submitting.checked(submitting.draft(QUARTER), submitting.approval(prepared_by="林阿土")).payload
    return {name: value for name, value in whole.items() if name not in ("audit_head", "private")}
