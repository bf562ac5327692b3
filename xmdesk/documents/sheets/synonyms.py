"""The titles that villages use for a column, kept with the date from which they are accepted (resources/forms)."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache

from xmdesk.clock import today
from xmdesk.paths import resource


@dataclass(frozen=True)
class Group:
    """Titles that mean the same column in these registers (``*``: all), accepted from ``since`` to ``until``."""

    registers: tuple[str, ...]
    words: tuple[str, ...]
    since: date
    until: date


@cache
def _groups() -> tuple[tuple[Group, ...], dict[str, tuple[str, ...]]]:
    data = tomllib.loads(resource("forms", "synonyms.toml").read_text("utf-8"))
    groups = tuple(
        Group(tuple(one["registers"]), tuple(one["words"]), one["since"], one.get("until", date.max))
        for one in data["same"]
    )
    return groups, {label: tuple(words) for label, words in data["perhaps"].items()}


def synonyms_for(register: str, label: str) -> list[str]:
    """Return the other titles accepted today for a column of a register."""
    day = today()
    return [
        word
        for group in _groups()[0]
        if label in group.words and group.since <= day <= group.until
        if register in group.registers or "*" in group.registers
        for word in group.words
        if word != label
    ]


def hints_for(label: str) -> tuple[str, ...]:
    """Return titles that may mean this column; they are asked about, never taken."""
    return _groups()[1].get(label, ())
