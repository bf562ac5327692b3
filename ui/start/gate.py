"""Before a book is open: first start, or the password of the book opened last."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.shared.reading_order import put_in_reading_order
from ui.shared.surroundings import Surroundings
from ui.shared.words import frame, label

if TYPE_CHECKING:
    from ui.start.first import FirstStart
    from ui.start.restoring import Restoring

BACKUP = ".db"


class Gate(QWidget):
    """``opened`` carries the open desk; ``moved`` fires when another way in comes in front. ``held`` was dropped meanwhile."""

    opened = Signal(object)
    moved = Signal()

    def __init__(self, book: str, around: Surroundings) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._around = around
        self._first: FirstStart | None = None
        self.held: list[Path] = []
        self._stack = QStackedWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(_Brand(around))
        row.addWidget(self._stack, 1)
        if book and Path(book).is_dir():
            self.show_unlock(Path(book))
        else:
            self.show_first()

    def show_unlock(self, folder: Path) -> None:
        """Ask for the password of a book."""
        from ui.start.unlock import Unlock

        unlock = Unlock(folder, self._around)
        unlock.opened.connect(self.opened)
        unlock.other.connect(self._choose)
        unlock.fresh.connect(self.show_first)
        unlock.forgotten.connect(partial(self.show_recover, folder))
        unlock.restoring.connect(partial(self.show_restoring, folder))
        self._show(unlock)

    def show_recover(self, folder: Path) -> None:
        """Ask for the recovery code and a new password."""
        from ui.start.recover import Recover

        recover = Recover(folder, self._around)
        recover.opened.connect(self.opened)
        recover.back.connect(partial(self.show_unlock, folder))
        self._show(recover)

    def show_restoring(self, book: Path | None = None) -> "Restoring":
        """Offer the backups of a book, or those that lie elsewhere."""
        from ui.start.restoring import Restoring

        restoring = Restoring(self._around, book)
        restoring.wanted.connect(self.show_unlock)
        restoring.back.connect(partial(self.show_unlock, book) if book else self.show_first)
        self._show(restoring)
        return restoring

    def take_files(self, paths: list[Path]) -> None:
        """Take a backup that was dropped before a book is open; anything else is looked at once one is."""
        if paths[0].suffix.lower() != BACKUP:
            from xmdesk.files import shown_name

            self.held = list(dict.fromkeys([*self.held, *paths]))
            kept = f"“{shown_name(paths[0])}”{'等' if len(paths) > 1 else ''}要放进台账册里。"
            self._around.work.say("先打开台账册", kept, "打开以后接着看它，不用再拖一次。")
            return
        book = Path(self._around.preferring.current.book)
        known = book if self._around.preferring.current.book and book.is_dir() else None
        self.show_restoring(known).panel.take(paths[0])

    def show_first(self) -> None:
        """Set up a new book."""
        from ui.start.first import FirstStart

        first = FirstStart(self._around)
        first.opened.connect(self.opened)
        first.other.connect(self._choose)
        first.found.connect(self.show_unlock)
        first.restoring.connect(self.show_restoring)
        first.practise.connect(partial(self._practise, first))
        self._first = first
        self._show(first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back from another way in to the one before."""
        back = getattr(self._stack.currentWidget(), "back", None)
        if event.key() == Qt.Key.Key_Escape and isinstance(back, SignalInstance):
            back.emit()
        else:
            super().keyPressEvent(event)

    def let_go(self) -> None:
        """Close a book that was made here and never entered."""
        if self._first is not None:
            self._first.let_go()

    def _choose(self) -> None:
        folder = self._around.dialogs.choose_folder("选择台账文件夹")
        if folder is not None:
            self.show_unlock(folder)

    def _practise(self, first: "FirstStart", chosen: Path | None = None) -> None:
        from ui.start.practice import open_practice, practice_folder

        def refused(error: Any) -> None:
            home = practice_folder(chosen).parent
            first.refuse(error, "练习册", home=home, again=partial(self._practise, first))

        job = partial(open_practice, chosen=chosen)
        self._around.work.long("打开练习册", job, self.opened.emit, refused=refused)

    def _show(self, widget: QWidget) -> None:
        self._stack.addWidget(widget)
        put_in_reading_order(widget)
        self._stack.setCurrentWidget(widget)
        self.setFocusProxy(widget)
        widget.setFocus()
        self.moved.emit()


class _Brand(QWidget):
    """The quiet left side: what this program is."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        side = frame("panel")
        side.setObjectName("side")
        column = QVBoxLayout(side)
        column.setContentsMargins(36, 48, 36, 36)
        column.setSpacing(12)
        title = label("厦门村居台账", "title")
        column.addWidget(title)
        column.addWidget(label("填一次，台账、报表、上报一起有。", wraps=True))
        column.addSpacing(24)
        for words in (
            "不联网，数据都在这台电脑上",
            "没填完也能保存，哪里不对会告诉您",
            "每一步都能撤销",
            "一个文件既是报表也是凭证",
        ):
            column.addWidget(label(f"·  {words}", wraps=True))
        column.addStretch(1)
        column.addWidget(label("数据加密保存，只有密码或恢复码能打开。", "small", wraps=True))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(side)
        self._icons = around.icons
        around.icons.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(self._icons.theme.px(340))
