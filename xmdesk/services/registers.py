"""The registers: listing, finding, saving, retiring, and showing records as people read them."""

from collections.abc import Collection, Sequence
from typing import Any

from xmdesk import clock
from xmdesk.errors import Fault, WrongUse
from xmdesk.ports import Condition, Op, Store
from xmdesk.records.base import Kept, Record, fields_of
from xmdesk.records.codes import ListState
from xmdesk.records.duty import DutyList, MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.kinds import Reference, References
from xmdesk.records.people import Person
from xmdesk.records.registers import REGISTERS, Register
from xmdesk.records.shelter import Shelter
from xmdesk.records.values.dates import earliest
from xmdesk.services.items_of_years import begun, looks_at_their_year, said_truly
from xmdesk.services.offices import OfficeDesk
from xmdesk.services.people import People, derived
from xmdesk.services.picking import meant

HAS_ENDED = Condition("retired_on", Op.MORE, "")
"""Said so that an index answers: an empty text comes before all others."""

MOST_CHOICES = 20


def register_named(name: str) -> Register:
    """Return the register of that name; an unknown one is ``WrongUse`` and lists the known names."""
    found = REGISTERS.get(name)
    if found is None:
        raise WrongUse("REGISTER-UNKNOWN", name=name[:30], names="、".join(REGISTERS))
    return found


class Registers:
    """What a clerk does with a register."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def count(self, name: str) -> int:
        """How many records a register holds that are not retired."""
        return self.store.count(register_named(name).record, retired_on="")

    def count_ended(self, name: str) -> int:
        """How many records have ended; an index answers."""
        return len(self.store.where(register_named(name).record, [HAS_ENDED]))

    def uids(
        self,
        name: str,
        *,
        search: str = "",
        order_by: str = "",
        descending: bool = False,
    ) -> Sequence[str]:
        """Return uids in display order; search matches characters, full pinyin or initials."""
        return self.store.uids(register_named(name).record, search=search, order_by=order_by, descending=descending)

    def rows(self, name: str, uids: Sequence[str]) -> list[Kept]:
        """Return the records for these uids, in this order."""
        return self.store.many(register_named(name).record, uids)

    def get(self, name: str, uid: str) -> Kept | None:
        """Return one record or None."""
        return self.store.get(register_named(name).record, uid)

    def new(self, name: str) -> Kept:
        """Return an unsaved record with its defaults."""
        record = register_named(name).record()
        if isinstance(record, MaintenanceDuty):
            return begun(self.store, record.changed(year=self.open_year() or clock.today().year))
        return record

    def copied(self, record: Kept) -> Kept:
        """Return an unsaved copy; of an item of a finalised list one that stands in the open list, as if carried over."""
        from xmdesk.services.copying import copy_of
        from xmdesk.services.rolling import carried

        year = self.open_year()
        if isinstance(record, MaintenanceDuty) and year and record.year in self.finalised_years():
            record = carried(record, year)
        copy = copy_of(record)
        return begun(self.store, copy) if isinstance(copy, MaintenanceDuty) else copy

    def open_year(self) -> int | None:
        """Return the year whose list takes new items: this one, or where its list is finalised the next that is open."""
        this, closed = clock.today().year, self.finalised_years()
        later = (one.year for one in self.store.all(DutyList) if one.year and one.year > this)
        return next((year for year in (this, *sorted(later)) if year not in closed), None)

    def takes_new(self, name: str) -> bool:
        """Whether a new record would be saved as it begins: an item needs a list that is open."""
        return register_named(name).record is not MaintenanceDuty or self.open_year() is not None

    def save(self, record: Kept, *, label: str = "") -> Kept:
        """Save a record, half empty or not; numbers are given and derived values filled in on the way."""
        register = _register_of(record)
        done = self.completed([record])[0]
        known = self.store.get(type(record), record.uid) is not None
        with self.store.change(label or f"{'修改' if known else '新增'}{register.noun}") as change:
            change.save(done)
            change.save_many(self.duty_lists_wanting([done]))
        return done

    def save_all(self, records: Sequence[Kept], *, label: str) -> None:
        """Save many records as one step, those of one register after those of another."""
        done = self.completed(records)
        with self.store.change(label) as change:
            for cls in dict.fromkeys(map(type, done)):
                change.save_many([one for one in done if type(one) is cls])
            change.save_many(self.duty_lists_wanting(records))

    def duty_lists_wanting(self, records: Sequence[Kept]) -> list[DutyList]:
        """Return the yearly lists that these entries belong to and that are not in the book yet (B5: one list a year)."""
        years = {one.year for one in records if isinstance(one, MaintenanceDuty) and one.year}
        return [DutyList(year=year) for year in sorted(years) if not self.store.find(DutyList, year=year)]

    def completed(self, records: Sequence[Kept]) -> list[Kept]:
        """Return the records with permanent numbers given, derived values filled in and looks at the list of their year.

        Every save goes through here.
        """
        self.refuse_finalised([one for one in records if isinstance(one, MaintenanceDuty)])
        numbers = Numbers(self.store)
        done = [numbers.give(self.derived(one)) for one in looks_at_their_year(self.store, records)]
        told = {
            one.uid: one for one in said_truly(self.store, [one for one in done if isinstance(one, MaintenanceDuty)])
        }
        return [told.get(one.uid, one) for one in done]

    def derived(self, record: Kept) -> Kept:
        """Return the record with what follows from its other fields, where nothing else was answered."""
        return derived(record) if isinstance(record, Person) else record

    def refuse_finalised(self, records: Sequence[Kept]) -> None:
        """Refuse records that would go into a finalised list; raises ``Fault``."""
        for year in self.finalised_among(records):
            raise Fault("LIST-FINAL", year=year)

    def finalised_among(self, records: Sequence[Kept]) -> list[int]:
        """Return the years of finalised lists into which these records, unsaved ones too, cannot be saved.

        A finalised list is read-only (B5), whether an item stands in it or is to be moved into it.
        """
        duties = [one for one in records if isinstance(one, MaintenanceDuty)]
        closed = self.finalised_years() if duties else set[int | None]()
        known = self.store.many(MaintenanceDuty, [one.uid for one in duties]) if closed else []
        return sorted({one.year for one in (*duties, *known) if one.year is not None and one.year in closed})

    def finalised_years(self) -> set[int | None]:
        """Return the years whose lists are finalised: they are read-only (B5)."""
        return {one.year for one in self.store.all(DutyList) if one.state in (ListState.FINAL, ListState.ARCHIVED)}

    def finalised_year(self, name: str, uid: str) -> int | None:
        """Return the year of the finalised list in which a stored record stands, or None: it may be changed."""
        if register_named(name).record is not MaintenanceDuty:
            return None
        stored = self.store.get(MaintenanceDuty, uid)
        return stored.year if stored is not None and stored.year in self.finalised_years() else None

    def retire(self, name: str, uid: str, *, on: str, reason: str) -> None:
        """End a record on a day (ISO, partial allowed, not to come) with a reason; it stays in the book."""
        record = self._must(name, uid)
        if on and earliest(on) > clock.today():
            raise WrongUse("DESK-FUTURE")
        with self.store.change(f"停用{register_named(name).noun}") as change:
            ended = record.changed(retired_on=on or clock.today().isoformat(), retired_reason=reason)
            change.save_many(self.completed([ended]))

    def restore(self, name: str, uid: str) -> None:
        """Bring a retired record back."""
        record = self._must(name, uid)
        with self.store.change(f"重新启用{register_named(name).noun}") as change:
            change.save_many(self.completed([record.changed(retired_on="", retired_reason="")]))

    def _must(self, name: str, uid: str) -> Kept:
        record = self.get(name, uid)
        if record is None:
            raise Fault("RECORD-GONE")
        return record

    def shown(self, record: Record, *, reveal: bool = False) -> dict[str, str]:
        """Return what a person reads in each field: labels, dates in Chinese, references as titles, numbers masked."""
        return self.shown_many([record], reveal=reveal)[0]

    def shown_many(
        self, records: Sequence[Record], *, reveal: bool = False, only: Collection[str] | None = None
    ) -> list[dict[str, str]]:
        """As :meth:`shown` for many records (and ``only`` these fields), resolving each referenced register once."""
        titles = Titles(self.store, records, only)
        return [shown_fields(one, titles, reveal=reveal, only=only) for one in records]

    def title_of(self, record: Record) -> str:
        """Return the short words for a record; posts show the person's name."""
        return Titles(self.store, [record]).of(record)

    def called(self, record: Record) -> str:
        """Return what the title of a record shows; one without a title is called as in lists."""
        return self.shown(record).get(record.title_field) or self.title_of(record)

    def search_references(self, name: str, text: str, *, limit: int = MOST_CHOICES) -> list[tuple[str, str]]:
        """Return (uid, title) of records a reference field may point to: first those whose name is meant."""
        found = meant(self.store, register_named(name).record, text, limit)
        titles = Titles(self.store, found)
        return [(one.uid, titles.of(one)) for one in found]

    def choices(self, name: str, text: str) -> list[tuple[str, str]]:
        """As :meth:`search_references`, to be chosen from: what has the same title is told apart."""
        from xmdesk.services.telling_apart import told_apart

        found = meant(self.store, register_named(name).record, text, MOST_CHOICES)
        titles = Titles(self.store, found)
        words = told_apart(name, [(one, titles.of(one)) for one in found])
        return [(one.uid, word) for one, word in zip(found, words, strict=True)]

    def person_for(self, name: str, phone: str = "") -> Person:
        """Find the person of that name (and phone) or make one; saved when made or completed."""
        people = People(self.store.all(Person))
        person = people.take({"name": name}, phone=phone)
        if people.touched:
            with self.store.change(f"新增人员 {name}") as change:
                change.save_many(list(people.touched.values()))
        return person


def _register_of(record: Record) -> Register:
    return next(one for one in REGISTERS.values() if one.record is type(record))


class Titles:
    """Titles of referenced records, fetched once per referenced register."""

    def __init__(self, store: Store, records: Sequence[Record], only: Collection[str] | None = None) -> None:
        wanted: dict[str, set[str]] = {}
        for record in records:
            for name, spec in fields_of(type(record)).items():
                if (only is None or name in only) and isinstance(spec.kind, Reference | References):
                    value = getattr(record, name)
                    wanted.setdefault(spec.kind.to, set()).update([value] if isinstance(value, str) else value)
        self._known: dict[tuple[str, str], str] = {}
        for to, uids in wanted.items():
            if to in REGISTERS:
                for one in store.many(REGISTERS[to].record, sorted(uids - {""})):
                    self._known[to, one.uid] = one.title()

    def learn(self, to: str, uid: str, title: str) -> None:
        """Know the title of a record that is not in the book yet."""
        self._known.setdefault((to, uid), title)

    def get(self, to: str, uid: str) -> str:
        """Return the title of a referenced record; one that is gone shows as nothing."""
        return self._known.get((to, uid), "")

    def of(self, record: Record) -> str:
        """Return the title of a record whose title field may be a reference."""
        spec = fields_of(type(record)).get(record.title_field)
        if spec is not None and isinstance(spec.kind, Reference):
            return self.get(spec.kind.to, getattr(record, record.title_field))
        return record.title()


def shown_fields(
    record: Record, titles: Titles, *, reveal: bool, only: Collection[str] | None = None
) -> dict[str, str]:
    """Return the display text of every asked field, or of some."""
    shown: dict[str, str] = {}
    for name, spec in fields_of(type(record)).items():
        if only is not None and name not in only:
            continue
        value: Any = getattr(record, name)
        if isinstance(spec.kind, Reference):
            shown[name] = titles.get(spec.kind.to, value)
        elif isinstance(spec.kind, References):
            shown[name] = "、".join(filter(None, (titles.get(spec.kind.to, one) for one in value)))
        elif spec.kind.sensitive and not reveal:
            shown[name] = spec.kind.mask(value)
        else:
            shown[name] = spec.kind.show(value)
    return shown


class Numbers:
    """Gives permanent numbers: division code, class where there is one, and a running number never used again."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._code = OfficeDesk(store).office().code.ljust(12, "0")
        self._last: dict[str, int] = {}

    def give(self, record: Kept) -> Kept:
        """Return the record with its number; a number once given never changes."""
        if isinstance(record, Facility) and not record.facility_no:
            return record.changed(facility_no=self._next(Facility, "facility_no", self._code))
        if isinstance(record, Shelter) and not record.shelter_no:
            return record.changed(shelter_no=self._next(Shelter, "shelter_no", self._code))
        if isinstance(record, MaintenanceDuty) and not record.item_no and record.kind:
            return record.changed(item_no=self._next(MaintenanceDuty, "item_no", self._code + record.kind.value))
        return record

    def _next(self, cls: type[Kept], field: str, prefix: str) -> str:
        if prefix not in self._last:
            self._last[prefix] = self._store.last_number(cls, field, prefix)
        self._last[prefix] += 1
        return f"{prefix}{self._last[prefix]:04d}"
