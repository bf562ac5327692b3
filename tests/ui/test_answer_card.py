"""The card below the lists follows the book: what was replaced meanwhile is not accepted, and what is not listed not answered."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.said import Said
from tests.ui.typing import commit
from tests.xmdesk.services.stories import Offices, keep, one_of
from ui.inbox.page import InboxPage
from ui.window import Window
from xmdesk.records.facility import Facility
from xmdesk.records.submission import Submission, SubmissionState, Verdict


@pytest.fixture
def page(qtbot, offices: Offices, window: Window) -> InboxPage:
    """The inbox in the real window; its district has received nothing yet."""
    window.open_desk(offices.district)
    assert window.shell is not None
    window.shell.go("inbox")
    made = window.shell.pages["inbox"]
    assert isinstance(made, InboxPage)
    return made


def bring(qtbot, window: Window, page: InboxPage, said: Said, *files: Path) -> None:
    """Choose files by the button."""
    said.answers = [list(files)]
    page._files.click()
    idle(qtbot, window)


def idle(qtbot, window: Window) -> None:
    qtbot.waitUntil(lambda: not window.work.is_at_work, timeout=30_000)


def next_version(offices: Offices, name: str = "新党群服务中心") -> Path:
    keep(offices.village, one_of(offices.village, Facility, parent="").changed(name=name))
    return offices.seal().path


def version(offices: Offices, number: int) -> Submission:
    (found,) = (one for one in offices.district.inbox.submissions() if one.version == number)
    return found


def standing(offices: Offices) -> dict[int, SubmissionState]:
    return {one.version: one.state for one in offices.district.inbox.submissions()}


def in_front(page: InboxPage) -> str:
    """The return on the card, as it names it; nothing while there is no card."""
    return page.answer._title.text() if page.answer.isVisible() else ""


def choose_office(page: InboxPage) -> None:
    """The first office that has sent, among those that owe."""
    page._tabs[0].click()
    page.grid.selectRow(next(at for at, one in enumerate(page.grid.lines.lines) if one.key))


def test_a_version_that_was_replaced_leaves_the_card_with_its_line(
    qtbot, window: Window, page: InboxPage, offices: Offices, said: Said
) -> None:
    bring(qtbot, window, page, said, offices.seal().path)
    page.results.setFocus()
    QTest.keyClick(page.results, Qt.Key.Key_Down)
    before = in_front(page)

    bring(qtbot, window, page, said, next_version(offices))

    assert before.endswith("第 1 版")
    assert in_front(page) == ""
    assert standing(offices) == {1: SubmissionState.REPLACED, 2: SubmissionState.RECEIVED}


def test_a_version_that_is_replaced_behind_the_card_can_no_longer_be_accepted(
    qtbot, window: Window, page: InboxPage, offices: Offices, said: Said
) -> None:
    first, second = offices.seal().path, next_version(offices)
    bring(qtbot, window, page, said, first)
    page.results.selectRow(0)
    offices.receive(second)

    said.answers = [offices.folder / "回执.pdf"]
    page.answer.row.accept.click()
    idle(qtbot, window)

    assert [one[0] for one in said.told] == ["已经有了结论"]
    assert not (offices.folder / "回执.pdf").exists()
    assert standing(offices) == {1: SubmissionState.REPLACED, 2: SubmissionState.RECEIVED}


def test_the_card_shows_at_once_what_became_of_its_return(
    qtbot, window: Window, page: InboxPage, offices: Offices, said: Said
) -> None:
    bring(qtbot, window, page, said, offices.seal().path)
    page.results.selectRow(0)
    offices.receive(next_version(offices))

    window.around.changes.announce()

    assert page.answer._facts.text().startswith("已被更正。")
    assert page.answer.row.accept.isHidden()
    assert page.answer.row.send_back.isHidden()


def test_the_card_goes_with_the_period(qtbot, window: Window, page: InboxPage, offices: Offices, said: Said) -> None:
    bring(qtbot, window, page, said, offices.seal().path)
    page.results.selectRow(0)
    shown = in_front(page)

    page.period.setCurrentIndex((page.period.currentIndex() + 1) % page.period.count())
    page._tabs[0].click()

    assert shown
    assert in_front(page) == ""


def test_each_list_has_its_own_line_in_front(
    qtbot, window: Window, page: InboxPage, offices: Offices, said: Said
) -> None:
    bring(qtbot, window, page, said, offices.seal().path, next_version(offices))
    page.results.selectRow([one.key for one in page.results.lines.lines].index(version(offices, 1).uid))
    old = in_front(page)
    choose_office(page)
    new = in_front(page)

    page._tabs[1].click()

    assert (old[-4:], new[-4:]) == (" 1 版", " 2 版")
    assert in_front(page) == old


def test_a_reason_that_is_being_written_outlives_what_happens_elsewhere(
    qtbot, window: Window, page: InboxPage, offices: Offices, said: Said
) -> None:
    bring(qtbot, window, page, said, offices.seal().path)
    offices.district.reviewing.accept(version(offices, 1), offices.folder / "回执.pdf")
    bring(qtbot, window, page, said, next_version(offices))
    page.results.selectRow(0)
    commit(page.answer.row.note, "漏报一处")
    page.answer.row.note.setCursorPosition(2)

    window.around.changes.announce()

    assert (page.answer.row.note.text(), page.answer.row.note.cursorPosition()) == ("漏报一处", 2)
    assert in_front(page).endswith("第 2 版")


def test_an_open_return_that_is_replaced_offers_no_answer(
    qtbot, window: Window, page: InboxPage, offices: Offices, said: Said
) -> None:
    bring(qtbot, window, page, said, offices.seal().path)
    page.open_return(version(offices, 1).uid)
    idle(qtbot, window)
    offices.receive(next_version(offices))

    window.around.changes.announce()

    assert page.opened._state.text() == "已被更正"
    assert page.opened.row.accept.isHidden()


def another_first(offices: Offices) -> Path:
    """Another first version of the same office, as a second computer or a restored backup seals it."""
    return offices.sealed_anyhow(version=1, sequence=1, replaces="", previous_sha256="", as_of="2026-11-22")


def test_an_accepted_version_gives_way_to_another_of_its_number_only_for_a_written_reason(
    qtbot, window: Window, page: InboxPage, offices: Offices, said: Said
) -> None:
    bring(qtbot, window, page, said, offices.seal().path)
    accepted = version(offices, 1)
    offices.district.reviewing.accept(accepted, offices.folder / "回执.pdf")
    bring(qtbot, window, page, said, another_first(offices))
    page.results.selectRow(0)
    asked = page.answer.row.note.placeholderText()
    page.answer.row.accept.click()  # nobody is asked for a file
    is_told = page.answer.row.note.property("tone")
    untouched = offices.district.store.get(Submission, accepted.uid)

    commit(page.answer.row.note, "电话问明，以这一份为准")
    said.answers = [offices.folder / "回执2.pdf"]
    page.answer.row.accept.click()
    idle(qtbot, window)

    assert (page.answer.row.note.isHidden(), is_told) == (True, "wrong")
    assert asked == "通过要写明理由：另一份第 1 版已经通过，会被这一版替换"
    assert untouched is not None
    assert untouched.state is SubmissionState.ACCEPTED
    assert [one.note for one in offices.district.store.all(Verdict)] == ["", "电话问明，以这一份为准"]


def test_a_version_that_waits_wants_a_reason_from_the_moment_another_is_accepted(
    qtbot, window: Window, page: InboxPage, offices: Offices, said: Said
) -> None:
    bring(qtbot, window, page, said, offices.seal().path)
    bring(qtbot, window, page, said, another_first(offices))
    page.results.selectRow(0)
    before = page.answer.row.note.isVisible()

    first = next(one for one in offices.district.inbox.submissions() if one.is_effective)
    offices.district.reviewing.accept(first, offices.folder / "回执.pdf")
    window.around.changes.announce()

    assert (before, page.answer.row.note.isVisible()) == (False, True)


def test_an_accepted_return_offers_its_receipt_once_more_in_a_quiet_voice(
    qtbot, window: Window, page: InboxPage, offices: Offices, said: Said
) -> None:
    bring(qtbot, window, page, said, offices.seal().path)
    page.results.selectRow(0)
    row = page.answer.row
    before = (row.accept.text(), row.accept.property("role"))
    for name in ("回执.pdf", "回执2.pdf"):
        said.answers = [offices.folder / name]
        row.accept.click()
        idle(qtbot, window)

    (number,) = (one.number for one in offices.district.store.all(Verdict))
    assert [name.rpartition("_")[2] for name in said.suggested] == [f"{number}.pdf"] * 2
    assert before == ("通过并出回执", "primary")
    assert (row.accept.text(), row.accept.property("role")) == ("再出一份回执", "quiet")
    assert len(offices.district.store.all(Verdict)) == 1
    assert offices.village.reviewing.take(offices.folder / "回执2.pdf").applied
    page.answer.look.click()
    idle(qtbot, window)
    assert page.opened.row.accept.property("role") == "quiet"
