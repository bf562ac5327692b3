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


def book(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
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
