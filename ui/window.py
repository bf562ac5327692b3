"""The one window: first the gate (first start or unlock), then the open book. It only arranges."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from ui.front import Front
from ui.keys import Keys
from ui.leaving import Leaving
from ui.remembering import Spot, keep_spot, keep_window, kept_spot, put_window_back
from ui.shared.changes import Changes, Travel
from ui.shared.collecting import Collector
from ui.shared.dialogs import Dialogs
from ui.shared.icons import Icons
from ui.shared.preferences import Preferences, Preferring
from ui.shared.reading_order import is_lost, step_on
from ui.shared.surroundings import Surroundings
from ui.shared.theme import Theme, dress, fitting
from ui.shared.work import Work

if TYPE_CHECKING:
    from ui.cover import Cover
    from ui.letters import AltKey, Letters
    from ui.shell import Shell
    from ui.start.gate import Gate
    from xmdesk.services.desk import Desk

APPLICATION = "厦门村居台账"
USUAL = QSize(1366, 728)


class Window(QMainWindow):
    """Holds the gate or the open book; knows preferences and keys."""

    def __init__(self, application: QApplication, preferences: Preferences, *, dialogs: Dialogs | None = None) -> None:
        super().__init__()
        self._application = application
        self.preferring = Preferring(preferences, self)
        self.preferring.looks_changed.connect(self._wear)
        room = put_window_back(self, self.preferring, usual=USUAL)
        theme = self._theme(room.width())
        dress(application, theme)
        self.icons = Icons(theme, self)
        self.dialogs = dialogs or Dialogs(self)
        self.work = Work(self)
        self.collector = Collector(lambda: self.work.is_at_work, self)
        self.leaving = Leaving(self.work, self.collector, lambda: self.desk, self)
        self.around = Surroundings(self.work, self.dialogs, Changes(self), Travel(self), self.icons, self.preferring)
        self.around.travel.wanted.connect(self._travel)
        self.shell: Shell | None = None
        self.desk: Desk | None = None
        self._gate: Gate | None = None
        self._front = Front()
        self.refusal = self._front.refusal
        self.work.told.connect(self.refusal.tell)
        self.around.changes.changed.connect(self.refusal.let_go_after)
        self.setCentralWidget(self._front)
        self.setWindowTitle(APPLICATION)
        self.setAcceptDrops(True)
        self._set_least(theme)
        self._cover: Cover | None = None
        self._letters: Letters | None = None
        self._alt: AltKey | None = None
        self._keys = Keys(application, self, self.act)
        self.work.started.connect(self._cover_up)
        self.work.ended.connect(self._name)
        self.show_gate()

    def show_gate(self, held: Sequence[Path] = ()) -> None:
        """Ask for the password of the book opened last, or begin anew; files held are looked at once one is open."""
        from ui.start.gate import Gate

        gate = Gate(self.preferring.current.book, self.around)
        gate.opened.connect(self.open_desk)
        gate.moved.connect(self.refusal.let_go)
        gate.held = list(held)
        self._gate = gate
        self.setWindowModified(False)
        self._front.put(gate)

    def wake(self) -> None:
        """Load what the first paint did not need, beside the window while the password is being typed."""
        self.icons.wake()
        QTimer.singleShot(50, self, lambda: self.work.aside(_load, lambda _: self.collector.pass_over()))

    def open_desk(self, desk: "Desk") -> None:
        """Show an open book."""
        self.refusal.let_go()
        self.desk = desk
        from xmdesk.services.practising import is_practice
        from xmdesk.services.unrecorded import tell_unrecorded

        tell_unrecorded(desk)
        if not is_practice(desk):
            self.preferring.change(book=str(desk.folder))
        self._show_shell(desk, kept_spot(str(desk.folder), self.preferring))

    def _name(self, busy: str = "") -> None:
        """Say in the title bar whose book is open, where in it we are, and what is being done."""
        parts = [APPLICATION]
        if self.desk is not None and self.shell is not None:
            from xmdesk.services.practising import is_practice

            office = self.desk.office.office().name
            parts = [
                *(["练习"] if is_practice(self.desk) else ()),
                *([office] if office else ()),
                self.shell.title,
                *parts,
            ]
        self.setWindowTitle(" - ".join([*([f"{busy}…"] if busy else ()), *parts]))

    def _cover_up(self, title: str) -> None:
        """Cover the window during a long act; made for the first one."""
        self._name(title)
        if self.shell is None:  # where nothing is announced, trying again is going on
            self.refusal.let_go()
        if self._cover is None:
            from ui.cover import Cover

            self._cover = Cover(self, self.work)
        self._cover.start(title)

    def _wear(self) -> None:
        """Wear other colours or letters; pages measure the letters once, so they are made anew."""
        desk = self.desk
        theme = self._theme(max(self.screen().availableSize().width(), self.width()))
        spot = self.shell.spot if self.shell is not None else None
        handed: dict[str, object] = {}
        if desk is not None and self.shell is not None:
            # Dressing pages that are about to go costs seconds; an empty window is dressed at once.
            self.shell.put_down()
            self.work.rest()
            self.work.now(self.shell.keep)
            handed = self.shell.handed
            self.shell = None
            self._front.put(QWidget())
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        dress(self._application, theme)
        self._set_least(theme)
        self.icons.wear(theme)
        if desk is not None and spot is not None:
            self._show_shell(desk, spot, handed)

    def _theme(self, wide: int) -> Theme:
        """Colours and letters as wished; letters that are too large for this screen wait for a larger one."""
        current = self.preferring.current
        return Theme(current.is_dark, fitting(current.percent, wide))

    def _set_least(self, theme: Theme) -> None:
        """Larger letters need a larger window, but never more than the screen has."""
        wide, high = theme.least_window
        screen = self.screen().availableSize()
        self.setMinimumSize(min(wide, screen.width()), min(high, screen.height()))

    def act(self, name: str) -> None:
        """Do one of the acts, unless a long act is running; most need an open book."""
        if self.work.is_busy:
            return
        self._front.put_lists_away()
        if name == "letters":
            self.show_letters()
        elif self.shell is not None and name == "lock":
            self.lock()
        elif self.shell is not None:
            self.shell.act(name)

    def show_letters(self) -> None:
        """Let the person go anywhere by two letters."""
        from ui.letters import Letters

        if self._letters is None:
            self._letters = Letters(self, self.icons)
        self._letters.start()

    def keyPressEvent(self, event: Any) -> None:
        """Alt alone shows the letters when it comes up again."""
        if event.key() == Qt.Key.Key_Alt and not self.work.is_busy:
            if self._alt is None:
                from ui.letters import AltKey

                self._alt = AltKey(self)
                self._alt.pressed.connect(self.show_letters)
            self._alt.arm()
        super().keyPressEvent(event)

    def _travel(self, place: str) -> None:
        if place == "lock":
            self.lock()

    def lock(self) -> None:
        """Close the book and ask for the password again."""
        self.refusal.let_go()
        if self._must_back_up():
            self.leaving.back_up_first(self.lock)
            return
        check, held = (self.shell.check, self.shell.drop.waiting) if self.shell is not None else (None, [])
        if self.close_desk():
            self.show_gate(held)
            self.leaving.forget(check)

    def _must_back_up(self) -> bool:
        return self.leaving.is_long() and (self.shell is None or self.shell.put_down())

    def close_desk(self) -> bool:
        """Save and close the open book; tells whether that went through."""
        if self.work.is_busy or (self.shell is not None and not self.shell.put_down()):
            return False
        self.work.rest()
        if self.desk is not None:
            self.work.settle()
            if self.shell is not None:
                self.work.now(self.shell.keep)
            if self.shell is not None and str(self.desk.folder) == self.preferring.current.book:
                keep_spot(str(self.desk.folder), self.shell.spot, self.preferring)
            self.leaving.close(self.desk)
            self.around.copied.forget()
        if self._gate is not None:
            self._gate.let_go()
        self.desk = self.shell = None
        self._name()
        return True

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab goes where the eye goes; the cursor of a control that is gone stays in the page."""
        here = self.focusWidget()
        if self.shell is not None and here is not None and is_lost(here, self):
            self.shell.take_back(here)
            return True
        return step_on(self._front, here, is_next=is_next)

    def closeEvent(self, event: Any) -> None:
        """Close in order; a running act must be cancelled first."""
        self.refusal.let_go()
        if self._must_back_up():
            event.ignore()
            self.leaving.back_up_first(self.close)
        elif self.close_desk():
            keep_window(self, self.preferring)
            self._say_last_words()
            event.accept()
        else:
            event.ignore()

    def _say_last_words(self) -> None:
        """What was refused while closing is said in a box: the strip goes with the window."""
        if self.refusal.said:
            self._front.put(QWidget())  # what is shown of a closed book must not be asked again
        for one in self.refusal.said:
            self.dialogs.tell(*one)

    def dragEnterEvent(self, event: Any) -> None:
        """Take files anywhere; before a book is open only a backup means something."""
        if not self.work.is_busy and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: Any) -> None:
        """Say what was dropped; nothing happens before a yes."""
        paths = [Path(one.toLocalFile()) for one in event.mimeData().urls() if one.isLocalFile()]
        if not paths or self.work.is_busy:
            return
        if self.shell is not None:
            self.shell.drop.drop(paths)
        elif self._gate is not None:
            self._gate.take_files(paths)

    def _show_shell(self, desk: "Desk", spot: Spot, handed: Mapping[str, object] | None = None) -> None:
        from ui.shell import DROPPED, Shell

        handed = handed or ({DROPPED: self._gate.held} if self._gate is not None else {})
        self._gate = None
        self.shell = Shell(desk, self.around, spot, handed)
        self.shell.moved.connect(self._name)
        self.shell.moved.connect(self.refusal.let_go)
        self.shell.unsaved.connect(self.setWindowModified)
        self._front.put(self.shell)
        self.shell.begin()
        self._name()


def _load() -> None:
    """Import what opening a book needs, and read the sentences."""
    import importlib

    from xmdesk import wording

    services = ("drafts", "entering", "finding", "grouping", "filter_words", "parking")
    pages = ("today", "registers", "imports", "filling", "returns", "office")
    named = (*(f"ui.{one}.page" for one in pages), *(f"xmdesk.services.{one}" for one in services))
    for name in ("ui.compose", "ui.shell", *named):
        importlib.import_module(name)
    wording.codes()
