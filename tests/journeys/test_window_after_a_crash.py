"""The program is killed while a form is being filled in; the next start offers what was typed, with the keyboard alone."""

import time
from pathlib import Path

import pytest

from tests.journeys.screen import Screen, can_show, own_screen
from tests.journeys.walking import PASSWORD, closed_book, leave, opened
from ui.compose import open_book
from ui.places import CLERK_PLACES
from ui.shared.drafts import KEEP_EVERY_MS
from xmdesk.records.facility import Facility
from xmdesk.services.desk import Desk
from xmdesk.services.drafts import Drafts

pytestmark = pytest.mark.skipif(not can_show(), reason="needs Xvfb, openbox and xdotool")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A closed, empty book."""
    return closed_book(tmp_path / "book")


def held(book: Path) -> tuple[list[str], int]:
    """Names of the facilities in the closed book, and how many drafts of facilities it holds."""
    desk: Desk = open_book(book, PASSWORD)
    names = [one.name for one in desk.store.all(Facility)]
    count = len(Drafts(desk.store).left_behind("facilities"))
    desk.upkeep.close()
    return names, count


def go_to_facilities(screen: Screen) -> None:
    for _ in range([one.id for one in CLERK_PLACES].index("facilities")):
        screen.keys("ctrl+Next")
        screen.settle()


def test_a_form_is_filled_in_to_the_end_after_the_program_was_killed(book: Path) -> None:
    with own_screen() as screen:
        with opened(book, PASSWORD, screen=screen) as process:
            go_to_facilities(screen)
            screen.keys("ctrl+n")
            screen.settle()
            screen.type("Reading room")
            time.sleep(KEEP_EVERY_MS / 1000 + 2)
            process.kill()
            process.wait(20)
        killed = held(book)
        with opened(book, PASSWORD, screen=screen) as process:
            screen.settle()
            go_to_facilities(screen)
            screen.letters("JZ")
            screen.settle()
            screen.keys("ctrl+s")
            screen.settle()
            leave(screen, process)

    assert killed == ([], 1)
    assert held(book) == (["Reading room"], 0)
    assert screen.clicked == 0
