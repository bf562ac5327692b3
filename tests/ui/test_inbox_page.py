"""The reviewer's inbox: what was brought is listed by the names people know, also what was not read."""

import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.ui.said import Said
from tests.ui.typing import commit
from tests.xmdesk.services.stories import VILLAGE, Offices, keep, one_of
from ui.inbox.expected import tally
from ui.inbox.page import InboxPage
from ui.shared.surroundings import Surroundings
from ui.window import Window
from xmdesk.periods import Period
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import RosterOffice
from xmdesk.records.submission import Submission, SubmissionState, Verdict
from xmdesk.services import gathering
from xmdesk.services.answers_begun import Begun
from xmdesk.services.desk import Desk


@pytest.fixture
def page(qtbot, reviewer: Desk, around: Surroundings) -> InboxPage:
    reviewer.enrolling.init()
    made = InboxPage(reviewer, around)
    qtbot.addWidget(made)
    return made


def listed(qtbot, page: InboxPage, around: Surroundings, folder: Path) -> list[tuple[str, ...]]:
    """What the list of received files shows after a folder was taken in."""
    page.receive([folder])
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=60_000)
    model = page.results.model()
    columns = range(model.columnCount())
    return [tuple(str(model.index(row, one).data()) for one in columns) for row in range(model.rowCount())]


def test_after_receiving_the_cursor_stands_in_what_came(qtbot, offices: Offices, window: Window) -> None:
    file = offices.seal().path
    window.open_desk(offices.district)
    window.show()
    window.activateWindow()
    assert window.shell is not None
    window.shell.go("inbox")
    page: Any = window.shell.pages["inbox"]
    page.receive([file])
    qtbot.waitUntil(lambda: not window.work.is_busy, timeout=60_000)

    assert window.focusWidget() is page.results


def test_files_beyond_the_quota_stand_first_in_the_list(
    qtbot, page: InboxPage, around: Surroundings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "MOST_FILES", 1)
    said: list[str] = []
    around.changes.changed.connect(said.append)
    stick = tmp_path / "U盘"
    stick.mkdir()
    for name in ("甲.pdf", "乙.pdf"):
        (stick / name).write_bytes(b"hello")

    lines = listed(qtbot, page, around, stick)

    assert [line[0] for line in lines] == ["没有读", "不能接收"]
    assert "还有 1 份没有读。请" in lines[0][3]
    assert "还有 1 份没有读。" in said[-1]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep names as text")
def test_a_name_that_is_no_utf8_is_listed_as_it_was_meant(
    qtbot, page: InboxPage, around: Surroundings, tmp_path: Path
) -> None:
    stick = tmp_path / os.fsdecode("上报件".encode("gbk"))
    stick.mkdir()
    (stick / os.fsdecode("白云村.pdf".encode("gbk"))).write_bytes(b"hello")

    (line,) = listed(qtbot, page, around, stick)

    assert line[1] == "白云村.pdf"


def two_versions(offices: Offices) -> tuple[Submission, Submission]:
    """A return that was accepted, and a later version that waits."""
    offices.receive(offices.seal().path)
    (first,) = offices.district.inbox.submissions()
    offices.district.reviewing.accept(first, offices.folder / "回执.pdf")
    keep(offices.village, one_of(offices.village, Facility, parent="").changed(name="新党群服务中心"))
    offices.receive(offices.seal().path)
    held = next(one for one in offices.district.inbox.submissions() if one.state is SubmissionState.HELD)
    return first, held


def inbox(qtbot, desk: Desk, around: Surroundings) -> InboxPage:
    made = InboxPage(desk, around)
    made.resize(1160, 690)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def expected_lines(page: InboxPage) -> list[tuple[str, ...]]:
    """State, office, township and version of every line."""
    return [one.cells[:4] for one in page.grid.lines.lines]


def offered(page: InboxPage) -> list[str]:
    return [page.period.itemData(place) for place in range(page.period.count())]


def test_only_a_return_that_needs_a_reason_takes_one_into_its_receipt(
    qtbot, offices: Offices, around: Surroundings, said: Said
) -> None:
    first, held = two_versions(offices)
    page = inbox(qtbot, offices.district, around)
    page.answer.show_submission(first.uid)
    assert page.answer.row.note.isHidden()

    page.answer.show_submission(held.uid)
    page.answer.row.accept.click()
    assert (page.answer.row.note.property("tone"), page.answer.row.note.hasFocus()) == ("wrong", True)
    commit(page.answer.row.note, "漏报一处，已核实")
    said.answers = [offices.folder / "回执2.pdf"]
    page.answer.row.accept.click()
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=20_000)

    assert [one.note for one in offices.district.store.all(Verdict)] == ["", "漏报一处，已核实"]
    assert page.begun.of(held.uid) == Begun()


def test_a_version_that_waits_is_listed_also_for_an_office_outside_the_roster(
    qtbot, offices: Offices, around: Surroundings
) -> None:
    two_versions(offices)
    page = inbox(qtbot, offices.district, around)
    listed = [one for one in expected_lines(page) if one[3]]
    assert [(state, version) for state, _, _, version in listed] == [("已通过", "1"), ("待核", "2")]

    roster = offices.district.store.find(RosterOffice, code=VILLAGE)[0]
    with offices.district.store.change("撤并") as change:
        change.save(roster.changed(valid_to=date(2026, 1, 1)))
    page.refresh()

    strangers = [one for one in expected_lines(page) if one[2] == "不在应报名册"]
    assert [(state, version) for state, _, _, version in strangers] == [("已通过", "1"), ("待核", "2")]
    counted = tally(page.grid.lines.lines)
    assert (counted["待核"], "已通过" in counted) == (1, False)


def test_the_choice_of_periods_follows_tasks_and_what_came_in(qtbot, offices: Offices, around: Surroundings) -> None:
    page = inbox(qtbot, offices.district, around)
    assert (offered(page), page.chosen.text) == (["2027Q1", "2026Q4", "2026Q3"], "2026Q4")

    offices.district.tasks.issue(Period("2026-11"), due_on=date(2026, 12, 5), out=offices.folder)
    around.changes.announce()
    assert (offered(page), page.chosen.text) == (["2027Q1", "2026Q4", "2026-11", "2026Q3"], "2026Q4")

    assert inbox(qtbot, offices.district, around).chosen.text == "2026-11"


def test_the_line_in_front_stays_there_when_the_list_is_read_again(
    qtbot, offices: Offices, around: Surroundings
) -> None:
    offices.receive(offices.seal().path)
    page = inbox(qtbot, offices.district, around)
    place = next(at for at, one in enumerate(page.grid.lines.lines) if one.key)
    page.grid.selectRow(place)

    around.changes.announce()

    assert (page.grid.currentIndex().row(), page.answer.isHidden()) == (place, False)
