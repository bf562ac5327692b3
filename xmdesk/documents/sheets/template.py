"""The very hidden sheet of our own workbooks: which register and version, and which header is which field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xmdesk.documents.sheets.grid import Sheet, cell_text
from xmdesk.documents.sheets.mapping import How, SavedMapping

HIDDEN_SHEET = "_xmdesk"
CODES_SHEET = "_代码"
MARK = "xmdesk"


@dataclass(frozen=True)
class Template:
    """What the hidden sheet says: per sheet the fields of its headers as they were when the file was made."""

    register: str
    version: str
    sheets: Mapping[str, SavedMapping]

    def mapping_for(self, sheet: str) -> SavedMapping | None:
        """Return the headers of a sheet, if it is still called as we named it."""
        return self.sheets.get(sheet)


def template_of(sheets: Sequence[Sheet]) -> Template | None:
    """Read the hidden sheet; ``None`` when the workbook is not ours or its mark was damaged."""
    hidden = next((one for one in sheets if one.name == HIDDEN_SHEET), None)
    if hidden is None or cell_text(hidden.cell(0, 0)) != MARK:
        return None
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in range(1, len(hidden.rows)):
        sheet, field, header = (cell_text(hidden.cell(row, column)) for column in range(3))
        if sheet and field and header:
            found.setdefault(sheet, {})[header] = (field,)
    maps = {sheet: SavedMapping.of(columns, How.TEMPLATE) for sheet, columns in found.items()}
    return Template(cell_text(hidden.cell(0, 1)), cell_text(hidden.cell(0, 2)), maps)


def is_ours(sheet: Sheet) -> bool:
    """Whether it is one of the hidden sheets that we write."""
    return sheet.name in (HIDDEN_SHEET, CODES_SHEET)
