"""A return looked into on a page of its own: what it says above, what is to be corrected below, and the answer."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.inbox.answer import AnswerRow, named
from ui.inbox.answering import PDF, Answering
from ui.inbox.begun import BegunAnswers
from ui.inbox.inside import InsideView
from ui.inbox.left_points import LeftPoints
from ui.inbox.points import PointsPanel
from ui.shared.pdf_view import page_images
from ui.shared.surroundings import Surroundings
from ui.shared.verdicts import STATES
from ui.shared.words import button, frame, label, set_tone
from xmdesk.files import shown_name
from xmdesk.records.submission import Submission, SubmissionState
from xmdesk.services.answers_begun import Begun

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk
    from xmdesk.services.looking_in import Inside
    from xmdesk.services.reviewing import Point

POINTS_SHARE = 0.26
"""So much of the height the list of points takes at most."""


class OpenedReturn(QWidget):
    """``closed`` asks for the inbox again."""

    closed = Signal()

    def __init__(self, desk: "Desk", around: Surroundings, begun: BegunAnswers, answering: Answering) -> None:
        super().__init__()
        self._desk = desk
        self._around = around
        self._begun = begun
        self._answering = answering
        self._submission: Submission | None = None
        self._pages: list[Any] = []
        self.home = button("返回收件箱", "quiet")
        self._title = label("", "heading", wraps=True)  # names of offices are long, small windows narrow
        self._state = label("", "chip")
        self.pages = button("看页面", "choice")
        self.pages.setCheckable(True)
        self.original = button("原件另存为…", "quiet")
        self.original.setToolTip("原件另存为：把收到的 PDF 原样存一份，一个字节也不改，签名照样能验")
        self.inside = InsideView(around)
        self.left = LeftPoints(desk, begun)
        self.points = PointsPanel()
        self.row = AnswerRow(begun, answering)
        self._build()
        self._connect()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 10, 16, 10)
        head.setSpacing(12)
        head.addWidget(self.home)
        head.addWidget(self._title, 1)
        head.addWidget(self._state)
        head.addWidget(self.original)
        head.addWidget(self.pages)
        body = QVBoxLayout()
        body.setContentsMargins(20, 12, 20, 12)
        body.setSpacing(10)
        body.addWidget(self.left)
        body.addWidget(self.inside, 1)
        body.addWidget(self.points)
        body.addWidget(self.row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(frame("rule"))
        column.addLayout(body, 1)

    def _connect(self) -> None:
        self.home.clicked.connect(self.closed)
        self.inside.escaped.connect(self.closed)
        self.original.clicked.connect(self._save_original)
        self.pages.toggled.connect(self._turn)
        self.inside.forms.chosen.connect(lambda _: self.pages.setChecked(False))
        self.inside.picked.connect(self.points.add)
        self.points.edited.connect(self._write)
        self.points.asked.connect(self._go_to)
        self.points.left.connect(self._back_to_rows)
        self.left.wanted.connect(lambda uid, carries: self.open(uid, carries=carries))
        self.left.changed.connect(self._read_points)
        self.left.passed.connect(self._back_to_rows)
        self.row.back.connect(self._send_back)
        self._answering.done.connect(self._answered)

    @property
    def uid(self) -> str:
        """Which return is open; nothing while none is."""
        return self._submission.uid if self._submission is not None else ""

    def open(self, uid: str, *, sends_back: bool = False, carries: bool = False) -> None:
        """Open a return with the list that was begun; ``sends_back`` goes to what is missing in it, ``carries`` puts into it
        what was begun on a version that this one replaced.
        """
        one = self._desk.store.get(Submission, uid)
        if one is None:
            return
        self._pages = []
        self.pages.setChecked(False)
        self._title.setText(named(one))
        self.original.setVisible(bool(one.file_sha256))
        self.inside.forget()
        self._stand(one)
        self._around.work.aside(
            lambda: self._looked(one), lambda inside: self._show(inside, sends_back=sends_back, carries=carries)
        )

    def refresh(self) -> None:
        """Show what the book says of the return now: it may have been answered, or another version may have come."""
        one = self._desk.store.get(Submission, self.uid) if self.uid else None
        if one is not None and one != self._submission:
            self._stand(one)

    def _stand(self, one: Submission) -> None:
        """Say how a return stands, and offer the answers to it."""
        from xmdesk.services.consolidating import state_of

        self._submission = one
        self._state.setText(one.state.label)
        set_tone(self._state, STATES.get(state_of(one), ""))
        self.row.show_submission(one)
        self.inside.allow_points(is_allowed=self._takes_points)
        self.left.show_return(one)
        self._read_points()

    @property
    def _takes_points(self) -> bool:
        """Whether this return can be sent back, and here."""
        is_replaced = self._submission is not None and self._submission.state is SubmissionState.REPLACED
        return not is_replaced and not self._answering.why_not

    def _read_points(self) -> None:
        """Show the list that was begun, as it is held now."""
        if self._submission is not None:
            self.points.show_points(self._begun.of(self.uid).points, is_closed=not self._takes_points)
            self._lead()
            self._allow()

    def _looked(self, one: Submission) -> "Inside":
        from xmdesk.services.former import former_of
        from xmdesk.services.looking_in import Inside

        payload = self._desk.reviewing.payload(one)
        return Inside(one, payload, former_of(self._desk.reviewing, one, payload["registers"]))

    def _show(self, inside: "Inside", *, sends_back: bool, carries: bool) -> None:
        if inside.submission.uid != self.uid:
            return
        self.inside.show_inside(inside)
        self.left.show_inside(inside)
        if carries:
            self.left.carry()
        if sends_back:
            self.points.lacks_something()
        if not sends_back or not self.points.points:
            self.inside.forms.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self, name: str) -> bool:
        """Ctrl+F searches the rows in front."""
        if name == "search":
            self.inside.search()
        return name == "search"

    def _turn(self, is_on: bool) -> None:
        if not is_on:
            self.inside.show_forms()
        elif self._pages:
            self.inside.show_pages(self._pages)
        elif self._submission is not None:
            reviewing, one = self._desk.reviewing, self._submission
            self.inside.wait_for_pages()
            self._around.work.aside(
                lambda: page_images(reviewing.content(one)), lambda images: self._paged(one.uid, images)
            )

    def _save_original(self) -> None:
        """Save the file as it came; the system asks before another one is taken its place."""
        from xmdesk.services.handing import Handing, original_name

        one, work = self._submission, self._around.work
        out = self._around.dialogs.save_file("原件另存为", original_name(one), PDF) if one is not None else None
        if one is None or out is None:
            return
        handing = Handing(self._desk.store)
        job = lambda progress: handing.save_original(one, out, progress)  # noqa: E731 - one use
        work.long(
            "原件另存为", job, lambda made: self._around.changes.announce(f"已存到 {shown_name(made)}，读回核对无误")
        )

    def _paged(self, uid: str, images: list[Any]) -> None:
        """Show the pages, unless the person went on meanwhile."""
        if uid == self.uid:
            self._pages = images
            if self.pages.isChecked():
                self.inside.show_pages(images)

    def _write(self) -> None:
        """What stands in the list is begun: going elsewhere loses nothing."""
        self._begun.put(self.uid, Begun(self.points.points, self._begun.of(self.uid).note))
        self._lead()
        self._allow()

    def _lead(self) -> None:
        """What comes next is the answer that was begun."""
        self.row.lead(sends_back=bool(self.points.points))

    def _go_to(self, point: "Point") -> None:
        self.pages.setChecked(False)
        self.inside.go_to(point)

    def _back_to_rows(self) -> None:
        self.inside.begin()

    def _send_back(self) -> None:
        if self._submission is not None and not self.points.lacks_something():
            self._answering.send_back(self._submission)

    def _answered(self, uid: str) -> None:
        if uid == self.uid:
            self.closed.emit()

    def shut(self) -> None:
        """Let go of the return; what was begun stays begun."""
        self._submission = None
        self._pages = []
        self.pages.setChecked(False)
        self.inside.forget()

    def _allow(self) -> None:
        self.points.allow(int(self.height() * POINTS_SHARE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the inbox."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: Any) -> None:
        """Share the new height."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._allow)
