"""Problems from anywhere: the watch over the book, and the panel that opens below any page."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.problem_lines import Lines
from ui.problem_list import ProblemList
from ui.problem_room import ProblemRoom
from ui.shared.plain_table import Line
from ui.shared.reading_order import put_in_reading_order
from ui.shared.surroundings import Surroundings
from ui.shared.work import Slices
from ui.watch import Watch
from xmdesk.jobs import Breaths
from xmdesk.services.offices import OfficeDesk

if TYPE_CHECKING:
    from xmdesk.periods import Period
    from xmdesk.problems import Problem
    from xmdesk.services.checking import Checking
    from xmdesk.services.desk import Desk

REASONS_BEGUN = "reasons_begun"


class Check(QObject):
    """``wanted`` carries where somebody wants to go, ``troubled`` the lines, ``told`` words for the foot, ``turned`` fires
    after the panel was opened or closed, ``closed`` where the cursor cannot go back to where it was.
    """

    wanted = Signal(str, str, str)
    troubled = Signal(object)
    told = Signal(str)
    turned = Signal()
    closed = Signal()

    def __init__(self, desk: "Desk", around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._around = around
        self._settings = OfficeDesk(desk.store)
        self._lines = Lines()
        self.watch = Watch(desk, around, self)
        self.panel: ProblemList | None = None
        self.may_leave: Callable[[], bool] = lambda: True
        self._forgetting = Slices(around.work, self)
        self._room: ProblemRoom | None = None
        self.watch.found.connect(self._show)
        self.watch.began.connect(self._say)

    def told_on(self, place: str) -> list[Line]:
        """Return what a page says of its place as a whole; while the panel is open it stands there."""
        return [] if self.is_open else self._lines.of_whole(place)

    @property
    def is_open(self) -> bool:
        """Whether the panel is in view."""
        return self.panel is not None and not self.panel.isHidden()

    def around_page(self, page: QWidget) -> QWidget:
        """Return what holds the page and, once it was asked for, the panel below it."""
        self._room = ProblemRoom(page, self._around.preferring)
        return self._room

    def open(self, period: "Period | None" = None) -> None:
        """Show the panel and look through the book."""
        self._unfold()
        self.watch.look(period)

    def note_cursor(self) -> None:
        """Somebody is about to ask for the panel, and comes back from it to where the cursor stands now."""
        if self._room is not None:
            self._room.note_cursor()

    def show_problem(self, place: str, key: str) -> None:
        """Show the panel with one line in front."""
        self.note_cursor()
        self._unfold().go_to(place, key)

    def close(self) -> None:
        """Put the panel away."""
        if self.panel is None or self._room is None:
            return
        at = self._room.was_at()
        self.panel.hide()
        self._turn()
        if not self._room.give_cursor_back(at):
            self.closed.emit()

    def step(self, by: int, front: str) -> None:
        """Go on to the next problem, or back to the one before; ``front`` is the place where the person is."""
        if self.panel is not None and self.may_leave():
            self.panel.step(by, front)

    def explain_here(self, cursor: QWidget | None) -> bool:
        """Take the reason for the line in front if the cursor is in the list; tells whether it is."""
        is_there = self.panel is not None and self.panel.table is cursor
        if is_there and self.panel is not None:
            self.panel.open_reason()
        return is_there

    def put_down(self) -> None:
        """Keep reasons that were begun: the book is about to be closed."""
        before: Any = self._settings.setting(REASONS_BEGUN) or {}
        if self.panel is not None and self.panel.reason.begun != before:
            self._settings.set_setting(REASONS_BEGUN, self.panel.reason.begun, label="保存草稿")

    def leftovers(self) -> Breaths[None]:
        """Forgets what was found and looked at, with pauses, once the book is closed."""
        return _forgotten(self._lines, self._desk.checking)

    def _unfold(self) -> ProblemList:
        panel = self.panel or self._make()
        panel.show()
        self._turn()
        if self._room is not None:
            self._room.put_cursor_in(panel)
        return panel

    def _turn(self) -> None:
        self._around.travel.say_listed(has_list=self.is_open)
        self.turned.emit()

    def _make(self) -> ProblemList:
        self.panel = panel = ProblemList(self._around.icons, Slices(self._around.work, self))
        panel.reason.go_on(self._settings.setting(REASONS_BEGUN) or {})
        panel.wanted.connect(self.wanted)
        panel.explained.connect(self._explain)
        panel.told.connect(self.told)
        panel.closed.connect(self.close)
        self._fill()
        if self._room is not None:
            self._room.take_in(panel)
            put_in_reading_order(self._room)
        return panel

    def _show(self, found: Lines) -> None:
        before, self._lines = self._lines, found
        self.troubled.emit(found)
        self._fill()
        self._forgetting.begin(before.let_go())

    def _fill(self) -> None:
        from xmdesk.services.field_notes import FieldNotes

        if self.panel is not None:
            self._lines.note(FieldNotes(self._desk.store).all())
            self.panel.show_items(self._lines)
        self._say()

    def _say(self) -> None:
        if self.panel is not None:
            self.panel.say("正在核对…" if self.watch.is_looking else self.watch.period.words)

    def _explain(self, problems: "Sequence[Problem]", reason: str) -> None:
        words = "已写明原因" if reason else "已收回原因"
        if len(problems) > 1:
            words = f"{words} {len(problems)} 条"
        self._around.work.now(
            lambda: self._desk.checking.explain_many(problems, reason), lambda _: self._around.changes.announce(words)
        )


def _forgotten(lines: Lines, checking: "Checking") -> Breaths[None]:
    yield from lines.let_go()
    yield from checking.let_go()
