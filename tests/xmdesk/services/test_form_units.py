"""A form in ten thousands of yuan is filled in ten thousands, wherever it says so and whoever chose the column."""

import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from db.store import SqlStore
from xmdesk.documents.sheets.cell_words import CellFormat
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.services.filling import Filling
from xmdesk.services.form_mapping import read_form_map


@pytest.fixture
def duty(store: SqlStore) -> MaintenanceDuty:
    made = MaintenanceDuty(year=2026, subject="甲路", keeper="村委会", funding_amount=Decimal(12000))
    with store.change("x") as change:
        change.save(made)
    return made


def form(path: Path, said: str, header: str) -> Path:
    book = openpyxl.Workbook()
    for row in (("管护经费汇总表", None, said), ("管护对象", "管护主体", header), (None, None, None)):
        book.worksheets[0].append(row)
    book.save(path)
    return path


def written(path: Path) -> object:
    return openpyxl.load_workbook(path).worksheets[0].cell(3, 3).value


@pytest.mark.parametrize(
    ("said", "header", "amount"),
    [
        ("单位：万元", "年度经费", 1.2),
        ("（金额单位：人民币万元）", "年度经费", 1.2),
        ("单位：万元", "年度经费（元）", 12000),
        ("单位：元", "年度经费", 12000),
        ("单位：元、万元", "年度经费", 12000),
        ("", "年度经费（万元）", 1.2),
    ],
)
def test_an_amount_is_written_in_the_unit_of_the_form(
    store: SqlStore, duty: MaintenanceDuty, tmp_path: Path, said: str, header: str, amount: float
) -> None:
    filling = Filling(store)
    blank = filling.look(form(tmp_path / "表.xlsx", said, header))
    done = filling.fill(blank, filling.propose(blank, "duties"), [duty.uid], tmp_path / "报.xlsx")

    assert written(done.path) == amount


@pytest.mark.parametrize(("said", "header"), [("单位：万元", "其他资金"), ("", "其他资金（万元）")])
def test_a_column_chosen_by_hand_is_written_so_too(
    store: SqlStore, duty: MaintenanceDuty, tmp_path: Path, said: str, header: str
) -> None:
    filling = Filling(store)
    blank = filling.look(form(tmp_path / "表.xlsx", said, header))
    chosen = filling.propose(blank, "duties").with_column(header, ["funding_amount"])
    told = read_form_map(json.dumps({"管护对象": "subject", header: "funding_amount"}), blank, "duties")
    done = filling.fill(blank, chosen, [duty.uid], tmp_path / "报.xlsx")

    assert written(done.path) == 1.2
    assert [one.format for one in told.columns if one.header == header] == [CellFormat.IN_WAN]
