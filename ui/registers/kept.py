"""The filters kept for a register: each with how many records answer it now, to use, rename or delete in place."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.shared.pressed import pressed
from ui.shared.surroundings import Surroundings
from ui.shared.words import LineButton, button, clear, frame, label
from xmdesk.records.registers import Register

if TYPE_CHECKING:
    from xmdesk.services.finding import Filter, Finding


class KeptFilters(QWidget):
    """``chosen`` carries a kept filter, ``asked`` the name under which to keep the present conditions."""

    chosen = Signal(object)
    asked = Signal(str)

    def __init__(self, register: Register, finding: "Finding", around: Surroundings) -> None:
        super().__init__()
        self._register = register
        self._finding = finding
        self._around = around
        self._is_large = False
        self._dropped: Filter | None = None
        self.lines: dict[str, KeptLine] = {}
        self.name = QLineEdit()
        self.name.setAccessibleName("给筛选起的名称")
        self.name.setPlaceholderText("给它起个名称")
        self.name.setMaxLength(30)
        self.keep = button("存下来", name="把这些条件存下来")
        self.keep.clicked.connect(self._ask)
        self.name.returnPressed.connect(self._ask)
        self.name.installEventFilter(self)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.name, 1)
        row.addWidget(self.keep)
        self._title = label("存下来的筛选", "section")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.put_back = button("", "text")
        self.put_back.hide()
        self.put_back.clicked.connect(self._put_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(frame("rule"))
        column.addWidget(label("常用的可以存下来，下次点一下就行", "section"))
        column.addLayout(row)
        column.addWidget(self._title)
        column.addLayout(self._list)
        column.addWidget(self.put_back, 0, Qt.AlignmentFlag.AlignLeft)

    def propose(self, name: str) -> None:
        """Propose a name, unless the person wrote one."""
        if not self.name.isModified():
            self.name.setText(name)
            self.name.setCursorPosition(0)
        self.keep.setEnabled(bool(self.name.text().strip() or name))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click into a name that was only proposed marks it, as Tab does: typing replaces it."""
        is_click = watched is self.name and event.type() == QEvent.Type.MouseButtonRelease
        if is_click and not self.name.isModified() and not self.name.hasSelectedText():
            self.name.selectAll()
        return super().eventFilter(watched, event)

    def refresh(self, *, is_large: bool) -> None:
        """Show what is kept, and count anew; in a large register the numbers come a moment later."""
        self._is_large = is_large
        clear(self._list)
        self.lines = {}
        kept = self._finding.saved(self._register.name)
        noted = self._noted()
        self._title.setVisible(bool(kept or noted))
        for one in noted:
            self._add(one, is_ours=True)
        for one in kept:
            self._add(one)

    def _noted(self) -> "list[Filter]":
        """The filter for records with notes, as long as there are any."""
        from xmdesk.services.finding import Filter

        noted = Filter(self._register.name, "有批注的", noted=True)
        return [noted] if self._finding.count(noted) else []

    def _add(self, one: "Filter", *, is_ours: bool = False) -> None:
        """Add a line; a filter of the program's own can only be used."""
        line = KeptLine(one.name)
        line.rename.setVisible(not is_ours)
        line.drop.setVisible(not is_ours)
        line.use.clicked.connect(lambda: self.chosen.emit(one))
        line.renamed.connect(lambda fresh: self._rename(one, fresh))
        line.drop.clicked.connect(lambda: self._forget(one))
        self.lines[one.name] = line
        self._list.addWidget(line)
        self._count(one)

    def _count(self, one: "Filter") -> None:
        def told(found: int) -> None:
            if one.name in self.lines:
                self.lines[one.name].say(found)

        read = self._around.work.aside if self._is_large else self._around.work.now
        read(lambda: self._finding.count(one), told)

    def _ask(self) -> None:
        self.asked.emit(self.name.text().strip())
        self.name.setModified(False)

    def _rename(self, one: "Filter", fresh: str) -> None:
        name = self._register.name
        self._do(lambda: self._finding.rename(name, one.name, fresh), f"筛选已改名：{fresh.strip()}", fresh.strip())

    def _forget(self, one: "Filter") -> None:
        self._dropped = one
        self._do(lambda: self._finding.forget(self._register.name, one.name), f"已删除筛选：{one.name}")
        self.put_back.setText(f"已删除“{one.name}”，放回去")
        self.put_back.setAccessibleName(self.put_back.text())
        self.put_back.show()
        self.put_back.setFocus()

    def _put_back(self) -> None:
        dropped = self._dropped
        if dropped is not None:
            self._do(lambda: self._finding.save(dropped), f"已放回筛选：{dropped.name}", dropped.name)
        self.put_back.hide()

    def _do(self, call: Any, words: str, focus: str = "") -> None:
        """Do it, say so: the foot names what can be taken back now."""

        def done(_: object) -> None:
            self._around.changes.announce(words)
            self.refresh(is_large=self._is_large)
            if focus in self.lines:
                self.lines[focus].use.setFocus()

        self._around.work.now(call, done)


class KeptLine(QWidget):
    """One kept filter; ``renamed`` carries its new name."""

    renamed = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.use = LineButton(name, name=f"用筛选 {name}")
        self.edit = QLineEdit(name)
        self.edit.setAccessibleName(f"{name} 的新名称")
        self.edit.setMaxLength(30)
        self.edit.hide()
        self.edit.installEventFilter(self)
        self.edit.returnPressed.connect(self._take)
        self.number = label("", "small")
        self.rename = button("改名", "link", name=f"给 {name} 改名")
        self.drop = button("删除", "link", name=f"删除筛选 {name}")
        self.rename.clicked.connect(self._start)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.use, 1)
        row.addWidget(self.edit, 1)
        for one in (self.number, self.rename, self.drop):
            row.addWidget(one)

    def say(self, count: int) -> None:
        """Say how many answer now."""
        self.number.setText(f"{count} 条")
        self.use.setAccessibleName(f"用筛选 {self._name}，现在 {count} 条")

    def _start(self) -> None:
        self._swap(is_editing=True)
        self.edit.selectAll()
        self.edit.setFocus()

    def _take(self) -> None:
        fresh = self.edit.text().strip()
        self._swap(is_editing=False)
        if fresh != self._name:
            self.renamed.emit(fresh)
        else:
            self.use.setFocus()

    def _swap(self, *, is_editing: bool) -> None:
        self.use.setVisible(not is_editing)
        self.edit.setVisible(is_editing)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc leaves the name as it was."""
        if pressed(event) == Qt.Key.Key_Escape:
            self.edit.setText(self._name)
            self._swap(is_editing=False)
            self.use.setFocus()
            return True
        return super().eventFilter(watched, event)
