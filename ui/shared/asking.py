"""A row of fields that asks a few things outside any register form."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.shared.fields.field import Field
from ui.shared.fields.photos import PhotosField
from ui.shared.fields.picks import PickField, Referenced
from ui.shared.fields.registry import field_for
from ui.shared.icons import Icons
from ui.shared.typed import is_bad, put_back
from xmdesk.records.base import Record, fields_of
from xmdesk.records.values.reading import Bad


class Asking(QWidget):
    """Fields of a record class side by side, as its forms show them; photos have a line of their own below.

    They are answered once, one after the other: Enter that takes something from a list goes on, too.
    """

    def __init__(self, cls: type[Record], names: Mapping[str, int], *, referenced: Referenced, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        specs = fields_of(cls)
        self.fields: dict[str, Field] = {name: field_for(specs[name], referenced) for name in names}
        self.typed: set[str] = set()
        """The fields the person answered since they were filled."""
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        row.setSpacing(16)
        for name, field in self.fields.items():
            field.edited.connect(partial(self.typed.add, name))
            if isinstance(field, PickField):
                field.line.goes_on = True
            if isinstance(field, PhotosField):
                column.addWidget(field)
            else:
                row.addWidget(field, names[name])
        if not all(names.values()):
            row.addStretch(1)
        icons.changed.connect(self._dress)
        self._dress()

    def fill(self, **values: Any) -> None:
        """Show values."""
        self.typed.difference_update(values)
        for name, value in values.items():
            self.fields[name].refuse()
            self.fields[name].fill(value)

    def refuse(self, name: str, words: str) -> Field:
        """Say at a field why what stands there was not taken, and put the cursor there."""
        field = self.fields[name]
        field.refuse(words)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        return field

    def go_to_bad(self) -> None:
        """Put the cursor into the first field that cannot be read."""
        bad = next(filter(is_bad, self.fields.values()), None)
        if bad is not None:
            bad.setFocus(Qt.FocusReason.OtherFocusReason)

    def propose(self, **values: Any) -> None:
        """Show values that may have become others since, such as today, where the person did not answer."""
        for name, value in values.items():
            if name not in self.typed and not self._holds(name, value):
                self.fields[name].refuse()
                self.fields[name].fill(value)

    def put_back(self, held: Mapping[str, Any]) -> None:
        """Show again what a draft holds, as answered by the person."""
        put_back(self.fields, held)
        self.typed |= {*held["fields"], *held["texts"]}

    def _holds(self, name: str, value: Any) -> bool:
        """Whether this value stands there already: filling it again would move the cursor in the line."""
        try:
            return bool(self.fields[name].read() == value)
        except Bad:
            return False

    def read(self) -> dict[str, Any] | None:
        """Return the values; None when one cannot be read, which then says so itself."""
        try:
            return {name: field.read() for name, field in self.fields.items()}
        except Bad:
            for field in self.fields.values():
                field.refresh()
            return None

    def _dress(self) -> None:
        for field in self.fields.values():
            if isinstance(field, PickField):
                field.set_arrow(self._icons.get("down"))
