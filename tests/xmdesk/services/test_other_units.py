"""A column in another unit that a person puts to a field is converted, in the preview and on the work list, and said to be."""

import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from db.store import SqlStore
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.services.importing import Importing
from xmdesk.services.parking import Parking

HEADER = "资金（万元/年）"
CHOSEN = json.dumps({"columns": {"管护对象": "subject", "管护主体": "keeper", HEADER: "funding_amount"}})


def book(path: Path, *rows: tuple[str | float, ...]) -> Path:
    made = openpyxl.Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    made.save(path)
    return path


def costs(store: SqlStore) -> dict[str, Decimal | None]:
    return {one.subject: one.funding_amount for one in store.all(MaintenanceDuty)}


def test_a_column_put_to_a_field_by_hand_is_converted_now_and_when_it_waited(store: SqlStore, tmp_path: Path) -> None:
    path = book(
        tmp_path / "清单.xlsx", ("管护对象", "管护主体", HEADER), ("甲路", "村委会", 1.2), ("乙路", "村委会", "一些")
    )
    importing = Importing(store)
    told = importing.preview(path, "duties")
    preview = importing.preview(path, "duties", mapping=CHOSEN)
    importing.write(preview)
    (waiting,) = importing.parked("duties")
    Parking(store).take_parked(waiting.uid, {HEADER: "0.3"})

    assert "程序会换算" in next(one for one in told.found.problems if one.code == "SHEET-COLUMN-UNIT").to_do
    assert "V-CONVERTED" in {one.code for one in preview.found.problems}
    assert costs(store) == {"甲路": Decimal(12000), "乙路": Decimal(3000)}


@pytest.mark.parametrize(
    "said", ["单位：万元", "（金额单位:人民币万元）", "填报单位：榕下村  单位:公里、万元", "金额单位万元"]
)
def test_a_unit_above_the_table_counts_for_columns_without_one(store: SqlStore, tmp_path: Path, said: str) -> None:
    rows = (("甲路", "村委会", 1.2), ("乙路", "村委会", "约0.3"), ("合计", "", 1.5))
    path = book(tmp_path / "清单.xlsx", ("管护责任清单", "", said), ("管护对象", "管护主体", "年度经费"), *rows)
    importing = Importing(store)
    preview = importing.preview(path, "duties")
    importing.write(preview)
    (waiting,) = importing.parked("duties")
    Parking(store).take_parked(waiting.uid, {"年度经费": "3000"})

    assert [one.code for one in preview.found.problems if one.where.column == "年度经费"][:1] == ["SHEET-UNIT-ABOVE"]
    assert "SHEET-TOTAL" not in {one.code for one in preview.found.problems}
    assert waiting.raw["年度经费"] == "约0.3万元"
    assert costs(store) == {"甲路": Decimal(12000), "乙路": Decimal(3000)}


def test_what_is_typed_over_a_cell_is_meant_in_the_unit_of_the_register(store: SqlStore, tmp_path: Path) -> None:
    path = book(tmp_path / "清单.xlsx", ("单位：万元",), ("管护对象", "管护主体", "年度经费"), ("甲路", "村委会", 1.2))
    importing = Importing(store)

    corrected = importing.reread(importing.preview(path, "duties"), {(3, "年度经费"): "13000"})

    assert [one.values["funding_amount"] for one in corrected.found.rows] == [Decimal(13000)]


@pytest.mark.parametrize(
    ("said", "header"),
    [
        ("单位：万元", "年度经费(元)"),
        ("单位：元", "年度经费"),
        ("单位：元、万元", "年度经费"),
        ("单位：千元/万元", "年度经费"),
        ("填报单位：万元村", "年度经费"),
        ("编制单位 万元 表", "年度经费"),
    ],
)
def test_a_column_with_its_own_unit_and_words_that_name_none_change_nothing(
    store: SqlStore, tmp_path: Path, said: str, header: str
) -> None:
    path = book(tmp_path / "清单.xlsx", ("管护清单", said), ("管护对象", "管护主体", header), ("甲路", "村委会", 1.2))

    found = Importing(store).preview(path, "duties").found

    assert [one.values["funding_amount"] for one in found.rows] == [Decimal("1.20")]


@pytest.mark.parametrize(
    ("header", "cell", "unit"),
    [("数量(千米)", 1.2, "公里"), ("数量（平方米）", "800", "㎡"), ("数量(千米)", "800米", "米"), ("数量", "3", None)],
)
def test_a_unit_in_the_title_is_the_unit_of_amounts_without_one(
    store: SqlStore, tmp_path: Path, header: str, cell: str | float, unit: str | None
) -> None:
    path = book(tmp_path / "清单.xlsx", ("管护对象", "管护主体", header), ("甲路", "村委会", cell))

    importing = Importing(store)
    importing.write(importing.preview(path, "duties"))

    (duty,) = store.all(MaintenanceDuty)
    assert (duty.unit.label if duty.unit else None) == unit
