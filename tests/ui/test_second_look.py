"""登记巡查 twice on one day: what was found is stored every time, and nothing is said or taken away that is not true."""

from datetime import date

import pytest

from tests.ui.pages import show_fresh
from tests.ui.said import Said
from tests.ui.typing import type_into
from ui.inspections.page import RoundsPage
from ui.shared.surroundings import Surroundings
from xmdesk.records.duty import Inspection
from xmdesk.services.desk import Desk

TODAY = "2026-11-23"


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RoundsPage:
    return show_fresh(qtbot, RoundsPage(desk, around))


@pytest.fixture
def objects(page: RoundsPage) -> list[str]:
    """The lines of the page, after a morning on which the first two were looked at."""
    keys = [one.line.key for one in page.round._objects]
    page.round.table.tick(keys[:2])
    page.round.do.click()
    return keys


@pytest.fixture
def announced(around: Surroundings) -> list[str]:
    words: list[str] = []
    around.changes.changed.connect(words.append)
    return words


def find_trouble(page: RoundsPage, uid: str, words: str) -> None:
    page.round.add_trouble(uid)
    page.round._troubles[uid].asking.fill(finding=words, due_on=date(2026, 11, 30))


def test_trouble_found_in_the_afternoon_is_recorded(
    page: RoundsPage, desk: Desk, objects: list[str], announced: list[str]
) -> None:
    find_trouble(page, objects[0], "盖板断了")
    page.round.do.click()

    assert [one.duty for one in desk.store.find(Inspection, finding="盖板断了")] == objects[:1]
    assert page.round._troubles == {}
    assert announced[-1] == "已登记 1 个对象"


def test_what_was_recorded_before_is_counted_apart(
    page: RoundsPage, desk: Desk, objects: list[str], announced: list[str]
) -> None:
    page.round.table.tick(objects[1:4])
    find_trouble(page, objects[0], "盖板断了")
    page.round.do.click()

    assert desk.store.count(Inspection, at=TODAY) == 5
    assert announced[-1] == "已登记 3 个对象，另外 1 项已经登记过"


def test_of_a_round_recorded_before_nothing_is_stored_and_nothing_taken_away(
    page: RoundsPage, desk: Desk, objects: list[str], said: Said
) -> None:
    page.round.table.tick(objects[:2])
    page.round.do.click()

    assert said.told[0][0] == "这次巡查已经登记过"
    assert desk.store.count(Inspection, at=TODAY) == 2
    assert set(page.round.table.keys) == set(objects[:2])
    page.round.asking.fill(at=f"{TODAY}T10:30")
    page.round.do.click()
    assert desk.store.count(Inspection, at=f"{TODAY}T10:30") == 2
    assert page.round.table.keys == []


def test_the_hour_that_is_asked_for_may_be_typed_as_people_say_it(
    page: RoundsPage, desk: Desk, objects: list[str], said: Said
) -> None:
    page.round.table.tick(objects[:1])
    page.round.do.click()

    type_into(page.round.asking.fields["at"].line, "8点半")  # type: ignore[attr-defined]  # a typed field
    page.round.do.click()

    assert "如“8:30”或“11月23日 8:30”" in said.told[0][2]
    assert desk.store.count(Inspection, at=f"{TODAY}T08:30") == 1
