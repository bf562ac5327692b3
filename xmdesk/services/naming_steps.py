"""What a step of history was about, in words: its label and the title of the one record that it changed.

Titles stand in the entries, which are let go of after a while, and never in the label, which stays.
"""

from collections.abc import Sequence

from xmdesk.ports import Entry, Step
from xmdesk.records.base import Record, fields_of
from xmdesk.records.kinds import Kind, Moment, Reference
from xmdesk.records.registers import REGISTERS
from xmdesk.records.submission import CorrectionPoint
from xmdesk.services.correcting import place_of
from xmdesk.services.registers import Registers

FEW = 10
"""The entries of larger steps are not read: an import has thousands, and no single title."""


class NamedSteps:
    """Reads few entries of a step at a time."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def words(self, step: Step | None) -> str:
        """Return what to call a step: 修改设施 党群服务中心; nothing without one."""
        if step is None:
            return ""
        entries = self._entries(step)
        about = {one.uid: one for one in entries if one.key in REGISTERS}
        title = self._title(next(iter(about.values()))) if len(about) == 1 else "" if about else _point(entries)
        if not title or title in step.label:
            return step.label
        act, colon, field = step.label.partition("：")
        return f"{act} {title}{colon}{field}"

    def touched(self, step: Step) -> list[tuple[str, str]]:
        """Return register and uid of the records of a small step."""
        return list(dict.fromkeys((one.key, one.uid) for one in self._entries(step) if one.key in REGISTERS))

    def _entries(self, step: Step) -> list[Entry]:
        return self._registers.store.entries(step=step.number) if step.size <= FEW else []

    def _title(self, entry: Entry) -> str:
        name, kind = _named_by(REGISTERS[entry.key].record)
        held = (entry.after or entry.before or {}).get(name)
        if not held:
            return ""
        if isinstance(kind, Reference):
            found = self._registers.get(kind.to, held)
            return self._registers.title_of(found) if found is not None else ""
        return kind.show(kind.from_json(held))


def _point(entries: Sequence[Entry]) -> str:
    """Return which point of a slip was answered: where it is, or what was asked of the return as a whole."""
    told = {one.uid: one.after or one.before or {} for one in entries if one.key == CorrectionPoint.key}
    points = [CorrectionPoint.model_validate(one) for one in told.values()]
    if len(points) != 1:
        return ""
    point = points[0]
    if point.record_title:  # says enough without its register, and room is short
        return "：".join(filter(None, (point.record_title, point.label)))
    return place_of(point) if point.register else f"“{point.reason}”"


def _named_by(record: type[Record]) -> tuple[str, Kind]:
    """The field that says which record it is: what is called by its moment (a look) is known by the object it was about."""
    specs = fields_of(record)
    title = specs[record.title_field]
    about = next((one for one in specs.values() if isinstance(one.kind, Reference)), title)
    meant = about if isinstance(title.kind, Moment) else title
    return meant.name, meant.kind
