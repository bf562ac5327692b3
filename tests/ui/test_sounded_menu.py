"""In a menu letters mean the sounds of its lines; what was meant by none is not taken for the first."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ui.shared.sounded_menu import SoundedMenu

KEY = Qt.Key


@pytest.fixture
def taken() -> list[str]:
    """What was chosen."""
    return []


@pytest.fixture
def menu(qtbot, taken: list[str]) -> Iterator[SoundedMenu]:
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.show()
    made = SoundedMenu(ground)
    for words in ("不分组", "设施名称", "设施类型", "所属类型", "状态"):
        made.addAction(words, lambda words=words: taken.append(words))
    made.popup(ground.mapToGlobal(QPoint()))
    made.setActiveAction(made.actions()[0])
    yield made  # with the ground below it
    made.close()


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("sslx", "设施类型"),
        ("SSLX", "设施类型"),
        ("sheshilei", "设施类型"),
        ("lx", "设施类型"),
        ("sslx\b\bmc", "设施名称"),
        ("z", "状态"),
        ("", "不分组"),
    ],
)
def test_enter_takes_what_was_typed(menu: SoundedMenu, taken: list[str], typed: str, wanted: str) -> None:
    for letter in typed:
        if letter == "\b":
            QTest.keyClick(menu, KEY.Key_Backspace)
        else:
            QTest.keyClicks(menu, letter)

    QTest.keyClick(menu, KEY.Key_Return)

    assert taken == [wanted]


def test_what_no_line_sounds_like_takes_none(menu: SoundedMenu, taken: list[str]) -> None:
    QTest.keyClicks(menu, "qq")
    QTest.keyClick(menu, KEY.Key_Return)

    assert taken == []


def test_arrows_begin_anew(menu: SoundedMenu, taken: list[str]) -> None:
    QTest.keyClicks(menu, "qq")
    QTest.keyClick(menu, KEY.Key_Down)
    QTest.keyClicks(menu, "zt")
    QTest.keyClick(menu, KEY.Key_Return)

    assert taken == ["状态"]
