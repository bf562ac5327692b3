"""练习册: a book of an invented office to learn with, filled from ``resources/practice``.

What keeps it apart: its division code exists nowhere (no district's roster or national list has it, so none can enrol it);
it makes no enrolment request; what it seals is signed under a root that is forgotten at once, so that no district accepts it;
every page drawn from it carries 练习 under the text; and the mark is a setting written in a system step, which undo passes
over. Nothing in a sealed document's schema knows of practice.
"""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from xmdesk import clock
from xmdesk.errors import Refused
from xmdesk.paths import resource
from xmdesk.ports import StepKind
from xmdesk.records.base import Kept, Record, fields_of
from xmdesk.records.codes import Sex
from xmdesk.records.duty import DutyList
from xmdesk.records.kinds import Reference, References, SubTable
from xmdesk.records.people import Person
from xmdesk.records.registers import REGISTERS
from xmdesk.records.values.identity import check_character
from xmdesk.services.offices import OfficeDesk
from xmdesk.services.people import derived

if TYPE_CHECKING:
    from xmdesk.sealed.seal import Signer
    from xmdesk.services.desk import Desk

R = TypeVar("R", bound=Record)

PRACTICE_AREA = "350299"
PRACTICE_CODE = f"{PRACTICE_AREA}001201"
PRACTICE_NAME = "练习村村民委员会"
PRACTICE_DISTRICT = "练习区"
WATERMARK = "练习"
_SETTING = "practice"
_ORDER = ("persons", "shelters", "duties", "facilities", "inspections")


def is_practice(desk: "Desk") -> bool:
    """Tell whether this book is a practice book."""
    return OfficeDesk(desk.store).setting(_SETTING, default=False) is True


def watermark(desk: "Desk") -> str:
    """Return what stands under the text of every page drawn from this book; nothing in a real one."""
    return WATERMARK if is_practice(desk) else ""


def refuse_practice(desk: "Desk") -> None:
    """Refuse what would ask a district for anything."""
    if is_practice(desk):
        raise Refused("PRACTICE-NO-REQUEST")


def practice_signer(desk: "Desk") -> "Signer":
    """Return a key and certificate under a root that nobody keeps: sealing can be learnt, and no district accepts it."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec

    from xmdesk.sealed.seal import Signer
    from xmdesk.trust.authority import Authority
    from xmdesk.trust.requests import SealRequest

    office, moment = desk.office.office(), desk.time.signing_moment()
    root, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = Authority.create(root, code=office.code[:6], name=PRACTICE_DISTRICT, moment=moment)
    request = SealRequest(key.public_key(), office.code, 1)
    entry = authority.seal_certificate(request, name=office.name, moment=moment)
    return Signer(key, x509.load_pem_x509_certificate(entry.pem.encode()))


class Practising:
    """Fills a book just made with :data:`PRACTICE_CODE` and :data:`PRACTICE_NAME`."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.store = desk.store

    def furnish(self) -> None:
        """Mark the book as practice and put the invented rows into every register, days counted from today."""
        told = _Told(tomllib.loads(resource("practice", "practice.toml").read_text("utf-8")), clock.today())
        registers = self.desk.registers
        with self.store.change("填入练习内容", kind=StepKind.SYSTEM) as change:
            change.save(self.desk.office.setting_record(_SETTING, value=True))
            for name in (*_ORDER, *(one for one in REGISTERS if one not in _ORDER)):
                change.save_many(registers.completed(told.records(name)))
            change.save_many([told.record(DutyList, row) for row in told.rows("duty_lists")])
            office = told.values(type(self.desk.office.office()), told.rows("office")[0])
            change.save(self.desk.office.office().changed(**office))


class _Told:
    """The rows of the resource as records: names become uids, ``@-30`` becomes the day thirty days ago."""

    def __init__(self, content: Mapping[str, Any], today: date) -> None:
        self._content = content
        self._today = today
        self._uids: dict[tuple[str, str], str] = {}

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Return the rows told for a register."""
        return list(self._content.get(name, ()))

    def records(self, name: str) -> list[Kept]:
        """Return the records of a register; each is remembered by its title, so that what comes later may name it."""
        made: list[Kept] = []
        for place, row in enumerate(self.rows(name)):
            one = self.record(REGISTERS[name].record, row)
            made.append(_with_number(one, place) if isinstance(one, Person) else one)
            self._uids[name, one.title()] = one.uid
        return made

    def record(self, cls: type[R], row: Mapping[str, Any]) -> R:
        """Return the record for a row."""
        return cls.model_validate(self.values(cls, row))

    def values(self, cls: type[Record], row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values for a row."""
        specs = fields_of(cls)
        return {name: self._value(getattr(specs.get(name), "kind", None), value) for name, value in row.items()}

    def _value(self, kind: Any, value: Any) -> Any:
        if isinstance(kind, Reference):
            return self._uids[kind.to, value]
        if isinstance(kind, References):
            return [self._uids[kind.to, one] for one in value]
        if isinstance(kind, SubTable):
            return [self._line(kind, line) for line in value]
        if isinstance(value, str) and value.startswith("@"):
            return self._day(value)
        return value

    def _line(self, kind: SubTable, line: Mapping[str, Any]) -> dict[str, Any]:
        specs = fields_of(kind.line)
        return {name: self._value(specs[name].kind, value) for name, value in line.items()}

    def _day(self, text: str) -> Any:
        """``@year`` is this year; ``@-30`` a day; ``@-30T09:30`` a moment of that day."""
        if text == "@year":
            return self._today.year
        days, mark, hour = text[1:].partition("T")
        return f"{(self._today + timedelta(days=int(days))).isoformat()}{mark}{hour}"


def _with_number(person: Person, place: int) -> Person:
    """An identity number with a right check digit in a division that does not exist (350299), and a phone of nobody."""
    order = 2 * place + (1 if person.sex is Sex.MALE else 2) + 100
    body = f"{PRACTICE_AREA}{person.born_on.replace('-', '')}{order:03d}"
    number = body + check_character(body) if person.born_on else ""
    return derived(person.changed(id_no=number, mobile=f"1380000{place:04d}"))
