"""Answers of the district to a return that the book does not hold: what they bring back, and what they cannot."""
# pyright: reportAttributeAccessIssue=false
# What is absent here fails the test by itself, with a clearer word than the type check has.

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.ui.said import Said
from tests.ui.test_dropping import drop, opened, settle
from ui.window import Window
from xmdesk.clock import frozen
from xmdesk.periods import Period
from xmdesk.records.base import Record
from xmdesk.records.doings import Training
from xmdesk.records.submission import Direction, Submission, SubmissionState
from xmdesk.services.desk import Desk
from xmdesk.services.holding import REVOCATIONS
from xmdesk.services.reviewing import Point
from xmdesk.services.submitting import Sealed

pytestmark = pytest.mark.enrolled


def received_by(reviewer: Desk, path: Path) -> Submission:
    reviewer.inbox.receive([path], compare=False, processes=1)
    (received,) = reviewer.inbox.submissions()
    return received


def lose(desk: Desk, *records: Record) -> None:
    with desk.store.change("丢了") as change:
        for one in records:
            change.remove(one)


def lost_but_for_its_receipt(desk: Desk, reviewer: Desk, folder: Path, *more: Record) -> Sealed:
    """An accepted return is lost, and more with it; its receipt lies in the folder."""
    sealed = desk.submitting.seal(desk.submitting.draft(Period.parse("2026-Q4")), folder)
    reviewer.reviewing.accept(received_by(reviewer, sealed.path), folder / "回执.pdf", by="叶美澄")
    lose(desk, sealed.submission, *more)
    return sealed


def test_a_receipt_for_a_lost_return_rebuilds_the_book(
    qtbot, window: Window, desk: Desk, reviewer: Desk, tmp_path: Path, said: Said
) -> None:
    lost_but_for_its_receipt(desk, reviewer, tmp_path, *desk.store.all(Training))
    shell = opened(window, desk)
    drop(qtbot, window, tmp_path / "回执.pdf")
    shell.drop.go.click()
    settle(qtbot, window)
    offered = (shell.drop.go.text(), shell.drop.property("tone"))

    shell.drop.go.click()
    settle(qtbot, window)

    assert offered == ("找回台账", "wrong")
    assert said.told == []
    assert desk.store.count(Training) == 1
    (again,) = desk.store.find(Submission, direction=Direction.OWN)
    assert again.state is SubmissionState.ACCEPTED


def test_a_slip_for_a_lost_return_asks_for_the_return_first(
    qtbot, window: Window, desk: Desk, reviewer: Desk, tmp_path: Path, said: Said
) -> None:
    sealed = desk.submitting.seal(desk.submitting.draft(Period.parse("2026-Q4")), tmp_path)
    received = received_by(reviewer, sealed.path)
    points = [Point("facilities", "", "floor_area", "面积不对", row_no=1)]
    reviewer.reviewing.send_back(received, points, tmp_path / "退回单.pdf", by="叶美澄")
    lose(desk, sealed.submission)
    shell = opened(window, desk)
    drop(qtbot, window, tmp_path / "退回单.pdf")
    shell.drop.go.click()
    settle(qtbot, window)
    words, offered = shell.drop.words.text(), shell.drop.go.isVisible()

    for path in (sealed.path, tmp_path / "退回单.pdf"):
        drop(qtbot, window, path)
        shell.drop.go.click()
        settle(qtbot, window)

    assert words.startswith("这是退回单")
    assert "回执" not in words
    assert not offered
    assert said.told == []
    (again,) = desk.store.find(Submission, direction=Direction.OWN)
    assert again.state is SubmissionState.SENT_BACK
    assert shell.here == "returns"


def test_a_return_from_its_receipt_hands_nothing_out_until_its_file_is_back(
    qtbot, window: Window, desk: Desk, reviewer: Desk, tmp_path: Path, said: Said
) -> None:
    sealed = lost_but_for_its_receipt(desk, reviewer, tmp_path)
    shell = opened(window, desk)
    drop(qtbot, window, tmp_path / "回执.pdf")
    for _ in range(2):
        shell.drop.go.click()
        settle(qtbot, window)
    told = shell.drop.words.text()
    shell.go("returns")
    hand = shell.pages["returns"].hand
    acts = (hand.stick, hand.other, hand.paper, hand.pages, hand.place)
    qtbot.waitUntil(lambda: hand.isVisible() and hand.lack.isVisible(), timeout=30_000)
    before = [one.isEnabled() for one in acts]

    drop(qtbot, window, sealed.path)
    shell.drop.go.click()
    settle(qtbot, window)
    qtbot.waitUntil(hand.other.isEnabled, timeout=30_000)
    again = shell.drop.words.text()
    said.answers = [tmp_path / "存"]
    (tmp_path / "存").mkdir()
    hand.other.click()
    settle(qtbot, window)

    assert "原件不在这台电脑上" in told
    assert before == [False] * len(acts)
    assert "原件补上了" in again
    assert not hand.lack.isVisible()
    assert hand.submission.state is SubmissionState.ACCEPTED
    (copied,) = (tmp_path / "存").iterdir()
    assert copied.read_bytes() == sealed.path.read_bytes()
    assert said.told == []


def test_a_rebuilding_that_was_undone_can_be_done_again_from_the_same_receipt(
    qtbot, window: Window, desk: Desk, reviewer: Desk, tmp_path: Path, said: Said
) -> None:
    lost_but_for_its_receipt(desk, reviewer, tmp_path, *desk.store.all(Training))
    shell = opened(window, desk)
    drop(qtbot, window, tmp_path / "回执.pdf")
    for _ in range(2):
        shell.drop.go.click()
        settle(qtbot, window)
    window.act("undo")
    settle(qtbot, window)
    after_undo = desk.store.count(Training)

    drop(qtbot, window, tmp_path / "回执.pdf")
    shell.drop.go.click()
    settle(qtbot, window)
    words, offered = shell.drop.words.text(), shell.drop.go.text()
    shell.drop.go.click()
    settle(qtbot, window)
    again = desk.store.count(Training)
    drop(qtbot, window, tmp_path / "回执.pdf")
    shell.drop.go.click()
    settle(qtbot, window)

    assert after_undo == 0
    assert words.startswith("这份文件已经收过，没有重复收。里面有 1 条现在的台账里没有")
    assert (offered, again) == ("找回台账", 1)
    assert not shell.drop.isVisible()
    assert said.told == []


def test_a_return_of_the_stopped_certificate_is_brought_back_on_a_second_yes(
    qtbot, window: Window, desk: Desk, reviewer: Desk, tmp_path: Path, said: Said
) -> None:
    sealed = desk.submitting.seal(desk.submitting.draft(Period.parse("2026-Q4")), tmp_path)
    reviewer.enrolling.revoke(desk.office.office().code, reason="电脑坏了")
    desk.holding.take_revocations(str(reviewer.office.setting(REVOCATIONS)))
    lose(desk, sealed.submission, *desk.store.all(Training))
    shell = opened(window, desk)
    drop(qtbot, window, sealed.path)
    shell.drop.go.click()
    settle(qtbot, window)
    words, offered, usual = shell.drop.words.text(), shell.drop.go.text(), shell.drop.no.property("role")
    before = desk.store.count(Training)
    shell.drop.go.click()
    settle(qtbot, window)

    assert "停用" in words
    assert "请报送单位" not in words
    assert "有区里回执的" in words
    assert (offered, usual, before) == ("仍然找回", "primary", 0)
    assert desk.store.count(Training) == 1
    assert "由您确认后找回" in shell.drop.words.text()
    assert said.told == []


@pytest.mark.parametrize("days", [3, 90], ids=["just now", "long since"])
def test_a_return_of_an_expired_certificate_says_what_this_office_can_do(
    qtbot, window: Window, desk: Desk, tmp_path: Path, said: Said, days: int
) -> None:
    sealed = desk.submitting.seal(desk.submitting.draft(Period.parse("2026-Q4")), tmp_path)
    lose(desk, sealed.submission, *desk.store.all(Training))
    end = datetime.fromisoformat(desk.enrolling.certificate_facts()["not_after"])
    with frozen(end + timedelta(days=days)):
        shell = opened(window, desk)
        drop(qtbot, window, sealed.path)
        shell.drop.go.click()
        settle(qtbot, window)
        words, offered, usual = shell.drop.words.text(), shell.drop.go.text(), shell.drop.no.property("role")
        before = desk.store.count(Training)
        shell.drop.go.click()
        settle(qtbot, window)

    assert words.startswith(f"签名证书已过期 {days + 1} 天。这份上报件没有被改过，是本单位自己的证书签的")
    assert "请报送单位" not in words
    assert "决定是否接收" not in words
    assert "有区里回执的" in words
    assert (offered, usual, before) == ("仍然找回", "primary", 0)
    assert desk.store.count(Training) == 1
    assert "用过期的证书签的，由您确认后找回" in shell.drop.words.text()
    assert said.told == []


def test_a_return_that_stands_in_the_book_needs_nobody_to_know_it_though_its_certificate_expired(
    qtbot, window: Window, desk: Desk, tmp_path: Path, said: Said
) -> None:
    sealed = desk.submitting.seal(desk.submitting.draft(Period.parse("2026-Q4")), tmp_path)
    end = datetime.fromisoformat(desk.enrolling.certificate_facts()["not_after"])
    with frozen(end + timedelta(days=90)):
        shell = opened(window, desk)
        drop(qtbot, window, sealed.path)
        shell.drop.go.click()
        settle(qtbot, window)

    assert shell.drop.words.text().startswith("找回 0 条")
    assert said.told == []
