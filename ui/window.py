"""The one window: first the gate (first start or unlock), then the open book. It only arranges."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from ui.actions import ACTS
from ui.cover import Cover
from ui.shared.changes import Changes, Travel
from ui.shared.dialogs import Dialogs
from ui.shared.icons import Icons
from ui.shared.preferences import Preferences, keep_preferences
from ui.shared.surroundings import Surroundings
from ui.shared.theme import Theme, dress
from ui.shared.work import Work

if TYPE_CHECKING:
    from ui.shell import Shell
    from xmdesk.services.desk import Desk


class Window(QMainWindow):
    """Holds the gate or the open book; knows preferences and keys."""

    def __init__(self, application: QApplication, preferences: Preferences) -> None:
        super().__init__()
        self._application = application
        self.preferences = preferences
        theme = Theme(preferences.is_dark, preferences.percent)
        dress(application, theme)
        self.icons = Icons(theme, self)
        self.dialogs = Dialogs(self)
        self.work = Work(self.dialogs, self)
        self.around = Surroundings(self.work, self.dialogs, Changes(self), Travel(self), self.icons)
        self.shell: Shell | None = None
        self.desk: Desk | None = None
        self._stack = QStackedWidget()
        self._stack.setObjectName("ground")
        self.setCentralWidget(self._stack)
        self.setWindowTitle("厦门村居台账")
        self.setMinimumSize(960, 600)
        self.resize(1366, 728)
        self._cover = Cover(self, self.work)
        for act in ACTS.values():
            QShortcut(QKeySequence(act.keys), self, activated=partial(self.act, act.id))
        self.show_gate()

    def show_gate(self) -> None:
        """Ask for the password of the book opened last, or begin anew."""
        from ui.start.gate import Gate

        gate = Gate(self.preferences.book, self.around)
        gate.opened.connect(self.open_desk)
        self._put(gate)

    def wake(self) -> None:
        """Load what the first paint did not need."""
        self.icons.wake()
        QTimer.singleShot(50, self, _warm)

    def open_desk(self, desk: "Desk") -> None:
        """Show an open book."""
        from ui.shell import Shell

        self.desk = desk
        self.prefer(book=str(desk.folder))
        self.shell = Shell(desk, self.around)
        self._put(self.shell)
        self.setWindowTitle(f"{desk.office.office().name or '厦门村居台账'} - 厦门村居台账")

    def prefer(self, **values: Any) -> None:
        """Change preferences and keep them; looks change at once."""
        from dataclasses import replace

        fresh = replace(self.preferences, **values)
        if fresh == self.preferences:
            return
        looks = (fresh.is_dark, fresh.percent) != (self.preferences.is_dark, self.preferences.percent)
        self.preferences = fresh
        keep_preferences(fresh)
        if looks:
            theme = Theme(fresh.is_dark, fresh.percent)
            dress(self._application, theme)
            self.icons.wear(theme)

    def act(self, name: str) -> None:
        """Do one of the acts, unless a long act is running or no book is open."""
        if self.shell is None or self.work.is_busy:
            return
        if name == "lock":
            self.lock()
        else:
            self.shell.act(name)

    def lock(self) -> None:
        """Close the book and ask for the password again."""
        if self.close_desk():
            self.show_gate()

    def close_desk(self) -> bool:
        """Save and close the open book; tells whether that went through."""
        if self.work.is_busy or (self.shell is not None and not self.shell.leave()):
            return False
        if self.desk is not None:
            close = getattr(self.desk, "close", None) or getattr(self.desk.store, "close", None)
            if close is not None:
                close()
        self.desk = self.shell = None
        return True

    def closeEvent(self, event: Any) -> None:
        """Close in order; a running act must be cancelled first."""
        if self.close_desk():
            event.accept()
        else:
            event.ignore()

    def _put(self, widget: QWidget) -> None:
        while self._stack.count():
            old = self._stack.widget(0)
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.addWidget(widget)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)


def book_folder_for(code: str) -> Path:
    """Return where a new book of an office lies unless the person chooses another place."""
    from xmdesk.paths import user_data

    return user_data() / "books" / code


def _warm() -> None:
    """Import in a thread what opening a book needs, while the password is being typed (gaps under 62 ms measured)."""
    import importlib
    import threading

    names = ("ui.compose", "ui.shell", "ui.registers.page", "ui.today.page")
    threading.Thread(target=lambda: [importlib.import_module(one) for one in names], daemon=True).start()
