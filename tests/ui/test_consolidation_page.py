"""Totals, missing offices and indicators over one received return, through the page."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from tests.conftest import NOON
from tests.ui.said import Said
from tests.xmdesk.services.stories import PASSWORD, QUARTER, VILLAGE, fill, found
from ui.compose import open_book
from ui.consolidation.indicators import VERDICTS
from ui.consolidation.page import INDICATORS, MISSING, ConsolidationPage
from ui.consolidation.totals import NOBODY, grouped
from ui.shared.surroundings import Surroundings
from ui.shared.theme import Theme
from xmdesk.clock import frozen
from xmdesk.services.closing import Closing
from xmdesk.services.desk import Desk


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed district book into which one village's return has come."""
    folder = tmp_path_factory.mktemp("received")
    (folder / "out").mkdir()
    with frozen(NOON - timedelta(hours=1)):
        offices = found(folder)
        fill(offices.village)
        offices.receive(offices.seal().path)
        offices.close()
    return folder / "district"


@pytest.fixture
def district(received: Path, tmp_path: Path, noon: object) -> Iterator[Desk]:
    opened = open_book(Path(shutil.copytree(received, tmp_path / "district")), PASSWORD)
    yield opened
    opened.upkeep.close()


@pytest.fixture
def page(qtbot, district: Desk, around: Surroundings) -> ConsolidationPage:
    made = ConsolidationPage(district, around)
    made.resize(1160, 680)
    # F5 at the end of a test adds up again: the page waits for it before it goes.
    qtbot.addWidget(made, before_close_func=lambda _: idle(qtbot, around))
    made.show()
    qtbot.waitUntil(lambda: made.found is not None and not around.work.is_busy, timeout=60_000)
    return made


def idle(qtbot, around: Surroundings) -> None:
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=60_000)


def cells(page: ConsolidationPage) -> list[list[str]]:
    model = page.totals.lines
    return [[model.index(row, place).data() for place in range(model.columnCount())] for row in range(model.rowCount())]


def test_every_line_says_how_many_of_how_many(page) -> None:
    lines = cells(page)

    assert lines[0][:2] == ["合计", f"1/{page.found.expected}"]
    assert all("/" in line[1] for line in lines)
    assert sum(int(line[1].split("/")[1]) for line in lines[1:]) == page.found.expected


def test_a_township_that_sent_nothing_shows_no_noughts(page) -> None:
    silent = [line for line in cells(page) if line[1].startswith("0/")]
    speaking = [line for line in cells(page) if line[0] == "莲花镇"]

    assert silent
    assert all(set(line[2:]) == {NOBODY} for line in silent)
    assert NOBODY not in speaking[0]


def test_offices_stand_one_by_one_on_demand(qtbot, page, around) -> None:
    page._by_buttons["office"].click()
    idle(qtbot, around)

    assert page.totals.lines.rowCount() == page.found.expected + 1


def test_no_number_is_cut(page) -> None:
    table = page.totals

    for place in range(1, table.lines.columnCount()):
        assert table.columnWidth(place) >= table.sizeHintForColumn(place)


def test_a_period_without_returns_adds_up_to_nothing(qtbot, page, around) -> None:
    page.period.setCurrentIndex(page.period.findData("2026Q3"))
    idle(qtbot, around)

    assert page.found.period.text == "2026Q3"
    assert cells(page)[0][1] == f"0/{page.found.expected}"


def test_the_workbook_is_written_where_the_person_says(qtbot, page, around, said: Said, tmp_path) -> None:
    said.answers = [tmp_path / "汇总.xlsx"]

    page.write.click()
    idle(qtbot, around)

    assert "汇总" in load_workbook(tmp_path / "汇总.xlsx").sheetnames
    assert page.done.isVisible()


def test_the_summary_is_written_for_print(qtbot, page, around, said: Said, tmp_path) -> None:
    said.answers = [tmp_path / "汇总.pdf"]

    page.paper.click()
    idle(qtbot, around)

    assert f"应报{page.found.expected}/实报1" in text_of(tmp_path / "汇总.pdf")


def test_the_chasing_list_names_whom_to_ring(qtbot, page, district: Desk, around, said: Said, tmp_path) -> None:
    silent = page.found.missing[0]
    office = next(one for one in district.rosters.offices() if one.code == silent.code)
    with district.store.change("补电话") as change:
        change.save(office.changed(contact="陈小满", phone="0592-7012345"))
    page.look()
    idle(qtbot, around)
    said.answers = [tmp_path / "催报单.pdf"]

    page.missing.chase.click()
    idle(qtbot, around)

    text = text_of(tmp_path / "催报单.pdf")
    assert "0592-7012345" in text
    assert "陈小满" in text
    assert silent.name in text
    assert "军营村委会" not in text


def test_missing_offices_are_searched(qtbot, page) -> None:
    with qtbot.waitSignal(page.missing.search.settled):
        page.missing.search.setText("莲花镇")

    townships = {line.cells[2] for line in page.missing.table.lines.lines}

    assert townships == {"莲花镇"}
    assert VILLAGE not in {line.cells[3] for line in page.missing.table.lines.lines}


def test_indicators_are_computed_when_first_visited(qtbot, page, around) -> None:
    page.tabs.buttons[INDICATORS].click()
    idle(qtbot, around)

    lines = page.indicators.table.lines.lines
    assert lines
    assert {line.cells[0] for line in lines} <= set(VERDICTS)
    assert all(line.tone and line.icon for line in lines)


def test_a_verdict_shows_its_own_and_then_all_again(qtbot, page, around) -> None:
    page.indicators.look()
    idle(qtbot, around)
    whole = page.indicators.table.lines.rowCount()

    page.indicators._only("未达标")
    some = {line.cells[0] for line in page.indicators.table.lines.lines}
    page.indicators._only("未达标")

    assert some == {"未达标"}
    assert page.indicators.table.lines.rowCount() == whole


def test_behind_a_number_stand_its_records(qtbot, page, around) -> None:
    page.indicators.look()
    idle(qtbot, around)
    results = page.indicators._results
    place = next(place for place, one in enumerate(results) if one.rows)

    page.indicators.table.selectRow(place)

    assert page.indicators.rows.lines.rowCount() == len(results[place].rows)
    assert results[place].title in page.indicators._title.text()


def test_a_day_that_cannot_be_read_computes_nothing(page, around) -> None:
    page.indicators.day.setText("去年底")

    page.indicators.look()

    assert page.indicators.day.property("tone") == "wrong"
    assert not around.work.is_busy


def test_verdict_colours_are_tokens_of_the_theme() -> None:
    assert all(hasattr(Theme().tokens, tone) for tone, _ in VERDICTS.values())


def test_a_change_elsewhere_adds_up_again(qtbot, page, district: Desk, around) -> None:
    one = district.inbox.submissions(QUARTER)[0]
    district.reviewing.accept(one, district.folder / "回执.pdf")

    around.changes.announce("已通过")
    qtbot.waitUntil(lambda: page.found.grid.states.get("已通过") == 1, timeout=30_000)

    assert page.found.included == 1


def test_keys_lead_to_the_list_in_front(page) -> None:
    page.tabs.go(MISSING)

    assert page.act("search")
    assert page.act("check")
    assert not page.act("save")


def test_amounts_keep_their_cents() -> None:
    assert grouped({"duty_funding": "1234567.05"}, "duty_funding") == "1,234,567.05"


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_a_period_is_locked_and_opened_again_with_a_reason(page, district: Desk, said: Said) -> None:
    said.answers = [True]
    page.locking.show_period(page.period.chosen)
    page.locking.lock.click()
    assert list(Closing(district).locked()) == [page.period.chosen.text]
    assert not page.locking.strip.isHidden()
    assert page.locking.lock.isHidden()
    page.locking.strip.unlock.click()
    assert Closing(district).locked()
    page.locking.strip.reason.setText("全区补报")
    page.locking.strip.unlock.click()
    assert Closing(district).locked() == {}
    assert page.locking.strip.isHidden()
