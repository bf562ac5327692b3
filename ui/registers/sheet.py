"""The table of a register as a sheet: ranges of cells copied, cut, pasted, filled and cleared, each as one step."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Signal
from PySide6.QtGui import QGuiApplication

from ui.registers.cells import AT_ONCE, RegisterCells
from ui.shared.blocks import as_html, as_text, from_text, repeated
from ui.shared.record_table import RegisterTable
from ui.shared.register_model import RegisterModel
from ui.shared.selecting import block_of, cells_of, is_patchy
from ui.shared.surroundings import Surroundings
from xmdesk.jobs import Progress, Silent
from xmdesk.records.kinds import Count, Day, Number, Year
from xmdesk.records.registers import Register

if TYPE_CHECKING:
    from xmdesk.problems import Problem
    from xmdesk.services.entering import Entered
    from xmdesk.services.own_cells import Cell

MOST_ROWS = 20_000
QUANTITIES = (Count, Number, Year, Day)
"""What other programs should go on calculating with."""
TO_ADD = "要成批新增的，从名称那一列开始粘贴，或用“导入表格”"
TO_THE_RIGHT = "要粘贴的列先点表格下面的“列”选出来"


class Sheet(QObject):
    """Does to the selected cells what was asked; ``done`` carries words and what could not be read, ``offered`` how many
    pasted lines found no record any more and could become new ones. ``remembers`` is off in the past, where cells have
    other values.
    """

    done = Signal(str, list)
    offered = Signal(int)

    def __init__(self, register: Register, table: RegisterTable, cells: RegisterCells, around: Surroundings) -> None:
        super().__init__(table)
        self.remembers = True
        self._register = register
        self._table = table
        self._model: RegisterModel = table.model()  # type: ignore[assignment]  # the table was made with one
        self._cells = cells
        self._around = around
        self._rest: tuple[Sequence[str], Sequence[Sequence[Cell]]] = ((), ())
        self._told_of = 0
        around.changes.changed.connect(self._look_back)
        table.asked.connect(self.do)
        if table.cell_delegate is not None:
            table.cell_delegate.refused.connect(around.changes.announce)

    def do(self, act: str) -> None:
        """Copy, cut, paste, fill or clear, where the person sees it."""
        self._table.scrollTo(self._table.currentIndex())
        if len(block_of(self._table)[0]) > MOST_ROWS:
            self.done.emit(f"一次最多处理 {MOST_ROWS} 行，请少选一些", [])
        elif is_patchy(self._table) and act != "clear":
            self.done.emit("选中的格子不是整齐的一片，请选成一片再做", [])
        else:
            getattr(self, act)()

    def _tell(self, words: str, refused: "Sequence[Problem]") -> None:
        """Say what was done; it stands there as long as that is not taken back."""
        self._told_of = self._newest if words else 0
        self.done.emit(words, refused)

    @property
    def _newest(self) -> int:
        """The number of the step that undo would take back; behind a sealed return none is taken back."""
        step = self._cells.store.undoable()
        return step.number if step is not None else self._told_of * self._cells.store.is_sealed_behind()

    def _look_back(self) -> None:
        """What was told of is taken back: nothing is said of it any more, and nothing of it can be added."""
        if self._told_of and self._newest < self._told_of:
            self._rest = ((), ())
            self._tell("", [])

    def _block(self) -> tuple[Sequence[int], list[int]]:
        """Rows and columns of the selection; heads of groups are no cells."""
        rows, columns = block_of(self._table)
        return self._model.records(rows), columns

    def copy(self) -> None:
        """Put the selected block on the clipboard as sheets do: tabs between cells, a line for each row."""
        self._copy("复制了 {} 格", is_cut=False)

    def cut(self) -> None:
        """As copying; when it is pasted in this book, its cells are emptied."""
        self._copy("剪切了 {} 格，粘贴到别处时原来的才清空", is_cut=True)

    def _copy(self, words: str, *, is_cut: bool) -> None:
        rows, columns = self._block()
        uids, paths, copied = self._model.uids(rows), [self._path(one) for one in columns], self._around.copied
        are_texts = [not isinstance(self._model.columns[one][1].kind, QUANTITIES) for one in columns]

        def job(progress: Progress) -> tuple[str, str]:
            progress.step(0, 1, "正在读取…")
            lines = [[row.get(path, "") for path in paths] for row in self._model.texts(uids)]
            return as_text(lines), as_html(lines, are_texts)

        def put(told: tuple[str, str]) -> None:
            text, html = told
            if self.remembers:
                copied.put_cells(text, html, register=self._register.name, uids=uids, paths=paths, is_cut=is_cut)
            else:
                copied.put(text, html)
            self._around.changes.announce(words.format(len(uids) * len(paths)))

        if uids:
            # The past is put together in memory for one thread.
            self._through("正在复制", len(uids) if self.remembers else 1, job, put)

    def paste(self) -> None:
        """Read the clipboard over the cells from the top left of the selection; what fits into it evenly fills it."""
        texts, copied = from_text(QGuiApplication.clipboard().text()), self._around.copied
        rows, columns = self._block()
        if not rows or not texts or not self._cells.may_write():
            return
        shown, is_moving = self._table.shown_columns(), copied.is_there and copied.is_cut
        grid: Sequence[Sequence[Cell]] = repeated(texts, len(rows), len(columns))
        fields = [self._path(one) for one in shown[shown.index(columns[0]) :]][: len(grid[0])]
        uids = self._model.uids_from(rows[0], len(grid))
        own = (copied.register, copied.uids, copied.paths) if copied.is_there else None
        size = len(rows), len(columns)
        entering, name = self._cells.entering, self._register.name

        def read() -> "Entered":
            cells = repeated(entering.own(*own, texts), *size) if own is not None else grid
            self._keep_rest(fields, cells[len(uids) :])
            found = entering.put(name, uids, fields, cells)
            return entering.moved(found, name, uids, fields) if is_moving else found

        def then() -> None:
            if is_moving:
                copied.forget()
            self._select(uids, columns[0], len(fields))

        over, wide = len(grid) - len(uids), len(grid[0]) - len(fields)
        self._change("移动" if is_moving else "粘贴", len(uids), read, more=self._left(over, wide, fields), then=then)

    def _keep_rest(self, fields: Sequence[str], lines: "Sequence[Sequence[Cell]]") -> None:
        """Keep the lines that found no record, where they could become new ones."""
        can_add = bool(lines) and self._register.record.title_field in fields
        self._rest = (fields, lines) if can_add else ((), ())

    def _left(self, over: int, wide: int, fields: Sequence[str]) -> str:
        """Say what found no place."""
        can_add = self._register.record.title_field in fields
        words = [f"右边没有列了，还有 {wide} 列没有粘贴；{TO_THE_RIGHT}"] if wide > 0 else []
        words += [f"表格到底了，还有 {over} 行没有粘贴{'' if can_add else f'；{TO_ADD}'}"] if over > 0 else []
        return "。".join(words)

    def fill(self) -> None:
        """Repeat the top cells of the selection downwards; a single row takes what stands above it."""
        rows, columns = self._block()
        if not rows or not self._cells.may_write():
            return
        if len(rows) == 1:
            rows = [rows[0] - 1, *rows]
        uids, fields = self._model.uids(rows), [self._path(one) for one in columns]
        if len(uids) < len(rows) or len(uids) > len(set(uids)):
            return
        entering, name = self._cells.entering, self._register.name

        def read() -> "Entered":
            first = entering.shared(name, [uids[0]])
            return entering.same(name, uids[1:], {one: first[one] for one in fields if one in self._cells.typable})

        self._change("向下填充", len(uids), read)

    def fill_right(self) -> None:
        """Repeat the left cells of the selection to the right; a single column takes what stands left of it."""
        rows, columns = self._block()
        shown = self._table.shown_columns()
        if len(columns) == 1:
            columns = shown[max(shown.index(columns[0]) - 1, 0) :][:2]
        if not rows or len(columns) < 2 or not self._cells.may_write():
            return
        uids, fields = self._model.uids(rows), [self._path(one) for one in columns]
        entering, name = self._cells.entering, self._register.name

        def read() -> "Entered":
            left = [[row.get(fields[0], "")] for row in self._model.texts(uids)]
            grid = [line * (len(fields) - 1) for line in entering.own(name, uids, fields[:1], left)]
            return entering.put(name, uids, fields[1:], grid)

        self._change("向右填充", len(uids), read)

    def clear(self) -> None:
        """Empty the selected cells, and none between them."""
        chosen = {self._model.uid(row): columns for row, columns in cells_of(self._table).items()}
        chosen.pop("", None)
        cells = {uid: [self._path(one) for one in columns] for uid, columns in chosen.items()}
        if cells and self._cells.may_write():
            self._change("清空", len(cells), lambda: self._cells.entering.emptied(self._register.name, cells))

    def add_rest(self) -> None:
        """Make new records of the pasted lines that found none."""
        fields, lines = self._rest
        self._rest = ((), ())
        if lines and self._cells.may_write():
            found = self._cells.entering.add(self._register.name, fields, lines)
            label = f"粘贴新增{self._register.noun} {len(found.records)} 条"
            refused = [replace(one, where=replace(one.where, uid="")) for one in found.refused]
            words = label + (f"，{len(refused)} 格没有填" if refused else "")
            words += f"，{len(found.doubts)} 格请核对" if found.doubts else ""

            def tell(_: object) -> None:
                self._around.changes.announce(label)
                self._tell(words, [*refused, *found.doubts])

            self._around.work.now(lambda: self._cells.entering.write(found, label=label), tell)

    def _change(
        self,
        verb: str,
        count: int,
        read: Callable[[], "Entered"],
        *,
        more: str = "",
        then: Callable[[], None] = lambda: None,
    ) -> None:
        """Read what is to be written and write it as one step; many records beside the window."""
        entering = self._cells.entering

        def job(progress: Progress) -> "Entered":
            progress.step(0, 2, "正在读取…")
            found = read()
            progress.step(1, 2, "正在写入…")
            entering.write(found, label=f"{verb} {found.cells} 格")
            return found

        def tell(found: "Entered") -> None:
            label = f"{verb} {found.cells} 格"
            refused, doubts = found.refused, found.doubts
            words = f"{label}" + (f"，{len(refused)} 格没有改" if refused else "")
            words += (f"，{len(doubts)} 格请核对" if doubts else "") + (f"。{more}" if more else "")
            self._around.changes.announce(label)
            self._tell(words if refused or doubts or more else "", [*refused, *doubts])
            self.offered.emit(len(self._rest[1]))
            then()

        self._rest = ((), ())
        self._through(f"正在{verb}", count, job, tell)

    def _through(self, title: str, count: int, job: Callable[[Progress], Any], then: Callable[[Any], None]) -> None:
        """Do it at once, or beside the window where that many records would be felt."""
        if count <= AT_ONCE:
            self._around.work.now(lambda: job(Silent()), then)
        else:
            self._around.work.long(title, job, then)

    def _select(self, uids: Sequence[str], column: int, wide: int) -> None:
        """Select what was written; a group that it moved to another place is no longer one block."""
        shown = self._table.shown_columns()
        last = shown[min(shown.index(column) + wide, len(shown)) - 1]
        ends = sorted(self._model.row_of(one) for one in (uids[0], uids[-1]))
        if ends[0] < 0 or ends[1] - ends[0] > 2 * len(uids):
            return
        block = QItemSelection(self._model.index(ends[0], column), self._model.index(ends[1], last))
        self._table.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _path(self, column: int) -> str:
        return self._model.columns[column][0]
