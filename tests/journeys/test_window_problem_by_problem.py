"""Before sealing: F5, Enter on a problem, put it right in the form, F8 to the next; the keyboard alone, in a real window."""

from pathlib import Path

import pytest

from tests.journeys.pointing import LINE, TABLE, Pointer, opened_by_keys
from tests.journeys.screen import can_show, own_screen
from tests.journeys.walking import PASSWORD, closed_book, leave
from ui.compose import open_book
from xmdesk.records.codes import FacilityKind
from xmdesk.records.facility import Facility

pytestmark = pytest.mark.skipif(not can_show(), reason="needs Xvfb, openbox and xdotool")

NAMES = ("榕下卫生室", "榕下警务室", "榕下书屋")
PROBLEMS, FIELD = "问题", "坐落"
PLACES = ("榕下村1号", "榕下村2号", "榕下村3号")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A closed book with three facilities, of which none has a place yet."""
    kinds = (FacilityKind.CLINIC, FacilityKind.POLICE, FacilityKind.LIBRARY)
    kept = (Facility(name=name, kind=kind) for name, kind in zip(NAMES, kinds, strict=True))
    return closed_book(tmp_path / "book", *kept)


def listed(hand: Pointer) -> tuple[str, ...]:
    """The facilities whose place is among the problems in view."""
    return tuple(row[0].rpartition(" ")[2] for row in hand.rows(PROBLEMS) if row[1:2] == (FIELD,))


def list_places(hand: Pointer) -> None:
    """F5, then what is about places alone."""
    screen = hand.screen
    screen.keys("F5")
    screen.settle()
    screen.letters("ZW")
    hand.wait_cursor("在问题中查找")
    screen.type(FIELD)
    screen.until(lambda: listed(hand) == NAMES, "three places are listed")
    screen.keys("F5")
    screen.settle()


def stands_in(hand: Pointer, name: str) -> None:
    """Wait until the cursor is in the place of one facility, and see that it is a field in view with its label."""

    def is_there() -> bool:
        titles = [one for one in hand.things() if one.name == name]
        return (
            bool(hand.here(FIELD))
            and bool(titles)
            and [one.value for one in hand.seen("设施名称", LINE)] in ([name], [])
        )

    hand.screen.until(is_there, f"the cursor in {FIELD} of {name}")
    assert hand.seen(FIELD, "StaticText")


def test_problems_are_put_right_one_after_the_other_without_the_list_losing_its_place(book: Path) -> None:
    with own_screen(FIELD + "".join(PLACES)) as screen, opened_by_keys(book, PASSWORD, screen=screen) as hand:
        list_places(hand)
        clicked = screen.clicked
        screen.keys("Return")
        stands_in(hand, NAMES[0])
        screen.type(PLACES[0])
        screen.keys("ctrl+s")
        screen.until(lambda: listed(hand) == NAMES[1:], "the line that was put right is gone")
        assert hand.here(FIELD)
        before = screen.pressed
        screen.keys("F8")
        stands_in(hand, NAMES[1])
        one_key = screen.pressed - before
        screen.type(PLACES[1])
        screen.keys("F8")
        stands_in(hand, NAMES[2])
        screen.until(lambda: listed(hand) == NAMES[2:], "what F8 saved is gone too")
        screen.type(PLACES[2])
        screen.keys("Return", "F8")
        screen.until(lambda: listed(hand) == (), "nothing is left")
        leave(screen, hand.process)

    with open_book(book, PASSWORD).closing() as desk:
        assert {one.name: one.location for one in desk.store.all(Facility)} == dict(zip(NAMES, PLACES, strict=True))
    assert (one_key, clicked) == (1, 0)


def test_the_key_back_and_the_key_to_the_list(book: Path) -> None:
    with own_screen(FIELD) as screen, opened_by_keys(book, PASSWORD, screen=screen) as hand:
        list_places(hand)
        screen.keys("F8", "F8")
        stands_in(hand, NAMES[1])
        screen.keys("shift+F8")
        stands_in(hand, NAMES[0])
        screen.keys("F5")
        screen.settle()
        in_list = [one.name for one in hand.things() if one.has_cursor and one.role == "Cell"]
        screen.keys("Escape")
        screen.until(lambda: not hand.seen(PROBLEMS, TABLE), "the list is closed")
        leave(screen, hand.process)

    assert in_list
    assert NAMES[0] in in_list[0]
