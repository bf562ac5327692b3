"""A clerk works in her book with the mouse, in a real window: only what is text is typed."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.journeys.pointing import CELL, HEAD, LINE, TEXT, TICK, Pointer, opened_by_hand
from tests.journeys.screen import can_show, own_screen
from tests.journeys.walking import PASSWORD, closed_book, leave
from ui.compose import open_book
from xmdesk.records.codes import FacilityKind
from xmdesk.records.facility import Facility

pytestmark = pytest.mark.skipif(not can_show(), reason="needs Xvfb, openbox and xdotool")

CLINIC, POLICE, LIBRARY, CORNER = "榕下卫生室", "榕下警务室", "榕下书屋", "榕下图书角"
AREA, PLACE = "88", "榕下村8号"
TYPED = CORNER + PLACE


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A closed book with three facilities, of which the last has no place yet."""
    kept = (
        Facility(name=CLINIC, kind=FacilityKind.CLINIC, location="1"),
        Facility(name=POLICE, kind=FacilityKind.POLICE, location="2"),
        Facility(name=LIBRARY, kind=FacilityKind.LIBRARY),
    )
    return closed_book(tmp_path / "book", *kept)


def facilities(folder: Path) -> dict[str, tuple[Decimal | None, str]]:
    """Area and place of each facility in the closed book, by name."""
    with open_book(folder, PASSWORD).closing() as desk:
        return {one.name: (one.floor_area, one.location) for one in desk.store.all(Facility)}


def go_to_facilities(hand: Pointer) -> None:
    """Click the register in the navigation."""
    hand.click("公共服务设施", TICK)
    hand.screen.wait_title("公共服务设施")


def names(hand: Pointer) -> list[str]:
    """The first column of the register."""
    return [row[0] for row in hand.rows("公共服务设施")]


def open_row(hand: Pointer, name: str) -> None:
    """Click a row; its form stands beside the table."""
    hand.click(name, CELL)
    hand.find(name, TEXT)


def save(hand: Pointer) -> None:
    """Click 保存; the star in the title goes."""
    hand.screen.wait_title("*")
    hand.click("保存")
    hand.screen.until(lambda: "*" not in hand.screen.title, "everything is saved")


def go_to_problem(hand: Pointer, field: str) -> None:
    """Click the line below the navigation, the register, and a problem of it: the cursor stands in the very field."""
    hand.click("问题：")
    hand.click("公共服务设施", CELL)
    hand.roll_to(field, CELL, over="问题")
    hand.click(field, CELL)
    hand.wait_cursor(field)


def take_back(hand: Pointer, what: str) -> None:
    """Click the button that names the last step and its record; 恢复 names it then."""
    hand.click(f"撤销 {what}")
    hand.find(f"恢复 {what}", "Button")


def test_a_field_is_filled_a_problem_found_and_a_step_taken_back_by_mouse(book: Path) -> None:
    with own_screen(TYPED) as screen, opened_by_hand(book, PASSWORD, screen=screen) as hand:
        go_to_facilities(hand)
        open_row(hand, CLINIC)
        hand.click("跳到：面积和位置", TICK)
        hand.write("建筑面积(㎡)", AREA)
        save(hand)
        go_to_problem(hand, "坐落")
        hand.find(LIBRARY, TEXT)
        screen.type(PLACE)
        save(hand)
        take_back(hand, f"修改设施 {LIBRARY}")
        screen.until(lambda: [one.value for one in hand.seen("坐落", LINE)] == [""], "the field is empty again")
        pressed, typed = screen.pressed, screen.typed
        leave(screen, hand.process)

    assert facilities(book) == {CLINIC: (Decimal(AREA), "1"), POLICE: (None, "2"), LIBRARY: (None, "")}
    assert (pressed, typed) == (0, len(PASSWORD + AREA + PLACE))


def test_a_name_is_put_right_in_its_cell_by_a_double_click(book: Path) -> None:
    with own_screen(TYPED) as screen, opened_by_hand(book, PASSWORD, screen=screen) as hand:
        go_to_facilities(hand)
        middle = hand.find(LIBRARY, CELL).middle
        hand.click(LIBRARY, CELL, times=2)
        screen.click(*middle, times=3)  # the whole name, which typing replaces
        screen.type(CORNER)
        hand.click(CLINIC, CELL)
        hand.find(CORNER, CELL)
        hand.click("设施名称", HEAD)
        screen.until(lambda: names(hand) == [POLICE, CORNER, CLINIC], "the names are sorted by their sound")
        pressed = screen.pressed
        leave(screen, hand.process)

    assert set(facilities(book)) == {CLINIC, POLICE, CORNER}
    assert pressed == 0
