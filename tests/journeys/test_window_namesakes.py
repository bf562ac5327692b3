"""A ledger names people of whom the book has two: the clerk says who is meant with the keyboard alone, in a real window."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.journeys.screen import Screen, can_show, own_screen
from tests.journeys.walking import PASSWORD, closed_book, leave, opened
from ui.compose import open_book
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import ParkedRow
from xmdesk.records.people import Person

pytestmark = pytest.mark.skipif(not can_show(), reason="needs Xvfb, openbox and xdotool")

NAME = "林阿土"
ROWS = (
    ("设施名称", "设施类型", "负责人"),
    ("书屋", "农家书屋", NAME),
    ("卫生室", "卫生室", NAME),
    ("广场", "健身设施", NAME),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Three facilities with one contact."""
    path = tmp_path / "1.csv"
    path.write_text("\n".join(",".join(row) for row in ROWS), "utf-8-sig")
    return path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A closed book with two people of the name."""
    folder = closed_book(tmp_path / "book")
    with open_book(folder, PASSWORD).closing() as desk:
        for post, mobile in (("书记", "13800008117"), ("电工", "13899990000")):
            desk.registers.save(Person(name=NAME, post=post, mobile=mobile))
    return folder


@contextmanager
def asked(book: Path, ledger: Path) -> Iterator[Screen]:
    """The program with the ledger open, where it asks who is meant."""
    with own_screen() as screen, opened(book, PASSWORD, screen=screen) as program:
        screen.letters("DR")
        screen.wait_title("导入表格")
        screen.settle()
        screen.keys("Return")
        screen.choose("选择要导入的表格", ledger)
        yield screen
        leave(screen, program)


def contacts(book: Path) -> tuple[dict[str, str], int, int]:
    """Which post the contact of each facility has, how many people have the name, and how many rows wait."""
    with open_book(book, PASSWORD).closing() as desk:
        people = {one.uid: one.post for one in desk.store.find(Person, name=NAME)}
        held = {one.name: people[one.contact] for one in desk.store.all(Facility)}
        return held, len(people), len(desk.store.all(ParkedRow))


def test_one_answer_holds_for_all_cells_of_the_name(book: Path, ledger: Path) -> None:
    with asked(book, ledger) as screen:
        screen.keys("Return", "Down", "ctrl+Return")
        screen.settle()
        screen.keys("Return")
        screen.settle()

    assert contacts(book) == ({"书屋": "电工", "卫生室": "电工", "广场": "电工"}, 2, 0)


def test_each_cell_is_answered_on_its_own_put_aside_and_answered_later(book: Path, ledger: Path) -> None:
    with asked(book, ledger) as screen:
        screen.keys("Return", "Down", "Return")
        screen.settle()
        screen.keys("Return", "Return")
        screen.settle()
        screen.keys("4")
        screen.settle()
        screen.keys("Return")
        screen.settle()
        screen.keys("Return")
        screen.settle()
        screen.keys("Return")
        screen.settle()

    assert contacts(book) == ({"书屋": "电工", "卫生室": "书记", "广场": "书记"}, 2, 0)


def test_the_answer_is_taken_back_with_the_import(book: Path, ledger: Path) -> None:
    with asked(book, ledger) as screen:
        screen.keys("ctrl+2")
        screen.settle()
        screen.keys("Return")
        screen.settle()
        screen.keys("ctrl+z")
        screen.settle()

    assert contacts(book) == ({}, 2, 0)
