"""First start: which desk, which office, a password, and the recovery code on paper."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.shared.surroundings import Surroundings
from ui.shared.words import button, label, set_tone
from ui.start.steps import DeskStep

if TYPE_CHECKING:
    from ui.shared.secret_steps import PasswordStep, RecoveryStep, Step
    from ui.start.office_step import OfficeStep
    from xmdesk.services.desk import Desk


_STEPS = {"which": "用途", "office": "单位", "password": "密码", "recovery": "恢复码"}


class FirstStart(QWidget):
    """Four short steps; ``opened`` carries the new desk.

    ``other`` asks for a book that exists, ``restoring`` for one from a backup, ``practise`` for an invented one.
    """

    opened = Signal(object)
    other = Signal()
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
        self._build()
        self.next.clicked.connect(self.forward)
        self.back.clicked.connect(self.backward)
        self._open_other.clicked.connect(self.other)
        self.restore.clicked.connect(self.restoring)
        self.try_out.clicked.connect(self.practise)
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
        name, desk, password = self.office.name.text().strip(), self.which.desk, self.password.first.text()
        people = self.office.told

        def job(progress: Any) -> Any:
            from ui.compose import create_book

            progress.step(0, 1, "正在建立加密的台账…")
            folder = book_folder(chosen.code)
            folder.parent.mkdir(parents=True, exist_ok=True)
            made = create_book(folder, code=chosen.code, name=name, desk=desk, password=password)
            if people:
                made.desk.office.introduce(made.desk.office.office().changed(**people))
            return made

        self._around.work.long("建立台账", job, self._made)

    def _made(self, made: Any) -> None:
        self._desk = made.desk
        # Whoever ends here finds the book at the next start, by its password, and is told that the code is missing.
        folder = str(made.desk.folder)
        self._around.preferring.change(book=folder, unwritten=folder)
        self.password.forget()
        self.recovery.show_code(made.recovery_code)
        self._go(len(_STEPS) - 1)

    def _go(self, place: int) -> None:
        if list(_STEPS)[place] == "office":
            self.office.narrow(self.which.desk)
        while self._stack.count() <= place:  # a step is dressed when it is reached, not before the first paint
            self._stack.addWidget(self._step(self._stack.count()))
        self._stack.setCurrentIndex(place)
        for number, mark in enumerate(self._marks):
            set_tone(mark, "good" if number < place else "explained" if number == place else "")
        self._step(place).begin()
        self._look()

    def _look(self) -> None:
        step = self._step(self.place)
        self.next.setEnabled(step.is_ready)
        self.next.setVisible(step.is_ready or self.place > 0)  # a card leads on by itself
        self.next.setText(step.next_words)
        self.next.setAccessibleName(step.next_words)
        self.back.setVisible(0 < self.place < len(_STEPS) - 1)
        for one in (self._open_other, self.restore, self.try_out):
            one.setVisible(self.place == 0)

    def focusInEvent(self, event: Any) -> None:
        """The cursor belongs into the step in front."""
        super().focusInEvent(event)
        self._step(self.place).begin()

    def keyPressEvent(self, event: Any) -> None:
        """Enter goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.forward()
            return
        super().keyPressEvent(event)


def book_folder(code: str) -> Any:
    """Return where a new book of an office lies; a second one gets a number."""
    from xmdesk.paths import user_data

    folder = user_data() / "台账" / code
    number = 2
    while folder.exists():
        folder = user_data() / "台账" / f"{code}-{number}"
        number += 1
    return folder
