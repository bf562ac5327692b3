"""Records of one title side by side: what a person reads behind the title to know which is which."""

from collections.abc import Sequence
from typing import Any

from xmdesk.records.base import Record, fields_of
from xmdesk.records.kinds import Phone

TOLD_BY: dict[str, tuple[str, ...]] = {
    "persons": ("post", "mobile", "other_phone", "born_on", "address"),
    "duties": ("year", "location", "item_no"),
    "facilities": ("location", "facility_no"),
    "shelters": ("location", "shelter_no"),
}
"""What is asked, one after the other, until all are told apart: first what people would say themselves."""
_END = 4


def told_apart(register: str, titled: Sequence[tuple[Record, str]]) -> list[str]:
    """Return the titles; those that several have carry in brackets what is different."""
    same: dict[str, list[Record]] = {}
    for record, title in titled:
        same.setdefault(title, []).append(record)
    marks = {
        id(record): mark
        for records in same.values()
        if len(records) > 1
        for record, mark in zip(records, _marks(register, records), strict=True)
    }
    return [f"{title}（{mark}）" if (mark := marks.get(id(record))) else title for record, title in titled]


def _marks(register: str, records: Sequence[Record]) -> list[str]:
    told: list[tuple[str, ...]] = [() for _ in records]
    for field in TOLD_BY.get(register, ()):
        words = [_word(one, field) for one in records]
        if len(set(told)) < len(records) and len(set(words)) > 1:
            told = [(*before, word) for before, word in zip(told, words, strict=True)]
    return ["，".join(filter(None, one)) for one in told]


def _word(record: Record, field: str) -> str:
    """One field in words; of a phone number no more than its end."""
    kind, value = fields_of(type(record))[field].kind, getattr(record, field)
    if kind.is_empty(value):
        return ""
    if isinstance(kind, Phone):
        return f"尾号{_digits(value)[-_END:]}"
    return f"{value}年" if field == "year" else kind.show(value)


def _digits(value: Any) -> str:
    return "".join(one for one in str(value) if one.isdigit())
