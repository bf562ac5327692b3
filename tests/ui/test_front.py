"""A list that hangs below a line goes up before the window does anything: it would lie over what is shown next."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.checked import opened
from tests.ui.typing import commit
from ui.registers.page import RegisterPage
from ui.shared.fields.picks import PickLine
from ui.shell import Shell
from ui.window import Window
from xmdesk.records.facility import Facility
from xmdesk.services.desk import Desk

KEY, CONTROL, NONE = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
ACTS = {
    "F5": (KEY.Key_F5, NONE),
    "another page": (KEY.Key_PageDown, CONTROL),
    "letters": (KEY.Key_F10, NONE),
    "history": (KEY.Key_J, CONTROL),
    "lock": (KEY.Key_L, CONTROL),
}


@pytest.fixture
def shell(qtbot, window: Window, desk: Desk) -> Shell:
    made = opened(window, desk)
    qtbot.waitUntil(window.isActiveWindow)
    made.go("facilities")
    return made


def page_of(shell: Shell) -> RegisterPage:
    page = shell.pages["facilities"]
    assert isinstance(page, RegisterPage)
    return page


def open_cell(page: RegisterPage) -> PickLine:
    """Open the list of a cell that is chosen from one."""
    place = [path for path, _ in page.model.columns].index("kind")
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(0, place))
    QTest.keyClick(page.table, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    line = page.table.open_line
    assert isinstance(line, PickLine)
    return line


def open_field(page: RegisterPage) -> PickLine:
    """Open the list of a field of the form."""
    field = page.editor.form.fields["kind"]
    line: PickLine = field.line  # type: ignore[attr-defined]  # a field that is chosen has one
    line.offer_all()
    return line


def kind_of(desk: Desk, uid: str) -> str:
    record = desk.store.get(Facility, uid)
    assert record is not None
    return record.kind.label if record.kind is not None else ""


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("where", [open_cell, open_field], ids=["cell", "field"])
def test_no_list_hangs_over_what_an_act_shows(shell: Shell, where, act: str) -> None:
    line = where(page_of(shell))
    was_open = line.is_open

    QTest.keyClick(line, *ACTS[act])

    assert was_open
    assert QApplication.activePopupWidget() is None


def test_undo_puts_the_list_of_a_field_away_too(shell: Shell, desk: Desk) -> None:
    first = desk.store.all(Facility)[0]
    desk.registers.save(first.changed(name="改过的名称"))
    line = open_field(page_of(shell))

    QTest.keyClick(line, KEY.Key_Z, CONTROL)

    assert QApplication.activePopupWidget() is None
    assert desk.store.all(Facility)[0].name == first.name


def test_what_was_typed_into_a_cell_is_taken_though_its_list_was_down(qtbot, shell: Shell, desk: Desk) -> None:
    page = page_of(shell)
    uid = page.model.uid(0)
    line = open_cell(page)
    title = page.cells.options("kind", "")[3][1]
    line.clear()
    commit(line, title)

    QTest.keyClick(line, KEY.Key_F5)

    assert shell.check is not None
    assert shell.check.is_open
    assert QApplication.activePopupWidget() is None
    qtbot.waitUntil(lambda: kind_of(desk, uid) == title)
