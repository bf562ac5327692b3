"""An opened blank form: its columns, the records for it, the first rows as they will stand there, and the way out."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from ui.filling.columns import HEADS, column_lines, options_for, with_choice, with_format
from ui.filling.other_forms import OtherForms
from ui.filling.rows import RowsPanel
from ui.shared.column_choices import ColumnChoices
from ui.shared.done import DoneBanner
from ui.shared.plain_table import Line, PlainTable
from ui.shared.surroundings import Surroundings
from ui.shared.table_panel import TablePanel
from ui.shared.words import clear, frame, label, set_tone
from xmdesk.files import shown_name

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk
    from xmdesk.services.filling import Filling
    from xmdesk.services.form_mapping import Blank, FormMap

FIRST_ROWS = 5
TABS = ("列的对应", "填哪些", "预览")


class FormPanel(TablePanel):
    """``save`` asks to write, ``touched`` fires when something was decided."""

    save = Signal()
    touched = Signal()

    def __init__(self, desk: "Desk", around: Surroundings, filling: "Filling") -> None:
        super().__init__(TABS, register="取数台账", spoken="从哪个台账取数", go="填好另存", other="这是台账，去导入")
        self._around, self._filling = around, filling
        self.others = OtherForms()
        self.blank: Blank | None = None
        self.map: FormMap | None = None
        self._warning = frame("banner")
        self._loses = label("", wraps=True)
        self.done = DoneBanner()
        self.columns = ColumnChoices(HEADS, around.icons, name="列的对应")
        self.rows = RowsPanel(desk.registers)
        self._holder = QVBoxLayout()
        self.first: PlainTable | None = None
        self.whole = QCheckBox("身份证号码填完整")
        self.whole.setAccessibleName(self.whole.text())
        self.reason = QLineEdit()
        self.reason.setAccessibleName("填完整号码的理由")
        self.reason.setPlaceholderText("写明理由，会留在操作记录里")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
        self.password.setAccessibleName("再输一次密码")
        self.password.setPlaceholderText("再输一次密码")
        self._build()
        self._connect()

    def _build(self) -> None:
        QVBoxLayout(self._warning).addWidget(self._loses)
        holder = QWidget()
        holder.setLayout(self._holder)
        self._holder.setContentsMargins(0, 0, 0, 0)
        self.reason.setMinimumWidth(260)
        for one in (self.reason, self.password):
            one.hide()
        lists = (self.columns, self.rows, holder)
        self.arrange((self._warning, self.done), lists, (self.whole, self.reason, self.password))

    def _connect(self) -> None:
        self.columns.chosen.connect(lambda header, option: self._choose(with_choice(self._known, header, option)))
        self.columns.formed.connect(self._write_as)
        self.rows.changed.connect(self._count)
        self.rows.model.ticked.connect(self._touch)
        self.whole.toggled.connect(self._ask_reason)
        for one in (self.reason, self.password):
            one.textChanged.connect(lambda _, one=one: set_tone(one, ""))
        self.reason.textEdited.connect(self._touch)
        self.reason.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self.go.click)
        self.go.clicked.connect(self._save)

    @property
    def _known(self) -> Any:
        return self.map

    def show_form(self, blank: "Blank", form_map: "FormMap") -> None:
        """Show an opened form with the proposed map."""
        self.blank, self.map = blank, None
        self.is_touched = False
        self.show_source(blank.name, blank.places, blank.place, form_map.register)
        asked = self._filling.named(blank, form_map)
        problems = [*blank.problems, *asked.problems]
        self._loses.setText("".join(f"{one.text}{one.to_do}" for one in problems))
        self._warning.setVisible(bool(problems))
        self.done.hide()
        self.whole.setChecked(False)
        self.reason.setText("")
        self.password.clear()
        self.rows.show_register(form_map.register)
        self.rows.model.tick_only(asked.uids if asked.is_any else self.rows.model.uids)
        self._decide(form_map)
        self.turn_to(2 if form_map.kept else 0)

    @property
    def look(self) -> dict[str, Any]:
        """Which records, which list in front, and why whole numbers are wanted; never the password."""
        reason = self.reason.text() if self.whole.isChecked() else ""
        return {"rows": self.rows.begun, "place": self.place, "is_whole": self.whole.isChecked(), "reason": reason}

    def put_back(self, look: dict[str, Any]) -> None:
        """Show all of it as it was."""
        self.rows.put_back(look["rows"])
        if look["is_whole"] and not self.whole.isHidden():
            self.whole.setChecked(True)
            self.reason.setText(look["reason"])
        self.turn_to(look["place"])

    @property
    def losing(self) -> str:
        """What leaving would lose, in other tables of the file too."""
        words = "这个文件里几张表改过、选过的都还没有另存，放下后要重新来。"
        return words if self.others.touched else super().losing

    def give_up(self) -> None:
        """What was decided about any table of the file may be lost."""
        super().give_up()
        self.others.put(())

    def stay(self) -> None:
        """Another table was asked for and cannot be read: the boxes say again which one is in front."""
        if self.blank is not None and self.map is not None:
            self.sheet.setCurrentText(self.blank.place)
            self.register.setCurrentIndex(self.register.findData(self.map.register))

    def warn(self, words: str) -> None:
        """Say above the lists what the person should know of this form."""
        self._loses.setText("".join(filter(None, (words, self._loses.text()))))
        self._warning.show()

    def turn_to(self, place: int) -> None:
        """Show one of the three lists."""
        super().turn_to(place)
        if place == 2:
            self._show_first()

    def say_done(self, filled: Any) -> None:
        """Say what was written."""
        words = [f"已填 {filled.records} 条，存为“{shown_name(filled.path)}”，下次收到同样的表不用再对应"]
        if filled.masked:
            words.append(f"身份证号码遮住了中间：{'、'.join(filled.masked)}")
        if filled.empty:
            words.append(f"没有内容的列：{'、'.join(one.replace(chr(10), '') for one in filled.empty)}")
        self.done.say("；".join(words) + "。", filled.path)
        self.is_touched = False

    def _write_as(self, header: str, form: str) -> None:
        """Write a column in another way; whoever asks for whole numbers in one column is asked why, as by the tick."""
        fresh = with_format(self._known, header, form)
        asked = next(one for one in fresh.columns if one.header == header)
        if asked in fresh.with_whole_numbers():
            self.whole.setChecked(True)
        self._choose(fresh)

    def _choose(self, form_map: "FormMap") -> None:
        self._decide(form_map)
        self._touch()

    def _touch(self) -> None:
        self.is_touched = True
        self.touched.emit()

    def _decide(self, form_map: "FormMap") -> None:
        self.map = form_map
        has_whole = bool(form_map.with_whole_numbers())
        self.whole.setVisible(has_whole)
        self.whole.setChecked(self.whole.isChecked() and has_whole)
        self._show_columns(form_map)
        self._count()

    def _show_columns(self, form_map: "FormMap") -> None:
        lines = column_lines(form_map, unmasked=self.whole.isChecked())
        self.columns.show_lines(lines, options_for(form_map))
        if self.place == 2:
            self._show_first()

    def _count(self) -> None:
        if self.map is None or self.blank is None:
            return
        filled = sum(1 for one in self.map.columns if one.fields)
        chosen = len(self.rows.chosen())
        chips = [("上次填过同样的表" if self.map.kept else "第一次填这种表", "good" if self.map.kept else "explained")]
        chips.append((f"{len(self.map.columns)} 列，对应了 {filled} 列", "good" if filled else "missing"))
        free = self._filling.rows_free(self.blank, self.map)
        lacking = self._filling.lacking(self.blank, self.map, self.rows.chosen())
        chips.append((f"{'本单位' * (free < self.blank.rows_free)}空 {free} 行", ""))
        if lacking.rows:
            chips.append((f"不够的 {lacking.rows} 行照原样添加", "note"))
        if lacking.left:
            chips.append((f"{lacking.left} 条没有选A角、B角，填不进", "missing"))
        self.show_chips(chips)
        self._tabs[0].setText(f"{TABS[0]} {filled}")
        self._tabs[1].setText(f"{TABS[1]} {chosen}")
        self._name_go(chosen - lacking.left)

    def _name_go(self, count: int) -> None:
        """Say on the button what it does, or what is missing before it can."""
        is_told = self._known.is_told
        words = f"填 {count} 条，另存" if is_told and count else "先勾选要填的记录" if is_told else "先选好每列填什么"
        self.go.setText(words)
        self.go.setEnabled(bool(count) and is_told)

    def _show_first(self) -> None:
        """The first rows as they will stand in the form."""
        if self.map is None or self.blank is None:
            return
        uids = self.rows.chosen()[:FIRST_ROWS]
        cells = self._filling.preview(self.blank, self.map, uids, unmasked=self.whole.isChecked())
        clear(self._holder)
        heads = [one.header.replace("\n", "") for one in self.map.columns]
        self.first = _Wide(heads, [1] * len(heads), self._around.icons, name="前五行预览")
        self.first.show_lines([Line(str(at), tuple(row)) for at, row in enumerate(cells)])
        self._holder.addWidget(self.first, 1)
        self._holder.addWidget(label("这里是前五行；表名、表头、合计和表下的说明都照原样保留。", "muted"))

    def _ask_reason(self, is_whole: bool) -> None:
        for one in (self.reason, self.password):
            one.setVisible(is_whole)
        if self.map is not None:
            self._show_columns(self.map)
        if is_whole:
            self.reason.setFocus()

    def _save(self) -> None:
        for one in (self.reason, self.password) if self.whole.isChecked() else ():
            if not one.text().strip():
                self.ask_again(one)
                return
        self.save.emit()

    def ask_again(self, field: QLineEdit) -> None:
        """Show that something is missing or wrong here."""
        set_tone(field, "wrong")
        field.selectAll()
        field.setFocus()


class _Wide(PlainTable):
    """Columns as wide as what stands in them; the table scrolls sideways."""

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 18)
        for at in range(self.lines.columnCount()):
            head = self.lines.headerData(at, Qt.Orientation.Horizontal)
            texts = [head, *(line.cells[at].split("\n")[0] for line in self.lines.lines)]
            self.setColumnWidth(at, min(max(metrics.horizontalAdvance(one) for one in texts) + 36, 320))
