"""The reviewer's inbox: what was brought is listed by the names people know, also what was not read."""

import os
import sys
from pathlib import Path

import pytest

from tests.ui.said import Said
from tests.xmdesk.services.stories import fill, found, keep, one_of
from ui.inbox.answer import AnswerPanel
from ui.inbox.page import InboxPage
from ui.shared.surroundings import Surroundings
from xmdesk.records.facility import Facility
from xmdesk.records.submission import SubmissionState, Verdict
from xmdesk.services import gathering
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


def test_only_a_return_that_needs_a_reason_takes_one_into_its_receipt(
    qtbot, noon: object, around: Surroundings, said: Said, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    offices = found(tmp_path)
    fill(offices.village)
    offices.receive(offices.seal().path)
    (first,) = offices.district.inbox.submissions()
    panel = AnswerPanel(offices.district, around)
    qtbot.addWidget(panel)
    panel.show_submission(first.uid)
    panel.reason.setText("退回用的话")
    said.answers = [offices.folder / "回执.pdf"]
    panel.accept.click()
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=20_000)
    assert [one.note for one in offices.district.store.all(Verdict)] == [""]

    keep(offices.village, one_of(offices.village, Facility, parent="").changed(name="新党群服务中心"))
    offices.receive(offices.seal().path)
    held = next(one for one in offices.district.inbox.submissions() if one.state is SubmissionState.HELD)
    panel.show_submission(held.uid)
    panel.accept.click()
    assert said.answers == []
    panel.reason.setText("漏报一处，已核实")
    said.answers = [offices.folder / "回执2.pdf"]
    panel.accept.click()
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=20_000)
    assert [one.note for one in offices.district.store.all(Verdict)] == ["", "漏报一处，已核实"]
    offices.close()
