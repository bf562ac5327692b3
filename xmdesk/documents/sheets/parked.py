"""Parked rows as a small workbook: what stood in the file, where, and why it waits. It can be mended and read again."""

from collections.abc import Sequence

from xmdesk.documents.sheets.columns import Column
from xmdesk.documents.sheets.readings import SheetRow
from xmdesk.documents.sheets.writing import SheetOut, write_xlsx
from xmdesk.problems import Severity
from xmdesk.records.values.reading import Read

REASON = "原因"
ROW_NUMBER = "原表行号"


def write_parked(rows: Sequence[SheetRow], *, title: str) -> bytes:
    """Return a workbook with the raw text of each row, its number in the original file and the reasons."""
    headers = list(dict.fromkeys(header for row in rows for header in row.raw))
    columns = [_text_column(header) for header in (REASON, ROW_NUMBER)]
    columns += [_text_column(header, tuple(header.split("/"))) for header in headers]
    lines = [[_reasons(row), str(row.number), *(row.raw.get(header, "") for header in headers)] for row in rows]
    return write_xlsx([SheetOut("待处理", tuple(columns), lines, title=title)])


def _reasons(row: SheetRow) -> str:
    errors = [one for one in row.problems if one.severity is Severity.ERROR]
    return "\n".join(f"{one.text}{one.to_do}" for one in errors)


def _text_column(label: str, path: tuple[str, ...] = ()) -> Column:
    return Column(label, label, _as_text, header=path)


def _as_text(raw: object) -> Read[str]:
    return Read("" if raw is None else str(raw))
