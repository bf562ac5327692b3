"""Workbooks of other villages: every row in or parked for a correct reason, nothing wrong in silence, twice the same."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from db.store import SqlStore
from tests.xmdesk.services.ledgers_of_duties import DUTIES, INSPECTIONS, MORE_DUTIES
from tests.xmdesk.services.ledgers_of_people import DOINGS, HELPERS, MORE_PEOPLE, OFFICERS, PERSONS
from tests.xmdesk.services.ledgers_of_places import FACILITIES, SHELTERS
from tests.xmdesk.services.other_ledgers import Ledger, build
from xmdesk.documents.sheets.mapping import How
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import ParkedRow
from xmdesk.records.people import Person
from xmdesk.records.registers import REGISTERS
from xmdesk.services.import_preview import ImportPreview
from xmdesk.services.importing import Importing

ALL = (
    *FACILITIES,
    *SHELTERS,
    *DUTIES,
    *MORE_DUTIES,
    *INSPECTIONS,
    *OFFICERS,
    *HELPERS,
    *PERSONS,
    *MORE_PEOPLE,
    *DOINGS,
)


@pytest.fixture(params=ALL, ids=lambda one: one.name)
def ledger(request: pytest.FixtureRequest, store: SqlStore) -> Ledger:
    if request.param.register == "inspections":
        with store.change("清单") as change:
            change.save(MaintenanceDuty(year=2026, subject="村道路灯"))
    return request.param


def titles(store: SqlStore, register: str) -> dict[str, Any]:
    people = {one.uid: one.name for one in store.all(Person)}
    held = store.all(REGISTERS[register].record)
    return {people.get(one.title(), one.title()): one for one in held}


def data_rows(preview: ImportPreview) -> int:
    return len(preview.found.table.rows)


def test_every_row_comes_in_or_waits_for_a_reason(ledger: Ledger, store: SqlStore, tmp_path: Path) -> None:
    importing = Importing(store)
    preview = importing.preview(build(ledger, tmp_path), ledger.register, sheet=ledger.sheet)
    before = store.count(REGISTERS[ledger.register].record)

    importing.write(preview)

    arrived = store.count(REGISTERS[ledger.register].record) - before
    assert (arrived, preview.counts["parked"]) == (ledger.new, ledger.parked)
    assert arrived + preview.counts["parked"] == data_rows(preview)
    codes = [{problem.code for problem in one.problems} for one in preview.parked]
    assert all(codes)
    assert set(ledger.reasons) <= set().union(*codes)
    assert {one.header.text for one in preview.found.mapping.matches if one.how is How.UNKNOWN} == set(ledger.unknown)


def test_what_arrived_is_what_stood_there(ledger: Ledger, store: SqlStore, tmp_path: Path) -> None:
    importing = Importing(store)
    importing.write(importing.preview(build(ledger, tmp_path), ledger.register, sheet=ledger.sheet))

    held = titles(store, ledger.register)

    for title, field, expected in ledger.holds:
        assert str(getattr(held[title], field)) == expected, (title, field)


def test_the_same_file_again_changes_nothing(ledger: Ledger, store: SqlStore, tmp_path: Path) -> None:
    importing = Importing(store)
    path = build(ledger, tmp_path)
    first = importing.preview(path, ledger.register, sheet=ledger.sheet)
    importing.write(first)

    again = importing.preview(path, ledger.register, sheet=ledger.sheet)

    counts = {**first.counts, "new": 0, "changed": 0, "same": len(first.joined)}
    assert again.counts == counts
    importing.write(again)
    assert len(store.all(ParkedRow)) == first.counts["parked"]


def test_a_corrected_file_clears_the_work_list(store: SqlStore, tmp_path: Path) -> None:
    importing = Importing(store)
    path = build(FACILITIES[0], tmp_path)
    importing.write(importing.preview(path, "facilities"))
    (waiting,) = store.all(ParkedRow)
    book = openpyxl.load_workbook(path)
    assert book.active is not None
    book.active[f"C{waiting.row_no}"] = "文化广场"
    book.save(path)

    importing.write(importing.preview(path, "facilities"))

    assert store.all(ParkedRow) == []
    assert {one.name for one in store.all(Facility)} >= {"村口小游园", "下溪村卫生室"}


def test_inline_strings_and_kept_results_of_formulas_are_read(store: SqlStore, tmp_path: Path) -> None:
    path = tmp_path / "WPS.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("设施")
    for at, title in enumerate(("设施名称", "类别", "面积（㎡）", "使用情况")):
        sheet.write(0, at, title)
    sheet.write_row(1, 0, ("军营村书屋", "农家书屋"))
    sheet.write_formula(1, 2, "=20+40", None, 60)
    sheet.write(1, 3, "良好")
    sheet.write_row(2, 0, ("合计", None, 60.5))
    book.close()

    preview = Importing(store).preview(path, "facilities")
    Importing(store).write(preview)

    (facility,) = store.all(Facility)
    assert (facility.name, str(facility.floor_area), str(facility.condition)) == ("军营村书屋", "60.00", "正常")
    assert "SHEET-FORMULA" in {one.code for one in preview.problems}
