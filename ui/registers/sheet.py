"""The table of a register as a sheet: cells read and written through services, ranges copied, pasted, filled, cleared."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from ui.shared.fields.picks import Option
from ui.shared.record_table import RegisterTable
from ui.shared.register_model import RegisterModel
from ui.shared.surroundings import Surroundings
from xmdesk.records.base import FieldSpec, fields_of
from xmdesk.records.kinds import Choice, Reference, YesNo
from xmdesk.records.registers import Register

if TYPE_CHECKING:
    from xmdesk.problems import Problem
    from xmdesk.services.entering import Entered
    from xmdesk.services.registers import Registers

MOST_ROWS = 20_000


class RegisterCells:
    """What the table asks about one cell. ``may_write`` lets the form beside it be saved first."""

    def __init__(self, register: Register, registers: "Registers", around: Surroundings) -> None:
        from xmdesk.services.entering import Entering, can_be_typed

        self.entering = Entering(registers)
        self.may_write: Callable[[], bool] = lambda: True
        self._register = register
        self._registers = registers
        self._around = around
        self._specs = fields_of(register.record)
        self.typable = frozenset(name for name, spec in self._specs.items() if can_be_typed(spec))

    def can_edit(self, path: str) -> bool:
        """Whether the column can be typed into."""
        return path in self.typable

    def text(self, uid: str, path: str) -> str:
        """Return the whole text of a cell."""
        record = self._registers.get(self._register.name, uid)
        return self._registers.shown(record, reveal=True)[path] if record is not None else ""

    def is_chosen(self, path: str) -> bool:
        """Whether cells of this column are chosen from a list."""
        return isinstance(self._specs[path].kind, Choice | Reference | YesNo)

    def options(self, path: str, text: str) -> Sequence[Option]:
        """Return what a cell may be chosen from."""
        return self.entering.options(self._specs[path], text)

    def read(self, path: str, text: str, picked: Option | None) -> Any:
        """Return the value; what was picked is sure, a typed text that leaves one choice counts as picked."""
        spec: FieldSpec = self._specs[path]
        if picked is None and text.strip() and self.is_chosen(path):
            left = self.options(path, text.strip())
            exact = [one for one in left if one[1] == text.strip()]
            picked = left[0] if len(left) == 1 else exact[0] if len(exact) == 1 else None
        if picked is None:
            return self.entering.read(spec, text)
        return picked[0] if isinstance(spec.kind, Reference) else spec.kind.read(picked[0]).value

    def write(self, uids: Sequence[str], path: str, value: Any) -> None:
        """Save one cell, or the same value in several, as one step."""
        if not self.may_write():
            return
        name, label = self._register.name, f"修改{self._register.noun}{self._specs[path].label}"
        found = self.entering.same(name, uids, {path: value})
        if found.records:
            words = f"已保存：{self._specs[path].label}" + (f"，{found.cells} 格" if len(uids) > 1 else "")
            write = lambda: self.entering.write(found, label=label)  # noqa: E731 - one use
            self._around.work.now(write, lambda _: self._around.changes.announce(words))


class Sheet(QObject):
    """Does to the selected cells what was asked; ``done`` carries words and what could not be read, ``offered`` how many
    pasted lines found no record any more and could become new ones.
    """

    done = Signal(str, list)
    offered = Signal(int)

    def __init__(self, register: Register, table: RegisterTable, cells: RegisterCells, around: Surroundings) -> None:
        super().__init__(table)
        self._register = register
        self._table = table
        self._model: RegisterModel = table.model()  # type: ignore[assignment]  # the table was made with one
        self._cells = cells
        self._around = around
        self._rest: tuple[Sequence[str], Sequence[Sequence[str]]] = ((), ())
        table.asked.connect(self.do)

    def do(self, act: str) -> None:
        """Copy, paste, fill or clear."""
        if len(self._table.block()[0]) > MOST_ROWS:
            self.done.emit(f"一次最多处理 {MOST_ROWS} 行，请少选一些", [])
            return
        {"copy": self.copy, "paste": self.paste, "fill": self.fill, "clear": self.clear}[act]()

    def _block(self) -> tuple[list[int], list[int]]:
        """Rows and columns of the selection; heads of groups are no cells."""
        rows, columns = self._table.block()
        return [row for row in rows if self._model.uid(row)], columns

    def copy(self) -> None:
        """Put the selected block on the clipboard as sheets do: tabs between cells, a line for each row."""
        rows, columns = self._block()
        if not rows:
            return
        lines = [[str(self._model.index(row, one).data() or "") for one in columns] for row in rows]
        QGuiApplication.clipboard().setText(as_text(lines))
        self._around.changes.announce(f"复制了 {len(rows) * len(columns)} 格")

    def paste(self) -> None:
        """Read the clipboard over the cells from the top left of the selection; one text fills the whole selection."""
        grid = from_text(QGuiApplication.clipboard().text())
        rows, columns = self._block()
        if not rows or not grid:
            return
        if len(grid) == len(grid[0]) == 1:
            grid = [grid[0] * len(columns)] * len(rows)
        shown = self._table.shown_columns()
        wide = max(len(one) for one in grid)
        fields = [self._path(one) for one in shown[shown.index(columns[0]) :]][:wide]
        uids = self._model.uids_from(rows[0], len(grid))
        self._put(uids, fields, grid, verb="粘贴")
        self._select(uids, columns[0], len(fields))

    def fill(self) -> None:
        """Repeat the top cells of the selection downwards; a single row takes what stands above it."""
        rows, columns = self._block()
        if not rows:
            return
        if len(rows) == 1:
            rows = [rows[0] - 1, *rows]
        uids, fields = self._model.uids(rows), [self._path(one) for one in columns]
        if len(uids) < len(rows) or len(uids) > len(set(uids)):
            return
        typed = [name for name in fields if name in self._cells.typable]
        self._give(uids[0], uids[1:], typed)

    def clear(self) -> None:
        """Empty the selected cells."""
        rows, columns = self._block()
        fields = [name for name in map(self._path, columns) if name in self._cells.typable]
        if rows and fields:
            self._put(self._model.uids(rows), fields, [[""] * len(fields)] * len(rows), verb="清空")

    def _give(self, source: str, uids: Sequence[str], fields: Sequence[str]) -> None:
        """Values are repeated as they are stored: masked numbers and namesakes stay what they are."""
        if not self._cells.may_write():
            return
        entering, name = self._cells.entering, self._register.name
        first = entering.shared(name, [source])
        found = entering.same(name, uids, {field: first[field] for field in fields if field in first})
        self._write(found, "向下填充")

    def _put(self, uids: Sequence[str], fields: Sequence[str], grid: list[list[str]], *, verb: str) -> None:
        if not self._cells.may_write():
            return
        found = self._cells.entering.put(self._register.name, uids, fields, grid)
        over = len(grid) - len(uids)
        can_add = over > 0 and self._register.record.title_field in fields
        self._rest = (fields, grid[len(uids) :]) if can_add else ((), ())
        more = "要成批新增的，从名称那一列开始粘贴，或用“导入表格”"
        self._write(
            found, verb, f"表格到底了，还有 {over} 行没有粘贴{'' if can_add else f'；{more}'}" if over > 0 else ""
        )

    def add_rest(self) -> None:
        """Make new records of the pasted lines that found none."""
        fields, lines = self._rest
        self._rest = ((), ())
        if lines and self._cells.may_write():
            found = self._cells.entering.add(self._register.name, fields, lines)
            label = f"粘贴新增{self._register.noun} {len(found.records)} 条"
            refused = [replace(one, where=replace(one.where, uid="")) for one in found.refused]
            words = label + (f"，{len(refused)} 格没有填" if refused else "")

            def tell(_: object) -> None:
                self._around.changes.announce(label)
                self.done.emit(words, refused)

            self._around.work.now(lambda: self._cells.entering.write(found, label=label), tell)

    def _write(self, found: "Entered", verb: str, more: str = "") -> None:
        label = f"{verb} {found.cells} 格"
        refused: list[Problem] = list(found.refused)
        words = f"{label}" + (f"，{len(refused)} 格没有改" if refused else "") + (f"。{more}" if more else "")

        def tell(_: object) -> None:
            self._around.changes.announce(label)
            self.done.emit(words if refused or more else "", refused)
            self.offered.emit(len(self._rest[1]))

        self._around.work.now(lambda: self._cells.entering.write(found, label=label), tell)

    def _select(self, uids: Sequence[str], column: int, wide: int) -> None:
        """Select what was written; a group that it moved to another place is no longer one block."""
        from PySide6.QtCore import QItemSelection, QItemSelectionModel

        shown = self._table.shown_columns()
        last = shown[min(shown.index(column) + wide, len(shown)) - 1]
        ends = sorted(self._model.row_of(one) for one in (uids[0], uids[-1]))
        if ends[0] < 0 or ends[1] - ends[0] > 2 * len(uids):
            return
        block = QItemSelection(self._model.index(ends[0], column), self._model.index(ends[1], last))
        self._table.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _path(self, column: int) -> str:
        return self._model.columns[column][0]


def as_text(lines: Sequence[Sequence[str]]) -> str:
    """Return a block as sheets put it on the clipboard; cells with breaks, tabs or quotes are quoted."""
    return "\n".join("\t".join(_quoted(cell) for cell in line) for line in lines)


def from_text(text: str) -> list[list[str]]:
    """Return the block that a sheet put on the clipboard, every line as long as the longest."""
    import csv
    import io

    lines = list(csv.reader(io.StringIO(text.replace("\r\n", "\n").rstrip("\n")), delimiter="\t"))
    wide = max((len(one) for one in lines), default=0)
    return [[*one, *[""] * (wide - len(one))] for one in lines] if wide else []


def _quoted(cell: str) -> str:
    if not set(cell) & set('\n\t"'):
        return cell
    inner = cell.replace('"', '""')
    return f'"{inner}"'
