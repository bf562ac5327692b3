"""A registration card is no table: nothing beside its labels becomes a record."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from db.store import SqlStore
from xmdesk.errors import WrongUse
from xmdesk.records.registers import REGISTERS
from xmdesk.services.importing import Importing

CARD = (
    ("避灾点登记卡",),
    ("设施名称", "", "可容纳人数", ""),
    ("坐落", "", "联系电话", ""),
    ("负责人", "", "建筑面积(㎡)", ""),
)


FILLED = (
    ("避灾点登记卡",),
    ("设施名称", "榕下小学", "负责人", "林阿土"),
    ("坐落", "榕下村", "联系电话", "13800008117"),
)
LEDGER = (
    ("2026年管护责任清单",),
    ("序号", "管护对象", "", "所有权", "管护", "", "经费", ""),
    ("", "名称", "数量", "", "主体", "责任人及电话", "预算", "来源"),
    ("1", "三组水泥路", "1.2公里", "村集体", "村委会", "林阿土13800008117", "1.5", "村集体经济"),
    ("2", "文化广场", "600㎡", "村集体", "村委会", "", "0.3", "财政"),
)
UNNUMBERED = tuple(row[1:] for row in LEDGER)


def book(path: Path, rows: Sequence[Sequence[str]], *merges: str) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append([one or None for one in row])
    for one in merges:
        sheet.merge_cells(one)
    made.save(path)
    return path


@pytest.mark.parametrize("register", ["facilities", "shelters"])
def test_a_card_is_not_imported_whatever_register_is_chosen(store: SqlStore, tmp_path: Path, register: str) -> None:
    assert register in REGISTERS
    with pytest.raises(WrongUse, match="SHEET-CARD"):
        Importing(store).preview(book(tmp_path / "卡.xlsx", CARD), register)


def test_a_table_of_one_row_is_imported(store: SqlStore, tmp_path: Path) -> None:
    rows = (("设施名称", "设施类型", "坐落"), ("军营村书屋", "农家书屋", "村部二楼"))

    found = Importing(store).preview(book(tmp_path / "表.xlsx", rows), "facilities")

    assert found.counts["new"] == 1


def test_a_filled_card_under_its_title_is_a_card(store: SqlStore, tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="SHEET-CARD"):
        Importing(store).preview(book(tmp_path / "卡.xlsx", FILLED, "A1:D1"), "shelters")


@pytest.mark.parametrize(
    ("rows", "merges"),
    [
        (LEDGER, ("A1:H1", "B2:C2", "E2:F2", "G2:H2", "A2:A3", "D2:D3")),
        (LEDGER, ()),
        (UNNUMBERED, ("A1:G1", "A2:B2", "D2:E2", "F2:G2", "C2:C3")),
    ],
    ids=["numbered", "without merged cells", "without numbers"],
)
def test_a_ledger_with_titles_in_two_lines_is_no_card(store: SqlStore, tmp_path: Path, rows, merges) -> None:
    found = Importing(store).preview(book(tmp_path / "管护清单.xlsx", rows, *merges), "duties")

    assert found.counts["new"] + found.counts["parked"] == 2
