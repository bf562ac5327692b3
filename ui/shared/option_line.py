"""A line that holds one of a list of options, found by typing characters or pinyin; Down or the arrow shows all."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from ui.shared.fields.pick_line import TABS, TO_FIND, Option, PickLine, the_one_meant
from ui.shared.icons import Icons
from ui.shared.pressed import pressed


class OptionLine(PickLine):
    """``picked`` carries the value the person chose; text that names no option goes back to what was chosen."""

    picked = Signal(str)

    def __init__(self, options: Sequence[Option], value: str, icons: Icons, *, name: str) -> None:
        super().__init__(self._find, self._take_option)
        self._all = options
        self.value = value
        self.setAccessibleName(name)
        self.hint(*TO_FIND)
        arrow = QAction("展开列表", self)
        arrow.setIcon(icons.get("down"))
        arrow.triggered.connect(self.offer_all)
        self.addAction(arrow, QLineEdit.ActionPosition.TrailingPosition)
        self.editingFinished.connect(self._settle)
        self._show()

    def choose(self, value: str) -> None:
        """Hold an option, as if it had been there from the start."""
        self.value = value
        self._show()

    def _show(self) -> None:
        title = next((title for value, title in self._all if value == self.value), "")
        self.setText(title)
        self.setToolTip(title)
        self.setCursorPosition(0)

    def _find(self, text: str) -> Sequence[Option]:
        from xmdesk.pinyin import matches

        return [one for one in self._all if not text or matches(text, one[1])]

    def _take_option(self, option: Option) -> None:
        is_other, self.value = option[0] != self.value, option[0]
        self._show()
        if is_other:
            self.picked.emit(self.value)

    def _settle(self) -> None:
        """Take what names one option only; otherwise show again what holds."""
        text = self.text().strip()
        self.close_list()
        meant = the_one_meant(self._find(text) if text else (), text, are_records=False)
        if meant is not None:
            self._take_option(meant)
        else:
            self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab takes what is marked in the list, walked to or not: something holds here always."""
        if pressed(event) in TABS:
            self.take_marked(is_next=pressed(event) == Qt.Key.Key_Tab)
            return True
        return super().eventFilter(watched, event)

    def focusInEvent(self, event: Any) -> None:
        """Typing replaces what stands there."""
        super().focusInEvent(event)
        self.selectAll()
