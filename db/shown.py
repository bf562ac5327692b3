"""What a row shows besides its own texts: the names of those it refers to, codes in words, days. All of it is searched."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from db.columns import canonical, from_canonical
from db.searching import answers, is_mixed, parts_of, spoken_text
from db.statements import Statements
from xmdesk.records.base import Record, fields_of
from xmdesk.records.codes import Code
from xmdesk.records.kinds import Choice, Choices, Day, Moment, PartialDay, PersonName, Phone, Reference, Text, Year
from xmdesk.records.registers import REGISTERS

Clause = sa.ColumnElement[bool]
Names = Mapping[str, Mapping[str, str]]
"""By reference field and uid: the text under which whoever is meant is found."""
Meant = Mapping[str, Mapping[str, Collection[str]]]
"""By word and field: the uids of those whom the word finds, or the codes whose label it finds."""

WIDE: Final = str.maketrans("0123456789", "０１２３４５６７８９")
"""Days lie in a roll with wide digits, which no query has: a 2 that is typed does not find every day of the century."""
_WIDE_LETTERS: Final = str.maketrans({chr(at): chr(at + 0xFEE0) for at in range(ord("a"), ord("z") + 1)})
_WHOLE: Final = "\x01"
"""Stands before and behind a reading that is found only where all of it is typed; its letters are wide."""
_SHORTEST: Final = 4
_DAY: Final = re.compile(r"((?:19|20)\d\d)(?:[./年](\d{1,2})?(?:[./月](\d{1,2})?日?)?)?")
_ISO: Final = re.compile(r"(?:19|20)\d\d(?:-\d{0,2}){0,2}")


class Target(NamedTuple):
    """Whom a reference field means: the record class, its title, and the phones by which a person is known too."""

    record: type[Record]
    title: str
    phones: tuple[str, ...]
    is_person: bool

    def text(self, title: str, *phones: str) -> str:
        """Under what somebody of that title is found."""
        return "\n".join(filter(None, (spoken_text(title, person=self.is_person), *phones)))


class Shown:
    """The fields of a record class that show something else than lies in their column, decided once."""

    def __init__(self, record: type[Record]) -> None:
        self.targets: dict[str, Target] = {}
        self._labels: dict[str, dict[str, str]] = {}
        self._lists: set[str] = set()
        self._days: list[str] = []
        is_of_people = _is_of_people(record)
        for spec in fields_of(record).values():
            kind = spec.kind
            if isinstance(kind, Reference) and (target := _target(kind.to)) is not None:
                self.targets[spec.name] = target
            elif isinstance(kind, Choice | Choices):
                usual = kind.codes if is_of_people else [record.model_fields[spec.name].default]
                self._labels[spec.name] = _labels(kind.codes, usual)
                if isinstance(kind, Choices):
                    self._lists.add(spec.name)
            elif isinstance(kind, Day | PartialDay | Moment | Year):
                self._days.append(spec.name)
        self.names = (*self.targets, *self._labels, *self._days)
        """The columns, in the order in which :meth:`text` takes their values."""

    def text(self, values: Sequence[Any], names: Names) -> str:
        """What a row shows, one thing a line, as a roll keeps it."""
        return "\n".join(self._lines(dict(zip(self.names, values, strict=True)), names))

    def _lines(self, row: Mapping[str, Any], names: Names) -> Iterator[str]:
        for name in self.targets:
            if row[name] and row[name] in names[name]:
                yield names[name][row[name]]
        for name, labels in self._labels.items():
            for value in from_canonical(row[name]) if name in self._lists and row[name] else [row[name]]:
                if value:
                    yield labels.get(value, "")
        for name in self._days:
            if row[name]:
                yield str(row[name]).translate(WIDE)

    def codes_meant(self, word: str) -> dict[str, Collection[str]]:
        """The codes of each field whose label a word finds."""
        ways = (word, *_whole(word))
        return {
            name: frozenset[str]().union(*(meant_by(way, labels) for way in ways))
            for name, labels in self._labels.items()
        }

    def has(self, name: str, value: str | None, found: Collection[str]) -> bool:
        """Whether what lies in a column is one of these, or a list with one of them."""
        if not value:
            return False
        return any(f'"{one}"' in value for one in found) if name in self._lists else value in found

    def clauses(self, made: Statements, meant: Meant) -> list[Clause]:
        """What SQLite can decide: every word stands in the row's own texts, or in what it shows."""
        return [sa.or_(*self._of_word(made, word, fields)) for word, fields in meant.items()]

    def _of_word(self, made: Statements, word: str, fields: Mapping[str, Collection[str]]) -> Iterator[Clause]:
        yield sa.and_(*(sa.func.instr(made.table.c["search"], part) > 0 for part in parts_of(word)))
        for name, found in fields.items():
            column = made.table.c[name]
            if name in self._lists:
                yield from (sa.func.instr(column, f'"{value}"') > 0 for value in found)
            elif found:
                yield column.in_(sa.select(listed(found)))
        if day := day_of(word):
            yield from (sa.func.instr(made.table.c[name], day) == 1 for name in self._days)


def listed(uids: Collection[str]) -> sa.ColumnElement[Any]:
    """These uids, as a column to choose from."""
    return sa.func.json_each(sa.literal(canonical(sorted(uids)))).table_valued("value").c.value


def meant_by(word: str, texts: Mapping[str, str]) -> frozenset[str]:
    """The uids of those whose text a word finds, mixed ones (军y) included."""
    is_found: Callable[[str], bool] = (
        (lambda text: answers(text, [word])) if is_mixed(word) else (lambda text: word in text)
    )
    return frozenset(uid for uid, text in texts.items() if is_found(text))


def alternatives(word: str) -> tuple[str, ...]:
    """Under what a word is sought in a roll: as it is, as a day, and as the whole reading of a code."""
    day = day_of(word)
    return (word, day.translate(WIDE)) if day else (word, *_whole(word))


def day_of(word: str) -> str:
    """Return how the day begins, as it lies in its column, that a word names (2018, 2018-05, 2018.5.1, 2018年5月); or nothing."""
    if _ISO.fullmatch(word):
        return word
    found = _DAY.fullmatch(word)
    return "-".join([found[1], *(f"{int(part):02d}" for part in found.groups()[1:] if part)]) if found else ""


def _target(register: str) -> Target | None:
    if register not in REGISTERS:
        return None
    record = REGISTERS[register].record
    specs = fields_of(record)
    title = specs.get(record.title_field)
    if title is None or not isinstance(title.kind, PersonName | Text):
        return None
    is_person = isinstance(title.kind, PersonName)
    phones = tuple(spec.name for spec in specs.values() if isinstance(spec.kind, Phone)) if is_person else ()
    return Target(record, title.name, phones, is_person)


def _is_of_people(record: type[Record]) -> bool:
    """Tell whether the rows are people: who types letters there means somebody's name."""
    title = fields_of(record).get(record.title_field)
    if title is not None and isinstance(title.kind, Reference):
        target = _target(title.kind.to)
        return target is not None and target.is_person
    return title is not None and isinstance(title.kind, PersonName)


def _labels(codes: type[Code], usual: Iterable[object]) -> dict[str, str]:
    """Under what each code is found, in one line: a roll keeps the rows of every line that many share.

    ``usual`` ones (居民身份证, 正常) stand in nearly every row: some letters of theirs are meant for something else.
    """
    kept = set(usual)
    return {value: _label(label, is_usual=value in kept) for value, label, _ in codes.table()}


def _label(label: str, *, is_usual: bool) -> str:
    folded, *readings = spoken_text(label, person=False).split("\n")
    if is_usual:
        readings = [whole for one in readings if len(one) > len(label) > 1 for whole in _whole(one)]
    return " ".join(" ".join((folded, *readings)).split())


def _whole(word: str) -> tuple[str, ...]:
    """How a whole reading stands in a row where a part of it shall not be found."""
    is_reading = len(word) >= _SHORTEST and word.isascii() and word.isalpha()
    return (f"{_WHOLE}{word.translate(_WIDE_LETTERS)}{_WHOLE}",) if is_reading else ()


_made: dict[str, Shown] = {}


def shown_by(record: type[Record]) -> Shown:
    """What the rows of a record class show."""
    name = record.__name__
    if name not in _made:
        _made[name] = Shown(record)
    return _made[name]
