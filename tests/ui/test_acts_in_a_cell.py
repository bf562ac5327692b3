"""Acts of the page while a cell is open with typed text: the cell is written first, then the act happens, at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from tests.ui.sheets import BOTH, CONTROL, editor, go, letters, lines, opened_in_front, press, stored, undoable
from ui.registers.page import RegisterPage
from ui.shared.surroundings import Surroundings
from xmdesk.services.desk import Desk

KEY = Qt.Key


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    return opened_in_front(qtbot, desk, around, "persons")


def typed(page: RegisterPage, desk: Desk) -> str:
    """Begin to change a post, which copies have too; return what it will be."""
    go(page, 0, "post")
    press(page, KEY.Key_F2)
    letters(page, "x")
    return f"{stored(desk, page, 0, 'post')}x"


def ask(page: RegisterPage, name: str, way: str) -> None:
    """Ask for an act by its key, or by a click on its button that ends before anything else happens."""
    head = page.editor.head
    buttons: dict[str, QAbstractButton] = {"new": page.add, "clone": head.copy, "end": head.end}
    if way == "key":
        page.act(name)
    else:
        QTest.mouseClick(buttons[name], Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("way", ["key", "click"])
def test_a_copy_is_begun_with_what_was_typed_into_the_open_cell(page, desk: Desk, way: str) -> None:
    count = desk.registers.count("persons")
    post = typed(page, desk)

    ask(page, "clone", way)
    QApplication.processEvents()  # what a cell owes is written when events are looked at

    assert stored(desk, page, 0, "post") == post
    assert page.editor.is_new
    assert page.editor.record.post == post
    assert desk.registers.count("persons") == count
    assert page.editor.form.fields["name"].line.hasFocus()


@pytest.mark.parametrize("way", ["key", "click"])
def test_a_new_record_is_begun_after_the_open_cell_is_written(page, desk: Desk, way: str) -> None:
    count = desk.registers.count("persons")
    post = typed(page, desk)

    ask(page, "new", way)
    QApplication.processEvents()

    assert stored(desk, page, 0, "post") == post
    assert page.editor.is_new
    assert desk.registers.count("persons") == count
    assert page.editor.form.fields["name"].line.hasFocus()


@pytest.mark.parametrize("way", ["key", "click"])
def test_the_end_is_asked_for_after_the_open_cell_is_written(page, desk: Desk, way: str) -> None:
    post = typed(page, desk)

    ask(page, "end", way)
    QApplication.processEvents()

    assert stored(desk, page, 0, "post") == post
    assert page.editor.ending.isVisible()
    assert page.editor.ending._reason.hasFocus()


@pytest.mark.parametrize("name", ["new", "clone", "end", "bulk", "history", "filter"])
def test_a_cell_that_cannot_be_read_holds_every_act_and_says_why(page, desk: Desk, name: str) -> None:
    count = desk.registers.count("persons")
    go(page, 0, "mobile")
    letters(page, "abc")

    page.act(name)

    assert editor(page).text() == "abc"
    assert page.table.cell_delegate.words.isVisible()
    assert not page.editor.is_new
    assert page.sides.currentWidget() is page.editor
    assert not page.editor.ending.isVisible()
    assert desk.registers.count("persons") == count


def test_a_click_away_from_a_cell_that_cannot_be_read_takes_its_text_into_the_form(qtbot, page, desk: Desk) -> None:
    uid = page.model.uid(0)
    go(page, 0, "mobile")
    letters(page, "abc")

    ask(page, "clone", "click")
    qtbot.waitUntil(lambda: not lines(page))

    assert (page.editor.uid, page.editor.is_new) == (uid, False)
    assert page.editor.form.texts() == {"mobile": "abc"}
    assert page.editor.unreadable.isVisible()


def test_the_form_for_many_opens_from_an_open_cell(page, desk: Desk) -> None:
    post = typed(page, desk)
    page.table.selectionModel().select(page.model.index(1, 0), page.table.selectionModel().SelectionFlag.Select)

    page.act("bulk")

    assert stored(desk, page, 0, "post") == post
    assert page.sides.bulk is not None
    assert page.sides.currentWidget() is page.sides.bulk


def test_help_leaves_the_cell_open(page, desk: Desk) -> None:
    typed(page, desk)

    page.act("help")

    assert len(lines(page)) == 1


def test_in_the_window_the_keys_do_the_same(window, desk: Desk, qtbot) -> None:
    window.open_desk(desk)
    window.activateWindow()
    shell = window.shell
    assert shell is not None
    shell.go("persons")
    page = shell.pages["persons"]
    assert isinstance(page, RegisterPage)
    count = desk.registers.count("persons")
    qtbot.waitUntil(lambda: page.model.rowCount() == count)
    page.table.setFocus()
    post = typed(page, desk)

    press(page, KEY.Key_N, held=BOTH)
    qtbot.waitUntil(lambda: page.editor.is_new)
    is_copy = page.editor.record.post == post
    QTest.keyClick(page.editor.head.drop, KEY.Key_Space)
    typed(page, desk)
    press(page, KEY.Key_N, held=CONTROL)

    assert is_copy
    assert (page.editor.is_new, page.editor.record.post) == (True, "")
    assert desk.registers.count("persons") == count
    assert undoable(desk) == "修改人员：单位及职务"
