"""A register with the lists of several years shows the one in force; table, sums and export do not mix the years."""

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from python_calamine import CalamineWorkbook

from tests.ui.said import Said
from ui.registers.page import RegisterPage
from ui.shared.surroundings import Surroundings
from xmdesk.services.desk import Desk
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
