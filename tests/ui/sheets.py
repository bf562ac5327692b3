"""A register opened as a page, and hands for its table."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView

from ui.registers.page import RegisterPage
from ui.shared.surroundings import Surroundings
from xmdesk.services.desk import Desk

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NONE, BOTH = Qt.KeyboardModifier.NoModifier, CONTROL | SHIFT


def opened(qtbot, desk: Desk, around: Surroundings, name: str) -> RegisterPage:
    made = RegisterPage(name, registers=desk.registers, checking=desk.checking, surroundings=around)
    made.resize(1700, 680)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.table.setFocus()
    return made


def opened_in_front(qtbot, desk: Desk, around: Surroundings, name: str) -> RegisterPage:
    """The page once its window is the one in which keys arrive."""
    made = opened(qtbot, desk, around, name)
    qtbot.waitUntil(made.isActiveWindow)
    return made


def go(page: RegisterPage, row: int, path: str) -> None:
    here = page.model.index(row, column(page, path))
    page.table.selectionModel().setCurrentIndex(here, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def column(page: RegisterPage, path: str) -> int:
    return [name for name, _ in page.model.columns].index(path)


def place(page: RegisterPage) -> tuple[int, str]:
    """Where the cursor stands."""
    here = page.table.currentIndex()
    return here.row(), page.model.columns[here.column()][0]


def chosen(page: RegisterPage) -> set[tuple[int, str]]:
    """The cells that are selected."""
    return {(one.row(), page.model.columns[one.column()][0]) for one in page.table.selectionModel().selectedIndexes()}


def cell(page: RegisterPage, row: int, path: str) -> str:
    return page.model.index(row, column(page, path)).data()


def cells(page: RegisterPage, rows: Sequence[int], path: str) -> list[str]:
    return [cell(page, row, path) for row in rows]


def select(page: RegisterPage, rows: tuple[int, int], paths: tuple[str, str]) -> None:
    top = page.model.index(rows[0], column(page, paths[0]))
    block = QItemSelection(top, page.model.index(rows[1], column(page, paths[1])))
    page.table.setCurrentIndex(top)
    page.table.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def editor(page: RegisterPage) -> Any:
    found = lines(page)
    assert len(found) == 1
    return found[0]


def lines(page: RegisterPage) -> list[QLineEdit]:
    """The cells that are open: one, or none."""
    return [one for one in page.table.viewport().findChildren(QLineEdit) if one.isVisible()]


def press(page: RegisterPage, *keys: Qt.Key, held: Qt.KeyboardModifier = NONE, control: bool = False) -> None:
    """Press keys where the cursor of the keyboard is: in the table, or in the cell that is open."""
    for key in keys:
        open_cells = lines(page)
        QTest.keyClick(open_cells[0] if open_cells else page.table, key, CONTROL if control else held)


def letters(page: RegisterPage, text: str) -> None:
    """Type letters one by one, the first of which opens the cell."""
    for one in text:
        open_cells = lines(page)
        QTest.keyClicks(open_cells[0] if open_cells else page.table, one)


def clipboard(text: str) -> None:
    """Let another program put a text on the clipboard."""
    QGuiApplication.clipboard().setText(text)


def stored(desk: Desk, page: RegisterPage, row: int, path: str) -> Any:
    return getattr(desk.registers.get(page.register.name, page.model.uid(row)), path)


def popup() -> QListView:
    """The list that is open."""
    found = QApplication.activePopupWidget()
    assert isinstance(found, QListView)
    return found


def record(desk: Desk, page: RegisterPage, row: int) -> Any:
    """The record of a row as it is stored."""
    return desk.registers.get(page.register.name, page.model.uid(row))


def undoable(desk: Desk) -> str:
    """What undo would take back now."""
    step = desk.store.undoable()
    return step.label if step is not None else ""
