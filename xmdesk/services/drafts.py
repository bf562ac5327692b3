"""Forms that were being filled in when the program ended without saving: kept in the book, as encrypted as the rest."""

from typing import Any

from xmdesk.ports import Store
from xmdesk.records.base import Kept, fields_of
from xmdesk.services.offices import OfficeDesk
from xmdesk.services.registers import register_named


class Drafts:
    """One draft for each register. Keeping and dropping are system steps: undo passes over them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._settings = OfficeDesk(store)

    def keep(self, name: str, record: Kept) -> None:
        """Keep a record as it stands in its form."""
        held = {field: spec.kind.to_json(getattr(record, field)) for field, spec in fields_of(type(record)).items()}
        fresh = {"uid": record.uid, "fields": held}
        if self._settings.setting(_setting(name)) != fresh:
            self._settings.set_setting(_setting(name), fresh, label="保存草稿")

    def drop(self, name: str) -> None:
        """Forget the draft of a register."""
        if self._settings.setting(_setting(name)) is not None:
            self._settings.set_setting(_setting(name), None, label="清除草稿")

    def left_behind(self, name: str) -> Kept | None:
        """Return the draft as a record, or None when there is none or everything in it is saved."""
        held: dict[str, Any] | None = self._settings.setting(_setting(name))
        if not held:
            return None
        record = register_named(name).record
        stored = self._store.get(record, held["uid"]) or record(uid=held["uid"])
        specs = fields_of(record)
        known = {field: specs[field].kind.from_json(value) for field, value in held["fields"].items() if field in specs}
        found = stored.changed(**known)
        return None if found == self._store.get(record, found.uid) else found


def _setting(name: str) -> str:
    return f"draft:{register_named(name).name}"
