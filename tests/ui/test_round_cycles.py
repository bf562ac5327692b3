"""登记巡查 with further cycles: a line for each, looks of its kind, and the strip that sets and drops them."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.pages import show_fresh
from tests.ui.said import Said
from ui.inspections.page import RoundsPage
from ui.shared.reading_order import stops
from ui.shared.surroundings import Surroundings
from xmdesk.records.codes import InspectionKind
from xmdesk.records.duty import Inspection, MaintenanceDuty
from xmdesk.records.keeping import Cycle
from xmdesk.services.desk import Desk
from xmdesk.services.inspecting import Inspecting

TODAY = "2026-11-23"
SPECIAL = InspectionKind.SPECIAL


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RoundsPage:
    return show_fresh(qtbot, RoundsPage(desk, around))


@pytest.fixture
def pond(desk: Desk) -> MaintenanceDuty:
    (one,) = desk.store.find(MaintenanceDuty, subject="蓄水池")
    return one


@pytest.fixture
def yearly(page: RoundsPage, desk: Desk, pond: MaintenanceDuty) -> Cycle:
    (one,) = Inspecting(desk).set_cycle([pond.uid], SPECIAL, {"unit": "年", "times": 1})
    page.refresh()
    return one


def frequencies(page: RoundsPage, subject: str) -> list[str]:
    return [one.cells[2] for one in page.round.table.lines.lines if one.cells[0] == subject]


def write(page: RoundsPage, kind: InspectionKind, unit: str) -> None:
    page.round.cycle.click()
    page.round.strip.asking.fill(kind=kind, frequency={"unit": unit, "times": 1})


def test_a_cycle_is_set_for_all_ticked_objects_in_one_step(page: RoundsPage, desk: Desk) -> None:
    page.round.tick_due.click()
    ticked = list(page.round.table.keys)
    write(page, SPECIAL, "年")
    page.round.strip.save.click()

    assert {one.duty for one in desk.store.all(Cycle)} == set(ticked)
    assert len(ticked) >= 4
    assert frequencies(page, "蓄水池")[-1] == "专项 每年1次"
    assert page.round.table.keys == []
    assert not page.round.strip.isVisible()
    desk.store.undo()
    assert desk.store.all(Cycle) == []


def test_each_ticked_line_is_recorded_in_its_own_kind(page: RoundsPage, desk: Desk, pond, yearly: Cycle) -> None:
    page.round.table.tick([pond.uid, yearly.uid])
    page.round.record()

    kinds = {one.kind for one in desk.store.find(Inspection, at=TODAY, duty=pond.uid)}
    assert kinds == {InspectionKind.DAILY, SPECIAL}
    line = next(one for one in page.round.table.lines.lines if one.key == yearly.uid)
    assert line.cells[3:] == (TODAY, "2027-11-23，还有 365 天")


def test_an_object_in_two_cycles_is_counted_once_and_its_looks_are_named(
    page: RoundsPage, desk: Desk, around, pond, yearly: Cycle
) -> None:
    announced: list[str] = []
    around.changes.changed.connect(announced.append)
    page.round.table.tick([pond.uid])
    alone = page.round.do.text()
    page.round.table.tick([yearly.uid])
    both = page.round.do.text()
    page.round.record()

    assert (alone, both) == ("登记 1 个对象", "登记 1 个对象的 2 项巡查")
    assert "已登记 1 个对象的 2 项巡查" in announced
    assert len(desk.store.find(Inspection, at=TODAY, duty=pond.uid)) == 2


def test_two_lines_that_become_one_look_are_counted_as_one(page: RoundsPage, desk: Desk, pond, yearly: Cycle) -> None:
    page.round.table.tick([pond.uid, yearly.uid])
    page.round.asking.fill(kind=SPECIAL)
    page.round.asking.fields["kind"].edited.emit()
    told = page.round.do.text()
    page.round.record()

    assert told == "登记 1 个对象"
    assert len(desk.store.find(Inspection, at=TODAY, duty=pond.uid)) == 1


def test_trouble_at_a_further_line_is_named_and_recorded_in_its_kind(
    page: RoundsPage, desk: Desk, yearly: Cycle
) -> None:
    page.round.add_trouble(yearly.uid)
    row = page.round._troubles[yearly.uid]
    row.asking.fill(finding="池壁开裂", due_on=date(2026, 11, 30))
    page.round.record()

    (made,) = desk.store.find(Inspection, finding="池壁开裂")
    assert made.kind is SPECIAL


def test_writing_a_cycle_keeps_what_was_written_of_troubles(page: RoundsPage, desk: Desk, pond, yearly: Cycle) -> None:
    page.round.add_trouble(yearly.uid)
    page.round._troubles[yearly.uid].asking.fill(finding="池壁开裂")
    page.round.cycle.click()
    page.round.strip.drop.click()
    page.round.table.tick([pond.uid])
    page.round.record()

    assert desk.store.all(Cycle) == []
    (made,) = desk.store.find(Inspection, finding="池壁开裂")
    assert (made.duty, made.kind) == (pond.uid, SPECIAL)


def test_the_strip_begins_from_the_cycle_that_is_ticked_and_drops_it(
    page: RoundsPage, desk: Desk, yearly: Cycle
) -> None:
    page.round.table.tick([yearly.uid])
    page.round.cycle.click()

    assert page.round.strip.asking.read() == {"kind": SPECIAL, "frequency": {"unit": "年", "times": 1}}
    page.round.strip.drop.click()
    assert desk.store.all(Cycle) == []
    assert frequencies(page, "蓄水池") == ["每周2次"]


def test_a_cycle_that_cannot_be_is_refused_and_the_strip_stays(page: RoundsPage, desk: Desk, pond, said: Said) -> None:
    page.round.table.tick([pond.uid])
    write(page, InspectionKind.REPORTED, "年")
    page.round.strip.save.click()
    page.round.strip.asking.fill(kind=SPECIAL, frequency={})
    page.round.strip.save.click()
    page.round.strip.drop.click()

    assert [one[0] for one in said.told] == ["这一类不能设周期", "没有写多久一次", "没有这个周期"]
    assert page.round.strip.isVisible()
    assert desk.store.all(Cycle) == []


def test_nothing_ticked_offers_no_cycle(page: RoundsPage) -> None:
    assert not page.round.cycle.isEnabled()


def test_with_the_keyboard_a_cycle_is_written_and_saved(qtbot, page: RoundsPage, desk: Desk, pond) -> None:
    page.activateWindow()
    page.round.table.tick([pond.uid])
    page.round.cycle.setFocus()
    QTest.keyClick(page.round.cycle, Qt.Key.Key_Return)
    strip = page.round.strip
    inside = [one for one in stops(page) if strip.isAncestorOf(one)]
    strip.asking.fill(frequency={"unit": "年", "times": 1})
    page.act("save")

    assert (inside[0], inside[-1]) == (strip.drop, strip.save)  # Enter behind the last field saves
    assert strip.asking.isAncestorOf(inside[-2])
    assert all(one.accessibleName() for one in inside)
    assert [one.duty for one in desk.store.all(Cycle)] == [pond.uid]
    assert desk.store.find(Inspection, at=TODAY) == []
    assert page.focusWidget() is page.round.table
    page.round.table.tick([pond.uid])
    page.round.cycle.click()
    page.round.cycle.click()
    assert not strip.isVisible()


def test_coming_from_a_reminder_of_a_cycle_ticks_its_line(page: RoundsPage, yearly: Cycle) -> None:
    page.show_record(yearly.uid, "frequency")

    assert page.round.table.keys == [yearly.uid]


def test_escape_gives_the_cycle_up_and_the_cursor_goes_back_to_where_it_came_from(
    page: RoundsPage, desk: Desk, pond
) -> None:
    page.activateWindow()
    page.round.table.tick([pond.uid])
    strip, came_back = page.round.strip, []
    for start in (page.round.cycle, page.round.search, page.round.table):
        start.setFocus()
        page.round.ask_cycle()
        inside = page.focusWidget()
        assert inside is not None
        assert strip.isAncestorOf(inside)
        QTest.keyClick(inside, Qt.Key.Key_Escape)
        came_back.append(page.focusWidget() is start and not strip.isVisible())

    assert came_back == [True, True, True]
    assert page.round.table.keys == [pond.uid]
    assert desk.store.all(Cycle) == []


def test_a_trouble_outlives_its_cycle_and_is_recorded_alone(page: RoundsPage, desk: Desk, pond, yearly: Cycle) -> None:
    page.round.add_trouble(yearly.uid)
    row = page.round._troubles[yearly.uid]
    row.asking.fill(finding="池壁开裂")
    page.round.cycle.click()
    page.round.strip.drop.click()
    told, count = not row._gone.isHidden(), page.round.do.text()
    page.round.do.click()

    assert (told, count) == (True, "登记 1 个对象")
    (made,) = desk.store.find(Inspection, at=TODAY)
    assert (made.duty, made.kind, made.finding) == (pond.uid, SPECIAL, "池壁开裂")
    assert page.round._troubles == {}


def test_a_trouble_of_which_nothing_was_written_goes_with_its_cycle(page: RoundsPage, yearly: Cycle) -> None:
    page.round.add_trouble(yearly.uid)
    page.round.cycle.click()
    page.round.strip.drop.click()

    assert page.round._troubles == {}
    assert not page.round.do.isEnabled()


def test_a_line_that_comes_back_by_undo_has_its_trouble_again(page: RoundsPage, desk: Desk, yearly: Cycle) -> None:
    page.round.add_trouble(yearly.uid)
    row = page.round._troubles[yearly.uid]
    row.asking.fill(finding="池壁开裂")
    page.round.cycle.click()
    page.round.strip.drop.click()
    desk.store.undo()
    page.refresh()

    assert row._gone.isHidden()
    assert row.asking.read()["finding"] == "池壁开裂"  # type: ignore[index]  # it can be read
