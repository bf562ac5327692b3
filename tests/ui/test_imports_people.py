"""What an import says of the people behind its rows: written though their post says nothing new."""

from pathlib import Path

import pytest

from tests.ui.pages import show_page
from tests.ui.test_imports_page import settle, sheet_of
from tests.ui.test_imports_written import chips
from ui.imports.page import ImportsPage
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
