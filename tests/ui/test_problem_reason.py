"""One reason for many lines of the problems panel: selected by keys or mouse, errors left out and told, one step."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.checked import cursor, looked, opened, settled
from tests.ui.test_locking import locked_and_unlocked
from tests.ui.test_problem_list import counts, texts, unnamed
from tests.ui.typing import commit
from ui.problem_list import ProblemList
from ui.shell import Shell
from ui.window import Window
from xmdesk.records.facility import Facility
from xmdesk.records.submission import Explanation
from xmdesk.services.desk import Desk

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shell(window: Window, desk: Desk) -> Shell:
    return opened(window, desk)


@pytest.fixture
def panel(qtbot, shell: Shell) -> ProblemList:
    """The warnings, with the cursor on the first."""
    found = looked(qtbot, shell)
    found.sorts["warning"].click()
    found.table.selectRow(0)
    return found


def down(panel: ProblemList, times: int) -> None:
    for _ in range(times):
        QTest.keyClick(panel.table, Qt.Key.Key_Down, SHIFT)


def write(panel: ProblemList, text: str) -> None:
    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    commit(panel.reason.line, text)
    QTest.keyClick(panel.reason.line, Qt.Key.Key_Return)


def reasons(desk: Desk) -> list[str]:
    return [one.text for one in desk.store.all(Explanation)]


def test_lines_selected_by_keys_are_explained_at_once_in_one_step(
    qtbot, shell: Shell, desk: Desk, panel: ProblemList
) -> None:
    before = len(texts(panel))
    down(panel, 2)
    offer = (panel.write.text(), panel.write.accessibleName())

    write(panel, "上级还没有发文")
    settled(qtbot, shell)
    explained = reasons(desk)
    label = desk.store.undoable().label  # type: ignore[union-attr]  # just written
    shell.undo()
    settled(qtbot, shell)

    assert offer == ("说明 3 条", "说明 3 条")
    assert explained == ["上级还没有发文"] * 3
    assert label == "写明原因 3 条"
    assert reasons(desk) == []
    assert len(texts(panel)) == before
    assert cursor(shell) is panel.table


def test_ctrl_a_takes_all_that_are_listed(panel: ProblemList) -> None:
    QTest.keyClick(panel.table, Qt.Key.Key_A, CONTROL)

    assert panel.write.text() == f"说明 {len(texts(panel))} 条"


def click(panel: ProblemList, row: int, held: Qt.KeyboardModifier) -> None:
    place = panel.table.visualRect(panel.table.lines.index(row, 0)).center()
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, held, place)


def test_lines_are_selected_with_the_mouse_without_going_there(shell: Shell, panel: ProblemList) -> None:
    here = shell.here

    click(panel, 2, CONTROL)
    by_control = panel.write.text()
    panel.table.selectRow(0)
    click(panel, 3, SHIFT)

    assert by_control == "说明 2 条"
    assert panel.write.text() == "说明 4 条"
    assert shell.here == here


def test_enter_with_one_line_still_goes_to_its_field(shell: Shell, panel: ProblemList) -> None:
    down(panel, 2)
    QTest.keyClick(panel.table, Qt.Key.Key_Up)
    target = panel.current.target  # type: ignore[union-attr]  # a line is in front

    QTest.keyClick(panel.table, Qt.Key.Key_Return)

    assert shell.here == target[0]


def test_errors_among_them_are_left_out_and_told(qtbot, shell: Shell, desk: Desk) -> None:
    unnamed(desk)
    panel = looked(qtbot, shell)
    count = len(texts(panel))
    QTest.keyClick(panel.table, Qt.Key.Key_A, CONTROL)
    warnings = sum(1 for one in panel.chosen if one.finding is not None and one.finding.can_be_explained)

    write(panel, "正在补")
    said = panel.reason.note.text()
    settled(qtbot, shell)

    assert said.startswith("其中 1 条是错误，不能说明")
    assert warnings < count
    assert reasons(desk) == ["正在补"] * warnings
    assert counts(panel)["error"] == "错误 1"


def test_errors_alone_are_told_and_nothing_is_asked(qtbot, shell: Shell, desk: Desk) -> None:
    for record in desk.store.all(Facility)[3:5]:
        desk.registers.save(record.changed(name=""))
    panel = looked(qtbot, shell)
    panel.sorts["error"].click()
    QTest.keyClick(panel.table, Qt.Key.Key_A, CONTROL)

    QTest.keyClick(panel.table, Qt.Key.Key_F2)

    assert shell.foot._words.text() == "选中 2 条，其中 2 条是错误，不能说明。"
    assert not panel.reason.isVisible()
    assert not panel.write.isEnabled()


def test_a_reason_that_is_there_is_not_written_over_by_one_for_many(
    qtbot, shell: Shell, desk: Desk, panel: ProblemList
) -> None:
    write(panel, "已经报区里")
    settled(qtbot, shell)
    panel.sorts[""].click()
    QTest.keyClick(panel.table, Qt.Key.Key_A, CONTROL)

    write(panel, "正在补")
    settled(qtbot, shell)

    assert "1 条已经说明，原因不动" in panel.reason.note.text()
    assert reasons(desk).count("已经报区里") == 1
    assert set(reasons(desk)) == {"已经报区里", "正在补"}


def test_reasons_that_differ_are_not_taken_back_by_an_empty_line(
    qtbot, shell: Shell, desk: Desk, panel: ProblemList
) -> None:
    for text in ("已经报区里", "上级还没有发文"):
        write(panel, text)
        settled(qtbot, shell)
    panel.sorts["explained"].click()
    QTest.keyClick(panel.table, Qt.Key.Key_A, CONTROL)
    offer = panel.write.text()

    write(panel, "")
    settled(qtbot, shell)

    assert offer == "改 2 条的原因"
    assert sorted(reasons(desk)) == sorted(["已经报区里", "上级还没有发文"])


def test_what_is_selected_stays_selected_when_the_list_is_made_anew(
    qtbot, shell: Shell, desk: Desk, panel: ProblemList
) -> None:
    down(panel, 3)
    keys = [one.key for one in panel.chosen]
    unnamed(desk)

    looked(qtbot, shell)

    assert [one.key for one in panel.chosen] == keys
    assert panel.write.text() == "说明 4 条"


def test_a_reason_for_many_survives_a_fresh_look_and_is_dropped_by_another_choice(
    qtbot, shell: Shell, panel: ProblemList
) -> None:
    down(panel, 1)
    panel.write.click()
    commit(panel.reason.line, "还没有")
    assert shell.check is not None
    shell.check.watch.look()
    settled(qtbot, shell)
    kept = panel.reason.line.text()

    click(panel, 3, CONTROL)

    assert kept == "还没有"
    assert not panel.reason.isVisible()


def test_a_reason_that_was_begun_is_there_again_after_a_lock(
    qtbot, window: Window, shell: Shell, panel: ProblemList
) -> None:
    line = panel.current
    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    commit(panel.reason.line, "上级还没有发")
    locked_and_unlocked(window)
    assert window.shell is not None
    again = looked(qtbot, window.shell)
    again.table.selectRow(next(row for row, one in enumerate(again._shown) if line is not None and one.key == line.key))

    QTest.keyClick(again.table, Qt.Key.Key_F2)

    assert again.reason.line.text() == "上级还没有发"
