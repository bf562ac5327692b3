"""批注: notes that an office puts on single fields for itself. They stay in the book, its history and backups; no return,
sheet or page carries them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from xmdesk.errors import WrongUse
from xmdesk.pinyin import matches
from xmdesk.ports import Store
from xmdesk.records.base import Record, fields_of
from xmdesk.records.keeping import FieldNote
from xmdesk.records.office import Office
from xmdesk.records.registers import REGISTERS
from xmdesk.services.offices import OfficeDesk
from xmdesk.services.registers import Titles

LONGEST = 200


@dataclass(frozen=True)
class NoteTold:
    """One note: what it says, and from history when (ISO 8601, UTC) and by whom it was last written (may be empty)."""

    text: str
    at: str
    by: str


@dataclass(frozen=True)
class NotedField:
    """One note with its place in words; ``title`` names the record."""

    register: str
    uid: str
    field: str
    label: str
    title: str
    text: str


class FieldNotes:
    """Writes notes, takes them away, and finds them again."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, uid: str) -> dict[str, NoteTold]:
        """Return the notes of a record by field."""
        return {one.field: self._told(one) for one in self._store.find(FieldNote, record_uid=uid)}

    def texts(self, uid: str) -> Mapping[str, str]:
        """Return only the words of a record's notes by field."""
        return {one.field: one.text for one in self._store.find(FieldNote, record_uid=uid)}

    def by_record(self, register: str) -> dict[str, dict[str, str]]:
        """Return the words of all notes of a register by uid and field."""
        found: dict[str, dict[str, str]] = {}
        for one in self._store.find(FieldNote, register=register):
            found.setdefault(one.record_uid, {})[one.field] = one.text
        return found

    def write(self, register: str, uid: str, field: str, text: str) -> None:
        """Put a note on a field, change it, or with no words take it away; one step that can be undone."""
        words = " ".join(text.split())
        if len(words) > LONGEST:
            raise WrongUse("NOTE-LONG", limit=LONGEST, length=len(words))
        spec = fields_of(_record_class(register))[field]
        known = self._store.find(FieldNote, record_uid=uid, field=field)
        act = "写批注" if words and not known else "改批注" if words else "去掉批注"
        by = OfficeDesk(self._store).office().prepared_by
        with self._store.change(f"{act}：{spec.label}", by=by) as change:
            if words:
                note = known[0] if known else FieldNote(register=register, record_uid=uid, field=field)
                change.save(note.changed(text=words))
            elif known:
                change.remove(known[0])

    def noted(self, register: str) -> list[str]:
        """Return the uids of the records of a register that carry a note."""
        return sorted(self.by_record(register))

    def search(self, register: str, query: str, look: Callable[[str], Sequence[str]]) -> Sequence[str]:
        """Return what ``look`` finds for a query, and the records whose notes answer it, in the order that ``look`` gives."""
        found, words = look(query), query.split()
        noted = {
            uid
            for uid, notes in (self.by_record(register) if words else {}).items()
            if all(any(matches(word, text) for text in notes.values()) for word in words)
        }
        more = noted.difference(found) if noted else noted
        if not more:
            return found
        wanted = more.union(found)
        return [uid for uid in look("") if uid in wanted]

    def all(self) -> list[NotedField]:
        """Return every note whose record is in the book, retired ones too, register by register."""
        held = self._store.all(FieldNote)
        found: list[NotedField] = []
        for register in (Office.key, *REGISTERS):
            notes = [one for one in held if one.register == register]
            if notes:
                found += self._placed(register, notes)
        return found

    def _placed(self, register: str, notes: list[FieldNote]) -> list[NotedField]:
        record = _record_class(register)
        records: list[Record] = list(self._store.many(record, sorted({one.record_uid for one in notes})))
        titles = Titles(self._store, records)
        known = {one.uid: titles.of(one) for one in records}
        specs = fields_of(record)
        return [
            NotedField(register, one.record_uid, one.field, specs[one.field].label, known[one.record_uid], one.text)
            for one in notes
            if one.record_uid in known and one.field in specs
        ]

    def _told(self, note: FieldNote) -> NoteTold:
        entries = self._store.entries(key=FieldNote.key, uid=note.uid)
        last = entries[-1].step if entries else None
        return NoteTold(note.text, last.at if last else "", last.by if last else "")


def _record_class(register: str) -> type[Record]:
    return REGISTERS[register].record if register in REGISTERS else Office
