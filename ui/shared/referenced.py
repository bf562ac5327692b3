"""What a form asks about other records, answered by the registers service."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.shared.changes import Changes
from xmdesk.records.registers import REGISTERS

if TYPE_CHECKING:
    from xmdesk.services.registers import Registers


class RegisterReferences:
    """Looks up titles; adding a person tells the other pages."""

    def __init__(self, registers: "Registers", changes: Changes) -> None:
        self._registers = registers
        self._changes = changes

    def search(self, register: str, text: str) -> Sequence[tuple[str, str]]:
        """Return (uid, title) of matching records."""
        return self._registers.search_references(register, text) if register in REGISTERS else ()

    def title(self, register: str, uid: str) -> str:
        """Return the title of one record."""
        found = self._registers.get(register, uid) if uid and register in REGISTERS else None
        return self._registers.title_of(found) if found is not None else ""

    def add_person(self, name: str) -> str:
        """Find or make a person."""
        person = self._registers.person_for(name)
        self._changes.announce(f"人员名册里有了 {name}")
        return person.uid
