"""A file that goes from 导入表格 to 一表通, or back, is open on one page only; what was decided on the first stays as a draft."""
# pyright: reportOptionalMemberAccess=false
# What is absent here fails the test by itself, with a clearer word than the type check has.

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.ui.said import Said
from tests.ui.test_filling_begun import filling, remark
from tests.ui.test_imports_begun import imports
from tests.xmdesk.services.blank_forms import officers_form
from ui.filling.page import FillingPage
from ui.imports.page import PREVIEW, START, ImportsPage
from ui.window import Window
from xmdesk.services.desk import Desk

FORM = 1
LEDGER = (("设施名称", "设施类型", "备注"), ("榕下村礼堂", "农家书屋", "东片"))


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return table(tmp_path / "台账.xlsx", *LEDGER)


@pytest.fixture
def page(window: Window, desk: Desk, said: Said, ledger: Path, settle) -> ImportsPage:
    window.open_desk(desk)
    made = imports(window)
    made.open_file(ledger)
    settle()
    return made


def table(path: Path, *rows: tuple[str | None, ...]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def foot(window: Window) -> str:
    assert window.shell is not None
    return window.shell.foot._words.accessibleName()


def in_front(window: Window) -> str:
    assert window.shell is not None
    return window.shell.here


def form(window: Window, tmp_path: Path, settle: Callable[[], None]) -> FillingPage:
    made = filling(window)
    made.open_file(officers_form(tmp_path / "灾信员情况表.xlsx"))
    settle()
    return made


def test_a_table_about_which_nothing_was_decided_is_closed_where_it_was(
    window: Window, page: ImportsPage, settle
) -> None:
    page.preview.other.click()
    settle()
    place, opened = in_front(window), filling(window)._stack.currentIndex()
    page = imports(window)

    assert (place, opened) == ("filling", FORM)
    assert page._stack.currentIndex() == START
    assert not page.keeper.strip.isVisible()
    assert page.keeper.left_behind == []


def test_a_table_about_which_something_was_decided_stays_as_a_draft_and_this_is_said(
    qtbot, window: Window, page: ImportsPage, settle
) -> None:
    page.preview.corrected.emit(2, {"设施名称": "榕下村老礼堂"})
    settle()

    page.preview.other.click()
    settle()
    said_there = foot(window)
    page = imports(window)
    qtbot.waitUntil(page.keeper.strip.isVisible)
    offered, cursor = page.keeper.strip.words.text(), window.focusWidget()
    page.keeper.strip.yes.click()
    settle()

    assert said_there == "导入表格里改过、选过的没有写入，留在那一页"
    assert cursor is page._choose
    assert offered == (
        "没有写入的导入：“台账.xlsx”，导入到公共服务设施台账，改过 1 格。这份文件拿到“一表通”去了，这里的还没有写入"
    )
    assert page._stack.currentIndex() == PREVIEW
    assert page.preview.preview.joined[0].record.title() == "榕下村老礼堂"


def test_a_form_about_which_nothing_was_decided_is_closed_where_it_was(
    window: Window, desk: Desk, tmp_path: Path, settle
) -> None:
    window.open_desk(desk)
    page = form(window, tmp_path, settle)

    page.form.other.click()
    settle()
    place, opened = in_front(window), imports(window)._stack.currentIndex()
    page = filling(window)

    assert (place, opened) == ("imports", PREVIEW)
    assert page._stack.currentIndex() != FORM
    assert page.keeper.left_behind == []


def test_a_form_about_which_something_was_decided_stays_as_a_draft_and_this_is_said(
    qtbot, window: Window, desk: Desk, tmp_path: Path, settle
) -> None:
    window.open_desk(desk)
    page = form(window, tmp_path, settle)
    page.form.columns.chosen.emit(remark(page), "person.mobile")

    page.form.other.click()
    settle()
    said_there = foot(window)
    page = filling(window)
    qtbot.waitUntil(page.keeper.strip.isVisible)
    page.keeper.strip.yes.click()
    settle()

    assert said_there == "一表通里选过、改过的没有填完，留在那一页"
    assert page._stack.currentIndex() == FORM
    assert {one.header: one.value for one in page.form.columns.lines}[remark(page)] == "person.mobile"


def test_a_form_in_work_stays_as_a_draft_when_another_file_comes(
    window: Window, desk: Desk, page: ImportsPage, tmp_path: Path, settle
) -> None:
    made = form(window, tmp_path, settle)
    made.form.columns.chosen.emit(remark(made), "person.mobile")
    imports(window).preview.other.click()
    settle()

    assert made.form.blank is not None
    assert made.form.blank.name == "台账.xlsx"
    assert made.keeper.strip.words.text().startswith("没有填完的表：“灾信员情况表.xlsx”")


def carried_to_an_import_in_work(window: Window, page: ImportsPage, tmp_path: Path, settle) -> FillingPage:
    """An import about which something was decided, and a form that is brought there meanwhile."""
    page.preview.corrected.emit(2, {"设施名称": "榕下村老礼堂"})
    settle()
    made = form(window, tmp_path, settle)
    made.form.columns.chosen.emit(remark(made), "person.mobile")
    made.form.other.click()
    settle()
    return made


def test_a_form_stays_open_where_it_was_if_the_import_in_work_goes_on(
    window: Window, page: ImportsPage, tmp_path: Path, settle
) -> None:
    made = carried_to_an_import_in_work(window, page, tmp_path, settle)
    place, asked = in_front(window), page.preview.asking.isVisible()

    page.preview.asking.yes.click()
    settle()

    assert (place, asked) == ("imports", True)
    assert page.preview.preview.joined[0].record.title() == "榕下村老礼堂"
    assert made._stack.currentIndex() == FORM
    assert {one.header: one.value for one in made.form.columns.lines}[remark(made)] == "person.mobile"
    assert made.form.is_touched


def test_a_form_is_closed_where_it_was_once_the_import_in_work_is_put_aside(
    window: Window, page: ImportsPage, tmp_path: Path, settle
) -> None:
    made = carried_to_an_import_in_work(window, page, tmp_path, settle)

    page.preview.asking.no.click()
    settle()

    assert page.preview.preview.found.table.sheet.name == "信息员"
    assert made._stack.currentIndex() != FORM
    assert len(made.keeper.left_behind) == 1


def test_another_form_opened_meanwhile_is_left_alone(window: Window, page: ImportsPage, tmp_path: Path, settle) -> None:
    made = carried_to_an_import_in_work(window, page, tmp_path, settle)
    made.open_file(officers_form(tmp_path / "另一份.xlsx"))
    settle()

    page.preview.asking.no.click()
    settle()

    assert made._stack.currentIndex() == FORM
    assert made.form.blank is not None
    assert made.form.blank.name == "另一份.xlsx"
