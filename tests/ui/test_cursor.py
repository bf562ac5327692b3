"""The cursor of the table goes where it goes in a sheet, and a selection grows from it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.ui.sheets import BOTH, CONTROL, NONE, SHIFT, chosen, column, go, opened, place, press, select
from ui.registers.page import RegisterPage
from ui.shared.surroundings import Surroundings
from xmdesk.services.desk import Desk

KEY = Qt.Key
COLUMNS = ("name", "sex", "born_on", "post", "mobile")


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    return opened(qtbot, desk, around, "persons")


def last_row(page: RegisterPage) -> int:
    return page.model.rowCount() - 1


def block(rows: range, columns: tuple[str, ...]) -> set[tuple[int, str]]:
    return {(row, one) for row in rows for one in columns}


@pytest.mark.parametrize(
    ("key", "held", "there"),
    [
        (KEY.Key_Down, NONE, (2, "post")),
        (KEY.Key_Up, NONE, (0, "post")),
        (KEY.Key_Left, NONE, (1, "born_on")),
        (KEY.Key_Right, NONE, (1, "mobile")),
        (KEY.Key_Home, NONE, (1, "name")),
        (KEY.Key_End, NONE, (1, "mobile")),
        (KEY.Key_PageUp, NONE, (0, "post")),
        (KEY.Key_PageDown, NONE, (-1, "post")),
        (KEY.Key_Left, CONTROL, (1, "name")),
        (KEY.Key_Right, CONTROL, (1, "mobile")),
        (KEY.Key_Up, CONTROL, (0, "post")),
        (KEY.Key_Down, CONTROL, (-1, "post")),
        (KEY.Key_Home, CONTROL, (0, "name")),
        (KEY.Key_End, CONTROL, (-1, "mobile")),
    ],
)
def test_a_key_leads_to_a_cell_and_selects_it_alone(
    page: RegisterPage, key: Qt.Key, held: Qt.KeyboardModifier, there: tuple
) -> None:
    go(page, 1, "post")

    press(page, key, held=held)

    row, path = there
    assert place(page) == (row if row >= 0 else last_row(page), path)
    assert chosen(page) == {place(page)}


@pytest.mark.parametrize(
    ("keys", "held", "rows", "columns"),
    [
        ([KEY.Key_Down, KEY.Key_Down], SHIFT, (1, 3), ("born_on",)),
        ([KEY.Key_Down, KEY.Key_Up, KEY.Key_Up], SHIFT, (0, 1), ("born_on",)),
        ([KEY.Key_Right, KEY.Key_Down], SHIFT, (1, 2), ("born_on", "post")),
        ([KEY.Key_Left], SHIFT, (1, 1), ("sex", "born_on")),
        ([KEY.Key_Home], SHIFT, (1, 1), ("name", "sex", "born_on")),
        ([KEY.Key_End], SHIFT, (1, 1), ("born_on", "post", "mobile")),
        ([KEY.Key_PageDown], SHIFT, (1, -1), ("born_on",)),
        ([KEY.Key_Down, KEY.Key_Right], BOTH, (1, -1), ("born_on", "post", "mobile")),
        ([KEY.Key_Up], BOTH, (0, 1), ("born_on",)),
        ([KEY.Key_Home], BOTH, (0, 1), ("name", "sex", "born_on")),
        ([KEY.Key_End], BOTH, (1, -1), ("born_on", "post", "mobile")),
        ([KEY.Key_Space], SHIFT, (1, 1), COLUMNS),
        ([KEY.Key_Space], CONTROL, (0, -1), ("born_on",)),
        ([KEY.Key_A], CONTROL, (0, -1), COLUMNS),
    ],
)
def test_a_selection_grows_and_the_cursor_stays(
    page: RegisterPage, keys: list, held: Qt.KeyboardModifier, rows: tuple[int, int], columns: tuple[str, ...]
) -> None:
    go(page, 1, "born_on")

    press(page, *keys, held=held)

    end = rows[1] if rows[1] >= 0 else last_row(page)
    assert chosen(page) == block(range(rows[0], end + 1), columns)
    assert place(page) == (1, "born_on")


def test_a_selection_made_to_the_end_grows_on_by_one_column(page: RegisterPage) -> None:
    go(page, 0, "sex")
    press(page, KEY.Key_Down, held=BOTH)

    press(page, KEY.Key_Right, held=SHIFT)

    assert chosen(page) == block(range(last_row(page) + 1), ("sex", "born_on"))


def middle(page: RegisterPage, row: int, path: str) -> QPoint:
    return page.table.visualRect(page.model.index(row, column(page, path))).center()


def test_a_click_with_shift_selects_up_to_there(page: RegisterPage) -> None:
    go(page, 3, "post")

    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, SHIFT, middle(page, 1, "sex"))
    press(page, KEY.Key_Up, held=SHIFT)

    assert chosen(page) == block(range(4), ("sex", "born_on", "post"))
    assert place(page) == (3, "post")


def test_pulling_the_mouse_leaves_the_cursor_where_it_began(page: RegisterPage, desk: Desk) -> None:
    seen = []
    page.table.chosen.connect(seen.append)
    view = page.table.viewport()

    QTest.mousePress(view, Qt.MouseButton.LeftButton, NONE, middle(page, 1, "sex"))
    for row in (2, 3):
        QTest.mouseMove(view, middle(page, row, "post"))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, NONE, middle(page, 3, "post"))

    assert chosen(page) == block(range(1, 4), ("sex", "born_on", "post"))
    assert place(page) == (1, "sex")
    assert set(seen) == {page.model.uid(1)}


def test_a_selection_stays_when_something_was_written_into_it(page: RegisterPage) -> None:
    select(page, (0, 2), ("post", "mobile"))

    press(page, KEY.Key_D, held=CONTROL)

    assert chosen(page) == block(range(3), ("post", "mobile"))


def test_undo_brings_back_what_several_keys_did_one_by_one(page: RegisterPage, desk: Desk) -> None:
    go(page, 0, "post")
    before = page.model.index(0, column(page, "post")).data()
    press(page, KEY.Key_Delete)
    press(page, KEY.Key_Down, KEY.Key_Delete)

    desk.store.undo()
    desk.store.undo()
    page.refresh()
    undone = page.model.index(0, column(page, "post")).data()
    desk.store.redo()
    page.refresh()

    assert undone == before != ""
    assert page.model.index(0, column(page, "post")).data() == ""
