"""The program ends well whatever was done in it last."""

import pytest

from tests.journeys.screen import Screen, own_screen
from tests.journeys.walking import PASSWORD, closed_book, leave, opened
from xmdesk.records.facility import Facility


@pytest.mark.parametrize("last", ["copied", "nothing"])
def test_the_program_ends_well_after_cells_were_copied(tmp_path, last: str) -> None:
    book = closed_book(tmp_path / "book", Facility(name="Library"), Facility(name="Clinic"))

    with own_screen() as screen, opened(book, PASSWORD, screen=screen) as process:
        go_to_facilities(screen)
        if last == "copied":
            screen.keys("shift+Down", "ctrl+c")
            screen.settle()
        leave(screen, process)

    assert process.returncode == 0


def go_to_facilities(screen: Screen) -> None:
    for _ in range(3):
        screen.keys("ctrl+Next")
        screen.settle()
