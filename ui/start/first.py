"""First start: which desk, which office, a password, and the recovery code on paper."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.shared.offer import Offer
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, label, set_role, set_tone
from ui.start.steps import DeskStep
from xmdesk.files import shown_path

if TYPE_CHECKING:
    from ui.shared.secret_steps import PasswordStep, RecoveryStep, Step
    from ui.start.office_step import OfficeStep
    from xmdesk.services.desk import Desk


_STEPS = {"which": "用途", "office": "单位", "password": "密码", "recovery": "恢复码"}


class FirstStart(QWidget):
    """Four short steps; ``opened`` carries the new desk.

    ``other`` asks for a book that exists, ``found`` carries the folder of one that the chosen office has here already,
    ``restoring`` asks for one from a backup, ``practise`` for an invented one.
    """

    opened = Signal(object)
    other = Signal()
    found = Signal(object)
    restoring = Signal()
    practise = Signal()

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self._around = around
        self._desk: Desk | None = None
        self._stack = QStackedWidget()
        self._marks = [label(f"{place}  {title}", "chip") for place, title in enumerate(_STEPS.values(), 1)]
        self.back = button("上一步", "quiet")
        self.next = button("下一步", "primary")
        self._open_other = button("已有台账，直接打开", "quiet")
        self.restore = button("从备份恢复", "quiet")
        self.try_out = button("先练习一下", "quiet")
        self.try_out.setToolTip("打开一本编造的台账，随便试，和真的台账互不相干")
        self.known = Offer("打开这一本", tone="missing", is_stacked=True)
        self.elsewhere = Offer("换一个文件夹", tone="wrong", is_stacked=True)
        self._unkept = label("", "small", tone="missing", wraps=True)
        self._home: Path | None = None
        self._known: tuple[str, Path | None] = ("", None)
        self._again: Callable[[Path], None] = self._make_in
        self._build()
        self.next.clicked.connect(self.forward)
        self.back.clicked.connect(self.backward)
        self._open_other.clicked.connect(self.other)
        self.restore.clicked.connect(self.restoring)
        self.try_out.clicked.connect(self.practise)
        set_role(self.known.yes, "primary")
        self.known.taken.connect(lambda: self.found.emit(self._known[1]))
        self.elsewhere.taken.connect(self._choose_elsewhere)
        for one in (self.known, self.elsewhere):
            one.passed.connect(lambda: self._step(self.place).begin())
        self._go(0)

    @cached_property
    def which(self) -> DeskStep:
        """Clerk or reviewer. Every step is made when it is reached, not before the first paint."""
        return self._heard(DeskStep(self._around))

    @cached_property
    def office(self) -> "OfficeStep":
        """Which office."""
        from ui.start.office_step import OfficeStep

        return self._heard(OfficeStep())

    @cached_property
    def password(self) -> "PasswordStep":
        """The password, twice."""
        from ui.shared.secret_steps import PasswordStep

        return self._heard(PasswordStep(widest=self._around.icons.theme.px(420)))

    @cached_property
    def recovery(self) -> "RecoveryStep":
        """The recovery code on paper."""
        from ui.shared.secret_steps import RecoveryStep

        return self._heard(RecoveryStep(self._around))

    def _heard(self, step: Any) -> Any:
        step.changed.connect(self._look)
        step.done.connect(self.forward)
        return step

    @property
    def _name(self) -> str:
        return list(_STEPS)[self.place]

    def _step(self, place: int) -> "Step":
        return getattr(self, list(_STEPS)[place])

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(56, 36, 56, 28)
        column.setSpacing(16)
        marks = QHBoxLayout()
        marks.setSpacing(8)
        for one in self._marks:
            marks.addWidget(one)
        marks.addStretch(1)
        column.addLayout(marks)
        self._stack.setMaximumWidth(760)
        column.addWidget(self._stack, 1)
        for one in (self.known, self.elsewhere, self._unkept):
            one.setMaximumWidth(760)
            one.hide()
            column.addWidget(one)
        row = QHBoxLayout()
        row.addWidget(self._open_other)
        row.addWidget(self.restore)
        row.addWidget(self.try_out)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        self._row = QWidget()
        self._row.setLayout(row)
        self._row.setMaximumWidth(760)
        row.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._row)

    @property
    def place(self) -> int:
        """Which step is in front, from 0."""
        return self._stack.currentIndex()

    def forward(self) -> None:
        """Go on when the step is complete."""
        if not self._step(self.place).is_ready:
            return
        if self._name == "password":
            self._make()
        elif self._name == "recovery":
            self._around.preferring.change(unwritten="")
            desk, self._desk = self._desk, None
            self.opened.emit(desk)
        else:
            self._go(self.place + 1)

    def let_go(self) -> None:
        """Close the book that was made here, if nobody entered it."""
        if self._desk is not None:
            self._desk.upkeep.close()
            self._desk = None

    def backward(self) -> None:
        """Go back; after the book was made there is no way back."""
        if 0 < self.place < len(_STEPS) - 1:
            self._go(self.place - 1)

    def _make(self) -> None:
        chosen = self.office.chosen
        assert chosen is not None  # noqa: S101 - the step is ready
        from ui.start.places import book_folder, make_home, usual_home

        name, desk, password = self.office.name.text().strip(), self.which.desk, self.password.first.text()
        people = self.office.told

        home = self._home or usual_home()

        def job(progress: Any) -> Any:
            from ui.compose import create_book

            progress.step(0, 1, "正在建立加密的台账…")
            make_home(home)
            made = create_book(
                book_folder(home, chosen.code), code=chosen.code, name=name, desk=desk, password=password
            )
            if people:
                made.desk.office.introduce(made.desk.office.office().changed(**people))
            return made

        def refused(error: Any) -> None:
            self.refuse(error, "台账", home=home, again=self._make_in)

        self._around.work.long("建立台账", job, self._made, refused=refused)

    def refuse(self, error: Any, what: str, *, home: Path, again: Callable[[Path], None]) -> None:
        """Say why a book was not made, and where it could not lie in a folder, offer to do it ``again`` in another."""
        from ui.shared.no_room import NO_ROOM

        if error.code not in NO_ROOM:
            self._around.work.tell(error)
            return
        self._again = again
        self.elsewhere.ask(f"{what}没有建成，“{shown_path(home)}”里放不了：{error.heading}。换一个文件夹就能接着做。")
        self.elsewhere.yes.setFocus()

    def _choose_elsewhere(self) -> None:
        folder = self._around.dialogs.choose_folder("选一个放得下的文件夹，比如“文档”")
        if folder is not None:
            self.elsewhere.hide()
            self._again(folder)

    def _make_in(self, folder: Path) -> None:
        from ui.start.places import BOOKS, inside

        self._home = inside(folder, BOOKS)
        self._make()

    def _made(self, made: Any) -> None:
        self._desk = made.desk
        # Whoever ends here finds the book at the next start, by its password, and is told that the code is missing.
        folder = str(made.desk.folder)
        self._around.preferring.change(book=folder, unwritten=folder)
        if not self._around.preferring.is_kept:
            again = f"点“{self._open_other.text()}”，选 {shown_path(folder)}"
            self._unkept.setText(f"程序自己的文件夹写不进去，记不住这本台账。下次打开程序时，请{again}。")
            self._unkept.show()
        self.password.forget()
        self.recovery.show_code(made.recovery_code)
        self._go(len(_STEPS) - 1)

    def _go(self, place: int) -> None:
        if list(_STEPS)[place] == "office":
            self.office.narrow(self.which.desk)
        while self._stack.count() <= place:  # a step is dressed when it is reached, not before the first paint
            self._stack.addWidget(self._step(self._stack.count()))
        self._stack.setCurrentIndex(place)
        self.elsewhere.hide()
        for number, mark in enumerate(self._marks):
            set_tone(mark, "good" if number < place else "explained" if number == place else "")
        self._step(place).begin()
        self._look()

    def _look(self) -> None:
        step = self._step(self.place)
        self._look_for_known()
        has_book = self.known.isVisibleTo(self)
        words = "另建一本空的" if has_book else step.next_words
        set_role(self.next, "" if has_book else "primary")
        self.next.setEnabled(step.is_ready)
        self.next.setVisible(step.is_ready or self.place > 0)  # a card leads on by itself
        self.next.setText(words)
        self.next.setAccessibleName(words)
        self.back.setVisible(0 < self.place < len(_STEPS) - 1)
        for one in (self._open_other, self.restore, self.try_out):
            one.setVisible(self.place == 0)

    def _look_for_known(self) -> None:
        """Say that the chosen office has a book here, before another one is made for it."""
        chosen = self.office.chosen if self._name == "office" else None
        if chosen is not None and chosen.code != self._known[0]:
            from ui.start.places import known_book

            folder = known_book(chosen.code, self._around.preferring.current.book)
            self._known = (chosen.code, folder)
            self.known.put(f"这台电脑上已经有这个单位的台账：{shown_path(folder)}。" if folder else "")
        self.known.setVisible(chosen is not None and self._known[1] is not None)

    def focusInEvent(self, event: Any) -> None:
        """The cursor belongs into the step in front."""
        super().focusInEvent(event)
        self._step(self.place).begin()

    def keyPressEvent(self, event: Any) -> None:
        """Enter goes on, but makes no second book for an office in passing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.known.isVisibleTo(self):
                self.known.yes.setFocus()
            else:
                self.forward()
            return
        super().keyPressEvent(event)
