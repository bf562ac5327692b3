"""What was decided about tables of the open file that are not in front, until the person comes back to them."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from xmdesk.records.registers import REGISTERS

if TYPE_CHECKING:
    from xmdesk.services.import_begun import BegunImport

Key = tuple[str, str, int]
"""The sheet of a table, the register it is read for, and the row of its header."""

BACK = "上次改过、选过的都还在。"
"""What is said to whoever comes back."""


class OtherTables:
    """The one that was left last stands last."""

    def __init__(self) -> None:
        self._begun: dict[Key, BegunImport] = {}

    def __iter__(self) -> "Iterator[BegunImport]":
        """In the order in which they were left."""
        return iter(self._begun.values())

    def __len__(self) -> int:
        """How many."""
        return len(self._begun)

    @property
    def known(self) -> "dict[Key, BegunImport]":
        """All of them as they are now: a job beside the window looks there."""
        return dict(self._begun)

    def keep(self, begun: "BegunImport") -> None:
        """Remember what was decided about a table that is left."""
        key = _key(begun)
        self._begun.pop(key, None)
        self._begun[key] = begun

    def put(self, begun: "Iterable[BegunImport]") -> None:
        """Remember these, and nothing else."""
        self._begun = {_key(one): one for one in begun}

    def take(self, begun: "BegunImport") -> None:
        """It is in front again."""
        self._begun.pop(_key(begun), None)

    def latest(self, sheet: str, row: int = 0) -> "BegunImport | None":
        """Return how a sheet, or its table in a row, was left last, for whatever register it was read."""
        found = [one for (name, _, at), one in self._begun.items() if name == sheet and row in (0, at)]
        return found[-1] if found else None

    def rows_on(self, sheet: str) -> set[int]:
        """The rows of the headers of those on a sheet."""
        return {row for name, _, row in self._begun if name == sheet}

    def forget_written(self, preview: Any) -> None:
        """A table that was written is done, for whatever register and header it was read too; not the others of its sheet."""
        others, sheet = rows_of_others(preview), preview.found.sheet
        self._begun = {key: one for key, one in self._begun.items() if key[0] != sheet or key[2] in others}


def key_of(preview: Any) -> Key:
    """Return by what a table is known; one without header has no row of it."""
    from xmdesk.documents.sheets.no_header import NO_HEADER

    table = preview.found.table
    return preview.found.sheet, preview.register, table.first_row + 1 if table.header_rows else NO_HEADER


def rows_of_others(preview: Any) -> set[int]:
    """Return the rows of the headers of the other tables on the sheet."""
    from xmdesk.services.remarks import OTHER_TABLE, remarks_on

    return {one.facts["header_row"] for one in remarks_on(preview).asked if one.code == OTHER_TABLE}


def left_words(left: "BegunImport", preview: Any, *, is_table: bool) -> str:
    """Say of a table that was left what became of it and how to get back; nothing where no more than its header was told.

    ``preview`` is what is in front now, ``is_table`` whether that is another table of the sheet.
    """
    sheet, register, row = _key(left)
    if not left.has_work or _key(left) == key_of(preview):
        return ""
    if sheet != preview.found.sheet:
        what, back = f"工作表“{sheet}”里", f"工作表选回“{sheet}”"
    elif is_table:
        what, back = f"第 {row} 行起的那张表里", "在“提醒”里点“改读那张表”"
    elif register != preview.register:
        title = REGISTERS[register].title
        what, back = f"按{title}来读时", f"“导入到”选回“{title}”"
    elif row > 0:
        what, back = f"表头从第 {row} 行起时", f"在“列的对应”里把表头改回第 {row} 行"
    else:
        what, back = "当作没有表头时", "在“列的对应”里勾回“这张表没有表头”"
    return f"{what}改过、选过的还没有写入，先替您留着：{back}，就能接着做。"


def _key(begun: "BegunImport") -> Key:
    return begun.sheet, begun.register, int(begun.look["header"])
