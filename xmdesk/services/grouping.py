"""A register in groups: its records in the order of a column's values, each group with its count and totals."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, cast

from xmdesk.ports import Store
from xmdesk.records.base import FieldSpec, fields_of
from xmdesk.records.kinds import Choice, Choices, Day, Kind, Moment, PartialDay, Reference, Text, Year, YesNo
from xmdesk.records.registers import REGISTERS
from xmdesk.services.entering import GIVEN
from xmdesk.services.finding import Filter, Finding, field_spec, order_of, shown_value
from xmdesk.services.totals import MEASURED, UNLIKE, is_summed, unit_in_words, with_unit

LONGEST_TEXT = 60
NO_GROUPS: Mapping[str, Hashable] = MappingProxyType({})
NOT_ANSWERED = "没有填"
_DAYS = (Day, PartialDay, Moment)
_GROUPED = (Choice, Choices, YesNo, Year, *_DAYS)


@dataclass(frozen=True)
class Section:
    """One group: what its records share as people read it, how many they are, the shown sum of each number field.

    ``words`` are the same sums with the label of the field before them. ``key`` tells groups apart that read the same.
    """

    label: str
    count: int
    totals: Mapping[str, str]
    words: Mapping[str, str]
    key: Hashable = None


@dataclass(frozen=True)
class Grouped:
    """Uids group after group; the first ``sections[0].count`` belong to the first group, and so on.

    So many ``strays`` stand where they stood, though they belong to another group or answer the filter no more.
    """

    uids: Sequence[str]
    sections: Sequence[Section]
    strays: int = 0


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

    def grouped(self, wanted: Filter, field: str, *, stood: Mapping[str, Hashable] = NO_GROUPS) -> Grouped:
        """Return the records in groups; within a group they keep the order asked for, and a descending order of the
        column itself turns the groups around.

        ``stood`` tells the groups of a moment ago by their keys: a record of one of them stays in it as long as it is in the
        register, whatever it belongs to now.
        """
        kind = field_spec(wanted.register, field).kind
        uids = self._finding.uids(wanted)
        keys = {uid: _key(kind, value) for uid, value in self._store.values(_record(wanted), field).items()}
        strays = self._strays(wanted, uids, keys, stood)
        at_home = [uid for uid in uids if uid not in strays] if strays else uids
        found: dict[Hashable, list[str]] = {}
        for uid in at_home:
            found.setdefault(keys[uid], []).append(uid)
        for uid, key in strays.items():
            found.setdefault(key, []).append(uid)
        is_whole = not strays and self._finding.is_whole(wanted)
        totals = self._totals(wanted, field, strays, among=None if is_whole else at_home)
        self._measure(_record(wanted), found, totals)
        titles = self._finding.titles(kind, [str(key) for key in found if key])
        labels = {key: _label(kind, key, titles) for key in found}
        ordered = _ordered(kind, labels, found, is_turned=wanted.order_by == field and wanted.descending)
        return Grouped(
            [uid for key in ordered for uid in found[key]],
            [_section(wanted, labels[key], key, len(found[key]), totals[key]) for key in ordered],
            strays=len(strays),
        )

    def _strays(
        self, wanted: Filter, uids: Sequence[str], keys: Mapping[str, Hashable], stood: Mapping[str, Hashable]
    ) -> dict[str, Hashable]:
        """The records that stay in a group though they belong to another now or answer no more, with the key of the group."""
        if not stood:
            return {}
        found = frozenset(uids)
        lasting = self._finding.lasting(wanted, [uid for uid in stood if uid not in found])
        return {
            uid: stood[uid]
            for uid in (*uids, *lasting)
            if uid in stood and not (uid in found and keys[uid] == stood[uid])
        }

    def _totals(
        self, wanted: Filter, field: str, strays: Mapping[str, Hashable], *, among: Sequence[str] | None
    ) -> dict[Hashable, dict[str, str]]:
        """The shown sums of each group; values that fall into one group (days of a year) are added up."""
        record = _record(wanted)
        specs = {name: spec for name, spec in fields_of(record).items() if is_summed(spec.kind)}
        kind = field_spec(wanted.register, field).kind
        parts = [(_key(kind, one.value), one) for one in self._store.parts(record, field, list(specs), among=among)]
        for key in dict.fromkeys(strays.values()):
            here = [uid for uid, stays in strays.items() if stays == key]
            parts += [(key, one) for one in self._store.parts(record, field, list(specs), among=here)]
        added: dict[Hashable, dict[str, Any]] = {}
        for key, part in parts:
            sums = added.setdefault(key, {})
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


def _ordered(
    kind: Kind, labels: Mapping[Hashable, str], found: Mapping[Hashable, Sequence[str]], *, is_turned: bool
) -> list[Hashable]:
    """The keys of the groups as they stand one after the other; what was not answered comes last even when they are turned."""
    order = order_of(kind)
    keys = sorted(found, key=lambda key: order(key, labels[key], len(found[key])))
    if not is_turned:
        return keys
    filled = [key for key in keys if key is not None]
    return [*filled[::-1], *(key for key in keys if key is None)]


def _section(wanted: Filter, label: str, key: Hashable, count: int, totals: Mapping[str, str]) -> Section:
    specs = fields_of(_record(wanted))
    words = {name: f"{specs[name].label} {shown}" for name, shown in totals.items()}
    return Section(label, count, totals, words, key)


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
