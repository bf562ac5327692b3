"""CSV out: UTF-8 with a byte order mark, and an apostrophe before anything that a spreadsheet would take for a formula."""

import csv
import io
from datetime import date
from typing import Any

from xmdesk.documents.sheets.columns import TEXT_FORMS, Column
from xmdesk.documents.sheets.text_reading import GUARDED_SIGNS
from xmdesk.documents.sheets.writing import SheetOut, cell_value


def write_csv(sheet: SheetOut) -> bytes:
    """Return the table as text: a remark, one header line (titles joined by /), the rows; CRLF line ends as Excel writes."""
    target = io.StringIO()
    writer = csv.writer(target)
    if sheet.remark:
        writer.writerow([_guarded(sheet.remark)])
    writer.writerow([_guarded("/".join(column.path)) for column in sheet.columns])
    for values in sheet.rows:
        writer.writerow([_text(column, value) for column, value in zip(sheet.columns, values, strict=True)])
    return b"\xef\xbb\xbf" + target.getvalue().encode("utf-8")


def _text(column: Column, value: Any) -> str:
    content = cell_value(column, value)
    if content is None:
        return ""
    if isinstance(content, str):
        return _guarded(content)
    if isinstance(content, date):
        return content.isoformat()
    return _guarded(str(content)) if column.form in TEXT_FORMS else _number(content)


def _number(content: float) -> str:
    return f"{content:.15g}" if isinstance(content, float) and abs(content) < 1e15 else str(content)


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(GUARDED_SIGNS) else text
