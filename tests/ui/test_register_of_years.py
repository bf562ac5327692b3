"""A register with the lists of several years shows the one in force; table, sums and export do not mix the years."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from python_calamine import CalamineWorkbook

from tests.ui.said import Said
from tests.ui.typing import type_into
from ui.registers.columns import YEAR
from ui.registers.page import RegisterPage
from ui.shared.surroundings import Surroundings
from xmdesk.ports import Condition, Op
from xmdesk.services.desk import Desk
from xmdesk.services.finding import Filter
from xmdesk.services.rolling import Rolling


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    made = RegisterPage("duties", registers=desk.registers, checking=desk.checking, surroundings=around)
    qtbot.addWidget(made)
    made.resize(1180, 700)
    made.show()
    return made


@pytest.fixture
def with_next_year(page: RegisterPage, desk: Desk) -> RegisterPage:
    Rolling(desk).open_year(2027)
    page.refresh()
    return page


def years(page: RegisterPage) -> set[int | None]:
    return {one.year for one in page._registers.rows("duties", list(page.model.all_uids))}  # type: ignore[attr-defined]  # duties


def test_one_year_alone_needs_no_word(page: RegisterPage) -> None:
    assert years(page) == {2026}
    assert not page.standing.isVisible()


def test_the_year_in_force_stands_in_front_once_the_next_is_opened(with_next_year: RegisterPage, desk: Desk) -> None:
    page = with_next_year

    assert years(page) == {2026}
    assert page.standing.filter.toolTip() == "2026年"
    assert page.standing.other.text() == "看2027年的清单"
    assert page.model.total == len(desk.store.find(type(page.editor.record), year=2026))


def test_the_sums_are_of_the_year_alone(page: RegisterPage, desk: Desk) -> None:
    desk.registers.save(Rolling(desk).items(2026)[0].changed(funding_amount=Decimal(1200)))
    Rolling(desk).open_year(2027)
    page.refresh()

    assert "年度经费(元) 1200 " in f"{page.strip.words} "


def test_another_year_is_one_click_away_and_so_is_the_way_back(with_next_year: RegisterPage) -> None:
    page = with_next_year
    page.standing.other.click()
    next_year, said = years(page), page.standing.other.text()
    page.standing.other.click()

    assert (next_year, said) == ({2027}, "看2026年的清单")
    assert years(page) == {2026}


def test_the_year_can_be_taken_off_and_stays_off(qtbot, with_next_year: RegisterPage) -> None:
    page = with_next_year
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    page.refresh()

    assert years(page) == {2026, 2027}
    assert not page.standing.isVisible()


def test_esc_leads_out_of_a_search_before_it_leads_out_of_the_year(qtbot, with_next_year: RegisterPage) -> None:
    page = with_next_year
    page.search.setText("路灯")
    page.search.settle()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)

    assert page.search.text() == ""
    assert page.standing.filter.toolTip() == "2026年"


def test_a_record_of_the_other_year_is_shown_in_its_list(with_next_year: RegisterPage, desk: Desk) -> None:
    page = with_next_year
    item = Rolling(desk).items(2027)[0]

    page.show_record(item.uid)

    assert years(page) == {2027}
    assert page.editor.uid == item.uid


def test_after_what_has_ended_the_year_is_in_front_again(with_next_year: RegisterPage) -> None:
    page = with_next_year
    page.lens.look_at_ended()
    page.look_through(None)

    assert years(page) == {2026}


def test_the_year_goes_when_the_opening_is_taken_back(with_next_year: RegisterPage, desk: Desk) -> None:
    desk.store.undo()
    with_next_year.refresh()

    assert years(with_next_year) == {2026}
    assert not with_next_year.standing.isVisible()


def test_a_book_opened_again_begins_with_the_year(
    qtbot, with_next_year: RegisterPage, desk: Desk, around: Surroundings
) -> None:
    with_next_year.keep()
    again = RegisterPage("duties", registers=desk.registers, checking=desk.checking, surroundings=around)
    qtbot.addWidget(again)

    assert years(again) == {2026}
    assert again.lens.is_at_year


def test_the_export_holds_the_year_alone(qtbot, with_next_year: RegisterPage, said: Said, tmp_path: Path) -> None:
    said.answers = [tmp_path / "清单.xlsx"]
    with_next_year.strip.export.click()
    qtbot.waitUntil((tmp_path / "清单.xlsx").exists)

    rows = CalamineWorkbook.from_path(str(tmp_path / "清单.xlsx")).get_sheet_by_index(0).to_python()

    assert sum("路灯" in str(row) for row in rows) == 1


def columns(page: RegisterPage) -> list[str]:
    return [path for path, _ in page.model.columns]


def test_the_year_stands_beside_the_name_as_long_as_rows_of_several_years_are_mixed(
    qtbot, with_next_year: RegisterPage, desk: Desk
) -> None:
    page = with_next_year
    usual = columns(page)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    mixed, shown = columns(page), {page.model.index(row, 1).data() for row in range(page.model.rowCount())}
    page.show_record(Rolling(desk).items(2027)[0].uid)
    page.lens._look_at_year(page.lens._years.usual("duties", date(2026, 11, 23)))
    page.lens.turned.emit()

    assert YEAR not in usual
    assert mixed == [usual[0], YEAR, *usual[1:]]
    assert shown == {"2026", "2027"}
    assert not page.table.isColumnHidden(1)
    assert columns(page) == usual


def test_a_filter_that_does_not_ask_for_the_year_shows_it_only_where_years_are_mixed(
    with_next_year: RegisterPage, desk: Desk
) -> None:
    page = with_next_year
    subject = Rolling(desk).items(2026)[0].subject
    of_both = (Condition("subject", Op.IS, subject),)

    page.look_through(Filter("duties", conditions=of_both))
    mixed = columns(page)
    page.look_through(Filter("duties", conditions=(*of_both, Condition("year", Op.IS, "2027"))))

    assert YEAR in mixed
    assert page.model.total == 1
    assert YEAR not in columns(page)


def test_the_mark_of_the_sorted_column_goes_with_it_when_the_year_comes(
    qtbot, with_next_year: RegisterPage, desk: Desk
) -> None:
    page = with_next_year
    page.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    path = page.model.sorted_by
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)

    head = page.table.horizontalHeader()
    assert columns(page)[head.sortIndicatorSection()] == path == page.model.sorted_by
    assert head.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder


def test_the_year_that_shows_by_itself_is_no_column_that_was_chosen(
    qtbot, with_next_year: RegisterPage, around: Surroundings
) -> None:
    page = with_next_year
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    page.columns._fill()
    ticked = [
        item.text()
        for item in map(page.columns.list.item, range(page.columns.list.count()))
        if item.checkState() == Qt.CheckState.Checked
    ]

    assert YEAR in page.columns.in_order()
    assert "清单年度" not in ticked
    assert "columns" not in around.preferring.current.tables.get("duties", {})


def test_a_new_item_of_the_other_year_stays_in_the_form_and_its_list_is_one_click_away(
    with_next_year: RegisterPage, desk: Desk
) -> None:
    page = with_next_year
    page.act("new")
    type_into(page.editor.form.fields["subject"].line, "新凉亭")  # type: ignore[attr-defined]  # a typed field
    type_into(page.editor.form.fields["year"].line, "2027")  # type: ignore[attr-defined]  # a typed field
    page.act("save")
    uid, told, before = page.editor.uid, page.place.outside.isVisible(), years(page)

    page.place.outside.yes.click()

    assert (told, before, years(page)) == (True, {2026}, {2027})
    assert page.editor.uid == uid == page.model.uid(page.table.currentIndex().row())
    assert page.editor.record.subject == "新凉亭"
