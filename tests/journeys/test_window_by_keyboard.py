"""A clerk opens her book and works in it with the keyboard alone, in a real window on a real display."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.journeys.screen import Screen, can_show, own_screen
from tests.journeys.walking import PASSWORD, closed_book, leave, opened
from ui.compose import open_book
from ui.places import CLERK_PLACES
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import FieldNote
from xmdesk.services.desk import Desk

pytestmark = pytest.mark.skipif(not can_show(), reason="needs Xvfb, openbox and xdotool")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A closed, empty book."""
    return closed_book(tmp_path / "book")


def facilities(folder: Path) -> list[Facility]:
    """What stands in the book now (waits for the program to let go of it)."""
    desk: Desk = open_book(folder, PASSWORD)
    found = desk.store.all(Facility)
    desk.upkeep.close()
    return found


def add_facility(screen: Screen, name: str, location: str) -> None:
    """Everything by keyboard: new, name, kind by initials, location, save."""
    screen.keys("ctrl+n")
    screen.settle()
    screen.type(name)
    screen.keys("Return")
    screen.type("njsw")
    screen.settle()
    screen.keys("Return")
    screen.settle()
    screen.keys("Return", "Return")
    screen.type(location)
    screen.keys("ctrl+s")
    screen.settle()


@contextmanager
def opened_window(book: Path) -> Iterator[Screen]:
    """The program on a screen of its own with the book unlocked; it is closed by keyboard at the end."""
    with own_screen() as screen, opened(book, PASSWORD, screen=screen) as program:
        yield screen
        leave(screen, program)


def test_a_facility_is_added_without_touching_the_mouse(book: Path) -> None:
    with opened_window(book) as screen:
        for _ in range([one.id for one in CLERK_PLACES].index("facilities")):
            screen.keys("ctrl+Next")
            screen.settle()
        add_facility(screen, "Reading room", "No 88")

    found = facilities(book)
    assert [(one.name, str(one.kind), one.location) for one in found] == [("Reading room", "19", "No 88")]


def test_a_problem_is_found_put_right_noted_and_looked_back_at_by_keyboard(book: Path) -> None:
    with open_book(book, PASSWORD).closing() as desk:
        desk.registers.save(Facility(location="No 88"))

    with opened_window(book) as screen:
        screen.keys("F5")
        screen.settle()
        screen.keys("Return")
        screen.settle()
        screen.type("Reading room")
        screen.keys("shift+F2")
        screen.settle()
        screen.type("ask the accountant")
        screen.keys("Return")
        screen.settle()
        screen.keys("ctrl+g")
        screen.settle()
        screen.type("2020")
        screen.keys("Return")
        screen.settle()
        screen.keys("Delete")
        screen.keys("Escape")
        screen.settle()

    with open_book(book, PASSWORD).closing() as desk:
        assert [(one.name, one.location) for one in desk.store.all(Facility)] == [("Reading room", "No 88")]
        assert [(one.field, one.text) for one in desk.store.all(FieldNote)] == [("name", "ask the accountant")]
