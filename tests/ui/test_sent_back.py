"""A return that was sent back: the points of its slip are gone to, answered, and in the way of sealing until then."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.ui.pages import show_fresh
from tests.ui.said import Said
from tests.ui.test_returns_page import idle
from ui.returns.page import ReturnsPage
from ui.shared.surroundings import Surroundings
from xmdesk.services.desk import Desk
from xmdesk.services.reviewing import Point

pytestmark = pytest.mark.enrolled


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> ReturnsPage:
    return show_fresh(qtbot, ReturnsPage(desk, around))


@pytest.fixture
def sent_back(qtbot, tmp_path: Path, page: ReturnsPage, desk: Desk, reviewer: Desk, around, said: Said) -> ReturnsPage:
    """A return sent back with two points, the slip taken in."""
    sealed = desk.submitting.seal(desk.submitting.draft(page.chosen), tmp_path)
    reviewer.inbox.receive([sealed.path], compare=False, processes=1)
    (received,) = reviewer.inbox.submissions()
    points = [Point("facilities", "", "floor_area", "面积不对，请重新量", row_no=1), Point("", "", "", "附一张照片")]
    reviewer.reviewing.send_back(received, points, tmp_path / "退回单.pdf", by="叶美澄", note="请尽快")
    said.answers = [tmp_path / "退回单.pdf"]
    page.take.click()
    idle(qtbot, around)
    page.refresh()
    return page


def test_a_slip_becomes_a_list_with_the_reviewers_words(sent_back: ReturnsPage, said: Said) -> None:
    letters = sent_back.letters
    shown = [one.text() for one in letters.findChildren(QLabel)]

    assert said.told == []
    assert "“面积不对，请重新量”" in shown
    assert letters._count.text() == "还有 2 条"
    assert "请尽快" in letters._about.text()
    assert len(letters.points.lines) == 2


def test_while_a_slip_waits_its_answer_is_what_is_to_be_done_now(qtbot, sent_back: ReturnsPage) -> None:
    last = sent_back.stations.marks[-1]
    words, said = last.text(), last.accessibleName()

    last.click()

    focused = sent_back.focusWidget()
    assert focused is not None
    assert words == "7 区里答复（现在做）"
    assert said.endswith("已退回，还有 2 条没有答复")
    assert [one.text() for one in sent_back.stations.marks if "现在做" in one.text()] == [words]
    assert sent_back.letters.isAncestorOf(focused)


def test_a_slip_comes_before_a_later_version_that_lies_sealed(
    sent_back: ReturnsPage, desk: Desk, tmp_path: Path
) -> None:
    desk.submitting.seal(desk.submitting.draft(sent_back.chosen), tmp_path, leaves_points=True)
    sent_back.refresh()

    assert [one.text() for one in sent_back.stations.marks if "现在做" in one.text()] == ["7 区里答复（现在做）"]


def test_enter_on_a_point_goes_to_its_field_where_its_words_stand(qtbot, sent_back: ReturnsPage, around) -> None:
    went: list[tuple[str, str, str]] = []
    told: list[str] = []
    around.travel.wanted.connect(lambda *place: went.append(place))
    around.travel.told.connect(told.append)

    qtbot.keyClick(next(iter(sent_back.letters.points.places.values())), Qt.Key.Key_Return)

    assert (went[0][0], went[0][2]) == ("facilities", "floor_area")
    assert told == [""]


def test_a_point_without_a_record_is_said_above_the_page(qtbot, sent_back: ReturnsPage, around) -> None:
    told: list[str] = []
    around.travel.told.connect(told.append)

    qtbot.keyClick(list(sent_back.letters.points.places.values())[1], Qt.Key.Key_Return)

    assert told == ["区里退回：“附一张照片”"]


def test_one_comes_back_to_the_answer_of_a_point_in_the_return_it_is_about(
    qtbot, sent_back: ReturnsPage, desk: Desk, around
) -> None:
    (_, photo) = desk.reviewing.points()
    about = sent_back.chosen
    sent_back.period.setCurrentIndex((sent_back.period.currentIndex() + 1) % sent_back.period.count())
    qtbot.waitUntil(sent_back.isActiveWindow)

    sent_back.begin()
    sent_back.show_record("", photo.uid)
    sent_back.refresh()

    qtbot.waitUntil(lambda: sent_back.focusWidget() is sent_back.letters.points.lines[photo.uid])
    assert sent_back.chosen == about


def test_a_point_is_answered_and_taken_up_again(qtbot, sent_back: ReturnsPage, desk: Desk) -> None:
    points = sent_back.letters.points
    line = next(iter(points.lines.values()))

    line.setText("量过了，是 620 平方米")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    sent_back.refresh()
    left = sent_back.letters._count.text()
    points.reopened.emit(desk.reviewing.points()[0].uid)
    sent_back.refresh()

    assert left == "还有 1 条"
    assert sent_back.letters._count.text() == "还有 2 条"
    assert "量过了，是 620 平方米" in [one.text() for one in points.lines.values()]


def test_a_return_is_not_sealed_over_open_points_and_leads_to_them(qtbot, sent_back: ReturnsPage, desk: Desk) -> None:
    points, seal_card = sent_back.letters.points, sent_back.seal
    for line in list(points.lines.values())[:1]:
        line.setText("量过了，是 620 平方米")
        qtbot.keyClick(line, Qt.Key.Key_Return)
    sent_back.refresh()
    words, may, way = seal_card._words.text(), seal_card.yes.isEnabled(), seal_card.answer.isVisible()
    qtbot.waitUntil(sent_back.isActiveWindow)
    qtbot.wait(50)

    qtbot.keyClick(seal_card.answer, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: sent_back.focusWidget() in points.lines.values())
    here = sent_back.focusWidget()
    points.lines[desk.reviewing.points(open_only=True)[0].uid].setText("照片已附")
    qtbot.keyClick(here, Qt.Key.Key_Return)
    sent_back.refresh()

    assert (words, may, way) == ("退回单还有 1 条没有答复。", False, True)
    assert here.accessibleName() == "答复：附一张照片"
    assert "退回单" not in seal_card._words.text()
    assert not seal_card.answer.isVisible()


def test_done_is_not_taken_for_a_field_that_is_as_it_was(qtbot, sent_back: ReturnsPage, desk: Desk, said: Said) -> None:
    points = sent_back.letters.points
    (uid, line), *_ = points.lines.items()
    qtbot.waitUntil(sent_back.isActiveWindow)

    qtbot.keyClick(line, Qt.Key.Key_Return)
    asked, here = points._asking[uid].text(), sent_back.focusWidget()
    line.setText("原来就是对的")
    qtbot.keyClick(line, Qt.Key.Key_Return)

    assert asked == "这一处和退回的那一版一样，没有改过。改好再来；不用改的，写一句为什么。"
    assert (here, said.told) == (line, [])
    assert [one.reason for one in desk.reviewing.points(open_only=True)] == ["附一张照片"]
