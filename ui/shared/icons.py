"""Icons by what they mean. The font library behind them loads at first use, which is after the first paint."""

import os

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon

from ui.shared.theme import Theme

NAMES = {
    "today": "ph.sun-horizon",
    "facilities": "ph.buildings",
    "duties": "ph.clipboard-text",
    "inspections": "ph.wrench",
    "persons": "ph.users-three",
    "disaster_officers": "ph.megaphone-simple",
    "shelters": "ph.shield-check",
    "legal_helpers": "ph.scales",
    "trainings": "ph.chalkboard-teacher",
    "activities": "ph.calendar-check",
    "office": "ph.house-line",
    "returns": "ph.paper-plane-tilt",
    "inbox": "ph.tray",
    "certificates": "ph.circle-wavy-check",
    "tasks": "ph.list-bullets",
    "consolidation": "ph.chart-bar",
    "imports": "ph.download-simple",
    "filling": "ph.table",
    "settings": "ph.gear-six",
    "new": "ph.plus",
    "save": "ph.check",
    "search": "ph.magnifying-glass",
    "undo": "ph.arrow-counter-clockwise",
    "redo": "ph.arrow-clockwise",
    "wrong": "ph.x-circle",
    "missing": "ph.circle-dashed",
    "doubt": "ph.warning",
    "explained": "ph.chat-circle-text",
    "note": "ph.info",
    "good": "ph.check-circle",
    "eye": "ph.eye",
    "folder": "ph.folder-open",
    "file": "ph.file-text",
    "print": "ph.printer",
    "lock": "ph.lock-key",
    "retire": "ph.archive-box",
    "down": "ph.caret-down",
    "close": "ph.x",
    "clerk": "ph.notebook",
    "reviewer": "ph.stack",
    "rounds": "ph.person-simple-walk",
    "rolling": "ph.arrows-clockwise",
    "back": "ph.caret-left",
    "on": "ph.caret-right",
    "return": "ph.paper-plane-tilt",
    "correction": "ph.chat-circle-text",
    "repair": "ph.wrench",
    "inspection": "ph.person-simple-walk",
    "certificate": "ph.circle-wavy-check",
    "supply": "ph.package",
    "shelter": "ph.shield-check",
    "officer": "ph.megaphone-simple",
    "term": "ph.clock",
    "parked": "ph.tray",
    "vacancy": "ph.user-minus",
    "photo": "ph.camera",
    "own": "ph.note-pencil",
    "gone": "ph.minus-circle",
}


class Icons(QObject):
    """Hands out icons in the theme's colours; ``changed`` tells widgets to ask again."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ready = False
        self._made: dict[tuple[str, str], QIcon] = {}

    def wake(self) -> None:
        """Load the icon font and tell everybody (called once, after the first paint)."""
        self._ready = True
        self.changed.emit()

    def wear(self, theme: Theme) -> None:
        """Change colours."""
        self._theme = theme
        self._made.clear()
        self.changed.emit()

    @property
    def theme(self) -> Theme:
        """The theme in force, for widgets that paint themselves."""
        return self._theme

    def get(self, name: str, colour: str = "muted") -> QIcon:
        """Return an icon by meaning in a colour of the theme; empty before the first paint."""
        if not self._ready:
            return QIcon()
        if (name, colour) not in self._made:
            self._made[name, colour] = self._make(name, colour)
        return self._made[name, colour]

    def _make(self, name: str, colour: str) -> QIcon:
        os.environ.setdefault("QT_API", "pyside6")
        import qtawesome

        tokens = self._theme.tokens
        # A line gives the arrow in it the same few pixels whatever the letters: so the arrow grows within them.
        grown = {"scale_factor": self._theme.percent / 100} if name == "down" else {}
        return qtawesome.icon(NAMES[name], color=getattr(tokens, colour), color_disabled=tokens.handle, **grown)
