import csv
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from db.store import SqlStore
from tests.xmdesk.services.stories import ID_NO, duty, hall, saved, woman
from ui.compose import create_book
from xmdesk.errors import Fault, WrongUse
from xmdesk.records.doings import Training
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import ImportBatch, ParkedRow, SavedMapping
from xmdesk.records.people import DisasterOfficer, Person
from xmdesk.services.exporting import Exporting
from xmdesk.services.importing import Importing
from xmdesk.services.offices import OfficeDesk
from xmdesk.services.registers import Registers
from xmdesk.trust.argon import FLOOR_COST

LEDGERS = Path(__file__).parents[2] / "data" / "ledgers"
FACILITIES = ("设施名称", "设施类型", "坐落", "建筑面积(㎡)", "负责人", "联系电话")


@pytest.fixture
def importing(store: SqlStore) -> Importing:
    return Importing(store)


def table(path: Path, *rows: Sequence[object]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(rows)
    return path


def bring(importing: Importing, path: Path, register: str) -> str:
    return importing.write(importing.preview(path, register)).batch


def facilities(tmp_path: Path, *rows: Sequence[object]) -> Path:
    return table(tmp_path / "设施.csv", FACILITIES, *rows)


GOOD = ("军营村书屋", "农家书屋", "村部二楼", "60.5", "林阿土", "13800008117")


def test_what_the_preview_counts_is_what_gets_written(importing: Importing, store: SqlStore, tmp_path: Path) -> None:
    path = facilities(
        tmp_path, GOOD, ("军营村卫生室", "卫生室", "村部", "许多", "", ""), ("军营村广场", "?", "", "", "", "")
    )
    preview = importing.preview(path, "facilities")
    assert store.all(Facility) == []
    result = importing.write(preview)
    counts = preview.counts
    assert (counts["new"], counts["parked"]) == (len(store.all(Facility)), len(store.all(ParkedRow)))
    assert counts["new"] + counts["parked"] == 3
    assert store.find(ImportBatch, uid=result.batch)[0].counts.items() >= counts.items()


def test_the_same_sheet_again_changes_nothing(importing: Importing, store: SqlStore, tmp_path: Path) -> None:
    path = facilities(tmp_path, GOOD)
    bring(importing, path, "facilities")
    again = importing.preview(path, "facilities")
    assert (again.counts["same"], again.counts["new"], again.counts["changed"]) == (1, 0, 0)


def test_an_empty_cell_wipes_nothing_and_a_filled_one_completes(
    importing: Importing, store: SqlStore, tmp_path: Path
) -> None:
    bring(importing, facilities(tmp_path, GOOD), "facilities")
    importing.write(importing.preview(facilities(tmp_path, (*GOOD[:2], "", "80", "", "")), "facilities"))
    (facility,) = store.all(Facility)
    assert (facility.location, str(facility.floor_area), facility.contact_phone) == ("村部二楼", "80.00", "13800008117")


def test_one_person_behind_two_sheets_is_one_person(importing: Importing, store: SqlStore, tmp_path: Path) -> None:
    bring(importing, facilities(tmp_path, GOOD), "facilities")
    officers = table(
        tmp_path / "灾信员.csv",
        ("姓名", "公民身份号码", "手机号码", "A/B角", "专/兼职"),
        ("林阿土", ID_NO, "13800008117", "A", "兼职"),
    )
    bring(importing, officers, "disaster_officers")
    (person,) = store.all(Person)
    assert (store.all(DisasterOfficer)[0].person, store.all(Facility)[0].contact) == (person.uid, person.uid)
    assert (person.id_no, person.sex) == (ID_NO, "2")


def test_taking_an_import_back_keeps_what_was_changed_since(
    importing: Importing, store: SqlStore, tmp_path: Path
) -> None:
    rows = [GOOD, ("军营村卫生室", "卫生室", "村部", "80", "", "")]
    batch = bring(importing, facilities(tmp_path, *rows), "facilities")
    changed = store.find(Facility, name="军营村书屋")[0]
    saved(Registers(store), changed.changed(location="搬到一楼"))
    result = importing.undo(batch)
    assert [one.name for one in store.all(Facility)] == ["军营村书屋"]
    assert set(result.kept) == {("facilities", changed.uid), ("persons", changed.contact)}
    with pytest.raises(WrongUse) as why:
        importing.undo(batch)
    assert why.value.code == "IMPORT-UNDONE"


def test_an_import_that_never_was_cannot_be_taken_back(importing: Importing) -> None:
    with pytest.raises(Fault) as why:
        importing.undo("无")
    assert why.value.code == "IMPORT-NO-BATCH"


def test_a_mapping_is_remembered_for_the_same_table(importing: Importing, store: SqlStore, tmp_path: Path) -> None:
    path = facilities(tmp_path, GOOD)
    batch = bring(importing, path, "facilities")
    (kept,) = store.all(SavedMapping)
    assert importing.preview(path, "facilities").found.mapping.fingerprint == kept.fingerprint
    importing.undo(batch)
    assert store.all(SavedMapping) == [kept]


def test_a_map_with_a_header_that_is_not_there_is_refused_before_anything_is_written(
    importing: Importing, store: SqlStore, tmp_path: Path
) -> None:
    with pytest.raises(WrongUse) as why:
        importing.preview(facilities(tmp_path, GOOD), "facilities", mapping='{"columns": {"设施名": "name"}}')
    assert why.value.code == "SHEET-MAP-HEADER"
    assert "“设施名”" in why.value.happened
    assert "“设施名称”" in why.value.to_do
    assert store.all(SavedMapping) == []


def test_the_year_of_a_duty_list_stands_in_its_title(importing: Importing, store: SqlStore, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("军营村2025年度村级公共基础设施管护责任清单",),
        ("序号", "管护对象", "领域/类别", "所有权人", "经营权人", "管理权人", "管护主体"),
        (1, "村道路灯", "路灯", "村委会", "无", "村委会", "村委会"),
    ):
        sheet.append(row)
    book.save(tmp_path / "清单.xlsx")
    bring(importing, tmp_path / "清单.xlsx", "duties")
    assert [one.year for one in store.all(MaintenanceDuty)] == [2025]
    assert store.find(MaintenanceDuty)[0].item_no.endswith("0001")


def test_attendees_and_duties_are_found_by_their_names(importing: Importing, store: SqlStore, tmp_path: Path) -> None:
    path = table(
        tmp_path / "培训.csv",
        ("开始日期", "主题", "类别", "组织单位", "参训人员"),
        ("2026-11-02", "防汛", "灾害信息员培训", "区应急局", "林阿土、陈水木"),
    )
    saved(Registers(store), woman())
    preview = importing.preview(path, "trainings")
    importing.write(preview)
    names = {one.uid: one.name for one in store.all(Person)}
    held = [[names[line["person"]] for line in one.attendees] for one in store.all(Training)]
    assert (held, preview.parked) == ([["林阿土", "陈水木"]], ())


def test_what_is_exported_comes_in_as_the_same(importing: Importing, store: SqlStore, tmp_path: Path) -> None:
    registers = Registers(store)
    person = saved(registers, woman())
    saved(registers, hall(person))
    saved(registers, duty(keeper_person=person.uid))
    for name in ("facilities", "duties"):
        Exporting(store).write(name, tmp_path / f"{name}.xlsx")
        counts = importing.preview(tmp_path / f"{name}.xlsx", name).counts
        assert (counts["same"], counts["new"], counts["parked"]) == (1, 0, 0), (name, counts)


def test_numbers_leave_masked_and_whole_ones_need_a_reason(store: SqlStore, tmp_path: Path) -> None:
    saved(Registers(store), woman())
    exporting = Exporting(store)
    exporting.write("persons", tmp_path / "人员.csv")
    masked = (tmp_path / "人员.csv").read_text("utf-8-sig")
    assert (ID_NO in masked, "13800008117" in masked, "138****8117" in masked) == (False, False, True)
    with pytest.raises(WrongUse) as why:
        exporting.write("persons", tmp_path / "全号.csv", unmasked=True, reason=" ")
    assert (why.value.code, (tmp_path / "全号.csv").exists()) == ("EXPORT-REASON", False)
    before = store.audit_head()[0]
    exporting.write("persons", tmp_path / "全号.csv", unmasked=True, reason="区民政局核对")
    whole = (tmp_path / "全号.csv").read_text("utf-8-sig")
    assert (ID_NO in whole, "13800008117" in whole, "*" in whole) == (True, True, False)
    assert store.audit_head()[0] > before
    assert OfficeDesk(store).setting("unmasked_export")["reason"] == "区民政局核对"


@pytest.mark.parametrize("name", ["全号.csv", "全号.xlsx"])
def test_a_file_with_whole_numbers_says_who_made_it_when_and_why_and_comes_in_completely(
    importing: Importing, store: SqlStore, tmp_path: Path, clock: object, name: str
) -> None:
    people = [woman(), woman(name="陈水木", id_no="")]
    for one in people:
        saved(Registers(store), one)
    reason = "报区民政局\n核对，说明见附件 & 名册" * 20

    Exporting(store).write("persons", tmp_path / name, unmasked=True, reason=reason)

    said = said_above(tmp_path / name)
    assert said.startswith("含完整证件号码和手机号码 · 导出人 电脑用户")
    assert " · 2026-11-23 12:00 · 原因 报区民政局 核对" in said
    counts = importing.preview(tmp_path / name, "persons").counts
    assert (counts["same"], counts["new"], counts["parked"], counts["skipped"]) == (2, 0, 0, 0)


def said_above(path: Path) -> str:
    """What stands above the header of a sheet; in a workbook it stays in sight and is on every printed page."""
    if path.suffix == ".csv":
        return path.read_text("utf-8-sig").splitlines()[0]
    page = openpyxl.load_workbook(path).worksheets[0]
    assert str(page["A1"].value).endswith("(含完整证件号码和手机号码)")
    assert page.oddFooter is not None
    assert str(page.oddFooter.left.text).startswith("含完整证件号码")
    assert page.freeze_panes == "A4"
    return str(page["A2"].value)


@pytest.mark.parametrize(("header", "length", "limit"), [("姓名", 60, 50), ("姓名", 10_000, 50), ("备注", 32_000, 500)])
def test_a_text_that_is_too_long_is_told_with_the_limit_of_its_field(
    importing: Importing, tmp_path: Path, header: str, length: int, limit: int
) -> None:
    values = {"姓名": "林阿土", "备注": "", header: "长" * length}
    path = table(tmp_path / "人员.csv", tuple(values), tuple(values.values()))
    (told,) = importing.preview(path, "persons").problems
    assert told.text == f"第 2 行“{header}”：最多 {limit} 字，现有 {length:,} 字。"


def test_an_export_overwrites_nothing_unless_told(store: SqlStore, tmp_path: Path) -> None:
    out = tmp_path / "人员.xlsx"
    Exporting(store).write("persons", out)
    with pytest.raises(Fault):
        Exporting(store).write("persons", out)
    assert Exporting(store).write("persons", out, force=True) == 0


def test_a_backup_is_made_before_anything_is_written(tmp_path: Path) -> None:
    made = create_book(tmp_path / "book", code="350212105206", password="Lianhua-2026", cost=FLOOR_COST)
    with made.desk.closing() as desk:
        preview = desk.importing.preview(LEDGERS / "设施台账.xlsx", "facilities")
        assert desk.last_backup() == ""

        desk.importing.write(preview)

        assert desk.last_backup()
