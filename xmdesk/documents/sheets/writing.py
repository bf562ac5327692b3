"""Workbooks out: text that stays text, real dates and numbers, fitted widths, code lists, a hidden map of the columns."""

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xmdesk.documents.sheets.columns import TEXT_FORMS, Column, Form
from xmdesk.documents.sheets.template import CODES_SHEET, HIDDEN_SHEET, MARK

_FONT = "宋体"
_NUMBER_FORMATS = {Form.WHOLE: "0", Form.PERCENT: "0.00%", Form.DAY: "yyyy-mm-dd"}
_LONGEST = 32_767
_LONGEST_FOOTER = 250
_NARROW, _WIDE = 6, 60
_BLANK_LINES = 200
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))


@dataclass(frozen=True)
class SheetOut:
    """One sheet to write. ``name`` on the tab, ``title`` above the table, ``rows`` hold stored values by column.

    ``register`` and ``version`` go into the hidden map; ``remark`` stands above the header and on every printed page,
    ``notes`` under the table; ``blank`` leaves ruled lines.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Any]] = ()
    title: str = ""
    register: str = ""
    version: str = "1"
    notes: tuple[str, ...] = ()
    remark: str = ""
    blank: bool = False


def write_xlsx(sheets: Sequence[SheetOut]) -> bytes:
    """Return a workbook; every text is a string cell whatever it begins with, so nothing in it can become a formula."""
    import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]  # ships none

    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    book: Any
    with xlsxwriter.Workbook(target, options) as book:
        lists = _CodeLists()
        formats = _Formats(book)
        names = [tab_name(sheet.name) for sheet in sheets]
        pages = [book.add_worksheet(name) for name in names]
        for sheet, page in zip(sheets, pages, strict=True):
            _SheetWriter(sheet, page, formats, lists).write()
        lists.write(book)
        _write_map(book, sheets, names)
        pages[0].activate()
    return target.getvalue()


def tab_name(name: str) -> str:
    """Return a name that Excel accepts for a tab: at most 31 characters, none of []:*?/\\, no outer apostrophe."""
    return name.translate(_FORBIDDEN).strip("' ")[:31] or "表"


def cell_value(column: Column, value: Any) -> str | int | float | date | None:
    """Return what goes into a cell: text for text columns, numbers and days as such, codes and unknown things as text."""
    shown: Any = column.writer(value)
    if shown is None or shown == "":
        return None
    if isinstance(shown, bool):
        return "是" if shown else "否"
    if column.form in TEXT_FORMS:
        return str(shown)
    if isinstance(shown, Decimal):
        return float(shown)
    if isinstance(shown, datetime):
        return shown.strftime("%Y-%m-%d %H:%M")
    if isinstance(shown, (int, float, date)):
        return shown
    return str(shown)


def shown_width(text: str) -> int:
    """Return how wide a text is in half-width characters; its widest line counts."""
    lines = text.split("\n")
    return max(sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in line) for line in lines)


class _Formats:
    """The few formats of a workbook, made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._cells: dict[tuple[str, bool], Any] = {}
        common = {"font_name": _FONT, "valign": "vcenter", "text_wrap": True}
        self.title = book.add_format({**common, "bold": True, "font_size": 16, "align": "center", "text_wrap": False})
        self.header = book.add_format({**common, "bold": True, "align": "center", "border": 1, "bg_color": "#EDEDED"})
        self.required = book.add_format(
            {**common, "bold": True, "align": "center", "border": 1, "bg_color": "#EDEDED", "font_color": "#C00000"}
        )
        self.note = book.add_format({"font_name": _FONT, "font_color": "#595959"})
        self.plain_text = book.add_format({"num_format": "@"})

    def cell(self, column: Column, *, ruled: bool = True) -> Any:
        """Return the format of a column's cells; texts, numbers of people and codes have the text format ``@``."""
        shape = _number_format(column)
        key = (shape, ruled)
        if key not in self._cells:
            border = {"border": 1} if ruled else {}
            settings = {"font_name": _FONT, "num_format": shape, "valign": "vcenter", "text_wrap": shape == "@"}
            self._cells[key] = self._book.add_format({**settings, **border})
        return self._cells[key]


def _number_format(column: Column) -> str:
    if column.form is Form.NUMBER:
        return "0." + "#" * column.places if column.places else "0"
    return _NUMBER_FORMATS.get(column.form, "@")


class _CodeLists:
    """Lists of choices on a hidden sheet, one column each, shared by all sheets."""

    def __init__(self) -> None:
        self._lists: list[tuple[str, ...]] = []

    def source(self, choices: tuple[str, ...]) -> str:
        """Return the range that holds these choices."""
        if choices not in self._lists:
            self._lists.append(choices)
        from xlsxwriter.utility import xl_col_to_name  # pyright: ignore[reportMissingTypeStubs]  # ships none

        letter = xl_col_to_name(self._lists.index(choices), col_abs=True)
        return f"='{CODES_SHEET}'!{letter}$1:{letter}${len(choices)}"

    def write(self, book: Any) -> None:
        """Write the hidden sheet, if any list is used."""
        if not self._lists:
            return
        page = book.add_worksheet(CODES_SHEET)
        page.hide()
        for column, choices in enumerate(self._lists):
            for row, choice in enumerate(choices):
                page.write_string(row, column, choice)


class _SheetWriter:
    """Writes one sheet from top to bottom."""

    def __init__(self, sheet: SheetOut, page: Any, formats: _Formats, lists: _CodeLists) -> None:
        self._sheet, self._page, self._formats, self._lists = sheet, page, formats, lists
        self._top = bool(sheet.title) + bool(sheet.remark)
        self._depth = max((len(column.path) for column in sheet.columns), default=1)
        self._first = self._top + self._depth
        self._widths = [max(shown_width(part) for part in column.path) for column in sheet.columns]

    def write(self) -> None:
        """Write title, header, rows, lists, notes, widths and print set-up."""
        self._write_title()
        if self._sheet.remark:
            self._page.write_string(self._top - 1, 0, self._sheet.remark[:_LONGEST], self._formats.note)
        self._write_header()
        for row, values in enumerate(self._sheet.rows, start=self._first):
            self._write_row(row, values)
        last = self._first + max(len(self._sheet.rows), _BLANK_LINES if self._sheet.blank else 0) - 1
        self._offer_choices(max(last, self._first + _BLANK_LINES - 1))
        self._write_notes(last + 2)
        self._set_up()

    def _write_title(self) -> None:
        if not self._sheet.title:
            return
        last = len(self._sheet.columns) - 1
        if last > 0:
            self._page.merge_range(0, 0, 0, last, "", self._formats.title)
        self._page.write_string(0, 0, self._sheet.title[:_LONGEST], self._formats.title)
        self._page.set_row(0, 30)

    def _write_header(self) -> None:
        """Write titles level by level; equal neighbours share a merged cell, short paths reach down."""
        paths = [column.path for column in self._sheet.columns]
        done: set[tuple[int, int]] = set()
        for level in range(self._depth):
            for index, path in enumerate(paths):
                if (level, index) in done or level >= len(path):
                    continue
                self._write_title_cell(level, index, paths, done)

    def _write_title_cell(
        self, level: int, index: int, paths: list[tuple[str, ...]], done: set[tuple[int, int]]
    ) -> None:
        path = paths[index]
        is_last = level == len(path) - 1
        right = index
        while not is_last and right + 1 < len(paths) and paths[right + 1][: level + 1] == path[: level + 1]:
            right += 1
        bottom = self._depth - 1 if is_last else level
        done.update((row, column) for row in range(level, bottom + 1) for column in range(index, right + 1))
        look = self._formats.required if is_last and self._sheet.columns[index].required else self._formats.header
        top = self._top + level
        if bottom > level or right > index:
            self._page.merge_range(top, index, self._top + bottom, right, "", look)
        self._page.write_string(top, index, path[level], look)

    def _write_row(self, row: int, values: Sequence[Any]) -> None:
        for index, (column, value) in enumerate(zip(self._sheet.columns, values, strict=True)):
            look = self._formats.cell(column)
            content = cell_value(column, value)
            if content is None:
                self._page.write_blank(row, index, None, look)
            elif isinstance(content, str):
                self._page.write_string(row, index, content[:_LONGEST], look)
                self._widths[index] = max(self._widths[index], shown_width(content))
            elif isinstance(content, date):
                self._page.write_datetime(row, index, content, look)
                self._widths[index] = max(self._widths[index], 10)
            else:
                self._page.write_number(row, index, content, look)
                self._widths[index] = max(self._widths[index], len(f"{content}"))

    def _offer_choices(self, last: int) -> None:
        """Hang lists and hints on the cells; another answer than the list's is possible after a warning."""
        for index, column in enumerate(self._sheet.columns):
            rule: dict[str, Any] = {"validate": "any"}
            if column.choices:
                rule = {"validate": "list", "source": self._lists.source(column.choices), "error_type": "warning"}
                rule |= {"error_title": "不在列表里", "error_message": "请从下拉列表里选，或确认要这样填。"}
            if column.help:
                rule |= {"input_title": column.label[:32], "input_message": column.help[:255]}
            if len(rule) > 1:
                self._page.data_validation(self._first, index, last, index, rule)

    def _write_notes(self, row: int) -> None:
        for offset, note in enumerate(self._sheet.notes):
            self._page.write_string(row + offset, 0, note[:_LONGEST], self._formats.note)

    def _set_up(self) -> None:
        for index, column in enumerate(self._sheet.columns):
            width = column.width or min(max(self._widths[index] + 2, _NARROW), _WIDE)
            self._page.set_column(index, index, width, self._formats.cell(column, ruled=False))
        if self._sheet.blank:
            for row in range(self._first + len(self._sheet.rows), self._first + _BLANK_LINES):
                for index, column in enumerate(self._sheet.columns):
                    self._page.write_blank(row, index, None, self._formats.cell(column))
        self._page.freeze_panes(self._first, 0)
        self._page.repeat_rows(self._top, self._first - 1)
        self._page.set_landscape()
        self._page.set_paper(9)
        if self._sheet.remark:
            self._page.set_footer("&L" + self._sheet.remark.replace("&", " ")[:_LONGEST_FOOTER])
        self._page.fit_to_pages(1, 0)


def _write_map(book: Any, sheets: Sequence[SheetOut], names: Sequence[str]) -> None:
    """Write the very hidden sheet by which our own workbooks come back without guessing (see ``template``)."""
    ours = [(sheet, name) for sheet, name in zip(sheets, names, strict=True) if sheet.register]
    if not ours:
        return
    page = book.add_worksheet(HIDDEN_SHEET)
    page.very_hidden()
    lines = [(MARK, ours[0][0].register, ours[0][0].version)]
    lines += [(name, column.field, "/".join(column.path)) for sheet, name in ours for column in sheet.columns]
    for row, line in enumerate(lines):
        for index, text in enumerate(line):
            page.write_string(row, index, text)
