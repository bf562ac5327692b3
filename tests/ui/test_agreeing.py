"""The office head agrees to what was shown, and is told when nothing differs from what was sealed before."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.conftest import NOON
from tests.ui.pages import show_fresh, show_page
from tests.ui.said import Said
from tests.ui.test_returns_page import agree, idle, seal
from tests.ui.test_sending import change
from tests.ui.typing import commit
from ui.returns.page import ReturnsPage
from ui.returns.seal_card import LAPSED
from ui.shared.surroundings import Surroundings
from xmdesk.clock import frozen
from xmdesk.records.submission import Submission, SubmissionState
from xmdesk.sealed.canonical import parse_canonical
from xmdesk.services.approving import Lapse
from xmdesk.services.desk import Desk

pytestmark = pytest.mark.enrolled


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings, said: Said) -> ReturnsPage:
    """The page of an office that may seal."""
    return show_fresh(qtbot, ReturnsPage(desk, around))


def test_the_yes_is_offered_only_after_the_pages_were_shown(qtbot, page: ReturnsPage, around) -> None:
    qtbot.waitUntil(page.isActiveWindow)
    before = (page.seal.yes.isEnabled(), page.seal.look.isVisible(), page.seal._words.text())
    next_step = page.seal.next_step()

    qtbot.keyClick(next_step, Qt.Key.Key_Space)
    idle(qtbot, around)

    assert before == (False, True, "请负责人先点“看页面”，看过要上报的页面，再打勾。")
    assert next_step is page.seal.look
    assert page.pages.pages > 0
    assert not page.seal.look.isVisible()
    qtbot.waitUntil(lambda: page.focusWidget() is page.seal.yes)
    page.refresh()
    assert page.seal.yes.isEnabled()
    assert page.seal._words.text() == "请负责人看过右边的页面，再打勾。"


def test_nothing_can_be_agreed_to_or_sealed_before_the_book_was_looked_at(
    qtbot, desk: Desk, around: Surroundings
) -> None:
    fresh = show_page(qtbot, ReturnsPage(desk, around))

    assert (fresh.seal.seal.isEnabled(), fresh.seal.yes.isEnabled()) == (False, False)


def test_the_window_seals_nothing_that_nobody_agreed_to(qtbot, page: ReturnsPage, desk: Desk, around, said) -> None:
    page.seal.asked.emit("郑小满", "郑建新")
    idle(qtbot, around)

    assert [one[0] for one in said.told] == ["还不能密封"]
    assert desk.store.all(Submission) == []


@pytest.mark.parametrize("line", ["prepared", "approved"])
def test_pages_that_bear_another_name_must_be_shown_before_the_yes(
    qtbot, page: ReturnsPage, around: Surroundings, line: str
) -> None:
    page.preview.click()
    idle(qtbot, around)

    commit(getattr(page.seal, line), "林志远")
    before = (page.seal.yes.isEnabled(), page.seal.look.isVisible())
    agree(qtbot, page, around)

    assert before == (False, True)
    assert page.seal.seal.isEnabled()


@pytest.mark.parametrize("line", ["prepared", "approved"])
def test_a_yes_is_for_the_names_it_was_given_with(qtbot, page: ReturnsPage, around: Surroundings, line: str) -> None:
    agree(qtbot, page, around)
    named = getattr(page.seal, line)
    usual = named.text()

    named.selectAll()
    commit(named, "林志远")
    other = (page.seal.yes.isChecked(), page.seal.seal.isEnabled(), page.seal._words.text())
    named.selectAll()
    commit(named, usual)

    assert other == (False, False, "同意以后又改过姓名，请负责人再看一遍，重新打勾。")
    assert page.seal.seal.isEnabled()


def test_the_preview_above_is_good_for_the_yes_too_and_leaves_the_cursor(qtbot, page: ReturnsPage, around) -> None:
    page.preview.click()
    idle(qtbot, around)

    assert page.seal.yes.isEnabled()
    assert page.focusWidget() is not page.seal.yes


def test_pages_that_are_not_of_today_any_more_must_be_shown_again(qtbot, page: ReturnsPage, desk: Desk, around) -> None:
    page.preview.click()
    idle(qtbot, around)

    change(desk)
    page.refresh()

    assert not page.seal.yes.isEnabled()
    assert page.seal.look.isVisible()


def test_a_yes_that_stands_can_be_sealed_without_looking_again(
    qtbot, desk: Desk, page: ReturnsPage, around: Surroundings
) -> None:
    agree(qtbot, page, around)

    again = ReturnsPage(desk, around)
    qtbot.addWidget(again)
    again.show()
    again.refresh()

    assert again.seal.seal.isEnabled()
    assert not again.seal.look.isVisible()


def test_sealing_the_same_again_is_told_before_it_is_done(qtbot, page: ReturnsPage, desk: Desk, around) -> None:
    seal(qtbot, page, around)
    resting = page.seal._words.text()

    agree(qtbot, page, around)
    told = page.seal._words.text()
    change(desk)
    page.refresh()

    assert resting == "第 1 版已经密封。以后台账再有改动，请负责人看过打勾，密封下一版。"
    assert told == "和第 1 版一模一样，没有改动，不用再密封；确实要再报一版才密封。"
    assert "重新打勾" in page.seal._words.text()


def test_a_change_after_sealing_is_told_as_a_next_version(qtbot, page: ReturnsPage, desk: Desk, around) -> None:
    seal(qtbot, page, around)

    change(desk)
    page.refresh()

    assert page.seal._words.text().startswith("第 1 版密封以后又有改动，要再报一版。请负责人先点“看页面”")


def test_what_changed_is_told_against_the_version_that_was_sealed_or_sent_back(
    qtbot, page: ReturnsPage, desk: Desk, around
) -> None:
    first = page.changes.about.text()
    one = seal(qtbot, page, around)
    after_sealing = page.changes.about.text()
    with desk.store.change("收下退回单") as step:
        step.save(one.changed(state=SubmissionState.SENT_BACK))
    change(desk)
    page.refresh()

    assert first == "还没有密封过的上报可以比，这一份全部算新的。"
    assert after_sealing.startswith("和密封过的2026年第四季度第 1 版相比，")
    assert page.changes.about.text().startswith("和退回的2026年第四季度第 1 版相比，")
    assert [one.labels for one in page.changes._found.lines] == [("工作人员数",)]


def test_a_receipt_that_comes_after_the_yes_asks_for_another_look(
    qtbot, tmp_path: Path, page: ReturnsPage, desk: Desk, reviewer: Desk, around: Surroundings, said: Said
) -> None:
    one = seal(qtbot, page, around)
    reviewer.inbox.receive([page.sending.on_disk(one)], compare=False, processes=1)
    reviewer.reviewing.accept(reviewer.inbox.submissions()[0], tmp_path / "回执.pdf", by="叶美澄")
    change(desk)
    agree(qtbot, page, around)
    before = page.seal.seal.isEnabled()
    said.answers = [tmp_path / "回执.pdf"]

    page.task.asked.emit()
    idle(qtbot, around)
    page.refresh()

    assert before
    assert (page.seal.yes.isChecked(), page.seal.seal.isEnabled(), page.seal.look.isVisible()) == (False, False, True)
    assert page.seal._words.text().startswith("同意以后收到了区里的回执")
    agree(qtbot, page, around)
    assert page.seal.seal.isEnabled()


def test_a_yes_that_stands_is_sealed_days_later_as_of_its_day(qtbot, page: ReturnsPage, desk: Desk, around) -> None:
    agree(qtbot, page, around)

    with frozen(NOON + timedelta(days=4)):
        page.refresh()
        page.seal.seal.click()
        idle(qtbot, around)
        idle(qtbot, around)

    (one,) = desk.store.all(Submission)
    assert parse_canonical(desk.store.blob(one.payload_sha256))["as_of"] == "2026-11-23"


@pytest.mark.parametrize(
    ("moment", "why"),
    [(datetime(2027, 1, 4, 4, tzinfo=UTC), "这一期还没有结束"), (datetime(2026, 11, 20, 4, tzinfo=UTC), "还早")],
)
def test_a_yes_of_a_day_that_cannot_be_sealed_is_asked_for_again(
    qtbot, page: ReturnsPage, around: Surroundings, moment: datetime, why: str
) -> None:
    agree(qtbot, page, around)

    with frozen(moment):
        page.refresh()

        assert not page.seal.seal.isEnabled()
        assert why in page.seal._words.text()


def test_pages_shown_yesterday_are_shown_again_before_the_yes(qtbot, page: ReturnsPage, around) -> None:
    page.preview.click()
    idle(qtbot, around)

    with frozen(NOON + timedelta(days=1)):
        page.refresh()

        assert (page.seal.yes.isEnabled(), page.seal.look.isVisible()) == (False, True)


def test_every_reason_for_which_a_yes_lapses_has_its_words() -> None:
    assert list(LAPSED) == [one.value for one in Lapse]
