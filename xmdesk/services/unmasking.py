"""Numbers with their middle hidden, as our own exports write them, stand for the whole numbers that the book knows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from xmdesk.documents.sheets.columns import Form
from xmdesk.problems import Problem, Where, problem
from xmdesk.records.base import Kept
from xmdesk.records.values.phones import mask_mobiles
from xmdesk.services.matching import Known
from xmdesk.services.people import People
from xmdesk.services.sheet_columns import sheet_register

PHONES = {
    "contact": "contact_phone",
    "keeper_person": "keeper_phone",
    "duty_person": "duty_phone",
}
"""The number that stands beside a person, by the field that refers to the person."""

_BESIDE = {phone: head for head, phone in PHONES.items()}
_OWN = ("mobile", "other_phone")


class Unmasking:
    """Puts whole numbers in place of masked ones in rows of one register; what nobody is known by is left out and told."""

    def __init__(self, name: str, people: People, records: Sequence[Kept], known: Known) -> None:
        self._name, self._people, self._records, self._known = name, people, records, known
        self._all: dict[str, dict[str, set[str]]] = {}
        self._phone_fields = {one.field for one in sheet_register(name).columns if one.form is Form.PHONE}

    def whole(self, values: Mapping[str, Any], problems: list[Problem]) -> dict[str, Any]:
        """Return the values of a row with every masked number made whole, or left out with a warning."""
        done = dict(values)
        for path in [path for path in done if path.endswith("id_no") and _is_masked(done[path])]:
            person = self._people.masked(str(done.get(f"{path[:-5]}name", "")), done[path])
            done[path] = person.id_no if person else ""
            problems += [] if person else [problem("IMPORT-MASKED", Where(field=path))]
        told = {path: value for path, value in done.items() if not (path in self._phone_fields and _is_masked(value))}
        for path in [path for path in done if path not in told]:
            done[path] = self._phone(path, str(done[path]), told)
            problems += [] if done[path] else [problem("IMPORT-MASKED-PHONE", Where(field=path))]
        return done

    def _phone(self, path: str, mask: str, values: Mapping[str, Any]) -> str:
        """Make each number of a cell whole; "" when one of them stays unknown."""
        parts = [self._number(path, one, values) if _is_masked(one) else one for one in mask.split("/")]
        return "/".join(parts) if all(parts) else ""

    def _number(self, path: str, mask: str, values: Mapping[str, Any]) -> str:
        """Return the one number that looks like this in the nearest place where any does, "" for none or several."""
        for numbers in self._places(path, mask, values):
            alike = {one for text in numbers for one in text.split("/") if mask_mobiles(one) == mask}
            if alike:
                return alike.pop() if len(alike) == 1 else ""
        return ""

    def _places(self, path: str, mask: str, values: Mapping[str, Any]) -> Iterator[Iterable[str]]:
        """Where to look: with the person whose number it is, else in the record that is meant, with who stands beside, in all."""
        head, _, tail = path.rpartition(".")
        if (tail or path) in _OWN:
            yield self._of_people(values, f"{head}." if head else "")
            return
        found = self._known.match({name: value for name, value in values.items() if "." not in name})
        yield [getattr(found.record, path)] if found else []
        yield self._of_people(values, f"{_BESIDE.get(path, '')}.")
        yield self._by_mask(path).get(mask, ())

    def _by_mask(self, path: str) -> Mapping[str, set[str]]:
        """Return all numbers that stand in a field of the register by what they look like masked, looked through once."""
        if path not in self._all:
            found = self._all[path] = {}
            for number in (part for one in self._records for part in getattr(one, path).split("/")):
                found.setdefault(mask_mobiles(number), set()).add(number)
        return self._all[path]

    def _of_people(self, values: Mapping[str, Any], prefix: str) -> list[str]:
        name, id_no = (str(values.get(f"{prefix}{one}") or "") for one in ("name", "id_no"))
        people = self._people.meant(name, id_no) if name or id_no else []
        return [getattr(one, field) for one in people for field in _OWN]


def _is_masked(value: object) -> bool:
    return isinstance(value, str) and "*" in value
