"""A township receives, looks and checks; it is offered nothing that the district alone can do, and told who does it."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from tests.xmdesk.services.stories import Offices, book
from ui.inbox.answering import TOWNSHIP, UNFOUNDED
from ui.inbox.page import InboxPage
from ui.window import Window
from xmdesk.errors import Fault
from xmdesk.services.desk import Desk

DISTRICT_ALONE = ("通过并出回执", "退回", "退回这一处", "退回整张表", "退回整份上报", "下发任务", "生成任务文件")


@pytest.fixture
def town(offices: Offices) -> Iterator[Desk]:
    """An open book of the village's township, enrolled at the district, with the village's return."""
    folder = offices.folder
    made = book(folder / "town", "350212105", "莲花镇人民政府")
    asked = made.enrolling.request(folder / "request.pdf")
    offices.district.enrolling.grant(folder / "request.pdf", fingerprint=asked.fingerprint, out=folder / "grant.pdf")
    made.enrolling.accept(folder / "grant.pdf", root_digits_typed=offices.district.enrolling.root_digits())
    made.inbox.receive([offices.seal().path], compare=False, processes=1)
    yield made
    made.upkeep.close()


def inbox(window: Window, desk: Desk) -> InboxPage:
    window.open_desk(desk)
    assert window.shell is not None
    window.shell.go("inbox")
    page = window.shell.pages["inbox"]
    assert isinstance(page, InboxPage)
    return page


def offered(page: InboxPage) -> list[str]:
    return [one.text() for one in page.findChildren(QPushButton) if one.isVisible()]


def said(page: InboxPage) -> list[str]:
    return [one.text() for one in page.findChildren(QLabel) if one.isVisible()]


def choose_the_one(page: InboxPage) -> None:
    page.grid.selectRow(next(at for at, one in enumerate(page.grid.lines.lines) if one.key))


def test_a_return_is_received_and_its_card_says_who_answers_it(window: Window, town: Desk) -> None:
    page = inbox(window, town)
    choose_the_one(page)

    assert [one.cells[0] for one in page.grid.lines.lines if one.key] == ["已到"]
    assert not set(offered(page)) & set(DISTRICT_ALONE)
    assert TOWNSHIP in said(page)


def test_a_return_that_is_open_can_be_looked_at_and_saved_but_not_answered(qtbot, window: Window, town: Desk) -> None:
    page = inbox(window, town)
    choose_the_one(page)
    page.answer.look.click()
    qtbot.waitUntil(lambda: not window.work.is_at_work, timeout=20_000)

    assert not set(offered(page)) & set(DISTRICT_ALONE)
    assert {"看页面", "原件另存为…"} <= set(offered(page))
    assert page.opened.points.isHidden()
    assert TOWNSHIP in said(page)


def test_a_district_without_its_authority_is_led_to_it(window: Window, reviewer: Desk) -> None:
    page = inbox(window, reviewer)
    before = "下发任务" in offered(page)
    why_not = page._answering.why_not

    reviewer.enrolling.init()
    window.around.changes.announce()

    assert (before, why_not) == (False, UNFOUNDED)
    assert "下发任务" in offered(page)


def test_what_only_an_authority_can_do_is_refused_without_a_word_of_the_command_line(town: Desk) -> None:
    with pytest.raises(Fault) as refused:
        town.holding.receipt_signer()

    assert refused.value.code == "NO-AUTHORITY"
    assert "trust" not in f"{refused.value.happened}{refused.value.to_do}"
    assert "trust init" in str(refused.value.as_json()["to_do"])
