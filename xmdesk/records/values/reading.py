"""What reading one typed or pasted value gives: the value with notes on what was tidied, or a reason why not."""

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Bad(ValueError):
    """This value cannot be taken. ``code`` names the sentence in ``resources/wording``, ``facts`` fill it."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True)
class Note:
    """Something that was tidied or deserves a look; ``code`` as in :class:`Bad`."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True)
class Read(Generic[T]):
    """A value as it is stored, and notes about how it was read."""

    value: T
    notes: tuple[Note, ...] = ()
