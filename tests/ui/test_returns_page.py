"""A return on its page: forms, nil answers, the real pages, sealing, and receiving it at the district's inbox."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QPushButton

from tests.journeys.invented import enrol
from tests.ui.pages import show_fresh
from tests.ui.said import Said
from ui.inbox.page import InboxPage
from ui.returns.page import ReturnsPage
from ui.shared.surroundings import Surroundings
from ui.shared.theme import Theme, dress
from xmdesk.clock import frozen
from xmdesk.periods import Period
from xmdesk.records.submission import CollectionTask, Direction, Submission
from xmdesk.services.desk import Desk
from xmdesk.services.rolling import Rolling


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> ReturnsPage:
    return show_fresh(qtbot, ReturnsPage(desk, around))


def idle(qtbot, around: Surroundings) -> None:
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=60_000)


def agree(qtbot, page: ReturnsPage, around: Surroundings) -> None:
    """Let the office head look at the pages and agree."""
    page.refresh()
    if page.seal.look.isVisible():
        page.seal.look.click()
        idle(qtbot, around)
    page.seal.yes.click()
    page.refresh()


def seal(qtbot, page: ReturnsPage, around: Surroundings) -> Submission:
    """Let the office head agree and seal."""
    agree(qtbot, page, around)
    page.seal.seal.click()
    idle(qtbot, around)
    idle(qtbot, around)
    page.refresh()
    return page.hand.submission


def ask_for(desk: Desk, period: str, due_on: date) -> None:
    """Let the district ask for a return, as a task that was taken in does."""
    with desk.store.change("收下采集任务") as change:
        change.save(
            CollectionTask(direction=Direction.RECEIVED, period=period, due_on=due_on, issued_at="2026-11-20T04:00:00Z")
        )


def test_a_missing_certificate_is_told_above_everything_and_leads_to_the_settings(page: ReturnsPage, around) -> None:
    went: list[tuple[str, str, str]] = []
    around.travel.wanted.connect(lambda *place: went.append(place))

    page.enrol.yes.click()

    assert page.enrol.isVisible()
    assert "还没有开通上报证书" in page.enrol.words.text()
    assert went == [("settings", "", "certificate")]


def test_with_a_certificate_nothing_is_said_about_it(
    page: ReturnsPage, desk: Desk, reviewer: Desk, tmp_path: Path
) -> None:
    enrol(desk, reviewer, tmp_path)

    page.refresh()

    assert not page.enrol.isVisible()
    assert "证书" not in page.seal._words.text()


def test_the_practice_book_seals_without_a_word_of_certificates(
    qtbot, page: ReturnsPage, desk: Desk, around: Surroundings
) -> None:
    desk.office.set_setting("practice", True, label="练习")
    page.refresh()
    asked = page.enrol.isVisible()

    sealed = seal(qtbot, page, around)

    assert not asked
    assert sealed.file_name.startswith("练习上报_")


def test_with_large_letters_the_cards_are_as_wide_as_they_need_and_the_pages_give_way(
    qtbot, qapp, desk: Desk, around: Surroundings
) -> None:
    dress(qapp, Theme(percent=150))
    page = ReturnsPage(desk, around)
    page.resize(960, 640)
    qtbot.addWidget(page)
    page.show()
    page._agree("郑小满", "叶美澄")
    page.refresh()
    qtbot.waitUntil(lambda: page._left.minimumWidth() > page.width() * 2 // 3)
    wanted = page._left.widget().minimumSizeHint().width()

    assert page._left.viewport().width() >= wanted


def test_a_task_for_a_month_puts_that_month_in_front(qtbot, desk: Desk, around) -> None:
    ask_for(desk, "2026-11", date(2026, 12, 5))

    page = ReturnsPage(desk, around)
    qtbot.addWidget(page)

    assert page.chosen == Period("2026-11")


def test_in_january_the_year_just_ended_can_be_reported(qtbot, desk: Desk, around, noon) -> None:
    with frozen(noon.replace(year=2027, month=1, day=5)):
        page = ReturnsPage(desk, around)
        qtbot.addWidget(page)

    assert page.period.findData("2026") >= 0


def test_a_task_that_comes_later_is_offered_and_leaves_the_period_in_front(page: ReturnsPage, desk: Desk) -> None:
    before = page.chosen
    ask_for(desk, "2026H2", date(2027, 1, 10))

    page._soon()

    assert page.chosen == before
    assert page.period.findData("2026H2") >= 0


def test_a_reminder_of_a_return_opens_its_period(page: ReturnsPage, desk: Desk) -> None:
    ask_for(desk, "2026-10", date(2026, 11, 25))

    page.show_record("2026-10")

    assert page.chosen == Period("2026-10")


def test_sealing_waits_for_a_certificate(page: ReturnsPage) -> None:
    assert not page.seal.seal.isEnabled()
    assert "开通上报证书" in page.seal._words.text()


def test_an_empty_form_needs_an_explicit_answer(qtbot, reviewer: Desk, around) -> None:
    page = ReturnsPage(reviewer, around)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    before = page.seal._words.text()

    page.forms.answered.emit("trainings", True)
    page.refresh()

    assert "没有回答是不是零报告" in before
    states = {one.name: one for one in reviewer.submitting.forms(page.chosen)}
    assert states["trainings"].nil is True


def test_a_list_that_was_not_opened_is_offered_to_be_opened_and_not_as_nil(
    qtbot, desk: Desk, around: Surroundings
) -> None:
    went: list[tuple[str, str, str]] = []
    around.travel.wanted.connect(lambda *place: went.append(place))
    with frozen(datetime(2027, 3, 29, 4, tzinfo=UTC)):
        page = show_fresh(qtbot, ReturnsPage(desk, around))
        boxes = [one.accessibleName() for one in page.forms.findChildren(QCheckBox)]
        (opening,) = [one for one in page.forms.findChildren(QPushButton) if one.text() == "去打开"]
        opening.click()
        Rolling(desk).open_year(2027)
        page.refresh()

    assert page.chosen == Period("2027Q1")
    assert "巡查报修记录：零报告" in boxes
    assert "管护责任清单：零报告" not in boxes
    assert went == [("rolling", "2027", "")]
    assert not [one for one in page.forms.findChildren(QPushButton) if one.text() == "去打开" and one.isVisible()]


def test_a_yes_that_is_refused_leaves_no_tick(page: ReturnsPage, said: Said) -> None:
    page.seal.yes.setEnabled(True)
    page.seal.yes.setChecked(True)

    page._agree("郑小满", " ")

    assert [one[0] for one in said.told] == ["还没有写负责人"]
    assert not page.seal.yes.isChecked()


def test_an_arrow_points_to_the_step_that_is_next(page: ReturnsPage, around: Surroundings) -> None:
    around.icons.wake()
    page.refresh()

    arrow = [around.icons.get("on", tone).cacheKey() for tone in ("text", "missing")]
    pointed = [one.text() for one in page.stations.marks if one.icon().cacheKey() in arrow]
    assert pointed == [one.text() for one in page.stations.marks if "现在做" in one.text()]
    assert len(pointed) == 1


def test_the_preview_shows_the_real_pages(qtbot, page: ReturnsPage, around) -> None:
    page.preview.click()
    idle(qtbot, around)

    assert page.pages.pages >= 2


def test_a_problem_leads_to_its_field(page: ReturnsPage, around) -> None:
    went: list[tuple[str, str, str]] = []
    around.travel.wanted.connect(lambda *place: went.append(place))

    page.problems._rows.itemAt(0).widget().click()  # type: ignore[union-attr]  # the first line

    assert went
    assert went[0][2]


def test_a_sealed_return_is_received_in_words(
    qtbot, tmp_path: Path, page: ReturnsPage, desk: Desk, reviewer: Desk, around, said: Said
) -> None:
    enrol(desk, reviewer, tmp_path)
    sealed = seal(qtbot, page, around)
    path = page.sending.on_disk(sealed)
    inbox = InboxPage(reviewer, around)
    qtbot.addWidget(inbox)

    inbox.receive([path])
    idle(qtbot, around)

    assert said.told == []
    assert path.parent.name == "上报件"
    assert "已密封" in page.hand._said.text()
    received = inbox.results.lines.lines
    assert [line.cells[0] for line in received] in (["已接收"], ["已接收，有提示"])
    assert any(line.cells[0] == "已到" for line in inbox.grid.lines.lines)


def test_a_strange_file_is_refused_with_its_own_sentence(qtbot, tmp_path: Path, reviewer: Desk, around) -> None:
    reviewer.enrolling.init()
    strange = tmp_path / "上报.pdf"
    strange.write_bytes(b"%PDF-1.7 nothing")
    inbox = InboxPage(reviewer, around)
    qtbot.addWidget(inbox)

    inbox.receive([strange])
    idle(qtbot, around)

    line = inbox.results.lines.lines[0]
    assert line.cells[0] == "不能接收"
    assert line.tone == "wrong"
    assert len(line.cells[3]) > 8


def test_every_office_of_the_district_is_expected(qtbot, reviewer: Desk, around) -> None:
    inbox = InboxPage(reviewer, around)
    qtbot.addWidget(inbox)

    lines = inbox.grid.lines.lines

    assert len(lines) == len(reviewer.tasks.roster()) > 0
    assert {line.cells[0] for line in lines} == {"未到"}


def test_a_task_is_issued_with_the_last_day_of_the_period(
    qtbot, tmp_path: Path, reviewer: Desk, around, said: Said
) -> None:
    reviewer.enrolling.init()
    inbox = InboxPage(reviewer, around)
    qtbot.addWidget(inbox)
    said.answers = [tmp_path]

    inbox._task.click()
    inbox.issue._confirm()
    idle(qtbot, around)

    assert reviewer.tasks.due_on(inbox.chosen) == inbox.chosen.last
    assert len(list(tmp_path.glob("任务_*.pdf"))) == 1


def test_consolidation_says_how_many_of_how_many(qtbot, tmp_path: Path, reviewer: Desk, around, said: Said) -> None:
    words: list[str] = []
    around.changes.changed.connect(words.append)
    inbox = InboxPage(reviewer, around)
    qtbot.addWidget(inbox)
    said.answers = [tmp_path / "汇总.xlsx"]

    inbox._sum.click()
    idle(qtbot, around)

    assert said.told == []
    assert (tmp_path / "汇总.xlsx").exists()
    assert words[-1].startswith(f"已汇总：应报 {len(reviewer.tasks.roster())}，实报 0")


def test_pages_are_as_wide_as_their_view_and_follow_it(qtbot, page: ReturnsPage, around) -> None:
    page.preview.click()
    idle(qtbot, around)
    qtbot.waitUntil(page.pages._labels[0].isVisible)
    before = page.pages._labels[0].pixmap().width()

    page.resize(1400, 680)

    qtbot.waitUntil(lambda: page.pages._labels[0].pixmap().width() > before)
    assert before > 300


def test_the_pages_take_the_whole_width_to_be_read_and_a_station_leads_back(
    qtbot, page: ReturnsPage, around: Surroundings
) -> None:
    before = page.enlarging.button.isVisible()
    page.preview.click()
    idle(qtbot, around)
    narrow = page.pages.width()
    page.enlarging.button.click()
    qtbot.waitUntil(lambda: page.pages.width() > narrow)
    wide = page.pages.width()
    QTest.keyClick(page.enlarging.button, Qt.Key.Key_Escape)
    after_escape = page._left.isVisible()
    page.enlarging.button.click()
    page.hide()
    page.show()
    after_coming_back = page._left.isVisible()
    page.enlarging.button.click()
    page.stations.asked.emit(3)

    assert not before
    assert after_escape
    assert after_coming_back
    assert wide > page.width() - 20
    assert page._left.isVisible()
    assert page.enlarging.button.text() == "放大看"
