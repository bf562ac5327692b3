"""Trouble with the data: collected in lists, shown beside the field, never a dialog. Words: ``resources/wording``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from xmdesk.redaction import redacted
from xmdesk.wording import sentence


class Severity(StrEnum):
    """How bad: an error blocks sealing, a warning may be explained, a notice is for information."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


def _redact(target: object, name: str) -> None:
    """Mask numbers of people in one member of a frozen object."""
    before = getattr(target, name)
    after = redacted(before)
    if after is not before:
        object.__setattr__(target, name, after)


@dataclass(frozen=True)
class Where:
    """Where a problem is; empty members are left out of JSON. ``row`` counts as the sheet shows it (1-based)."""

    register: str = ""
    uid: str = ""
    field: str = ""
    label: str = ""
    title: str = ""
    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""
    page: int = 0

    def __post_init__(self) -> None:
        """Let no number of a person stand whole in a name from outside."""
        for name in ("title", "file", "sheet", "column"):
            _redact(self, name)

    def as_json(self) -> dict[str, str | int]:
        """Return the non-empty members."""
        return {name: value for name, value in self.__dict__.items() if value}


@dataclass(frozen=True)
class Problem:
    """One finding: stable ``code``, severity, place, one sentence and what to do about it."""

    code: str
    severity: Severity
    where: Where
    text: str
    to_do: str
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any], compare=False, repr=False)

    def __post_init__(self) -> None:
        """Let no number of a person stand whole in the sentences."""
        for name in ("text", "to_do"):
            _redact(self, name)

    def at(self, **place: Any) -> "Problem":
        """Return the same problem with parts of its place filled in."""
        return replace(self, where=replace(self.where, **place))

    def as_warning(self) -> "Problem":
        """Return an error as a warning, for what is wrong and does not travel; anything else as it is."""
        return replace(self, severity=Severity.WARNING) if self.severity is Severity.ERROR else self

    def as_json(self) -> dict[str, object]:
        """Return the shape promised in the contract: code, severity, where, text, to_do."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "where": self.where.as_json(),
            "text": self.text,
            "to_do": self.to_do,
        }


def problem(code: str, where: Where | None = None, /, **facts: Any) -> Problem:
    """Make a problem from its code; the words and the severity come from ``resources/wording``."""
    words = sentence(code)
    return Problem(
        code=code,
        severity=Severity(words.severity),
        where=where or Where(),
        text=words.text.format(**facts),
        to_do=words.to_do.format(**facts),
        facts=facts,
    )


def count(problems: Iterable[Problem], severity: Severity) -> int:
    """How many of these have the given severity."""
    return sum(1 for one in problems if one.severity is severity)


def joined_sentences(sentences: Iterable[str]) -> str:
    """Return several sentences as one: a semicolon in place of each full stop but the last."""
    told = [one for one in sentences if one]
    return "；".join([*(one.rstrip("。；") for one in told[:-1]), *told[-1:]])
