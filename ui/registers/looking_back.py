"""Seeing a register as it was: what the table shows is swapped for a past moment and back again."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal

from ui.registers.past_record import PastRecord
from ui.registers.rows import RegisterRows
from ui.registers.then import Then
from ui.registers.when import When
from ui.shared.surroundings import Surroundings
from xmdesk.records.registers import Register

if TYPE_CHECKING:
    from xmdesk.services.past import PastMoment, PastRegister
    from xmdesk.services.registers import Registers

QUICK = 300


class LookingBack(QObject):
    """``swapped`` fires when the table has to be read anew. ``bar`` says which moment, ``form`` shows one record of it."""

    swapped = Signal()

    def __init__(self, register: Register, registers: "Registers", rows: RegisterRows, around: Surroundings) -> None:
        super().__init__()
        from xmdesk.services.past import Past

        self._register = register
        self._registers = registers
        self._rows = rows
        self._around = around
        self._past = Past(registers)
        self._held: PastRegister | None = None
        self._has_refused = False
        self._here = ""
        self._place = QPoint()
        self.bar = Then()
        self.form = PastRecord(register)
        self.when: When | None = None
        self.bar.left.connect(self.come_back)
        self.bar.again.connect(lambda: self.ask(self._place))

    @property
    def is_on(self) -> bool:
        """Whether the table shows the past."""
        return self._held is not None

    def may_write(self) -> bool:
        """Tell whether anything may be changed; of the past, say why not."""
        if self.is_on:
            self._has_refused = True
            self._around.changes.announce(f"这是{self.words}的台账，只能看，不能改；按 Esc 回到现在的台账")
        return not self.is_on

    def hear_typing(self) -> None:
        """Letters that were typed into the table open no cell of the past: say so above it."""
        if self.is_on:
            self.bar.say_typed()

    @property
    def words(self) -> str:
        """How the moment is called, or nothing in the present."""
        return self._held.moment.words if self._held is not None else ""

    @property
    def uid(self) -> str:
        """The record of that time that is in front, or nothing in the present."""
        return self._here if self.is_on else ""

    def ask(self, place: QPoint) -> None:
        """Let the person choose a moment, above a place on the screen."""
        self._place = place
        if self.when is None:
            self.when = When(self._around.icons)
            self.when.chosen.connect(self.go)
        self.when.open(place, self._past.moments())

    def go_to(self, at: str, words: str) -> None:
        """Go to a moment of history (ISO 8601, UTC)."""
        from datetime import datetime

        from xmdesk.services.past import PastMoment

        self.go(PastMoment(words, datetime.fromisoformat(at.replace("Z", "+00:00"))))

    def go(self, moment: "PastMoment") -> None:
        """Show the register as it was; a large one is put together beside the window."""
        name = self._register.name
        if len(self._registers.uids(name)) <= QUICK:
            self._around.work.now(lambda: self._past.at(name, moment), self._show)
        else:
            self._around.work.long("打开以前的台账", lambda _: self._past.at(name, moment), self._show)

    def come_back(self) -> None:
        """Show the present again."""
        if self._held is not None:
            self._let_go()
            self.bar.hide()
            self.swapped.emit()
            if self._has_refused:
                self._has_refused = False
                self._around.changes.announce("已回到现在的台账")

    def show(self, uid: str) -> None:
        """Show one record of that time."""
        self._here = uid
        if self._held is not None:
            self.form.show_record(self._held, uid)

    def _show(self, past: "PastRegister") -> None:
        self._let_go()
        self._held = past
        self._rows.look_at(past.registers)
        self.bar.say(past.moment.words, is_empty=not past.registers.uids(self._register.name))
        self.swapped.emit()

    def _let_go(self) -> None:
        self._rows.look_at(self._registers)
        if self._held is not None:
            self._held.close()
            self._held = None
