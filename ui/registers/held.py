"""Strips above the form of a register: a record that may only be looked at, and a save that was refused."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.shared.offer import Offer
from ui.shared.record_form import RecordForm
from ui.shared.surroundings import Surroundings
from xmdesk import clock
from xmdesk.records.registers import Register

if TYPE_CHECKING:
    from xmdesk.services.registers import Registers

LOOKED_AT = "{year}年度清单已经定稿，这一条只能看，不能改。要补填或确需修改的，先到“滚动管理”里重新打开这一年的清单。"
NONE_OPEN = (
    "{year}年度清单已经定稿，没有别的清单开着，现在新增的保存不了。先到“滚动管理”打开下一年度，或者重新打开这一年。"
)
REOPEN, ROLL = "去重新打开", "去“滚动管理”"
RESTORE = "不要这次修改，恢复原来的"


class Held(QWidget):
    """``closed`` stands there as long as the record belongs to a finalised list, and leads to where that is opened again;
    above a new one as long as no list is open that would take it.

    ``refused`` says why the form could not be saved; when it is taken, what was typed is given up. ``why`` says it without a
    heading. ``ending`` would change the record too. ``turned`` fires when the record that is open may be changed from now on, or
    may not any more.
    """

    turned = Signal()

    def __init__(self, register: Register, registers: "Registers", around: Surroundings, ending: QWidget) -> None:
        super().__init__()
        self._register, self._registers, self._ending = register, registers, ending
        self._form: RecordForm | None = None
        self._uid, self._year = "", None
        self.why, self.may_type = "", True
        self.closed = Offer(REOPEN, is_stacked=True)
        self.refused = Offer(RESTORE, tone="wrong", is_stacked=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.closed)
        column.addWidget(self.refused)
        self.closed.taken.connect(lambda: around.travel.to("rolling", str(self._year)))
        around.changes.changed.connect(self._look_again)

    def clear(self) -> None:
        """Show nothing."""
        self._uid = ""
        self.closed.hide()
        self.refused.hide()

    def follow(self, form: RecordForm, uid: str) -> None:
        """Let the record that is open be changed, or only looked at, whichever it is."""
        self._form, self._uid = form, uid
        self._look()

    def _look_again(self) -> None:
        before = self.may_type
        self._look()
        if self.may_type != before:
            self.turned.emit()

    def _look(self) -> None:
        if self._form is None or not self._uid:
            return
        self._year = self._registers.finalised_year(self._register.name, self._uid)
        self.may_type, this = self._year is None, clock.today().year
        self._form.let_type(may_type=self.may_type)
        self._ending.setEnabled(self.may_type)
        if not self.may_type:
            self.closed.ask(LOOKED_AT.format(year=self._year), yes=REOPEN)
        elif self._registers.takes_new(self._register.name) or self._registers.get(self._register.name, self._uid):
            self.closed.hide()
        else:
            self._year = this + 1
            self.closed.ask(NONE_OPEN.format(year=this), yes=ROLL)

    def refuse(self, error: Any) -> None:
        """Say why nothing was saved, and what can be done about it."""
        self.why = f"{error.happened}{error.to_do}"
        self.refused.ask(f"没有保存。{self.why}")
