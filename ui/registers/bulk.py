"""The form for many records at once: only fields with a tick are written, all in one step."""

from collections.abc import Callable, Mapping, Sequence
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
from xmdesk.jobs import Progress, Silent
from xmdesk.records.registers import Register
from xmdesk.records.values.reading import Bad

if TYPE_CHECKING:
    from xmdesk.services.drafts import Content
    from xmdesk.services.entering import Entered, Entering
    from xmdesk.services.registers import Registers

QUICK = 300


class BulkEditor(QWidget):
    """``opened`` fires when it shows its records, ``closed`` when it was saved or given up, ``touched`` when ticks or what is to
    be written changed.
    """

    opened = Signal()
    closed = Signal()
    touched = Signal()

    def __init__(self, register: Register, registers: "Registers", entering: "Entering", around: Surroundings) -> None:
        super().__init__()
        self._register = register
        self._entering = entering
        self._around = around
        self.uids: Sequence[str] = ()
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
            count, empty = len(self._ticked), self._empty()
            lost = self._words_of(self._filled(empty)) if len(self.uids) <= QUICK else self._labels(empty)
            also = f"，其中将清空 {lost}" if lost else ""
            self._ask(f"打勾的 {count} 项还没有写入这 {len(self.uids)} 条{also}。", empties=bool(lost))
        return self.has_ticks

    def _ask(self, words: str, *, empties: bool) -> None:
        self.asking.ask(words, yes="清空并写入" if empties else "写入")
        self.asking.yes.setFocus()

    @property
    def _ticked(self) -> dict[str, Field]:
        return {name: self.form.fields[name] for name, tick in self.ticks.items() if tick.isChecked()}

    def _empty(self) -> list[str]:
        """The ticked fields that stand empty."""
        ticked = self._ticked.items()
        return [name for name, field in ticked if not is_bad(field) and field.spec.kind.is_empty(field.read())]

    def _filled(self, empty: Sequence[str]) -> Mapping[str, int]:
        """In how many records these fields hold something that would be lost; many records are read beside the window."""
        return self._entering.filled(self._register.name, self.uids, empty) if empty else {}

    def _words_of(self, lost: Mapping[str, int]) -> str:
        """10 条的坐落、3 条的备注."""
        return "、".join(f"{count} 条的{self.form.fields[name].spec.label}" for name, count in lost.items())

    def _labels(self, names: Sequence[str]) -> str:
        return "、".join(self.form.fields[name].spec.label for name in names)

    def written(self) -> "Content | None":
        """Return what is ticked as a draft holds it, and for which records."""
        ticked = self._ticked
        uids = list(self.uids) if len(self.uids) <= MOST_KEYS else []
        return {"uids": uids, "count": len(self.uids), **written(ticked)} if ticked else None

    def put_back(self, content: "Content") -> None:
        """Show again what a draft holds."""
        put_back(self.form.fields, content)
        for name in (*content["fields"], *content["texts"]):
            if name in self.ticks:
                self.ticks[name].setChecked(True)

    def open(self, uids: Sequence[str], begun: "Content | None" = None, *, field: str = "") -> None:
        """Show what these records have in common, and what a draft holds; many are read beside the window."""
        name = self._register.name

        def show(shared: dict[str, Any]) -> None:
            self._show(uids, shared)
            if field in self.ticks:
                self.form.focus_field(field)
            if begun is not None:
                self.put_back(begun)

        self._do(
            f"正在读取 {len(uids)} 条{self._register.noun}",
            len(uids),
            lambda progress: self._entering.shared(name, uids, progress=progress),
            show,
        )

    def _show(self, uids: Sequence[str], shared: dict[str, Any]) -> None:
        self.asking.hide()
        self.uids = list(uids)
        self._title.setText(f"{len(self.uids)} 条{self._register.noun}")
        for name, field in self.form.fields.items():
            field.aside = "" if name in shared else "各不相同"
        self.form.fill(self._register.record().changed(**shared))
        for tick in self.ticks.values():
            tick.setChecked(False)
        self._count()
        self.opened.emit()
        self.form.focus_first()

    def save(self) -> None:
        """Write the ticked fields into all records; what that would empty is asked first."""
        empty = self._empty()

        def ask(found: Mapping[str, int]) -> None:
            if found:
                self._ask(f"将清空 {self._words_of(found)}。", empties=True)
            else:
                self._write_all()

        many = len(self.uids) if empty else 0
        self._do("正在看哪几条会清空", many, lambda _: self._filled(empty), ask)

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
        count = len(self.uids)
        text = f"批量修改{self._register.noun} {count} 条"

        def write(_: Progress) -> "Entered":
            found = self._entering.same(self._register.name, self.uids, values)
            self._entering.write(found, label=text)
            return found

        self._do(text, count, write, self._written)

    def _do(self, title: str, count: int, job: Callable[[Progress], Any], then: Callable[[Any], None]) -> None:
        """Do it at once, or beside the window where that many records would be felt."""
        if count > QUICK:
            self._around.work.long(title, job, then)
        else:
            self._around.work.now(lambda: job(Silent()), then)

    def _written(self, found: Any) -> None:
        for tick in self.ticks.values():
            tick.setChecked(False)
        self.closed.emit()
        self._around.changes.announce(f"改了 {len(found.records)} 条，共 {found.cells} 格")

    def _count(self) -> None:
        self._save.setEnabled(self.has_ticks)
        self.asking.hide()
        self.touched.emit()
