"""The table in front: read anew as a person says, or another table of the file in its place."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ui.imports.begun import begun_import
from ui.imports.columns import remapped
from ui.imports.named import names_words
from ui.imports.other_tables import BACK, key_of, left_words, rows_of_others
from ui.imports.preview import PreviewPanel
from ui.imports.reading import ReadSo, best_register, reading_so
from ui.shared.surroundings import Surroundings
from xmdesk.errors import XmError

if TYPE_CHECKING:
    from xmdesk.jobs import Progress
    from xmdesk.services.desk import Desk
    from xmdesk.services.import_begun import BegunImport

NOT_YET = "看一看，要改的改好，再按“写入”。"
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
        self._names: dict[Any, Any] = {}
        panel.again.connect(self.turn_to)
        panel.mapped.connect(self._map)
        panel.headed.connect(self._head)
        panel.corrected.connect(self._correct)
        panel.corrected_alike.connect(self._correct_alike)
        panel.passed.connect(self._take_passed)
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
        return replace(self._front, others=tuple(self._panel.others))

    @property
    def left_over(self) -> "BegunImport | None":
        """What was decided about other tables of the file, when the one in front is written."""
        *others, front = tuple(self._panel.others) or (None,)
        return replace(front, others=tuple(others)) if front is not None else None

    @property
    def _front(self) -> "BegunImport":
        return begun_import(self._panel, self._path, self._so)

    def open(self, path: Path, preview: Any) -> None:
        """Show the first table of a file."""
        self._path, self._names = path, {}
        self._panel.others.put(())
        self._show(preview, ReadSo())

    def go_on(self, path: Path, preview: Any, begun: "BegunImport", *, is_touched: bool) -> None:
        """Show a table with what was decided about it and about the others of its file."""
        self._path, self._names = path, {}
        for one in (*begun.others, begun):
            self._remember_names(one)
        self._panel.others.put(begun.others)
        self._put_back(preview, begun, is_touched=is_touched)

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

    def to_left_over(self) -> None:
        """Go back to the table that was left last."""
        if self.left_over is not None:
            self._turn(None, self.left_over)

    def turn_to(self, sheet: str, register: str, row: int = 0) -> None:
        """Read a sheet, or the table of it that begins in a row, for a register, or for the one that fits best; one that was
        left before is read as it was left.
        """
        opened, importing, before = self._panel.opened, self._desk.importing, self._panel.preview
        is_same = sheet == before.found.sheet
        if is_same and not row and register in ("", before.register):
            return
        if register:
            so = ReadSo(header_row=self._header_here() if is_same else 0)
            self._turn(reading_so(importing, before, sheet, register, so), None)
            return
        read = lambda progress: best_register(importing, opened, progress, sheet=sheet, header_row=row)  # noqa: E731 - one use
        self._turn(read, self._panel.others.latest(sheet, row), is_table=bool(row))

    def _header_here(self) -> int:
        """The row of the header in front where another register would look for it elsewhere: it was told, or is one of several."""
        told, preview = max(self._so.header_row, 0), self._panel.preview
        return told or (max(key_of(preview)[2], 0) if rows_of_others(preview) else 0)

    def _head(self, row: int) -> None:
        """Read the table anew from another header; of what was decided about the old one the rows hold."""
        before = self._panel.preview
        so = ReadSo(header_row=row)
        self._turn(reading_so(self._desk.importing, before, before.found.sheet, before.register, so), None, so=so)

    def _turn(self, read: Any, left: "BegunImport | None", *, is_table: bool = False, so: ReadSo | None = None) -> None:
        """Put another table in front, as it was ``left`` if it was; the one in front is remembered. ``so``: it is the same table
        with its header elsewhere.
        """
        importing, opened, front = self._desk.importing, self._panel.opened, self._left()
        self._remember_names(self._front)
        names = {} if so is not None else dict(self._names)
        known = self._panel.others.known | ({key_of(self._panel.preview): front} if front is not None else {})

        def job(progress: "Progress") -> Any:
            from xmdesk.services.import_begun import decided_again, put_back

            if left is not None:
                return put_back(importing, opened, left).preview, left
            found = read(progress)
            begun = known.get(key_of(found))
            if begun is None:
                return decided_again(importing, found, names), None
            return put_back(importing, opened, begun).preview, begun

        def show(answer: Any) -> None:
            if front is not None:
                self._panel.others.keep(front)
            self._show_other(*answer, so=so)
            words = BACK if answer[1] is not None else names_words(answer[0]) if so is None else ""
            words += left_words(front, self._panel.preview, is_table=is_table) if front is not None else ""
            if words:
                self._panel.note(words)
            self.touched.emit()

        self._around.work.long("读取工作表", job, show, refused=self._stay)

    def _remember_names(self, begun: "BegunImport") -> None:
        """What was said of all who have a name holds for the other tables of the file too."""
        from xmdesk.services.import_begun import of_everybody

        self._names |= of_everybody(begun.decisions)

    def _stay(self, error: Any) -> None:
        """It cannot be read: all stays as it was."""
        self._panel.stay()
        self._around.work.tell(error)

    def _map(self, header: str, option: str) -> None:
        found = self._panel.preview
        so = replace(self._so, mapping=remapped(found, header, option), corrections=self._corrections({}))
        self._read(so, reading_so(self._desk.importing, found, found.found.sheet, found.register, so), self.show_again)

    def take_typed(self, then: Callable[[], None]) -> None:
        """Read what stands typed in cells, and go on; where that did something else than change these cells, stop there and say so."""
        from xmdesk.services.outcomes import otherwise, told_of

        importing, preview, typed = self._desk.importing, self._panel.preview, self._panel.typed_over
        rows, so = {row for row, _ in typed}, replace(self._so, corrections=self._corrections({}))
        if not typed:
            then()
            return

        def job(_: "Progress") -> Any:
            found = so.reread(importing, preview)
            return found, otherwise(preview, found, rows)

        def show(answer: Any) -> None:
            found, moved = answer
            self.show_again(found)
            if moved:
                self._panel.show_moved(moved, f"还没有写入：{told_of(moved)}。{NOT_YET}")
            elif self._panel.go.isEnabled():
                then()

        self._read(so, job, show)

    def _take_passed(self, number: int, texts: dict[str, str]) -> None:
        """Read what was typed into a row from which the person has gone on; when that is stopped, it stands there again."""
        so = replace(self._so, corrections=self._corrections({(number, name): text for name, text in texts.items()}))
        job = partial(self._reading, so, self._panel.preview)
        back = partial(self._panel.put_typed, [{"row": number, "texts": texts}])
        self._read(so, job, self._show_corrected({number}), back=back)

    def _show_corrected(self, rows: set[int]) -> Callable[[Any], None]:
        """Show the table anew, and say which of these rows went in before and cannot be read now."""
        going = {one.number for one in self._panel.preview.joined} & rows

        def show(found: Any) -> None:
            self.show_again(found)
            spoilt = [one.number for one in found.parked if one.number in going]
            if spoilt:
                self._panel.warn(
                    f"第 {'、'.join(map(str, spoilt))} 行改过以后不能写入了，移到了“放一边”，原因写在那里。"
                )

        return show

    def _corrections(self, fresh: dict[tuple[int, str], str]) -> dict[tuple[int, str], str]:
        """What was typed over so far, what stands typed in cells now, and these."""
        return {**self._so.corrections, **self._panel.typed_over, **fresh}

    def _reading(self, so: ReadSo, preview: Any, _: "Progress") -> Any:
        return so.reread(self._desk.importing, preview)

    def _read(
        self, so: ReadSo, job: Any, show: Callable[[Any], None], *, back: Callable[[], None] | None = None
    ) -> None:
        """Read the same table so; when that is stopped or refused, it is read as before, and ``back`` is called."""

        def done(answer: Any) -> None:
            self._so = so
            show(answer)

        def not_done(error: Any) -> None:
            if back is not None:
                back()
            if isinstance(error, XmError):
                self._around.work.tell(error)

        self._around.work.long("重读", job, done, refused=not_done, stopped=not_done)

    def _correct(self, number: int, texts: dict[str, str]) -> None:
        if texts:
            self._reread({(number, header): text for header, text in texts.items()})

    def _correct_alike(self, numbers: list[int], header: str, text: str) -> None:
        self._reread({(number, header): text for number in numbers})

    def _reread(self, fresh: dict[tuple[int, str], str]) -> None:
        so = replace(self._so, corrections=self._corrections(fresh))
        self._read(so, partial(self._reading, so, self._panel.preview), self._show_corrected({row for row, _ in fresh}))

    def _read_otherwise(self, **said: Any) -> None:
        """Read the same table anew as a person said."""
        so = replace(self._so, corrections=self._corrections({}), **said)
        self._read(so, partial(self._reading, so, self._panel.preview), self.show_again)

    def _decide(self, decisions: dict[Any, Any]) -> None:
        """Join the rows anew by what was decided, or by nothing more; a short table needs no cover over the window."""
        importing, preview = self._desk.importing, self._panel.preview
        show = self.show_again if decisions else partial(self._panel.show_preview, stay=True)
        if len(preview.joined) <= AT_ONCE:
            self._around.work.now(lambda: importing.decide(preview, decisions), show)
        else:
            self._around.work.long("重新查看", lambda _: importing.decide(preview, decisions), show)

    def _show(self, preview: Any, so: ReadSo) -> None:
        self._so = replace(so, header_row=preview.choices.header_row)
        self._panel.show_preview(preview)
        self._panel.is_touched = False
        self.shown.emit()
        self._panel.begin()

    def _put_back(self, preview: Any, begun: "BegunImport", *, is_touched: bool) -> None:
        self._show(preview, ReadSo.of(begun))
        if begun.look:
            self._panel.put_back(begun.look)
        self._panel.is_touched = is_touched

    def _show_other(self, preview: Any, begun: "BegunImport | None", *, so: ReadSo | None) -> None:
        """Show another table than before, as it was left if it was."""
        panel = self._panel
        if begun is not None:
            panel.others.take(begun)
            self._put_back(preview, begun, is_touched=True)
            panel.open_list(panel.place)
        elif so is not None:
            self._so = so
            panel.show_preview(preview, stay=True)
            panel.is_touched = True
        else:
            self._show(preview, ReadSo())

    def _left(self) -> "BegunImport | None":
        """What was decided about the table in front; None for one that is written, or was only looked at."""
        begun, is_written = self._front, self._panel.table_of in self._panel.written
        return begun if self._panel.is_touched or (begun.has_work and not is_written) else None
