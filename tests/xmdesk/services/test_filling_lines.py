"""Blank rows of a form told from its own lines: totals, notes and signatures are never written over."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from db.store import open_memory
from xmdesk.records.facility import Facility
from xmdesk.services.filling import Filling


@pytest.fixture
def store():
    made = open_memory()
    yield made
    made.close()


@pytest.fixture
def filling(store):
    return Filling(store)


def numbered_form(path: Path, *lines: tuple[int, str, str], rows: int = 3) -> Path:
    """A form without borders, as most are typed: numbered blank rows, and lines of its own in any column."""
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["村级公共服务设施情况统计表"])
    sheet.append(["序号", "村(社区)", "设施名称", "坐落", "建筑面积(㎡)"])
    for number in range(1, rows + 1):
        sheet.append([number])
    for row, column, text in lines:
        sheet[f"{column}{row}"] = text
    book.save(path)
    return path


def facilities(store, count: int) -> list[Facility]:
    made = [Facility(name=f"榕下村{number}号点", floor_area=Decimal(number)) for number in range(1, count + 1)]
    with store.change("x") as change:
        change.save_many(made)
    return made


def column_of(path: Path, letter: str) -> list[Any]:
    sheet: Any = load_workbook(path).worksheets[0]
    return [cell.value for cell in sheet[letter]][2:]


@pytest.mark.parametrize(
    ("column", "word"),
    [
        *(
            ("A", word)
            for word in ("合计", "总  计", "合计：", "本页小计", "注：面积按房产证填", "填表人：", "第1页", "附件2")
        ),
        *(("B", word) for word in ("合计", "全村合计", "注：面积按房产证填", "填表人：")),
    ],
)
def test_a_line_of_the_form_is_never_written_over(store, filling, tmp_path: Path, column: str, word: str) -> None:
    """However few its blank rows are, and though nothing tells the line from them but its word."""
    path = numbered_form(tmp_path / "表.xlsx", (6, column, word), (6, "E", "=SUM(E3:E5)"))

    blank = filling.look(path)
    done = filling.fill(
        blank,
        filling.propose(blank, "facilities"),
        [one.uid for one in facilities(store, 5)],
        tmp_path / "满.xlsx",
    )

    assert blank.rows_free == 3
    assert column_of(done.path, column)[5] == word
    assert column_of(done.path, "A")[:5] == [1, 2, 3, 4, 5]
    assert column_of(done.path, "C") == [*(f"榕下村{number}号点" for number in range(1, 6)), None]
    assert column_of(done.path, "E")[5] == "=SUM(E3:E7)"


@pytest.mark.parametrize("count", ["4", "4.", "(4)", "④", "四", "……"])
def test_a_row_that_is_only_counted_waits_to_be_filled(filling, tmp_path: Path, count: str) -> None:
    blank = filling.look(numbered_form(tmp_path / "表.xlsx", (6, "A", count)))

    assert blank.rows_free == 4


def test_a_total_above_its_rows_stays_there(store, filling, tmp_path: Path) -> None:
    path = numbered_form(tmp_path / "表.xlsx", (3, "A", "合计"), (3, "E", "=SUM(E4:E5)"))

    blank = filling.look(path)
    done = filling.fill(
        blank,
        filling.propose(blank, "facilities"),
        [one.uid for one in facilities(store, 3)],
        tmp_path / "满.xlsx",
    )

    assert blank.rows_free == 2
    assert column_of(done.path, "A") == ["合计", 1, 2, 3]
    assert column_of(done.path, "E") == ["=SUM(E4:E6)", 1, 2, 3]
