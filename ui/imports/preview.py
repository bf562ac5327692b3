"""What an import would do: counts, rows that go in, rows put aside with their reasons, and how columns were understood."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.imports.columns import (
    HEADS,
    column_in_the_way,
    column_lines,
    first_columns,
    options_for,
    title_header,
    why_none,
)
from ui.imports.header_line import HeaderLine
from ui.imports.lines import joined_line, parked_line, reminders
from ui.imports.named import TAB_OF_NAMES, is_asked
from ui.imports.other_tables import OtherTables, key_of
from ui.imports.pairs import PairsPanel
from ui.imports.people import CAME, go_words, people_words
from ui.imports.remarks import RemarksPanel
from ui.imports.row_work import RowWork
from ui.imports.skipped import SkippedPanel
from ui.shared.column_choices import ColumnChoices
from ui.shared.plain_table import PlainTable
from ui.shared.surroundings import Surroundings
from ui.shared.table_panel import LOSING, TablePanel
from ui.shared.words import button, frame, label

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk
    from xmdesk.services.outcomes import Moved

CHIPS = (
    ("new", "新增", "good"),
    ("changed", "修改", "explained"),
    ("same", "没有变化", ""),
    ("merged", "并入前面的行", "explained"),
    ("left", "不导入", "note"),
    ("parked", "放一边", "missing"),
    ("skipped", "不是数据行", ""),
)
NAMED, NAMED_WIDE, REMINDER = ("行", "内容", "结果"), (1, 3, 2), "提醒"
TO_REOPEN = (
    "确实要写进去的，先到“滚动管理”写明原因，重新打开这一年，再回到这里写入；不是这一年的表，换一个工作表或文件。"
)
ALL_THERE = "这张表里的，台账里都有了，没有要写入的。"
TABS = ("可以写入", "放一边", "列的对应", "像是已有", "提醒", "不是数据行")
GOING, WAITING, COLUMNS, PAIRS, REMARKS, SKIPPED = range(len(TABS))


class PreviewPanel(TablePanel):
    """``headed`` asks for another row of the header, ``mapped`` for a column (header, option), ``corrected`` for a row (number, changed cells), ``corrected_alike`` for the same cell of several rows, ``decided`` for rows
    that seem to be there already (number to decision); ``write`` to go ahead. ``typed`` fires while cells are typed over,
    ``passed`` carries a row (number, changed cells) from which the person has gone on to another one.
    """

    mapped = Signal(str, str)
    headed = Signal(int)
    corrected = Signal(int, dict)
    corrected_alike = Signal(list, str, str)
    passed = Signal(int, dict)
    decided = Signal(object)
    write = Signal()
    typed = Signal()

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__(TABS, register="导入到", spoken="导入到", go="写入", other="这是空表，用一表通填")
        self._desk = desk
        self._closed: list[int] = []
        self.preview: Any = None
        self.opened: Any = None
        self._banner = frame("banner", tone="good")
        self._said = label("", wraps=True)
        self.reopen = button("去滚动管理", "quiet")
        self.onward = button("看下一张工作表")
        self.onward.clicked.connect(lambda: self.again.emit(self.next_sheet, ""))
        self.reopen.clicked.connect(lambda: around.travel.to("rolling", str(self._closed[0])))
        around.changes.changed.connect(self._look_whether_reopened)
        self.good = PlainTable(
            (*NAMED, REMINDER),
            (*NAMED_WIDE, 4),
            around.icons,
            name="可以写入的行",
            nothing="没有可以写入的行。",
        )
        self.parked = PlainTable(
            ("行", "原因", "原来的内容"),
            (1, 6, 6),
            around.icons,
            name="放一边的行",
            nothing="没有要放一边的行，全部可以写入。",
        )
        self.going, self.waiting = RowWork(self.good, on_demand=True), RowWork(self.parked)
        self.cells = self.waiting.cells
        self.header = HeaderLine()
        self.columns = ColumnChoices(HEADS, around.icons, name="列的对应")
        self.pairs = PairsPanel(desk.store, around.icons)
        self.remarks, self.skipped = RemarksPanel(), SkippedPanel(around.icons)
        self.written: set[tuple[str, str, int]] = set()
        self.others = OtherTables()
        self._build()
        self._connect()

    def _build(self) -> None:
        inside = QHBoxLayout(self._banner)
        inside.addWidget(self._said, 1)
        inside.addWidget(self.reopen)
        inside.addWidget(self.onward)
        self._tabs[0].setToolTip("在一行上按回车、F2 或双击，可以改它的格子")
        mapped = QWidget()
        column = QVBoxLayout(mapped)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.header)
        column.addWidget(self.columns, 1)
        self.arrange((self._banner,), (self.going, self.waiting, mapped, self.pairs, self.remarks, self.skipped))

    def _connect(self) -> None:
        self.go.clicked.connect(self.write)
        for one in (self.going, self.waiting):
            one.corrected.connect(self.corrected)
            one.corrected_alike.connect(self.corrected_alike)
            one.passed.connect(self.passed)
            one.cells.typed.connect(self.typed)
        self.columns.chosen.connect(self.mapped)
        self.header.moved.connect(self.headed)
        self.pairs.decided.connect(self.decided)
        self.remarks.columns.connect(lambda: self.open_list(COLUMNS))
        self.remarks.pairs.connect(self._to_pairs)
        self.remarks.sheets.connect(self._to_sheets)
        self.remarks.seen.connect(self._go_past_remarks)

    def show_preview(self, preview: Any, *, stay: bool = False) -> None:
        """Show what would happen; ``stay`` keeps the list in front that the person is working in."""
        here, begun = self.place, self._begun_rows if stay else []
        self.preview, self.opened = preview, preview.file
        names = [one.name for one in preview.file.sheets]
        self.show_source(preview.file.name, names, preview.found.sheet, preview.register)
        counts = preview.counts
        chips = [(f"{words} {counts[name]}", tone) for name, words, tone in CHIPS if counts[name]]
        people = people_words(preview.people, CAME)
        self.show_chips([*chips, *([(people, "explained")] if people else [])])
        self._fill(preview, typing=here if stay else -1)
        self.put_typed(begun)
        self.remarks.show_remarks(preview, written=self.rows_written, again=stay)
        self._count_tabs(self.skipped.show_rows(preview))
        self.go.setText(go_words(preview))
        self._closed = self._desk.registers.finalised_among(preview.records)
        self.go.setEnabled(preview.has_any and not preview.found.stopped and not self._closed)
        self._say_first(preview)
        stays = stay and not self._tabs[here].isHidden()
        self.turn_to(here if stays else self._usual if self.remarks.is_seen else REMARKS)
        if self.pairs.take_leave():
            self.go.setFocus()

    def _say_first(self, preview: Any) -> None:
        """Say above the lists what stands in the way of writing, or that nothing is left to write, and where to go on."""
        self.reopen.setVisible(bool(self._closed))
        self.onward.setVisible(not preview.has_any and bool(self.next_sheet))
        self._banner.hide()
        if preview.found.stopped:
            self.say("缺少必须的列，这张表不能导入到这里。换一个工作表或台账试试，或看“列的对应”。", "missing")
        elif self._closed:
            years = "、".join(f"{one}年度" for one in self._closed)
            self.say(f"{years}的管护责任清单已经定稿，这张表写不进去。{TO_REOPEN}", "missing")
        elif not preview.found.table.header_rows:
            row = preview.found.table.first_row + 1
            self.say(
                f"这张表没有表头，第 {row} 行起都当作数据；每一列是什么是看内容猜的，请先看一遍“列的对应”。",
                "explained",
            )
        elif not preview.has_any:
            is_there = preview.counts["same"] and not preview.parked
            self.say(ALL_THERE if is_there else why_none(preview), "good" if is_there else "explained")

    @property
    def _usual(self) -> int:
        """The list to look at first."""
        preview = self.preview
        if preview.found.stopped or not preview.found.table.header_rows:
            return COLUMNS
        if any(not one.is_sure or one.replaced for one in preview.pairs):
            return PAIRS
        return GOING if preview.joined else self._cause

    @property
    def _cause(self) -> int:
        """The list that shows why no row can be written."""
        preview = self.preview
        if preview.found.mapping.missing or column_in_the_way(preview):
            return COLUMNS
        return WAITING if preview.parked else SKIPPED if preview.found.skipped else COLUMNS

    def _go_past_remarks(self) -> None:
        self.turn_to(self._usual)
        self.begin()

    def _to_pairs(self) -> None:
        """Show the first row that replaces something of a person."""
        self.pairs.go_to(next(one.number for one in self.preview.pairs if one.replaced))
        self.open_list(PAIRS)

    def _to_sheets(self) -> None:
        self.sheet.setFocus()
        self.sheet.showPopup()

    @property
    def next_sheet(self) -> str:
        """The sheet after the one in front, "" after the last."""
        return self.sheet.itemText(self.sheet.currentIndex() + 1)

    @property
    def table_of(self) -> tuple[str, str, int]:
        """Which table of which file is in front: hash, sheet, and the row of its titles."""
        found = self.preview.found
        return self.preview.file.sha256, found.sheet, found.table.first_row + 1

    @property
    def rows_written(self) -> set[int]:
        """The rows of titles of the tables of this sheet that were written since the file was opened."""
        sha256, sheet, _ = self.table_of
        return {row for one, name, row in self.written if (one, name) == (sha256, sheet)}

    def begin(self) -> None:
        """Put the cursor on what is to be known of the sheet; then where somebody may be about to stand twice, or a name is of several, and
        nobody decided, or on columns that were guessed; else on the usual next step.
        """
        if not self.remarks.is_seen:
            self.turn_to(REMARKS)
            self.remarks.begin()
            return
        preview = self.preview
        if any(is_asked(one) and preview.decided(one) is None for one in preview.pairs):
            self.open_list(PAIRS)
        elif not preview.found.table.header_rows:
            self.open_list(COLUMNS)
        elif self.place == GOING and self.onward.isVisibleTo(self):
            self.onward.setFocus()
        else:
            super().begin()
        if self.place == COLUMNS:
            self._to_column()

    def _to_column(self) -> None:
        """Go to the column that is perhaps why no row goes in."""
        picker = self.columns.pickers.get(column_in_the_way(self.preview))
        if picker is not None:
            picker.setFocus(Qt.FocusReason.OtherFocusReason)
            self.columns.ensureWidgetVisible(picker)

    def showEvent(self, event: Any) -> None:
        """Whoever comes back may have opened the list again."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._look_whether_reopened)

    def _look_whether_reopened(self) -> None:
        """While rows would go into a finalised list, look at them anew when anything has changed in the book."""
        preview = self.preview if self.isVisible() else None
        if preview is not None and self._closed != self._desk.registers.finalised_among(preview.records):
            self.decided.emit({})

    @property
    def _works(self) -> tuple[RowWork, RowWork]:
        return self.going, self.waiting

    @property
    def _begun_rows(self) -> list[dict[str, Any]]:
        return [one.begun for one in self._works]

    @property
    def typed_over(self) -> dict[tuple[int, str], str]:
        """What was typed into cells and not read yet, by row and header."""
        return {(one["row"], name): text for one in self._begun_rows for name, text in one["texts"].items()}

    def put_typed(self, begun: Iterable[Mapping[str, Any]]) -> None:
        """What was typed and not read yet stands in its row again, in whichever list that is now."""
        for one in begun:
            for work in self._works:
                if one["texts"] and work.has(one["row"]):
                    work.put_back(one)

    @property
    def look(self) -> dict[str, Any]:
        """Which list and which rows are in front, and what was typed into cells that were not read yet."""
        rows, here, header = self._begun_rows, self.pairs.here, key_of(self.preview)[2]
        return {"place": self.place, "rows": rows, "pair": here.row, "named": here.field, "header": header}

    def put_back(self, look: Mapping[str, Any]) -> None:
        """Show all of it as it was."""
        for work, begun in zip(self._works, look["rows"], strict=True):
            work.put_back(begun)
        self.pairs.go_to(look["pair"], look.get("named", ""))
        if not self._tabs[look["place"]].isHidden():
            self.turn_to(look["place"])

    def show_moved(self, moved: Sequence["Moved"], words: str) -> None:
        """Say in which rows the outcome is not the one shown before, and put the cursor on the first of them."""
        self.warn(words)
        number = moved[0].number
        if number in [one.number for one in self.preview.pairs]:
            self.pairs.go_to(number)
            self.open_list(PAIRS)
            return
        lists = ([one.number for one in self.preview.joined], [one.number for one in self.preview.parked])
        place = next((place for place, rows in enumerate(lists) if number in rows), 0)
        self.open_list(place)
        if number in lists[place]:
            (self.good, self.parked)[place].selectRow(lists[place].index(number))
            if place == WAITING:
                self.waiting.begin()

    @property
    def losing(self) -> str:
        """What leaving would lose, in other tables of the file too."""
        if self.others:
            return "这个文件里几张表改过、选过的都还没有写下，放下后要重新来。"
        return LOSING if self.typed_over else super().losing

    def give_up(self) -> None:
        """What was decided about any table of the file may be lost."""
        super().give_up()
        self.others.put(())
        for one in self._works:
            one.forget()

    def stay(self) -> None:
        """Another table was asked for and cannot be read: all says again which one is in front."""
        self.sheet.setCurrentText(self.preview.found.sheet)
        self.register.setCurrentIndex(self.register.findData(self.preview.register))
        self.header.show_again()

    def note(self, words: str) -> None:
        """Say this calmly before what is said of the file anyway."""
        is_quiet = self._banner.isHidden()
        tone = "explained" if is_quiet else self._banner.property("tone")
        self.say(f"{words}{'' if is_quiet else self._said.text()}", tone)

    def warn(self, words: str) -> None:
        """Say this before what is said of the file anyway."""
        self.say(f"{words}{'' if self._banner.isHidden() else self._said.text()}", "missing")

    def say(self, words: str, tone: str) -> None:
        """Say above the lists what the person should know of this file."""
        self._banner.setProperty("tone", tone)
        self._banner.style().unpolish(self._banner)
        self._banner.style().polish(self._banner)
        self._said.setText(words)
        self._banner.show()

    def _fill(self, preview: Any, *, typing: int) -> None:
        """Show everything; ``typing`` is the list in which a row is being corrected."""
        reminded, rows = reminders(preview), {one.number: one for one in preview.found.rows}
        shown = first_columns(preview)
        heads = (*NAMED, *shown.values(), REMINDER)
        self.good.show_heads(heads, (*NAMED_WIDE, *(2 for _ in shown), 4))
        self.going.headers = ("", title_header(preview), "", *shown, "")
        going = [
            joined_line(one, preview, reminded, [rows[one.number].raw[name] for name in shown])
            for one in preview.joined
        ]
        self.going.show_rows(going, [rows[one.number] for one in preview.joined], typing=typing == 0)
        waiting = [parked_line(one) for one in preview.parked]
        is_left = self.waiting.show_rows(waiting, preview.parked, typing=typing == 1)
        if typing == 1 and not is_left:
            self.go.setFocus()
        self.header.show_table(preview.found.table)
        self.columns.show_lines(column_lines(preview), options_for(preview.register))
        self.pairs.show_pairs(preview)

    def _count_tabs(self, skipped: int) -> None:
        """Say how much each list holds; lists that most tables do not need show only with something in them."""
        preview, remarks = self.preview, self.remarks.count
        counts = (
            len(preview.joined) - preview.counts["left"],
            len(preview.parked),
            len(preview.found.mapping.matches),
            len(preview.pairs),
            remarks or "",
            skipped,
        )
        only_names = all(one.field for one in preview.pairs)
        texts = [TAB_OF_NAMES if place == PAIRS and only_names else text for place, text in enumerate(TABS)]
        for one, text, count in zip(self._tabs, texts, counts, strict=True):
            one.setText(f"{text} {count}".strip())
            one.setAccessibleName(one.text())
        for place, is_there in (
            (PAIRS, bool(preview.pairs)),
            (REMARKS, self.remarks.isEnabled()),
            (SKIPPED, bool(skipped)),
        ):
            self._tabs[place].setVisible(is_there)
