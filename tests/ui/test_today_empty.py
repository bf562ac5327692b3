"""Today with an empty book: where to begin."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from tests.journeys.invented import village_desk
from tests.ui.said import Said
from tests.ui.typing import commit
from ui.window import Window
from xmdesk.records.facility import Facility
from xmdesk.services.desk import Desk


@pytest.fixture
def empty(noon: datetime, tmp_path: Path) -> Iterator[Desk]:
    """A book in which nothing was entered yet."""
    opened = village_desk(tmp_path / "empty")
    yield opened
    opened.upkeep.close()


def test_the_first_facility_is_begun_with_the_cursor_in_its_first_field(qtbot, window: Window, empty: Desk) -> None:
    window.open_desk(empty)
    assert window.shell is not None
    window.activateWindow()
    today = window.shell.pages["today"]
    first = next(one for one in today.findChildren(QPushButton) if one.text() == "新增第一个设施")
    qtbot.waitUntil(first.isVisible)

    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    page = window.shell.pages["facilities"]
    qtbot.wait(300)  # the empty register has been read meanwhile

    cursor = QApplication.focusWidget()
    assert cursor is not None
    assert cursor is page.editor.form.fields["name"].focusProxy()  # type: ignore[attr-defined]  # a register
    commit(cursor, "党群服务中心")
    QTest.keyClick(cursor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert [one.name for one in empty.store.all(Facility)] == ["党群服务中心"]


def cursor() -> str:
    here = QApplication.focusWidget()
    return here.accessibleName() if here is not None else ""


def test_the_cursor_stands_on_what_fills_an_empty_book(qtbot, window: Window, empty: Desk) -> None:
    window.open_desk(empty)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    assert window.shell is not None
    found = [cursor()]
    for place in ("persons", "duties"):
        window.shell.go(place)
        qtbot.waitUntil(lambda: "第一条" in cursor())
        found.append(cursor())

    assert found == ["导入已有表格", "新增第一条人员", "新增第一条管护条目"]


def test_a_calendar_without_a_day_is_not_written(window: Window, empty: Desk, said: Said) -> None:
    window.open_desk(empty)
    assert window.shell is not None
    today: Any = window.shell.pages["today"]

    today.export_calendar()

    assert said.told == []
    assert window.shell.foot._words.text() == "没有定了日期的待办，没有导出日历"
