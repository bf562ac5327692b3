"""A clock that cannot be right: what the window says when the book is opened, and when something is sealed."""

from datetime import timedelta

from PySide6.QtWidgets import QLabel, QPushButton

from tests.conftest import NOON
from tests.ui.said import Said
from ui.notice_bar import NoticeBar
from ui.shared.clock_doubt import dated
from ui.window import Window
from xmdesk.clock import frozen
from xmdesk.problems import problem
from xmdesk.services.desk import Desk


def test_an_act_that_dates_something_asks_about_an_odd_clock_and_goes_on(qtbot, desk, around, said: Said) -> None:
    done: list[object] = []
    said.answers = [True]
    with frozen(NOON - timedelta(days=900)):
        dated(desk, around, "密封", lambda _: desk.time.signing_moment(), done.append)
        qtbot.waitUntil(lambda: bool(done))
        assert done == [desk.time.floor()]
    ((heading, question, yes),) = said.told
    assert (heading, yes) == ("本机时间不对", "时间没有错，继续")
    assert "2024年6月6日" in question


def test_who_does_not_trust_the_clock_leaves_everything_as_it_was(qtbot, desk, around, said: Said) -> None:
    done: list[object] = []
    said.answers = [False]
    before = desk.store.audit_head()
    with frozen(NOON - timedelta(days=900)):
        dated(desk, around, "密封", lambda _: desk.time.signing_moment(), done.append)
        qtbot.waitUntil(lambda: bool(said.told) and not around.work.is_busy)
    assert (done, desk.store.audit_head()) == ([], before)


def test_notices_that_were_read_do_not_come_back_with_other_letters(qtbot, window: Window, desk: Desk) -> None:
    desk.upkeep.notices().append(problem("DB-ENDED-BADLY"))
    window.open_desk(desk)
    bar = window.findChild(NoticeBar)
    assert bar is not None
    bar.findChildren(QPushButton)[0].click()

    window.preferring.change(is_dark=True)
    window.preferring.change(is_dark=False)

    assert desk.upkeep.notices() == []
    assert all(one.isHidden() for one in window.findChildren(NoticeBar))


def test_notices_of_opening_stand_above_the_page_until_they_are_read(qtbot) -> None:
    bar = NoticeBar([problem("DB-ENDED-BADLY"), problem("DB-SPACE-LOW", free=120)])
    qtbot.addWidget(bar)
    bar.show()
    words = [one.text() for one in bar.findChildren(QLabel)]
    assert any("没有正常关闭" in one for one in words)
    assert any("120" in one for one in words)
    bar.findChildren(QPushButton)[0].click()
    assert bar.isHidden()
