"""What people tell those apart by whom a row may mean: what is different first, numbers with their middle hidden."""

from collections.abc import Sequence

from xmdesk.ports import Store
from xmdesk.records.base import Record, fields_of
from xmdesk.records.registers import REGISTERS
from xmdesk.services.pairing import Candidate
from xmdesk.services.people import roles_of
from xmdesk.services.registers import Titles, shown_fields
from xmdesk.services.telling_apart import TOLD_BY

MOST = 6
_BARE = frozenset({"post", "address", "location", "kind", "remark"})
"""Fields whose words speak for themselves."""


def facts_of(store: Store, candidates: Sequence[Candidate]) -> list[str]:
    """Return a line for each candidate."""
    records: list[Record] = [one.person or one.before for one in candidates]
    titles = Titles(store, records)
    shown = [shown_fields(one, titles, reveal=False) for one in records]
    names = _in_order(type(records[0]), shown)
    labels = {name: "" if name in _BARE else f"{spec.label} " for name, spec in fields_of(type(records[0])).items()}
    lines = [[f"{labels[name]}{words[name]}" for name in names if words[name]][:MOST] for words in shown]
    return [_line(store, one, line) for one, line in zip(candidates, lines, strict=True)]


def _in_order(record: type[Record], shown: Sequence[dict[str, str]]) -> list[str]:
    """What differs, as people would ask for it, then what says something though all have it."""
    first = next((TOLD_BY.get(name, ()) for name, one in REGISTERS.items() if one.record is record), ())
    asked = list(dict.fromkeys((*first, "id_no", "sex", *fields_of(record))))
    names = [name for name in asked if name in shown[0] and name != record.title_field]
    differs = {name for name in names if len({words[name] for words in shown}) > 1}
    return [name for name in names if name in differs] + [
        name for name in first if name in names and name not in differs
    ]


def _line(store: Store, one: Candidate, facts: Sequence[str]) -> str:
    """The facts, with the posts of a person of the book, and the row that one comes from who is not there yet."""
    row = f"表里第 {one.earlier} 行" if one.mark.startswith("row ") and one.earlier else ""
    roles = "、".join(role.label for role in roles_of(store, one.person.uid)) if one.person else ""
    return "，".join(filter(None, (row, *facts, roles))) or "没有别的内容"
