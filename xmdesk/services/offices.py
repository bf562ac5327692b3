"""The office whose book this is, its settings, and which desk it works at."""

from typing import Any

from xmdesk.divisions import Level
from xmdesk.errors import WrongUse
from xmdesk.ports import StepKind, Store
from xmdesk.records.keeping import OfficeSetting
from xmdesk.records.office import Office

CLERK = "clerk"
REVIEWER = "reviewer"


class OfficeDesk:
    """Reads and writes the single office record and the settings that belong to the office."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def office(self) -> Office:
        """Return the office; a book always holds exactly one."""
        found = self.store.all(Office)
        return found[0] if found else Office()

    def save_office(self, office: Office) -> None:
        """Save the office's own data; it stays the one office, whatever uid it had when its form was opened."""
        held = self.store.uids(Office)
        with self.store.change("修改单位信息") as change:
            change.save(office.changed(uid=held[0]) if held and office.uid not in held else office)
        self.greet()

    def introduce(self, office: Office) -> None:
        """Save what was told when the book was made; it is part of making it, which undo passes over."""
        with self.store.change("填入单位信息", kind=StepKind.SYSTEM) as change:
            change.save(office)
        self.greet()

    def greet(self) -> None:
        """Let history name from now on who fills in this book."""
        self.store.worker = self.office().prepared_by

    def setting(self, name: str, default: Any = None) -> Any:
        """Return a setting's value, or the default."""
        found = self.store.find(OfficeSetting, name=name)
        return found[0].value if found else default

    def set_setting(self, name: str, value: Any, *, label: str = "修改设置", kind: StepKind = StepKind.SYSTEM) -> None:
        """Save one setting as a step of its own; undo passes over it unless it is an edit."""
        with self.store.change(label, kind=kind) as change:
            change.save(self.setting_record(name, value))

    def setting_record(self, name: str, value: Any) -> OfficeSetting:
        """Return the record to save inside somebody else's change."""
        found = self.store.find(OfficeSetting, name=name)
        return found[0].changed(value=value) if found else OfficeSetting(name=name, value=value)

    def desk(self) -> str:
        """Return ``clerk`` or ``reviewer``."""
        return str(self.setting("desk", CLERK))

    @property
    def is_district(self) -> bool:
        """Whether this is a district's office, which alone can have an authority."""
        return len(self.office().code) == Level.DISTRICT.digits

    def need_reviewer(self) -> None:
        """Refuse an act of the receiving side at a clerk's desk (``DESK-REVIEWER``)."""
        if self.desk() != REVIEWER:
            raise WrongUse("DESK-REVIEWER")
