"""The four workbooks as villages keep them: every row goes in or waits for a stated, correct reason."""

import datetime as dt

import pytest

from tests.xmdesk.documents.sheets import samples
from tests.xmdesk.documents.sheets.conftest import LEDGERS
from xmdesk.documents.sheets.mapping import How
from xmdesk.documents.sheets.preview import open_file, preview

FILES = {
    "法律明白人花名册": (samples.HELPERS, 4, 0),
    "灾害信息员和避灾点": (samples.OFFICERS, 2, 0),
    "管护责任清单": (samples.DUTIES, 10, 5),
    "设施台账": (samples.FACILITIES, 18, 0),
}


@pytest.fixture
def ledger(child):
    def read(name, register=None):
        return preview(open_file(LEDGERS / f"{name}.xlsx", run=child.run), register or FILES[name][0])

    return read


@pytest.mark.parametrize("name", FILES)
def test_every_row_goes_in_or_waits(name, ledger):
    _, good, parked = FILES[name]
    seen = ledger(name)
    assert (len(seen.good), len(seen.parked)) == (good, parked)


@pytest.mark.parametrize("name", FILES)
def test_every_column_but_the_ordinal_is_understood(name, ledger):
    assert [one.header.text for one in ledger(name).mapping.matches if one.how is How.IGNORED] == ["序号"]
    assert not [one for one in ledger(name).mapping.matches if not one.fields and one.how is not How.IGNORED]


def test_the_only_reason_to_wait_is_an_amount_in_words(ledger):
    seen = ledger("管护责任清单")
    assert {one.code for row in seen.parked for one in row.problems} - {"V-TIDIED"} == {"V-NUMBER-WORDS"}
    assert [row.number for row in seen.parked] == [4, 8, 10, 17, 18]
    assert all(row.raw["年度经费(元)"] == "1.2万" for row in seen.parked)


def test_merged_domains_are_repeated_downwards(ledger):
    kinds = {row.number: row.values["kind"] for row in ledger("管护责任清单").rows}
    assert (kinds[4], kinds[5], kinds[6], kinds[7]) == ("农村道路", "农村道路", "供水", "供水")


def test_totals_and_signature_lines_are_listed_not_read(ledger):
    assert [one.number for one in ledger("设施台账").skipped] == [23, 25, 26]


def test_the_second_sheet_is_chosen_by_its_columns(ledger):
    seen = ledger("灾害信息员和避灾点", samples.SHELTERS)
    assert seen.sheet == "避灾点"
    assert seen.others == ("灾害信息员",)
    assert [row.values["capacity"] for row in seen.good] == [125, 86]


def test_days_are_read_in_every_spelling(ledger):
    days = [row.values["in_use_on"] for row in ledger("设施台账").rows[:6]]
    assert days == ["2022-04-05", "2021-01", "2005-04", "2003-12", "1999-07", "2014-08-24"]


def test_a_person_and_phone_in_one_cell_become_two_fields(ledger):
    first = ledger("设施台账").rows[0].values
    assert (first["contact"], first["contact_phone"]) == ("蔡美玉", "13800008117")


def test_titles_offer_year_day_and_office(ledger):
    assert ledger("管护责任清单").offered.year == 2026
    assert ledger("灾害信息员和避灾点").offered.as_of == dt.date(2026, 9, 30).isoformat()
    assert ledger("设施台账").offered.office == "军营村民委员会"


def test_a_kept_mapping_gives_the_same_rows_again(ledger, child):
    import json

    from xmdesk.documents.sheets.mapping import read_mapping
    from xmdesk.documents.sheets.preview import Choices

    first = ledger("设施台账")
    kept = read_mapping(json.dumps(first.mapping.as_json()), samples.FACILITIES)
    again = preview(open_file(LEDGERS / "设施台账.xlsx", run=child.run), samples.FACILITIES, Choices(saved=kept))
    assert [row.values for row in again.rows] == [row.values for row in first.rows]
    assert {one.how for one in again.mapping.matches} == {How.SAVED, How.IGNORED}
