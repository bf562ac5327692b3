"""Pins beside labels: a pinned field keeps its value for the next new record, for entering a series."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from ui.shared.fields.field import Field, field_around
from ui.shared.words import field_button
from xmdesk.records.base import Kept
from xmdesk.records.values.reading import Bad

WORDS = {False: "固定", True: "已固定"}
TIP = "下一条新增的也用这一项的内容（Ctrl+K）"


class Pins(QObject):
    """A pin shows beside the field with the cursor and beside every pinned one."""

    def __init__(self, fields: Mapping[str, Field], parent: QObject) -> None:
        super().__init__(parent)
        self._fields = fields
        self.pins: dict[str, QPushButton] = {}
        for name, field in fields.items():
            self.pins[name] = self._pin(field)
            for control in field.findChildren(QWidget):
                if control.focusPolicy() & Qt.FocusPolicy.TabFocus:
                    control.installEventFilter(self)
        self.offers = False

    def _pin(self, field: Field) -> QPushButton:
        made = field_button(WORDS[False], "pin", name=f"固定{field.spec.label}")
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setToolTip(TIP)
        made.toggled.connect(lambda on: made.setText(WORDS[on]))
        made.hide()
        field.head.addWidget(made)
        return made

    def toggle(self) -> None:
        """Pin the field with the cursor, or let it go."""
        name = self._name_of(QApplication.focusWidget())
        if name:
            self.pins[name].toggle()
            self.pins[name].setVisible(True)

    def kept(self) -> dict[str, Any]:
        """Return the values of the pinned fields as they stand in the form."""
        values: dict[str, Any] = {}
        for name, pin in self.pins.items():
            try:
                if pin.isChecked():
                    values[name] = self._fields[name].read()
            except Bad:
                continue
        return values

    def give(self, record: Kept, values: Mapping[str, Any]) -> Kept:
        """Return a new record with the pinned values."""
        return record.changed(**values) if values else record

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the pin of the field that the cursor enters."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut) and isinstance(watched, QWidget):
            name = self._name_of(watched)
            if name:
                is_in = event.type() == QEvent.Type.FocusIn
                self.pins[name].setVisible(self.pins[name].isChecked() or (is_in and self.offers))
        return super().eventFilter(watched, event)

    def _name_of(self, widget: QWidget | None) -> str:
        field = field_around(widget)
        return field.spec.name if field is not None and field.spec.name in self.pins else ""
