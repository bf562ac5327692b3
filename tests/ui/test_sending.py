"""A sealed return on its page: yes, stick, paper, answer, and every return before."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.ui.said import Said
from tests.ui.test_returns_page import agree, idle, seal
from ui.returns.page import ReturnsPage
from ui.shared.sticks import Stick
from ui.shared.surroundings import Surroundings
from xmdesk.records.submission import Submission, SubmissionState
from xmdesk.services.desk import Desk

pytestmark = pytest.mark.enrolled


@pytest.fixture
def page(qtbot, tmp_path: Path, desk: Desk, around: Surroundings) -> ReturnsPage:
    """The page of an office that may seal, with one stick plugged in."""
    made = ReturnsPage(desk, around)
    made.resize(1160, 680)
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    (tmp_path / "KINGSTON").mkdir()
    made.hand.stick._find = lambda: [Stick(tmp_path / "KINGSTON", "KINGSTON", 1 << 30)]
    return made


def change(desk: Desk) -> None:
    (one,) = desk.registers.rows("facilities", desk.registers.uids("facilities")[:1])
    desk.registers.save(one.changed(staff_count=9))


def tones(page: ReturnsPage) -> list[str]:
    page.refresh()
    return [str(one.property("tone") or "") for one in page.stations.marks]


def test_sealing_waits_for_the_office_heads_yes(qtbot, page: ReturnsPage, around) -> None:
    before = page.seal.seal.isEnabled()

    agree(qtbot, page, around)

    assert not before
    assert page.seal.seal.isEnabled()
    assert "2026年11月23日 12:00" in page.seal.yes.text()


def test_a_yes_without_a_name_is_not_taken(qtbot, page: ReturnsPage, around) -> None:
    page.preview.click()
    idle(qtbot, around)
    page.seal.approved.clear()

    page.seal.yes.click()

    assert not page.seal.yes.isChecked()
    assert page.seal.approved.property("tone") == "wrong"
    assert page.seal._words.text() == "请先填写单位负责人的姓名，再打勾。"


def test_the_yes_lapses_when_something_changed(qtbot, page: ReturnsPage, desk: Desk, around) -> None:
    agree(qtbot, page, around)
    change(desk)

    page.refresh()

    assert not page.seal.yes.isChecked()
    assert "再看一遍" in page.seal._words.text()
    assert not page.seal.seal.isEnabled()


def test_another_name_needs_another_yes(qtbot, page: ReturnsPage, around) -> None:
    agree(qtbot, page, around)

    page.seal.approved.selectAll()
    qtbot.keyClicks(page.seal.approved, "X")

    assert not page.seal.seal.isEnabled()


def test_a_sealed_return_goes_to_the_stick_and_says_when_it_may_be_pulled(
    qtbot, tmp_path: Path, page: ReturnsPage, desk: Desk, around, said: Said
) -> None:
    one = seal(qtbot, page, around)

    page.hand.stick.setFocus()
    qtbot.keyClick(page.hand.stick, Qt.Key.Key_Space)
    idle(qtbot, around)
    page.refresh()

    assert said.told == []
    assert "现在可以拔出 U 盘" in page.hand._said.text()
    assert (tmp_path / "KINGSTON" / one.file_name).read_bytes() == desk.store.blob(one.file_sha256)
    assert page.hand.state.text() == "已送出"
    assert tones(page)[3:6] == ["good", "good", ""]


def test_a_pulled_stick_is_said_in_place(qtbot, tmp_path: Path, page: ReturnsPage, around, said: Said) -> None:
    seal(qtbot, page, around)
    (tmp_path / "KINGSTON").rmdir()

    page.hand.stick.click()
    idle(qtbot, around)

    assert said.told == []
    assert page.hand._banner.property("tone") == "wrong"
    assert "U 盘被拔掉了" in page.hand._said.text()
    assert tones(page)[4] == ""


def test_without_a_stick_another_folder_is_offered(qtbot, tmp_path: Path, page, around, said: Said) -> None:
    one = seal(qtbot, page, around)
    page.hand.stick._find = list
    page.hand.stick.click()
    words = page.hand._said.text()
    said.answers = [tmp_path]

    page.hand.other.click()
    idle(qtbot, around)

    assert "没有看到 U 盘" in words
    assert (tmp_path / one.file_name).exists()


def test_a_folder_of_this_computer_is_no_stick_and_nothing_was_handed_over(
    qtbot, tmp_path: Path, page: ReturnsPage, desk: Desk, around, said: Said
) -> None:
    one = seal(qtbot, page, around)
    (tmp_path / "文稿").mkdir()
    said.answers = [tmp_path / "文稿"]

    page.hand.other.click()
    idle(qtbot, around)
    page.refresh()

    kept = desk.store.get(Submission, one.uid)
    assert page.hand._said.text().startswith("已存到“文稿”，读回核对无误。")
    assert "拔出" not in page.hand._said.text()
    assert (page.hand.state.text(), tones(page)[4]) == ("已密封", "")
    assert kept is not None
    assert (kept.state, kept.sent_at) == (SubmissionState.SEALED, "")


def test_a_folder_on_a_stick_counts_as_the_stick(qtbot, tmp_path: Path, page: ReturnsPage, around, said: Said) -> None:
    one = seal(qtbot, page, around)
    (tmp_path / "KINGSTON" / "四季度").mkdir()
    said.answers = [tmp_path / "KINGSTON" / "四季度"]

    page.hand.other.click()
    idle(qtbot, around)
    page.refresh()

    assert (tmp_path / "KINGSTON" / "四季度" / one.file_name).exists()
    assert page.hand._said.text().startswith("已拷到 KINGSTON")
    assert tones(page)[4] == "good"


def test_after_the_districts_yes_nothing_is_to_be_done_now(qtbot, page: ReturnsPage, desk: Desk, around) -> None:
    one = seal(qtbot, page, around)
    with desk.store.change("收下回执") as change:
        change.save(one.changed(state=SubmissionState.ACCEPTED))
    page.refresh()

    assert not [mark.text() for mark in page.stations.marks if "现在做" in mark.text()]
    assert tones(page)[4:] == ["good", "", "good"]


def test_printing_is_kept_and_can_be_ticked_by_hand(qtbot, page: ReturnsPage, desk: Desk, around, said: Said) -> None:
    one = seal(qtbot, page, around)
    said.answers = [False, True]
    page.hand.paper.click()
    page.refresh()
    refused = page.hand.is_printed.isChecked()

    page.hand.paper.click()
    page.refresh()
    printed = page.hand.is_printed.isChecked()
    page.hand.is_printed.click()
    kept = desk.store.get(Submission, one.uid)

    assert (refused, printed) == (False, True)
    assert kept is not None
    assert not kept.printed_at


def test_what_was_sealed_is_still_there_after_a_restart(qtbot, page: ReturnsPage, desk: Desk, around) -> None:
    one = seal(qtbot, page, around)

    again = ReturnsPage(desk, around)
    qtbot.addWidget(again)
    again.show()
    again.refresh()

    assert again.hand.submission.uid == one.uid
    assert one.short_code in again.hand.about.text()
    assert again.hand.isVisible()


def test_every_return_is_listed_and_can_be_brought_to_the_front(
    qtbot, tmp_path: Path, page: ReturnsPage, desk: Desk, around
) -> None:
    first = seal(qtbot, page, around)
    change(desk)
    second = desk.submitting.seal(desk.submitting.draft(page.chosen), tmp_path).submission
    page.refresh()
    states = [line.cells[1:3] for line in page.hand.list.lines.lines]

    page.hand.list.selectRow(1)

    assert states == [("第 2 版", "已密封"), ("第 1 版", "已被更正")]
    assert page.hand.submission.uid == first.uid != second.uid


def test_an_older_version_is_not_handed_over_in_the_words_of_the_newest(
    qtbot, tmp_path: Path, page: ReturnsPage, desk: Desk, around, said: Said
) -> None:
    seal(qtbot, page, around)
    change(desk)
    desk.submitting.seal(desk.submitting.draft(page.chosen), tmp_path)
    page.refresh()
    told: list[tuple[str, str]] = []
    said.answers = [True, tmp_path]
    for row in (1, 0):
        page.hand.list.selectRow(row)
        for act in (page.hand.stick, page.hand.paper, page.hand.other) if row else (page.hand.stick,):
            act.click()
            idle(qtbot, around)
            told.append((page.hand._said.text(), str(page.hand._banner.property("tone"))))

    assert [tone for _, tone in told] == ["missing"] * 3 + ["good"]
    assert told[0][0].startswith("已拷到 KINGSTON，读回核对无误。不过这是旧的第 1 版，最新的是第 2 版")
    assert told[3][0] == "已拷到 KINGSTON，读回核对无误。现在可以拔出 U 盘。"


def test_an_answer_of_the_district_stands_among_the_stations(
    qtbot, tmp_path: Path, page: ReturnsPage, desk: Desk, reviewer: Desk, around
) -> None:
    one = seal(qtbot, page, around)
    reviewer.inbox.receive([page.sending.on_disk(one)], compare=False, processes=1)
    (received,) = reviewer.inbox.submissions()
    reviewer.reviewing.accept(received, tmp_path / "回执.pdf", by="叶美澄")
    desk.reviewing.take(tmp_path / "回执.pdf")

    page.refresh()

    assert page.hand.submission.state is SubmissionState.ACCEPTED
    assert tones(page)[-1] == "good"
    assert "回执" in page.hand.about.text()
    stations = [
        one.text() for one in page.hand.findChildren(QLabel) if "负责人同意" in one.text() or "回执：" in one.text()
    ]
    assert [one.partition("   ")[0] for one in stations] == ["2026年11月23日 12:00"] * 2


def test_changes_since_the_accepted_return_lead_to_their_records(
    qtbot, tmp_path: Path, page: ReturnsPage, desk: Desk, reviewer: Desk, around
) -> None:
    one = seal(qtbot, page, around)
    first = page.changes.about.text()
    reviewer.inbox.receive([page.sending.on_disk(one)], compare=False, processes=1)
    (received,) = reviewer.inbox.submissions()
    reviewer.reviewing.accept(received, tmp_path / "回执.pdf", by="叶美澄")
    desk.reviewing.take(tmp_path / "回执.pdf")
    known = desk.registers.rows("facilities", desk.registers.uids("facilities"))
    desk.registers.save_all([each.changed(staff_count=9) for each in known], label="改人数")
    went: list[tuple[str, str, str]] = []
    around.travel.wanted.connect(lambda *place: went.append(place))

    page.refresh()
    shown = page.changes._rows.count()
    page.changes.more.click()
    page.changes._rows.itemAt(0).widget().click()  # type: ignore[union-attr]  # the first line

    assert first.startswith("和密封过的")
    assert (shown, page.changes._rows.count()) == (6, len(known))
    assert went[0][:2] == ("facilities", known[0].uid)


def here(page: ReturnsPage) -> list[int]:
    """Which stations are marked as the one to go to now."""
    page.refresh()
    return [place for place, one in enumerate(page.stations.marks, 1) if one.property("current") == "yes"]


def test_open_warnings_are_amber_and_the_step_to_be_done_now_is_marked(qtbot, page: ReturnsPage, around) -> None:
    before, tone = here(page), page.stations.marks[1].property("tone")
    words = page.stations.marks[1].text()

    seal(qtbot, page, around)

    assert (before, tone, words) == ([2], "missing", "2 处理问题（现在做）")
    assert here(page) == [5]
    assert page.stations.marks[1].text() == "2 处理问题"


def test_each_station_leads_to_its_card(qtbot, page: ReturnsPage) -> None:
    for place, card in enumerate((page.forms, page.problems, page.changes, page.seal, page.seal)):
        page.stations.marks[place].click()
        focused = page.focusWidget()
        assert focused is not None
        assert focused is card or card.isAncestorOf(focused)


def test_a_locked_stick_is_refused_with_its_switch(qtbot, tmp_path: Path, page: ReturnsPage, around) -> None:
    seal(qtbot, page, around)
    page.hand.stick._find = lambda: [Stick(tmp_path / "KINGSTON", "KINGSTON", 1 << 30, is_locked=True)]

    page.hand.stick.click()
    idle(qtbot, around)

    assert "写保护开关" in page.hand._said.text()
    assert list((tmp_path / "KINGSTON").iterdir()) == []
    assert page.hand.submission.state is SubmissionState.SEALED
