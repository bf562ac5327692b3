"""Sheets without a heading row: recognised or said by a person; the first row is data, columns are guessed with reasons."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.pages import show_page
from tests.ui.test_imports_page import GOOD, HEADERS, settle, sheet_of
from tests.ui.test_imports_which import unlocked_and_taken_up
from tests.ui.test_locking import visit
from ui.imports.page import ImportsPage
from ui.shared.surroundings import Surroundings
from ui.window import Window
from xmdesk.documents.sheets.no_header import NO_HEADER
from xmdesk.records.people import Person
from xmdesk.services.desk import Desk

ROWS = (
    ("林阿土", "男", "11010519491231002X", "13800008117", "会计"),
    ("黄一平", "女", "110105194912310046", "13899990000", "电工"),
)
VAGUE = (("林阿土", "东社"), ("黄一平", "西社"))


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> ImportsPage:
    return show_page(qtbot, ImportsPage(desk, around))


def whys(page: ImportsPage) -> dict[str, tuple[str, str]]:
    return {one.header: (one.value, one.why) for one in page.preview.columns.lines}


def test_a_table_without_header_is_recognised_and_explains_its_columns(qtbot, tmp_path, page, around) -> None:
    page.open_file(sheet_of(tmp_path, *ROWS))
    settle(qtbot, around)

    preview = page.preview
    assert (preview.preview.register, preview.place, preview.header.none.isChecked()) == ("persons", 2, True)
    assert "没有表头" in preview._said.text()
    assert whys(page) == {
        "第1列(A)": ("name", "看内容：像姓名"),
        "第2列(B)": ("sex", "看内容：都是“性别”里的词"),
        "第3列(C)": ("id_no", "看内容：都是证件号码"),
        "第4列(D)": ("mobile", "看内容：都是电话号码"),
        "第5列(E)": ("", "没有认出来"),
    }


def test_its_first_row_goes_in_with_what_a_person_mapped(qtbot, tmp_path, page, desk: Desk, around) -> None:
    page.open_file(sheet_of(tmp_path, *ROWS))
    settle(qtbot, around)

    page.preview.mapped.emit("第5列(E)", "post")
    settle(qtbot, around)
    page.preview.go.click()
    settle(qtbot, around)

    assert [(one.mobile, one.post) for one in desk.store.find(Person, name="林阿土")] == [("13800008117", "会计")]
    assert "已逐条读回核对 2 条" in page.written.words.text()


def test_a_person_says_by_keys_that_there_is_no_header_and_takes_it_back(qtbot, tmp_path, page, around) -> None:
    page.open_file(sheet_of(tmp_path, *VAGUE), "persons")
    settle(qtbot, around)
    header = page.preview.header
    before = len(page.preview.preview.found.rows)

    header.none.setFocus()
    QTest.keyClick(header.none, Qt.Key.Key_Space)
    settle(qtbot, around)
    said = (len(page.preview.preview.found.rows), header.row.text(), page.preview.place)
    QTest.keyClick(header.none, Qt.Key.Key_Space)
    settle(qtbot, around)

    assert (before, said) == (0, (2, "", 2))
    assert (header.none.isChecked(), header.row.text()) == (False, "1")
    assert header.row.accessibleName() == "表头在第几行"


def test_a_row_number_says_that_there_is_a_header_after_all(qtbot, tmp_path, page, around) -> None:
    page.open_file(sheet_of(tmp_path, *ROWS[:1], ("姓名", "性别", "证件", "手机", "职务"), *ROWS[1:]), "persons")
    settle(qtbot, around)
    header = page.preview.header
    page.preview.headed.emit(NO_HEADER)
    settle(qtbot, around)

    header.row.setText("2")
    QTest.keyClick(header.row, Qt.Key.Key_Return)
    settle(qtbot, around)

    assert (header.none.isChecked(), header.row.text()) == (False, "2")
    assert [one.raw["姓名"] for one in page.preview.preview.found.rows] == ["黄一平"]


def test_a_table_with_a_header_is_read_as_ever(qtbot, tmp_path, page, around) -> None:
    page.open_file(sheet_of(tmp_path, HEADERS, GOOD))
    settle(qtbot, around)

    assert not page.preview.header.none.isChecked()
    assert page.preview.header.row.text() == "1"
    assert page.preview.preview.counts["new"] == 1


@pytest.fixture
def finish(qtbot, window: Window) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: not window.work.is_busy, timeout=30_000)


def test_that_there_is_no_header_is_still_known_after_a_lock(
    qtbot, window: Window, desk: Desk, tmp_path: Path, finish
) -> None:
    window.open_desk(desk)
    page = visit(window, "imports")
    assert isinstance(page, ImportsPage)
    page.open_file(sheet_of(tmp_path, *VAGUE), "persons")
    finish()
    page.preview.header.none.click()
    finish()
    page.preview.mapped.emit("第2列(B)", "address")
    finish()

    page = unlocked_and_taken_up(qtbot, window)
    finish()

    assert page.preview.header.none.isChecked()
    assert page.preview.preview.counts["new"] == 2
    assert whys(page)["第2列(B)"] == ("address", "您选定的，或以前确认过")
