"""Letters over the controls: the same each day, one per control, and two of them go there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.letters import Letters, lettered, words_of
from ui.shared.icons import Icons
from ui.shared.theme import Theme
from ui.shared.words import button, clear, label
from ui.window import Window
from xmdesk.services.desk import Desk


def press(letters: Letters, keys: str) -> None:
    for key in keys:
        QTest.keyClicks(letters, key)


def test_letters_are_the_first_two_sounds_and_no_two_are_alike(qtbot) -> None:
    made = [button(words) for words in ("写入 12 条", "选择文件", "学子", "列", "★")]
    for one in made:
        qtbot.addWidget(one)

    marks = lettered(made)

    assert {mark: words_of(one) for mark, one in marks.items()} == {
        "XR": "写入 12 条",
        "XZ": "选择文件",
        "X2": "学子",
        "LL": "列",
    }


@pytest.fixture
def holder(qtbot) -> QWidget:
    """A window with a line called 查找 and a button 保存 that counts how often it was pressed."""
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    line, save = QLineEdit(), button("保存")
    line.setAccessibleName("查找")
    made.setProperty("pressed", 0)
    save.clicked.connect(lambda: made.setProperty("pressed", made.property("pressed") + 1))
    column.addWidget(line)
    column.addWidget(save)
    made.show()
    line.setFocus()
    return made


def test_two_letters_press_a_button_and_give_the_cursor_to_it(holder: QWidget) -> None:
    letters = Letters(holder, Icons(Theme()))

    letters.start()
    press(letters, "bc")
    button_had_it = isinstance(holder.focusWidget(), QPushButton)
    letters.start()
    press(letters, "cz")

    assert (holder.property("pressed"), button_had_it, letters.isVisible()) == (1, True, False)
    assert isinstance(holder.focusWidget(), QLineEdit)


def test_escape_and_strange_letters_change_nothing(holder: QWidget) -> None:
    letters = Letters(holder, Icons(Theme()))

    letters.start()
    QTest.keyClick(letters, Qt.Key.Key_Escape)
    letters.start()
    press(letters, "q")

    assert (holder.property("pressed"), letters.isVisible()) == (0, False)
    assert isinstance(holder.focusWidget(), QLineEdit)


def test_alt_alone_shows_letters_and_alt_with_another_key_does_not(window: Window, desk: Desk) -> None:
    window.open_desk(desk)
    target = window.focusWidget() or window

    QTest.keyPress(target, Qt.Key.Key_Alt)
    QTest.keyClick(target, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    QTest.keyRelease(target, Qt.Key.Key_Alt)
    other = window.findChild(Letters)
    QTest.keyPress(target, Qt.Key.Key_Alt)
    QTest.keyRelease(target, Qt.Key.Key_Alt)
    alone = window.findChild(Letters)

    assert other is None
    assert alone is not None
    assert alone.isVisible()
    assert {"DR", "GG", "SB"} <= set(alone.marks)


def test_rebuilt_lines_keep_the_cursor_at_the_same_name(qtbot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    holder.show()
    for name in ("甲", "乙", "丙"):
        column.addWidget(button(name))
    qtbot.waitUntil(holder.isActiveWindow)
    second = holder.findChildren(QWidget)[1]
    second.setFocus()

    clear(column)
    column.addWidget(label("一句话"))
    for name in ("丁", "甲", "乙"):
        column.addWidget(button(name))

    qtbot.waitUntil(lambda: (one := QApplication.focusWidget()) is not None and one.accessibleName() == "乙")
