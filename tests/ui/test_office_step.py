"""First start: cards that arrows only walk over, and the office found for one desk and not for the other."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.clicking import double_click
from tests.ui.test_start import choose_office, first, items
from ui.window import Window


def test_arrows_walk_between_the_cards_and_choose_nothing(window: Window) -> None:
    start = first(window)
    start.which.choose("clerk")
    start.backward()
    cards = start.which.cards
    walked = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(start.focusWidget(), key)
        walked.append(start.focusWidget())

    assert walked == [cards["reviewer"], cards["clerk"]]
    assert start.place == 0
    assert start.which.desk == "clerk"


def test_an_office_chosen_as_a_clerk_is_not_the_one_of_a_reviewer(window: Window, qtbot) -> None:
    start = first(window)
    start.which.choose("clerk")
    choose_office(start, qtbot, "350212")
    start.backward()
    start.which.choose("reviewer")

    assert start.office.chosen is not None
    assert start.office.chosen.code == "350212"
    assert start.office.name.text() == "同安区"
    assert [card.isChecked() for card in start.which.cards.values()] == [False, True]
    assert all("村" not in one for one in items(start))


def test_without_an_office_for_the_other_desk_nothing_is_chosen(window: Window, qtbot) -> None:
    start = first(window)
    start.which.choose("clerk")
    choose_office(start, qtbot, "莲花 军营")
    start.backward()
    start.which.choose("reviewer")

    assert start.office.chosen is None
    assert start.office.name.text() == ""
    assert not start.next.isEnabled()


@pytest.mark.parametrize(
    ("desk", "typed", "found"),
    [("reviewer", "350212000000", "350212"), ("reviewer", "350200", "3502"), ("clerk", "350212105000", "350212105")],
)
def test_a_code_may_carry_the_zeros_of_statistics(window: Window, qtbot, desk: str, typed: str, found: str) -> None:
    start = first(window)
    start.which.choose(desk)
    choose_office(start, qtbot, typed)
    listed = items(start)

    assert start.office.chosen is not None
    assert start.office.chosen.code.startswith(found)
    assert all(found in one and "新编" not in one for one in listed)


def test_what_is_not_found_has_no_name(window: Window, qtbot) -> None:
    start = first(window)
    start.which.choose("clerk")
    choose_office(start, qtbot, "莲花 军营")
    named = start.office.name.text()
    start.office.search.setText("没有这个村")
    start.office.look()

    assert named == "军营村村民委员会"
    assert start.office.chosen is None
    assert start.office.name.text() == ""


def test_the_second_click_of_a_double_click_opens_nothing_further(window: Window) -> None:
    start = first(window)
    start.which.choose("clerk")
    found = start.office.found
    double_click(found.viewport(), found.visualItemRect(found.item(1)).center())

    assert items(start)[0] == "← 上一级：厦门市"
