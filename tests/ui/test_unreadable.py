"""Text that cannot be read holds a person back in the form, until it is changed or given up; no box asks."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from tests.ui.pages import register_page, show_page
from tests.ui.said import Said
from tests.ui.typing import type_into
from ui.office.page import OfficePage
from ui.registers.page import RegisterPage
from ui.shared.surroundings import Surroundings
from ui.window import Window
from xmdesk.records.facility import Facility
from xmdesk.services.desk import Desk


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    return register_page(qtbot, desk, around, "facilities")


@pytest.fixture
def office(qtbot, desk: Desk, around: Surroundings) -> OfficePage:
    return show_page(qtbot, OfficePage(desk, around))


def line(page: RegisterPage | OfficePage, name: str) -> Any:
    form = page.form if isinstance(page, OfficePage) else page.editor.form
    return form.fields[name].line  # type: ignore[attr-defined]  # a typed field


def chips(page: RegisterPage | OfficePage) -> list[str]:
    problems = page.problems if isinstance(page, OfficePage) else page.editor.problems
    return [
        one.text() for kind in (QPushButton, QLabel) for one in problems.findChildren(kind) if one.isVisibleTo(problems)
    ]


def saved_facility(desk: Desk, uid: str) -> Facility:
    found = desk.registers.get("facilities", uid)
    assert isinstance(found, Facility)
    return found


def test_text_that_cannot_be_read_holds_the_person_back(page: RegisterPage, said: Said) -> None:
    first = page.editor.uid
    type_into(line(page, "built_year"), "去年")

    page.table.setCurrentIndex(page.model.index(2, 0))

    assert page.editor.uid == first
    assert page.editor.unreadable.isVisible()
    assert "建成年份" in page.editor.unreadable.words.text()
    assert line(page, "built_year").text() == "去年"
    assert said.told == []


def test_the_strip_goes_when_the_text_can_be_read_again(page: RegisterPage, desk: Desk) -> None:
    type_into(line(page, "built_year"), "去年")
    page.leave()

    type_into(line(page, "built_year"), "2019")

    assert not page.editor.unreadable.isVisible()
    assert page.leave()
    assert saved_facility(desk, page.editor.uid).built_year == 2019


def test_text_that_is_given_up_gives_way_to_what_is_stored_and_the_rest_is_saved(
    page: RegisterPage, desk: Desk
) -> None:
    first = page.editor.uid
    type_into(line(page, "location"), "榕下村1号")
    type_into(line(page, "built_year"), "去年")
    page.table.setCurrentIndex(page.model.index(2, 0))

    page.editor.unreadable.yes.click()
    is_free = page.leave()

    kept = saved_facility(desk, first)
    assert is_free
    assert not page.editor.unreadable.isVisible()
    assert (kept.location, kept.built_year) == ("榕下村1号", 2018)
    assert line(page, "built_year").text() == "2018"


def test_a_new_record_of_which_only_unreadable_text_was_given_up_is_not_made(page: RegisterPage, desk: Desk) -> None:
    count = desk.registers.count("facilities")
    page.act("new")
    type_into(line(page, "built_year"), "去年")
    page.leave()

    page.editor.unreadable.yes.click()

    assert page.leave()
    assert desk.registers.count("facilities") == count


@pytest.mark.parametrize("act", ["save", "check"])
def test_of_a_new_record_of_which_nothing_can_be_read_none_is_made(
    page: RegisterPage, desk: Desk, around: Surroundings, act: str
) -> None:
    told: list[str] = []
    around.changes.changed.connect(told.append)
    count = desk.registers.count("facilities")
    page.act("new")
    type_into(line(page, "name"), "榕" * 400)

    page.act(act)

    assert desk.registers.count("facilities") == count
    assert told[-1] == "没有保存，留作草稿：“设施名称”太长"
    assert page.editor.unreadable.isVisible()
    assert page.editor.is_new
    page.drafts.one.keep()
    assert [one.content["texts"] for one in page.drafts.one.drafts.left_behind("facilities")] == [{"name": "榕" * 400}]
    type_into(line(page, "name"), "榕下书屋")
    page.act("save")
    assert desk.registers.count("facilities") == count + 1


@pytest.mark.parametrize("way", ["typed", "copied"])
def test_what_can_be_read_of_a_new_record_is_saved_and_said_whole(
    page: RegisterPage, desk: Desk, around: Surroundings, way: str
) -> None:
    told: list[str] = []
    around.changes.changed.connect(told.append)
    count = desk.registers.count("facilities")
    if way == "typed":
        page.act("new")
        type_into(line(page, "location"), "榕下村1号")
    else:
        page.act("clone")
    type_into(line(page, "name"), "榕" * 400)

    page.act("save")

    assert desk.registers.count("facilities") == count + 1
    assert told[-1].startswith("已保存：未命名") or way == "copied"
    assert "：。" not in told[-1]
    assert told[-1].endswith("。“设施名称”太长，还没有保存")


def test_text_that_was_left_when_the_rest_was_saved_still_holds_the_person_back(page: RegisterPage, desk: Desk) -> None:
    first = page.editor.uid
    type_into(line(page, "built_year"), "去年")
    page.act("save")

    page.table.setCurrentIndex(page.model.index(2, 0))

    assert page.editor.uid == first
    assert page.editor.unreadable.isVisible()


def test_saving_keeps_unreadable_text_in_its_field(page: RegisterPage, desk: Desk) -> None:
    type_into(line(page, "location"), "榕下村1号")
    type_into(line(page, "built_year"), "去年")

    page.act("save")

    saved = desk.registers.get("facilities", page.editor.uid)
    assert isinstance(saved, Facility)
    assert (saved.location, saved.built_year) == ("榕下村1号", 2018)
    assert line(page, "built_year").text() == "去年"
    assert page.editor.head.save.isEnabled()


def test_a_form_with_unreadable_text_is_not_called_faultless_nor_saved_whole(
    page: RegisterPage, around: Surroundings, qtbot
) -> None:
    told: list[str] = []
    around.changes.changed.connect(told.append)
    type_into(line(page, "built_year"), "去年")

    page.act("save")

    qtbot.waitUntil(lambda: "1 项看不懂" in chips(page))
    assert "填好了，没有发现问题" not in chips(page)
    assert "“建成年份”看不懂，还没有保存" in told[-1]

    type_into(line(page, "built_year"), "2019")
    qtbot.waitUntil(lambda: "1 项看不懂" not in chips(page))


def test_a_text_that_is_too_long_is_called_too_long(page: RegisterPage, around: Surroundings, qtbot) -> None:
    told: list[str] = []
    around.changes.changed.connect(told.append)
    type_into(line(page, "name"), "榕" * 400)
    type_into(line(page, "built_year"), "去年")

    page.act("save")

    assert told[-1].endswith("“设施名称”太长，“建成年份”看不懂，还没有保存")
    qtbot.waitUntil(lambda: {"1 项太长", "1 项看不懂"} <= set(chips(page)))
    type_into(line(page, "built_year"), "2019")
    assert not page.leave()
    assert page.editor.unreadable.words.text().startswith("“设施名称”太长。请改短")


def test_the_office_is_not_left_with_text_that_cannot_be_read(office: OfficePage, desk: Desk, said: Said) -> None:
    before = desk.office.office().credit_code
    type_into(line(office, "address"), "榕下村99号")
    type_into(line(office, "credit_code"), "不详")

    is_held = not office.leave()
    words = office.unreadable.words.text()
    office.unreadable.yes.click()

    assert is_held
    assert "看不懂" in words
    assert office.leave()
    assert (desk.office.office().address, desk.office.office().credit_code) == ("榕下村99号", before)
    assert said.told == []


def test_saving_the_office_keeps_unreadable_text_in_its_field(office: OfficePage, desk: Desk, qtbot) -> None:
    type_into(line(office, "address"), "榕下村99号")
    type_into(line(office, "credit_code"), "不详")

    office.act("save")
    office.act("check")

    assert desk.office.office().address == "榕下村99号"
    assert line(office, "credit_code").text() == "不详"
    qtbot.waitUntil(lambda: "1 项看不懂" in chips(office))
    assert not office.leave()


def type_cell(page: RegisterPage, row: int, path: str, text: str) -> None:
    """Type over a cell and press Enter."""
    column = [one for one, _ in page.model.columns].index(path)
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(row, column))
    page.table.edit_here(text)
    cell = page.table.open_line
    assert cell is not None
    QTest.keyClick(cell, Qt.Key.Key_Return)


def test_a_cell_is_written_though_the_form_beside_it_holds_text_that_cannot_be_read(
    page: RegisterPage, desk: Desk
) -> None:
    uid = page.editor.uid
    type_into(line(page, "built_year"), "前年")

    type_cell(page, page.model.row_of(uid), "contact_phone", "13900001111")

    assert saved_facility(desk, uid).contact_phone == "13900001111"
    assert line(page, "contact_phone").text() == "13900001111"
    assert line(page, "built_year").text() == "前年"


def test_what_was_written_in_the_cell_is_not_undone_by_saving_the_form(page: RegisterPage, desk: Desk) -> None:
    uid = page.editor.uid
    type_into(line(page, "built_year"), "前年")
    type_cell(page, page.model.row_of(uid), "contact_phone", "13900001111")

    type_into(line(page, "built_year"), "2017")
    page.act("save")

    kept = saved_facility(desk, uid)
    assert (kept.built_year, kept.contact_phone) == (2017, "13900001111")
    assert not page.editor.is_unsaved


def test_a_block_is_pasted_though_the_form_holds_text_that_cannot_be_read(page: RegisterPage, desk: Desk) -> None:
    uid = page.editor.uid
    type_into(line(page, "location"), "榕下村1号")
    type_into(line(page, "built_year"), "前年")
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(page.model.row_of(uid), 4))
    QGuiApplication.clipboard().setText("13900001111")

    page.sheet.paste()

    kept = saved_facility(desk, uid)
    assert (kept.location, kept.contact_phone) == ("榕下村1号", "13900001111")
    assert line(page, "built_year").text() == "前年"


def test_the_same_field_typed_in_the_table_is_the_answer_to_the_text_in_the_form(page: RegisterPage) -> None:
    type_into(line(page, "built_year"), "前年")
    page.leave()

    page.cells.write([page.editor.uid], "built_year", 2017)

    assert line(page, "built_year").text() == "2017"
    assert not page.editor.unreadable.isVisible()
    assert page.leave()


def test_a_cell_is_written_beside_a_new_record_that_holds_text_that_cannot_be_read(
    page: RegisterPage, desk: Desk
) -> None:
    count, uid = desk.registers.count("facilities"), page.model.uid(2)
    page.act("new")
    type_into(line(page, "built_year"), "前年")
    fresh = page.editor.uid

    page.cells.write([uid], "contact_phone", "13900001111")

    assert saved_facility(desk, uid).contact_phone == "13900001111"
    assert (page.editor.uid, line(page, "built_year").text()) == (fresh, "前年")
    assert desk.registers.count("facilities") == count


def test_a_cell_is_written_beside_ticks_for_many_that_are_not_written_yet(page: RegisterPage, desk: Desk) -> None:
    uids = [page.model.uid(0), page.model.uid(1)]
    page.sides.open_bulk(uids, page.cells.entering).ticks["location"].setChecked(True)

    page.cells.write(uids[:1], "contact_phone", "13900001111")

    assert saved_facility(desk, uids[0]).contact_phone == "13900001111"
    assert page.sides.bulk is not None
    assert page.sides.currentWidget() is page.sides.bulk
    assert page.sides.bulk.ticks["location"].isChecked()


def test_a_cell_stays_open_with_its_text_when_the_form_could_not_be_saved(page: RegisterPage, desk: Desk) -> None:
    uid = page.editor.uid
    page.cells.may_write = lambda: False

    type_cell(page, page.model.row_of(uid), "contact_phone", "13900001111")

    cell = page.table.open_line
    assert cell is not None
    assert cell.text() == "13900001111"
    assert page.table.cell_delegate is not None
    assert "先处理右边" in page.table.cell_delegate.words.text()


def test_the_form_shows_what_another_page_changed_meanwhile(page: RegisterPage, desk: Desk) -> None:
    uid = page.editor.uid
    page.hide()
    desk.registers.save(saved_facility(desk, uid).changed(location="榕下村7号"))

    page.show()

    assert line(page, "location").text() == "榕下村7号"


@pytest.mark.parametrize("way", ["another page", "undo"])
def test_text_that_cannot_be_read_keeps_nobody_from_another_page_nor_from_undoing(
    qtbot, window: Window, desk: Desk, said: Said, way: str
) -> None:
    window.open_desk(desk)
    window.show()
    shell = window.shell
    assert shell is not None
    shell.go("facilities")
    page = shell.pages["facilities"]
    assert isinstance(page, RegisterPage)
    uid = page.editor.uid
    type_into(line(page, "location"), "榕下村1号")
    type_into(line(page, "built_year"), "去年")
    if way == "undo":
        shell.undo()
    else:
        shell.go("persons")
    went, kept = shell.here, saved_facility(desk, uid).location
    shell.go("facilities")
    qtbot.waitUntil(page.drafts.one.strip.isVisible)
    words = page.drafts.one.strip.words.text()
    page.drafts.one.strip.yes.click()

    assert (went, kept) == ("facilities" if way == "undo" else "persons", "榕下村1号")
    assert words.endswith("“建成年份”看不懂")
    assert page.editor.uid == uid
    assert line(page, "built_year").text() == "去年"
    assert said.told == []


def test_the_office_goes_on_with_what_cannot_be_read(qtbot, window: Window, desk: Desk) -> None:
    window.open_desk(desk)
    window.show()
    shell = window.shell
    assert shell is not None
    shell.go("office")
    page = shell.pages["office"]
    assert isinstance(page, OfficePage)
    type_into(line(page, "address"), "榕下村99号")
    type_into(line(page, "credit_code"), "不详")
    shell.go("persons")
    went = shell.here
    shell.go("office")

    assert went == "persons"
    assert desk.office.office().address == "榕下村99号"
    assert line(page, "credit_code").text() == "不详"
