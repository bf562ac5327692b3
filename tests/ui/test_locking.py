"""Locking and closing lose nothing that was typed, on any page, and nothing stands in their way."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from tests.journeys.invented import PASSWORD
from tests.ui.looking import truncated
from tests.ui.said import Said
from tests.ui.test_drafts import ticked
from tests.ui.typing import commit, type_into
from ui.compose import open_book
from ui.inspections.page import RoundsPage
from ui.office.page import OfficePage
from ui.registers.page import RegisterPage
from ui.start.unlock import Unlock
from ui.window import Window
from xmdesk.records.duty import Inspection
from xmdesk.records.people import Person
from xmdesk.services.desk import Desk


@pytest.fixture
def opened(window: Window, desk: Desk, said: Said) -> Window:
    window.open_desk(desk)
    window.show()
    return window


def visit(window: Window, place: str) -> Any:
    assert window.shell is not None
    window.shell.go(place)
    return window.shell.pages[place]


def persons(window: Window) -> RegisterPage:
    page = visit(window, "persons")
    assert isinstance(page, RegisterPage)
    return page


def line(page: RegisterPage | OfficePage, name: str) -> Any:
    form = page.form if isinstance(page, OfficePage) else page.editor.form
    return form.fields[name].line  # type: ignore[attr-defined]  # a typed field


def locked_and_unlocked(window: Window) -> Desk:
    """Lock the book and open it again; nothing was asked in a box."""
    folder = window.desk.folder  # type: ignore[union-attr]  # a book is open
    window.act("lock")
    assert window.desk is None
    assert window.dialogs.told == []  # type: ignore[attr-defined]  # the dialogs of tests
    again = open_book(folder, PASSWORD)
    window.open_desk(again)
    return again


def taken_up(qtbot, strip: Any) -> str:
    """Wait for the strip, go on with what it offers, and return its words."""
    qtbot.waitUntil(strip.isVisible)
    words = strip.words.text()
    strip.yes.click()
    return words


def test_what_can_be_read_is_saved_and_what_cannot_is_in_its_field_again(qtbot, opened: Window) -> None:
    page = persons(opened)
    uid = page.editor.uid
    type_into(line(page, "post"), "护林员")
    type_into(line(page, "mobile"), "不详")

    again = locked_and_unlocked(opened)
    page = persons(opened)
    words = taken_up(qtbot, page.drafts.one.strip)

    stored = again.store.get(Person, uid)
    assert stored is not None
    assert (stored.post, stored.name in words) == ("护林员", True)
    assert line(page, "mobile").text() == "不详"
    assert page.editor.unreadable.holds(page.editor.form)


def test_a_new_record_of_unreadable_text_alone_waits_as_a_draft(qtbot, opened: Window, desk: Desk) -> None:
    count = desk.registers.count("persons")
    page = persons(opened)
    page.act("new")
    type_into(line(page, "mobile"), "不详")

    again = locked_and_unlocked(opened)
    page = persons(opened)
    taken_up(qtbot, page.drafts.one.strip)

    assert again.registers.count("persons") == count
    assert page.editor.is_new
    assert line(page, "mobile").text() == "不详"


def test_the_window_closes_over_text_that_cannot_be_read(qtbot, opened: Window, desk: Desk) -> None:
    type_into(line(persons(opened), "mobile"), "不详")

    opened.close()
    is_closed = not opened.isVisible()
    opened.open_desk(open_book(desk.folder, PASSWORD))
    opened.show()
    page = persons(opened)
    taken_up(qtbot, page.drafts.one.strip)

    assert is_closed
    assert line(page, "mobile").text() == "不详"


@pytest.mark.parametrize(("path", "text"), [("post", "护林员"), ("mobile", "不详")])
def test_what_is_typed_into_an_open_cell_is_not_lost(qtbot, opened: Window, path: str, text: str) -> None:
    page = persons(opened)
    column = [name for name, _ in page.model.columns].index(path)
    page.table.setCurrentIndex(page.model.index(1, column))
    uid = page.editor.uid
    page.table.setFocus()
    page.act("edit")
    cell = page.table.findChild(QLineEdit)
    assert cell is not None
    cell.selectAll()
    commit(cell, text)

    again = locked_and_unlocked(opened)
    page = persons(opened)
    if path == "mobile":
        taken_up(qtbot, page.drafts.one.strip)
        assert (page.editor.uid, line(page, "mobile").text()) == (uid, "不详")
    else:
        assert again.store.get(Person, uid).post == "护林员"  # type: ignore[union-attr]  # it is in the register


def test_a_reason_to_end_a_record_is_there_again_until_it_is_given_up(opened: Window) -> None:
    page = persons(opened)
    uid = page.editor.uid
    page.editor.ask_end()
    commit(page.editor.ending._reason, "搬走了")

    locked_and_unlocked(opened)
    page = persons(opened)
    page.show_record(uid)
    page.editor.ask_end()

    assert page.editor.ending._reason.text() == "搬走了"
    next(one for one in page.editor.ending.findChildren(QPushButton) if one.text() == "取消").click()
    page.editor.ask_end()
    assert page.editor.ending._reason.text() == ""


def test_ticks_for_many_records_are_there_again(qtbot, opened: Window) -> None:
    ticked(persons(opened), 2, "网格员")

    locked_and_unlocked(opened)
    page = persons(opened)
    taken_up(qtbot, page.drafts.many.strip)

    bulk = page.sides.bulk
    assert bulk is not None
    assert page.sides.currentWidget() is bulk
    assert bulk.form.fields["post"].read() == "网格员"
    assert [name for name, tick in bulk.ticks.items() if tick.isChecked()] == ["post"]


def test_the_office_keeps_what_cannot_be_read(qtbot, opened: Window) -> None:
    page = visit(opened, "office")
    type_into(line(page, "address"), "榕下村99号")
    type_into(line(page, "credit_code"), "不详")

    again = locked_and_unlocked(opened)
    page = visit(opened, "office")
    words = taken_up(qtbot, page.keeper.strip)

    assert words == "没有保存的内容：单位信息"
    assert again.office.office().address == "榕下村99号"
    assert line(page, "credit_code").text() == "不详"


def rounds(window: Window) -> RoundsPage:
    page = visit(window, "rounds")
    page.refresh()
    return page


def written_round(page: RoundsPage) -> str:
    """Tick what is due, write a trouble at the first line, and return its key."""
    page.round.tick_due.click()
    key = page.round.table.current
    page.round.add_trouble(key)
    fields = page.round._troubles[key].asking.fields
    commit(fields["finding"].box, "灯罩破损")  # type: ignore[attr-defined]  # several lines
    type_into(fields["due_on"].line, "下周")  # type: ignore[attr-defined]  # a typed field
    return key


def test_a_round_that_is_not_recorded_is_there_again(qtbot, opened: Window) -> None:
    page = rounds(opened)
    key = written_round(page)
    keys = page.round.table.keys
    visit(opened, "persons")

    locked_and_unlocked(opened)
    page = rounds(opened)
    words = taken_up(qtbot, page.keeper.strip)

    fields = page.round._troubles[key].asking.fields
    assert words == f"没有保存的内容：勾选了 {len(keys)} 项，1 项有问题"
    assert page.round.table.keys == keys
    assert fields["finding"].read() == "灯罩破损"
    assert fields["due_on"].line.text() == "下周"  # type: ignore[attr-defined]  # a typed field


def test_a_round_that_was_taken_up_again_is_recorded_once_and_offered_no_more(qtbot, opened: Window) -> None:
    page = rounds(opened)
    key = written_round(page)

    again = locked_and_unlocked(opened)
    page = rounds(opened)
    taken_up(qtbot, page.keeper.strip)
    type_into(page.round._troubles[key].asking.fields["due_on"].line, "2026.12.1")  # type: ignore[attr-defined]  # typed
    page.round.record()

    assert "灯罩破损" in [one.finding for one in again.store.all(Inspection)]
    assert page.keeper.drafts.left_behind("rounds") == []
    assert not page.keeper.strip.isVisible()


def test_ticks_set_before_the_answer_change_places_with_the_draft(qtbot, opened: Window) -> None:
    page = rounds(opened)
    page.round.tick_due.click()
    before = page.round.table.keys
    locked_and_unlocked(opened)
    page = rounds(opened)
    page.round.table.tick(before[:1])

    taken_up(qtbot, page.keeper.strip)

    assert page.round.table.keys == before
    assert page.keeper.strip.words.text() == "没有保存的内容：勾选了 1 项"
    page.keeper.strip.yes.click()
    assert page.round.table.keys == before[:1]


def test_what_is_typed_of_a_repair_is_there_again_and_waits_while_another_is_in_front(qtbot, opened: Window) -> None:
    page = rounds(opened)
    for row in range(2):
        page.round.add_trouble(page.round.table.lines.lines[row].key)
    for key, row in page.round._troubles.items():
        row.asking.fill(finding=f"破损 {key[-4:]}")
    page.round.record()
    first, second = list(page.repairs._issues)[:2]
    page.repairs.choose(first)
    type_into(page.repairs.hand.asking.fields["due_on"].line, "下周")  # type: ignore[attr-defined]  # a typed field
    page.repairs.choose(second)
    type_into(page.repairs.hand.asking.fields["due_on"].line, "2026.12.5")  # type: ignore[attr-defined]  # as above

    locked_and_unlocked(opened)
    page = rounds(opened)
    words = taken_up(qtbot, page.keeper.strip)
    texts = {}
    for uid in (second, first):
        page.repairs.choose(uid)
        texts[uid] = page.repairs.hand.asking.fields["due_on"].line.text()  # type: ignore[attr-defined]  # as above

    assert words == "没有保存的内容：2 项报修"
    assert texts[first] == "下周"
    assert "5" in texts[second]
    step = page.repairs._steps.currentWidget().findChild(QPushButton, "escalate")  # type: ignore[union-attr]  # it is there
    page.repairs.hand.asking.fill(due_on=None)
    step.click()  # type: ignore[union-attr]  # each step has its acts
    assert list(page.repairs.written()) == [second]


def test_other_letters_lose_nothing_that_was_ticked(qtbot, opened: Window) -> None:
    page = rounds(opened)
    page.round.tick_due.click()
    keys = page.round.table.keys
    visit(opened, "settings")

    opened.preferring.change(percent=125)
    page = rounds(opened)
    taken_up(qtbot, page.keeper.strip)

    assert page.round.table.keys == keys


@pytest.mark.parametrize("change", [{"is_dark": True}, {"percent": 125}])
def test_what_was_given_up_can_be_had_back_in_other_colours_and_letters(
    qtbot, opened: Window, change: dict[str, Any]
) -> None:
    page = persons(opened)
    page.act("new")
    type_into(line(page, "name"), "吴小满")
    page.editor.head.drop.click()
    visit(opened, "settings")

    opened.preferring.change(**change)
    page = persons(opened)
    qtbot.wait(20)
    strip = page.drafts.one.strip
    said = (strip.isVisible(), strip.words.text(), strip.yes.text())
    strip.yes.click()

    assert said == (True, "没有新增：吴小满", "找回")
    assert (page.editor.is_new, line(page, "name").text()) == (True, "吴小满")


def test_what_a_crash_left_behind_is_still_offered_in_other_colours(qtbot, opened: Window) -> None:
    type_into(line(persons(opened), "mobile"), "不详")
    locked_and_unlocked(opened)
    page = persons(opened)
    qtbot.waitUntil(page.drafts.one.strip.isVisible)

    opened.preferring.change(is_dark=True)
    again = persons(opened)
    taken_up(qtbot, again.drafts.one.strip)

    assert again is not page
    assert line(again, "mobile").text() == "不详"


def test_what_was_given_up_is_not_carried_over_a_lock(qtbot, opened: Window) -> None:
    page = persons(opened)
    page.act("new")
    type_into(line(page, "name"), "吴小满")
    page.editor.head.drop.click()

    locked_and_unlocked(opened)
    page = persons(opened)
    qtbot.wait(20)

    assert not page.drafts.one.strip.isVisible()


def test_work_goes_on_after_locking_and_unlocking(qtbot, opened: Window) -> None:
    again = locked_and_unlocked(opened)
    qtbot.wait(50)
    page = persons(opened)
    type_into(line(page, "post"), "护林员")

    page.act("save")

    assert again.store.get(Person, page.editor.uid).post == "护林员"  # type: ignore[union-attr]  # it is in the register


@pytest.mark.parametrize("place", ["today", "persons", "returns", "office"])
def test_the_cursor_stands_in_the_page_after_unlocking(qtbot, opened: Window, place: str) -> None:
    visit(opened, place)
    before = opened.focusWidget()
    locked_and_unlocked(opened)

    assert opened.shell is not None
    assert before is not None
    assert opened.shell.here == place
    assert type(opened.focusWidget()) is type(before)
    assert opened.shell.pages[place].isAncestorOf(opened.focusWidget())


@pytest.mark.parametrize("words", ["忘记密码", "从备份恢复"])
def test_escape_leads_back_to_the_password(qtbot, opened: Window, words: str) -> None:
    opened.act("lock")
    next(one for one in opened.findChildren(QPushButton) if one.text() == words and one.isVisible()).click()
    went = opened.findChildren(Unlock)[-1].isVisible()
    QTest.keyClick(opened.focusWidget() or opened, Qt.Key.Key_Escape)

    assert not went
    assert opened.findChildren(Unlock)[-1].isVisible()


@pytest.mark.parametrize("place", ["today", "facilities", "returns"])
def test_nothing_of_the_password_page_is_cut_after_a_lock(qtbot, opened: Window, place: str) -> None:
    visit(opened, place)
    opened.act("lock")
    qtbot.wait(200)

    assert opened.desk is None
    assert truncated(opened) == []


def test_ticks_too_many_to_be_held_are_counted(qtbot, opened: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.inspections.round_draft.MOST_KEYS", 1)
    page = rounds(opened)
    written_round(page)
    count = len(page.round.table.keys)

    locked_and_unlocked(opened)
    page = rounds(opened)
    words = taken_up(qtbot, page.keeper.strip)

    assert f"勾选了 {count} 项（太多，请重新勾选）" in words
    assert len(page.round._troubles) == 1
