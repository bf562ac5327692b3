"""A register in groups: its records in the order of a column's values, each group with its count and totals."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from xmdesk.ports import Store
from xmdesk.records.base import FieldSpec, fields_of
from xmdesk.records.kinds import Choice, Choices, Day, Kind, Moment, PartialDay, Reference, Text, Year, YesNo
from xmdesk.records.registers import REGISTERS
from xmdesk.services.entering import GIVEN
from xmdesk.services.finding import Filter, Finding, field_spec, order_of, shown_value
from xmdesk.services.totals import MEASURED, UNLIKE, is_summed, unit_in_words, with_unit

LONGEST_TEXT = 60
NOT_ANSWERED = "没有填"
_DAYS = (Day, PartialDay, Moment)
_GROUPED = (Choice, Choices, YesNo, Year, *_DAYS)


@dataclass(frozen=True)
class Section:
    """One group: what its records share as people read it, how many they are, the shown sum of each number field.

    ``words`` are the same sums with the label of the field before them.
    """

    label: str
    count: int
    totals: Mapping[str, str]
    words: Mapping[str, str]


@dataclass(frozen=True)
class Grouped:
    """Uids group after group; the first ``sections[0].count`` belong to the first group, and so on."""

    uids: Sequence[str]
    sections: Sequence[Section]


def can_group(spec: FieldSpec) -> bool:
    """Whether records can sensibly be grouped by a field: days go by year; names and numbers have a value each."""
    kind = spec.kind
    if spec.help.startswith(GIVEN):
        return False
    if isinstance(kind, Reference):
        return kind.to in REGISTERS
    if isinstance(kind, Text):
        return kind.limit <= LONGEST_TEXT and not kind.multiline and not kind.sensitive
    return isinstance(kind, _GROUPED)


class Grouping:
    """Puts the records that answer a filter into groups."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._finding = Finding(store)

    def grouped(self, wanted: Filter, field: str) -> Grouped:
        """Return the records in groups; within a group they keep the order asked for, and a descending order of the
        column itself turns the groups around."""
        uids = self._finding.uids(wanted)
        spec = field_spec(wanted.register, field)
        keys = {uid: _key(spec.kind, value) for uid, value in self._store.values(_record(wanted), field).items()}
        found: dict[Hashable, list[str]] = {}
        for uid in uids:
            found.setdefault(keys[uid], []).append(uid)
        totals = self._totals(wanted, field, None if self._finding.is_whole(wanted) else uids)
        self._measure(_record(wanted), found, totals)
        titles = self._finding.titles(spec.kind, [str(key) for key in found if key])
        order = order_of(spec.kind)
        sections = [
            (order(key, _label(spec.kind, key, titles), len(inside)), key, inside) for key, inside in found.items()
        ]
        sections.sort(key=lambda one: one[0])
        if wanted.order_by == field and wanted.descending:
            sections.sort(key=lambda one: one[1] is not None, reverse=True)
            filled = [one for one in sections if one[1] is not None]
            sections = filled[::-1] + sections[len(filled) :]
        return Grouped(
            [uid for _, _, inside in sections for uid in inside],
            [_section(wanted, _label(spec.kind, key, titles), len(inside), totals[key]) for _, key, inside in sections],
        )

    def _totals(self, wanted: Filter, field: str, among: Sequence[str] | None) -> dict[Hashable, dict[str, str]]:
        """The shown sums of each group; values that fall into one group (days of a year) are added up."""
        specs = {name: spec for name, spec in fields_of(_record(wanted)).items() if is_summed(spec.kind)}
        kind = field_spec(wanted.register, field).kind
        added: dict[Hashable, dict[str, Any]] = {}
        for part in self._store.parts(_record(wanted), field, list(specs), among=among):
            sums = added.setdefault(_key(kind, part.value), {})
            for name, value in part.sums.items():
                if value is not None:
                    sums[name] = sums.get(name, 0) + value
        return {
            key: {name: specs[name].kind.show(value) for name, value in sums.items()} for key, sums in added.items()
        }

    def _measure(
        self, record: Any, found: Mapping[Hashable, Sequence[str]], totals: Mapping[Hashable, dict[str, str]]
    ) -> None:
        """Put the unit behind what is measured, and leave the sum out where a group has several."""
        for name, unit in MEASURED.get(record, {}).items():
            numbers, units = self._store.values(record, name), self._store.values(record, unit)
            for key, inside in found.items():
                if name in totals[key]:
                    told = unit_in_words(record, name, {units[uid] for uid in inside if numbers[uid] is not None})
                    shown = totals[key].pop(name)
                    totals[key].update({name: with_unit(shown, told)} if told != UNLIKE else {})


def _section(wanted: Filter, label: str, count: int, totals: Mapping[str, str]) -> Section:
    specs = fields_of(_record(wanted))
    return Section(label, count, totals, {name: f"{specs[name].label} {shown}" for name, shown in totals.items()})


def _record(wanted: Filter) -> Any:
    return REGISTERS[wanted.register].record


def _key(kind: Kind, value: Any) -> Hashable:
    """What the records of one group share: of days the year, of several choices all of them."""
    if kind.is_empty(value):
        return None
    if isinstance(kind, _DAYS):
        return int(str(value)[:4])
    return tuple(cast("list[str]", value)) if isinstance(value, list) else value


def _label(kind: Kind, key: Hashable, titles: Mapping[str, str]) -> str:
    if key is None:
        return NOT_ANSWERED
    if isinstance(kind, _DAYS):
        return f"{key}年"
    if isinstance(kind, Choices):
        return kind.show(list(cast("tuple[str, ...]", key)))
    return shown_value(kind, key, titles) or NOT_ANSWERED
