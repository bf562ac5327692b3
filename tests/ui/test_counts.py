"""One number for one thing: what the navigation counts is found on the page, and words count the same everywhere."""

import pytest

from tests.ui.checked import QUARTER, cursor, looked, opened, settled
from ui.registers.page import RegisterPage
from ui.shared.words import LineButton
from ui.shell import Shell
from ui.today.page import TodayPage
from ui.window import Window
from xmdesk.problems import Severity
from xmdesk.records.facility import Facility
from xmdesk.services.desk import Desk
from xmdesk.services.rolling import Rolling


@pytest.fixture
def shell(window: Window, desk: Desk) -> Shell:
    return opened(window, desk)


def test_what_is_counted_for_a_register_as_a_whole_stands_above_its_table(qtbot, shell: Shell, desk: Desk) -> None:
    shell.go("facilities")
    looked(qtbot, shell)
    page = shell.pages["facilities"]
    assert isinstance(page, RegisterPage)
    said_twice = page.whole.isVisible()
    assert shell.check is not None
    shell.check.close()
    found = [one for one in desk.checking.all(QUARTER) if one.where.register == "facilities" and not one.where.uid]
    wanted = [one.text for one in found if one.severity is not Severity.NOTICE]

    line = page.whole.findChildren(LineButton)[-1]
    said_once = page.whole.isVisible()
    line.click()

    assert (said_once, said_twice) == (True, False)
    assert line.accessibleName() == f"整本台账 {len(wanted)} 处：{wanted[0]}"
    assert all(one in line.toolTip() for one in wanted)
    panel = settled(qtbot, shell)
    assert panel.current is not None
    assert panel.current.text == wanted[0]
    assert cursor(shell) is panel.table


def test_a_register_says_nothing_of_itself_once_that_is_explained(qtbot, shell: Shell, desk: Desk) -> None:
    shell.go("facilities")
    for one in desk.checking.all(QUARTER):
        if one.where.register == "facilities" and not one.where.uid and one.severity is Severity.WARNING:
            desk.checking.explain(one, "另有安排")
    looked(qtbot, shell)
    assert shell.check is not None
    shell.check.close()

    page = shell.pages["facilities"]

    assert isinstance(page, RegisterPage)
    assert page.whole.isHidden()


def test_the_same_words_count_the_same_on_today_and_among_the_problems(qtbot, shell: Shell, desk: Desk) -> None:
    desk.registers.save(desk.store.all(Facility)[3].changed(name=""))
    shell.go("today")
    panel = looked(qtbot, shell)
    page = shell.pages["today"]
    assert isinstance(page, TodayPage)
    qtbot.waitUntil(lambda: page.counts["wrong"] == 1, timeout=10_000)

    told = {sort: made.text() for sort, made in panel.sorts.items()}

    assert [told[sort].split()[1] for sort in ("error", "missing", "warning")] == list(map(str, page.counts.values()))


def test_counts_of_trouble_stand_in_line_in_the_navigation(qtbot, shell: Shell) -> None:
    looked(qtbot, shell)
    side = shell.side
    told = [place for place, one in side._troubles.items() if one.isVisible() and side._counts[place].isVisible()]

    ends = {side._troubles[place].geometry().right() for place in told}

    assert {"office", "duties"} <= set(told)
    assert len(ends) == 1


def test_the_list_of_registers_beside_the_problems_does_not_scroll_sideways(qtbot, shell: Shell) -> None:
    panel = looked(qtbot, shell)

    qtbot.waitUntil(lambda: not panel.places.horizontalScrollBar().isVisible())
    assert panel.places.horizontalScrollBar().maximum() == 0


def test_of_the_duties_those_of_the_list_in_force_are_counted(window: Window, desk: Desk) -> None:
    shell = opened(window, desk)
    before = shell.side._counts["duties"].text()

    Rolling(desk).open_year(2027)
    window.around.changes.announce()
    shell.go("duties")

    page = shell.pages["duties"]
    assert isinstance(page, RegisterPage)
    assert shell.side._counts["duties"].text() == before == str(page.model.total)
    assert desk.registers.count("duties") > page.model.total


def test_the_place_in_front_stays_in_view_in_a_low_window(qtbot, window: Window, shell: Shell) -> None:
    shell.go("settings")
    chosen = shell.side._buttons["settings"]
    window.resize(960, 600)

    qtbot.waitUntil(lambda: not chosen.visibleRegion().isEmpty())

    assert chosen.visibleRegion().boundingRect().height() == chosen.height()
