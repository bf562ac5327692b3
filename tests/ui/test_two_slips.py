"""Two slips about one return: both lists are shown in whichever order they are dropped, and each has a name of its own."""
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
# What is absent here fails the test by itself, with a clearer word than the type check has.

from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import NOON
from tests.ui.pages import show_page
from tests.ui.said import Said
from tests.ui.test_dropping import drop, opened, settle
from ui.inbox.page import InboxPage
from ui.shared.surroundings import Surroundings
from ui.window import Window
from xmdesk.clock import frozen
from xmdesk.periods import Period
from xmdesk.services.answers_begun import Begun
from xmdesk.services.desk import Desk
from xmdesk.services.reviewing import Point

pytestmark = pytest.mark.enrolled

QUARTER = Period.parse("2026-Q4")


@pytest.fixture
def sealed(desk: Desk, reviewer: Desk, tmp_path: Path) -> Desk:
    """The district's book, with a return in it."""
    path = desk.submitting.seal(desk.submitting.draft(QUARTER), tmp_path).path
    reviewer.inbox.receive([path], compare=False, processes=1)
    return reviewer


def slip(reviewer: Desk, out: Path, point: Point, *, minutes: int) -> Path:
    with frozen(NOON + timedelta(minutes=minutes)):
        return reviewer.reviewing.send_back(reviewer.inbox.submissions()[0], [point], out, by="叶美澄")


def test_a_slip_that_comes_after_a_newer_one_still_brings_its_points(
    qtbot, window: Window, desk: Desk, sealed: Desk, tmp_path: Path, said: Said
) -> None:
    first = slip(sealed, tmp_path / "1.pdf", Point("facilities", "", "floor_area", "面积不对", row_no=1), minutes=5)
    second = slip(sealed, tmp_path / "2.pdf", Point("facilities", "", "location", "地址要写全", row_no=2), minutes=50)
    shell = opened(window, desk)
    with frozen(NOON + timedelta(hours=2)):
        for path in (second, first):
            drop(qtbot, window, path)
            shell.drop.go.click()
            settle(qtbot, window)

    letters = shell.pages["returns"].letters
    qtbot.waitUntil(lambda: letters._count.text() == "还有 2 条", timeout=20_000)
    assert len(letters.points.lines) == 2
    assert [one.rpartition("-")[2] for one in letters._about.text().splitlines()] == ["0002", "0001"]
    assert said.told == []


def test_every_slip_is_offered_under_a_name_of_its_own(
    qtbot, sealed: Desk, around: Surroundings, said: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = show_page(qtbot, InboxPage(sealed, around))
    offered: list[str] = []

    def choose(title: str, suggested: str, pattern: str) -> Path:
        offered.append(suggested)
        return tmp_path / suggested

    monkeypatch.setattr(said, "save_file", choose)
    for _ in range(2):
        one = sealed.inbox.submissions()[0]
        page.begun.put(one.uid, Begun((Point("", "", "", "附一张照片"),)))
        page._answering.send_back(one)
        qtbot.waitUntil(lambda: not around.work.is_busy, timeout=20_000)

    assert offered == [
        "退回单_350212105206_2026Q4_第1版_350212-20261123-0001.pdf",
        "退回单_350212105206_2026Q4_第1版_350212-20261123-0002.pdf",
    ]
