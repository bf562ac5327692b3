"""A step is called by its label and the title of the one record that it changed; the label itself holds no title."""

from collections.abc import Iterator

import pytest

from db.store import SqlStore, open_memory
from xmdesk.ports import StepKind
from xmdesk.records.base import Kept
from xmdesk.records.duty import Inspection, MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.people import DisasterOfficer, Person
from xmdesk.records.submission import CorrectionPoint, Verdict
from xmdesk.services.correcting import Correcting
from xmdesk.services.naming_steps import FEW, NamedSteps
from xmdesk.services.registers import Registers

HALL, PERSON = Facility(name="党群服务中心"), Person(name="林银杏")


@pytest.fixture
def registers() -> Iterator[Registers]:
    store: SqlStore = open_memory()
    yield Registers(store)
    store.close()


def last(registers: Registers) -> str:
    return NamedSteps(registers).words(registers.store.undoable())


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (HALL, "新增设施 党群服务中心"),
        (PERSON, "新增人员 林银杏"),
        (Person(post="会计"), "新增人员"),
        (DisasterOfficer(person=PERSON.uid), "新增灾害信息员 林银杏"),
    ],
    ids=["a facility", "a person", "a person without a name", "a post"],
)
def test_the_record_is_named(registers: Registers, record: Kept, words: str) -> None:
    with registers.store.change("登记") as change:
        change.save(PERSON.changed(post="网格员"))
    registers.save(record, label=words.partition(" ")[0])

    step = registers.store.undoable()
    assert step is not None
    assert last(registers) == words
    assert " " not in step.label


def test_the_new_name_counts_and_the_field_comes_behind_it(registers: Registers) -> None:
    registers.save(HALL)
    registers.save_all([HALL.changed(name="老人活动中心")], label="修改设施：设施名称")

    assert last(registers) == "修改设施 老人活动中心：设施名称"


def test_a_look_is_called_by_the_object_that_was_looked_at(registers: Registers) -> None:
    duty = MaintenanceDuty(subject="村口公厕")
    registers.save(duty)
    registers.save_all([Inspection(duty=duty.uid, at="2026-11-20")], label="派修")

    assert last(registers) == "派修 村口公厕"


def test_what_changed_several_has_no_single_title(registers: Registers) -> None:
    registers.save_all([HALL, Facility(name="村卫生室")], label="导入设施")

    assert last(registers) == "导入设施"


def test_the_entries_of_a_large_step_are_not_read(registers: Registers) -> None:
    registers.save_all([Facility(name=f"设施{number}") for number in range(FEW + 1)], label="导入设施")
    step = registers.store.undoable()

    assert step is not None
    assert step.size == FEW + 1
    assert NamedSteps(registers).touched(step) == []


def test_a_title_that_the_label_says_is_not_said_twice(registers: Registers) -> None:
    registers.person_for("叶美澄")

    assert last(registers) == "新增人员 叶美澄"


def test_nothing_to_take_back_has_no_words(registers: Registers) -> None:
    assert last(registers) == ""


@pytest.mark.parametrize(
    ("point", "words"),
    [
        (
            CorrectionPoint(register="facilities", record_title="党群服务中心", label="建筑面积", reason="面积不对"),
            "党群服务中心：建筑面积",
        ),
        (CorrectionPoint(register="shelters", reason="漏报一处"), "避灾点一览表"),
        (CorrectionPoint(reason="附一张照片"), "“附一张照片”"),
    ],
    ids=["a field", "a form", "the return as a whole"],
)
def test_an_answer_to_a_slip_says_which_point_was_answered(
    registers: Registers, point: CorrectionPoint, words: str
) -> None:
    verdict = Verdict(number="350212-1", period="2026Q4", version=1)
    kept = point.changed(verdict=verdict.uid)
    with registers.store.change("收下退回单", kind=StepKind.SYSTEM) as change:
        change.save_many([verdict, kept])
    correcting = Correcting(registers.store)

    correcting.answer(kept.uid, "重新量过")
    answered, step = last(registers), registers.store.undoable()
    correcting.reopen(kept.uid)

    assert answered == f"答复退回单 {words}"
    assert step is not None
    assert step.label == "答复退回单"
    assert NamedSteps(registers).touched(step) == []
    assert last(registers) == f"重开退回单的一条 {words}"
