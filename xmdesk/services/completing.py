"""What is known of a person, and what a row of another register makes of it: gaps filled in, or values replaced."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xmdesk.problems import Problem, problem
from xmdesk.records.base import Kept, fields_of
from xmdesk.records.kinds import PartialDay
from xmdesk.records.people import Person


@dataclass(frozen=True)
class Completed:
    """A person of whom a row says more, or something else: as they stood, and as the row leaves them."""

    before: Person
    after: Person

    @property
    def replaced(self) -> tuple[str, ...]:
        """Return the fields in which a value that stood there gives way to another one."""
        return replaced(self.before, {name: getattr(self.after, name) for name in fields_of(Person)})

    @property
    def words(self) -> str:
        """Say what is replaced, old and new, numbers with their middle hidden."""
        return "，".join(map(self._line, self.replaced))

    def _line(self, name: str) -> str:
        old, new = _shown(self.before, name), _shown(self.after, name)
        change = f"{old} → {new}" if old != new else f"{old}（隐去的几位不同）"
        return f"{fields_of(Person)[name].label} {change}"

    @property
    def told(self) -> list[Problem]:
        """Return the warning that a row replaces something, none where it only fills gaps."""
        return [problem("IMPORT-PERSON-CHANGED", told=self.words)] if self.replaced else []


def replaced(person: Person, fresh: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields in which these values replace what is known; a day that is told more precisely fills a gap."""
    known, specs = filled(person), fields_of(Person)
    return tuple(
        name
        for name in specs
        if name in known and name in fresh and not agree(specs[name].kind, known[name], fresh[name], is_finer=True)
    )


def agree(kind: object, known: Any, fresh: Any, *, is_finer: bool = False) -> bool:
    """Tell whether two values are the same; days agree as far as both are told (``is_finer``: if the fresh one is told further)."""
    if known == fresh:
        return True
    is_day = isinstance(kind, PartialDay)
    return is_day and (str(fresh).startswith(str(known)) or (not is_finer and str(known).startswith(str(fresh))))


def filled(record: Kept) -> dict[str, Any]:
    """Return what is known of a record; a default is nothing that anybody said."""
    defaults = type(record)()
    held = {name: getattr(record, name) for name in fields_of(type(record))}
    return {name: one for name, one in held.items() if not is_empty(one) and one != getattr(defaults, name)}


def is_empty(value: Any) -> bool:
    """Tell whether a cell said nothing."""
    return value is None or value in ("", [], {})


def _shown(person: Person, name: str) -> str:
    kind, value = fields_of(Person)[name].kind, getattr(person, name)
    return kind.mask(value) if kind.sensitive else kind.show(value)
