"""A return is sent back; the clerk works off the slip in the window by keyboard, seals again, and the answers travel."""
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
# What is absent here fails the test by itself, with a clearer word than the type check has.

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from tests.ui.said import Said
from tests.ui.typing import commit
from ui.shared.returned import PointWords
from ui.shared.sticks import Stick
from ui.window import Window
from xmdesk.records.facility import Facility
from xmdesk.records.submission import SubmissionState
from xmdesk.services.desk import Desk
from xmdesk.services.reviewing import Point

pytestmark = pytest.mark.enrolled


class Clerk:
    """Presses keys in the window and waits for what they bring about."""

    def __init__(self, qtbot: Any, window: Window) -> None:
        self._qtbot, self._window = qtbot, window

    def wait(self, what: Any) -> None:
        self._qtbot.waitUntil(lambda: not self._window.work.is_busy and bool(what()), timeout=60_000)

    def press(self, control: QWidget, key: Qt.Key = Qt.Key.Key_Space) -> None:
        self.wait(lambda: control.isEnabled() and control.isVisible())
        QTest.keyClick(control, key)
        self.wait(lambda: True)

    def seal(self, page: Any, stick: Path, version: int) -> None:
        """Let the office head agree, seal, and copy to the stick."""
        page.hand.stick._find = lambda: [Stick(stick, "KINGSTON", 1 << 30)]
        self.press(page.seal.look)
        self.press(page.seal.yes)
        self.press(page.seal.seal)
        self.wait(lambda: page.hand.isVisible() and page.hand.submission.version == version)
        self.press(page.hand.stick)
        self.wait(lambda: page.hand.submission.state is SubmissionState.SENT)


def test_a_slip_is_worked_off_and_the_answers_travel(
    qtbot, window: Window, desk: Desk, reviewer: Desk, said: Said, tmp_path: Path
) -> None:
    stick = tmp_path / "KINGSTON"
    stick.mkdir()
    window.open_desk(desk)
    shell, clerk = window.shell, Clerk(qtbot, window)
    shell.go("returns")
    page = shell.pages["returns"]
    clerk.seal(page, stick, 1)
    _send_back(reviewer, stick, tmp_path / "退回单.pdf")

    shell.drop.take([tmp_path / "退回单.pdf"])
    clerk.wait(shell.drop.go.isVisible)
    clerk.press(shell.drop.go, Qt.Key.Key_Return)
    clerk.wait(lambda: page.letters.points.places)
    clerk.press(next(iter(page.letters.points.places.values())), Qt.Key.Key_Return)
    clerk.wait(lambda: "面积" in window.focusWidget().accessibleName())
    there, field = shell.here, window.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    commit(field, "655")
    window.act("save")
    clerk.press(shell.pages[there].findChildren(PointWords)[0].findChildren(QPushButton)[0])
    clerk.wait(lambda: page.letters.isVisible() and page.letters.points.lines)
    line = next(iter(page.letters.points.lines.values()))
    commit(line, "重新量过")
    QTest.keyClick(line, Qt.Key.Key_Return)
    clerk.wait(lambda: "都答复了" in page.letters._count.text())
    clerk.seal(page, stick, 2)

    newest, first = page.sending.handing.own()
    told = json.loads(desk.store.blob(newest.payload_sha256))["explanations"]
    assert said.told == []
    assert (there, shell.note.isVisible()) == ("facilities", False)
    assert (newest.state, first.state) == (SubmissionState.SENT, SubmissionState.REPLACED)
    assert any("重新量过" in one["text"] for one in told)
    assert 655 in {one.floor_area for one in desk.store.all(Facility)}
    assert not page.letters.isVisible()


def _send_back(reviewer: Desk, stick: Path, slip: Path) -> None:
    reviewer.inbox.receive(list(stick.glob("*.pdf")), compare=False, processes=1)
    (received,) = reviewer.inbox.submissions()
    points = [Point("facilities", "", "floor_area", "面积不对，请重新量", row_no=1)]
    reviewer.reviewing.send_back(received, points, slip, by="叶美澄")
