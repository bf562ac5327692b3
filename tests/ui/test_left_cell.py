"""What cannot be read of a cell that one left is not lost: it goes on in the form."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.sheets import editor, go, letters, lines, opened_in_front, stored
from ui.registers.page import RegisterPage
from ui.shared.surroundings import Surroundings
from xmdesk.services.desk import Desk


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    return opened_in_front(qtbot, desk, around, "persons")


@pytest.mark.parametrize("way", ["click", "elsewhere", "check"])
def test_what_cannot_be_read_of_a_cell_that_one_left_goes_on_in_the_form(
    qtbot, page: RegisterPage, desk: Desk, way: str
) -> None:
    before = stored(desk, page, 0, "mobile")
    uid = page.model.uid(0)
    go(page, 0, "mobile")
    letters(page, "1380000000")
    line = editor(page)

    if way == "click":
        place_there = page.table.visualRect(page.model.index(2, 0)).center()
        QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place_there)
    elif way == "elsewhere":
        page.search.setFocus()
    else:
        page.act("check")
        page.search.setFocus()
    qtbot.waitUntil(lambda: not lines(page))

    typed = page.editor.form.fields["mobile"].line  # type: ignore[attr-defined]  # a typed field
    assert line not in lines(page)
    assert (page.editor.uid, typed.text(), page.editor.form.unreadable()) == (uid, "1380000000", {"mobile": "看不懂"})
    assert stored(desk, page, 0, "mobile") == before
    assert page.drafts.begun is not None


def test_what_cannot_be_read_is_only_told_while_another_panel_is_in_front(
    qtbot, page: RegisterPage, around: Surroundings
) -> None:
    told: list[str] = []
    around.changes.changed.connect(told.append)
    page.act("history")
    go(page, 0, "mobile")
    letters(page, "1380000000")

    page.search.setFocus()

    assert [one.startswith("没有改：手机号码") for one in told] == [True]
    assert page.drafts.begun is None
