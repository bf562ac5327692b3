"""The number beside a name: it goes with the person, so that nobody answers for a place at another one's phone."""

from collections.abc import Collection, Mapping, Sequence

from xmdesk.ports import Store
from xmdesk.records.base import Kept
from xmdesk.records.people import Person
from xmdesk.snapshot import CONTACTS

BESIDE = {register: (person, phone) for register, person, phone in CONTACTS if phone}
"""By register: the field that names a person, and the one with the number there."""


def number_beside(people: Mapping[str, Person], phone: str, *, former: Collection[str], now: str) -> str:
    """Return what stands beside the person ``now``: their own number in place of nothing or of one of the ``former``.

    A number that is none of theirs was typed by hand and stays.
    """
    if phone and phone not in {number for uid in former if uid in people for number in _numbers(people[uid])}:
        return phone
    return next((one for one in _numbers(people[now]) if one), "") if now in people else ""


def _numbers(person: Person) -> tuple[str, ...]:
    return person.mobile, person.other_phone, *person.mobile.split("/")


def with_numbers(
    store: Store, name: str, before: Mapping[str, Kept], records: Sequence[Kept], given: Collection[str]
) -> list[Kept]:
    """Return the records with the number of the person they name now, where that is another; one among ``given`` stays."""
    if name not in BESIDE:
        return list(records)
    person, phone = BESIDE[name]
    turned = {
        one.uid: (getattr(before[one.uid], person), getattr(one, person))
        for one in records
        if getattr(one, person) != getattr(before[one.uid], person) and not (phone in given and getattr(one, phone))
    }
    named = {uid for pair in turned.values() for uid in pair} - {""}
    people = {one.uid: one for one in store.many(Person, sorted(named))} if named else {}
    done: list[Kept] = []
    for one in records:
        former, now = turned.get(one.uid, ("", ""))
        if one.uid in turned:
            number = number_beside(people, getattr(one, phone), former=[former], now=now)
            done.append(one.changed(**{phone: number}))
        else:
            done.append(one)
    return done
