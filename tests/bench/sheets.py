"""Importing a workbook of 15 columns against pandas reading the same sheet."""

from pathlib import Path
from typing import Any

from tests.bench import invented
from tests.bench.child import Values, measured, seconds, temporary
from tests.bench.printing import Aim, Row, show

TITLE = "Importing a workbook of 15 columns (one run each)"
HEADS = (
    "设施编号", "设施名称", "设施类型", "坐落", "建筑面积(㎡)", "居民活动面积(㎡)", "建成年份", "投用日期",
    "所有权", "经营权", "开放时间", "工作人员数", "负责人", "联系电话", "备注",
)  # fmt: skip


def run(*, quick: bool) -> list[Aim]:
    count = 40 if quick else 10_000
    with temporary() as folder:
        book = str(workbook(Path(folder) / "设施台账.xlsx", count))
        plain = [measured(pandas_reads, book, engine) for engine in ("openpyxl", "calamine")]
        base = plain[0]["seconds"]
        rows = [
            Row(f"pandas reads {count:,} rows ({name})", one["seconds"], one["seconds"] / base, one["peak"])
            for name, one in zip(("openpyxl", "calamine"), plain, strict=True)
        ]
        ours = measured(imported, book)
    told = f"{ours['new']} new, {ours['parked']} parked"
    rows += [Row(f"ours: {name}", ours[name], ours[name] / base) for name in ("preview", "write", "undo")]
    total = ours["preview"] + ours["write"]
    rows.append(Row("ours: preview and write", total, total / base, ours["peak"], told))
    show(TITLE, rows)
    return []


def workbook(path: Path, count: int) -> Path:
    """Write the facilities of one village as its clerk would keep them."""
    import xlsxwriter

    contacts = invented.people(max(1, count // invented.ROWS_A_PERSON))
    names = {one.uid: one.name for one in contacts}
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("设施台账")
        sheet.write_row(0, 0, HEADS)
        for line, one in enumerate(invented.facilities(count, contacts), 1):
            sheet.write_row(line, 0, _cells(one, names[one.contact]))
    return path


def _cells(one: Any, contact: str) -> list[Any]:
    return [
        "", one.name, one.kind.label, one.location, float(one.floor_area), float(one.activity_area), one.built_year,
        one.in_use_on, one.owner, one.operator, "周一至周五 08:00-12:00 14:30-18:30", one.staff_count, contact,
        one.contact_phone, "",
    ]  # fmt: skip


def pandas_reads(book: str, engine: Any) -> Values:
    import pandas as pd

    return {"seconds": seconds(lambda: pd.read_excel(book, dtype=str, engine=engine))}


def imported(book: str) -> Values:
    """Import into a fresh book, then take it back."""
    with temporary() as folder, invented.book(Path(folder) / "册", "350212105206", "榕下村").closing() as desk:
        made: list[Any] = []
        preview = seconds(lambda: made.append(desk.importing.preview(Path(book), "facilities")))
        write = seconds(lambda: made.append(desk.importing.write(made[0])))
        undo = seconds(lambda: desk.importing.undo(made[1].batch))
        return {"preview": preview, "write": write, "undo": undo, **made[0].counts}
