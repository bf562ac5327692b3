"""The table in front: read anew as a person says, or another table of the file in its place."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ui.imports.begun import begun_import
from ui.imports.columns import remapped
from ui.imports.preview import PreviewPanel
from ui.imports.reading import ReadSo, best_register, reading_so
from ui.shared.surroundings import Surroundings

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk
    from xmdesk.services.import_begun import BegunImport

AT_ONCE = 200
"""Rows that are joined anew within the blink of an eye."""


class TableWork(QObject):
    """``shown`` fires when a table comes in front, before the cursor goes there; ``touched`` when it is another one than before,
    or read otherwise.
    """

    shown = Signal()
    touched = Signal()

    def __init__(self, desk: "Desk", around: Surroundings, panel: PreviewPanel) -> None:
        super().__init__(panel)
        self._desk, self._around, self._panel = desk, around, panel
        self._path, self._so = Path(), ReadSo()
        panel.again.connect(self.turn_to)
        panel.mapped.connect(self._map)
        panel.headed.connect(self._head)
        panel.corrected.connect(self._correct)
        panel.corrected_alike.connect(self._correct_alike)
        panel.decided.connect(self._decide)
        panel.remarks.other.connect(self.to_table)
        panel.remarks.hidden.connect(lambda skips: self._read_otherwise(skip_hidden=skips))
        panel.skipped.turned.connect(lambda row: self._read_otherwise(records=self._so.records ^ {row}))

    @property
    def path(self) -> Path:
        """The file that is open."""
        return self._path

    @property
    def begun(self) -> "BegunImport":
        """All that was decided so far about the file that is open."""
        return begun_import(self._panel, self._path, self._so)

    def open(self, path: Path, preview: Any) -> None:
        """Show the first table of a file."""
        self._path = path
        self._show(preview)

    def go_on(self, path: Path, preview: Any, begun: "BegunImport", *, is_touched: bool) -> None:
        """Show a table with what was decided about it."""
        self._path, self._so = path, ReadSo.of(begun)
        self._show(preview)
        if begun.look:
            self._panel.put_back(begun.look)
        self._panel.is_touched = is_touched

    def show_again(self, preview: Any) -> None:
        """Show the same table, read otherwise."""
        self._panel.show_preview(preview, stay=True)
        self._panel.is_touched = True
        self.touched.emit()

    def to_table(self, header_row: int) -> None:
        """Read another table of the same sheet."""
        self.turn_to(self._panel.preview.found.sheet, "", header_row)

    def to_next_sheet(self) -> None:
        """Read the sheet after this one."""
        self.turn_to(self._panel.next_sheet, "")

    def turn_to(self, sheet: str, register: str, row: int = 0) -> None:
        """Read a sheet, or the table of it that begins in a row, for a register, or for the one that fits best."""
        self._so = ReadSo()
        if register:
            self._preview(sheet, register, self._show_other)
            return
        opened, importing = self._panel.opened, self._desk.importing
        job = lambda progress: best_register(importing, opened, progress, sheet=sheet, header_row=row)  # noqa: E731 - one use
        self._around.work.long("读取工作表", job, self._show_other)

    def _head(self, row: int) -> None:
        """Read the table anew from another header; what was decided about the old one is of no use."""
        before, found = self._so, self._panel.preview
        self._so = ReadSo(header_row=row)
        self._preview(found.found.sheet, found.register, self.show_again, refused=partial(self._no_head, before))

    def _no_head(self, before: ReadSo, error: Any) -> None:
        """That row is no header: all stays as it was."""
        self._so = before
        self._panel.header.show_again()
        self._around.work.tell(error)

    def _map(self, header: str, option: str) -> None:
        found = self._panel.preview
        self._so = replace(self._so, mapping=remapped(found, header, option))
        self._preview(found.found.sheet, found.register, self.show_again)

    def _correct(self, number: int, texts: dict[str, str]) -> None:
        if texts:
            self._reread({(number, header): text for header, text in texts.items()})

    def _correct_alike(self, numbers: list[int], header: str, text: str) -> None:
        self._reread({(number, header): text for number in numbers})

    def _reread(self, fresh: dict[tuple[int, str], str]) -> None:
        self._read_otherwise(corrections={**self._so.corrections, **fresh})

    def _read_otherwise(self, **said: Any) -> None:
        """Read the same table anew as a person said."""
        self._so = so = replace(self._so, **said)
        importing, preview = self._desk.importing, self._panel.preview
        self._around.work.long("重读", lambda _: so.reread(importing, preview), self.show_again)

    def _decide(self, decisions: dict[int, Any]) -> None:
        """Join the rows anew by what was decided, or by nothing more; a short table needs no cover over the window."""
        importing, preview = self._desk.importing, self._panel.preview
        show = self.show_again if decisions else partial(self._panel.show_preview, stay=True)
        if len(preview.joined) <= AT_ONCE:
            self._around.work.now(lambda: importing.decide(preview, decisions), show)
        else:
            self._around.work.long("重新查看", lambda _: importing.decide(preview, decisions), show)

    def _preview(self, sheet: str, register: str, then: Any, *, refused: Any = None) -> None:
        job = reading_so(self._desk.importing, self._panel.preview, sheet, register, self._so)
        self._around.work.long("重新查看", job, then, refused=refused)

    def _show(self, preview: Any) -> None:
        self._so = replace(self._so, header_row=preview.choices.header_row)
        self._panel.show_preview(preview)
        self._panel.is_touched = False
        self.shown.emit()
        self._panel.begin()

    def _show_other(self, preview: Any) -> None:
        self._show(preview)
        self.touched.emit()
