"""The layout that breaks lines: it goes on while what it holds is being freed."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QPushButton, QWidget, QWidgetItem
from shiboken6 import delete

from ui.shared.fields.flow import Flow


@pytest.fixture
def holder(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_items_that_are_freed_are_not_asked_for_their_size(holder: QWidget) -> None:
    flow = Flow(holder, gap=4)
    items = [QWidgetItem(QPushButton(words, holder)) for words in ("村委会", "党群服务中心", "卫生室")]
    for one in items:
        flow.addItem(one)
    whole, lines = flow.minimumSize().width(), flow.heightForWidth(80)
    delete(items[1])  # as when its page goes: Qt still asks the layout for its size then

    flow.setGeometry(QRect(0, 0, 300, 40))

    assert flow.count() == 2
    assert 0 < flow.minimumSize().width() < whole
    assert 0 < flow.heightForWidth(80) < lines
