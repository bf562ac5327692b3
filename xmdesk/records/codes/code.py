"""What a closed list is. A member's value is what is stored; without an official code it is the Chinese word itself."""

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """A closed list: each member has a value, a label and accepted synonyms."""

    label: str
    synonyms: tuple[str, ...]

    def __new__(cls, value: str, label: str = "", *synonyms: str) -> Self:
        """Make a member; the label defaults to the value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        member.synonyms = synonyms
        return member

    @classmethod
    def table(cls) -> list[tuple[str, str, tuple[str, ...]]]:
        """Return (value, label, synonyms) of every member, in order."""
        return [(one.value, one.label, one.synonyms) for one in cls]
