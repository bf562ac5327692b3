"""Who fills in a return: what was typed stays through a lock and other colours until it is sealed with, and is asked for."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from tests.journeys.invented import PASSWORD
from tests.ui.pages import show_fresh
from tests.ui.test_returns_page import agree, idle
from tests.ui.typing import commit
from ui.compose import open_book
from ui.returns.page import ReturnsPage
from ui.shared.surroundings import Surroundings
from ui.window import Window
from xmdesk.periods import Period
from xmdesk.services.desk import Desk
from xmdesk.services.drafts import Drafts

pytestmark = pytest.mark.enrolled

NAME = "郑小满"


@pytest.fixture
def nameless(desk: Desk) -> Desk:
    """An office that may seal and has written down nobody who fills in."""
    desk.office.save_office(desk.office.office().changed(prepared_by="", signed_off_by="林银杏"))
    return desk


@pytest.fixture
def page(qtbot, nameless: Desk, around: Surroundings) -> ReturnsPage:
    return show_fresh(qtbot, ReturnsPage(nameless, around))


@pytest.fixture
def opened(window: Window, nameless: Desk) -> Iterator[Window]:
    window.open_desk(nameless)
    yield window
    window.work.settle()


def seal_card(qtbot, window: Window) -> Any:
    assert window.shell is not None
    window.shell.go("returns")
    card = window.shell.pages["returns"].seal  # type: ignore[attr-defined]  # the page of returns
    qtbot.waitUntil(lambda: bool(card.approved.text()), timeout=20_000)
    return card


def test_a_typed_name_survives_a_lock(qtbot, opened: Window, nameless: Desk) -> None:
    commit(seal_card(qtbot, opened).prepared, NAME)

    opened.lock()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    opened.open_desk(open_book(nameless.folder, PASSWORD))

    assert seal_card(qtbot, opened).prepared.text() == NAME


def test_a_typed_name_survives_other_colours(qtbot, opened: Window) -> None:
    commit(seal_card(qtbot, opened).prepared, NAME)

    opened.preferring.change(is_dark=True)

    assert seal_card(qtbot, opened).prepared.text() == NAME


def test_a_typed_name_stands_for_its_period_only(page: ReturnsPage) -> None:
    this = page.chosen
    commit(page.seal.prepared, NAME)

    page.period.choose(Period("2027-Q1") if this != Period("2027-Q1") else Period("2026-Q4"))
    other = page.seal.prepared.text()
    page.period.choose(this)

    assert (other, page.seal.prepared.text()) == ("", NAME)


def test_nothing_is_agreed_to_before_somebody_fills_in(qtbot, page: ReturnsPage, around: Surroundings) -> None:
    words = (page.seal._words.text(), page.seal.prepared.asking.text())
    asked = (page.seal.prepared.is_asked, page.seal.next_step())
    agree(qtbot, page, around)
    before = page.seal.yes.isChecked()

    commit(page.seal.prepared, NAME)
    is_shown_again = page.seal.look.isVisible()
    agree(qtbot, page, around)

    assert asked == (True, page.seal.prepared)
    assert words == ("还没有写填表人，写上姓名，再请负责人看页面、打勾。", "印在每张表的表尾，请写上姓名再密封。")
    assert (before, is_shown_again) == (False, True)
    assert page.seal.seal.isEnabled()
    assert not page.seal.prepared.is_asked


def test_once_sealed_with_the_name_is_no_draft_and_stands_for_the_next_version(
    qtbot, page: ReturnsPage, nameless: Desk, around: Surroundings
) -> None:
    commit(page.seal.prepared, NAME)
    agree(qtbot, page, around)
    page.put_down()
    kept = Drafts(nameless.store).left_behind("names")

    page.seal.seal.click()
    idle(qtbot, around)
    idle(qtbot, around)
    page.put_down()
    page.refresh()

    assert kept
    assert page.hand.submission.prepared_by == NAME
    assert Drafts(nameless.store).left_behind("names") == []
    assert page.seal.prepared.text() == NAME
