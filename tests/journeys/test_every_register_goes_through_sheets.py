"""Template → filled → imported → exported → imported again, for every register, with every field that has a column."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db.store import SqlStore, open_memory
from tests.journeys.full_data import CLASSES, OFFICE_CODE, filled, full_registers, longest_list
from tests.journeys.terminal import on
from xmdesk.documents.sheets.columns import Column
from xmdesk.documents.sheets.writing import cell_value
from xmdesk.problems import Severity
from xmdesk.records.base import Kept, fields_of
from xmdesk.records.doings import Training
from xmdesk.records.facility import Facility
from xmdesk.records.kinds import Reference, SubTable
from xmdesk.records.office import Office
from xmdesk.records.people import Person
from xmdesk.services.exporting import Exporting, rows_out, template
from xmdesk.services.import_preview import ImportPreview
from xmdesk.services.importing import Importing
from xmdesk.services.sheet_columns import sheet_register

WITHOUT_COLUMN = {
    "persons": {"photo"},
    "facilities": {"sign_photo", "duties"},
    "duties": {"notice_photo"},
    "inspections": {"photos"},
    "disaster_officers": set(),
    "shelters": {"openings"},
    "legal_helpers": {"assessments", "services"},
    "trainings": {"proofs"},
    "activities": {"proofs"},
}
"""Pictures, lists of other records, and lines that have no agreed way to be written in one cell."""

PHONES_BESIDE_NAMES = {"facilities", "duties", "shelters"}
"""The phones beside the invented names are nobody's: that somebody of the same name is registered anew is told."""


@pytest.fixture
def sheets(tmp_path: Path) -> Iterator["Sheets"]:
    with on("2026-11-23"):
        yield Sheets(tmp_path)


class Sheets:
    """Full registers in memory, and the ways of one of them through files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill_in(self, name: str, records: list[Kept], around: SqlStore) -> Path:
        """Fill the blank template in as a person would, under its titles."""
        book = openpyxl.load_workbook(BytesIO(template(name)))
        page = book.worksheets[0]
        columns = sheet_register(name).columns
        places = {cell.value: place for place, cell in enumerate(page[2], start=1)}
        assert set(places) == {one.label for one in columns}
        for row, cells in enumerate(rows_out(around, name, records, unmasked=True), start=3):
            for column, value in zip(columns, cells, strict=True):
                content: Any = cell_value(column, value)
                page.cell(row, places[column.label], content)
        path = self.folder / f"{name}.xlsx"
        book.save(path)
        return path


def store_with(registers: dict[str, list[Any]], *, without: str = "") -> SqlStore:
    store = open_memory()
    with store.change("备好") as change:
        for name, records in registers.items():
            change.save_many([] if name == without else records)
    return store


def registers_for(name: str) -> dict[str, list[Any]]:
    """Small registers around, the one in question with as many rows as its longest list of choices."""
    around = full_registers(3)
    known = {register: [one.uid for one in some] for register, some in around.items()}
    rows = longest_list(CLASSES[name])
    if name in ("disaster_officers", "legal_helpers"):
        around["persons"] = [filled(CLASSES["persons"], number) for number in range(rows)]
        known["persons"] = [one.uid for one in around["persons"]]
        return {**around, name: [filled(CLASSES[name], number, known) for number in range(rows)]}
    more = [filled(CLASSES[name], number, known) for number in range(3, max(rows, 3))]
    around[name] = (
        [*around[name], *more]
        if name not in ("facilities",)
        else [
            *around[name],
            *(one.changed(parent=around[name][0].uid, shelter=known["shelters"][0]) for one in more),
        ]
    )
    return around


def told(preview: ImportPreview) -> str:
    return "; ".join(f"{one.code} {one.where.row} {one.text}" for one in preview.problems[:8])


def differences(name: str, records: list[Kept], wanted: SqlStore, got: SqlStore) -> list[str]:
    """Name every cell that does not say what was filled in, by row and column."""
    columns = sheet_register(name).columns
    expected = rows_out(wanted, name, records, unmasked=True)
    found = rows_out(got, name, _in_order(name, records, got, wanted), unmasked=True)
    return [
        f"{number} {column.field}: {before!r} → {after!r}"
        for number, (first, second) in enumerate(zip(expected, found, strict=True))
        for column, before, after in zip(columns, first, second, strict=True)
        if _shown(column, before) != _shown(column, after)
    ]


def _shown(column: Column, value: Any) -> Any:
    return cell_value(column, value)


def _in_order(name: str, records: list[Kept], got: SqlStore, wanted: SqlStore) -> list[Kept]:
    """The records of the other store in the order of these, matched by what a person would call the same."""
    held = {_key(name, one, got): one for one in got.all(CLASSES[name])}
    return [held[_key(name, one, wanted)] for one in records]  # type: ignore[misc]  # all registers hold Kept


def _key(name: str, record: Any, store: SqlStore) -> Any:
    if name in ("disaster_officers", "legal_helpers"):
        person = store.get(CLASSES["persons"], record.person)
        return getattr(person, "id_no", "")
    keys = {"persons": "id_no", "facilities": "facility_no", "duties": "item_no", "shelters": "shelter_no"}
    return getattr(record, keys[name]) if name in keys else (record.remark,)


@pytest.mark.parametrize("name", CLASSES)
def test_what_is_filled_into_the_template_arrives_and_comes_again_as_the_same(sheets, name):
    registers = registers_for(name)
    source = store_with(registers)
    empty = store_with(registers, without=name)
    if name in ("disaster_officers", "legal_helpers"):
        empty = store_with({"office": [Office(code=OFFICE_CODE)]})
    path = sheets.fill_in(name, registers[name], source)

    first = Importing(empty).preview(path, name)

    assert (first.counts["new"], first.counts["parked"]) == (len(registers[name]), 0), told(first)
    doubts = {one.code for one in first.problems if one.severity is not Severity.NOTICE}
    assert doubts == ({"IMPORT-NAMESAKES"} if name in PHONES_BESIDE_NAMES else set()), told(first)
    Importing(empty).write(first)
    assert differences(name, registers[name], source, empty) == []

    for kind in ("xlsx", "csv"):
        out = sheets.folder / f"again.{kind}"
        Exporting(empty).write(name, out, unmasked=True, reason="核对")
        again = Importing(empty).preview(out, name)
        assert again.counts == {
            "new": 0,
            "changed": 0,
            "same": len(registers[name]),
            "parked": 0,
            "skipped": 0,
            "left": 0,
            "merged": 0,
        }, told(again)
    source.close()
    empty.close()


@pytest.mark.parametrize("name", CLASSES)
def test_an_export_fills_an_empty_book_alike(sheets, name):
    registers = registers_for(name)
    source = store_with(registers)
    target = store_with(registers, without=name)
    out = sheets.folder / f"{name}.csv"
    Exporting(source).write(name, out, unmasked=True, reason="换电脑")

    found = Importing(target).preview(out, name)
    Importing(target).write(found)

    assert (found.counts["new"], found.counts["parked"]) == (len(registers[name]), 0), told(found)
    assert differences(name, registers[name], source, target) == []
    source.close()
    target.close()


@pytest.mark.parametrize("name", CLASSES)
def test_a_masked_export_read_again_changes_nothing(sheets, name):
    registers = full_registers(4)
    store = store_with(registers)
    out = sheets.folder / f"{name}.csv"
    Exporting(store).write(name, out)

    again = Importing(store).preview(out, name)

    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", out.read_text("utf-8-sig"))
    assert [one for one in again.problems if one.severity is not Severity.NOTICE] == [], told(again)
    assert again.persons == []
    assert again.counts == {"new": 0, "changed": 0, "same": 4, "parked": 0, "skipped": 0, "left": 0, "merged": 0}, told(
        again
    )
    store.close()


@pytest.mark.parametrize("name", CLASSES)
def test_every_field_has_a_column_or_a_reason_to_have_none(name):
    specs = fields_of(CLASSES[name])
    with_column = {one.field.partition(".")[0] for one in sheet_register(name).columns}
    assert set(specs) - with_column == WITHOUT_COLUMN[name]
    kinds = {field: specs[field].kind for field in WITHOUT_COLUMN[name]}
    assert not [
        field
        for field, kind in kinds.items()
        if not isinstance(kind, SubTable | Reference) and kind.name != "references"
    ]


def _shelter_sheet(folder: Path, phone: str) -> Path:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(("名称", "地址", "可容纳人数", "责任人", "责任人电话", "副责任人"))
    page.append(("榕下村避灾点", "村部", 120, "郑小满", phone, "林银杏"))
    path = folder / "避灾点.xlsx"
    book.save(path)
    return path


def test_a_landline_beside_a_name_does_not_make_a_second_person(sheets):
    store = store_with({"persons": [Person(name="郑小满", mobile="13800001234")]})
    found = Importing(store).preview(_shelter_sheet(sheets.folder, "0592-7101234"), "shelters")
    Importing(store).write(found)
    assert sorted(one.name for one in store.all(Person)) == ["林银杏", "郑小满"]
    store.close()


def test_a_name_that_fits_two_means_who_stands_there_already(sheets):
    namesakes = [Person(name="林银杏", mobile="13800000001"), Person(name="林银杏", mobile="13800000002")]
    store = store_with({"persons": namesakes})
    path = _shelter_sheet(sheets.folder, "13800001234")
    Importing(store).write(Importing(store).preview(path, "shelters"))
    people = store.count(Person)
    again = Importing(store).preview(path, "shelters")
    Importing(store).write(again)
    assert again.counts["same"] == 1
    assert store.count(Person) == people
    store.close()


def test_a_list_of_names_does_not_wipe_how_each_of_them_did(sheets):
    people = [Person(name="郑小满"), Person(name="林银杏")]
    results = [{"person": people[0].uid, "result": "合格"}, {"person": people[1].uid, "result": "不合格"}]
    training = Training(from_on="2026-05-18", theme="灾情报送", attendees=results)
    store = store_with({"persons": people, "trainings": [training]})
    path = sheets.folder / "培训.csv"
    path.write_text("开始日期,主题,参训人员\n2026-05-18,灾情报送,郑小满、林银杏(未考)\n", "utf-8")
    Importing(store).write(Importing(store).preview(path, "trainings"))
    assert [one["result"] for one in store.all(Training)[0].attendees] == ["合格", "未考"]
    store.close()


def test_a_hidden_number_of_nobody_known_is_left_out_and_said(sheets):
    store = store_with({})
    path = sheets.folder / "人员.csv"
    path.write_text("姓名,公民身份号码\n郑小满,350299********0011\n", "utf-8")
    found = Importing(store).preview(path, "persons")
    assert [one.code for one in found.problems if one.severity is Severity.WARNING] == ["IMPORT-MASKED"]
    Importing(store).write(found)
    assert [one.id_no for one in store.all(Person)] == [""]
    store.close()


def test_a_room_may_stand_above_its_building_in_the_sheet(sheets):
    store = store_with({})
    path = sheets.folder / "设施.csv"
    path.write_text("设施名称,设施类型,所在综合体\n农家书屋,农家书屋,综合楼\n综合楼,党群服务中心,没有的楼\n", "utf-8")
    found = Importing(store).preview(path, "facilities")
    Importing(store).write(found)
    held = {one.name: one for one in store.all(Facility)}
    assert held["农家书屋"].parent == held["综合楼"].uid
    assert [one.where.row for one in found.problems if one.code == "IMPORT-NOT-FOUND"] == [3]
    store.close()
