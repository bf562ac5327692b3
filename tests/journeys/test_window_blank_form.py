"""A blank form from above is filled from a register with the keyboard alone, in a real window; the second one in two keys."""

from pathlib import Path

import openpyxl
import pytest

from tests.journeys.invented import CHEAP, fill
from tests.journeys.screen import can_show, own_screen
from tests.journeys.walking import PASSWORD, leave, opened
from tests.xmdesk.services.blank_forms import officers_form
from ui.compose import create_book

pytestmark = pytest.mark.skipif(not can_show(), reason="needs Xvfb, openbox and xdotool")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A closed book with records in every register."""
    folder = tmp_path / "book"
    desk = create_book(folder, code="350212105206", name="Rongxia", password=PASSWORD, cost=CHEAP).desk
    fill(desk)
    desk.upkeep.close()
    return folder


def names_in(path: Path) -> list[str]:
    """Names in the third column of a filled form."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [str(row[2]) for row in sheet.iter_rows(min_row=6, max_row=10, values_only=True) if row[2]]


def test_a_blank_form_is_filled_and_the_next_one_faster(book: Path, tmp_path: Path) -> None:
    first, second = officers_form(tmp_path / "form.xlsx"), officers_form(tmp_path / "again.xlsx")
    before = first.read_bytes()
    with own_screen() as screen, opened(book, PASSWORD, screen=screen) as process:
        screen.letters("YB")
        screen.wait_title("一表通")
        screen.keys("Return")
        screen.choose("选择要填的空表", first)
        screen.keys("Return")
        screen.choose("填好的表存到哪里", tmp_path / "filled.xlsx")
        screen.until((tmp_path / "filled.xlsx").exists, "the filled form is written")
        screen.settle()
        screen.letters("HY")
        screen.keys("Return")
        screen.choose("选择要填的空表", second)
        screen.keys("Return")
        screen.wait_title("填好的表存到哪里")
        screen.keys("Return")
        screen.until((tmp_path / "again_已填.xlsx").exists, "the second form is written")
        screen.settle()
        leave(screen, process)

    assert names_in(tmp_path / "filled.xlsx") == ["林志远", "洪淑真"]
    assert names_in(tmp_path / "again_已填.xlsx") == ["林志远", "洪淑真"]
    assert first.read_bytes() == before
    assert screen.clicked == 0
