"""Rows put aside: corrected in the preview or on the work list, taken in or given up, one step each."""
# pyright: reportOptionalMemberAccess=false
# What is absent here fails the test by itself, with a clearer word than the type check has.

import csv
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from db.store import SqlStore
from tests.xmdesk.services.stories import ID_NO
from xmdesk.errors import Fault
from xmdesk.jobs import Cancelled, Silent
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import ParkedRow
from xmdesk.records.people import Person
from xmdesk.services.import_preview import ImportPreview
from xmdesk.services.importing import Importing
from xmdesk.services.joining import Fate
from xmdesk.services.origins import Origins
from xmdesk.services.parking import Parking

HEADERS = ("设施名称", "设施类型", "坐落", "建筑面积(㎡)", "负责人", "联系电话")
GOOD = ("军营村书屋", "农家书屋", "村部二楼", "60.5", "林阿土", "13800008117")
VAGUE = ("军营村卫生室", "卫生室", "村部", "许多", "", "")


def preview(store: SqlStore, path: Path, rows: Sequence[Sequence[object]], register: str) -> ImportPreview:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(rows)
    return Importing(store).preview(path, register)


@pytest.fixture
def shown(store: SqlStore, tmp_path: Path) -> ImportPreview:
    return preview(store, tmp_path / "设施.csv", (HEADERS, GOOD, VAGUE), "facilities")


@pytest.fixture
def waiting(store: SqlStore, shown: ImportPreview) -> ParkedRow:
    Importing(store).write(shown)
    (row,) = store.all(ParkedRow)
    return row


def test_a_cell_corrected_in_the_preview_makes_its_row_good(store: SqlStore, shown: ImportPreview) -> None:
    (parked,) = shown.parked

    again = Importing(store).reread(shown, {(parked.number, "建筑面积(㎡)"): "35"})

    assert (again.counts["new"], again.counts["parked"]) == (2, 0)
    assert store.all(Facility) == []
    Importing(store).write(again)
    assert {str(one.floor_area) for one in store.all(Facility)} == {"60.50", "35.00"}


def test_a_correction_that_is_no_better_leaves_the_row_aside(store: SqlStore, shown: ImportPreview) -> None:
    again = Importing(store).reread(shown, {(shown.parked[0].number, "建筑面积(㎡)"): "不清楚几平"})

    assert again.counts["parked"] == 1
    assert again.parked[0].raw["建筑面积(㎡)"] == "不清楚几平"


def test_a_number_typed_over_a_damaged_one_is_read_as_text(store: SqlStore, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["姓名", "公民身份号码", "手机号码"])
    book.active.append(["林阿土", 350203198001011000, "13800008117"])
    book.save(tmp_path / "人员.xlsx")
    shown = Importing(store).preview(tmp_path / "人员.xlsx", "persons")
    assert [one.problems[0].code for one in shown.parked] == ["SHEET-ID-NUMBER"]

    again = Importing(store).reread(shown, {(shown.parked[0].number, "公民身份号码"): ID_NO})
    Importing(store).write(again)

    assert [one.id_no for one in store.all(Person)] == [ID_NO]


def test_a_parked_row_corrected_goes_in_and_leaves_the_list(store: SqlStore, waiting: ParkedRow) -> None:
    taken = Parking(store).take_parked(waiting.uid, {"建筑面积(㎡)": "35"})

    assert taken.fate is Fate.NEW
    (record,) = store.many(Facility, [taken.uid])
    assert (record.name, str(record.floor_area)) == ("军营村卫生室", "35.00")
    assert record.facility_no
    assert Parking(store).waiting() == []


def test_taking_a_row_in_is_one_step_back(store: SqlStore, waiting: ParkedRow) -> None:
    Parking(store).take_parked(waiting.uid, {"建筑面积(㎡)": "35"})
    step = store.undoable()

    store.undo()

    assert step is not None
    assert step.label.startswith("补录")
    assert [one.uid for one in Parking(store).waiting()] == [waiting.uid]
    assert [one.name for one in store.all(Facility)] == ["军营村书屋"]


def test_a_row_still_faulty_waits_as_corrected(store: SqlStore, waiting: ParkedRow) -> None:
    taken = Parking(store).take_parked(waiting.uid, {"坐落": "村部一楼", "建筑面积(㎡)": "大"})

    (row,) = Parking(store).waiting()
    assert taken.uid == ""
    assert taken.problems
    assert (row.raw["坐落"], row.raw["建筑面积(㎡)"]) == ("村部一楼", "大")
    assert row.problems[0]["where"]["column"] == "建筑面积(㎡)"


def test_two_columns_of_one_title_are_both_kept_and_read_as_before(store: SqlStore, tmp_path: Path) -> None:
    rows = (("姓名", "备注", "手机号码", "备注"), ("林阿土", "甲", "1380", "乙"))
    Importing(store).write(preview(store, tmp_path / "人员.csv", rows, "persons"))
    (row,) = store.all(ParkedRow)

    taken = Parking(store).take_parked(row.uid, {"手机号码": "13800008117"})

    assert [row.raw[name] for name in ("备注", "备注（之2）")] == ["甲", "乙"]
    assert (taken.fate, [one.remark for one in store.all(Person)]) == (Fate.NEW, ["甲"])


def test_giving_up_is_one_step_back_too(store: SqlStore, waiting: ParkedRow) -> None:
    Parking(store).give_up(waiting.uid)
    assert Parking(store).waiting() == []

    store.undo()

    assert [one.uid for one in Parking(store).waiting()] == [waiting.uid]


def test_a_row_that_is_gone_is_said(store: SqlStore, waiting: ParkedRow) -> None:
    Parking(store).give_up(waiting.uid)
    with pytest.raises(Fault) as raised:
        Parking(store).take_parked(waiting.uid, {})
    assert raised.value.code == "RECORD-GONE"


def test_a_damaged_number_is_not_healed_by_looking_at_its_text(store: SqlStore, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["姓名", "公民身份号码", "手机号码"])
    book.active.append(["林阿土", 350203198001011000, "13800008117"])
    book.save(tmp_path / "人员.xlsx")
    Importing(store).write(Importing(store).preview(tmp_path / "人员.xlsx", "persons"))
    (row,) = Parking(store).waiting()

    untouched = Parking(store).take_parked(row.uid, {"手机号码": "13800008118"})
    typed = Parking(store).take_parked(row.uid, {"公民身份号码": ID_NO})

    assert "SHEET-ID-NUMBER" in {one.code for one in untouched.problems}
    assert typed.fate is Fate.NEW


def test_a_duty_keeps_the_year_of_its_list(store: SqlStore, tmp_path: Path) -> None:
    headers = ("管护对象", "管护类别", "管护责任人", "年度经费(元)")
    rows = (headers, ("村主干道", "道路", "林阿土", "许多"))
    shown = preview(store, tmp_path / "2024年管护清单.csv", rows, "duties")
    Importing(store).write(shown)
    (row,) = Parking(store).waiting()

    taken = Parking(store).take_parked(row.uid, {"年度经费(元)": "300"})

    assert [one.year for one in store.many(MaintenanceDuty, [taken.uid])] == [2024]
    assert Origins(store).file_of(row) == "2024年管护清单.csv"


def test_cells_of_a_row_that_waits_keep_the_order_of_their_sheet(store: SqlStore, waiting: ParkedRow) -> None:
    origins = Origins(store)

    assert list(origins.in_order(waiting)) == list(HEADERS)
    assert origins.title_of(waiting) == "军营村卫生室"


def test_rows_with_the_same_fault_are_taken_in_together(store: SqlStore, tmp_path: Path) -> None:
    rows = (HEADERS, *((f"军营村{name}", "卫生室", "村部", "1.2万", "", "") for name in "甲乙"))
    Importing(store).write(preview(store, tmp_path / "设施.csv", rows, "facilities"))
    waiting = Parking(store).waiting()

    taken = Parking(store).take_alike({one.uid: {"建筑面积(㎡)": "12000"} for one in waiting}, Silent())

    assert [one.fate for one in taken] == [Fate.NEW, Fate.NEW]
    assert {str(one.floor_area) for one in store.all(Facility)} == {"12000.00"}
    assert Parking(store).waiting() == []


def test_rows_taken_in_together_are_one_step_back_and_know_of_each_other(store: SqlStore, tmp_path: Path) -> None:
    keeper = ("林阿土", "13800008117")
    rows = (HEADERS, *((f"军营村{name}", "卫生室", "村部", "1.2万", *keeper) for name in "甲乙乙"))
    Importing(store).write(preview(store, tmp_path / "设施.csv", rows, "facilities"))
    waiting = [one.uid for one in Parking(store).waiting()]

    taken = Parking(store).take_alike({uid: {"建筑面积(㎡)": "12000"} for uid in waiting}, Silent())
    numbers = {one.facility_no for one in store.all(Facility)}
    label = store.undoable().label
    made = store.count(Facility), store.count(Person)
    store.undo()

    assert [one.fate for one in taken] == [Fate.NEW, Fate.NEW, Fate.SAME]
    assert (made, len(numbers)) == ((2, 1), 2)
    assert label == "补录设施（3 行一起）"
    assert (store.count(Facility), store.count(Person)) == (0, 0)
    assert [one.uid for one in Parking(store).waiting()] == waiting


def test_rows_of_which_one_is_still_faulty_wait_as_corrected_in_the_same_step(store: SqlStore, tmp_path: Path) -> None:
    rows = (HEADERS, *((f"军营村{name}", "卫生室", "村部", "1.2万", "", "") for name in "甲乙"))
    Importing(store).write(preview(store, tmp_path / "设施.csv", rows, "facilities"))
    first, second = (one.uid for one in Parking(store).waiting())

    texts = {first: {"建筑面积(㎡)": "12000"}, second: {"建筑面积(㎡)": "大"}}
    Parking(store).take_alike(texts, Silent())

    (left,) = Parking(store).waiting()
    assert (left.uid, left.raw["建筑面积(㎡)"]) == (second, "大")
    store.undo()
    assert [one.raw["建筑面积(㎡)"] for one in Parking(store).waiting()] == ["1.2万", "1.2万"]


def test_rows_whose_taking_in_is_stopped_all_wait_on(store: SqlStore, tmp_path: Path) -> None:
    class Stopping(Silent):
        def step(self, done: int, total: int, text: str) -> None:
            if done == total:
                raise Cancelled

    rows = (HEADERS, *((f"军营村{name}", "卫生室", "村部", "1.2万", "", "") for name in "甲乙"))
    Importing(store).write(preview(store, tmp_path / "设施.csv", rows, "facilities"))
    parking = Parking(store)
    uids = [one.uid for one in parking.waiting()]

    with pytest.raises(Cancelled):
        parking.take_alike({uid: {"建筑面积(㎡)": "12000"} for uid in uids}, Stopping())

    assert store.count(Facility) == 0
    assert parking.take_parked(uids[0], {"建筑面积(㎡)": "35"}).fate is Fate.NEW
