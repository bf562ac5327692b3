"""Notes on fields in the window: by keyboard and mouse, seen, heard, changed, taken away, undone, filtered."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from tests.ui.pages import register_page
from tests.ui.typing import commit, type_into
from ui.office.page import OfficePage
from ui.registers.page import RegisterPage
from ui.shared.note_marks import OWN, NotePanel
from ui.shared.surroundings import Surroundings
from ui.window import Window
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import FieldNote
from xmdesk.services.desk import Desk
from xmdesk.services.field_notes import FieldNotes

NOTE = "数字待村会计核实"


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    return register_page(qtbot, desk, around, "facilities")


def field(page: RegisterPage, name: str) -> Any:
    return page.editor.form.fields[name]


def mark(page: RegisterPage, name: str) -> QPushButton:
    return page.editor.notes.marks[name]


def panel(page: RegisterPage | OfficePage) -> NotePanel:
    notes = page.notes if isinstance(page, OfficePage) else page.editor.notes
    assert notes.panel is not None
    return notes.panel


def write(page: RegisterPage, name: str, text: str = NOTE) -> None:
    page.editor.notes.open(name)
    type_into(panel(page).line, text)


def test_a_note_is_written_by_keyboard_on_the_field_with_the_cursor(page: RegisterPage, desk: Desk) -> None:
    page.window().activateWindow()
    field(page, "floor_area").line.setFocus()

    page.act("note")
    commit(panel(page).line, NOTE)
    QTest.keyClick(panel(page).line, Qt.Key.Key_Return)

    assert FieldNotes(desk.store).texts(page.editor.uid) == {"floor_area": NOTE}
    assert field(page, "floor_area").own_words == f"批注：{NOTE}"
    assert not panel(page).isVisible()


def test_a_note_is_written_by_mouse(qtbot, page: RegisterPage, desk: Desk) -> None:
    place = QPointF(5, 5)
    hidden = mark(page, "location").isVisible()

    QApplication.sendEvent(field(page, "location"), QEnterEvent(place, place, place))
    QTest.mouseClick(mark(page, "location"), Qt.MouseButton.LeftButton)
    commit(panel(page).line, NOTE)
    button = next(one for one in panel(page).findChildren(QPushButton) if one.text() == "写好")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    assert hidden is False
    assert FieldNotes(desk.store).texts(page.editor.uid) == {"location": NOTE}


def test_the_mark_goes_with_the_mouse_unless_there_is_a_note(page: RegisterPage) -> None:
    place = QPointF(5, 5)
    write(page, "location")
    QApplication.sendEvent(field(page, "built_year"), QEnterEvent(place, place, place))
    near = mark(page, "built_year").isVisible()

    QApplication.sendEvent(field(page, "built_year"), QEvent(QEvent.Type.Leave))
    QApplication.sendEvent(field(page, "location"), QEvent(QEvent.Type.Leave))

    assert near
    assert not mark(page, "built_year").isVisible()
    assert mark(page, "location").isVisible()


def test_screen_readers_hear_the_note_with_the_field_and_the_mark(page: RegisterPage) -> None:
    before = field(page, "floor_area").line.accessibleDescription()

    write(page, "floor_area")

    assert field(page, "floor_area").line.accessibleDescription().endswith(f"批注：{NOTE}")
    assert mark(page, "floor_area").accessibleName() == f"建筑面积(㎡)的批注：{NOTE}"
    assert panel(page).line.accessibleName() == "建筑面积(㎡)的批注"
    page.editor.notes.open("floor_area")
    QTest.mouseClick(panel(page).take_away, Qt.MouseButton.LeftButton)
    assert field(page, "floor_area").line.accessibleDescription() == before


def test_the_panel_says_that_a_note_stays_in_the_house_and_who_wrote_it(page: RegisterPage) -> None:
    write(page, "floor_area")

    page.editor.notes.open("floor_area")

    assert panel(page).line.accessibleDescription() == OWN
    assert "不随上报件送出" in OWN
    assert panel(page)._told.text() == "郑小满  2026年11月23日 12:00"
    assert mark(page, "floor_area").toolTip().startswith(f"{NOTE}\n郑小满  2026年11月23日 12:00")


def test_escape_leaves_a_note_as_it_was(page: RegisterPage, desk: Desk) -> None:
    write(page, "floor_area")
    before = desk.store.audit_head()

    page.editor.notes.open("floor_area")
    panel(page).line.setText("别的")
    QTest.keyClick(panel(page).line, Qt.Key.Key_Escape)

    assert not panel(page).isVisible()
    assert desk.store.audit_head() == before


def test_a_click_outside_writes_what_was_typed(page: RegisterPage, desk: Desk) -> None:
    page.editor.notes.open("floor_area")
    commit(panel(page).line, NOTE)

    QTest.mouseClick(panel(page), Qt.MouseButton.LeftButton, pos=panel(page).rect().bottomRight() + QPoint(40, 40))

    assert not panel(page).isVisible()
    assert FieldNotes(desk.store).texts(page.editor.uid) == {"floor_area": NOTE}


def test_a_click_outside_with_nothing_typed_writes_nothing(page: RegisterPage, desk: Desk) -> None:
    before = desk.store.audit_head()
    page.editor.notes.open("floor_area")

    QTest.mouseClick(panel(page), Qt.MouseButton.LeftButton, pos=panel(page).rect().bottomRight() + QPoint(40, 40))

    assert not panel(page).isVisible()
    assert desk.store.audit_head() == before


def test_undo_takes_a_note_back_in_view(page: RegisterPage, desk: Desk, around: Surroundings) -> None:
    write(page, "floor_area")

    desk.store.undo()
    around.changes.announce("")

    assert not field(page, "floor_area").own_words
    assert not mark(page, "floor_area").isChecked()


def test_a_note_belongs_to_its_record_alone(page: RegisterPage) -> None:
    write(page, "floor_area")

    page.table.setCurrentIndex(page.model.index(1, 0))
    other = field(page, "floor_area").own_words
    page.table.setCurrentIndex(page.model.index(0, 0))

    assert other == ""
    assert field(page, "floor_area").own_words


def test_the_cell_in_the_table_names_the_field(page: RegisterPage, desk: Desk) -> None:
    page.window().activateWindow()
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(2, 3))
    path = page.model.columns[3][0]

    page.act("note")
    type_into(panel(page).line, NOTE)

    assert FieldNotes(desk.store).texts(page.model.uid(2)) == {path.partition(".")[0]: NOTE}


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_the_cursor_goes_back_to_the_cell_that_named_the_field(qtbot, page: RegisterPage, key: Qt.Key) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.table.setFocus()
    page.act("note")
    panel = page.editor.notes.panel
    assert panel is not None
    panel.line.setText("待核实")

    QTest.keyClick(panel.line if key == Qt.Key.Key_Return else panel, key)

    assert page.table.hasFocus()


def test_a_cell_with_a_note_folds_its_corner_in_and_tells_it(page: RegisterPage, around: Surroundings) -> None:
    column = [path for path, _ in page.model.columns].index("kind")
    index = page.model.index(4, column)
    corner = page.table.visualRect(index).topRight() - QPoint(1, -1)
    before = page.table.viewport().grab().toImage().pixelColor(corner)
    page.table.setCurrentIndex(page.model.index(4, 0))

    write(page, "kind")

    accent = around.icons.theme.tokens.accent.lower()
    assert before.name() != accent
    assert page.table.viewport().grab().toImage().pixelColor(corner).name() == accent
    assert page.model.data(index, Qt.ItemDataRole.ToolTipRole).endswith(f"\n批注：{NOTE}")
    assert page.model.data(index, Qt.ItemDataRole.AccessibleTextRole).endswith(f"批注：{NOTE}")
    assert NOTE not in page.model.data(index)


def test_what_was_typed_is_saved_before_a_note_is_put_on_it(page: RegisterPage, desk: Desk) -> None:
    page.act("new")
    page.act("note")
    nothing = page.editor.notes.panel
    type_into(field(page, "name").line, "老人活动中心")

    write(page, "name")

    assert nothing is None
    (note,) = desk.store.all(FieldNote)
    assert desk.store.get(Facility, note.record_uid) is not None


def test_records_with_notes_are_one_filter_away(page: RegisterPage) -> None:
    page.open_filters()
    assert page.sides.filters is not None
    before = list(page.sides.filters.kept.lines)
    page.sides.to_form()
    write(page, "floor_area")
    page.table.setCurrentIndex(page.model.index(4, 0))
    write(page, "location")

    page.open_filters()
    noted = page.sides.filters.kept.lines["有批注的"]
    count = noted.number.text()
    noted.use.click()

    assert not any("批注" in one for one in before)
    assert (count, noted.drop.isHidden()) == ("2 条", True)
    assert page.standing.filter.toolTip() == "有批注的"
    assert [page.model.index(row, 0).data() for row in range(page.model.rowCount())] == ["党群服务中心", "农家书屋"]


def test_the_office_has_notes_too(qtbot, desk: Desk, around: Surroundings) -> None:
    page = OfficePage(desk, around)
    qtbot.addWidget(page)
    page.show()

    page.notes.open("households")
    type_into(panel(page).line, "以年报为准")

    assert [(one.register, one.label) for one in FieldNotes(desk.store).all()] == [("office", "总户数")]
    assert page.form.fields["households"].own_words


def test_shift_f2_opens_the_panel_in_the_window(qtbot, window: Window, desk: Desk) -> None:
    window.open_desk(desk)
    assert window.shell is not None
    window.shell.go("facilities")
    page = window.shell.pages["facilities"]
    assert isinstance(page, RegisterPage)
    window.activateWindow()
    field(page, "location").line.setFocus()

    QTest.keyClick(field(page, "location").line, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)

    assert panel(page).isVisible()
    assert panel(page).line.accessibleName() == "坐落的批注"
    panel(page).hide()


def test_a_page_that_is_gone_looks_for_no_notes(qtbot, desk: Desk, around: Surroundings) -> None:
    page = OfficePage(desk, around)
    page.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    with qtbot.captureExceptions() as fallen:
        around.changes.announce("已保存")

    assert fallen == []


def test_the_search_of_a_register_finds_what_stands_in_a_note(qtbot, desk: Desk, around: Surroundings) -> None:
    page = register_page(qtbot, desk, around, "facilities")
    uids = list(page.model.all_uids)
    FieldNotes(desk.store).write("facilities", uids[3], "location", "等村里回话")

    page.search.setText("回话")
    page.search.settle()
    plain = list(page.model.all_uids)
    page.search.setText("hh")
    page.search.settle()
    page.group_by("kind")

    assert plain == list(page.model.all_uids) == [uids[3]]
