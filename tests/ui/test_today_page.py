"""Today: what is due with the days left, the month by keyboard, the list on paper, the calendar file, folded troubles."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.conftest import NOON
from tests.ui.said import Said
from tests.ui.slips import slip_taken
from ui.inspections.page import RoundsPage
from ui.returns.page import ReturnsPage
from ui.shared.changes import HEAD
from ui.shared.due import left
from ui.shared.findings import Finding, tally
from ui.shared.surroundings import Surroundings
from ui.shared.words import LineButton
from ui.today.folding import folded
from ui.today.page import TodayPage
from ui.today.reminders import ReminderRow
from ui.window import Window
from xmdesk.clock import frozen
from xmdesk.periods import Period
from xmdesk.problems import Where, problem
from xmdesk.records.codes import InspectionKind, IssueState
from xmdesk.records.duty import Inspection
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import ParkedRow
from xmdesk.records.shelter import Shelter
from xmdesk.records.submission import CollectionTask, CorrectionPoint, Direction, Submission, SubmissionState
from xmdesk.services.desk import Desk
from xmdesk.services.inspecting import Inspecting

TODAY = date(2026, 11, 23)


@pytest.fixture
def repair(desk: Desk) -> Inspection:
    """An open repair that was to be done three days ago."""
    duty = desk.registers.uids("duties")[0]
    facts = {"duty": duty, "at": "2026-11-10", "inspector": "郑小满", "is_normal": False, "finding": "灯不亮"}
    return desk.registers.save(Inspection(**facts, state=IssueState.OPEN, due_on=date(2026, 11, 20)))  # type: ignore[return-value]  # the record given


@pytest.fixture
def page(qtbot, desk: Desk, repair: Inspection, around: Surroundings) -> TodayPage:
    made = TodayPage(desk, around)
    made.resize(1160, 680)
    qtbot.addWidget(made)
    made.show()
    made._look()
    return made


def chips(page: TodayPage) -> list[str]:
    rows = page._due_list.findChildren(ReminderRow)
    return [one.text() for row in rows if row.isVisibleTo(page) for one in row.findChildren(QLabel)]


@pytest.mark.parametrize(
    ("due", "words", "tone"),
    [
        (date(2026, 11, 20), "逾期 3 天", "wrong"),
        (date(2026, 11, 23), "今天", "missing"),
        (date(2026, 11, 28), "还有 5 天", "missing"),
        (date(2026, 12, 23), "还有 30 天", "note"),
    ],
)
def test_days_left_are_said_in_words(due: date, words: str, tone: str) -> None:
    assert left(due, TODAY) == (words, tone)


@pytest.mark.parametrize("further", [False, True], ids=["the list alone", "further cycles"])
def test_today_and_the_rounds_speak_of_the_same_number_of_things(
    qtbot, page: TodayPage, desk: Desk, around, further: bool
) -> None:
    if further:
        with frozen(NOON - timedelta(days=10)):
            Inspecting(desk).set_cycle(
                desk.registers.uids("duties")[:2], InspectionKind.SPECIAL, {"unit": "周", "times": 1}
            )
        page._look()
    rounds = RoundsPage(desk, around)
    qtbot.addWidget(rounds)
    rounds.refresh()

    def heads() -> set[str]:
        return {one.text() for one in page._due_list.findChildren(QLabel) if one.text().startswith("巡查  ")}

    ready = sum(1 for one in rounds.inspecting.due(TODAY) if one.due_on <= TODAY)

    assert ready > 1
    qtbot.waitUntil(lambda: heads() == {f"巡查  {ready}"})
    assert rounds.remark.text() == f"{ready} 项到期"


def test_an_overdue_repair_opens_where_it_is_repaired(qtbot, page: TodayPage, repair: Inspection, around) -> None:
    went: list[tuple[str, str, str]] = []
    around.travel.wanted.connect(lambda *place: went.append(place))
    rows = [one for one in page._due_list.findChildren(LineButton) if "报修" in one.accessibleName()]

    rows[0].click()

    assert went == [("rounds", repair.uid, "state")]
    qtbot.waitUntil(lambda: "逾期 3 天" in chips(page))


def test_rows_that_wait_open_the_list_in_which_they_wait(qtbot, page: TodayPage, desk: Desk, around) -> None:
    with desk.store.change("导入") as change:
        change.save(ParkedRow(register="facilities", row_no=4))
    went: list[tuple[str, str, str]] = []
    around.travel.wanted.connect(lambda *place: went.append(place))
    page._look()

    next(one for one in page._due_list.findChildren(LineButton) if "没有进来" in one.accessibleName()).click()

    assert [place for place, _, _ in went] == ["imports"]


def test_supplies_that_expire_are_found_at_their_line_in_their_shelter(qtbot, window: Window, desk: Desk) -> None:
    lines = [{"item": "棉被", "quantity": "30"}, {"item": "方便面", "quantity": "5", "expires": "2026-12-20"}]
    shelter = Shelter(name="祖厝避灾点", checked_on="2026-05-01", supplies=lines)
    desk.registers.save(shelter)
    window.open_desk(desk)
    shell = window.shell
    assert shell is not None
    shell.go("today")
    today: Any = shell.pages["today"]
    qtbot.waitUntil(lambda: any("方便面" in one.accessibleName() for one in today.findChildren(LineButton)))

    next(one for one in today._due_list.findChildren(LineButton) if "方便面" in one.accessibleName()).click()
    qtbot.wait(50)

    page: Any = shell.pages["shelters"]
    supplies = page.editor.form.fields["supplies"]
    cell = supplies.view.currentIndex()
    assert (shell.here, page.editor.uid) == ("shelters", shelter.uid)
    assert page.model.uid(page.table.currentIndex().row()) == shelter.uid
    assert (cell.row(), supplies.model.specs[cell.column()].name) == (1, "expires")
    assert supplies.isAncestorOf(window.focusWidget())
    assert not supplies.view.visibleRegion().isEmpty()


def test_a_line_about_a_field_comes_without_words_because_its_form_says_them(
    page: TodayPage, desk: Desk, around
) -> None:
    facility = desk.store.all(Facility)[0]
    point = CorrectionPoint(register="facilities", record=facility.uid, reason="整条都核对一遍")
    slip_taken(desk, point)
    told: list[str] = []
    went: list[tuple[str, str, str]] = []
    around.travel.told.connect(told.append)
    around.travel.wanted.connect(lambda *place: went.append(place))
    page._look()

    next(one for one in page._due_list.findChildren(LineButton) if "核对一遍" in one.accessibleName()).click()

    assert (went, told) == ([("facilities", facility.uid, HEAD)], [""])


def test_a_line_sent_back_comes_with_the_words_of_the_reviewer(page: TodayPage, desk: Desk, around) -> None:
    with desk.store.change("收下退回单") as change:
        change.save(CorrectionPoint(register="facilities", label="面积", reason="面积和上期差十倍"))
    told: list[str] = []
    around.travel.told.connect(told.append)
    page._look()

    next(one for one in page._due_list.findChildren(LineButton) if "差十倍" in one.accessibleName()).click()

    assert told == ["区里退回：“面积和上期差十倍”"]


def test_the_month_is_walked_by_keys_and_names_what_is_due(page: TodayPage) -> None:
    month = page.calendar.month
    for _ in range(3):
        QTest.keyClick(month, Qt.Key.Key_Left)
    overdue = month.accessibleName()
    QTest.keyClick(month, Qt.Key.Key_PageDown)

    assert overdue == "月历，2026年11月20日，1项到期"
    assert month.day == date(2026, 12, 20)
    assert page.calendar.box.title.text() == "2026年12月"
    QTest.keyClick(month, Qt.Key.Key_Home)
    assert month.day == TODAY


def test_a_day_under_the_mouse_is_chosen(page: TodayPage, qtbot) -> None:
    month = page.calendar.month
    with qtbot.waitSignal(month.chosen):
        # November 2026 begins on a Sunday: the first full week starts with the 2nd in the second row.
        spot = month.rect().topLeft()
        spot.setX(5)
        spot.setY(month._head() + month._row() + 5)
        QTest.mouseClick(month, Qt.MouseButton.LeftButton, pos=spot)

    assert month.day == date(2026, 11, 2)


def test_the_list_is_written_as_pdf(qtbot, page: TodayPage, around, said: Said, tmp_path: Path) -> None:
    said.answers = [tmp_path / "待办.pdf"]
    page.print_list()
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=20_000)

    assert (tmp_path / "待办.pdf").read_bytes().startswith(b"%PDF")
    assert said.told == []


def test_the_calendar_names_things_and_no_person(qtbot, page: TodayPage, around, said: Said, tmp_path: Path) -> None:
    said.answers = [tmp_path / "待办.ics"]
    page.export_calendar()
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=20_000)

    text = (tmp_path / "待办.ics").read_text("utf-8")
    assert "DTSTART;VALUE=DATE:20261120" in text
    assert "郑小满" not in text


def test_not_choosing_a_file_writes_nothing(page: TodayPage, around, said: Said) -> None:
    said.answers = [None, None]
    page.print_list()
    page.export_calendar()

    assert not around.work.is_busy


def test_the_same_gap_in_many_records_is_one_line() -> None:
    def gap(uid: str, field: str) -> Finding:
        return Finding(problem("C-MISSING", Where("facilities", uid, field, label=field, title=uid), label=field))

    many = [gap(uid, "工作人员数") for uid in "abcd"]
    few = [gap(uid, "面积") for uid in "ab"]

    lines = folded([*many, *few])

    assert [(one.place, one.words) for one in lines] == [
        ("公共服务设施台账", "工作人员数 4 处待填"),
        ("公共服务设施台账 · a", "1 项待填：面积"),
        ("公共服务设施台账 · b", "1 项待填：面积"),
    ]


def test_folded_lines_lead_to_the_first_record(qtbot, page: TodayPage, desk: Desk, around) -> None:
    desk.registers.save_all([Facility(name=f"凉亭{place}", floor_area=Decimal(9)) for place in range(4)], label="凉亭")
    page._look()
    qtbot.waitUntil(lambda: not page._slices.is_running)
    went: list[tuple[str, str, str]] = []
    around.travel.wanted.connect(lambda *place: went.append(place))
    line = next(one for one in page._list.findChildren(LineButton) if "处待填" in one.accessibleName())

    line.click()

    place, uid, field = went[0]
    assert place in ("facilities", "duties", "shelters", "inspections")
    assert desk.registers.get(place, uid) is not None
    assert field


def ask_for(desk: Desk, period: str, due_on: date | None, *, issued_at: str = "2026-11-20T01:00:00Z") -> None:
    """Let the district ask for a return, as a task that was taken in does."""
    facts = {"direction": Direction.RECEIVED, "period": period, "due_on": due_on, "issued_at": issued_at}
    with desk.store.change("收下采集任务") as change:
        change.save(CollectionTask(**facts))


def answer(desk: Desk, period: str, state: SubmissionState) -> None:
    facts = {"direction": Direction.OWN, "period": period, "state": state, "payload_sha256": "0" * 64}
    with desk.store.change("密封") as change:
        change.save(Submission(**facts, version=1, sequence=len(desk.store.all(Submission)) + 1))


def due(page: TodayPage) -> tuple[str, str]:
    page._look()
    return page._due._figure.text(), page._due._words.text()


def test_without_a_task_the_figure_names_this_quarter(page: TodayPage) -> None:
    assert due(page) == ("第四季度", "区里还没有下发任务")


@pytest.mark.parametrize(
    ("period", "due_on", "figure", "words"),
    [
        ("2026-11", date(2026, 12, 5), "还有 12 天", "2026年11月，截止 12月5日"),
        ("2026H2", date(2027, 1, 10), "还有 48 天", "2026年下半年，截止 2027年1月10日"),
        ("2025", date(2026, 11, 20), "逾期 3 天", "2025年度，截止 11月20日"),
        ("2026Q4", date(2026, 11, 23), "今天", "2026年第四季度，截止 11月23日"),
        ("2026Q4", None, "待上报", "2026年第四季度，没有写截止日"),
    ],
)
def test_the_figure_names_the_period_that_was_asked_for(
    page: TodayPage, desk: Desk, period: str, due_on: date | None, figure: str, words: str
) -> None:
    ask_for(desk, period, due_on)

    assert due(page) == (figure, words)


def test_of_several_the_nearest_deadline_is_named_and_the_others_are_counted(page: TodayPage, desk: Desk) -> None:
    ask_for(desk, "2026Q4", date(2027, 1, 10))
    ask_for(desk, "2026-11", date(2026, 12, 5))
    ask_for(desk, "2025", date(2026, 12, 31))

    assert due(page) == ("还有 12 天", "2026年11月，截止 12月5日；另有 2 期")


def test_what_was_sealed_is_not_due_and_what_came_back_is(page: TodayPage, desk: Desk) -> None:
    ask_for(desk, "2026-10", date(2026, 11, 5))
    ask_for(desk, "2026-11", date(2026, 12, 5))
    answer(desk, "2026-10", SubmissionState.SEALED)
    sealed = due(page)
    answer(desk, "2026-10", SubmissionState.SENT_BACK)
    back = due(page)
    answer(desk, "2026-10", SubmissionState.SENT)
    answer(desk, "2026-11", SubmissionState.SENT)

    assert sealed == ("还有 12 天", "2026年11月，截止 12月5日；2026年10月密封好了，还没有送出")
    assert back == ("逾期 18 天", "2026年10月，截止 11月5日；另有 1 期")
    assert due(page) == ("已送出", "2026年11月，等区里答复；另有 1 期没有办完")


@pytest.mark.parametrize(
    ("state", "figure", "words", "tone"),
    [
        (SubmissionState.SEALED, "已密封", "2026年第四季度，还没有送出，请拷到 U 盘送区里", "missing"),
        (SubmissionState.SENT, "已送出", "2026年第四季度，等区里答复", ""),
        (SubmissionState.ACCEPTED, "已通过", "2026年第四季度，区里已收下", "good"),
        (SubmissionState.SENT_BACK, "被退回", "2026年第四季度，照退回单改好，再报一版", "wrong"),
    ],
)
def test_without_a_task_the_figure_says_how_the_return_of_this_quarter_stands(
    page: TodayPage, desk: Desk, state: SubmissionState, figure: str, words: str, tone: str
) -> None:
    answer(desk, "2026Q4", state)

    assert due(page) == (figure, words)
    assert (page._due._figure.property("tone") or "") == tone


def test_the_button_opens_the_return_that_the_figure_speaks_of(page: TodayPage, desk: Desk, around) -> None:
    went: list[tuple[str, str, str]] = []
    around.travel.wanted.connect(lambda *place: went.append(place))
    answer(desk, "2026Q3", SubmissionState.SEALED)
    page._look()

    page._due.act.click()

    assert went == [("returns", "2026Q3", "")]


def test_a_missing_certificate_is_told_and_leads_to_the_settings(page: TodayPage, around) -> None:
    went: list[tuple[str, str, str]] = []
    around.travel.wanted.connect(lambda *place: went.append(place))
    line = next(one for one in page._due_list.findChildren(LineButton) if "还没有开通上报证书" in one.accessibleName())

    line.click()

    assert went == [("settings", "", "certificate")]


def test_the_button_beside_the_figure_opens_that_period(page: TodayPage, desk: Desk, around, qtbot) -> None:
    ask_for(desk, "2026Q4", date(2027, 1, 10))
    returns = ReturnsPage(desk, around)
    qtbot.addWidget(returns)
    before = returns.chosen
    around.travel.wanted.connect(lambda place, uid, _: returns.show_record(uid) if place == "returns" else None)
    ask_for(desk, "2026-11", date(2026, 12, 5))
    page._look()

    page._due.act.click()

    assert (before, returns.chosen) == (Period("2026Q4"), Period("2026-11"))


def test_what_is_counted_is_counted_for_the_period_that_is_named(qtbot, page: TodayPage, desk: Desk) -> None:
    ask_for(desk, "2026-11", date(2026, 12, 5))
    page._look()
    qtbot.waitUntil(lambda: not page._slices.is_running)
    found = tally([Finding(one) for one in desk.checking.all(Period("2026-11"))])

    assert page.counts == {tone: found[tone] for tone in page.counts}
