"""What was decided about an import survives a lock, other colours and letters, and a stick that is not there."""

from pathlib import Path
from typing import Any

import pytest

from tests.ui.said import Said
from tests.ui.test_imports_page import GOOD, HEADERS, KNOWN, TWICE, VAGUE, choices, sheet_of
from tests.ui.test_locking import locked_and_unlocked, visit
from tests.ui.typing import commit
from ui.imports.page import PREVIEW, START, WRITTEN, ImportsPage
from ui.window import Window
from xmdesk.records.facility import Facility
from xmdesk.services.desk import Desk
from xmdesk.services.pairing import Choice

AREA = "建筑面积(㎡)"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return sheet_of(tmp_path, HEADERS, KNOWN, *TWICE, GOOD, VAGUE)


@pytest.fixture
def page(window: Window, desk: Desk, said: Said, path: Path, settle) -> ImportsPage:
    """The page with a file in it: one cell typed over, one row decided, one column mapped, another cell being typed."""
    window.open_desk(desk)
    made = imports(window)
    made.open_file(path, "facilities")
    settle()
    made.preview.pairs.choices[Choice.SKIP].click()
    made.preview.mapped.emit("片区", "remark")
    settle()
    made.preview.open_list(1)
    made.preview.cells.cells[AREA].setText("35平")
    made.preview.waiting.read.click()
    settle()
    return made


def imports(window: Window) -> ImportsPage:
    found = visit(window, "imports")
    assert isinstance(found, ImportsPage)
    return found


def state(page: ImportsPage) -> tuple[Any, ...]:
    """What a person sees of the decisions."""
    values = {one.header: one.value for one in page.preview.columns.lines}
    return page.preview.preview.counts, choices(page), values["片区"], page.preview.place


def left_behind(page: ImportsPage) -> int:
    return len(page.keeper.drafts.left_behind("imports"))


def offered(qtbot, window: Window) -> ImportsPage:
    found = imports(window)
    qtbot.waitUntil(found.keeper.strip.isVisible)
    return found


def test_everything_decided_is_there_again_after_unlocking(qtbot, window: Window, page: ImportsPage, settle) -> None:
    before = state(page)

    locked_and_unlocked(window)
    page = offered(qtbot, window)
    words, place = page.keeper.strip.words.text(), page._stack.currentIndex()
    page.keeper.strip.yes.click()
    settle()

    assert words == ("没有写入的导入：“设施.csv”，导入到公共服务设施台账，改过 1 格，选定 1 行，列的对应改过")
    assert place == START
    assert state(page) == before
    assert page._stack.currentIndex() == PREVIEW
    assert not page.keeper.strip.isVisible()


def test_what_is_being_typed_into_a_cell_is_there_again(qtbot, window: Window, page: ImportsPage, settle) -> None:
    page.preview.open_list(1)
    page.preview.cells.cells["坐落"].clear()
    commit(page.preview.cells.cells["坐落"], "榕下村 12 号")

    locked_and_unlocked(window)
    page = offered(qtbot, window)
    page.keeper.strip.yes.click()
    settle()

    assert page.preview.cells.cells["坐落"].text() == "榕下村 12 号"


def test_what_was_taken_up_again_is_written_once_and_offered_no_more(
    qtbot, window: Window, page: ImportsPage, settle
) -> None:
    again = locked_and_unlocked(window)
    page = offered(qtbot, window)
    page.keeper.strip.yes.click()
    settle()

    page.preview.go.click()
    settle()

    assert [one.remark for one in again.store.find(Facility, name=GOOD[0])] == ["东片"]
    assert page._stack.currentIndex() == WRITTEN
    assert left_behind(page) == 0


def test_the_same_table_opened_anew_and_written_is_offered_no_more(
    qtbot, window: Window, page: ImportsPage, path: Path, settle
) -> None:
    locked_and_unlocked(window)
    page = offered(qtbot, window)
    page.open_file(path, "facilities")
    settle()

    page.preview.go.click()
    settle()

    assert page._stack.currentIndex() == WRITTEN
    assert left_behind(page) == 0
    assert not page.keeper.strip.isVisible()


def test_another_table_that_is_written_leaves_the_offer(
    qtbot, window: Window, page: ImportsPage, tmp_path: Path, settle
) -> None:
    locked_and_unlocked(window)
    page = offered(qtbot, window)
    (tmp_path / "另一张").mkdir()
    page.open_file(sheet_of(tmp_path / "另一张", HEADERS, GOOD), "facilities")
    settle()

    page.preview.go.click()
    settle()

    assert page._stack.currentIndex() == WRITTEN
    assert page.keeper.strip.isVisible()


def test_it_is_given_up_by_the_other_answer(qtbot, window: Window, page: ImportsPage) -> None:
    locked_and_unlocked(window)
    page = offered(qtbot, window)

    page.keeper.strip.no.click()  # type: ignore[union-attr]  # it has two answers

    assert left_behind(page) == 0
    assert not page.keeper.strip.isVisible()


def test_putting_the_file_down_forgets_it(window: Window, page: ImportsPage) -> None:
    page.keeper.keep()
    kept = left_behind(page)

    page.preview.closed.emit()
    page.preview.asking.no.click()  # type: ignore[union-attr]  # it has two answers

    assert (kept, left_behind(page)) == (1, 0)


def test_a_file_that_has_changed_begins_anew_and_says_so(
    qtbot, window: Window, page: ImportsPage, path: Path, settle
) -> None:
    locked_and_unlocked(window)
    sheet_of(path.parent, HEADERS, KNOWN, *TWICE, VAGUE)
    page = offered(qtbot, window)

    page.keeper.strip.yes.click()
    settle()

    values = {one.header: one.value for one in page.preview.columns.lines}
    assert page.preview._said.text() == (
        "“设施.csv”和上次不一样：改过的格子、选过的行没有放回来，列的对应还在，请从头看。"
    )
    assert values["片区"] == "remark"
    assert page.preview.preview.counts["parked"] == 1
    assert page.preview.preview.counts["left"] == 0
    assert page.preview._banner.isVisible()


def test_a_file_that_was_only_looked_at_is_offered_too_and_loses_nothing(
    qtbot, window: Window, desk: Desk, path: Path, settle
) -> None:
    window.open_desk(desk)
    imports(window).open_file(path, "facilities")
    settle()
    locked_and_unlocked(window)
    sheet_of(path.parent, HEADERS, KNOWN)
    page = offered(qtbot, window)
    words = page.keeper.strip.words.text()

    page.keeper.strip.yes.click()
    settle()

    assert words == "没有写入的导入：“设施.csv”，导入到公共服务设施台账"
    assert page.preview._said.text() == "“设施.csv”和上次不一样，请从头看。"
    assert not page.preview.is_touched


def test_a_file_that_has_become_another_table_is_recognised_anew(
    qtbot, window: Window, page: ImportsPage, path: Path, settle
) -> None:
    locked_and_unlocked(window)
    sheet_of(path.parent, ("姓名", "性别", "手机号码"), ("吴小满", "女", "13800008117"))
    page = offered(qtbot, window)

    page.keeper.strip.yes.click()
    settle()

    assert page._stack.currentIndex() == PREVIEW
    assert "和上次不一样" in page.preview._said.text()


def test_a_file_that_is_gone_is_found_elsewhere_with_everything_decided(
    qtbot, window: Window, page: ImportsPage, path: Path, said: Said, settle
) -> None:
    before = state(page)
    moved = path.with_name("挪走的.csv")
    locked_and_unlocked(window)
    path.rename(moved)
    page = offered(qtbot, window)

    page.keeper.strip.yes.click()
    words, answer = page.keeper.strip.words.text(), page.keeper.strip.yes.text()
    said.answers = [moved]
    page.keeper.strip.yes.click()
    settle()

    assert words.startswith("找不到“设施.csv”，它原来在 ")
    assert answer == "选择文件"
    assert said.told == []
    assert state(page) == before


def test_a_file_that_is_not_found_either_stays_on_offer(
    qtbot, window: Window, page: ImportsPage, path: Path, said: Said
) -> None:
    locked_and_unlocked(window)
    path.unlink()
    page = offered(qtbot, window)
    page.keeper.strip.yes.click()
    said.answers = [None]

    page.keeper.strip.yes.click()

    assert page.keeper.strip.isVisible()
    assert left_behind(page) == 1


@pytest.mark.parametrize("change", [{"is_dark": True}, {"percent": 150}])
def test_other_colours_and_letters_go_on_without_being_asked(
    qtbot, window: Window, page: ImportsPage, settle, change: dict[str, Any]
) -> None:
    before = state(page)
    visit(window, "settings")

    window.preferring.change(**change)
    again = imports(window)
    qtbot.wait(20)

    assert again is not page
    assert state(again) == before
    assert again._stack.currentIndex() == PREVIEW
    assert again.preview.is_touched
    assert not again.keeper.strip.isVisible()
    again.preview.go.click()
    settle()
    assert left_behind(again) == 0


def test_colours_changed_twice_before_coming_back_lose_nothing(window: Window, page: ImportsPage) -> None:
    before = state(page)
    visit(window, "settings")

    window.preferring.change(is_dark=True)
    window.preferring.change(percent=125)

    assert state(imports(window)) == before


def test_what_was_written_is_still_told_in_other_colours(window: Window, page: ImportsPage, settle) -> None:
    page.preview.go.click()
    settle()
    words = page.written.words.text()

    window.preferring.change(is_dark=True)

    again = imports(window)
    assert again._stack.currentIndex() == WRITTEN
    assert again.written.words.text() == words


def test_another_file_that_is_open_changes_places_with_the_draft(
    qtbot, window: Window, page: ImportsPage, tmp_path: Path, settle
) -> None:
    before = state(page)
    locked_and_unlocked(window)
    page = offered(qtbot, window)
    (tmp_path / "另一张").mkdir()
    page.open_file(sheet_of(tmp_path / "另一张", HEADERS, TWICE[0], TWICE[1]), "facilities")
    settle()
    page.preview.pairs.choices[Choice.UPDATE].click()

    page.keeper.strip.yes.click()
    settle()

    assert state(page) == before
    assert page.keeper.strip.words.text().endswith("选定 1 行")


def test_what_is_decided_is_kept_after_a_while_without_any_act(qtbot, page: ImportsPage) -> None:
    page.keeper.pause.setInterval(10)

    page.preview.pairs.choices[Choice.UPDATE].click()

    qtbot.waitUntil(lambda: left_behind(page) == 1)
