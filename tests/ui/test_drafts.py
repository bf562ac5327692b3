"""What was typed and not saved is offered again after a crash and after a lock, in a strip and never in a box."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.journeys.invented import PASSWORD
from tests.ui.pages import register_page
from tests.ui.said import Said
from tests.ui.typing import commit, type_into
from ui.compose import open_book
from ui.inspections.page import RoundsPage
from ui.office.page import OfficePage
from ui.registers.page import RegisterPage
from ui.shared.surroundings import Surroundings
from xmdesk.records.people import Person
from xmdesk.services.desk import Desk

Crash = Callable[[], Desk]


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    return register_page(qtbot, desk, around, "persons")


@pytest.fixture
def crash(desk: Desk, tmp_path: Path) -> Iterator[Crash]:
    """Open the book as it lies on the disk while its pages are still open."""
    opened: list[Desk] = []

    def crashed() -> Desk:
        copy = shutil.copytree(desk.folder, tmp_path / f"after{len(opened)}", ignore=shutil.ignore_patterns("*lock*"))
        opened.append(open_book(Path(copy), PASSWORD))
        return opened[-1]

    yield crashed
    for one in opened:
        one.upkeep.close()


def line(page: RegisterPage, name: str) -> Any:
    return page.editor.form.fields[name].line  # type: ignore[attr-defined]  # a typed field


def reopened(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    """The page as the next start shows it, with what it offers."""
    made = register_page(qtbot, desk, around, "persons")
    qtbot.waitUntil(made.drafts.one.strip.isVisible)
    return made


def decline(page: RegisterPage) -> None:
    page.drafts.one.strip.no.click()  # type: ignore[union-attr]  # it has two answers


def typed_in_cell(page: RegisterPage, name: str, text: str) -> QLineEdit:
    """Begin a cell of the record in front and leave it open."""
    place = [path for path, _ in page.model.columns].index(name)
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(page.table.currentIndex().row(), place))
    page.table.edit_here("")
    opened = page.table.open_line
    assert opened is not None
    commit(opened, text)
    return opened


def test_what_stands_in_an_open_cell_is_offered_in_the_form_after_a_crash(
    page: RegisterPage, qtbot, around: Surroundings, said: Said, crash: Crash
) -> None:
    name = page.editor.record.name
    typed_in_cell(page, "post", "护林员")
    assert page.drafts.one.pause.isActive()
    page.drafts.one.keep()
    assert page.table.open_line is not None

    again = reopened(qtbot, crash(), around)
    words = again.drafts.one.strip.words.text()
    again.drafts.one.strip.yes.click()

    assert words == f"没有保存的内容：{name}"
    assert line(again, "post").text() == "护林员"
    again.act("save")
    assert again.editor.record.post == "护林员"
    assert again.drafts.one.drafts.left_behind("persons") == []
    assert said.told == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape], ids=["taken", "given up"])
def test_of_a_cell_that_is_closed_no_draft_is_left(page: RegisterPage, qtbot, key: Qt.Key) -> None:
    opened = typed_in_cell(page, "post", "护林员")
    page.drafts.one.keep()
    held = page.drafts.one.drafts.left_behind("persons")

    QTest.keyClick(opened, key)

    assert len(held) == 1
    qtbot.waitUntil(lambda: page.drafts.one.drafts.left_behind("persons") == [])


def test_an_unsaved_form_is_offered_after_a_crash_without_a_box(
    page: RegisterPage, qtbot, around: Surroundings, said: Said, crash: Crash
) -> None:
    name = page.editor.record.name
    type_into(line(page, "post"), "护林员")
    page.drafts.one.keep()

    again = reopened(qtbot, crash(), around)
    words = again.drafts.one.strip.words.text()
    again.drafts.one.strip.yes.click()

    assert words == f"没有保存的内容：{name}"
    assert line(again, "post").text() == "护林员"
    assert again.editor.is_dirty
    assert not again.drafts.one.strip.isVisible()
    again.act("save")
    assert again.drafts.one.drafts.left_behind("persons") == []
    assert said.told == []


def test_an_unsaved_new_record_is_offered_too(page: RegisterPage, qtbot, around, crash: Crash) -> None:
    page.act("new")
    type_into(line(page, "name"), "吴小满")
    page.drafts.one.keep()
    after = crash()

    again = reopened(qtbot, after, around)
    again.drafts.one.strip.yes.click()
    row = again.table.currentIndex().row()
    again.act("save")

    assert row == -1
    assert "吴小满" in [one.name for one in after.store.all(Person)]


def test_the_draft_of_another_row_brings_the_table_there(page: RegisterPage, qtbot, around, crash: Crash) -> None:
    page.table.setCurrentIndex(page.model.index(2, 0))
    uid = page.editor.uid
    type_into(line(page, "post"), "护林员")
    page.drafts.one.keep()

    again = reopened(qtbot, crash(), around)
    again.drafts.one.strip.yes.click()

    assert again.editor.uid == uid == again.model.uid(again.table.currentIndex().row())


def test_a_draft_that_is_not_wanted_is_gone(page: RegisterPage, qtbot, around, crash: Crash) -> None:
    type_into(line(page, "post"), "护林员")
    page.drafts.one.keep()

    again = reopened(qtbot, crash(), around)
    decline(again)

    assert again.drafts.one.drafts.left_behind("persons") == []
    assert not again.drafts.one.strip.isVisible()
    assert not again.editor.is_dirty


def test_what_is_typed_before_the_answer_is_kept_beside_the_draft(
    page: RegisterPage, qtbot, around, crash: Crash
) -> None:
    type_into(line(page, "post"), "护林员")
    first = page.editor.uid
    page.drafts.one.keep()
    after = crash()

    again = reopened(qtbot, after, around)
    again.table.setCurrentIndex(again.model.index(2, 0))
    other = again.editor.uid
    type_into(line(again, "post"), "保洁员")
    again.drafts.one.keep()
    held = len(again.drafts.one.drafts.left_behind("persons"))
    again.drafts.one.strip.yes.click()

    assert held == 2
    assert again.editor.uid == first
    assert line(again, "post").text() == "护林员"
    assert after.store.get(Person, other).post == "保洁员"  # type: ignore[union-attr]  # it is in the register


def test_a_draft_changes_only_what_was_typed_when_the_record_was_changed_since(
    page: RegisterPage, qtbot, around, crash: Crash
) -> None:
    type_into(line(page, "post"), "护林员")
    page.drafts.one.keep()
    after = crash()
    again = reopened(qtbot, after, around)
    type_into(line(again, "other_phone"), "0592-7012345")
    again.act("save")

    again.drafts.one.strip.yes.click()
    again.act("save")

    kept = after.store.get(Person, again.editor.uid)
    assert kept is not None
    assert (kept.post, kept.other_phone) == ("护林员", "0592-7012345")


def test_two_crashes_leave_two_drafts_offered_one_after_the_other(
    page: RegisterPage, qtbot, around, crash: Crash
) -> None:
    type_into(line(page, "post"), "护林员")
    page.drafts.one.keep()
    after = crash()
    again = reopened(qtbot, after, around)
    again.act("new")
    type_into(line(again, "name"), "吴小满")
    again.drafts.one.keep()

    third = reopened(qtbot, after, around)
    first = third.drafts.one.strip.words.text()
    decline(third)
    second = third.drafts.one.strip.words.text()

    assert "吴小满" in first
    assert second != first
    assert third.drafts.one.strip.isVisible()


def test_escape_goes_back_to_the_table_and_the_strip_stays(page: RegisterPage, qtbot, around, crash: Crash) -> None:
    type_into(line(page, "post"), "护林员")
    page.drafts.one.keep()
    again = reopened(qtbot, crash(), around)
    again.activateWindow()
    again.drafts.one.strip.yes.setFocus()

    QTest.keyClick(again.drafts.one.strip.yes, Qt.Key.Key_Escape)

    assert again.drafts.one.strip.isVisible()
    assert QApplication.focusWidget() is again.table
    assert len(again.drafts.one.drafts.left_behind("persons")) == 1


def test_what_cannot_be_read_is_in_its_field_again_after_a_crash(
    page: RegisterPage, qtbot, around, crash: Crash
) -> None:
    type_into(line(page, "mobile"), "不详")
    page.act("save")

    again = reopened(qtbot, crash(), around)
    again.drafts.one.strip.yes.click()

    assert line(again, "mobile").text() == "不详"
    assert again.editor.form.unreadable() == {"mobile": "看不懂"}


def test_a_new_record_that_was_given_up_can_be_had_back(page: RegisterPage, desk: Desk) -> None:
    page.act("new")
    type_into(line(page, "name"), "吴小满")
    type_into(line(page, "mobile"), "不详")
    page.editor.head.drop.click()
    strip = page.drafts.one.strip
    said = (strip.words.text(), strip.yes.text())
    elsewhere = page.editor.uid

    strip.yes.click()

    assert said == ("没有新增：吴小满", "找回")
    assert elsewhere == page.model.uid(0)
    assert (line(page, "name").text(), line(page, "mobile").text()) == ("吴小满", "不详")
    assert page.editor.is_new
    assert not strip.isVisible()


def test_what_was_given_up_is_offered_until_the_next_new_record(page: RegisterPage) -> None:
    page.act("new")
    type_into(line(page, "name"), "吴小满")
    page.editor.head.drop.click()
    page.table.setCurrentIndex(page.model.index(2, 0))
    is_kept = page.drafts.one.strip.isVisible()

    page.act("new")

    assert is_kept
    assert not page.drafts.one.strip.isVisible()
    assert page.drafts.one.drafts.left_behind("persons") == []


def test_keeping_a_draft_is_passed_over_by_undo(page: RegisterPage, desk: Desk) -> None:
    before = desk.store.undoable()
    type_into(line(page, "post"), "护林员")

    page.drafts.one.keep()

    assert desk.store.undoable() == before
    assert len(page.drafts.one.drafts.left_behind("persons")) == 1
    page.act("save")
    assert page.drafts.one.drafts.left_behind("persons") == []


def ticked(page: RegisterPage, last: int, post: str) -> None:
    """Open the form for many over the first lines and write a post into it."""
    block = QItemSelection(page.model.index(0, 0), page.model.index(last, 0))
    page.table.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    page.act("bulk")
    assert page.sides.bulk is not None
    type_into(page.sides.bulk.form.fields["post"].line, post)  # type: ignore[attr-defined]  # a typed field


def test_the_form_for_many_is_offered_again_with_its_ticks(page: RegisterPage, qtbot, around, crash: Crash) -> None:
    ticked(page, 2, "网格员")
    type_into(page.sides.bulk.form.fields["mobile"].line, "不详")  # type: ignore[union-attr]  # opened above
    page.drafts.many.keep()
    after = crash()

    again = register_page(qtbot, after, around, "persons")
    qtbot.waitUntil(again.drafts.many.strip.isVisible)
    words = again.drafts.many.strip.words.text()
    again.drafts.many.strip.yes.click()
    bulk = again.sides.bulk
    assert bulk is not None
    names = [name for name, tick in bulk.ticks.items() if tick.isChecked()]
    bulk.ticks["mobile"].setChecked(False)
    bulk.save()

    assert words == "没有保存的内容：批量修改 3 条人员，2 项"
    assert sorted(names) == ["mobile", "post"]
    assert [after.registers.get("persons", again.model.uid(row)).post for row in range(3)] == ["网格员"] * 3  # type: ignore[union-attr]  # they are there
    assert again.drafts.many.drafts.left_behind("bulk:persons") == []


def test_what_is_typed_is_kept_after_a_while_without_any_act(page: RegisterPage, qtbot) -> None:
    page.drafts.one.pause.setInterval(10)

    type_into(line(page, "post"), "护林员")

    qtbot.waitUntil(lambda: len(page.drafts.one.drafts.left_behind("persons")) == 1)


def test_what_is_written_for_many_is_kept_after_a_while_and_forgotten_when_it_is_written(
    page: RegisterPage, qtbot
) -> None:
    page.drafts.many.pause.setInterval(10)

    ticked(page, 2, "网格员")

    qtbot.waitUntil(lambda: len(page.drafts.many.drafts.left_behind("bulk:persons")) == 1)
    page.sides.bulk.save()  # type: ignore[union-attr]  # opened above
    assert page.drafts.many.drafts.left_behind("bulk:persons") == []


def test_what_is_typed_of_the_office_is_kept_after_a_while_and_forgotten_when_saved(
    qtbot, desk: Desk, around: Surroundings
) -> None:
    office = OfficePage(desk, around)
    qtbot.addWidget(office)
    office.show()
    office.keeper.pause.setInterval(10)

    type_into(office.form.fields["address"].line, "榕下村99号")  # type: ignore[attr-defined]  # a typed field

    qtbot.waitUntil(lambda: len(office.keeper.drafts.left_behind("office")) == 1)
    office.act("save")
    assert office.keeper.drafts.left_behind("office") == []


def test_what_is_ticked_on_a_round_is_kept_after_a_while_and_forgotten_when_recorded(
    qtbot, desk: Desk, around: Surroundings
) -> None:
    rounds = RoundsPage(desk, around)
    qtbot.addWidget(rounds)
    rounds.show()
    rounds.refresh()
    rounds.keeper.pause.setInterval(10)

    rounds.round.tick_due.click()

    qtbot.waitUntil(lambda: len(rounds.keeper.drafts.left_behind("rounds")) == 1)
    rounds.round.do.click()
    assert rounds.keeper.drafts.left_behind("rounds") == []


def test_records_too_many_to_be_held_are_to_be_selected_again(
    page: RegisterPage, qtbot, around, crash: Crash, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.registers.bulk.MOST_KEYS", 2)
    ticked(page, 2, "网格员")
    page.drafts.many.keep()
    again = register_page(qtbot, crash(), around, "persons")
    strip = again.drafts.many.strip
    qtbot.waitUntil(strip.isVisible)
    words = strip.words.text()

    strip.yes.click()
    without = again.sides.bulk
    again.table.selectAll()
    strip.yes.click()

    assert "请先在表里选中" in words
    assert without is None
    assert again.sides.bulk is not None
    assert again.sides.bulk.form.fields["post"].read() == "网格员"
