"""From the headers of a table to the fields of a register: exact, by synonym, by a kept mapping, else suggested."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property
from typing import Any, cast

from xmdesk.documents.sheets.columns import Column, Compound, Register
from xmdesk.documents.sheets.lines import ORDINALS
from xmdesk.documents.sheets.synonyms import hints_for, synonyms_for
from xmdesk.documents.sheets.table_finding import Header
from xmdesk.documents.sheets.words import bare, plain, unit_of
from xmdesk.errors import WrongUse

_LIKELY = 0.5
_MOST_SHOWN = 40
_LONGEST_SHOWN = 30
_OFFICE_CODE = "区划代码"
_OF_NAME = frozenset({"姓名", "名称", "名字", "人员", "单位", "单位名称"})
_OF_PHONE = frozenset({"电话", "联系电话", "手机", "手机号", "手机号码", "联系方式", "电话号码"})
# One title for two things in a cell: 负责人(电话), 监督部门、电话, 管护内容和标准.
_TWO_THINGS = re.compile(
    r"^(.+?)[、/,，和与及+&(（](联系电话|电话|手机号码|手机号|手机|联系方式|监督电话|标准|管护标准)[)）]?$"
)
_PHONE_END = re.compile(r"(.+?)(?:的)?(?:联系)?(?:电话|手机|方式|手机号|手机号码|电话号码)")
_PHONES = ("phone", "hotline")
_BODY = re.compile(r"(?:单位|部门|主体|人员|人)$")


class How(StrEnum):
    """Why a header was given its fields, or why not."""

    TEMPLATE = "template"
    SAVED = "saved"
    LABEL = "label"
    SYNONYM = "synonym"
    CONTENT = "content"
    IGNORED = "ignored"
    OFFICE = "office"
    DUPLICATE = "duplicate"
    OTHER_UNIT = "other_unit"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Match:
    """One header with the fields that it fills. ``suggested``: the field it resembles most, with a score 0–1; ``clue``: what one
    sees in a column that has no title.
    """

    header: Header
    how: How
    fields: tuple[str, ...] = ()
    score: float = 0.0
    suggested: str = ""
    likeness: float = 0.0
    clue: str = ""


@dataclass(frozen=True)
class Missing:
    """A required column that no header fills, and the header that may be meant."""

    column: Column
    perhaps: str = ""


@dataclass(frozen=True)
class ColumnMapping:
    """All headers of one table with their fields, and what is missing."""

    register: str
    fingerprint: str
    matches: tuple[Match, ...]
    missing: tuple[Missing, ...] = ()

    def fields(self) -> set[str]:
        """Return all fields that some header fills."""
        return {name for match in self.matches for name in match.fields}

    def header_of(self, field: str) -> str:
        """Return the header that fills a field, "" for none."""
        return next((match.header.text for match in self.matches if field in match.fields), "")

    def as_json(self) -> dict[str, Any]:
        """Return the form that is kept by fingerprint and that ``--map`` reads."""
        return {
            "register": self.register,
            "fingerprint": self.fingerprint,
            "columns": {
                one.header.text: list(one.fields) or None
                for one in self.matches
                if one.fields or one.how is How.IGNORED
            },
        }


@dataclass(frozen=True)
class SavedMapping:
    """A mapping made earlier or by hand: header text → fields; an empty tuple means "leave this column out"."""

    columns: Mapping[str, tuple[str, ...]]
    how: How = How.SAVED
    plain_columns: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    @staticmethod
    def of(columns: Mapping[str, tuple[str, ...]], how: How = How.SAVED) -> "SavedMapping":
        """Make one whose headers compare without spaces and punctuation."""
        return SavedMapping(columns, how, {plain(name): fields for name, fields in columns.items()})


def read_mapping(text: str, register: Register) -> SavedMapping:
    """Read the JSON of ``--map``: ``{"columns": {header: field | [fields] | null}}`` or that inner object alone."""
    try:
        given: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise WrongUse("SHEET-MAP-SHAPE") from None
    columns: Any = cast(dict[str, Any], given).get("columns", given) if isinstance(given, dict) else None
    if not isinstance(columns, dict):
        raise WrongUse("SHEET-MAP-SHAPE")
    known = {one.field for one in register.columns}
    found: dict[str, tuple[str, ...]] = {}
    for header, value in cast(dict[str, Any], columns).items():
        fields = _field_names(value)
        for name in fields:
            if name not in known:
                raise WrongUse("SHEET-MAP-FIELD", name=name[:40])
        found[header] = fields
    return SavedMapping.of(found)


def _field_names(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    names: list[Any] = cast(list[Any], value) if isinstance(value, list) else [value]
    if not all(isinstance(name, str) for name in names):
        raise WrongUse("SHEET-MAP-SHAPE")
    return tuple(names)


def check_headers(saved: SavedMapping, mapping: ColumnMapping, sheet: str) -> None:
    """Refuse a mapping by hand that names headers which the table does not have: it would not do what was meant."""
    held = [one.header.text for one in mapping.matches]
    known = {plain(text) for text in held}
    strange = [text for text in saved.columns if plain(text) not in known]
    if strange:
        raise WrongUse("SHEET-MAP-HEADER", sheet=sheet, headers=_listed(strange), known=_listed(held))


def _listed(headers: list[str]) -> str:
    shown = "、".join(f"“{text[:_LONGEST_SHOWN]}”" for text in headers[:_MOST_SHOWN])
    return f"{shown}等 {len(headers)} 个" if len(headers) > _MOST_SHOWN else shown


def fingerprint(headers: Iterable[Header]) -> str:
    """Return a hash that is equal for tables with the same titles, whatever their spacing."""
    return hashlib.sha256("\n".join(plain(one.text) for one in headers).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class _Target:
    """What a title leads to."""

    fields: tuple[str, ...]
    how: How
    score: float
    unit: str


class Matcher:
    """Knows the titles of one register."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self.fields = frozenset(one.field for one in register.columns)
        self.office_titles = {plain(text) for text in (_OFFICE_CODE, *synonyms_for(register.name, _OFFICE_CODE))}
        self._titles: dict[str, _Target] = {}
        self._others: dict[str, list[_Target]] = {}
        self._with_phone = {one.fields[0]: one for one in register.compounds if one.fields[-1].endswith(_PHONES)}
        for one in register.columns:
            self._learn((one.field,), one.label, unit=one.unit, exact=(one.label, "/".join(one.path)))
        for one in register.compounds:
            self._learn(one.fields, one.label, unit=one.unit, exact=(one.label,))
        for one in register.compounds:
            self._learn_synonyms(one.fields, one)
        for one in register.columns:
            self._learn_synonyms((one.field,), one)

    def _learn(self, fields: tuple[str, ...], label: str, *, unit: str, exact: tuple[str, ...]) -> None:
        unit = unit or unit_of(label)
        for text in exact:
            self._titles.setdefault(plain(text), _Target(fields, How.LABEL, 1.0, unit))
        for text in exact:
            self._titles.setdefault(bare(text), _Target(fields, How.LABEL, 0.97, unit))

    def _learn_synonyms(self, fields: tuple[str, ...], one: Column | Compound) -> None:
        unit = one.unit or unit_of(one.label)
        for text in (*one.synonyms, *synonyms_for(self._register.name, one.label)):
            target = _Target(fields, How.SYNONYM, 0.95, unit)
            if self._titles.setdefault(plain(text), target) is not target:
                self._others.setdefault(plain(text), []).append(target)
            self._titles.setdefault(bare(text), _Target(fields, How.SYNONYM, 0.9, unit))

    def other(self, path: tuple[str, ...], taken: set[str]) -> _Target | None:
        """Return what else a title may mean when its first meaning is given to another column already."""
        others = self._others.get(plain(path[-1]), ()) if path else ()
        return next((one for one in others if not taken & set(one.fields)), None)

    @cached_property
    def words(self) -> dict[str, list[str]]:
        """Return field → all titles by which it is known, for suggestions."""
        found: dict[str, list[str]] = {}
        for text, target in self._titles.items():
            for name in target.fields:
                found.setdefault(name, []).append(text)
        return found

    def fields_for(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """Return the fields that a title path leads to, none if it does not belong to this register."""
        target = self.find(path)
        return target.fields if target is not None else ()

    def find(self, path: tuple[str, ...], *, leaf: bool = True) -> _Target | None:
        """Look a title path up: joined, its lower part, the group that it names, then (``leaf``) the last title alone."""
        if len(path) == 1:
            both = self._look_up(_TWO_THINGS.sub(r"\1及\2", path[0])) or self._both_of(path[0])
            return both or self._look_up(path[0]) or self._phone_of(path[0])
        for length in range(len(path), 1, -1):
            target = self._look_up("/".join(path[-length:]))
            if target is not None:
                return target
        target = self._by_group(path[-2], plain(path[-1])) if path else None
        return target or (self._look_up("".join(path[-1:])) if leaf else None)

    def _look_up(self, text: str) -> _Target | None:
        return self._titles.get(plain(text)) or self._titles.get(bare(text))

    def _both_of(self, title: str) -> _Target | None:
        """联系人(手机) is whoever 联系人 is in this table, with the number."""
        found = _TWO_THINGS.fullmatch(title)
        person = self._look_up(found[1]) if found and plain(found[2]) in _OF_PHONE else None
        both = self._with_phone.get(person.fields[0]) if person is not None and len(person.fields) == 1 else None
        return _Target(both.fields, How.SYNONYM, 0.85, both.unit) if both is not None else None

    def _phone_of(self, title: str) -> _Target | None:
        """管护人员电话 is the number of the 管护人员, whatever the person is called in this table."""
        found = _PHONE_END.fullmatch(plain(title))
        person = self._look_up(found[1]) if found else None
        both = self._with_phone.get(person.fields[0]) if person is not None and len(person.fields) == 1 else None
        return _Target(both.fields[1:], How.SYNONYM, 0.85, "") if both is not None else None

    def _by_group(self, group: str, last: str) -> _Target | None:
        """Under 监督单位, 名称 means the unit itself and 电话 its telephone (监督单位电话, 监督电话)."""
        if last in _OF_NAME:
            target = self._look_up(group)
            return target if target is not None and len(target.fields) == 1 else None
        if last in _OF_PHONE:
            return self._look_up(f"{group}电话") or self._look_up(f"{_BODY.sub('', group)}电话")
        return None


def map_headers(
    headers: tuple[Header, ...], register: Register, matcher: Matcher, saved: SavedMapping | None = None
) -> ColumnMapping:
    """Give each header its fields; every field is filled by at most one header of its own, best match first."""
    leaves = [plain(one.path[-1]) for one in headers]
    matches = [_match(header, matcher, saved, leaf=leaves.count(plain(header.path[-1])) == 1) for header in headers]
    matches = _with_other_meanings(_without_duplicates(matches), matcher)
    filled = {name for match in matches for name in match.fields}
    open_fields = [name for name in matcher.words if name not in filled]
    matches = [_suggest(match, matcher, open_fields) for match in matches]
    missing = tuple(
        Missing(one, _perhaps(one, matches)) for one in register.columns if one.required and one.field not in filled
    )
    return ColumnMapping(register.name, fingerprint(headers), tuple(matches), missing)


def _match(header: Header, matcher: Matcher, saved: SavedMapping | None, *, leaf: bool) -> Match:
    kept = saved.plain_columns.get(plain(header.text)) if saved is not None else None
    if saved is not None and kept is not None and matcher.fields.issuperset(kept):
        return Match(header, saved.how if kept else How.IGNORED, kept, 1.0)
    target = matcher.find(header.path, leaf=leaf)
    if target is None:
        return Match(header, _how_without_field(plain(header.path[-1]), matcher))
    unit = unit_of(header.text)
    if unit and target.unit and unit != target.unit:
        return Match(header, How.OTHER_UNIT, suggested=target.fields[0], likeness=target.score)
    return Match(header, target.how, target.fields, target.score)


def _how_without_field(title: str, matcher: Matcher) -> How:
    if title in ORDINALS:
        return How.IGNORED
    return How.OFFICE if title in matcher.office_titles else How.UNKNOWN


def _without_duplicates(matches: list[Match]) -> list[Match]:
    """Keep the best header for each set of fields; a compound that adds nothing to single columns is a duplicate too."""
    order = sorted(range(len(matches)), key=lambda at: (len(matches[at].fields) > 1, -matches[at].score, at))
    taken: set[str] = set()
    result = list(matches)
    for at in order:
        match = matches[at]
        if match.fields and set(match.fields) <= taken:
            result[at] = Match(match.header, How.DUPLICATE, suggested=match.fields[0])
        taken |= set(match.fields)
    return result


def _with_other_meanings(matches: list[Match], matcher: Matcher) -> list[Match]:
    """活动内容 beside 活动名称 is no second theme but the summary."""
    taken = {name for match in matches for name in match.fields}
    result: list[Match] = []
    for match in matches:
        target = matcher.other(match.header.path, taken) if match.how is How.DUPLICATE else None
        if target is not None:
            taken |= set(target.fields)
            match = Match(match.header, target.how, target.fields, target.score)  # noqa: PLW2901  replaced by its other meaning
        result.append(match)
    return result


def _suggest(match: Match, matcher: Matcher, fields: list[str]) -> Match:
    if match.how is not How.UNKNOWN:
        return match
    title = plain(match.header.path[-1])
    scored = [(_likeness(title, words), name) for name in fields for words in [matcher.words[name]]]
    likeness, name = max(scored, default=(0.0, ""))
    return Match(match.header, How.UNKNOWN, suggested=name if likeness >= _LIKELY else "", likeness=likeness)


def _likeness(title: str, words: Iterable[str]) -> float:
    return max((SequenceMatcher(None, title, word).ratio() for word in words), default=0.0)


def _perhaps(column: Column, matches: list[Match]) -> str:
    """Return the header that may be meant by a missing column: a known hint, else the one most alike."""
    unknown = [one for one in matches if one.how is How.UNKNOWN]
    hints = {plain(word) for word in hints_for(column.label)}
    for match in unknown:
        if plain(match.header.path[-1]) in hints:
            return match.header.text
    alike = max(unknown, key=lambda one: one.likeness if one.suggested == column.field else 0.0, default=None)
    return alike.header.text if alike is not None and alike.suggested == column.field else ""
