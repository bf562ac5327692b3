"""The right mouse button offers what can be done with cells and record, with the keys that do the same."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.sheets import cell, clipboard, column, go, opened, place, select, stored
from ui.registers.page import RegisterPage
from ui.shared.surroundings import Surroundings
from xmdesk.services.desk import Desk

REASON = QContextMenuEvent.Reason


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    return opened(qtbot, desk, around, "persons")


def menu(page: RegisterPage, reason: QContextMenuEvent.Reason = REASON.Keyboard) -> QMenu:
    """The menu at the cell of the cursor."""
    view = page.table.viewport()
    spot = page.table.visualRect(page.table.currentIndex()).center()
    QApplication.sendEvent(view, QContextMenuEvent(reason, spot, view.mapToGlobal(spot)))
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def words(shown: QMenu) -> list[str]:
    return [one.text() for one in shown.actions() if not one.isSeparator()]


def choose(shown: QMenu, begin: str) -> None:
    found: list[QAction] = [one for one in shown.actions() if one.text().startswith(begin)]
    shown.close()
    found[0].trigger()


def test_the_menu_names_every_act_with_its_keys(page: RegisterPage) -> None:
    go(page, 1, "post")

    shown = menu(page)
    found = words(shown)
    shown.close()

    assert found == [
        "复制\tCtrl+C",
        "剪切\tCtrl+X",
        "粘贴\tCtrl+V",
        "清除内容\tDelete",
        "向下填充\tCtrl+D",
        "向右填充\tCtrl+R",
        "照抄这一条\tCtrl+Shift+N",
        "批注…\tShift+F2",
        "修改记录\tCtrl+J",
        "停用…",
    ]


def test_by_key_the_menu_drops_down_below_the_cell(page: RegisterPage) -> None:
    go(page, 1, "post")
    below = page.table.viewport().mapToGlobal(page.table.visualRect(page.table.currentIndex()).bottomLeft())

    shown = menu(page)
    place_shown = shown.pos()
    shown.close()

    assert (place_shown - below).manhattanLength() < 12


def test_copying_and_pasting_by_the_menu(page: RegisterPage, desk: Desk) -> None:
    go(page, 0, "mobile")
    choose(menu(page, REASON.Mouse), "复制")
    copied = QGuiApplication.clipboard().text()
    go(page, 1, "mobile")

    choose(menu(page, REASON.Mouse), "粘贴")

    assert copied == cell(page, 0, "mobile")
    assert stored(desk, page, 1, "mobile") == stored(desk, page, 0, "mobile")


def test_cells_are_filled_and_emptied_by_the_menu(page: RegisterPage, desk: Desk) -> None:
    select(page, (0, 2), ("post", "post"))
    choose(menu(page), "向下填充")
    filled = {stored(desk, page, row, "post") for row in range(3)}

    choose(menu(page), "清除内容")

    assert len(filled) == 1
    assert filled != {""}
    assert {stored(desk, page, row, "post") for row in range(3)} == {""}


def test_a_record_is_ended_from_the_menu(page: RegisterPage) -> None:
    go(page, 1, "post")

    choose(menu(page), "停用")

    assert page.editor.ending.isVisible()
    assert page.editor.uid == page.model.uid(1)


def test_a_record_is_copied_from_the_menu(page: RegisterPage) -> None:
    go(page, 1, "post")
    post = cell(page, 1, "post")

    choose(menu(page), "照抄")

    assert page.editor.is_new
    assert (page.editor.record.post, page.editor.record.name) == (post, "")


def test_a_note_is_written_on_the_cell_of_the_menu(page: RegisterPage) -> None:
    go(page, 1, "post")

    choose(menu(page), "批注")
    panel = page.editor.notes.panel

    assert panel is not None
    assert panel.isVisible()
    assert panel._title.text() == f"批注：{page.editor.form.fields['post'].spec.label}"
    panel.hide()


def test_the_history_of_the_record_is_opened_from_the_menu(page: RegisterPage) -> None:
    go(page, 1, "post")

    choose(menu(page), "修改记录")

    assert page.sides.history is not None
    assert page.sides.history.isVisible()


def test_several_records_are_changed_from_the_menu(page: RegisterPage) -> None:
    select(page, (0, 2), ("post", "post"))

    shown = menu(page)
    found = words(shown)
    choose(shown, "批量修改")

    assert "批量修改 3 条\tCtrl+E" in found
    assert page.sides.bulk is not None
    assert page.sides.bulk.isVisible()


def test_the_past_is_only_copied(page: RegisterPage) -> None:
    go(page, 0, "post")
    page.model.typable = frozenset()

    shown = menu(page)
    found = words(shown)
    shown.close()

    assert found == ["复制\tCtrl+C"]


def test_the_head_of_a_group_has_no_menu(page: RegisterPage) -> None:
    page.model.group("sex")
    page.refresh()
    page.table.selectionModel().setCurrentIndex(
        page.model.index(0, column(page, "name")), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )

    assert page.model.head(0) is not None
    assert page.menu.open(page.table.viewport().mapToGlobal(page.table.rect().center())) is None
    assert QApplication.activePopupWidget() is None


def test_the_right_button_goes_to_its_cell_and_keeps_a_selection_around_it(page: RegisterPage, qtbot) -> None:
    view = page.table.viewport()
    go(page, 0, "post")
    spot = page.table.visualRect(page.model.index(2, column(page, "mobile"))).center()
    qtbot.mouseClick(view, Qt.MouseButton.RightButton, pos=spot)
    there = place(page)
    select(page, (1, 3), ("post", "mobile"))

    qtbot.mouseClick(view, Qt.MouseButton.RightButton, pos=spot)
    clipboard("")

    assert there == (2, "mobile")
    assert len(page.table.selected_rows()) == 3
