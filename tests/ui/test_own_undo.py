"""Ctrl+Z and Ctrl+Y where the cursor stands in a line: first the line's own letters, then the book."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.typing import commit
from ui.stepping import NOTHING_AHEAD, NOTHING_BEHIND, SEALED
from ui.window import Window
from xmdesk.ports import StepKind
from xmdesk.records.facility import Facility
from xmdesk.records.submission import Direction, Submission
from xmdesk.services.desk import Desk

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(window: Window, desk: Desk, qtbot) -> Any:
    window.open_desk(desk)
    assert window.shell is not None
    window.shell.go("facilities")
    shown = window.shell.pages["facilities"]
    window.activateWindow()
    return shown


def press(key: Qt.Key) -> None:
    cursor = QApplication.focusWidget()
    assert cursor is not None
    QTest.keyClick(cursor, key, CONTROL)


def foot_words(window: Window) -> str:
    assert window.shell is not None
    return window.shell.foot._words.whole


def stored(desk: Desk, page: Any, name: str) -> str:
    record = desk.store.get(Facility, page.editor.uid)
    assert record is not None
    return getattr(record, name)


def typed_and_saved(page: Any, name: str, text: str) -> Any:
    field = page.editor.form.fields[name]
    control = field.focusProxy()
    control.setFocus()
    control.selectAll()
    commit(control, text)
    press(KEY.Key_S)
    return control


@pytest.mark.parametrize("name", ["location", "remark"])
def test_after_a_save_it_takes_the_save_back_and_brings_no_old_letters(page, desk: Desk, name: str) -> None:
    before = stored(desk, page, name)
    typed_and_saved(page, name, "桥头东")
    assert stored(desk, page, name) == "桥头东"

    press(KEY.Key_Z)

    assert stored(desk, page, name) == before
    assert not page.editor.is_unsaved
    press(KEY.Key_Y)
    assert stored(desk, page, name) == "桥头东"


def test_letters_of_the_line_come_first(page, desk: Desk) -> None:
    line = typed_and_saved(page, "location", "桥头东")
    commit(line, "一号")

    press(KEY.Key_Z)
    assert (line.text(), stored(desk, page, "location")) == ("桥头东", "桥头东")
    press(KEY.Key_Y)
    assert line.text() == "桥头东一号"


def test_with_the_cursor_in_an_empty_search_it_means_the_book(page, desk: Desk) -> None:
    before = stored(desk, page, "location")
    typed_and_saved(page, "location", "桥头东")
    page.search.setFocus()

    press(KEY.Key_Z)

    assert stored(desk, page, "location") == before


def test_an_ended_record_comes_back_from_the_form(page, desk: Desk) -> None:
    page.editor.ask_end()
    commit(QApplication.focusWidget(), "拆除")  # type: ignore[arg-type]  # the cursor is in the strip
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)  # type: ignore[arg-type]
    assert stored(desk, page, "retired_on")
    page.editor.form.fields["location"].focusProxy().setFocus()

    press(KEY.Key_Z)

    assert stored(desk, page, "retired_on") == ""


def test_an_open_cell_keeps_the_book_as_it_is(page, desk: Desk) -> None:
    typed_and_saved(page, "location", "桥头东")
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(0, 0))
    QTest.keyClick(page.table, KEY.Key_F2)

    press(KEY.Key_Z)

    assert stored(desk, page, "location") == "桥头东"


def test_undo_stops_at_a_sealed_return_and_says_so(window: Window, page, desk: Desk) -> None:
    typed_and_saved(page, "location", "桥头东")
    with desk.store.change("密封上报", kind=StepKind.SEAL) as change:
        change.save(Submission(direction=Direction.OWN, period="2026Q4"))
    page.table.setFocus()

    press(KEY.Key_Z)

    assert stored(desk, page, "location") == "桥头东"
    assert foot_words(window) == SEALED

    typed_and_saved(page, "location", "桥头西")
    page.table.setFocus()
    press(KEY.Key_Z)
    assert stored(desk, page, "location") == "桥头东"
    assert foot_words(window).startswith("已撤销")
    press(KEY.Key_Z)
    assert foot_words(window) == SEALED


def test_with_nothing_to_take_back_or_to_bring_back_it_says_so(window: Window, page, desk: Desk) -> None:
    while desk.store.undoable() is not None:
        desk.store.undo()
    page.table.setFocus()

    press(KEY.Key_Z)
    nothing = foot_words(window)
    typed_and_saved(page, "location", "桥头东")
    page.table.setFocus()
    press(KEY.Key_Y)

    assert nothing == NOTHING_BEHIND
    assert foot_words(window) == NOTHING_AHEAD


def test_many_records_go_and_come_back_under_a_cover(
    qtbot, page: Any, window: Window, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.stepping.AT_ONCE", 3)
    desk.registers.save_all([Facility(name=f"书屋{number}") for number in range(5)], label="新增设施")
    count, titles = desk.store.count(Facility), []
    window.work.started.connect(titles.append)
    found = []
    for act in ("undo", "redo"):
        window.act(act)
        qtbot.waitUntil(lambda: not window.work.is_busy)
        found.append(desk.store.count(Facility))

    assert titles == ["撤销", "恢复"]
    assert found == [count - 5, count]
    assert foot_words(window).startswith("已恢复")
