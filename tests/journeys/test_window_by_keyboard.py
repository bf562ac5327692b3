"""A clerk opens her book and works in it with the keyboard alone, in a real window on a real display."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tests.journeys.invented import CHEAP
from tests.journeys.screen import Screen, can_show, own_screen, running
from ui.compose import create_book, open_book
from ui.places import CLERK_PLACES
from ui.shared.preferences import Preferences, keep_preferences
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import FieldNote
from xmdesk.services.desk import Desk

pytestmark = pytest.mark.skipif(not can_show(), reason="needs Xvfb, openbox and xdotool")

PASSWORD = "banyan tree third stone"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A closed, empty book that is the one opened last."""
    folder = tmp_path / "book"
    about = {"code": "350212105206", "name": "Rongxia", "desk": "clerk", "password": PASSWORD}
    create_book(folder, **about, cost=CHEAP).desk.upkeep.close()
    keep_preferences(Preferences(book=str(folder)))
    return folder


def facilities(folder: Path) -> list[Facility]:
    """What stands in the book now (waits for the program to let go of it)."""
    desk: Desk = open_book(folder, PASSWORD)
    found = desk.store.all(Facility)
    desk.upkeep.close()
    return found


def add_facility(screen: Screen, name: str, location: str) -> None:
    """Everything by keyboard: new, name, kind by initials, location, save."""
    screen.keys("ctrl+n")
    time.sleep(0.5)
    screen.type(name)
    screen.keys("Return")
    screen.type("njsw")
    screen.keys("Return", "Return", "Return")
    screen.type(location)
    screen.keys("ctrl+s")
    time.sleep(0.5)


@contextmanager
def opened_window() -> Iterator[Screen]:
    """The program on a screen of its own with the book unlocked; it is closed by keyboard at the end."""
    with own_screen() as screen:
        command = [sys.executable, "-P", "-m", "ui"]
        environment = {**screen.environment, "XMDESK_DATA": os.environ["XMDESK_DATA"], "PYTHONPATH": str(ROOT)}
        with running(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL) as program:
            screen.wait_for("厦门村居台账")
            time.sleep(1)
            screen.type(PASSWORD)
            screen.keys("Return")
            screen.wait_for("Rongxia")
            time.sleep(1)
            yield screen
            screen.keys("alt+F4")
            program.wait(20)


def test_a_facility_is_added_without_touching_the_mouse(book: Path) -> None:
    with opened_window() as screen:
        for _ in range([one.id for one in CLERK_PLACES].index("facilities")):
            screen.keys("ctrl+Next")
            time.sleep(1)
        add_facility(screen, "Reading room", "No 88")

    found = facilities(book)
    assert [(one.name, str(one.kind), one.location) for one in found] == [("Reading room", "19", "No 88")]


def test_a_problem_is_found_put_right_noted_and_looked_back_at_by_keyboard(book: Path) -> None:
    with open_book(book, PASSWORD).closing() as desk:
        desk.registers.save(Facility(location="No 88"))

    with opened_window() as screen:
        screen.keys("F5")
        time.sleep(2)
        screen.keys("Return")
        time.sleep(2)
        screen.type("Reading room")
        screen.keys("shift+F2")
        time.sleep(1)
        screen.type("ask the accountant")
        screen.keys("Return")
        time.sleep(1)
        screen.keys("ctrl+g")
        time.sleep(1)
        screen.type("2020")
        screen.keys("Return")
        time.sleep(1)
        screen.keys("Delete")
        screen.keys("Escape")
        time.sleep(1)

    with open_book(book, PASSWORD).closing() as desk:
        assert [(one.name, one.location) for one in desk.store.all(Facility)] == [("Reading room", "No 88")]
        assert [(one.field, one.text) for one in desk.store.all(FieldNote)] == [("name", "ask the accountant")]
