"""What was begun in 滚动管理 survives a lock, other years and other colours."""

from typing import Any

import pytest

from tests.ui.said import Said
from tests.ui.test_locking import locked_and_unlocked, visit
from tests.ui.typing import commit, type_into
from ui.rolling.page import RollingPage
from ui.shared.fields.field import Field
from ui.window import Window
from xmdesk.records.codes import DutyChange
from xmdesk.services.desk import Desk
from xmdesk.services.rolling import Rolling

DAYS = {"notice_from": "2026.11.1", "notice_to": "2026.11.10", "meeting_on": "十二月"}


@pytest.fixture
def window_next_year(window: Window, desk: Desk, said: Said) -> Window:
    """The window at next year's list, with days typed, a reason and a tick."""
    Rolling(desk).open_year(2027)
    window.open_desk(desk)
    window.show()
    page = rolling(window)
    page.go(2027)
    for name, text in DAYS.items():
        type_into(line(page.final.asking.fields[name]), text)
    page.confirm.verbs[DutyChange.STOPPED].click()
    commit(page.confirm.reason, "道路改")
    page.confirm.table.tick([page.confirm.table.lines.lines[1].key])
    return window


def rolling(window: Window) -> RollingPage:
    page = visit(window, "rolling")
    assert isinstance(page, RollingPage)
    page.refresh()
    return page


def line(field: Field) -> Any:
    return field.focusProxy()


def begun(page: RollingPage) -> tuple[Any, ...]:
    days = [line(page.final.asking.fields[name]).text() for name in DAYS]
    return page.year, days, page.confirm.kind, page.confirm.reason.text(), page.confirm.table.keys


def test_all_of_it_is_there_again_after_a_lock(window_next_year: Window) -> None:
    before = begun(rolling(window_next_year))
    locked_and_unlocked(window_next_year)

    assert begun(rolling(window_next_year)) == before
    assert before[1] == ["2026年11月1日", "2026年11月10日", "十二月"]


def test_what_was_begun_in_another_year_waits_there(window_next_year: Window) -> None:
    page = rolling(window_next_year)
    before = begun(page)
    page.confirm.only_open.setChecked(False)
    page.go(2026)
    elsewhere = (page.confirm.reason.text(), page.confirm.table.keys)
    locked_and_unlocked(window_next_year)
    page = rolling(window_next_year)
    page.go(2027)

    assert elsewhere == ("", [])
    assert begun(page) == before
    assert not page.confirm.only_open.isChecked()


def test_what_was_done_is_begun_no_more(window_next_year: Window, said: Said) -> None:
    page = rolling(window_next_year)
    page.confirm.do.click()
    for name in DAYS:
        page.final.asking.fields[name].fill(None)
    locked_and_unlocked(window_next_year)

    page = rolling(window_next_year)
    assert said.told == []
    assert page.confirm.begun == {}
    assert page.final.begun == {}
