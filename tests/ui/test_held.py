"""A record of a finalised list can only be looked at; what is refused holds nobody and is kept as a draft."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.journeys.invented import PASSWORD
from tests.ui.pages import register_page
from tests.ui.said import Said
from tests.ui.typing import type_into
from ui.compose import open_book
from ui.registers.page import RegisterPage
from ui.rolling.page import RollingPage
from ui.shared.findings import MISSING, findings
from ui.shared.surroundings import Surroundings
from ui.shell import Shell
from ui.window import Window
from xmdesk.periods import Period
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.services.desk import Desk
from xmdesk.services.rolling import Rolling


@pytest.fixture
def rolling(desk: Desk) -> Rolling:
    """A list of next year that has been finalised."""
    made = Rolling(desk)
    made.open_year(2027)
    made.confirm([one.uid for one in made.items(2027)], by="林志远")
    finalise(made)
    return made


def finalise(rolling: Rolling) -> None:
    first, last = date(2026, 11, 1), date(2026, 11, 10)
    rolling.finalise(2027, reviewed_by="叶美澄", meeting_on=date(2026, 11, 12), first=first, last=last)


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings, rolling: Rolling) -> RegisterPage:
    return register_page(qtbot, desk, around, "duties")


def item(desk: Desk, year: int) -> str:
    return desk.store.find(MaintenanceDuty, year=year)[0].uid


@pytest.fixture
def opened(window: Window, desk: Desk) -> Window:
    window.open_desk(desk)
    window.show()
    return window


def shell(window: Window) -> Shell:
    assert window.shell is not None
    return window.shell


def duties(window: Window) -> RegisterPage:
    shell(window).go("duties")
    page = shell(window).pages["duties"]
    assert isinstance(page, RegisterPage)
    return page


def begin_refused(page: RegisterPage, subject: str) -> None:
    """Begin an item of a list that is finalised."""
    page.act("new")
    type_into(page.editor.form.fields["subject"].line, subject)  # type: ignore[attr-defined]  # a typed field
    type_into(page.editor.form.fields["year"].line, "2027")  # type: ignore[attr-defined]  # a typed field


def edited_behind_the_back(page: RegisterPage, desk: Desk, rolling: Rolling) -> str:
    """Type into an item whose list is finalised meanwhile."""
    uid = item(desk, 2027)
    rolling.reopen(2027, reason="村民提出异议")
    page.show_record(uid)
    type_into(page.editor.form.fields["location"].line, "榕下路999号")  # type: ignore[attr-defined]  # a typed field
    finalise(rolling)
    return uid


def can_type(page: RegisterPage) -> bool:
    return page.editor.form.fields["location"].isEnabled()


def location(desk: Desk, uid: str) -> str:
    found = desk.store.get(MaintenanceDuty, uid)
    assert found is not None
    return found.location


def test_an_item_of_a_finalised_list_is_only_looked_at_and_the_strip_says_why(page: RegisterPage, desk: Desk) -> None:
    page.show_record(item(desk, 2027))

    assert not can_type(page)
    assert not page.editor.head.end.isEnabled()
    assert page.editor.held.closed.isVisible()
    assert "2027年度清单已经定稿" in page.editor.held.closed.words.text()


def test_an_item_of_another_year_can_be_typed_into_again(page: RegisterPage, desk: Desk) -> None:
    page.show_record(item(desk, 2027))
    page.show_record(item(desk, 2026))

    assert can_type(page)
    assert page.editor.head.end.isEnabled()
    assert not page.editor.held.closed.isVisible()


def gaps(page: RegisterPage) -> list[str]:
    """What is asked for in the form: marks at fields, and the count below."""
    fields = page.editor.form.fields.items()
    marks = [name for name, field in fields if field._mark.text() or "还没有填写" in field.words]
    below = page.editor.problems.findChildren(QPushButton)
    return [*marks, *(one.text() for one in below if one.isVisibleTo(page) and "待填" in one.text())]


def why(page: RegisterPage) -> QPushButton:
    """The button that asks for the reason why what is missing may stand."""
    return next(one for one in page.editor.problems.findChildren(QPushButton) if one.text() == "写明原因")


def test_what_a_finalised_list_leaves_open_is_marked_as_it_is_counted_elsewhere(
    page: RegisterPage, desk: Desk, rolling: Rolling
) -> None:
    uid = item(desk, 2027)
    counted = [one for one in desk.checking.all(Period("2027")) if one.where.uid == uid and one.code in MISSING]

    page.show_record(uid)

    marks = [name for name in gaps(page) if name in page.editor.form.fields]
    assert marks
    assert sorted(marks) == sorted(one.where.field for one in counted)
    assert gaps(page)[-1].startswith(f"{len(counted)} 项待填：")


def test_a_reason_is_given_beside_the_form_that_cannot_be_filled_in(
    page: RegisterPage, desk: Desk, rolling: Rolling
) -> None:
    uid = item(desk, 2027)
    page.show_record(uid)
    before = gaps(page)

    why(page).click()
    type_into(page.editor.problems._reason, "村里没有这些资料")
    QTest.keyClick(page.editor.problems._reason, Qt.Key.Key_Return)

    found = findings(desk.checking, [one for one in desk.checking.all(Period("2027")) if one.where.uid == uid])
    assert before
    assert gaps(page) == []
    assert "村里没有这些资料" in page.editor.form.fields["location"].words
    assert not [one for one in found if one.tone == "missing"]


def test_the_strip_says_how_what_is_missing_can_be_filled_in(page: RegisterPage, desk: Desk) -> None:
    page.show_record(item(desk, 2027))

    assert not can_type(page)
    assert "要补填或确需修改的，先到“滚动管理”里重新打开" in page.editor.held.closed.words.text()


def test_opening_the_list_again_opens_the_form(
    page: RegisterPage, desk: Desk, rolling: Rolling, around: Surroundings
) -> None:
    page.show_record(item(desk, 2027))

    rolling.reopen(2027, reason="村民提出异议")
    around.changes.announce("已重新打开")

    assert can_type(page)
    assert not page.editor.held.closed.isVisible()


def test_the_strip_leads_to_the_year_in_rolling(qtbot, page: RegisterPage, desk: Desk, around: Surroundings) -> None:
    went: list[tuple[str, str, str]] = []
    around.travel.wanted.connect(lambda *place: went.append(place))
    page.show_record(item(desk, 2027), "location")
    page.editor.held.closed.yes.click()
    there = RollingPage(desk, around)
    qtbot.addWidget(there)
    there.show_record(went[0][1])

    assert went == [("rolling", "2027", "")]
    assert there.year == 2027


def test_a_cell_of_a_finalised_list_is_opened_only_to_be_read(
    page: RegisterPage, desk: Desk, said: Said, around: Surroundings
) -> None:
    told: list[str] = []
    around.changes.changed.connect(told.append)
    uid = item(desk, 2027)
    before = desk.store.get(MaintenanceDuty, uid)
    page.show_record(uid)
    column = next(place for place, (path, _) in enumerate(page.model.columns) if path == "subject")
    page.table.setCurrentIndex(page.model.index(page.model.row_of(uid), column))
    page.table.setFocus()
    page.table.edit_here("另一个名称")
    line = page.table.open_line
    assert line is not None
    is_read_only = line.isReadOnly()
    QTest.keyClick(line, Qt.Key.Key_Return)

    assert is_read_only
    assert desk.store.get(MaintenanceDuty, uid) == before
    assert "2027年度清单已经定稿，只能看" in told
    assert said.told == []


def test_a_save_that_is_refused_is_told_in_place(page: RegisterPage, desk: Desk, rolling: Rolling, said: Said) -> None:
    uid = edited_behind_the_back(page, desk, rolling)
    before = location(desk, uid)
    page.act("save")
    words = page.editor.held.refused.words.text()
    page.editor.held.refused.yes.click()

    assert words.startswith("没有保存。2027年度管护责任清单已经定稿")
    assert not page.editor.held.refused.isVisible()
    assert location(desk, uid) == before
    assert page.editor.form.fields["location"].read() == before
    assert said.told == []


def test_what_is_refused_while_going_to_another_row_waits_as_a_draft_that_says_why(
    page: RegisterPage, desk: Desk, rolling: Rolling, around: Surroundings, said: Said
) -> None:
    told: list[str] = []
    around.changes.changed.connect(told.append)
    uid, other = edited_behind_the_back(page, desk, rolling), item(desk, 2026)
    page.show_record(other)
    words = page.drafts.one.strip.words.text()
    is_elsewhere = page.editor.uid == other
    page.drafts.one.strip.yes.click()

    assert is_elsewhere
    assert words.startswith("没有保存的内容：")
    assert "2027年度管护责任清单已经定稿" in words
    assert any("没有保存，留作草稿" in one for one in told)
    assert page.editor.uid == uid
    assert page.editor.form.fields["location"].read() == "榕下路999号"
    assert said.told == []


def test_a_draft_that_is_taken_up_gives_its_place_to_one_that_is_refused(
    page: RegisterPage, desk: Desk, rolling: Rolling
) -> None:
    uid = edited_behind_the_back(page, desk, rolling)
    page.show_record(item(desk, 2026))
    begin_refused(page, "新路灯")
    page.drafts.one.strip.yes.click()
    first = page.editor.uid
    page.drafts.one.strip.yes.click()

    assert first == uid
    assert page.editor.is_new
    assert page.editor.form.fields["subject"].read() == "新路灯"


def test_a_new_record_that_is_refused_can_be_given_up(page: RegisterPage, desk: Desk, said: Said) -> None:
    begin_refused(page, "新路灯")
    page.act("save")
    page.editor.held.refused.yes.click()

    assert page.leave()
    assert not page.editor.is_new
    assert said.told == []


def test_what_is_refused_keeps_nobody_from_another_page(opened: Window, rolling: Rolling) -> None:
    page = duties(opened)
    begin_refused(page, "新路灯")
    shell(opened).go("facilities")
    went = shell(opened).here
    shell(opened).go("duties")

    assert went == "facilities"
    assert page.drafts.one.strip.isVisible()
    assert "新路灯" in page.drafts.one.strip.words.text()


def test_what_is_refused_is_what_undo_takes_back_first(opened: Window, desk: Desk, rolling: Rolling) -> None:
    page = duties(opened)
    uid = item(desk, 2026)
    before = location(desk, uid)
    page.show_record(uid)
    type_into(page.editor.form.fields["location"].line, "榕下路1号")  # type: ignore[attr-defined]  # a typed field
    page.act("save")
    begin_refused(page, "新路灯")
    shell(opened).undo()
    first, told = location(desk, uid), shell(opened).foot._words.whole
    shell(opened).undo()

    assert first == "榕下路1号"
    assert told.startswith("没有保存的留作草稿。再撤销一次：")
    assert location(desk, uid) == before
    assert page.editor.uid == uid
    assert page.editor.form.fields["location"].read() == before
    assert "新路灯" in page.drafts.one.strip.words.text()


@pytest.mark.parametrize("way", ["lock", "close"])
def test_what_is_refused_keeps_nobody_from_locking_and_closing(
    qtbot, opened: Window, desk: Desk, rolling: Rolling, said: Said, way: str
) -> None:
    begin_refused(duties(opened), "新路灯")
    opened.act("lock") if way == "lock" else opened.close()
    is_shut = opened.desk is None
    opened.open_desk(open_book(desk.folder, PASSWORD))
    opened.show()
    page = duties(opened)
    qtbot.waitUntil(page.drafts.one.strip.isVisible)
    page.drafts.one.strip.yes.click()

    assert is_shut
    assert page.editor.is_new
    assert page.editor.form.fields["subject"].read() == "新路灯"
    assert said.told == []


def finalise_this_year(rolling: Rolling) -> None:
    rolling.confirm([one.uid for one in rolling.items(2026)], by="林志远")
    first, last = date(2026, 11, 1), date(2026, 11, 10)
    rolling.finalise(2026, reviewed_by="叶美澄", meeting_on=date(2026, 11, 12), first=first, last=last)


def test_a_new_item_goes_into_the_list_that_is_open(page: RegisterPage, rolling: Rolling) -> None:
    finalise_this_year(rolling)
    rolling.reopen(2027, reason="村民提出异议")
    page.act("new")

    assert page.editor.form.fields["year"].read() == 2027
    assert not page.editor.held.closed.isVisible()


def test_a_copy_of_a_finalised_item_can_be_saved_in_the_open_list(
    page: RegisterPage, desk: Desk, rolling: Rolling
) -> None:
    finalise_this_year(rolling)
    rolling.reopen(2027, reason="村民提出异议")
    page.show_record(item(desk, 2026))
    page.act("clone")
    can_be_typed, uid = can_type(page), page.editor.uid
    page.act("save")
    saved = desk.store.get(MaintenanceDuty, uid)

    assert can_be_typed
    assert saved is not None
    assert (saved.year, saved.confirmed) == (2027, None)


def test_where_no_list_is_open_it_is_said_before_typing(
    page: RegisterPage, rolling: Rolling, around: Surroundings
) -> None:
    went: list[tuple[str, str, str]] = []
    around.travel.wanted.connect(lambda *place: went.append(place))
    finalise_this_year(rolling)
    page.act("new")
    around.changes.announce("别处有了改动")
    is_said, words = page.editor.held.closed.isVisible(), page.editor.held.closed.words.text()
    page.editor.held.closed.yes.click()

    assert is_said
    assert words.startswith("2026年度清单已经定稿，没有别的清单开着")
    assert went == [("rolling", "2027", "")]
