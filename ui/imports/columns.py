"""How the columns of a sheet were understood, with the reason in words, and what a person may choose instead."""

from typing import Any

from ui.shared.column_choices import SEPARATOR, ColumnLine
from ui.shared.words import shorten
from xmdesk.documents.sheets.grid import cell_text
from xmdesk.problems import Severity
from xmdesk.records.registers import REGISTERS
from xmdesk.services.sheet_columns import sheet_register

HEADS = ("表里的列", "对应的项目", "依据")
HOWS = {
    "template": "本程序的模板",
    "saved": "您选定的，或以前确认过",
    "label": "名称相同",
    "synonym": "常见的叫法",
    "content": "看内容",
    "ignored": "不需要",
    "office": "单位的代码，只用来核对",
    "duplicate": "前面已有这一列",
    "other_unit": "单位不同，没有对应",
    "unknown": "没有认出来",
}
NEEDLESS = frozenset({"ignored", "office", "saved"})
"""Columns that are left out on purpose."""
LACKING = "SHEET-REQUIRED"
MANY = 3
"""So many rows with a fault in the same column are rather one fault of the column."""
MOST_SHOWN = 4
LONGEST_SAMPLE = 20
NONE_GOES_IN = "这张表现在没有能写入的行。"


def first_columns(preview: Any) -> dict[str, str]:
    """Return the first headers that mean something, besides the one that names the row anyway, with their lowest line."""
    mapped = (one for one in preview.found.mapping.matches if one.fields)
    found = [one.header for one in mapped if not _is_title(preview, one)][:MOST_SHOWN]
    return {one.text: one.path[-1].replace("\n", "") for one in found}


def title_header(preview: Any) -> str:
    """Return the header that names the row, "" where none does."""
    return next((one.header.text for one in preview.found.mapping.matches if _is_title(preview, one)), "")


def _is_title(preview: Any, match: Any) -> bool:
    title = REGISTERS[preview.register].record.title_field
    return bool({title, f"{title}.name"} & set(match.fields))


def options_for(register: str) -> list[tuple[str, str]]:
    """Return what a column may be: nothing, a field, or several fields in one cell."""
    described = sheet_register(register)
    return [
        ("", "（不导入）"),
        *((one.field, one.label) for one in described.columns),
        *((SEPARATOR.join(one.fields), one.label) for one in described.compounds),
    ]


def column_lines(preview: Any) -> list[ColumnLine]:
    """Return every column with what it was taken for and why."""
    described = sheet_register(preview.register)
    labels, table = {one.field: one.label for one in described.columns}, preview.found.table
    return [
        ColumnLine(
            one.header.text,
            SEPARATOR.join(one.fields),
            _why(one, labels),
            is_needless=str(one.how) in NEEDLESS and not one.suggested,
            sample="" if table.header_rows else _sample(table, at),
        )
        for at, one in enumerate(preview.found.mapping.matches)
    ]


def column_in_the_way(preview: Any) -> str:
    """Return the header that is perhaps why no row goes in, "" where no column is: all cells below it are refused, or it was not
    recognised and is like what rows lack.
    """
    faults = [{one.where.column for one in row.problems if one.severity is Severity.ERROR} for row in preview.parked]
    headers = [one.header.text for one in preview.found.mapping.matches]
    everywhere = set.intersection(*faults) if len(faults) >= MANY else set[str]()
    return next((one for one in headers if one in everywhere), "") or _lacking(preview)


def why_none(preview: Any) -> str:
    """Say why no row can be written, and where to go on; all rows may also be no data."""
    column = column_in_the_way(preview)
    if column:
        return f"{NONE_GOES_IN}先看“{column}”这一列对应得对不对；对得上的，到“放一边”逐行改。"
    return f"{NONE_GOES_IN}都放在一边了，逐行改好就能写入。" if preview.parked else NONE_GOES_IN


def _lacking(preview: Any) -> str:
    """The header that was not recognised and is like what rows lack."""
    found = [problem for row in preview.parked for problem in row.problems if problem.code == LACKING]
    labels = {one.where.column for one in found} | {one.column.label for one in preview.found.mapping.missing}
    lacking = {one.field for one in sheet_register(preview.register).columns if one.label in labels}
    matches = (one for one in preview.found.mapping.matches if not one.fields and one.suggested in lacking)
    return next((one.header.text for one in matches), "")


def _sample(table: Any, at: int) -> str:
    """The first thing that stands in a column: its place alone tells a person little."""
    texts = (cell_text(row.cells[at]).strip() for row in table.rows)
    return shorten(next(filter(None, texts), ""), LONGEST_SAMPLE)


def _why(match: Any, labels: dict[str, str]) -> str:
    words = f"看内容：{match.clue}" if match.clue else HOWS[str(match.how)]
    perhaps = labels.get(match.suggested, "")
    return f"{words}，是不是“{perhaps}”？" if perhaps and not match.fields else words


def remapped(preview: Any, header: str, option: str) -> dict[str, list[str]]:
    """Return the decisions of people so far with one more; a field stands under one header only."""
    fields = [name for name in option.split(SEPARATOR) if name]
    matches = preview.found.mapping.matches
    decided = {one.header.text: list(one.fields) for one in matches if str(one.how) == "saved"}
    saved = preview.choices.saved
    decided |= {name: list(told) for name, told in saved.columns.items()} if saved is not None else {}
    for one in matches:
        if set(one.fields) & set(fields) and len(one.fields) == 1:
            decided[one.header.text] = []
    return {**decided, header: fields}
