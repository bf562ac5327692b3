"""Alternatives that stand side by side are one stop of the Tab key; arrows, Home, End and sounds walk along them."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton

from ui.shared.fields.field import Field
from ui.shared.pressed import pressed

STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Walk(QObject):
    """Keys over alternatives side by side: Tab stops at one, arrows walk, Enter goes on to the next field.

    The first sound of one goes there, typed again to the next one of that sound; ``takes`` chooses it as well.
    """

    def __init__(self, field: Field, buttons: list[QPushButton], *, takes: bool) -> None:
        super().__init__(field)
        self._takes = takes
        self._field = field
        self.buttons = buttons
        for one in buttons:
            one.installEventFilter(self)
        self.stop_at(0)

    def stop_at(self, place: int) -> None:
        """Let Tab stop at one of them."""
        for at, one in enumerate(self.buttons):
            one.setFocusPolicy(Qt.FocusPolicy.StrongFocus if at == place else Qt.FocusPolicy.ClickFocus)
        self._field.setFocusProxy(self.buttons[place])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Do what the key says; Space and what is unknown stay with the button."""
        key = pressed(event)
        if not isinstance(event, QKeyEvent) or not key or watched not in self.buttons:
            return super().eventFilter(watched, event)
        here = self.buttons.index(watched)  # type: ignore[arg-type]  # one of ours
        if key in STEPS:
            self._go((here + STEPS[key]) % len(self.buttons))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(0 if key == Qt.Key.Key_Home else len(self.buttons) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._field.focusNextChild()
        elif (named := self._named(event.text().lower(), here)) is not None:
            self._go(named)
            if self._takes and not self.buttons[named].isChecked():
                self.buttons[named].click()
        else:
            return super().eventFilter(watched, event)
        return True

    def _go(self, place: int) -> None:
        self.stop_at(place)
        self.buttons[place].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _named(self, typed: str, here: int) -> int | None:
        """Return the next one whose words begin with a sound."""
        from xmdesk.pinyin import initials

        count = len(self.buttons)
        after = [(here + step) % count for step in range(1, count + 1)] if typed.strip() else []
        return next((at for at in after if initials(self.buttons[at].text()).lower().startswith(typed)), None)
