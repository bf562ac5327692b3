"""A filter in words: what a chip above the table says, and the name proposed when it is kept."""

from xmdesk.ports import Condition, Op, Store
from xmdesk.records.kinds import Reference
from xmdesk.records.registers import REGISTERS
from xmdesk.records.values.reading import Bad
from xmdesk.services.finding import LONGEST_NAME, WORDS, Filter, field_spec
from xmdesk.services.registers import Titles

AND, OR = "，", " 或 "


def words_of(store: Store, wanted: Filter) -> str:
    """Return what a filter asks, as one reads it: 性别 是 女，出生日期 早于 1975年1月1日."""
    words = (OR if wanted.is_any else AND).join(_condition(store, wanted.register, one) for one in wanted.conditions)
    return AND.join(one for one in (words, "有批注" if wanted.noted else "") if one)


def proposed_name(store: Store, wanted: Filter) -> str:
    """Return a short name: values alone where they speak for themselves (女、中共党员), otherwise the words."""
    plain = [one for one in wanted.conditions if one.op in (Op.IS, Op.CONTAINS)]
    if len(plain) == len(wanted.conditions) and not wanted.is_any:
        short = "、".join(value_words(store, wanted.register, one) for one in plain)
        if short and len(short) <= LONGEST_NAME and not {"是", "否"} & set(short.split("、")):
            return short
    words = words_of(store, wanted).replace(" ", "")
    return words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1]}…"


def _condition(store: Store, register: str, one: Condition) -> str:
    label = field_spec(register, one.field).label
    value = value_words(store, register, one)
    return f"{label} {WORDS[one.op]} {value}" if value else f"{label} {WORDS[one.op]}"


def value_words(store: Store, register: str, one: Condition) -> str:
    """Return the value as the field shows it; a reference by the title of its record."""
    if one.op in (Op.EMPTY, Op.NOT_EMPTY):
        return ""
    kind = field_spec(register, one.field).kind
    if isinstance(kind, Reference):
        found = store.many(REGISTERS[kind.to].record, [str(one.value)]) if kind.to in REGISTERS else []
        return Titles(store, found).of(found[0]) if found else str(one.value)
    if one.op is Op.CONTAINS:
        return str(one.value)
    try:
        return kind.show(kind.read(one.value).value)
    except Bad:
        return str(one.value)
