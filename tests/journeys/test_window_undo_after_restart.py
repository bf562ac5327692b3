"""An import is taken back after the program was closed and opened again, with the keyboard alone, in a real window."""

import shutil
from pathlib import Path

import pytest

from tests.journeys.invented import CHEAP
from tests.journeys.screen import can_show, own_screen
from tests.journeys.terminal import LEDGERS
from tests.journeys.walking import PASSWORD, leave, opened
from ui.compose import create_book, open_book
from xmdesk.services.desk import Desk

pytestmark = pytest.mark.skipif(not can_show(), reason="needs Xvfb, openbox and xdotool")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A closed book into which nothing was imported yet."""
    folder = tmp_path / "book"
    create_book(folder, code="350212105206", name="Rongxia", password=PASSWORD, cost=CHEAP).desk.upkeep.close()
    return folder


def counted(book: Path) -> tuple[int, list[bool]]:
    """Facilities in the closed book, and for each import whether it was taken back."""
    desk: Desk = open_book(book, PASSWORD)
    found = desk.registers.count("facilities"), [bool(one.undone_at) for one in desk.importing.batches()]
    desk.upkeep.close()
    return found


def test_an_import_is_taken_back_after_a_restart(book: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.xlsx"
    shutil.copy(LEDGERS / "设施台账.xlsx", ledger)
    with own_screen() as screen:
        with opened(book, PASSWORD, screen=screen) as process:
            screen.letters("DR")
            screen.wait_title("导入表格")
            screen.keys("Return")
            screen.choose("选择要导入的表格", ledger)
            screen.keys("Return")
            screen.settle()
            leave(screen, process)
        written = counted(book)
        with opened(book, PASSWORD, screen=screen) as process:
            screen.letters("DR")
            screen.wait_title("导入表格")
            screen.letters("YQ")
            screen.keys("Down")
            screen.letters("C2")
            screen.settle()
            leave(screen, process)
        taken_back = counted(book)
        with opened(book, PASSWORD, screen=screen) as process:
            screen.keys("ctrl+y")
            screen.settle()
            leave(screen, process)

    assert written == (18, [False])
    assert taken_back == (0, [True])
    assert counted(book)[0] == 18
    assert screen.clicked == 0
