"""The form for many records at once: only fields with a tick are written, all in one step."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from ui.shared.drafts import MOST_KEYS
from ui.shared.fields.field import Field
from ui.shared.layout import layout_of
from ui.shared.offer import Offer
from ui.shared.reading_order import put_in_reading_order
from ui.shared.record_form import RecordForm
from ui.shared.referenced import RegisterReferences
from ui.shared.surroundings import Surroundings
from ui.shared.typed import is_bad, put_back, written
from ui.shared.words import button, frame, label
from xmdesk.records.registers import Register
from xmdesk.records.values.reading import Bad

if TYPE_CHECKING:
    from xmdesk.services.drafts import Content
    from xmdesk.services.entering import Entered, Entering
    from xmdesk.services.registers import Registers

QUICK = 300


class BulkEditor(QWidget):
    """``closed`` fires when it was saved or given up, ``touched`` when ticks or what is to be written changed."""

    closed = Signal()
    touched = Signal()

    def __init__(self, register: Register, registers: "Registers", entering: "Entering", around: Surroundings) -> None:
        super().__init__()
        self._register = register
        self._entering = entering
        self._around = around
        self._uids: Sequence[str] = ()
        self.ticks: dict[str, QCheckBox] = {}
        referenced = RegisterReferences(registers, around.changes)
        self.form = RecordForm(register.record, layout_of(register.name), referenced, around.icons)
        self.form.edited.connect(self.touched)
        self._title = label("", "heading")
        self._save = button("写入打勾的项", "primary")
        self._save.setToolTip("Ctrl+S")
        self.asking = Offer("写入", "不写入", tone="missing")
        self.asking.taken.connect(self._write_all)
        self.asking.declined.connect(self.closed)
        self.asking.passed.connect(self.form.focus_first)
        self.form.edited.connect(self.asking.hide)
        self._build()

    def _build(self) -> None:
        cancel = button("不改了", "quiet")
        self._save.clicked.connect(self.save)
        cancel.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 6)
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self._save)
        panel = frame("panel")
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(row)
        inside.addWidget(self.asking)
        hint = label("改过的项会自动打勾。只写打勾的项，其他的都不动；写入是一步，可以撤销。", "small", wraps=True)
        hint.setContentsMargins(16, 0, 16, 4)
        inside.addWidget(hint)
        inside.addWidget(self.form, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        self._add_ticks()
        put_in_reading_order(self)

    def _add_ticks(self) -> None:
        from xmdesk.services.entering import ENDING, GIVEN

        for name, field in self.form.fields.items():
            if name in ENDING or field.spec.help.startswith(GIVEN):
                field.setEnabled(False)
                continue
            tick = QCheckBox()
            tick.setAccessibleName(f"写入{field.spec.label}")
            tick.toggled.connect(self._count)
            field.head.insertWidget(0, tick)
            field.edited.connect(lambda tick=tick: tick.setChecked(True))
            self.ticks[name] = tick

    @property
    def has_ticks(self) -> bool:
        """Whether anything would be written."""
        return any(one.isChecked() for one in self.ticks.values())

    def holds(self) -> bool:
        """Tell whether ticks hold the person back; then ask above the form what is to become of them."""
        if self.has_ticks:
            count, lost = len(self._ticked), self._lost()
            also = f"，其中将清空 {lost}" if lost else ""
            self._ask(f"打勾的 {count} 项还没有写入这 {len(self._uids)} 条{also}。", empties=bool(lost))
        return self.has_ticks

    def _ask(self, words: str, *, empties: bool) -> None:
        self.asking.ask(words, yes="清空并写入" if empties else "写入")
        self.asking.yes.setFocus()

    @property
    def _ticked(self) -> dict[str, Field]:
        return {name: self.form.fields[name] for name, tick in self.ticks.items() if tick.isChecked()}

    def _lost(self) -> str:
        """Say what ticked fields that stand empty would take away: 10 条的坐落、3 条的备注."""
        empty = [
            name for name, field in self._ticked.items() if not is_bad(field) and field.spec.kind.is_empty(field.read())
        ]
        found = self._entering.filled(self._register.name, self._uids, empty) if empty else {}
        return "、".join(f"{count} 条的{self.form.fields[name].spec.label}" for name, count in found.items())

    def written(self) -> "Content | None":
        """Return what is ticked as a draft holds it, and for which records."""
        ticked = self._ticked
        uids = list(self._uids) if len(self._uids) <= MOST_KEYS else []
        return {"uids": uids, "count": len(self._uids), **written(ticked)} if ticked else None

    def put_back(self, content: "Content") -> None:
        """Show again what a draft holds."""
        put_back(self.form.fields, content)
        for name in (*content["fields"], *content["texts"]):
            if name in self.ticks:
                self.ticks[name].setChecked(True)

    def open(self, uids: Sequence[str]) -> None:
        """Show what these records have in common."""
        self.asking.hide()
        self._uids = list(uids)
        shared = self._entering.shared(self._register.name, self._uids)
        self._title.setText(f"{len(self._uids)} 条{self._register.noun}")
        for name, field in self.form.fields.items():
            field.aside = "" if name in shared else "各不相同"
        self.form.fill(self._register.record().changed(**shared))
        for tick in self.ticks.values():
            tick.setChecked(False)
        self._count()
        self.form.focus_first()

    def save(self) -> None:
        """Write the ticked fields into all records; what that would empty is asked first."""
        lost = self._lost()
        if lost:
            self._ask(f"将清空 {lost}。", empties=True)
        else:
            self._write_all()

    def _write_all(self) -> None:
        values: dict[str, Any] = {}
        for name, field in self._ticked.items():
            try:
                values[name] = field.read()
            except Bad:
                self.form.focus_field(name)
                return
        if values:
            self._write(values)

    def _write(self, values: dict[str, Any]) -> None:
        count = len(self._uids)
        text = f"批量修改{self._register.noun} {count} 条"

        def write(_: object = None) -> "Entered":
            found = self._entering.same(self._register.name, self._uids, values)
            self._entering.write(found, label=text)
            return found

        if count > QUICK:
            self._around.work.long(text, write, self._written)
        else:
            self._around.work.now(write, self._written)

    def _written(self, found: Any) -> None:
        for tick in self.ticks.values():
            tick.setChecked(False)
        self.closed.emit()
        self._around.changes.announce(f"改了 {len(found.records)} 条，共 {found.cells} 格")

    def _count(self) -> None:
        self._save.setEnabled(self.has_ticks)
        self.asking.hide()
        self.touched.emit()
