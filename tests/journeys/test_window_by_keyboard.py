"""A clerk opens her book and adds a facility with the keyboard alone, in a real window on a real display."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tests.journeys.invented import CHEAP
from tests.journeys.screen import Screen, can_show, own_screen, running
from ui.compose import create_book, open_book
from ui.places import CLERK_PLACES
from ui.shared.preferences import Preferences, keep_preferences
from xmdesk.records.facility import Facility
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


def test_a_facility_is_added_without_touching_the_mouse(book: Path) -> None:
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
            for _ in range([one.id for one in CLERK_PLACES].index("facilities")):
                screen.keys("ctrl+Next")
                time.sleep(1)
            add_facility(screen, "Reading room", "No 88")
            screen.keys("alt+F4")
            program.wait(20)

    found = facilities(book)
    assert [(one.name, str(one.kind), one.location) for one in found] == [("Reading room", "19", "No 88")]
