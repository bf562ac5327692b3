"""What an import says of the people behind its rows: written though their post says nothing new."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.ui.pages import show_page
from tests.ui.test_imports_page import settle, sheet_of
from tests.ui.test_imports_which import unlocked_and_taken_up
from tests.ui.test_imports_written import chips
from tests.ui.test_locking import visit
from ui.imports.page import ImportsPage
from ui.imports.preview import PAIRS
from ui.shared.surroundings import Surroundings
from xmdesk.records.people import Person
from xmdesk.services.desk import Desk

OFFICERS = ("姓名", "性别", "政治面貌", "文化程度", "身份证号", "A/B角", "手机")
FIRST = ("林志远", "男", "中共党员", "高中", "350212198005011538", "A", "13805920005")
DEPUTY = ("洪淑真", "女", "群众", "初中", "350212198203042247", "B", "13805920006")


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> ImportsPage:
    made = show_page(qtbot, ImportsPage(desk, around))
    made.window().activateWindow()
    return made


def bring(qtbot, page: ImportsPage, around: Surroundings, path: Path, register: str = "disaster_officers") -> None:
    page.open_file(path, register)
    settle(qtbot, around)


def write(qtbot, page: ImportsPage, around: Surroundings) -> None:
    page.preview.go.click()
    settle(qtbot, around)


def test_a_roster_that_only_adds_to_people_who_hold_the_post_can_be_written(
    qtbot, page, around, desk: Desk, tmp_path: Path
) -> None:
    bring(qtbot, page, around, sheet_of(tmp_path, OFFICERS, FIRST, DEPUTY))
    told, rows = chips(page), [one.cells[2] for one in page.preview.good.lines.lines]
    front = page.window().focusWidget()

    write(qtbot, page, around)

    people = {one.name: one for one in desk.store.all(Person)}
    assert (told, rows) == (["人员名册补充 2 人"], ["补充人员", "补充人员"])
    assert (page.preview.go.text(), front) == ("写入 2 人的补充", page.preview.go)
    assert "已逐条读回核对人员名册 2 人，和预览一致" in page.written.words.text()
    assert [people[one[0]].id_no for one in (FIRST, DEPUTY)] == [FIRST[4], DEPUTY[4]]


def test_it_stands_among_the_imports_and_is_taken_back(qtbot, page, around, desk: Desk, tmp_path: Path) -> None:
    before = desk.store.all(Person)
    bring(qtbot, page, around, sheet_of(tmp_path, OFFICERS, FIRST, DEPUTY))
    write(qtbot, page, around)
    page.written.other.click()
    page._tabs[1].click()
    page.batches.selectRow(0)
    line = page.batches.lines.lines[0].cells

    page.past.undo.click()

    assert line[3:6] == ("0", "0", "2")
    assert "人员名册复原 2 人" in page.past.words.text()
    assert desk.store.all(Person) == before


def test_a_roster_that_says_nothing_new_cannot_be_written(qtbot, page, around, tmp_path: Path) -> None:
    bring(qtbot, page, around, sheet_of(tmp_path, ("姓名", "A/B角"), ("林志远", "A")))

    assert (page.preview.go.text(), page.preview.go.isEnabled()) == ("写入 0 条", False)


HELPERS = ("姓名", "身份证号码", "政治面貌", "联系方式", "现任职务", "状态")
HELPER = ("郑建新", "350212198005011538", "群众", "13911118888", "文书", "在册")
OTHER = ("郑小满", "", "", "", "会计", "在册")


@pytest.fixture
def known(desk: Desk) -> Person:
    """Somebody of whom the book says something else than the sheet."""
    (person,) = desk.store.find(Person, name=HELPER[0])
    with desk.store.change("修改人员") as change:
        change.save(person.changed(id_no=HELPER[1], sex="1", born_on="1980-05-01", post="村委会主任", political="01"))
    return desk.store.find(Person, name=HELPER[0])[0]


def people(desk: Desk) -> dict[str, tuple[str, str, str]]:
    found = {one.name: one for one in desk.store.all(Person)}
    return {
        name: (found[name].post, str(found[name].political or ""), found[name].mobile) for name in (HELPER[0], OTHER[0])
    }


def brought(qtbot, page: ImportsPage, around: Surroundings, tmp_path: Path) -> None:
    bring(qtbot, page, around, sheet_of(tmp_path, HELPERS, HELPER, OTHER), "legal_helpers")


def test_what_is_replaced_of_people_stands_in_front_old_and_new(
    qtbot, page, around, desk: Desk, tmp_path: Path, known
) -> None:
    brought(qtbot, page, around, tmp_path)
    panel, front = page.preview, page.window().focusWidget()
    row = panel.good.lines.lines[0].cells[-1]

    assert "人员名册修改 2 人" in chips(page)
    assert front is panel.remarks.read
    assert "人员名册里 2 人原来的内容照这张表修改" in panel.remarks.area.accessibleDescription()
    assert "政治面貌 中共党员 → 群众" in row
    assert "手机号码 138****0001 → 139****8888" in row
    assert "单位及职务 村委会主任 → 文书" in row


def test_row_by_row_what_the_book_knows_is_kept_by_one_key(
    qtbot, page, around, desk: Desk, tmp_path: Path, known
) -> None:
    before = people(desk)
    brought(qtbot, page, around, tmp_path)
    act = next(one for one in page.preview.remarks.findChildren(QPushButton) if one.text() == "逐行看")
    act.click()
    panel = page.preview.pairs
    here, shown = page.window().focusWidget(), panel.list.lines.lines[0].cells

    QTest.keyClick(panel.list, Qt.Key.Key_5)
    kept = panel.list.lines.lines[0].cells
    write(qtbot, page, around)

    assert (here, shown[-1], kept[-1]) == (panel.list, "修改人员", "名册照旧")
    assert people(desk)[HELPER[0]] == before[HELPER[0]]
    assert people(desk)[OTHER[0]][0] == "会计"
    assert "人员名册修改 1 人" in page.written.words.text()


def test_keeping_goes_for_the_rest_whatever_their_fields(
    qtbot, page, around, desk: Desk, tmp_path: Path, known
) -> None:
    before = desk.store.all(Person)
    brought(qtbot, page, around, tmp_path)
    panel = page.preview.pairs
    page.preview.open_list(3)

    panel.keep.click()
    QTest.keyClick(panel.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    write(qtbot, page, around)

    assert desk.store.all(Person) == before
    assert page.preview.preview.counts["new"] == 2


def test_keeping_is_taken_off_again_by_the_same_key(qtbot, page, around, tmp_path: Path, known) -> None:
    brought(qtbot, page, around, tmp_path)
    panel = page.preview.pairs
    page.preview.open_list(3)

    panel.keep.click()
    first = (panel.keep.isChecked(), page.preview.preview.people)
    panel.keep.click()

    assert (first, panel.keep.isChecked(), page.preview.preview.people) == ((True, (0, 0, 1)), False, (0, 0, 2))


def test_one_field_of_a_person_is_kept_in_the_comparison(
    qtbot, page, around, desk: Desk, tmp_path: Path, known
) -> None:
    brought(qtbot, page, around, tmp_path)
    panel = page.preview.pairs
    page.preview.open_list(3)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)

    QTest.keyClick(panel.sides, Qt.Key.Key_Left)
    write(qtbot, page, around)

    assert people(desk)[HELPER[0]] == ("文书", "01", HELPER[3])


def test_a_pair_without_a_change_of_the_person_has_nothing_to_keep(qtbot, page, around, tmp_path: Path) -> None:
    bring(qtbot, page, around, sheet_of(tmp_path, ("姓名", "A/B角"), ("林志远", "B")))
    page.preview.open_list(3)

    assert [one.cells[-1] for one in page.preview.pairs.list.lines.lines] == ["更新原有"]
    assert not page.preview.pairs.keep.isVisible()


def test_a_row_on_the_work_list_tells_what_it_changed_of_the_person(
    qtbot, page, around, desk: Desk, tmp_path: Path, known
) -> None:
    said: list[str] = []
    around.changes.changed.connect(said.append)
    bring(qtbot, page, around, sheet_of(tmp_path, HELPERS, (*HELPER[:3], "139", *HELPER[4:]), OTHER), "legal_helpers")
    write(qtbot, page, around)
    page._mend()

    page.waiting.cells.cells["联系方式"].setText(HELPER[3])
    page.waiting.take.click()

    assert "已补录：新增了一条；人员名册照这一行改了 政治面貌 中共党员 → 群众" in said[-1]
    assert HELPER[3] not in said[-1]


def test_what_was_kept_of_a_person_is_still_kept_after_a_lock(qtbot, window, desk: Desk, tmp_path: Path, known) -> None:
    window.open_desk(desk)
    page = visit(window, "imports")
    assert isinstance(page, ImportsPage)
    page.open_file(sheet_of(tmp_path, HELPERS, HELPER, OTHER), "legal_helpers")
    qtbot.waitUntil(lambda: not window.work.is_busy, timeout=30_000)
    page.preview.pairs.keep.click()

    page = unlocked_and_taken_up(qtbot, window)
    qtbot.waitUntil(lambda: not window.work.is_busy, timeout=30_000)

    assert page.preview.pairs.list.lines.lines[0].cells[-1] == "名册照旧"
    assert page.preview.preview.people == (0, 0, 1)


BRIEF = ("姓名", "性别", "现任职务", "状态")
THERE = (("郑建新", "男", "村主任", "在册"), ("林银杏", "女", "书记", "在册"))


def helpers(qtbot, page: ImportsPage, around: Surroundings, folder: Path, *rows: tuple[str, ...]) -> ImportsPage:
    bring(qtbot, page, around, sheet_of(folder, BRIEF, *rows), "legal_helpers")
    page.preview.open_list(PAIRS)
    return page


def test_to_leave_the_roster_alone_says_nothing_of_which_one_is_meant(
    qtbot, page, around, desk: Desk, tmp_path: Path
) -> None:
    desk.registers.save(Person(name="郑小满", post="退休教师"))
    panel = helpers(qtbot, page, around, tmp_path, ("郑小满", "男", "教师", "在册")).preview.pairs

    QTest.keyClick(panel.list, Qt.Key.Key_5)
    settle(qtbot, around)
    asked = panel.list.lines.lines[0].cells[3], panel.which.hasFocus()
    QTest.keyClick(panel.which, Qt.Key.Key_Down)
    QTest.keyClick(panel.which, Qt.Key.Key_5)
    settle(qtbot, around)

    assert asked == ("请选一位", True)
    assert panel.list.lines.lines[0].cells[3] == "名册照旧"


def test_the_keys_hold_again_after_a_click(qtbot, page, around, tmp_path: Path) -> None:
    panel = helpers(qtbot, page, around, tmp_path, *THERE).preview.pairs

    panel.keep.click()
    settle(qtbot, around)
    front = page.window().focusWidget()
    QTest.keyClick(panel.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, around)

    assert front is panel.list
    assert [one.cells[3] for one in panel.list.lines.lines] == ["名册照旧", "名册照旧"]


def test_after_the_last_answer_the_cursor_goes_on_to_writing(qtbot, page, around, tmp_path: Path) -> None:
    panel = helpers(qtbot, page, around, tmp_path, *THERE).preview.pairs
    panel.list.setFocus()

    QTest.keyClick(panel.list, Qt.Key.Key_5)
    settle(qtbot, around)
    between = page.window().focusWidget()
    QTest.keyClick(panel.list, Qt.Key.Key_1)
    settle(qtbot, around)

    assert between is panel.list
    assert page.window().focusWidget() is page.preview.go
