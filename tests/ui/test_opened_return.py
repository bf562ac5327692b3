"""A received return is looked into, points are listed row by row and field by field, and one slip carries them all."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.conftest import NOON
from tests.ui.said import Said
from tests.ui.typing import commit
from tests.xmdesk.services.stories import QUARTER, Offices, fill, found, nil_the_rest
from ui.inbox.explained import ExplanationsView
from ui.inbox.inside import InsideView
from ui.inbox.page import InboxPage
from ui.inbox.points import ENOUGH, MOST_POINTS, NONE_YET
from ui.inbox.rows import RowsView
from ui.shared.pdf_view import MOST_PAGES
from ui.shared.surroundings import Surroundings
from xmdesk.clock import frozen
from xmdesk.problems import Severity
from xmdesk.records.base import FieldSpec, new_uid
from xmdesk.records.doings import Activity
from xmdesk.records.submission import Submission, SubmissionState
from xmdesk.sealed.payload import row_of
from xmdesk.services.answers_begun import AnswersBegun, Begun
from xmdesk.services.desk import Desk
from xmdesk.services.looking_in import Inside
from xmdesk.services.reviewing import Point

WORDS = "村里核实过，情况属实"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Closed books: the district has received a return with an explained doubt."""
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "out").mkdir()
    with frozen(NOON):
        pair = found(folder)
        fill(pair.village)
        nil_the_rest(pair.village)
        doubts = pair.village.checking.all(QUARTER)
        doubt = next(one for one in doubts if one.severity is not Severity.ERROR and one.where.register == "facilities")
        pair.village.checking.explain(doubt, WORDS)
        pair.receive(pair.seal().path)
        pair.close()
    return folder


@pytest.fixture
def offices(prepared: Path, noon: object, tmp_path: Path) -> Iterator[Offices]:
    pair = Offices.reopened(prepared, tmp_path)
    yield pair
    pair.close()


@pytest.fixture
def page(qtbot, offices: Offices, around: Surroundings) -> InboxPage:
    """The inbox with the one return open."""
    made = inbox(qtbot, offices.district, around)
    look_into(qtbot, made, around)
    return made


def inbox(qtbot, desk: Desk, around: Surroundings) -> InboxPage:
    made = InboxPage(desk, around)
    made.resize(1160, 690)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def look_into(qtbot, page: InboxPage, around: Surroundings) -> None:
    """By Enter on the line of the return."""
    page.grid.selectRow(next(at for at, one in enumerate(page.grid.lines.lines) if one.key))
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not around.work.has_asides)


def press(*keys: Qt.Key) -> None:
    """To whatever has the cursor."""
    for key in keys:
        here = QApplication.focusWidget()
        assert here is not None
        QTest.keyClick(here, key)


def write(text: str) -> None:
    """Into whatever has the cursor."""
    here = QApplication.focusWidget()
    assert here is not None
    commit(here, text)


def rows_of(page: InboxPage) -> RowsView:
    view = page.opened.inside._front
    assert isinstance(view, RowsView)
    return view


def choose_form(page: InboxPage, key: str) -> None:
    forms = page.opened.inside.forms
    forms.selectRow([one.key for one in forms.lines.lines].index(key))


def pick(page: InboxPage, row: int, field: str, reason: str) -> None:
    """A cell of the form in front becomes a point with a reason."""
    rows_of(page).table.go_to(row, field)
    page.opened.inside.pick.click()
    commit(page.opened.points._lines[-1].reason, reason)


def the_one(desk: Desk) -> Submission:
    (found,) = desk.inbox.submissions()
    return found


def idle(qtbot, around: Surroundings) -> None:
    qtbot.waitUntil(lambda: not around.work.is_at_work, timeout=20_000)


def where(page: InboxPage) -> list[tuple[str, int, str, str]]:
    return [(one.register, one.row_no, one.field, one.reason) for one in page.opened.points.points]


def test_a_return_opens_at_its_forms_and_closes_at_its_line(page: InboxPage) -> None:
    listed = {one.key: one.cells[1] for one in page.opened.inside.forms.lines.lines}
    assert (listed["facilities"], listed["shelters"], listed["explanations"]) == ("2 行", "零报告", "1 条")
    assert page.opened.inside.forms.hasFocus()
    assert rows_of(page).form.register == "facilities"

    press(Qt.Key.Key_Escape)

    assert (page._front.currentIndex(), page.grid.hasFocus(), page.answer.isHidden()) == (0, True, False)


def test_points_are_listed_by_keyboard_alone_and_sent_in_one_slip(
    qtbot, page: InboxPage, offices: Offices, around: Surroundings, said: Said
) -> None:
    said.answers = [offices.folder / "退回单.pdf"]
    press(Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Return)
    write("类型不对")
    press(Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_Return)
    write("这一行重复")
    press(Qt.Key.Key_Return)
    assert rows_of(page).table.hasFocus()
    page.opened.row.send_back.click()
    idle(qtbot, around)

    taken = offices.village.reviewing.take(offices.folder / "退回单.pdf")
    told = [(one.register, one.row_no, one.field, one.reason) for one in taken.points]
    assert told == [("facilities", 1, "kind", "类型不对"), ("facilities", 2, "", "这一行重复")]
    assert all(one.uid and one.title for one in taken.points)
    assert the_one(offices.district).state is SubmissionState.SENT_BACK
    assert (page.opened.uid, page.begun.of(the_one(offices.district).uid)) == ("", Begun())


def test_the_row_in_front_tells_its_whole_content_with_numbers_masked(page: InboxPage) -> None:
    choose_form(page, "persons")
    rows_of(page).table.go_to(1, "mobile")
    assert page.opened.inside._here.text() == "第 1 行 · 林阿土 · 手机号码：138****8117"
    assert "13800008117" not in "".join(rows_of(page).table.payload.texts(["1"])[0].values())


def test_a_whole_form_and_the_whole_return_can_be_sent_back(page: InboxPage) -> None:
    choose_form(page, "shelters")
    assert (page.opened.inside.pick.isHidden(), page.opened.inside.whole.isHidden()) == (True, False)
    page.opened.inside.whole.click()
    write("村里有避灾点")
    page.opened.points.whole.click()
    write("附一张照片")

    assert where(page) == [("shelters", 0, "", "村里有避灾点"), ("", 0, "", "附一张照片")]


def test_a_refused_explanation_becomes_a_point_at_once(page: InboxPage) -> None:
    choose_form(page, "explanations")
    view = page.opened.inside._front
    assert isinstance(view, ExplanationsView)
    assert WORDS in page.opened.inside._here.text()

    page.opened.inside.pick.click()

    (point,) = page.opened.points.points
    assert (point.register, point.field, point.reason) == (view.point.register, view.point.field, view.point.reason)
    assert point.reason
    write("请补报")
    assert page.opened.points.points[0].reason == "请补报"


def test_the_same_place_is_listed_once(page: InboxPage) -> None:
    pick(page, 1, "hours", "没有写星期")
    rows_of(page).table.setFocus()
    page.opened.inside.pick.click()

    assert where(page) == [("facilities", 1, "hours", "没有写星期")]
    assert page.opened.points._lines[0].reason.hasFocus()


def test_a_point_can_be_taken_away_and_leads_back_to_its_place(page: InboxPage) -> None:
    pick(page, 1, "hours", "甲")
    pick(page, 2, "location", "乙")
    choose_form(page, "duties")

    page.opened.points._lines[1].place.click()
    assert (rows_of(page).form.register, rows_of(page).table.here[:2]) == ("facilities", (2, "location"))
    page.opened.points._lines[0].remove.click()

    assert where(page) == [("facilities", 2, "location", "乙")]


def test_nothing_is_sent_without_a_point_or_a_reason_and_the_form_says_so(page: InboxPage, offices: Offices) -> None:
    page.opened.row.send_back.click()
    assert (page.opened.points.words.text(), page.opened.points.words.property("tone")) == (NONE_YET, "wrong")

    pick(page, 1, "hours", "")
    page.opened.row.send_back.click()
    line = page.opened.points._lines[0].reason

    assert (line.property("tone"), line.hasFocus()) == ("wrong", True)
    assert "1 处没有写原因" in page.opened.points.words.text()
    assert the_one(offices.district).state is SubmissionState.RECEIVED


def test_what_was_begun_stays_while_the_reviewer_is_elsewhere_and_after_the_book_was_closed(
    qtbot, page: InboxPage, offices: Offices, around: Surroundings
) -> None:
    pick(page, 1, "hours", "没有写星期")
    page.close_return()
    assert "1 处" in page.answer._list.text()
    look_into(qtbot, page, around)
    assert where(page) == [("facilities", 1, "hours", "没有写星期")]

    page.keep()

    again = inbox(qtbot, offices.district, around)
    again.open_return(the_one(offices.district).uid)
    assert where(again) == [("facilities", 1, "hours", "没有写星期")]
    idle(qtbot, around)


def test_a_list_is_kept_in_the_book_while_it_is_written(qtbot, page: InboxPage, offices: Offices) -> None:
    page.begun._pause.setInterval(1)
    pick(page, 1, "hours", "没有写星期")

    uid = the_one(offices.district).uid
    qtbot.waitUntil(lambda: AnswersBegun(offices.district.store).of(uid).points != ())


@pytest.mark.parametrize("act", ["accept", "send_back"])
def test_points_are_not_lost_when_the_answer_cannot_be_written(
    qtbot, page: InboxPage, offices: Offices, around: Surroundings, said: Said, act: str
) -> None:
    pick(page, 1, "hours", "没有写星期")
    said.answers = [offices.folder / "nowhere" / "单.pdf"]

    getattr(page.opened.row, act).click()
    idle(qtbot, around)

    assert len(said.told) == 1
    assert where(page) == [("facilities", 1, "hours", "没有写星期")]
    assert the_one(offices.district).state is SubmissionState.RECEIVED


def test_accepting_asks_nothing_about_points_and_forgets_them(
    qtbot, page: InboxPage, offices: Offices, around: Surroundings, said: Said
) -> None:
    pick(page, 1, "hours", "没有写星期")
    said.answers = [offices.folder / "回执.pdf"]

    page.opened.row.accept.click()
    idle(qtbot, around)

    one = the_one(offices.district)
    assert (one.state, page.begun.of(one.uid), said.told) == (SubmissionState.ACCEPTED, Begun(), [])
    assert page._front.currentIndex() == 0


def test_rows_are_searched_and_a_point_beyond_the_search_is_shown_again(qtbot, page: InboxPage) -> None:
    rows = rows_of(page)
    page.act("search")
    commit(rows.search, "tss")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(rows.table.payload.found) == 1)
    assert (page.opened.inside._count.text(), rows.table.hasFocus()) == ("找到 1 行，共 2 行", True)
    number = rows.table.here[0]
    other = 3 - number

    rows.go_to(Point("facilities", "", "hours", "", row_no=other))

    assert (rows.search.text(), rows.table.here[:2]) == ("", (other, "hours"))


def test_escape_clears_the_search_before_it_leaves(qtbot, page: InboxPage) -> None:
    rows = rows_of(page)
    rows.search.setFocus()
    commit(rows.search, "tss")
    press(Qt.Key.Key_Escape)
    assert (rows.search.text(), page._front.currentIndex()) == ("", 1)
    press(Qt.Key.Key_Escape)
    assert page._front.currentIndex() == 0


def test_the_pages_are_those_of_the_file_that_came(qtbot, page: InboxPage, around: Surroundings) -> None:
    page.opened.pages.click()
    idle(qtbot, around)
    inside = page.opened.inside
    assert (inside.pages.pages > 1, inside._stack.currentWidget() is inside.pages) == (True, True)

    choose_form(page, "duties")

    assert (page.opened.pages.isChecked(), rows_of(page).form.register) == (False, "duties")


def test_the_card_of_a_return_leads_to_what_is_to_be_corrected(qtbot, offices: Offices, around: Surroundings) -> None:
    made = inbox(qtbot, offices.district, around)
    made.grid.selectRow(next(at for at, one in enumerate(made.grid.lines.lines) if one.key))

    made.answer.row.send_back.click()
    idle(qtbot, around)

    assert made.opened.uid == the_one(offices.district).uid
    assert made.opened.points.words.text() == NONE_YET


def test_enter_on_an_office_that_has_not_sent_opens_nothing(qtbot, offices: Offices, around: Surroundings) -> None:
    made = inbox(qtbot, offices.district, around)
    made.grid.selectRow(next(at for at, one in enumerate(made.grid.lines.lines) if not one.key))

    QTest.keyClick(made.grid, Qt.Key.Key_Return)

    assert (made.opened.uid, made._front.currentIndex(), made.answer.isHidden()) == ("", 0, True)


def test_a_return_that_was_replaced_can_only_be_read(qtbot, offices: Offices, around: Surroundings) -> None:
    with offices.district.store.change("更正") as change:
        change.save(the_one(offices.district).changed(state=SubmissionState.REPLACED))
    made = inbox(qtbot, offices.district, around)
    made.open_return(the_one(offices.district).uid)
    idle(qtbot, around)

    assert (made.opened.row.send_back.isHidden(), made.opened.row.accept.isHidden()) == (True, True)


def test_a_list_that_grows_without_end_is_refused(page: InboxPage) -> None:
    page.opened.points.show_points([Point("", "", str(number), "甲") for number in range(MOST_POINTS)])

    page.opened.inside.whole.click()

    assert page.opened.points.words.text() == ENOUGH
    assert len(page.opened.points.points) == MOST_POINTS


class Counting(Inside):
    """Counts the rows that were put in words."""

    asked = 0

    def texts(self, register: str, numbers: Sequence[int], fields: Sequence[FieldSpec]) -> list[dict[str, str]]:
        self.asked += len(numbers)
        return super().texts(register, numbers, fields)


def test_of_a_large_return_only_rows_in_view_are_put_in_words(qtbot, around: Surroundings) -> None:
    row = row_of(Activity(theme="普法进村"))
    rows = [{**row, "uid": new_uid(), "theme": f"普法进村第{number}次"} for number in range(20_000)]
    payload = {"registers": {"activities": rows}, "nil": {"activities": False}, "explanations": []}
    inside = Counting(Submission(), payload)
    view = InsideView(around)
    qtbot.addWidget(view)
    view.resize(1160, 500)
    view.show()

    view.show_inside(inside)
    view.go_to(inside.point("activities", 19_999, "theme"))
    qtbot.wait(20)

    assert "第19998次" in view._here.text()
    assert 0 < inside.asked < 400


def test_of_very_many_pages_the_reviewer_is_told_that_only_the_first_are_shown(page: InboxPage) -> None:
    page.opened.inside.show_pages([QImage(20, 28, QImage.Format.Format_RGB32)] * MOST_PAGES)
    assert page.opened.inside._count.text() == f"只显示前 {MOST_PAGES} 页。"
    assert not page.opened.inside._foot.isHidden()
