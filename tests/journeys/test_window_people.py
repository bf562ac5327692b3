"""Ten people go into the register with the keyboard alone, in a real window."""

from pathlib import Path

import pytest

from tests.journeys.invented import CHEAP
from tests.journeys.screen import Screen, can_show, own_screen
from tests.journeys.walking import PASSWORD, leave, opened
from ui.compose import create_book, open_book
from xmdesk.records.codes import Sex
from xmdesk.records.people import Person

pytestmark = pytest.mark.skipif(not can_show(), reason="needs Xvfb, openbox and xdotool")

PEOPLE = tuple(
    (name, sex, f"138059200{place:02d}")
    for place, (name, sex) in enumerate(
        (
            ("郑小满", "女"),
            ("林银杏", "女"),
            ("叶美澄", "女"),
            ("郑水根", "男"),
            ("林志远", "男"),
            ("洪淑真", "女"),
            ("叶水根", "男"),
            ("林小满", "女"),
            ("洪志远", "男"),
            ("郑银杏", "女"),
        )
    )
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A closed, empty book."""
    folder = tmp_path / "book"
    create_book(folder, code="350212105206", name="Rongxia", password=PASSWORD, cost=CHEAP).desk.upkeep.close()
    return folder


def add_person(screen: Screen, name: str, sex: str, mobile: str) -> None:
    """New, name, sex by its sound, mobile, saved."""
    screen.keys("ctrl+n")
    screen.type(name)
    screen.letters("XB")
    screen.type(sex)
    screen.letters("SJ")
    screen.type(mobile)
    screen.keys("ctrl+s")


def test_ten_people_are_added_by_keyboard(book: Path) -> None:
    with own_screen("".join(name for name, _, _ in PEOPLE)) as screen, opened(book, PASSWORD, screen=screen) as process:
        screen.letters("RY")
        screen.wait_title("人员名册")
        for name, sex, mobile in PEOPLE:
            add_person(screen, name, {"男": "n", "女": "nn"}[sex], mobile)
        screen.settle()
        saved = screen.title
        clicks = screen.clicked
        leave(screen, process)

    desk = open_book(book, PASSWORD)
    kept = {(one.name, one.sex, one.mobile) for one in desk.store.all(Person)}
    desk.upkeep.close()
    assert kept == {(name, {"男": Sex.MALE, "女": Sex.FEMALE}[sex], mobile) for name, sex, mobile in PEOPLE}
    assert "*" not in saved
    assert clicks == 0
