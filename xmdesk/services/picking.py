"""Whom a few letters mean where one record is picked out of a register: names come first."""

from typing import TypeVar

from xmdesk.pinyin import matches, words
from xmdesk.ports import Store
from xmdesk.records.base import Record, fields_of
from xmdesk.records.kinds import PersonId, PersonName, Phone

R = TypeVar("R", bound=Record)

AT_ONCE = 100
MOST_LOOKED_AT = 1_000
"""Of what the letters find, so many are looked at for names: a list below a line must be down at once."""


def meant(store: Store, record: type[R], text: str, limit: int) -> list[R]:
    """Return the records that a text may mean, those in whose name it stands first; people only by name or number."""
    found, sought = store.uids(record, search=text), words(text)
    if not sought:
        return store.many(record, found[:limit])
    specs = fields_of(record)
    title = specs.get(record.title_field)
    is_person = title is not None and isinstance(title.kind, PersonName)
    numbers = [one.name for one in specs.values() if isinstance(one.kind, Phone | PersonId)] if is_person else []
    named: list[R] = []
    others: list[R] = []
    for start in range(0, min(len(found), MOST_LOOKED_AT), AT_ONCE):
        for one in store.many(record, found[start : start + AT_ONCE]):
            if matches(text, one.title()):
                named.append(one)
            elif not is_person or _is_told(one, sought, numbers):
                others.append(one)
        if len(named) >= limit:
            break
    return [*named, *others][:limit]


def _is_told(one: Record, sought: list[str], numbers: list[str]) -> bool:
    """Whether every word stands in the name or in a number of somebody."""
    held = [str(getattr(one, name)).lower() for name in numbers]
    return all(matches(word, one.title()) or any(word in number for number in held) for word in sought)
