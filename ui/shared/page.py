"""What the window may ask of any page, and the usual shape of a page that scrolls."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.shared.reading_order import step_aside, stops
from ui.shared.words import frame, label

if TYPE_CHECKING:
    from ui.shared.plain_table import Line
    from xmdesk.periods import Period

WIDEST = 1180


class Page(QWidget):
    """A page that has nothing to save and no acts of its own; others override.

    ``unsaved`` tells whether something in it was typed that is not saved yet.
    """

    unsaved = Signal(bool)
    # Not a focus proxy: Qt would put it out of its place in the order of Tab, and skip what stands around it.
    start_at: QWidget | None = None

    def begin(self) -> None:
        """Put the cursor where work begins or where it was in this page, or into the first control; never nowhere."""
        before = self.start_at or self.focusWidget()
        if before is None or before is self or not before.isVisibleTo(self):
            before = next(iter(stops(self)), self)
        before.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_back(self, lost: QWidget) -> None:
        """Put the cursor where work goes on after the control that had it went away or was switched off."""
        step_aside(self, lost, self.start_at)

    @property
    def period_in_front(self) -> "Period | None":
        """The reporting period that is in front on this page, where there is one."""
        return None

    @property
    def draft_on_offer(self) -> str:
        """The uid of the draft that is offered above the work, where there is one."""
        return ""

    @property
    def mark(self) -> str:
        """The uid of the record that is in front here, where there is one."""
        return ""

    def act(self, name: str) -> bool:
        """Do one of the window's acts; tells whether it means something here."""
        return False

    def show_troubles(self, lines: "Sequence[Line]") -> None:
        """Say what is open about this place as a whole, which none of its records shows."""

    def keep(self) -> None:
        """Keep in the book how this page looks at it: the book is about to be closed."""

    def leave(self) -> bool:
        """Save what is open; tells whether the person may go."""
        return True

    def step_out(self) -> bool:
        """As leaving, for another page or an undo, which wait for no answer where a draft can be kept."""
        return self.leave()

    def let_go(self, path: Path) -> str:
        """Close a file that is open here and goes on elsewhere: what was decided about it stays as a draft, said in words."""
        return ""

    def put_down(self) -> bool:
        """Save what can be saved and keep the rest as drafts: the book is about to be closed. Tells whether it may be."""
        return self.leave()

    def hand_over(self) -> object:
        """Return what the page goes on with when it is made anew in other colours or letters; None where there is nothing."""
        return None

    def take_over(self, handed: Any) -> None:
        """Go on with what the page before handed over."""

    def show_record(self, uid: str, field: str = "") -> None:
        """Go to a record or a field of this page."""

    def show_again(self, uid: str) -> None:
        """Show a record that undo or redo has changed, where this page has it."""

    @property
    def photo_home(self) -> str:
        """Where a picture that is dropped on the window would go; nothing where this page takes none."""
        return ""

    def read_ahead(self) -> None:
        """Read what will be shown after a long act; called in its thread, when it is done."""

    def take_photos(self, paths: list[Path]) -> None:
        """Take pictures there."""

    def take_files(self, paths: list[Path], register: str = "", sheet: str = "") -> None:
        """Take files that were dropped on the window; ``register`` and ``sheet`` are the best guess for a table."""

    def take_carried(self, path: Path, then: Callable[[], None]) -> None:
        """Take a file that is open on another page; ``then`` lets that page close it, as soon as it is taken here."""
        then()
        self.take_files([path])


class SheetPage(Page):
    """A title line, a rule, and a column that scrolls; ``column`` takes the content, ``head`` more of the title line."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.head = QHBoxLayout()
        self.head.setContentsMargins(20, 14, 16, 14)
        self.head.setSpacing(12)
        self.remark = label("", "beside")
        self.head.addWidget(label(title, "title"))
        self.head.addWidget(self.remark, 0, Qt.AlignmentFlag.AlignBottom)
        self.head.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        sheet = QWidget()
        sheet.setObjectName("sheet")
        self.area.setWidget(sheet)
        inner = QWidget()
        inner.setMaximumWidth(WIDEST)
        row = QHBoxLayout(sheet)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(inner, 1)
        row.addStretch(0)
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(20, 16, 20, 24)
        self.column.setSpacing(16)
        self._outer = outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self.head)
        outer.addWidget(frame("rule"))
        outer.addWidget(self.area, 1)

    def add_strip(self, strip: QWidget) -> None:
        """Put a strip between the title line and what scrolls; its words stand below the title."""
        strip.setContentsMargins(4, 0, 0, 0)
        self._outer.insertWidget(2, strip)


def card(title: str = "") -> tuple[QWidget, QVBoxLayout]:
    """Return a card and the column inside it."""
    made = frame("card")
    column = QVBoxLayout(made)
    column.setContentsMargins(20, 16, 20, 16)
    column.setSpacing(8)
    if title:
        column.addWidget(label(title, "heading"))
    return made, column
