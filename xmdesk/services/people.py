"""Finding or making the one person behind a name, so that a person with many posts stands in the book once."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from xmdesk.ports import Store
from xmdesk.records.base import Record
from xmdesk.records.codes import HelperState, PersonRole
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.office import Office
from xmdesk.records.people import DisasterOfficer, LegalHelper, Person
from xmdesk.records.shelter import Shelter
from xmdesk.records.values.identity import mask_id
from xmdesk.services.completing import Completed, filled


class Recognised(NamedTuple):
    """A person, and the fields by which it is the one that was meant."""

    person: Person
    by: tuple[str, ...]


class Named(NamedTuple):
    """Who is meant by a name and a number, all who may be, and what is said of them."""

    found: Recognised | None
    same: tuple[Person, ...]
    known: dict[str, Any]


class People:
    """All persons of a book in memory, looked up by identity number, then by name and phone, then by name alone."""

    def __init__(self, persons: Iterable[Person]) -> None:
        self._by_id: dict[str, Person] = {}
        self._by_name: dict[str, list[Person]] = {}
        self.touched: dict[str, Person] = {}
        self._made: set[str] = set()
        self._rows: dict[str, int] = {}
        self.row = 0
        """The row of a sheet that speaks of people now."""
        self._put: list[tuple[Person, Person | None, Person | None]] = []
        self._held = {one.uid: one for one in persons}
        for person in self._held.values():
            self._know(person)

    def _know(self, person: Person) -> None:
        if person.id_no:
            self._by_id[person.id_no] = person
        same = self._by_name.setdefault(person.name, [])
        same[:] = [one for one in same if one.uid != person.uid] + [person]

    def find(self, *, name: str, id_no: str = "", phone: str = "", likely: Collection[str] = ()) -> Person | None:
        """Return the person meant, or None."""
        found = self.recognise(name=name, id_no=id_no, phone=phone, likely=likely)
        return found.person if found else None

    def recognise(
        self, *, name: str, id_no: str = "", phone: str = "", likely: Collection[str] = ()
    ) -> "Recognised | None":
        """Return the person meant and what tells, or None; two different identity numbers are never the same person.

        A landline is shared and tells nobody apart. Of several with the name, one of ``likely`` (uids) is meant, else the
        only one of whom no more than the name is known, where no more is told.
        """
        same = self.meant(name, id_no)
        if id_no and id_no in self._by_id:
            return Recognised(same[0], ("id_no",))
        by_phone = [one for one in same if phone and phone in (one.mobile, one.other_phone)]
        if by_phone:
            return Recognised(by_phone[0], ("name", "mobile" if by_phone[0].mobile == phone else "other_phone"))
        if is_mobile(phone):
            same = [one for one in same if not one.mobile]
        meant = same if len(same) == 1 else [one for one in same if one.uid in likely]
        if not (meant or id_no or phone):
            bare = [one for one in same if filled(one).keys() <= {"name"}]
            meant = bare if len(bare) == 1 else []
        return Recognised(meant[0], ("name",)) if meant else None

    def masked(self, name: str, mask: str) -> Person | None:
        """Return the one person of that name whose identity number looks like this with its middle hidden."""
        same = [one for one in self._by_name.get(name, []) if one.id_no and mask_id(one.id_no) == mask]
        return same[0] if len(same) == 1 else None

    def meant(self, name: str, id_no: str) -> list[Person]:
        """Return all who may be meant: the one with the identity number, else those of the name without another number."""
        if id_no and id_no in self._by_id:
            return [self._by_id[id_no]]
        return [one for one in self._by_name.get(name, []) if not (id_no and one.id_no)]

    def take(self, values: dict[str, Any], *, phone: str = "", likely: Collection[str] = ()) -> Person:
        """Return the person for these values, made or completed; empty values never wipe what is known."""
        named = self.named(values, phone=phone, likely=likely)
        return self.put(named.found.person if named.found else None, named.known)

    def named(self, values: dict[str, Any], *, phone: str = "", likely: Collection[str] = ()) -> "Named":
        """Return who is meant by these values and who may be; nobody is made."""
        known = self.normalised(values)
        if "mobile" not in known and is_mobile(phone):
            known["mobile"] = phone
        name, id_no = str(known.get("name", "")), str(known.get("id_no", ""))
        found = self.recognise(name=name, id_no=id_no, phone=str(known.get("mobile", phone)), likely=likely)
        return Named(found, tuple(self.meant(name, id_no)), known)

    @staticmethod
    def normalised(values: dict[str, Any]) -> dict[str, Any]:
        """Leave empty values out and give a second phone number its own place."""
        known = {name: value for name, value in values.items() if value not in (None, "")}
        first, _, second = str(known.get("mobile", "")).partition("/")
        return {"other_phone": second, **known, "mobile": first} if second else known

    def put(self, found: Person | None, known: dict[str, Any]) -> Person:
        """Return this person completed by these values, or a new one."""
        person = self._completed(found or Person(name=str(known.get("name", ""))), known)
        self._put.append((person, found, self.touched.get(person.uid)))
        if found is None:
            self._made.add(person.uid)
            self._rows[person.uid] = self.row
        if found != person:
            self.touched[person.uid] = person
        self._know(person)
        return person

    @property
    def made(self) -> frozenset[str]:
        """The uids of those among the touched that are new."""
        return frozenset(self._made & self.touched.keys())

    def held(self, uid: str) -> Person | None:
        """Return a person as the book has them, whatever rows made of them; None for one that is new."""
        return self._held.get(uid)

    def told_of(self, same: Sequence[Person]) -> str:
        """Say where people of one name stand: how many in the book, and in which rows of the sheet the others."""
        others = [one for one in same if self.held(one.uid) is None]
        book = f"已有 {len(same) - len(others)} 位同名的人" if len(others) < len(same) else ""
        rows = sorted({row for one in others if (row := self._rows.get(one.uid, 0))})
        sheet = f"表里第 {'、'.join(map(str, rows))} 行" if rows else "表里"
        if not others:
            return book
        return f"{book}，{sheet}也有" if book else f"{sheet}有同名的人"

    @property
    def completed(self) -> tuple[Completed, ...]:
        """Who stood there before, and got other values since the last ``settle``."""
        changed = ((before, person) for person, before, _ in self._put if before is not None and before != person)
        return tuple(Completed(before, person) for before, person in changed)

    def settle(self) -> None:
        """Let what was put so far stand."""
        self._put.clear()

    def take_back(self) -> None:
        """Undo what was put since the last ``settle``: the row that spoke of these persons does not go in."""
        while self._put:
            person, before, touched = self._put.pop()
            self._forget(person)
            self.touched.pop(person.uid, None)
            if before is not None:
                self._know(before)
            else:
                self._made.discard(person.uid)
            if touched is not None:
                self.touched[person.uid] = touched

    def _forget(self, person: Person) -> None:
        if self._by_id.get(person.id_no, person).uid == person.uid:
            self._by_id.pop(person.id_no, None)
        same = self._by_name[person.name]
        same[:] = [one for one in same if one.uid != person.uid]

    @staticmethod
    def _completed(person: Person, known: dict[str, Any]) -> Person:
        fresh = {name: value for name, value in known.items() if getattr(person, name) != value}
        done = person.changed(**fresh) if fresh else person
        return derived(done)


def is_mobile(phone: str) -> bool:
    """Tell whether a number belongs to one person alone."""
    return len(phone) == 11 and phone.startswith("1")


def derived(person: Person) -> Person:
    """Fill in sex and birth from the identity number where they are empty (GB 11643: digits 7–14 and 17)."""
    from xmdesk.records.values.identity import id_facts

    facts = id_facts(person.id_no) if person.id_no else None
    if facts is None:
        return person
    fresh: dict[str, Any] = {}
    if person.sex is None:
        fresh["sex"] = facts.sex
    birth = facts.birth.isoformat()
    if birth.startswith(person.born_on) and person.born_on != birth:
        fresh["born_on"] = birth
    return person.changed(**fresh) if fresh else person


def roles_by_person(store: Store) -> dict[str, set[PersonRole]]:
    """Return the roles each person holds now, computed from the registers."""
    roles: dict[str, set[PersonRole]] = {}
    for uid, role in _held(store):
        if uid:
            roles.setdefault(uid, set()).add(role)
    return roles


def roles_of(store: Store, person: str) -> list[PersonRole]:
    """Return the roles one person holds now, in the order of the list; indexes answer."""
    found: set[PersonRole] = set()
    for record, field, role in _POSTS:
        if any(_holds(one) for one in store.find(record, **{field: person})):
            found.add(role)
    return [role for role in PersonRole if role in found]


def _held(store: Store) -> Iterator[tuple[str, PersonRole]]:
    for record, field, role in _POSTS:
        for one in store.all(record):
            if _holds(one):
                yield getattr(one, field), role


def _holds(one: Record) -> bool:
    if isinstance(one, DisasterOfficer) and one.ended_on:
        return False
    if isinstance(one, LegalHelper) and one.status is HelperState.LEFT:
        return False
    return not getattr(one, "retired_on", "")


_POSTS: tuple[tuple[type[Record], str, PersonRole], ...] = (
    (DisasterOfficer, "person", PersonRole.OFFICER),
    (LegalHelper, "person", PersonRole.HELPER),
    (MaintenanceDuty, "keeper_person", PersonRole.KEEPER),
    (Shelter, "duty_person", PersonRole.SHELTER),
    (Shelter, "deputy_person", PersonRole.SHELTER),
    (Facility, "contact", PersonRole.CONTACT),
    (Office, "secretary", PersonRole.LEADER),
    (Office, "director", PersonRole.LEADER),
)
