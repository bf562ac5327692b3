"""A record that its edit took out of the filter, the search or its group stays where it stood until one asks anew."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.ui.pages import register_page
from ui.registers.page import RegisterPage
from ui.registers.standing import WAY_OUT
from ui.shared.surroundings import Surroundings
from xmdesk.ports import Condition, Op
from xmdesk.records.codes import FacilityKind
from xmdesk.services.desk import Desk
from xmdesk.services.finding import Filter, Finding
from xmdesk.services.years import Years

OLD = Filter("facilities", conditions=(Condition("built_year", Op.IS, "1980"),))


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    made = register_page(qtbot, desk, around, "facilities")
    for at, uid in enumerate(made.model.all_uids[:4]):
        record = desk.registers.get("facilities", uid)
        assert record is not None
        fresh = record.changed(built_year=1980, kind=FacilityKind.VILLAGE_SERVICE, name=f"老屋{at}", floor_area=at + 1)
        desk.registers.save(fresh)
    made.refresh()
    return made


def put(page: RegisterPage, uid: str, path: str, text: str) -> None:
    column = [one for one, _ in page.model.columns].index(path)
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(page.model.row_of(uid), column))
    page.table.edit_here(text)
    cell = page.table.open_line
    assert cell is not None
    QTest.keyClick(cell, Qt.Key.Key_Return)


def change(desk: Desk, around: Surroundings, uid: str, **fields: object) -> None:
    record = desk.registers.get("facilities", uid)
    assert record is not None
    desk.registers.save(record.changed(**fields))
    around.changes.announce()


def told_above(page: RegisterPage) -> list[str]:
    """What the line above the table says besides the filter."""
    return [one.text() for one in page.standing.findChildren(QLabel) if one.isVisible()]


def lines(page: RegisterPage) -> list[str]:
    """Names of records, and heads as far as their count."""
    return [str(page.model.index(row, 0).data()).split("\n")[0] for row in range(page.model.rowCount())]


def test_a_row_that_fits_the_search_no_more_stays_until_one_asks_anew(page: RegisterPage) -> None:
    page.search.setText("老屋")
    page.search.settle()
    uids = list(page.model.all_uids)

    put(page, uids[1], "name", "新楼")
    stood, count = list(page.model.all_uids), page.head.count.text()
    verb, why = page.strip.sort.text(), page.strip.sort.toolTip()
    told = told_above(page)
    page.strip.sort.click()

    assert told == ["1 条改后不符，还留着"]
    assert told_above(page) == []
    assert (stood, count) == (uids, "找到 3 条")
    assert (verb, why) == ("重新查找", "有 1 条改过以后已不符合，还留在原处；点这里重新查找")
    assert list(page.model.all_uids) == [uids[0], *uids[2:]]
    assert page.head.count.text() == "找到 3 条"
    assert not page.strip.sort.isVisible()


def test_a_row_that_fits_the_filter_no_more_stays_and_undo_makes_all_right(
    page: RegisterPage, desk: Desk, around: Surroundings
) -> None:
    page.look_through(OLD)
    uids = list(page.model.all_uids)
    before = page.strip.sort.isVisible()
    with desk.store.change("x") as change:
        change.save_many([one.changed(built_year=2020) for one in desk.registers.rows("facilities", uids[:2])])

    around.changes.announce()
    stood, verb, told = list(page.model.all_uids), page.strip.sort.text(), told_above(page)
    desk.store.undo()
    around.changes.announce()

    assert (before, stood, verb) == (False, uids, "重新筛选")
    assert (told, told_above(page)) == (["2 条改后不符，还留着"], [WAY_OUT])
    assert (list(page.model.all_uids), page.model.is_exact, page.model.strays) == (uids, True, 0)
    assert not page.strip.sort.isVisible()


def test_what_has_ended_or_was_deleted_goes_at_once(page: RegisterPage, desk: Desk, around: Surroundings) -> None:
    page.look_through(OLD)
    uids = list(page.model.all_uids)
    ending, going = desk.registers.rows("facilities", uids[:2])
    with desk.store.change("x") as change:
        change.save_many([ending.changed(retired_on="2026-01-01", retired_reason="已拆除")])
        change.remove(going)

    around.changes.announce()

    assert list(page.model.all_uids) == uids[2:]
    assert page.model.is_exact


def test_what_is_back_goes_from_among_what_has_ended_at_once(
    page: RegisterPage, desk: Desk, around: Surroundings
) -> None:
    uids = list(page.model.all_uids[:2])
    back, other = desk.registers.rows("facilities", uids)
    desk.registers.save_all([one.changed(retired_on="2026-01-01") for one in (back, other)], label="x")
    page.lens.look_at_ended()

    desk.registers.save(back)
    around.changes.announce()

    assert list(page.model.all_uids) == [other.uid]
    assert page.model.is_exact


@pytest.mark.parametrize("wanted", [None, OLD], ids=["all", "filtered"])
def test_a_row_stays_in_its_group_and_is_counted_and_summed_there(
    page: RegisterPage, desk: Desk, around: Surroundings, wanted: Filter | None
) -> None:
    page.search.setText("老屋")
    page.search.settle()
    page.look_through(wanted)
    page.group_by("kind")
    uids = list(page.model.all_uids)
    head = page.model.head(0)
    assert head is not None

    change(desk, around, uids[1], kind=FacilityKind.PARTY_CENTRE)
    after = page.model.head(0)
    stood, verb, why = list(page.model.all_uids), page.strip.sort.text(), page.strip.sort.toolTip()
    page.strip.sort.click()

    assert after is not None
    assert (stood, after.count, after.totals) == (uids, head.count, head.totals)
    assert (verb, why) == ("重新分组", "有 1 条改过以后已不属于原来的组，还留在原处；点这里按“设施类型”重新分组")
    assert [page.model.head(row) is not None for row in range(page.model.rowCount())].count(True) == 2
    assert page.model.is_exact


def test_a_row_that_leaves_the_filter_stays_in_its_group(page: RegisterPage, desk: Desk, around: Surroundings) -> None:
    page.look_through(OLD)
    page.group_by("kind")
    before = lines(page)

    change(desk, around, page.model.all_uids[0], built_year=2020)

    assert lines(page) == before
    assert page.model.strays == 1
    assert page.head.count.text() == "找到 3 条"


@pytest.mark.parametrize("way", ["leave", "filter", "esc"])
def test_coming_back_or_asking_anew_lets_it_go(page: RegisterPage, desk: Desk, around: Surroundings, way: str) -> None:
    page.look_through(OLD)
    uids = list(page.model.all_uids)
    change(desk, around, uids[0], built_year=2020)
    page.table.setFocus()

    if way == "leave":
        page.hide()
        page.show()
    elif way == "filter":
        page.look_through(OLD)
    else:
        QTest.keyClick(page.table, Qt.Key.Key_Escape)

    assert (page.model.is_exact, page.model.strays) == (True, 0)
    assert (uids[0] in page.model.all_uids) == (way == "esc")


def test_a_list_of_another_year_in_front_holds_no_row_of_the_year_before(
    qtbot, desk: Desk, around: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = register_page(qtbot, desk, around, "duties")
    shown = list(made.model.all_uids)
    other = Filter("duties", "2031年度清单", (Condition("year", Op.IS, "2031"),))
    monkeypatch.setattr(Years, "usual", lambda *_: other)

    around.changes.announce()

    assert shown
    assert list(made.model.all_uids) == []
    assert made.model.strays == 0


def test_what_leaves_the_whole_register_is_not_looked_for(
    page: RegisterPage, desk: Desk, around: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looked(*_: object) -> None:
        raise AssertionError("a million uids would be compared under the eyes of the person")

    uids = list(page.model.all_uids)
    (going,) = desk.registers.rows("facilities", uids[:1])
    with desk.store.change("x") as change:
        change.remove(going)
    monkeypatch.setattr(Finding, "lasting", looked)

    around.changes.announce()

    assert list(page.model.all_uids) == uids[1:]
