"""Issuing tasks and keeping the roster, through the page."""
# pyright: reportAttributeAccessIssue=false
# What is absent here fails the test by itself, with a clearer word than the type check has.

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.conftest import NOON
from tests.journeys.invented import CHEAP, PASSWORD, district_desk
from tests.ui.pages import show_page
from tests.ui.said import Said
from ui.compose import create_book, open_book
from ui.shared.surroundings import Surroundings
from ui.tasks.page import TasksPage
from xmdesk.clock import frozen
from xmdesk.periods import Period
from xmdesk.records.registers import FORMS
from xmdesk.services.desk import Desk

CODE, NAME = "区划代码", "单位名称"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("founded") / "district"
    with frozen(NOON - timedelta(hours=1)):
        desk = district_desk(folder)
        desk.enrolling.init()
        desk.upkeep.close()
    return folder


@pytest.fixture
def district(founded: Path, tmp_path: Path, noon: object) -> Iterator[Desk]:
    opened = open_book(Path(shutil.copytree(founded, tmp_path / "district")), PASSWORD)
    yield opened
    opened.upkeep.close()


@pytest.fixture
def page(qtbot, district: Desk, around: Surroundings) -> TasksPage:
    return shown(qtbot, district, around)


@pytest.fixture
def sheet(district: Desk, tmp_path: Path) -> Path:
    """The roster as the district would correct it in a spreadsheet."""
    district.rosters.write(tmp_path / "应报名册.xlsx")
    return tmp_path / "应报名册.xlsx"


def shown(qtbot, desk: Desk, around: Surroundings) -> TasksPage:
    return show_page(qtbot, TasksPage(desk, around))


def idle(qtbot, around: Surroundings) -> None:
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=60_000)


def change(sheet: Path, *, row: int, column: str, value: str) -> None:
    """Write into the row-th office of the sheet."""
    book = load_workbook(sheet)
    rows = list(book.worksheets[0].iter_rows())
    head = next(place for place, cells in enumerate(rows) if any(cell.value == CODE for cell in cells))
    place = next(number for number, cell in enumerate(rows[head]) if cell.value == column)
    rows[head + row][place].value = value
    book.save(sheet)


def drop_last(sheet: Path, count: int) -> None:
    book = load_workbook(sheet)
    found = book.worksheets[0]
    found.delete_rows(found.max_row - count + 1, count)
    book.save(sheet)


def test_a_task_is_sealed_into_the_chosen_folder(qtbot, page, district: Desk, around, said: Said, tmp_path) -> None:
    said.answers = [tmp_path]
    page.issuing.forms["trainings"].setChecked(False)
    page.issuing.due.setText("2027.1.10")
    page.issuing.due.textEdited.emit("2027.1.10")

    page.issuing.issue.click()
    idle(qtbot, around)

    task = district.tasks.issued()[0]
    assert len(list(tmp_path.glob("任务_*.pdf"))) == 1
    assert (task.period, task.due_on) == ("2026Q4", date(2027, 1, 10))
    assert set(FORMS) - set(task.forms) == {"trainings"}
    assert page.issuing.done.isVisible()
    assert page.issued.lines.lines[0].cells[0] == "还有 48 天"


def test_a_period_already_asked_for_is_named_before_it_is_asked_again(page, district: Desk, tmp_path) -> None:
    district.tasks.issue(Period("2026Q4"), due_on=date(2026, 12, 20), out=tmp_path)

    page.refresh()

    assert "2026年12月20日" in page.issuing.before.text()
    assert page.issuing.due.text() == "2026年12月20日"


@pytest.mark.parametrize("typed", ["", "年底前", "2026.13.40"])
def test_a_date_that_cannot_be_read_asks_for_no_folder(page, typed: str) -> None:
    page.issuing.due.setText(typed)

    page.issuing.issue.click()

    assert page.issuing.due.property("tone") == "wrong"
    assert page.issuing.wrong.isVisible()


def test_a_task_asks_for_at_least_one_form(page, district: Desk) -> None:
    for box in page.issuing.forms.values():
        box.setChecked(False)

    page.issuing.issue.click()

    assert "至少勾一张" in page.issuing.wrong.text()
    assert not district.tasks.issued()


def test_without_an_authority_the_way_leads_to_it(qtbot, reviewer: Desk, around) -> None:
    made = shown(qtbot, reviewer, around)
    went: list[str] = []
    around.travel.wanted.connect(lambda place, *_: went.append(place))

    made.to_certificates.click()

    assert not made.issuing.isVisible()
    assert went == ["certificates"]


def test_a_township_issues_nothing(qtbot, around, tmp_path, noon) -> None:
    township = create_book(tmp_path / "township", code="350212105", password=PASSWORD, cost=CHEAP).desk
    with township.closing():
        made = shown(qtbot, township, around)

        assert not made.issuing.isVisible()
        assert not made.to_certificates.isVisible()
        assert {line.cells[2] for line in made.roster.table.lines.lines} == {"莲花镇"}


def test_the_roster_is_searched_by_township_and_initials(qtbot, page) -> None:
    panel, found = page.roster, []

    for typed in ("莲花镇", "jyc", "350212105206"):
        with qtbot.waitSignal(panel.search.settled):
            panel.search.setText(typed)
        found.append([line.cells[0] for line in panel.table.lines.lines])

    assert len(found[0]) > 10
    assert "350212105206" in found[1]
    assert found[2] == ["350212105206"]


def test_a_roster_is_counted_before_it_is_written(qtbot, page, district: Desk, around, sheet: Path) -> None:
    before = district.rosters.offices()
    change(sheet, row=1, column=NAME, value="改了名的居委会")
    drop_last(sheet, 2)

    page.try_roster(sheet)
    idle(qtbot, around)

    figures = [
        page.bringing._figures.itemAt(place).widget().findChildren(type(page.bringing._words))[1].text()
        for place in range(4)
    ]
    assert figures == ["0", "1", str(len(before) - 3), "2"]
    assert "2 个单位从今天起不再应报" in page.bringing._words.text()
    assert district.rosters.offices() == before


def test_a_roster_is_written_and_taken_back_whole(qtbot, page, district: Desk, around, sheet: Path) -> None:
    before = district.rosters.offices()
    change(sheet, row=1, column=NAME, value="改了名的居委会")
    page.try_roster(sheet)
    idle(qtbot, around)

    page.bringing.write.click()
    idle(qtbot, around)
    written = district.rosters.offices()
    district.store.undo()

    assert "改了名的居委会" in [one.name for one in written]
    assert page._roster_stack.currentIndex() == 0
    assert district.rosters.offices() == before


def test_a_roster_with_errors_cannot_be_written(qtbot, page, around, sheet: Path) -> None:
    change(sheet, row=1, column=CODE, value="")

    page.try_roster(sheet)
    idle(qtbot, around)

    assert not page.bringing.write.isEnabled()
    assert page.bringing.troubles.isVisible()
    assert "一个单位也不会写入" in page.bringing._words.text()


def test_a_roster_without_changes_says_so(qtbot, page, around, sheet: Path) -> None:
    page.try_roster(sheet)
    idle(qtbot, around)

    assert "完全一样" in page.bringing._words.text()
    assert not page.bringing.write.isEnabled()


def test_doubled_codes_stand_above_the_roster(page, district: Desk) -> None:
    first, second = district.rosters.offices()[:2]
    with district.store.change("改名册") as change_:
        change_.save(second.changed(code=first.code))

    page.refresh()
    page.tabs.go(1)

    assert page.roster.troubles.isVisible()


def test_the_roster_is_written_out(qtbot, page, around, said: Said, tmp_path) -> None:
    said.answers = [tmp_path / "名册.xlsx"]

    page.roster.export.click()
    idle(qtbot, around)

    assert load_workbook(tmp_path / "名册.xlsx").worksheets[0].max_row > 100


def test_search_keys_lead_to_the_roster(page) -> None:
    assert page.act("search")
    assert page.tabs.stack.currentIndex() == 1
