"""A return whose file was written and never recorded: told when the book is opened, and brought in without being called sent."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from tests.journeys.invented import enrol
from tests.journeys.tour import settle, shell_of, visit
from tests.ui.said import Said
from tests.ui.test_dropping import drop
from tests.ui.test_sending import change
from ui.notice_bar import NoticeBar
from ui.window import Window
from xmdesk.files import make_folder
from xmdesk.jobs import Silent
from xmdesk.periods import Period
from xmdesk.records.submission import Direction, Submission, SubmissionState
from xmdesk.services.desk import Desk
from xmdesk.services.handing import Handing
from xmdesk.services.submitting import sealed_folder
from xmdesk.services.unrecorded import ASIDE

PERIOD = Period.parse("2026-Q4")


@pytest.fixture
def lost(desk: Desk, reviewer: Desk, tmp_path: Path) -> str:
    """A first version was handed over; the computer went off when the second was written. Returns the name of its file."""
    enrol(desk, reviewer, tmp_path)
    make_folder(sealed_folder(desk))
    (tmp_path / "KINGSTON").mkdir()
    first = desk.submitting.seal(desk.submitting.draft(PERIOD), sealed_folder(desk)).submission
    first = Handing(desk.store).copy(first, tmp_path / "KINGSTON", Silent())
    change(desk)
    second = desk.submitting.seal(desk.submitting.draft(PERIOD), sealed_folder(desk))
    with desk.store.change("断电") as step:
        step.remove(second.submission)
        step.save(first)
    return second.path.name


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_opening_the_book_moves_it_aside_and_says_so(window: Window, desk: Desk, lost: str) -> None:
    before = {one.name for one in sealed_folder(desk).glob("*.pdf")}

    window.open_desk(desk)
    settle(window)

    told = words(window.findChildren(NoticeBar)[-1])
    assert {one.name for one in sealed_folder(desk).glob("*.pdf")} == before - {lost}
    assert [one.name for one in (sealed_folder(desk) / ASIDE).iterdir()] == [f"{lost}.没有记下"]
    assert "有1份写好了、没有记下，已移到“上报件”里的“没有记下的”文件夹，不要送出。" in told
    window.preferring.change(is_dark=True)
    settle(window)
    assert words(window.findChildren(NoticeBar)[-1]) == told


def test_brought_in_it_is_sealed_until_it_is_carried(
    qtbot, window: Window, desk: Desk, lost: str, tmp_path: Path, said: Said
) -> None:
    window.open_desk(desk)
    settle(window)

    drop(qtbot, window, sealed_folder(desk) / ASIDE / f"{lost}.没有记下")
    settle(window)
    shell_of(window).drop.go.click()
    settle(window)
    told = shell_of(window).drop.words.text()
    page: Any = visit(window, "returns")
    settle(window)
    shown = (page.hand.submission.version, page.hand.state.text(), [one.state for one in both(desk)])
    today = words(visit(window, "today"))
    sent = Handing(desk.store).copy(page.hand.submission, tmp_path / "KINGSTON", Silent())

    assert "第2版按“已密封”记下了，有没有送给区里，单凭文件看不出来。" in told
    assert shown == (2, "已密封", [SubmissionState.SENT, SubmissionState.SEALED])
    assert page.hand.stick.isEnabled()
    assert "已送出" not in today
    assert (sent.state, sent.file_name) == (SubmissionState.SENT, lost)
    assert [one.state for one in both(desk)] == [SubmissionState.REPLACED, SubmissionState.SENT]
    assert said.told == []


def both(desk: Desk) -> list[Submission]:
    return sorted(desk.store.find(Submission, direction=Direction.OWN), key=lambda one: one.version)
