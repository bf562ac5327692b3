"""The layout that breaks lines: it goes on while what it holds is being freed."""

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect
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


def test_a_layout_loses_nothing_when_others_die_around_it(qtbot) -> None:
    lost = []
    for _ in range(200):
        kept, dying = QWidget(), QWidget()
        flows = [Flow(one) for one in (dying, kept)]
        for place in range(4):
            for flow in flows:
                flow.addWidget(QPushButton(str(place)))
        flows[0].itemAt(0).widget().deleteLater()  # type: ignore[union-attr]  # it has four
        dying.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        fresh = QWidget()
        later = Flow(fresh)
        for place in range(4):
            later.addWidget(QPushButton(str(place)))
        del flows[0], dying
        gc.collect(0)
        lost += [one.count() for one in (flows[0], later) if one.count() != 4 or one.heightForWidth(2000) <= 0]

    assert lost == []
