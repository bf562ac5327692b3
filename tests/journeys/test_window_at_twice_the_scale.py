"""A desktop scaled to 200 % on an office screen of 1366×768: everything stays within the screen and is worked by keys."""

from pathlib import Path

import pytest

from tests.journeys.pointing import BUTTON, TABLE, opened_by_keys
from tests.journeys.screen import can_show, own_screen
from tests.journeys.walking import PASSWORD, closed_book, leave
from ui.compose import open_book
from ui.shared.theme import Theme
from xmdesk.records.facility import Facility

pytestmark = pytest.mark.skipif(not can_show(), reason="needs Xvfb, openbox and xdotool")

SCREEN, ASKED_FOR = (1366, 768), 2


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A closed book with one facility, which has no name."""
    return closed_book(tmp_path / "book", Facility(location="No 88"))


def test_a_problem_is_put_right_where_200_percent_would_leave_no_room(book: Path) -> None:
    with own_screen() as screen:
        screen.environment["QT_SCALE_FACTOR"] = str(ASKED_FOR)
        with opened_by_keys(book, PASSWORD, screen=screen) as hand:
            screen.keys("F5")
            screen.settle()
            hand.find("问题", TABLE)
            screen.keys("F8")
            hand.wait_cursor("设施名称")
            things = hand.things()
            screen.type("Reading room")
            screen.keys("ctrl+s")
            screen.settle()
            leave(screen, hand.process)

    right = max(one.place[0] + one.place[2] for one in things)
    bottom = max(one.place[1] + one.place[3] for one in things)
    names = {one.name for one in things if one.role == BUTTON}
    least = Theme().least_window
    # Places are told in units of the scale in force; the foot of the window reaches to the edge of it at most.
    assert right * 1.2 <= SCREEN[0]
    assert bottom * 1.2 <= SCREEN[1]
    assert (right >= least[0] - 20, bottom >= least[1] - 20) == (True, True)
    assert {"保存", "下一处问题", "写明原因", "撤销 新增设施", "新增设施"} <= names
    with open_book(book, PASSWORD).closing() as desk:
        assert [one.name for one in desk.store.all(Facility)] == ["Reading room"]
