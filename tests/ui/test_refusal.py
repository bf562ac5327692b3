"""What was refused stands at the top of the real window, in full, and the cursor stays where the person works."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from tests.journeys import tour
from tests.ui.looking import truncated
from tests.ui.said import Said
from tests.ui.typing import type_into
from ui.inspections.page import RoundsPage
from ui.refusal import RefusalStrip
from ui.start.gate import Gate
from ui.start.unlock import Unlock
from ui.window import Window
from xmdesk.errors import Fault
from xmdesk.jobs import Progress
from xmdesk.services.desk import Desk


@pytest.fixture
def opened(window: Window, desk: Desk) -> Window:
    window.wake()
    window.open_desk(desk)
    window.activateWindow()
    return window


def gone() -> None:
    raise Fault("RECORD-GONE")


def locked_away() -> None:
    raise Fault("DB-BUSY")


def refuse(window: Window, call: Any = gone) -> None:
    """Let an act be refused, and the window breathe."""
    window.work.now(call)
    QTest.qWait(1)


def visit(window: Window, place: str) -> Any:
    assert window.shell is not None
    window.shell.go(place)
    return window.shell.pages[place]


def line_of(window: Window) -> QLineEdit:
    """A line of the form of the office, with the cursor in it."""
    line = visit(window, "office").form.fields["address"].line
    line.setFocus()
    return line


def test_a_round_without_words_is_refused_above_the_page_in_full(qtbot, opened: Window, said: Said) -> None:
    page = visit(opened, "rounds")
    assert isinstance(page, RoundsPage)
    page.refresh()
    page.round.add_trouble(page.round.table.current)
    page.round.record()

    strip = opened.refusal
    assert strip.isVisible()
    assert strip.heading.text() == "没有写明问题"
    assert strip.words.text() == "".join(said.told[0][1:])
    assert strip.mapTo(opened, strip.rect().topLeft()).y() == 0


def test_the_cursor_stays_where_the_person_goes_on_typing(qtbot, opened: Window) -> None:
    line = line_of(opened)

    refuse(opened)
    QTest.keyClick(opened.focusWidget() or opened, Qt.Key.Key_7)

    assert line.hasFocus()
    assert line.text().startswith("7")
    assert opened.refusal.isVisible()


def test_a_click_on_the_answer_leaves_the_cursor_there_too(qtbot, opened: Window) -> None:
    line = line_of(opened)
    refuse(opened)

    QTest.mouseClick(opened.refusal.done, Qt.MouseButton.LeftButton)

    assert not opened.refusal.isVisible()
    assert line.hasFocus()


def test_escape_puts_it_away(qtbot, opened: Window) -> None:
    line = line_of(opened)
    refuse(opened)

    QTest.keyClick(line, Qt.Key.Key_Escape)

    assert not opened.refusal.isVisible()
    assert line.hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_tab_leads_into_it_and_a_key_back_to_the_work(qtbot, opened: Window, key: Qt.Key) -> None:
    line = line_of(opened)
    refuse(opened)
    for _ in range(200):
        if opened.refusal.done.hasFocus():
            break
        here = opened.focusWidget()
        assert here is not None
        QTest.keyClick(here, Qt.Key.Key_Backtab)

    QTest.keyClick(opened.refusal.done, key)

    assert not opened.refusal.isVisible()
    assert line.hasFocus()


def test_its_letters_put_it_away_and_leave_the_cursor(qtbot, opened: Window) -> None:
    line = line_of(opened)
    refuse(opened)
    opened.act("letters")
    letters = opened.focusWidget()
    assert letters is not None
    (mark,) = (mark for mark, one in letters.marks.items() if one is opened.refusal.done)  # type: ignore[attr-defined]  # letters

    QTest.keyClicks(letters, mark)

    assert not opened.refusal.isVisible()
    assert line.hasFocus()


def test_it_goes_when_the_person_goes_to_another_page(qtbot, opened: Window) -> None:
    visit(opened, "persons")
    refuse(opened)

    visit(opened, "office")

    assert not opened.refusal.isVisible()


def test_it_goes_when_something_is_done_and_stays_while_the_window_looks_at_the_book(qtbot, opened: Window) -> None:
    line_of(opened)
    refuse(opened)
    opened.work.now(lambda: None, lambda _: None)
    opened.around.changes.announce()
    while_looking = opened.refusal.isVisible()

    type_into(line_of(opened), "榕下村99号")
    opened.act("save")

    assert while_looking
    assert not opened.refusal.isVisible()


def test_what_is_refused_while_going_to_a_page_is_seen_there(qtbot, opened: Window) -> None:
    visit(opened, "persons")

    opened.work.now(gone)
    visit(opened, "office")

    assert opened.refusal.isVisible()


def test_the_next_refusal_takes_its_place(qtbot, opened: Window) -> None:
    refuse(opened)
    first = opened.refusal.heading.text()

    refuse(opened, locked_away)

    assert opened.refusal.heading.text() != first
    assert first not in opened.refusal.words.text()


def test_two_refusals_in_one_breath_stand_together(qtbot, opened: Window) -> None:
    opened.work.now(gone)
    opened.work.now(locked_away)

    gone_words, busy_words = Fault("RECORD-GONE"), Fault("DB-BUSY")
    told = opened.refusal.accessibleName()
    assert all(part in told for one in (gone_words, busy_words) for part in (one.heading, one.happened, one.to_do))


def test_the_same_refusal_again_blinks(qtbot, opened: Window) -> None:
    refuse(opened)
    calm = opened.refusal._blink.isActive()

    refuse(opened)
    tones: list[str] = []
    opened.refusal._blink.timeout.connect(lambda: tones.append(opened.refusal.property("tone")))
    qtbot.waitUntil(lambda: not opened.refusal._blink.isActive())

    assert not calm
    assert set(tones) == {"", "wrong"}
    assert opened.refusal.property("tone") == "wrong"


def test_a_screen_reader_is_told_all_of_it(qtbot, opened: Window) -> None:
    refuse(opened)

    met = QAccessible.queryAccessibleInterface(opened.refusal)
    error = Fault("RECORD-GONE")
    assert met.text(QAccessible.Text.Name) == f"{error.heading}。{error.happened}{error.to_do}"
    assert opened.refusal.done.accessibleName() == f"知道了：{error.heading}"


def test_other_colours_and_letters_leave_it_standing(qtbot, opened: Window) -> None:
    visit(opened, "office")
    refuse(opened)

    opened.preferring.change(is_dark=True)

    assert opened.refusal.isVisible()


def test_at_the_gate_it_stands_until_another_way_in_is_taken(qtbot, window: Window) -> None:
    gate = window.findChild(Gate)
    assert isinstance(gate, Gate)
    refuse(window)
    at_first = window.refusal.isVisible()

    gate.show_restoring()

    assert at_first
    assert not window.refusal.isVisible()


def test_trying_again_at_the_gate_puts_it_away(qtbot, window: Window) -> None:
    refuse(window)

    window.work.long("建立台账", lambda _: None)

    assert not window.refusal.isVisible()
    qtbot.waitUntil(lambda: not window.work.is_busy)


def test_locking_puts_it_away_but_says_at_the_gate_that_no_backup_was_made(qtbot, opened: Window, desk: Desk) -> None:
    refuse(opened)
    told_before = opened.refusal.heading.text()
    in_the_way_of_backups(desk.folder)

    opened.act("lock")

    assert opened.findChild(Unlock) is not None
    assert opened.refusal.isVisible()
    assert told_before not in opened.refusal.accessibleName()
    assert opened.refusal.said[0][0] == "不能写入"


def test_what_is_refused_while_closing_is_said_in_a_box_before_the_window_goes(
    qtbot, opened: Window, desk: Desk, said: Said
) -> None:
    in_the_way_of_backups(desk.folder)

    opened.close()

    in_strip, in_box = said.told
    assert in_strip == in_box
    assert not opened.isVisible()


def in_the_way_of_backups(folder: Path) -> None:
    shutil.rmtree(folder / "备份", ignore_errors=True)
    (folder / "备份").write_text("不是文件夹")


LONG = "存不下：" + "磁盘已经写满，刚才的一步没有写进台账，草稿还在。" * 6


@pytest.mark.parametrize(("percent", "size"), [(100, (1366, 728)), (150, (1366, 728)), (100, (960, 632))])
@pytest.mark.parametrize("place", ["today", "persons", "returns", "rounds", "office"])
def test_nothing_is_cut_by_it(qtbot, opened: Window, percent: int, size: tuple[int, int], place: str) -> None:
    opened.preferring.change(percent=percent)
    opened.resize(*size)
    visit(opened, place)
    opened.work.say("没有存上", LONG, "请腾出空间再保存。")
    tour.settle(opened)

    assert opened.refusal.isVisible()
    assert truncated(opened) == []


def test_it_is_no_wider_than_a_small_window(qtbot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    strip = RefusalStrip(room)
    strip.tell("没有打开", "文件名很长_" * 20, "")

    assert strip.minimumSizeHint().width() < 960


def test_escape_in_the_table_of_a_register_puts_it_away(qtbot, opened: Window) -> None:
    page = visit(opened, "persons")
    page.table.setFocus()
    page.search.setText("郑")
    refuse(opened)

    QTest.keyClick(page.table, Qt.Key.Key_Escape)
    searched = page.search.text()
    QTest.keyClick(page.table, Qt.Key.Key_Escape)

    assert not opened.refusal.isVisible()
    assert page.table.hasFocus()
    assert (searched, page.search.text()) == ("郑", "")


def test_escape_in_an_open_cell_closes_the_cell_first(qtbot, opened: Window) -> None:
    table = visit(opened, "persons").table
    table.setFocus()
    refuse(opened)
    QTest.keyClick(table, Qt.Key.Key_F2)

    QTest.keyClick(table.open_line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: table.open_line is None)

    assert opened.refusal.isVisible()


def test_escape_during_a_long_act_still_cancels_it(qtbot, opened: Window) -> None:
    line_of(opened)
    refuse(opened)

    def wait(progress: Progress) -> None:
        while True:
            progress.step(0, 1, "")

    opened.work.long("很久", wait)
    cover = opened.focusWidget()
    assert cover is not None
    QTest.keyClick(cover, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: not opened.work.is_busy)
    assert opened.refusal.isVisible()
