"""What is saved, searched and pressed in a register stays in sight: the form beside the table is always what it seems to be."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.pages import register_page
from tests.ui.typing import commit
from ui.letters import form_around, lettered, targets, words_of
from ui.registers.page import RegisterPage
from ui.shared.plain_table import Line
from ui.shared.surroundings import Surroundings
from ui.window import Window
from xmdesk.records.facility import Facility
from xmdesk.services.desk import Desk


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    made = register_page(qtbot, desk, around, "facilities")
    made.editor.form  # noqa: B018 - made when first asked for
    qtbot.waitUntil(made.isActiveWindow)
    return made


def search(page: RegisterPage, words: str) -> None:
    page.search.setFocus()
    page.search.selectAll()
    commit(page.search, words)
    page.search.settle()


def write(words: str) -> None:
    """Type where the cursor stands."""
    here = QApplication.focusWidget()
    assert here is not None
    commit(here, words)


def test_a_new_record_is_seen_in_the_table_once_it_is_saved(page: RegisterPage, desk: Desk, qtbot) -> None:
    for number in range(30):
        desk.registers.save(Facility(name=f"甲{number}"))
    page.refresh()
    page.table.scrollToTop()
    page.act("new")
    page.editor.form.fields["name"].setFocus()
    write("最后一处")

    page.act("save")

    row = page.model.row_of(page.editor.uid)
    seen = page.table.viewport().rect()
    assert row > 20
    qtbot.waitUntil(lambda: seen.contains(page.table.visualRect(page.model.index(row, 0)).bottomLeft()))
    assert seen.contains(page.table.visualRect(page.model.index(row, 0)).topLeft())


def test_a_search_without_a_hit_leaves_no_other_record_to_be_changed(page: RegisterPage, qtbot) -> None:
    search(page, "没有这个")

    qtbot.waitUntil(lambda: not page.editor.uid)
    assert page.editor._hint.isVisible()

    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: bool(page.editor.uid))
    assert page.editor._panel.isVisible()


def test_a_search_without_a_hit_keeps_a_form_that_is_being_written(page: RegisterPage, qtbot) -> None:
    page.act("new")
    write("新的一处")
    search(page, "没有这个")
    qtbot.wait(300)

    assert page.editor.is_new
    assert page.editor._panel.isVisible()


def test_escape_empties_the_search_line(page: RegisterPage) -> None:
    everything = page.model.total
    search(page, "没有这个")
    found = page.model.total

    QTest.keyClick(page.search, Qt.Key.Key_Escape)

    assert (found, page.model.total, page.search.text()) == (0, everything, "")


def test_control_and_s_writes_what_is_ticked_for_many(page: RegisterPage, desk: Desk) -> None:
    page.table.selectAll()
    uids = page.table.selected_uids()
    page.act("bulk")
    assert page.sides.bulk is not None
    page.sides.bulk.form.fields["location"].setFocus()
    QApplication.focusWidget().selectAll()  # type: ignore[attr-defined]  # a line
    write("榕下村1号")

    page.act("save")

    assert len(uids) > 1
    assert {desk.registers.get("facilities", one).location for one in uids} == {"榕下村1号"}  # type: ignore[union-attr]  # all there
    assert page.sides.currentWidget() is page.editor


def test_what_is_open_now_is_not_told_over_the_past(page: RegisterPage, around: Surroundings) -> None:
    page.show_troubles([Line("k", ("", "", "缺少一种设施"), "missing", "missing")])
    before = page.whole.isVisible()

    page.back.go_to("2026-11-22T04:00:00Z", "2026年11月22日 12:00")
    then = page.whole.isVisible()
    page.back.come_back()

    assert (before, then, page.whole.isVisible()) == (True, False, True)


def test_the_title_of_the_section_with_the_cursor_is_marked(page: RegisterPage, qtbot) -> None:
    form = page.editor.form
    for name in ("lng", "built_year", "name"):
        form.focus_field(name)
        at = form._section_of[form.fields[name]]
        qtbot.waitUntil(lambda at=at: [link.isChecked() for link, _ in form._links].index(True) == at)


def test_the_fields_of_a_form_have_the_same_letters_wherever_it_stands(window: Window, desk: Desk, qtbot) -> None:
    window.open_desk(desk)
    qtbot.waitUntil(window.isActiveWindow)
    assert window.shell is not None
    window.shell.go("disaster_officers")
    page: Any = window.shell.pages["disaster_officers"]
    page.editor.form.focus_first()
    here = window.focusWidget()

    marks = lettered(targets(window, here))

    fields = list(page.editor.form.fields.values())
    alone = lettered([one for one in targets(window, here) if one in fields])
    assert form_around(here) is page.editor.form
    assert {mark: words_of(one) for mark, one in marks.items() if one in fields} == {
        mark: words_of(one) for mark, one in alone.items()
    }
