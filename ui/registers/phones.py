"""In the form of a register: the number beside a name is shown as soon as another person is picked."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.shared.fields.picks import PickField
from ui.shared.record_form import RecordForm
from ui.shared.typed import is_bad
from xmdesk.records.base import Record

if TYPE_CHECKING:
    from xmdesk.services.registers import Registers


class PhoneBeside(QObject):
    """Follows the field that names who is responsible; everybody named there since the record was shown counts as former."""

    def __init__(self, form: RecordForm, name: str, registers: "Registers", parent: QObject) -> None:
        super().__init__(parent)
        from xmdesk.services.beside import BESIDE

        self._form, self._registers = form, registers
        self._shown: Record | None = None
        self._former: set[str] = set()
        if name in BESIDE:
            self._person, self._phone = BESIDE[name]
            field = form.fields[self._person]
            field.edited.connect(self._follow)
            if isinstance(field, PickField):
                field.line.editingFinished.connect(self._follow)

    def _follow(self) -> None:
        from xmdesk.records.people import Person
        from xmdesk.services.beside import number_beside

        field, phone = self._form.fields[self._person], self._form.fields[self._phone]
        shown = self._form.shown
        if shown is not None and shown is not self._shown:
            self._shown, self._former = shown, {getattr(shown, self._person)}
        if field.is_typed or is_bad(field) or is_bad(phone):
            return
        now = field.read()
        if self._former == {now}:
            return
        people = {one.uid: one for one in self._registers.store.many(Person, sorted({now, *self._former} - {""}))}
        number = number_beside(people, phone.read(), former=self._former, now=now)
        self._former.add(now)
        if number != phone.read():
            phone.fill(number)
