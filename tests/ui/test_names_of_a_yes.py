"""Whose names stand in the card of the yes once the yes holds no more: what was typed on purpose stays, all else follows the office."""

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from tests.journeys.invented import PASSWORD, enrol
from tests.journeys.tour import settle, visit
from tests.ui.pages import show_fresh
from tests.ui.test_returns_page import agree, seal
from tests.ui.test_sending import change
from tests.ui.typing import commit
from ui.compose import open_book
from ui.returns.name_line import NameLine
from ui.returns.page import ReturnsPage
from ui.shared.surroundings import Surroundings
from xmdesk.periods import Period
from xmdesk.records.submission import Submission
from xmdesk.sealed.canonical import parse_canonical
from xmdesk.services.desk import Desk

BEFORE, AFTER, DEPUTY = "郑建新", "叶美澄", "林志远"


@pytest.fixture
def page(qtbot, tmp_path: Path, desk: Desk, reviewer: Desk, around: Surroundings) -> ReturnsPage:
    """The page of an office that may seal."""
    enrol(desk, reviewer, tmp_path)
    return show_fresh(qtbot, ReturnsPage(desk, around))


def name(desk: Desk, **people: str) -> None:
    """Let 单位信息 name other people, as its page does."""
    desk.office.save_office(desk.office.office().changed(**people))


def retype(line: NameLine, text: str) -> None:
    line.selectAll()
    commit(line, text)


def sealed_approval(desk: Desk) -> dict[str, str]:
    one = max(desk.store.all(Submission), key=lambda one: one.version)
    return parse_canonical(desk.store.blob(one.payload_sha256))["approval"]


@pytest.mark.parametrize(("field", "line"), [("signed_off_by", "approved"), ("prepared_by", "prepared")])
def test_another_person_in_the_office_stands_in_the_card_and_in_what_is_sealed(
    qtbot, page: ReturnsPage, desk: Desk, around: Surroundings, field: str, line: str
) -> None:
    agree(qtbot, page, around)

    name(desk, **{field: AFTER})
    page.refresh()
    shown, words = getattr(page.seal, line).text(), page.seal._words.text()
    is_sealable = page.seal.seal.isEnabled()
    seal(qtbot, page, around)

    assert (shown, is_sealable) == (AFTER, False)
    assert words == "同意以后内容又改过，请负责人再看一遍，重新打勾。"
    assert sealed_approval(desk)[field] == AFTER


def test_who_looks_over_a_return_is_whom_the_office_names_when_it_is_sealed(
    qtbot, page: ReturnsPage, desk: Desk, around: Surroundings
) -> None:
    name(desk, reviewed_by=DEPUTY)
    agree(qtbot, page, around)

    name(desk, reviewed_by=AFTER)
    page.refresh()
    is_sealable = page.seal.seal.isEnabled()
    seal(qtbot, page, around)

    assert not is_sealable
    assert sealed_approval(desk)["reviewed_by"] == AFTER


@pytest.mark.parametrize("why", ["rows", "office"])
def test_who_signs_in_place_of_the_head_stays_whatever_lets_the_yes_lapse(
    qtbot, page: ReturnsPage, desk: Desk, around: Surroundings, why: str
) -> None:
    retype(page.seal.approved, DEPUTY)
    agree(qtbot, page, around)

    if why == "rows":
        change(desk)
    else:
        name(desk, signed_off_by=AFTER)
    page.refresh()
    shown = page.seal.approved.text()
    seal(qtbot, page, around)

    assert shown == DEPUTY
    assert sealed_approval(desk)["signed_off_by"] == DEPUTY
    assert page.seal.approved.text() == (AFTER if why == "office" else BEFORE)


def test_who_signs_in_place_of_the_head_stays_when_the_program_ends_at_once(
    qtbot, page: ReturnsPage, desk: Desk, around: Surroundings
) -> None:
    retype(page.seal.approved, DEPUTY)
    agree(qtbot, page, around)

    again = show_fresh(qtbot, ReturnsPage(desk, around))
    with_yes = (again.seal.approved.text(), again.seal.seal.isEnabled())
    change(desk)
    again.refresh()

    assert with_yes == (DEPUTY, True)
    assert (again.seal.approved.text(), again.seal.seal.isEnabled()) == (DEPUTY, False)


def test_a_name_typed_and_typed_back_follows_the_office(
    qtbot, page: ReturnsPage, desk: Desk, around: Surroundings
) -> None:
    retype(page.seal.approved, DEPUTY)
    retype(page.seal.approved, BEFORE)
    agree(qtbot, page, around)

    name(desk, signed_off_by=AFTER)
    page.refresh()

    assert page.seal.texts == {}
    assert page.seal.approved.text() == AFTER


def test_a_name_typed_before_the_office_named_the_same_person_follows_the_office_from_then(
    page: ReturnsPage, desk: Desk
) -> None:
    retype(page.seal.approved, AFTER)
    name(desk, signed_off_by=AFTER)
    page.refresh()

    name(desk, signed_off_by=DEPUTY)
    page.refresh()

    assert page.seal.approved.text() == DEPUTY


def test_a_name_typed_for_one_period_is_that_of_no_other(page: ReturnsPage, desk: Desk) -> None:
    this = page.chosen
    retype(page.seal.approved, DEPUTY)
    name(desk, signed_off_by=AFTER)

    page.period.choose(Period("2027-Q1") if this != Period("2027-Q1") else Period("2026-Q4"))
    other = page.seal.approved.text()
    page.period.choose(this)

    assert (other, page.seal.approved.text()) == (AFTER, DEPUTY)


@pytest.mark.parametrize(("line", "whose"), [("approved", "负责人"), ("prepared", "填表人")])
def test_a_name_that_is_not_the_one_of_the_office_is_told_below(
    page: ReturnsPage, desk: Desk, line: str, whose: str
) -> None:
    one = getattr(page.seal, line)
    usual, before = one.text(), one.beside.isVisible()

    retype(one, DEPUTY)
    told = (one.beside.isVisible(), one.beside.text())
    retype(one, usual)

    assert not before
    assert told == (True, f"单位信息里的{whose}是{usual}。")
    assert not one.beside.isVisible()


def test_after_a_lock_the_new_head_stands_in_the_pages(
    qtbot, window, desk: Desk, reviewer: Desk, tmp_path: Path
) -> None:
    enrol(desk, reviewer, tmp_path)
    window.open_desk(desk)
    settle(window)
    page: Any = visit(window, "returns")
    page.seal.look.click()
    settle(window)
    page.seal.yes.click()
    settle(window)
    name(desk, signed_off_by=AFTER)

    window.lock()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    again = open_book(desk.folder, PASSWORD)
    window.open_desk(again)
    settle(window)
    page = visit(window, "returns")
    for press in (page.seal.look, page.seal.yes, page.seal.seal):
        press.click()
        settle(window)
    settle(window)

    assert sealed_approval(again)["signed_off_by"] == AFTER
    with pypdfium2.PdfDocument(page.sending.on_disk(page.hand.submission)) as document:
        printed = "".join(page.get_textpage().get_text_range() for page in document)
    assert AFTER in printed
    assert f"负责人{BEFORE}" not in "".join(printed.split())
