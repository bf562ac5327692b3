"""The keys of the window work under whatever has dropped down over it; the lock always does."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from tests.ui.checked import opened
from tests.ui.typing import commit
from ui.shared.box import Box
from ui.shell import Shell
from ui.window import Window
from xmdesk.services.desk import Desk
from xmdesk.services.field_notes import FieldNotes

KEY, CONTROL, NONE = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
ACTS = {
    "save": (KEY.Key_S, CONTROL),
    "another page": (KEY.Key_PageDown, CONTROL),
    "F5": (KEY.Key_F5, NONE),
    "lock": (KEY.Key_L, CONTROL),
}


@pytest.fixture
def shell(qtbot, window: Window, desk: Desk) -> Shell:
    made = opened(window, desk)
    qtbot.waitUntil(window.isActiveWindow)
    made.go("facilities")
    return made


def page_of(shell: Shell) -> Any:
    return shell.pages["facilities"]


def note_panel(shell: Shell) -> None:
    page_of(shell).editor.form.fields["name"].setFocus()
    shell.act("note")


def cell_menu(shell: Shell) -> None:
    page = page_of(shell)
    page.table.setCurrentIndex(page.model.index(0, 0))
    assert page.menu.open(page.table.mapToGlobal(QPoint(40, 40))) is not None


def group_list(shell: Shell) -> None:
    shell.act("group")


def column_panel(shell: Shell) -> None:
    page_of(shell)._do("columns")


def moment_panel(shell: Shell) -> None:
    shell.act("then")


def field_list(shell: Shell) -> None:
    page_of(shell).editor.form.fields["kind"].line.offer_all()


def combo_list(shell: Shell) -> None:
    box = QComboBox(shell)
    box.addItems(["甲", "乙"])
    box.show()
    box.showPopup()


OVER = (note_panel, cell_menu, group_list, column_panel, moment_panel, field_list, combo_list)


def in_front() -> QWidget:
    """What the keys come to: the line in that which lies over the window, or that itself."""
    over = QApplication.activePopupWidget()
    assert over is not None
    here = over.focusWidget()
    return here if isinstance(here, QLineEdit) else over


@pytest.mark.parametrize("drop_down", OVER, ids=[one.__name__ for one in OVER])
def test_the_lock_works_under_all_that_drops_down(
    window: Window, shell: Shell, drop_down: Callable[[Shell], None]
) -> None:
    drop_down(shell)

    QTest.keyPress(in_front(), *ACTS["lock"])

    assert window.desk is None
    assert QApplication.activePopupWidget() is None


@pytest.mark.parametrize("act", ACTS)
def test_a_note_that_is_being_written_is_kept_when_the_window_acts(shell: Shell, desk: Desk, act: str) -> None:
    written: list[str] = []
    page, notes = page_of(shell), FieldNotes(desk.store)
    page._around.changes.changed.connect(lambda *_: written.extend(one.text for one in notes.of(uid).values()))
    uid = page.editor.uid
    note_panel(shell)
    commit(in_front(), "待村会计核实")

    QTest.keyPress(in_front(), *ACTS[act])

    assert "待村会计核实" in written
    assert QApplication.activePopupWidget() is None


def test_a_question_in_front_is_answered_first(qtbot, window: Window, shell: Shell) -> None:
    box = Box(window, "要覆盖吗", ["这个文件已经有了。"], yes="覆盖", no="不覆盖")
    qtbot.addWidget(box)
    box.open()

    QTest.keyClick(box, *ACTS["lock"])

    assert window.desk is not None
    box.close()
