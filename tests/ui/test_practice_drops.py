"""Files dropped on the practice book: real documents are sent to the real book, and what is taken in counts for nothing."""
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
# What is absent here fails the test by itself, with a clearer word than the type check has.

from datetime import date
from pathlib import Path

import pytest

from tests.journeys.invented import PASSWORD, enrol
from tests.ui.said import Said
from tests.ui.test_dropping import LEDGERS, drop, settle
from tests.ui.test_practice import own_data, practising
from ui.compose import open_book
from ui.start.unlock import Unlock
from ui.window import Window
from xmdesk.periods import Period
from xmdesk.services.desk import Desk

__all__ = ["own_data", "practising"]
QUARTER = Period.parse("2026-Q4")


@pytest.fixture
def letters(desk: Desk, reviewer: Desk, tmp_path: Path) -> dict[str, Path]:
    """A real office's grant, task, return and receipt."""
    enrol(desk, reviewer, tmp_path)
    reviewer.tasks.issue(QUARTER, due_on=date(2026, 12, 31), out=tmp_path)
    sealed = desk.submitting.seal(desk.submitting.draft(QUARTER), tmp_path)
    reviewer.inbox.receive([sealed.path], processes=1)
    reviewer.reviewing.accept(reviewer.inbox.submissions()[0], tmp_path / "回执.pdf")
    task = next(tmp_path.glob("任务_*.pdf"))
    return {
        "开通证书": tmp_path / "开通证书.pdf",
        "采集任务": task,
        "上报表": sealed.path,
        "回执": tmp_path / "回执.pdf",
    }


@pytest.mark.parametrize("kind", ["开通证书", "采集任务", "上报表", "回执"])
def test_a_real_document_is_sent_to_the_real_book(
    qtbot, letters: dict[str, Path], practising: Window, kind: str
) -> None:
    drop(qtbot, practising, letters[kind])
    panel = practising.shell.drop

    assert kind in panel.words.text()
    assert "现在打开的是练习册" in panel.words.text()
    assert "请结束练习，打开本单位的台账，再拖进来" in panel.words.text()
    assert panel.go.text() == "结束练习"
    assert not panel.digits.isVisible()


def test_leaving_practice_leads_to_the_real_book_where_the_document_is_offered_again(
    qtbot, desk: Desk, letters: dict[str, Path], practising: Window, said: Said
) -> None:
    desk.upkeep.close()
    practising.preferring.change(book=str(desk.folder))
    drop(qtbot, practising, letters["回执"])

    practising.shell.drop.go.click()
    settle(qtbot, practising)
    gate = practising.findChild(Unlock)
    real = open_book(desk.folder, PASSWORD)
    practising.open_desk(real)
    qtbot.waitUntil(practising.shell.drop.isVisible)
    settle(qtbot, practising)

    assert gate is not None
    assert "回执" in practising.shell.drop.words.text()
    assert "练习" not in practising.shell.drop.words.text()
    assert practising.shell.drop.go.text() == "继续"
    assert said.told == []


def test_a_ledger_may_be_imported_but_counts_for_nothing(qtbot, practising: Window) -> None:
    drop(qtbot, practising, LEDGERS / "设施台账.xlsx")
    words = practising.shell.drop.words.text()

    practising.shell.drop.go.click()
    settle(qtbot, practising)

    assert "现在打开的是练习册" in words
    assert "都不算数" in words
    assert practising.shell.here == "imports"


def test_a_real_book_says_nothing_of_practice(qtbot, window: Window, desk: Desk) -> None:
    window.open_desk(desk)
    drop(qtbot, window, LEDGERS / "设施台账.xlsx")

    assert "练习" not in window.shell.drop.words.text()
