"""A line for one of several options: what is typed and left is taken, or what held before is shown again."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from tests.ui.typing import commit
from ui.shared.fields.pick_line import the_one_meant
from ui.shared.option_line import OptionLine
from ui.shared.surroundings import Surroundings

OPTIONS = [("name", "设施名称"), ("contact", "负责人"), ("phone", "负责人电话"), ("kind", "设施类型")]


@pytest.fixture
def line(qtbot, around: Surroundings) -> Iterator[OptionLine]:
    whole = QWidget()
    column = QVBoxLayout(whole)
    made = OptionLine(OPTIONS, "name", around.icons, name="哪一项")
    column.addWidget(made)
    column.addWidget(QLineEdit())
    qtbot.addWidget(whole)
    whole.show()
    whole.activateWindow()
    qtbot.waitUntil(whole.isActiveWindow)
    made.setFocus()
    made.selectAll()
    yield made
    whole.close()


def test_typing_after_a_click_replaces_what_stood_there(line: OptionLine) -> None:
    line.clearFocus()

    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=line.rect().center())
    QTest.keyClicks(line, "fzr")

    assert (line.text(), line.is_open) == ("fzr", True)
    QTest.keyClick(line._completer.popup(), Qt.Key.Key_Tab)
    assert line.value == "contact"


def test_a_second_click_puts_the_caret_among_the_letters(line: OptionLine) -> None:
    line.clearFocus()
    for _ in range(2):
        QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=line.rect().center())

    assert not line.hasSelectedText()


def test_what_the_click_that_brings_the_cursor_drags_over_stays_marked(line: OptionLine) -> None:
    line.clearFocus()
    start, middle = line.cursorRect().center(), line.fontMetrics().horizontalAdvance("设施")

    QTest.mousePress(line, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(line, QPoint(start.x() + middle, start.y()))
    QTest.mouseRelease(line, Qt.MouseButton.LeftButton, pos=QPoint(start.x() + middle, start.y()))

    assert line.selectedText() == "设施"


@pytest.mark.parametrize(("typed", "value"), [("负责人", "contact"), ("负责人电", "phone"), ("fzr", "contact")])
def test_tab_takes_what_is_marked_in_the_list(line: OptionLine, typed: str, value: str) -> None:
    heard: list[str] = []
    line.picked.connect(heard.append)
    commit(line, typed)
    was_open = line.is_open
    QTest.keyClick(line._completer.popup(), Qt.Key.Key_Tab)

    assert was_open
    assert (line.value, heard) == (value, [value])
    assert line.text() == dict(OPTIONS)[value]
    assert QApplication.focusWidget() is not line


def test_what_names_nothing_gives_way_to_what_held(line: OptionLine) -> None:
    commit(line, "没有这一项")
    line.editingFinished.emit()

    assert (line.value, line.text()) == ("name", "设施名称")


@pytest.mark.parametrize(
    ("titles", "text", "are_records", "meant"),
    [
        (["林银杏（会计）", "林银杏"], "林银杏", True, None),
        (["林银杏（会计）", "林银杏"], "林银杏（会计）", True, 0),
        (["其他（写明）", "其他"], "其他", False, 1),
        (["林银杏（会计）"], "林银杏", True, 0),
    ],
)
def test_a_name_of_several_people_means_none_of_them(
    titles: list[str], text: str, are_records: bool, meant: int | None
) -> None:
    found = [(str(place), title) for place, title in enumerate(titles)]

    assert the_one_meant(found, text, are_records=are_records) == (None if meant is None else found[meant])
