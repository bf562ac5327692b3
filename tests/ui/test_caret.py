"""The caret stays where a person types, whatever is shown anew around it."""

from typing import Any

import pytest
from PySide6.QtTest import QTest

from tests.ui.pages import register_page
from tests.ui.typing import commit
from ui.registers.page import RegisterPage
from ui.shared.surroundings import Surroundings
from xmdesk.services.desk import Desk


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    made = register_page(qtbot, desk, around, "facilities")
    made.editor.form  # noqa: B018 - made when first asked for
    qtbot.waitUntil(made.isActiveWindow)
    return made


def line(page: RegisterPage, name: str) -> Any:
    return page.editor.form.fields[name].line  # type: ignore[attr-defined]  # a typed field


def test_typing_goes_on_where_it_was_after_saving(page: RegisterPage) -> None:
    location = line(page, "location")
    location.setFocus()
    location.selectAll()
    commit(location, "榕下村")

    page.act("save")
    commit(location, "1号")

    assert location.text() == "榕下村1号"


def test_in_the_middle_of_a_text_the_caret_keeps_its_place(page: RegisterPage) -> None:
    location = line(page, "location")
    location.setFocus()
    location.selectAll()
    commit(location, "榕下1号")
    location.setCursorPosition(2)
    commit(location, "村")

    page.act("save")
    commit(location, "口")

    assert location.text() == "榕下村口1号"


def test_a_line_that_is_filled_while_nobody_types_begins_at_its_first_letter(page: RegisterPage) -> None:
    location = line(page, "location")
    page.table.setFocus()

    page.editor.form.fields["location"].fill("榕下村1号")

    assert (location.text(), location.cursorPosition()) == ("榕下村1号", 0)


def test_several_lines_keep_the_caret_too(page: RegisterPage) -> None:
    box: Any = page.editor.form.fields["remark"].box  # type: ignore[attr-defined]  # the field of several lines
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "ab ")

    page.act("save")
    QTest.keyClicks(box, "c")

    assert box.toPlainText() == "abc"
