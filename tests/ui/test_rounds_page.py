"""One walk for many objects, what was not normal, and each issue to its recheck; all through the real services."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.ui.pages import show_fresh
from tests.ui.said import Said
from ui.inspections.page import RoundsPage
from ui.shared.asking import Asking
from ui.shared.fields.photos import PhotosField
from ui.shared.surroundings import Surroundings
from xmdesk.clock import frozen
from xmdesk.records.codes import IssueState
from xmdesk.records.duty import Inspection, MaintenanceDuty
from xmdesk.records.people import Person
from xmdesk.services.desk import Desk
from xmdesk.services.rolling import Rolling

TODAY = "2026-11-23"


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RoundsPage:
    return show_fresh(qtbot, RoundsPage(desk, around))


def recorded(desk: Desk) -> list[Inspection]:
    return desk.store.find(Inspection, at=TODAY)


def trouble(page: RoundsPage, words: str, due_on: date | None = date(2026, 11, 30)) -> str:
    """Record a walk with trouble at the first object and return the uid of the issue."""
    page.round.add_trouble(page.round.table.current)
    page.round._troubles[page.round.table.current].asking.fill(finding=words, due_on=due_on)
    page.round.record()
    return next(one.uid for one in page.inspecting.unsettled() if one.finding == words)


def press(page: RoundsPage, act: str) -> None:
    page.repairs._steps.currentWidget().findChild(QPushButton, act).click()  # type: ignore[union-attr]  # the step has it


def test_what_is_due_is_recorded_in_one_step(page: RoundsPage, desk: Desk) -> None:
    page.round.tick_due.click()
    count = len(page.round.table.keys)
    page.round.do.click()

    made = recorded(desk)
    assert count >= 4
    assert len(made) == count
    assert all(one.is_normal for one in made)
    assert {one.inspector for one in made} == {"郑小满"}
    assert page.round.table.keys == []
    step = desk.store.undoable()
    assert step is not None
    assert step.label == f"登记巡查 {count}项"


def test_space_ticks_and_control_a_ticks_all(page: RoundsPage) -> None:
    table = page.round.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Space)
    one = list(table.keys)
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    every = list(table.keys)
    QTest.keyClick(table, Qt.Key.Key_Space)

    assert one == [table.current]
    assert len(every) == len(table.lines.lines)
    assert table.current not in table.keys


def test_nothing_ticked_cannot_be_recorded(page: RoundsPage, desk: Desk) -> None:
    page.round.record()

    assert not page.round.do.isEnabled()
    assert recorded(desk) == []


def test_an_issue_without_words_is_refused_and_kept(page: RoundsPage, desk: Desk, said: Said) -> None:
    page.round.add_trouble(page.round.table.current)
    page.round.record()

    assert said.told[0][0] == "没有写明问题"
    assert len(page.round._troubles) == 1
    assert recorded(desk) == []


def test_an_object_that_was_fine_after_all_is_normal(page: RoundsPage, desk: Desk) -> None:
    uid = page.round.table.current
    page.round.add_trouble(uid)
    page.round._troubles[uid].dropped.emit(uid)
    page.round.record()

    assert [one.is_normal for one in recorded(desk)] == [True]


def test_an_issue_goes_from_open_to_rechecked(page: RoundsPage, desk: Desk) -> None:
    uid = trouble(page, "灯罩破损")
    page.repairs.choose(uid)
    press(page, "dispatch")
    page.repairs.mend.asking.fill(done_on=date(2026, 11, 23), cost=Decimal(80))
    press(page, "repaired")
    page.repairs.check.asking.fill(rechecked_by="叶美澄")
    press(page, "passed")

    one = desk.store.get(Inspection, uid)
    assert one is not None
    assert (one.state, one.cost, one.rechecked_by) == (IssueState.RECHECKED, Decimal(80), "叶美澄")
    assert uid not in page.repairs._issues


def test_a_day_that_is_taken_away_at_handing_over_is_gone_while_somebody_is_known(page: RoundsPage, desk: Desk) -> None:
    uid = trouble(page, "灯罩破损")
    page.repairs.choose(uid)
    person = next(one.uid for one in desk.store.all(Person))
    page.repairs.hand.asking.fill(due_on=None, repair_person=person)
    press(page, "dispatch")

    one = desk.store.get(Inspection, uid)
    assert one is not None
    assert (one.state, one.repair_person, one.due_on) == (IssueState.WORKING, person, None)


def test_a_repair_that_failed_is_worked_on_again(page: RoundsPage, desk: Desk) -> None:
    uid = trouble(page, "灯罩破损")
    page.inspecting.repaired(uid, on=date(2026, 11, 23))
    page.refresh()
    page.repairs.choose(uid)
    press(page, "failed")

    one = desk.store.get(Inspection, uid)
    assert one is not None
    assert one.state is IssueState.WORKING
    assert page.repairs._steps.currentWidget() is page.repairs.mend


def test_what_is_being_written_of_a_repair_stays_when_the_page_looks_again(page: RoundsPage) -> None:
    uid = trouble(page, "灯罩破损")
    page.inspecting.dispatch(uid)
    page.refresh()
    page.repairs.mend.asking.fill(cost=Decimal(80))

    page.refresh()

    assert page.repairs.mend.asking.fields["cost"].read() == Decimal(80)


def being_repaired(page: RoundsPage) -> Asking:
    """Show a repair that somebody works on and return what it asks."""
    uid = trouble(page, "灯罩破损")
    page.inspecting.dispatch(uid)
    page.refresh()
    page.repairs.choose(uid)
    page.activateWindow()
    return page.repairs.mend.asking


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("done_on", date(2026, 11, 1), "完成日不能早于发现问题的2026年11月23日。请核对日期。"),
        ("done_on", date(2026, 11, 24), "填写的日期还没有到。请核对日期和电脑时钟。"),
        ("done_on", None, "还没有写哪一天修好的。请填写完成日。"),
        ("cost", Decimal(-1), "费用不能小于零。"),
    ],
)
def test_what_is_refused_of_a_repair_is_told_at_its_field_and_the_cursor_goes_there(
    qtbot, page: RoundsPage, desk: Desk, said: Said, name: str, value: object, words: str
) -> None:
    asking = being_repaired(page)
    asking.fill(**{"done_on": date(2026, 11, 23)} | {name: value})
    press(page, "repaired")

    field, control = asking.fields[name], asking.fields[name].focusProxy()
    assert said.told == []
    assert control is not None
    assert page.focusWidget() is control
    assert field.words.startswith(words)
    assert control.accessibleDescription().startswith(words)
    assert [one.state for one in page.inspecting.unsettled()] == [IssueState.WORKING]


def test_what_was_told_of_a_repair_goes_when_the_field_is_changed(page: RoundsPage) -> None:
    asking = being_repaired(page)
    asking.fill(done_on=date(2026, 11, 1))
    asking.fields["done_on"].edited.emit()
    press(page, "repaired")
    page.refresh()
    field = asking.fields["done_on"]
    stayed = field.words
    field.edited.emit()

    assert stayed
    assert field.words == ""


def test_somebody_or_a_day_is_asked_for_before_a_repair_is_handed_out(page: RoundsPage, desk: Desk, said: Said) -> None:
    uid = trouble(page, "灯罩破损", due_on=None)
    page.repairs.choose(uid)
    press(page, "dispatch")
    person, state = page.repairs.hand.asking.fields["repair_person"], desk.store.get(Inspection, uid).state  # type: ignore[union-attr]  # it is there
    cursor, words = page.focusWidget(), person.words
    page.repairs.hand.asking.fill(due_on=date(2026, 11, 30))
    press(page, "dispatch")

    assert said.told == []
    assert state is IssueState.OPEN
    assert cursor is not None
    assert person.isAncestorOf(cursor)
    assert words.startswith("派给谁、什么时候修好")
    assert desk.store.get(Inspection, uid).state is IssueState.WORKING  # type: ignore[union-attr]  # as above


def test_a_wanted_day_before_the_finding_is_told_at_its_field(page: RoundsPage, said: Said) -> None:
    page.repairs.choose(trouble(page, "灯罩破损"))
    asking = page.repairs.hand.asking
    asking.fill(due_on=date(2026, 11, 1))
    press(page, "dispatch")

    assert said.told == []
    assert page.focusWidget() is asking.fields["due_on"].focusProxy()
    assert asking.fields["due_on"].words.startswith("要求完成日不能早于")


def test_a_repair_day_that_cannot_be_read_gets_the_cursor(page: RoundsPage) -> None:
    asking = being_repaired(page)
    asking.fields["done_on"].line.setText("前天")  # type: ignore[attr-defined]  # a typed line
    asking.fields["done_on"]._typed()  # type: ignore[attr-defined]  # as if by hand
    press(page, "repaired")

    assert page.focusWidget() is asking.fields["done_on"].focusProxy()
    assert asking.fields["done_on"].words


def test_a_date_that_cannot_be_read_stays_at_its_field(page: RoundsPage, desk: Desk) -> None:
    page.round.tick_due.click()
    field = page.round.asking.fields["at"]
    field.line.setText("前天下午")  # type: ignore[attr-defined]  # a typed line
    field._typed()  # type: ignore[attr-defined]  # as if by hand
    page.round.record()

    assert recorded(desk) == []
    assert field.words


def test_typing_initials_narrows_and_keeps_what_is_ticked(page: RoundsPage) -> None:
    ticked = page.round.table.lines.lines[0].key
    page.round.table.tick([ticked])
    page.round.search.setText("xsc")

    names = [one.cells[0] for one in page.round.table.lines.lines]
    assert "蓄水池" in names
    assert ticked in [one.key for one in page.round.table.lines.lines]
    assert len(names) <= 2


def test_coming_from_a_reminder_ticks_the_object(page: RoundsPage, desk: Desk) -> None:
    uid = desk.registers.uids("duties")[-1]
    page.show_record(uid, "frequency")

    assert page.round.table.keys == [uid]


def test_an_issue_and_its_repair_take_photos(qtbot, page: RoundsPage, desk: Desk, around, tmp_path: Path) -> None:
    def take(field: PhotosField, colour: Qt.GlobalColor) -> None:
        picture = QImage(40, 30, QImage.Format.Format_RGB32)
        picture.fill(colour)
        picture.save(str(tmp_path / f"{colour.name}.png"))
        field.take([tmp_path / f"{colour.name}.png"])
        qtbot.waitUntil(lambda: not around.work.is_busy, timeout=20_000)

    page.round.add_trouble(page.round.table.current)
    row = page.round._troubles[page.round.table.current]
    row.asking.fill(finding="灯不亮", due_on=date(2026, 11, 30))
    take(row.asking.fields["photos"], Qt.GlobalColor.red)  # type: ignore[arg-type]  # photos have this field
    page.round.record()
    uid = page.repairs.uid
    found = desk.store.get(Inspection, uid)
    press(page, "dispatch")
    take(page.repairs.mend.asking.fields["photos"], Qt.GlobalColor.green)  # type: ignore[arg-type]  # as above
    press(page, "repaired")
    mended = desk.store.get(Inspection, uid)

    assert found is not None
    assert mended is not None
    assert len(found.photos) == 1
    assert mended.photos[:1] == found.photos
    assert len(mended.photos) == 2


def test_enter_behind_the_last_field_of_a_repair_leads_to_the_usual_act(qtbot, page: RoundsPage) -> None:
    trouble(page, "路面坑洼")
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    step = page.repairs.hand
    last = step.asking.fields["due_on"].focusProxy()
    assert last is not None
    last.setFocus()
    QTest.keyClick(last, Qt.Key.Key_Return)

    assert page.focusWidget() is step.findChild(QPushButton, "dispatch")


def test_a_walk_of_december_typed_in_january_is_one_at_the_list_of_december(
    qtbot, desk: Desk, around: Surroundings
) -> None:
    with frozen(datetime(2027, 1, 6, 4, tzinfo=UTC)):
        Rolling(desk).open_year(2027)
        page = show_fresh(qtbot, RoundsPage(desk, around))
        page.round.tick_due.click()
        count = len(page.round.table.keys)
        page.round.asking.fill(at="2026-12-30")
        page.round.do.click()

    made = desk.store.find(Inspection, at="2026-12-30")
    duties = desk.store.many(MaintenanceDuty, [one.duty for one in made])
    assert len(made) == count > 0
    assert {one.year for one in duties} == {2026}
