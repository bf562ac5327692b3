"""What was decided about a blank form survives a lock, and other colours and letters."""
# pyright: reportOptionalMemberAccess=false, reportCallIssue=false, reportArgumentType=false
# What is absent here fails the test by itself, with a clearer word than the type check has.

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt

from tests.journeys.invented import PASSWORD
from tests.ui.said import Said
from tests.ui.test_locking import locked_and_unlocked, visit
from tests.xmdesk.services.blank_forms import officers_form
from ui.filling.page import FillingPage
from ui.window import Window
from xmdesk.services.desk import Desk


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return officers_form(tmp_path / "灾信员情况表.xlsx")


@pytest.fixture
def page(window: Window, desk: Desk, said: Said, path: Path, settle) -> FillingPage:
    """The page with a form in it: one column told, one record left out, whole numbers asked for."""
    window.open_desk(desk)
    made = filling(window)
    made.open_file(path)
    settle()
    made.form.columns.chosen.emit(remark(made), "person.mobile")
    model = made.form.rows.model
    model.setData(model.index(0, 0), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole.value)
    made.form.whole.setChecked(True)
    made.form.reason.setText("区应急局备案")
    made.form.password.setText(PASSWORD)
    made.form.turn_to(1)
    return made


def filling(window: Window) -> FillingPage:
    found = visit(window, "filling")
    assert isinstance(found, FillingPage)
    return found


def remark(page: FillingPage) -> str:
    return next(one.header for one in page.form.columns.lines if one.header.endswith("备注"))


def state(page: FillingPage) -> tuple[Any, ...]:
    values = {one.header: (one.value, one.why) for one in page.form.columns.lines}
    return (
        values,
        page.form.rows.chosen(),
        page.form.whole.isChecked(),
        page.form.reason.text(),
        page.form.place,
        page.form.go.text(),
    )


def left_behind(page: FillingPage) -> int:
    return len(page.keeper.drafts.left_behind("filling"))


def offered(qtbot, window: Window) -> FillingPage:
    found = filling(window)
    qtbot.waitUntil(found.keeper.strip.isVisible)
    return found


def test_everything_decided_is_there_again_after_unlocking_but_the_password(
    qtbot, window: Window, page: FillingPage, settle
) -> None:
    before = state(page)
    count = len(page.form.rows.chosen())

    again = locked_and_unlocked(window)
    page = offered(qtbot, window)
    words = page.keeper.strip.words.text()
    held = page.keeper.drafts.left_behind("filling")
    page.keeper.strip.yes.click()
    settle()

    assert words == f"没有填完的表：“灾信员情况表.xlsx”，从灾害信息员名册取数，选了 {count} 条"
    assert state(page) == before
    assert page.form.password.text() == ""
    assert PASSWORD not in str(held)
    assert again is window.desk


def test_the_same_form_opened_anew_and_filled_is_offered_no_more(
    qtbot, window: Window, page: FillingPage, said: Said, path: Path, tmp_path: Path, settle
) -> None:
    locked_and_unlocked(window)
    page = offered(qtbot, window)
    page.open_file(path)
    settle()
    said.answers = [tmp_path / "填好.xlsx"]

    page.form.go.click()
    settle()

    assert (tmp_path / "填好.xlsx").is_file()
    assert left_behind(page) == 0
    assert not page.keeper.strip.isVisible()


def test_a_form_that_was_written_is_offered_no_more(
    qtbot, window: Window, page: FillingPage, said: Said, tmp_path: Path, settle
) -> None:
    page.form.whole.setChecked(False)
    page.form.rows.every.click()
    page.keeper.keep()
    said.answers = [tmp_path / "填好.xlsx"]
    page.form.go.click()
    settle()
    said.told.clear()

    locked_and_unlocked(window)
    page = filling(window)
    qtbot.wait(20)

    assert (tmp_path / "填好.xlsx").exists()
    assert left_behind(page) == 0
    assert not page.keeper.strip.isVisible()


def test_a_form_that_has_changed_keeps_its_columns_and_ticks_and_says_so(
    qtbot, window: Window, page: FillingPage, path: Path, settle
) -> None:
    chosen = page.form.rows.chosen()
    locked_and_unlocked(window)
    form = openpyxl.load_workbook(path)
    form.worksheets[0]["A12"] = "注：2027 年起按新的表报。"
    form.save(path)
    page = offered(qtbot, window)

    page.keeper.strip.yes.click()
    settle()

    assert "和上次不一样" in page.form._loses.text()
    assert page.form.rows.chosen() == chosen
    assert next(one.value for one in page.form.columns.lines if one.header == remark(page)) == "person.mobile"


def test_a_form_that_is_gone_says_so_in_the_strip(qtbot, window: Window, page: FillingPage, path: Path) -> None:
    locked_and_unlocked(window)
    path.unlink()
    page = offered(qtbot, window)

    page.keeper.strip.yes.click()

    assert page.keeper.strip.words.text().startswith("找不到“灾信员情况表.xlsx”")
    assert page.keeper.strip.yes.text() == "选择文件"
    assert left_behind(page) == 1


@pytest.mark.parametrize("change", [{"is_dark": True}, {"percent": 150}])
def test_other_colours_and_letters_go_on_without_being_asked(
    qtbot, window: Window, page: FillingPage, change: dict[str, Any]
) -> None:
    before = state(page)
    visit(window, "settings")

    window.preferring.change(**change)
    again = filling(window)
    qtbot.wait(20)

    assert again is not page
    assert state(again) == before
    assert again.form.is_touched
    assert not again.keeper.strip.isVisible()


def test_ticks_too_many_to_be_held_are_to_be_set_again(
    qtbot, window: Window, page: FillingPage, monkeypatch: pytest.MonkeyPatch, settle
) -> None:
    monkeypatch.setattr("ui.filling.rows.MOST_KEYS", 0)
    locked_and_unlocked(window)
    page = offered(qtbot, window)
    words = page.keeper.strip.words.text()

    page.keeper.strip.yes.click()
    settle()

    assert "勾选的太多，没有记下，请重新勾选" in words
    assert page.form.rows.chosen() == list(page.form.rows.model.uids)


def test_a_tick_is_a_decision_that_leaving_asks_about(page: FillingPage) -> None:
    page.form.is_touched = False

    page.form.rows.none.click()
    page.form.closed.emit()

    assert page.form.asking.isVisible()
