"""The reviewer's words beside the fields they are about, until each point of the slip is answered."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from ui.shared.record_form import RecordForm
from ui.shared.surroundings import Surroundings
from ui.shared.words import field_button, label
from xmdesk.records.registers import OFFICE

if TYPE_CHECKING:
    from xmdesk.ports import Store
    from xmdesk.records.submission import CorrectionPoint

ANSWER = "改好了，去答复"


class ReturnedPoints(QObject):
    """Puts the open points of a record below their fields; those of the whole record stand at the head of its form."""

    def __init__(
        self, form: RecordForm, register: str, store: "Store", around: Surroundings, *, parent: QObject
    ) -> None:
        from xmdesk.services.correcting import Correcting

        super().__init__(parent)
        self._form = form
        self._register = register
        self._correcting = Correcting(store)
        self._around = around
        self._uid = ""
        self._told: dict[str, list[CorrectionPoint]] = {}
        around.changes.changed.connect(self._look_again)

    def show_points(self, uid: str) -> None:
        """Show what the district said of a record, or nothing."""
        self._uid = uid
        self._look_again()

    def _look_again(self) -> None:
        fresh = self._by_field()
        for name in {*self._told, *fresh}:
            if fresh.get(name) != self._told.get(name):
                self._put(name, fresh.get(name, []))
        self._told = fresh

    def _by_field(self) -> "dict[str, list[CorrectionPoint]]":
        found: dict[str, list[CorrectionPoint]] = {}
        record = "" if self._register == OFFICE else self._uid
        for one in self._correcting.open_points(self._register, record) if self._uid else ():
            found.setdefault(one.field if one.field in self._form.fields else "", []).append(one)
        return found

    def _put(self, name: str, points: "Sequence[CorrectionPoint]") -> None:
        words = PointWords(points) if points else None
        if words is not None:
            words.answering.connect(self._answer)
        self._form.stand_at(name, words)

    def _answer(self, uid: str) -> None:
        self._around.travel.to("returns", field=uid)


class PointWords(QFrame):
    """What the district said, one point below the other; ``answering`` carries the uid of the one to be answered."""

    answering = Signal(str)

    def __init__(self, points: "Sequence[CorrectionPoint]") -> None:
        super().__init__()
        self.setProperty("role", "banner")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(0)
        words = [f"区里的话：“{one.reason}”" for one in points]
        self.setAccessibleDescription("。".join(words))
        for one, said in zip(points, words, strict=True):
            column.addSpacing(6 if column.count() else 0)
            column.addWidget(label(said, wraps=True))
            column.addWidget(self._answer(one))

    def _answer(self, one: "CorrectionPoint") -> QPushButton:
        made = field_button(ANSWER, "text", name=f"{ANSWER}：{one.reason}")
        made.clicked.connect(lambda: self.answering.emit(one.uid))
        return made
