"""Saved filters with live counts, groups by the values of a field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from xmdesk.errors import WrongUse
from xmdesk.ports import Condition, Op, StepKind, Store
from xmdesk.problems import problem
from xmdesk.records.base import FieldSpec, Record, fields_of
from xmdesk.records.kinds import (
    Choice,
    Choices,
    Count,
    Day,
    Kind,
    Moment,
    Number,
    PartialDay,
    Reference,
    References,
    SubTable,
    Year,
    YesNo,
)
from xmdesk.records.registers import REGISTERS
from xmdesk.records.values.reading import Bad
from xmdesk.services.field_notes import FieldNotes
from xmdesk.services.offices import OfficeDesk
from xmdesk.services.registers import HAS_ENDED, Registers, Titles, register_named

LONGEST_NAME = 30
ENDED = ("retired_on", "retired_reason")
_ALWAYS = (Op.EMPTY, Op.NOT_EMPTY)
_TEXT = (Op.CONTAINS, Op.IS, Op.IS_NOT, *_ALWAYS)
_SIZE = (Op.IS, Op.IS_NOT, Op.LESS, Op.MORE, *_ALWAYS)
_TIME = (Op.IS, Op.IS_NOT, Op.BEFORE, Op.AFTER, *_ALWAYS)
_ONE = (Op.IS, Op.IS_NOT, *_ALWAYS)
_OF_KIND: tuple[tuple[type[Kind], tuple[Op, ...]], ...] = (
    (Choices, (Op.CONTAINS, *_ALWAYS)),
    (Choice, _ONE),
    (YesNo, _ONE),
    (Year, _SIZE),
    (Count, _SIZE),
    (Number, _SIZE),
    (Day, _TIME),
    (Moment, (Op.BEFORE, Op.AFTER, *_ALWAYS)),
    (PartialDay, _TIME),
    (Reference, _TEXT),
    (References, _ALWAYS),
    (SubTable, (Op.CONTAINS, *_ALWAYS)),
)
WORDS = {
    Op.IS: "是",
    Op.IS_NOT: "不是",
    Op.CONTAINS: "包含",
    Op.AMONG: "在其中",
    Op.EMPTY: "没有填",
    Op.NOT_EMPTY: "已填",
    Op.BEFORE: "早于",
    Op.AFTER: "晚于",
    Op.LESS: "小于",
    Op.MORE: "大于",
}
"""How a comparison reads between a field's label and a value."""


@dataclass(frozen=True)
class Filter:
    """A question to a register. Values of conditions are as people type them (党员, 2026.1.5, 是), or a uid.

    What has ended answers only where a condition asks for its end. ``noted`` is one more condition: a note on a field.
    """

    register: str
    name: str = ""
    conditions: tuple[Condition, ...] = ()
    search: str = ""
    order_by: str = ""
    descending: bool = False
    is_any: bool = False
    """Whether one condition is enough; otherwise all must hold."""
    noted: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the form that is kept."""
        conditions = [{"field": one.field, "op": str(one.op), "value": _as_typed(one.value)} for one in self.conditions]
        return {
            "name": self.name,
            "conditions": conditions,
            "search": self.search,
            "order_by": self.order_by,
            "descending": self.descending,
            "is_any": self.is_any,
            "noted": self.noted,
        }


@dataclass(frozen=True)
class Group:
    """The records that have one value in a field; ``shown`` as people read it, empty where nothing was answered."""

    value: Any
    shown: str
    count: int


def field_spec(register: str, path: str) -> FieldSpec:
    """Return a field, through a reference if dotted; an unknown one is ``WrongUse``."""
    head, _, tail = path.partition(".")
    spec = fields_of(register_named(register).record).get(head)
    if spec is not None and tail and isinstance(spec.kind, Reference) and spec.kind.to in REGISTERS:
        inner = fields_of(REGISTERS[spec.kind.to].record).get(tail)
        if inner is not None:
            return inner
    if spec is None or tail:
        raise WrongUse("FILTER-FIELD", name=path[:40])
    return spec


def ended(register: str) -> Filter:
    """Return the filter that shows what has ended: it is never deleted, and stands apart."""
    return Filter(register, "已停用的", (Condition(ENDED[0], Op.NOT_EMPTY),))


def ops_for(kind: Kind) -> tuple[Op, ...]:
    """Return the comparisons that make sense for a kind of field, the usual one first."""
    return next((ops for cls, ops in _OF_KIND if isinstance(kind, cls)), _TEXT)


class Finding:
    """Asks registers and keeps the questions."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._settings = OfficeDesk(store)

    def saved(self, register: str) -> list[Filter]:
        """Return the filters kept for a register, in the order in which they were made."""
        held: list[dict[str, Any]] = self._settings.setting(_setting(register), [])
        return [_filter(register, one) for one in held]

    def named(self, register: str, name: str) -> Filter:
        """Return a kept filter; an unknown name is ``WrongUse``."""
        found = next((one for one in self.saved(register) if one.name == name), None)
        if found is None:
            raise WrongUse("FILTER-UNKNOWN", name=name[:LONGEST_NAME])
        return found

    def save(self, wanted: Filter) -> None:
        """Keep a filter under its name; one of that name is replaced in its place."""
        if not wanted.name.strip() or len(wanted.name) > LONGEST_NAME:
            raise WrongUse("FILTER-NAME", limit=LONGEST_NAME)
        self._conditions(wanted)
        known = self.saved(wanted.register)
        names = [one.name for one in known]
        if wanted.name in names:
            known[names.index(wanted.name)] = wanted
        else:
            known.append(wanted)
        self._keep(wanted.register, known, f"存下筛选：{wanted.name}")

    def rename(self, register: str, name: str, fresh: str) -> None:
        """Give a kept filter another name; one that is taken already is ``WrongUse``."""
        wanted = self.named(register, name)
        fresh = fresh.strip()
        known = self.saved(register)
        if not fresh or len(fresh) > LONGEST_NAME:
            raise WrongUse("FILTER-NAME", limit=LONGEST_NAME)
        if fresh != name and any(one.name == fresh for one in known):
            raise WrongUse("FILTER-TAKEN", name=fresh)
        renamed = [replace(one, name=fresh) if one == wanted else one for one in known]
        self._keep(register, renamed, f"筛选改名：{fresh}")

    def forget(self, register: str, name: str) -> None:
        """Drop a kept filter."""
        self.named(register, name)
        self._keep(register, [one for one in self.saved(register) if one.name != name], f"删除筛选：{name}")

    def uids(self, wanted: Filter) -> Sequence[str]:
        """Return the records that answer a filter, in its order; what is sought may stand in a note."""
        record, conditions = REGISTERS[wanted.register].record, self._conditions(wanted)
        without = () if _asks_for_ended(wanted) else (HAS_ENDED,)

        def look(search: str) -> Sequence[str]:
            return self.store.where(
                record,
                conditions,
                search=search,
                order_by=wanted.order_by,
                descending=wanted.descending,
                is_any=wanted.is_any,
                without=without,
            )

        return FieldNotes(self.store).search(wanted.register, wanted.search, look)

    def lasting(self, wanted: Filter, uids: Sequence[str]) -> list[str]:
        """Of records that answered a filter and do so no more, return those that are still in the register.

        A question for what has ended lets go of what is back.
        """
        if not uids or _asks_for_ended(wanted):
            return []
        there = frozenset(self.uids(Filter(wanted.register)))
        return [one for one in uids if one in there]

    def count(self, wanted: Filter) -> int:
        """How many records answer a filter now."""
        return len(self.uids(replace(wanted, order_by="", descending=False)))

    def is_whole(self, wanted: Filter) -> bool:
        """Whether every record of the register answers."""
        is_asked = wanted.conditions or wanted.search or wanted.noted
        return not is_asked and not Registers(self.store).count_ended(wanted.register)

    def groups(self, register: str, field: str, uids: Sequence[str] | None = None) -> list[Group]:
        """Count the records (all, or these) by the values of a field; closed lists in their order, others by number.

        A record with several values of a closed list counts in each of them.
        """
        spec = field_spec(register, field)
        counted: dict[Any, int] = {}
        for value, count in self.store.tally(REGISTERS[register].record, field, among=uids):
            for one in _single(spec.kind, value):
                counted[one] = counted.get(one, 0) + count
        titles = self.titles(spec.kind, [one for one in counted if one])
        groups = [Group(value, shown_value(spec.kind, value, titles), count) for value, count in counted.items()]
        order = order_of(spec.kind)
        return sorted(groups, key=lambda one: order(one.value, one.shown, one.count))

    def in_front(self, register: str) -> Filter | None:
        """Return the filter through which a register was looked at last, if it still can be asked."""
        held: dict[str, Any] | None = self._settings.setting(_front(register))
        if not held:
            return None
        found = _filter(register, held)
        try:
            self._conditions(found)
        except WrongUse:
            return None
        return found

    def put_in_front(self, register: str, wanted: Filter | None) -> None:
        """Remember through which filter a register is looked at; a step of the system, which undo passes over."""
        fresh = None if wanted is None else wanted.as_json()
        if self._settings.setting(_front(register)) != fresh:
            self._settings.set_setting(_front(register), fresh, label="记住筛选")

    def _keep(self, register: str, filters: Sequence[Filter], label: str) -> None:
        """Keep filters as a step that a person can take back."""
        held = [one.as_json() for one in filters]
        self._settings.set_setting(_setting(register), held, label=label, kind=StepKind.EDIT)

    def _conditions(self, wanted: Filter) -> list[Condition]:
        """Return the conditions with typed values; what cannot be compared is ``WrongUse``."""
        if wanted.order_by:
            field_spec(wanted.register, wanted.order_by)
        conditions = [self._condition(wanted.register, one) for one in wanted.conditions]
        if wanted.noted:
            conditions.append(Condition("uid", Op.AMONG, FieldNotes(self.store).noted(wanted.register)))
        return conditions

    def _condition(self, register: str, one: Condition) -> Condition:
        spec = field_spec(register, one.field)
        if one.op not in ops_for(spec.kind):
            raise WrongUse("FILTER-OP", label=spec.label, op=WORDS[one.op])
        if one.op in _ALWAYS:
            return Condition(one.field, one.op)
        if isinstance(spec.kind, Reference) and one.op is Op.CONTAINS:
            return Condition(one.field, Op.AMONG, self._called(spec.kind.to, str(one.value)))
        if isinstance(spec.kind, Choices):
            return Condition(one.field, one.op, f'"{_typed(spec, one.value)[0]}"')
        return Condition(one.field, one.op, str(one.value) if one.op is Op.CONTAINS else _typed(spec, one.value))

    def _called(self, register: str, text: str) -> list[str]:
        """The records of a register that answer a text; posts answer to the names of their people."""
        record = REGISTERS[register].record
        own = fields_of(record).get(record.title_field)
        if own is not None and isinstance(own.kind, Reference):
            people = self._called(own.kind.to, text)
            return list(self.store.where(record, [Condition(record.title_field, Op.AMONG, people)]))
        return list(self.store.uids(record, search=text))

    def titles(self, kind: Kind, uids: Sequence[str]) -> dict[str, str]:
        """Return what the records are called that a reference names; nothing for other kinds."""
        if not isinstance(kind, Reference) or kind.to not in REGISTERS:
            return {}
        records: list[Record] = list(self.store.many(REGISTERS[kind.to].record, uids))
        titles = Titles(self.store, records)
        return {one.uid: titles.of(one) for one in records}


def _setting(register: str) -> str:
    return f"filters:{register_named(register).name}"


def _asks_for_ended(wanted: Filter) -> bool:
    return any(one.field in ENDED for one in wanted.conditions)


def _front(register: str) -> str:
    return f"filter-in-front:{register_named(register).name}"


def _as_typed(value: Any) -> str:
    """A value as a person could have typed it."""
    return ("是" if value else "否") if isinstance(value, bool) else "" if value is None else str(value)


def _filter(register: str, held: dict[str, Any]) -> Filter:
    conditions = tuple(Condition(one["field"], Op(one["op"]), one["value"]) for one in held["conditions"])
    return Filter(
        register,
        held["name"],
        conditions,
        held["search"],
        held["order_by"],
        held["descending"],
        is_any=held.get("is_any", False),
        noted=held.get("noted", False),
    )


def _typed(spec: FieldSpec, value: Any) -> Any:
    """Read a value as the field itself would; what is typed already passes through the same reader."""
    try:
        found = spec.kind.read(value).value
    except Bad as bad:
        raise WrongUse("FILTER-VALUE", label=spec.label, why=problem(bad.code, **bad.facts).text) from None
    if spec.kind.is_empty(found):
        raise WrongUse("FILTER-VALUE", label=spec.label, why="没有填写。")
    return found


def _single(kind: Kind, value: Any) -> list[Any]:
    """The values by which one stored value is counted; anything empty counts as not answered."""
    if kind.is_empty(value):
        return [None]
    if isinstance(kind, Choices):
        return list(cast("list[Any]", value))
    return [kind.show(value)] if isinstance(value, list | dict) else [value]


def shown_value(kind: Kind, value: Any, titles: Mapping[str, str]) -> str:
    """Return one value as people read it, of several choices one; ``titles`` names referenced records."""
    if value is None:
        return ""
    if isinstance(kind, Reference):
        return titles.get(value, "")
    if isinstance(kind, Choices):
        return kind.show([value])
    if kind.sensitive:
        return kind.mask(value)
    return value if isinstance(value, str) and not isinstance(kind, Choice | PartialDay | Moment) else kind.show(value)


def order_of(kind: Kind) -> Callable[[Any, str, int], tuple[Any, ...]]:
    """How groups (value, shown, count) are ordered: closed lists as they stand, yes before no, the newest year first.

    The rest goes by number; what was not answered comes last.
    """
    if isinstance(kind, Choice | Choices):
        places = {one.value: at for at, one in enumerate(kind.codes)}
        return lambda value, shown, count: (value is None, places.get(_first(value), len(places)), shown)
    if isinstance(kind, YesNo):
        return lambda value, shown, count: (value is None, not value)
    if isinstance(kind, Day | PartialDay | Moment | Year):
        return lambda value, shown, count: (value is None, _newest_first(value))
    return lambda value, shown, count: (value is None, -count, shown)


def _first(value: Any) -> Any:
    return cast("tuple[Any, ...]", value)[0] if isinstance(value, tuple) else value


def _newest_first(value: Any) -> Any:
    return -value if isinstance(value, int) else str(value)
